package examine

import (
	"strings"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/rulebook"
	"hegui/internal/term"
)

// GateEffect is the effect of a waiver that lets something through the gate alone:
// verdict and score stay what they are.
const GateEffect = "gate"

// ScopePrefix begins what a release names that lets a scope change through the
// gate; the kind of the change follows.
const ScopePrefix = "scope."

// NewPlatform is what a release names that lets a new platform through the gate.
const NewPlatform = ScopePrefix + "new_platform"

// Breaks reports whether a finding is about a file that nobody can judge by, which
// nothing releases.
func Breaks(id string) bool {
	switch term.FamilyOf(id).ID {
	case "document", "schema", "rulebook":
		return id != "document.missing"
	}
	return false
}

// releases reports whether a waiver lets something through the gate alone. It covers
// no finding of the platform.
func (e *examination) releases(w Waiver) bool {
	kind, isScope := strings.CutPrefix(w.Check, ScopePrefix)
	return w.Effect == GateEffect || isScope && (e.book.Policy.Gate.ScopeChanges[kind] != "" || w.Check == NewPlatform)
}

// Releases are those waivers of another file than the platform's own that let
// something through the gate on a day.
func Releases(book *rulebook.Rulebook, p *Platform, file *document.Value, day calendar.Date) (all []Waiver) {
	e := &examination{Platform: p, book: book, day: day}
	for _, entry := range file.ListAt(audit.WaiversFile) {
		if w := e.waiver(entry); e.releases(w) && e.fault(w) == "" {
			w.State = WaiverActive
			all = append(all, w)
		}
	}
	return all
}
