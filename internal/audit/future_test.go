package audit_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/finding"
	"hegui/internal/source"
)

// A record that is dated ahead is reported once, as severe as the severest
// check that met it and under the clauses of all, and these wait for it: an older
// record decides nothing. One that has happened is left alone.
func TestRecordsAheadAreReported(t *testing.T) {
	files := fstest.MapFS{}
	place(files, "platforms/one", "one", map[string]string{"stores.yaml": "sets:\n  - name: files\n    keep: 90\n    copies: [{ site: east }, { site: west }]\n" +
		"    records:\n      - { date: 2026-11-01, evidence: evidence/run.md }\n      - { date: 2027-01-01, evidence: evidence/run.md }\n"})
	a := auditor(t, source.FromFS(files))
	a.Rulebook = load(t, filepath.Join("..", "cli", "testdata", "rulebook"), "set.records.exists(r, recent(", "set.records.newest(r, r.date, true, recent(",
		"clauses: [\"1.2\"]\n    severity: { default: major }", "clauses: [\"1.2\"]\n    severity: { default: minor }", "past(system.go_live)", "past(system.go_live) && stores.sets.all(s, s.records.newest(r, r.date, true, true))")
	platforms, failures := a.Run(context.Background(), nil)
	if len(platforms) != 1 || len(failures) > 0 {
		t.Fatalf("%d platforms, %v", len(platforms), failures)
	}
	p := platforms[0]
	if got := told(p); len(got) != 1 || got[0] != "fact.future stores.yaml:7:17 stores/sets[files]/records[2027-01-01]/date" {
		t.Fatalf("%q", got)
	}
	f := p.Findings[0]
	if f.Severity != finding.Major || strings.Join(f.Clauses, " ") != "1.2 2.1.1" || f.Redacted != nil || f.Excerpt == "" {
		t.Errorf("%+v", f)
	}
	if !strings.Contains(f.Message.EN, "dated \"2027-01-01\", after the day of judging, 2026-12-01") || !strings.Contains(f.Message.ZH, "2026-12-01") {
		t.Errorf("%+v", f.Message)
	}
	for _, c := range p.Checks {
		if c.Rule.ID == "stores.fresh" && (c.Outcome != finding.Fail || !slices.Equal(c.Items[0].CausedBy, []string{f.Fingerprint}) || len(c.Flips) != 1) {
			t.Errorf("%s %s flips %v, caused by %v", c.Rule.ID, c.Outcome, c.Flips, c.Items[0].CausedBy)
		}
	}
}
