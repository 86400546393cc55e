package term

import (
	"strings"

	"hegui/internal/lang"
)

// Family is a family of findings that no check makes: hegui itself reports
// them, with the family's name before the dot of their ids.
type Family struct {
	ID string
	// Title is what the findings have in common, About when they appear, Remedy
	// what to do about them.
	Title, About, Remedy lang.Text
	Release              Release
	HiddenBy             HiddenBy
	// Waits: checks may wait for what such a finding tells of. It is then as
	// severe as the severest of them, and never less than its kind.
	Waits bool
	Kinds []Kind
}

// Kind is one kind of finding of a family.
type Kind struct {
	// ID is the part behind the dot.
	ID string
	// Severity is a value of Severities, empty where the policy decides.
	Severity string
	Title    lang.Text
}

// Release says whether something that stands in waivers lets a finding pass.
type Release uint8

// What a waiver may do for a family of findings.
const (
	// NotWaivable findings can only be fixed.
	NotWaivable Release = iota
	// Waivable findings can be waived like those of checks.
	Waivable
	// Releasable are findings of a change, not of a platform, which a waiver
	// in base lets through the gate.
	Releasable
)

// Text says what a waiver may do.
func (r Release) Text() lang.Text {
	switch r {
	case Waivable:
		return lang.Say("可以豁免", "can be waived")
	case Releasable:
		return lang.Say("主干里的豁免可以放行", "a waiver in base releases it")
	}
	return lang.Say("不可豁免，只能整改", "cannot be waived, only fixed")
}

// HiddenBy says in which state of its file at the baseline a finding could not
// have been made there, so that a change which shows it is not its cause.
type HiddenBy uint8

// What hides a family of findings at the baseline.
const (
	// Nothing: the findings stand beside whatever the file holds.
	Nothing HiddenBy = iota
	// Syntax: the file could not be read as YAML, and the finding says so too.
	Syntax
	// Unparsed: the file could not be read as YAML.
	Unparsed
	// Broken: the file could not be read, or broke its schema.
	Broken
)

// Find is the family and the kind that an id of a finding names, false if
// hegui makes no such finding by itself.
func Find(id string) (Family, Kind, bool) {
	family := FamilyOf(id)
	for _, k := range family.Kinds {
		if id == family.ID+"."+k.ID {
			return family, k, true
		}
	}
	return family, Kind{}, false
}

// OwnIDs are the ids of all findings that no check makes.
func OwnIDs() []string {
	var ids []string
	for _, f := range Families() {
		for _, k := range f.Kinds {
			ids = append(ids, f.ID+"."+k.ID)
		}
	}
	return ids
}

// TitleOf is what a finding is called that no check makes, empty for others.
func TitleOf(id string) lang.Text {
	_, k, _ := Find(id)
	return k.Title
}

// FamilyOf is the family that an id belongs to, the zero family for that of a
// check.
func FamilyOf(id string) Family {
	name, _, _ := strings.Cut(id, ".")
	for _, f := range families {
		if f.id == name {
			return f.of()
		}
	}
	return Family{}
}

// kind is a row of a family's table.
type kind struct{ id, zh, en string }

// kinds gives all rows one severity.
func kinds(severity string, rows ...kind) []Kind {
	out := make([]Kind, len(rows))
	for i, row := range rows {
		out[i] = Kind{ID: row.id, Severity: severity, Title: lang.Say(row.zh, row.en)}
	}
	return out
}
