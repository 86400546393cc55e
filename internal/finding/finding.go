// Package finding defines what hegui has to say about one place in a
// description: severities, outcomes, findings, their order and their
// fingerprints.
package finding

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"hegui/internal/lang"
	"hegui/internal/term"
)

// Severity says how much a failing check weighs.
type Severity uint8

// The severities, lightest first. A blocker is a veto (一票否决).
const (
	Advisory Severity = iota
	Minor
	Major
	Blocker
)

var severityNames = [...]string{"advisory", "minor", "major", "blocker"}

// Severities lists all severities, heaviest first.
func Severities() []Severity { return []Severity{Blocker, Major, Minor, Advisory} }

// ParseSeverity reads a severity's name.
func ParseSeverity(name string) (Severity, bool) {
	for i, known := range severityNames {
		if known == name {
			return Severity(i), true
		}
	}
	return 0, false
}

// SeverityOf is the severity of a finding that no check makes. One that the
// vocabulary does not have must not weigh too little.
func SeverityOf(id string) Severity {
	_, kind, _ := term.Find(id)
	if s, ok := ParseSeverity(kind.Severity); ok {
		return s
	}
	return Blocker
}

func (s Severity) String() string { return severityNames[s] }

// MarshalText makes severities appear by name in JSON, as values and as keys.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a severity's name.
func (s *Severity) UnmarshalText(name []byte) error {
	known, ok := ParseSeverity(string(name))
	if *s = known; !ok {
		return fmt.Errorf("unknown severity %q", name)
	}
	return nil
}

// Text is the severity's name in both languages.
func (s Severity) Text() lang.Text { return severityTexts()[s] }

var severityTexts = sync.OnceValue(func() (all [len(severityNames)]lang.Text) {
	for i, name := range severityNames {
		all[i] = term.Severities().Text(name)
	}
	return all
})

// Outcome is what became of an item or a check.
type Outcome string

// The outcomes.
const (
	Pass   Outcome = "pass"
	Fail   Outcome = "fail"
	Waived Outcome = "waived"
	// Rectified is what failed, can no longer be made good, and was dealt with
	// on record: it still counts as failed in the raw score.
	Rectified Outcome = "rectified"

	NotApplicable Outcome = "not_applicable"
)

// Join is the outcome of what has both: one failure fails it, one waiver waives
// it, one rectification rectifies it, one pass passes it.
func (o Outcome) Join(other Outcome) Outcome {
	for _, first := range []Outcome{Fail, Waived, Rectified, Pass} {
		if o == first || other == first {
			return first
		}
	}
	return NotApplicable
}

// Finding is one thing that is wrong in one place.
type Finding struct {
	Check       string    `json:"check"`
	Clauses     []string  `json:"clauses"`
	Severity    Severity  `json:"severity"`
	Platform    string    `json:"-"`
	Item        string    `json:"item"`
	Message     lang.Text `json:"message"`
	Remedy      lang.Text `json:"remedy"`
	Source      lang.Text `json:"source,omitzero"`
	Fingerprint string    `json:"fingerprint"`
	Waived      bool      `json:"waived"`
	Location    Location  `json:"location"`
	// Edit is set where it is certain what was meant.
	Edit *Edit `json:"fix,omitempty"`
	// Because are the parts of a check's demand that failed, with their values, where
	// that says more than the message.
	Because []Reason `json:"because,omitempty"`
	// Keys are what the fingerprint is made of besides the check and the
	// platform's code.
	Keys []string `json:"-"`
	// Excerpt is the source line the finding points at, for reports that show
	// it; it is raw input and every sink escapes it for itself.
	Excerpt string `json:"-"`
	// Waiting are the ids of the checks that cannot be judged for it, in the
	// rulebook's order.
	Waiting []string `json:"-"`
	// Field is the path in the schemas of what the finding is about, or of the nearest
	// place above that they know; empty where it is about none.
	Field string `json:"-"`
	// Title is the check's, zero for a finding that no check makes.
	Title lang.Text `json:"-"`
	// Redacted is what those read who must not see sensitive facts, nil where
	// that is the same.
	Redacted *Redaction `json:"-"`
}

// Defect reports whether the finding tells of something that counts as not
// stated for the way it is written.
func (f *Finding) Defect() bool {
	return term.FamilyOf(f.Check).Waits && SeverityOf(f.Check) > Advisory
}

// Said is what the finding says, and how many checks cannot be judged for it.
func (f *Finding) Said() lang.Text {
	switch n := len(f.Waiting); n {
	case 0:
		return f.Message
	case 1:
		return lang.Say("%s；1 个检查项在等它", "%s; 1 check waits for this", f.Message)
	default:
		return lang.Say("%s；%d 个检查项在等它", "%s; %d checks wait for this", f.Message, n)
	}
}

// Reason is one part of a demand that failed.
type Reason struct {
	Message lang.Text `json:"message"`
	// Fields are the places in schemas that it is about, the first the one that is
	// not as wanted.
	Fields   []string `json:"fields,omitempty"`
	Location Location `json:"location"`
}

// Why is what failed and where, zero where the message says all.
func (f *Finding) Why() lang.Text {
	var why lang.Text
	for i, r := range f.Because {
		one := r.Message
		if r.Location.Path != f.Location.Path || r.Location.Line != f.Location.Line {
			one = lang.Say("%s（%s:%d）", "%s (%s:%d)", one, path.Base(r.Location.Path), r.Location.Line)
		}
		if i > 0 {
			one = lang.Say("%s；%s", "%s; %s", why, one)
		}
		why = one
	}
	return why
}

// Redaction stands in place of what a finding says.
type Redaction struct {
	Item            string
	Message, Remedy lang.Text
	Excerpt         string
	Because         []Reason
}

// Hide gives access to what the finding says to those who must not see
// sensitive facts. It comes after all that the finding says to others.
func (f *Finding) Hide() *Redaction {
	if f.Redacted == nil {
		f.Redacted = &Redaction{f.Item, f.Message, f.Remedy, f.Excerpt, f.Because}
	}
	return f.Redacted
}

// Fingerprint identifies a finding across revisions by what it is about: the
// check, the platform's code and the keys of the items. Line numbers, folder
// names and list positions have no part in it.
func Fingerprint(check, code string, keys ...string) string {
	var room [256]byte
	text := appendPart(appendPart(room[:0], check), code)
	for _, key := range keys {
		text = appendPart(text, key)
	}
	sum := sha256.Sum256(text)
	return string(hex.AppendEncode(room[:0], sum[:16]))
}

// Identity is what the finding is about inside its platform: its fingerprint without the
// platform's code, which a broken file may hide at one of two revisions.
func (f *Finding) Identity() string { return Fingerprint(f.Check, "", f.Keys...) }

// appendPart writes the length too, which keeps ("a", "bc") apart from ("ab", "c").
func appendPart(text []byte, part string) []byte {
	return append(append(strconv.AppendInt(text, int64(len(part)), 10), ':'), part...)
}

// Sort puts findings in the order of every report: by file, place, check and
// item.
func Sort(findings []Finding) {
	order := make([]*Finding, len(findings)) // findings are large
	for i := range findings {
		order[i] = &findings[i]
	}
	if !slices.IsSortedFunc(order, byPlace) {
		copy(findings, Sorted(nil, order))
	}
}

// Sorted are findings in the order of every report, in the memory of a list that nobody
// reads any more.
func Sorted(room []Finding, found []*Finding) []Finding {
	slices.SortStableFunc(found, byPlace)
	sorted := slices.Grow(room[:0], len(found))
	for _, f := range found {
		sorted = append(sorted, *f)
	}
	return sorted
}

func byPlace(a, b *Finding) int {
	if order := cmp.Or(strings.Compare(a.Location.Path, b.Location.Path), cmp.Compare(a.Location.Line, b.Location.Line)); order != 0 {
		return order
	}
	return cmp.Or(cmp.Compare(a.Location.Column, b.Location.Column), strings.Compare(a.Check, b.Check),
		strings.Compare(a.Item, b.Item), strings.Compare(a.Message.EN, b.Message.EN))
}
