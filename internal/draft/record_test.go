package draft_test

import (
	"errors"
	"strings"
	"testing"

	"hegui/internal/document"
	"hegui/internal/draft"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

func record(t *testing.T, text, list string, taken ...string) (string, string, error) {
	t.Helper()
	book := judgedBy(t, rulebook.Essential)
	p, _ := plan(t, book, header(t, book, "code=x", "kind=other", "stage=operating", "mlps_level=2"), lang.English)
	doc := document.Parse("backups.yaml", []byte(text), document.DefaultLimits())
	out, err := p.Record(book.Schemas.Find("backups"), doc, []byte(text), list, "2026-12-01", func(name string) bool {
		return len(taken) > 0 && taken[0] == name
	})
	return string(out.File), out.Evidence, err
}

const begun = `- id:  # Id: Fixed id of this record within the list; assessors refer to it; such as restore-2026-09
  date: 2026-12-01  # Date: Day of the restore test; such as 2026-09-12; clause 4.4.2
  ok:  # Succeeded: true only if the data came back usable and was compared with the original; true or false; clause 4.4.2
  evidence: evidence/backups-restore-tests-20261201.md  # Evidence: Restore record with the way of comparing and the result
`

// Everything but the new record stays as somebody wrote it.
func TestRecordKeepsTheFile(t *testing.T) {
	for _, c := range []struct{ name, list, text string }{
		{"after the last one", "sets.restore_tests", "# ours\nsets:\n  - name: a   # the only one\n    restore_tests:\n      - { id: r1, date: 2026-03-01 }\n      - id: r2\n        ok: true # well\nBEGUN6# the end\nrecovery: {}\n"},
		{"of one set of two", "sets[b].restore_tests", "sets:\n  - name: a\n    restore_tests:\n      - id: r1\n  - name: b\n    restore_tests:\n    - id: r1\nBEGUN4"},
		{"in place of one without values", "sets.restore_tests", "sets:\n  - name: a\n    restore_tests:\nBEGUN6recovery:\n  rto:\n"},
		{"in place of none", "sets.restore_tests", "sets:\n  - name: a\n    restore_tests: # none\nBEGUN6recovery:\n  rto:\n"},
		{"under a new key", "sets.restore_tests", "sets:\n  - name: a\n    retention: P90D # days\n    restore_tests:\nBEGUN6# the end\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			want, before := c.text, c.text
			for _, depth := range []string{"4", "6"} {
				indent := map[string]string{"4": "    ", "6": "      "}[depth]
				var lines strings.Builder
				for line := range strings.Lines(begun) {
					lines.WriteString(indent + line)
				}
				want = strings.Replace(want, "BEGUN"+depth, lines.String(), 1)
				before = strings.Replace(before, "BEGUN"+depth, map[string]string{
					"in place of one without values": "      - id:\n        date:\n        evidence:\n"}[c.name], 1)
			}
			switch c.name {
			case "in place of none":
				before = strings.Replace(before, "restore_tests: #", "restore_tests: [] #", 1)
				want = strings.Replace(want, "restore_tests: #", "restore_tests:  #", 1)
			case "under a new key":
				before = strings.Replace(before, "    restore_tests:\n", "", 1)
			}
			for _, eol := range []string{"\n", "\r\n"} {
				got, evidence, err := record(t, strings.ReplaceAll(before, "\n", eol), c.list)
				if err != nil {
					t.Fatal(err)
				}
				if got != strings.ReplaceAll(want, "\n", eol) || evidence != "evidence/backups-restore-tests-20261201.md" {
					t.Errorf("evidence %s, from\n%s\ncame\n%s\nwant\n%s", evidence, before, got, want)
				}
			}
		})
	}
}

func TestRecordNamesEvidenceThatIsNotThere(t *testing.T) {
	_, evidence, err := record(t, "sets:\n  - name: a\n    restore_tests:\n", "sets.restore_tests", "evidence/backups-restore-tests-20261201.md")
	if err != nil || evidence != "evidence/backups-restore-tests-20261201-a.md" {
		t.Errorf("%s, %v", evidence, err)
	}
}

func TestRecordsThatCannotBeAdded(t *testing.T) {
	const two = "sets:\n  - name: a\n  - name: b\n"
	for _, c := range []struct{ text, list, en string }{
		{two, "sets.restore_tests", "say which item of backups.sets is meant: backups.sets[a], backups.sets[b]"},
		{two, "sets[c].restore_tests", "say which item of backups.sets is meant: backups.sets[a], backups.sets[b]"},
		{two, "sets[a].restore", `backups.sets has no "restore": want one of`},
		{two, "sets[a].retention", "backups.sets.retention is not a list of records: want one of"},
		{two, "recovery.drills", "backups.recovery is not stated yet: state it first"},
		{"sets: [{name: a}]\n", "sets", "nothing can be added to sets as it is written"},
		{"sets:\n  - {name: a}\n", "sets.restore_tests", "nothing can be added to restore_tests as it is written"},
		{"{sets: []}\n", "sets", "nothing can be added to sets as it is written"},
	} {
		_, _, err := record(t, c.text, c.list)
		var refused *draft.Error
		if !errors.As(err, &refused) || !strings.Contains(refused.Text().EN, c.en) || refused.Text().ZH == "" {
			t.Errorf("%s of %s: %v, want %s", c.list, c.text, err, c.en)
		}
	}
}
