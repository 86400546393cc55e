package hegui_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hegui/internal/audit"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/source"
	"hegui/internal/trial"
)

// much is a topic's file that says one thing very often: most of it is wrong, and
// each wrong thing is one to find, to weigh and to report.
type much struct{ name, file, begins, again string }

// muchOf are the ways to say one thing very often; # is another number each time.
func muchOf() []much {
	const runs = "sets:\n  - name: a\n    stores: [service-db]\n    records:\n"
	return []much{
		{"nothing stated", "hardening.yaml", "changes:\n", "  - {id: r#}\n"},
		{"nothing of many lists", "contingency.yaml", "supplies:\n", "  - {name: s#, checks: [{id: a}]}\n"},
		{"dated ahead", "backups.yaml", runs, "      - {id: r#, date: 2027-01-01, success_rate: 100, longest_gap: PT1H, last_full: 2027-01-01}\n"},
		{"one name", "backups.yaml", runs, "      - {id: r, date: 2026-01-01}\n"},
		{"one day", "backups.yaml", runs, "      - {id: r#, date: 2026-11-29, success_rate: 100, longest_gap: PT1H, last_full: 2026-11-29}\n"},
		{"names that lead nowhere", "backups.yaml", "sets:\n", "  - {name: s#, stores: [nope#], retention: P1D}\n"},
		{"names of one list", "backups.yaml", "sets:\n  - name: a\n    stores:\n", "      - nope#\n"},
		{"unknown keys", "backups.yaml", runs, "      - {id: r#, date: 2026-01-01, succes_rate: 100}\n"},
		{"no evidence", "backups.yaml", runs, "      - {id: r#, date: 2026-01-01, evidence: evidence/x#}\n"},
		{"plans without training", "training.yaml", "plans:\n", "  - {name: p#, year: 2026, issued: 2026-01-01, until: 2026-12-31}\n"},
		{"plans without drills", "contingency.yaml", "plans:\n", "  - {name: p#, kind: overall, scenarios: [a#]}\n"},
		{"drills of one plan", "contingency.yaml", "drills:\n", "  - {id: d#, date: 2026-05-01, plans: [overall], scenarios: [a]}\n"},
		{"indicators", "assessment.yaml", "indicators:\n", "  - {name: p#, weight: 1}\n"},
		{"results", "assessment.yaml", "appraisals:\n  - id: a\n    date: 2026-01-01\n    score: 5\n    results:\n", "      - {indicator: p#, score: 1}\n"},
	}
}

// times are how often things are said, and how many times the statements of the
// first the second may take. Looking through a list of strings for each of them
// shows only where there are many.
func times(t *testing.T) (few, many, most int) {
	if trial.Long(t) {
		return 4_000, 40_000, 13
	}
	return 400, 1_600, 5
}

// TestMuchIsJudged is what TestMuchIsLinear counts.
func TestMuchIsJudged(t *testing.T) {
	book := loadRulebook(t)
	few, many, _ := times(t)
	for _, m := range muchOf() {
		for _, n := range []int{few, many} {
			if os.Getenv(counting) == m.name || n == few {
				t.Run(fmt.Sprint(m.name, " ", n), func(t *testing.T) { m.judge(t, book, n) })
			}
		}
	}
}

// counting names the one that is said many times.
const counting = "HEGUI_COUNTING"

// judge judges a platform that says it n times, and writes the reports that look
// up most.
func (m much) judge(t *testing.T, book *rulebook.Rulebook, n int) {
	dir := t.TempDir()
	at := filepath.Join(dir, audit.PlatformsDir, model)
	if err := os.CopyFS(at, os.DirFS(filepath.Join(audit.PlatformsDir, model))); err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	text.WriteString(m.begins)
	for i := range n {
		text.WriteString(strings.ReplaceAll(m.again, "#", fmt.Sprint(i)))
	}
	if err := os.WriteFile(filepath.Join(at, m.file), []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	tree, err := source.OpenDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	auditor := &audit.Auditor{Tree: tree, Rulebook: book, AsOf: theDay(t), Jobs: 1, Pin: true}
	r := results.Collect(context.Background(), results.Run{Rulebook: book, AsOf: asOf}, auditor, audit.Discover(tree, nil)).For(results.Internal)
	if len(r.Errors) > 0 || len(r.Platforms) != 1 {
		t.Fatalf("%d platforms, errors %v", len(r.Platforms), r.Errors)
	}
	for _, name := range []string{"text", "junit", "sarif"} {
		format, err := report.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := report.Write(io.Discard, format, r, report.Options{}); err != nil {
			t.Fatal(err)
		}
	}
}

// What says a thing more often takes more statements in proportion, so that a
// description as large as one may be occupies nobody.
func TestMuchIsLinear(t *testing.T) {
	meter := trial.NewMeter(t, "hegui/internal/...")
	few, many, most := times(t)
	for i, m := range muchOf() {
		if i%6 > 0 && !trial.Long(t) {
			continue // a few of them show it; make long counts all
		}
		t.Setenv(counting, m.name)
		little := meter.Steps(t, "TestMuchIsJudged", fmt.Sprint(m.name, " ", few))
		much := meter.Steps(t, "TestMuchIsJudged", fmt.Sprint(m.name, " ", many))
		t.Logf("%s: %d statements for %d, %d for %d", m.name, little, few, much, many)
		if much > most*little {
			t.Errorf("%s: %d statements for %d, %d for %d", m.name, little, few, much, many)
		}
	}
}
