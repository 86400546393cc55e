package audit

import (
	"testing"

	"hegui/internal/lang"
	"hegui/internal/schema"
)

// Numbers are said as people say them: one case, level 3 of a level.
func TestUnits(t *testing.T) {
	for _, c := range []struct{ title, unit, number, want string }{
		{"Cases", "items", "2", " items"}, {"Closed", "cases", "1", " case"}, {"Closed", "cases", "0", " cases"}, {"Staff", "people", "1", " person"},
		{"Staff", "persons", "1", " person"}, {"Anomalies", "entries", "1", " entry"}, {"Password", "classes", "1", " class"}, {"Response", "ms", "1", " ms"},
		{"Protection level", "level", "3", ""}, {"Level filed", "level", "1", ""}, {"Distance", "km", "1", " km"}, {"Term", "working days", "1", " working day"},
	} {
		got := unitOf(&schema.Type{Title: lang.Text{EN: c.title}, Unit: lang.Text{ZH: "个", EN: c.unit}}, c.number)
		if got.EN != c.want || got.ZH != " 个" {
			t.Errorf("%s %s of %s: %q", c.number, c.unit, c.title, got)
		}
	}
}
