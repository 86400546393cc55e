package report

import (
	"hash/fnv"
	"io"
	"maps"
	"strconv"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
)

// span is the region of a location as far as it is known: 0 is unknown. It
// never ends before it begins, whatever the model says.
type span struct{ line, column, endLine, endColumn int }

func region(at finding.Location) span {
	if at.Line < 1 {
		return span{}
	}
	s := span{line: at.Line, column: max(at.Column, 1)}
	if at.EndLine > s.line && at.EndColumn >= 1 || at.EndLine == s.line && at.EndColumn > s.column {
		s.endLine, s.endColumn = at.EndLine, at.EndColumn
	}
	return s
}

// told is a finding's message and reasons in one line.
func (v voice) told(f *finding.Finding) string {
	text := v.Prose(f.Said())
	if why := f.Why(); !why.IsZero() {
		text += v.Say("。原因：%s", ". Because: %s", v.Prose(why))
	}
	return text
}

// advice is a finding's message, reasons and remedy in one line.
func (v voice) advice(f *finding.Finding) string {
	text := v.told(f)
	if !f.Remedy.IsZero() {
		text += v.Say("。整改：%s", ". Fix: %s", v.Prose(f.Remedy))
	}
	return text
}

// platformID is the id of the platform that a listed finding is about, empty
// for a defect of the rulebook.
func platformID(l results.Listed) string {
	if l.Platform == nil {
		return ""
	}
	return l.Platform.ID
}

// checkTitle is the title of the check that makes a finding, zero for findings
// that no check of the rulebook makes.
func checkTitle(l results.Listed) lang.Text {
	if l.Platform == nil {
		return lang.Text{}
	}
	for i := range l.Platform.Checks {
		if l.Platform.Checks[i].ID == l.Finding.Check {
			return l.Platform.Checks[i].Title
		}
	}
	return lang.Text{}
}

// waiverOf is the waiver that covers a waived finding, nil where the audience
// does not see it.
func waiverOf(p *results.Platform, f *finding.Finding) *examine.Waiver {
	if p == nil || !f.Waived {
		return nil
	}
	for i := range p.Waivers {
		w := &p.Waivers[i]
		if w.State == examine.WaiverActive && w.Check == f.Check && (w.Item == "" || w.Item == f.Item) {
			return w
		}
	}
	return nil
}

// tally tells equal fingerprints apart. The second of two gets a name of its own,
// always the same; when one of the two is fixed, that second name goes. It keeps only a
// hash of each fingerprint of the fleet: should two collide, the second is merely named
// as if it were a repetition.
type tally struct {
	met      map[uint64]struct{}
	repeated map[string]int // how often, of those that were met before
}

// take takes over the names that another tally gave ahead of its turn. If any of its
// fingerprints has been met here, it takes nothing and all must be named again.
func (t tally) take(ahead tally) bool {
	for hash := range ahead.met {
		if _, met := t.met[hash]; met {
			return false
		}
	}
	maps.Copy(t.met, ahead.met)
	maps.Copy(t.repeated, ahead.repeated)
	return true
}

func newTally() tally { return tally{map[uint64]struct{}{}, map[string]int{}} }

func (t tally) name(fingerprint string) string {
	h := fnv.New64a()
	_, _ = io.WriteString(h, fingerprint)
	if _, met := t.met[h.Sum64()]; !met {
		t.met[h.Sum64()] = struct{}{}
		return fingerprint
	}
	t.repeated[fingerprint]++
	return finding.Fingerprint("again", fingerprint, strconv.Itoa(t.repeated[fingerprint]+1))
}
