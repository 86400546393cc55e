package rulebook_test

import (
	"strings"
	"testing"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

// graded is the tiny rulebook with a grade of its own for what is kept.
func graded(t *testing.T, keyword, check string) files {
	t.Helper()
	return tiny(t).edit(t, "schemas/platform.schema.json", `    "sensitivity": {`, `    "backup_level": { "title": "级", "x-title-en": "Level", "description": "备份的级", "x-description-en": "Level of backups.", "type": "integer", `+keyword+` },
    "sensitivity": {`).edit(t, "checks/stores.yaml", "  - id: stores.kept\n", "  - id: stores.kept\n    level: backup_level\n"+check)
}

const elseLevel = `"minimum": 1, "maximum": 5, "x-otherwise": "mlps_level"`

// A check goes by its grade where that is stated, by the platform's level where it
// is not, and by the strictest where nobody can read it.
func TestChecksGoByTheirGrade(t *testing.T) {
	book := graded(t, elseLevel, "").load(t)
	check := book.Check("stores.kept")
	for _, c := range []struct {
		name, grade string
		level       int
		want        string
	}{
		{"not stated", "", 3, "files fail at /sets/0/keep: set files is kept for 45 days only | 备份集 files 只留 45 天"},
		{"lower", ", backup_level: 2", 2, "files pass"},
		{"higher", ", backup_level: 4", 4, "files fail at /sets/0/keep: set files is kept for 45 days only | 备份集 files 只留 45 天"},
		{"blank", ", backup_level: ", 3, "files fail at /sets/0/keep: set files is kept for 45 days only | 备份集 files 只留 45 天"},
		{"broken", ", backup_level: none", rulebook.NoLevel, "fail for platform.backup_level"},
	} {
		header := strings.Replace(headerYAML, "mlps_level: %d", "mlps_level: 3"+c.grade, 1)
		frame, level := book.Frame(rulebook.Topics{"platform": parse(t, header), "stores": parse(t, strings.Replace(storesYAML, "keep: 60", "keep: 45", 1))}, day(t, "2026-12-01"))
		j, err := check.Judge(frame, level)
		if err != nil {
			t.Fatal(err)
		}
		if got := check.LevelAt(frame, level); level != 3 || got != c.level {
			t.Errorf("%s: the platform is of level %d, the check goes by %d", c.name, level, got)
		}
		if got := told(j); got != c.want || j.Unsure != (c.level == rulebook.NoLevel) {
			t.Errorf("%s: %s (unsure %v), want %s", c.name, got, j.Unsure, c.want)
		}
	}
}

// What a grade rests on is the platform's level where it is not stated: a verdict
// lapses when that changes.
func TestFactsOfAGradeAreTheLevel(t *testing.T) {
	book := graded(t, elseLevel, "    when: platform.backup_level >= 1\n").load(t)
	header := parse(t, strings.Replace(headerYAML, "%d", "3", 1))
	frame, level := book.Frame(rulebook.Topics{"platform": header, "stores": parse(t, storesYAML)}, day(t, "2026-12-01"))
	frame.Pin()
	j, err := book.Check("stores.kept").Judge(frame, level)
	if err != nil {
		t.Fatal(err)
	}
	var seen *document.Value
	for _, fact := range j.Items[0].Facts {
		if fact.Path == "platform.backup_level" {
			seen = fact.Value
		}
	}
	if j.Items[0].Outcome != finding.Pass || seen != header.Get("mlps_level") {
		t.Errorf("%+v", j.Items[0])
	}
}

func TestGradesAreRefused(t *testing.T) {
	for _, c := range []struct{ name, keyword, check, want string }{
		{"no grade", `"minimum": 1`, "", `the header has no "backup_level" that is mlps_level where it is not stated`},
		{"when goes by the level", elseLevel, "    when: platform.mlps_level >= 2\n", "the check goes by platform.backup_level, and when reads platform.mlps_level: read platform.backup_level"},
	} {
		if d := graded(t, c.keyword, c.check).defects(t); d[0].Path != "checks/stores.yaml" || !strings.Contains(d[0].Message.EN, c.want) {
			t.Errorf("%s: %v", c.name, d)
		}
	}
}
