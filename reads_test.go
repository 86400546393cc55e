package hegui_test

import (
	"bytes"
	"testing"

	"hegui/internal/audit"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/source"
)

// A report says the same whether a run works out everything or only what its format
// reads, and nothing else is worked out.
func TestReportsReadWhatTheySay(t *testing.T) {
	tree, err := source.OpenDir(".")
	if err != nil {
		t.Fatal(err)
	}
	book, day := loadRulebook(t), theDay(t)
	run := results.New(results.Run{Rulebook: book, AsOf: day.String()})
	judged := map[results.Reads][]results.Platform{}
	as := func(reads results.Reads) []results.Platform {
		if judged[reads] == nil {
			auditor := &audit.Auditor{Tree: tree, Rulebook: book, AsOf: day}
			results.Each(t.Context(), auditor, audit.Discover(tree, []string{"platforms/public-resource-trading"}), reads, func(p results.Platform) { judged[reads] = append(judged[reads], p) })
		}
		return judged[reads]
	}
	for _, format := range report.Formats() {
		reads := report.Reads(format)
		for _, p := range as(reads) {
			if p.Picture != nil && reads&results.Drawing == 0 || p.Next != nil && reads&results.FirstSteps == 0 || p.Problems != nil && reads&results.Ledger == 0 {
				t.Errorf("for %s more is worked out than it reads", format.Name())
			}
		}
		for _, audience := range []results.Audience{results.Public, results.Internal} {
			if got, want := written(t, format, run, as(reads), audience), written(t, format, run, as(results.Everything), audience); got != want {
				t.Errorf("%s for %s says less than there is to say", format.Name(), audience)
			}
		}
	}
}

// written is what a format says of platforms to an audience.
func written(t *testing.T, format report.Format, run *results.Results, platforms []results.Platform, audience results.Audience) string {
	t.Helper()
	all := *run
	all.Platforms = platforms
	var text bytes.Buffer
	if err := report.Write(&text, format, all.For(audience), report.Options{}); err != nil {
		t.Fatal(err)
	}
	return text.String()
}
