package examine

import (
	"strings"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/lang"
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

// Release is an entry of the file in which supervisors keep what they let through for
// a platform.
type Release struct {
	Waiver
	// Lets is set for one that lets something through the gate, not a waiver.
	Lets bool
	// Message and Remedy say why it has no effect, zero for one that has.
	Message, Remedy lang.Text
}

// Releases are the entries of the supervisors' file as they stand on a day. unproved
// says what is wrong with the evidence of an entry, zero for nothing.
func Releases(book *rulebook.Rulebook, p *Platform, file *document.Value, day calendar.Date, unproved func(*document.Value) (message, remedy lang.Text)) (all []Release) {
	e := &examination{Platform: p, book: book, day: day}
	for _, entry := range file.ListAt(audit.WaiversFile) {
		w := Release{Waiver: e.waiver(entry)}
		w.Lets = e.releases(w.Waiver)
		w.State = WaiverActive
		if fault := e.fault(w.Waiver); fault != "" {
			w.State = stateOf(fault)
			w.Message, w.Remedy = e.faultOf(fault, w.Waiver, w.Redacted)
		} else if w.Message, w.Remedy = unproved(entry); !w.Message.IsZero() {
			w.State = WaiverRefused
		}
		all = append(all, w)
	}
	return all
}
