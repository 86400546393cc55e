package audit

import (
	"strings"

	"hegui/internal/lang"
	"hegui/internal/schema"
)

// unitOf is what a number counts, as it is said behind the number. English says one
// case of cases, and no level behind the name of a level.
func unitOf(t *schema.Type, number string) lang.Text {
	unit := t.Unit
	switch {
	case strings.Contains(strings.ToLower(t.Title.EN), unit.EN):
		unit.EN = ""
	case number == "1":
		unit.EN = one(unit.EN)
	}
	if unit.EN != "" {
		unit.EN = " " + unit.EN
	}
	return lang.Text{ZH: " " + unit.ZH, EN: unit.EN}
}

// one is an English noun for a single thing.
func one(many string) string {
	for _, ending := range [][2]string{{"people", "person"}, {"classes", "class"}, {"ies", "y"}, {"ss", "ss"}, {"ms", "ms"}, {"s", ""}} {
		if stem, ends := strings.CutSuffix(many, ending[0]); ends {
			return stem + ending[1]
		}
	}
	return many
}
