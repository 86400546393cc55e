package report

import (
	"fmt"
	"io"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/results"
)

// The second of two equal fingerprints has a name of its own, and so has the third.
func TestTallyNamesWhatIsRepeated(t *testing.T) {
	names := newTally()
	var got []string
	for _, f := range []string{"a", "a", "b", "a", "b"} {
		got = append(got, names.name(f))
	}
	want := []string{"a", finding.Fingerprint("again", "a", "2"), "b", finding.Fingerprint("again", "a", "3"), finding.Fingerprint("again", "b", "2")}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("named %q, want %q", got, want)
	}
}

// What OSCAL keeps of a platform are its findings: checks and clauses have names that
// no other platform's have.
func TestOSCALKeepsFindingsAlone(t *testing.T) {
	begun, err := oscalFormat{}.Begin(io.Discard, noPlatforms().Begun(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = begun.Close() }()
	p := results.Platform{ID: "a"}
	for i := range 500 {
		p.Checks = append(p.Checks, results.Check{Demand: &results.Demand{ID: fmt.Sprint("check-", i), Clauses: []string{"1.1"}}, Outcome: finding.Pass})
		p.Clauses = append(p.Clauses, results.Clause{ID: fmt.Sprint(i), Verdict: "met"})
	}
	if err := begun.Platform(&p); err != nil {
		t.Fatal(err)
	}
	if kept := len(begun.(*oscal).names.met); kept > 1 {
		t.Errorf("%d names are kept of a platform without findings", kept)
	}
}
