// Package fix writes right in a description what can only have been meant one
// way, and leaves everything else as somebody wrote it.
package fix

import (
	"cmp"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// Result is a file after all its certain edits.
type Result struct {
	Path string
	// Old and New are its bytes, the same where nothing was to do.
	Old, New []byte
	// Changes are what was written, in the order in which it was found.
	Changes []Change
	// Left is how many problems and violations are left for somebody to decide.
	Left int
}

// Change is one edit that was made.
type Change struct {
	// Check is the id of the finding, Line and Column its place in the file as it
	// was then.
	Check        string
	Line, Column int
	Message      lang.Text
	// From and To are the text before and after: who may write the file may read
	// it.
	From, To string
}

// maxRounds bounds how often a file is read anew: each round makes all edits that
// the one before has brought to light.
const maxRounds = 1000

// File makes the certain edits of a description. An edit counts only if it leaves
// less to find and nothing unreadable that could be read.
func File(s *schema.Schema, path string, data []byte) Result {
	r := Result{Path: path, Old: data, New: data}
	now := look(s, path, data)
	refused := map[finding.Edit]bool{}
	for range maxRounds {
		batch := now.edits(refused)
		if len(batch) == 0 {
			break
		}
		next, made := now.with(batch), batch
		if !next.settles(now, len(batch)) {
			// One of them is to blame: try the first alone.
			made = batch[:1]
			if next = now.with(made); !next.settles(now, 1) {
				refused[*made[0].edit] = true
				continue
			}
		}
		for _, one := range made {
			r.Changes = append(r.Changes, now.change(one))
		}
		now, refused = next, map[finding.Edit]bool{}
	}
	r.New, r.Left = now.data, len(now.slips)
	return r
}

// state is what is known of a file at one time.
type state struct {
	schema *schema.Schema
	data   []byte
	doc    *document.Document
	slips  []slip
}

// slip is what is wrong in one place, with its edit if it has one.
type slip struct {
	check   string
	at      document.Pos
	message lang.Text
	edit    *finding.Edit
}

func look(s *schema.Schema, path string, data []byte) *state {
	now := &state{schema: s, data: data, doc: document.Parse(path, data, document.Limits{})}
	for _, p := range now.doc.Problems {
		one := slip{check: "document." + p.Code, at: p.Start, message: p.Message}
		if p.Edit != nil {
			one.edit = inLine(finding.Write(p.Edit.Start, p.Edit.End, p.Edit.Text))
		}
		now.slips = append(now.slips, one)
	}
	if now.doc.Sound() {
		for _, v := range s.Validate(now.doc.Root) {
			now.slips = append(now.slips, slip{v.ID(), v.Start, v.Message, inLine(v.Edit)})
		}
	}
	return now
}

// inLine is an edit that neither adds a line nor takes one away, nil for others.
func inLine(edit *finding.Edit) *finding.Edit {
	if edit == nil || strings.Count(edit.Text, "\n") != edit.EndLine-edit.Line {
		return nil
	}
	return edit
}

// edits are those that can be made at once, in the order of their places.
func (s *state) edits(refused map[finding.Edit]bool) []slip {
	var out []slip
	for _, one := range s.slips {
		if one.edit != nil && !refused[*one.edit] {
			out = append(out, one)
		}
	}
	slices.SortStableFunc(out, func(a, b slip) int { return compare(a.edit, b.edit) })
	apart := out[:0]
	for _, one := range out {
		if len(apart) == 0 || !overlap(apart[len(apart)-1].edit, one.edit) {
			apart = append(apart, one)
		}
	}
	return apart
}

func compare(a, b *finding.Edit) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// overlap reports whether b, which does not start before a, starts within it or
// at the same place.
func overlap(a, b *finding.Edit) bool {
	return b.Line < a.EndLine || b.Line == a.EndLine && b.Column < a.EndColumn || a.Line == b.Line && a.Column == b.Column
}

func (s *state) with(made []slip) *state {
	edits := make([]finding.Edit, len(made))
	for i, one := range made {
		edits[i] = *one.edit
	}
	return look(s.schema, s.doc.Path, Apply(s.data, edits))
}

// settles reports whether n edits of what was before have settled as much: what
// could be read still can, and there is less to find. A file that cannot be read
// shows its first slip only: the next one must lie behind it.
func (s *state) settles(before *state, n int) bool {
	switch {
	case before.doc.Sound():
		return s.doc.Sound() && len(s.slips)+n <= len(before.slips)
	case s.doc.Sound():
		return true
	case before.doc.Root != nil:
		return s.doc.Root != nil && len(s.slips)+n <= len(before.slips)
	}
	return s.doc.Root != nil || precedes(before.slips[0].at, s.slips[0].at)
}

func precedes(a, b document.Pos) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Column < b.Column
}

func (s *state) change(one slip) Change {
	return Change{one.check, one.edit.Line, one.edit.Column, one.message, Between(s.data, *one.edit), one.edit.Text}
}
