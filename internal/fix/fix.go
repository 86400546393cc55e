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

// maxRounds bounds how often a file is read anew, and maxRead how many bytes that
// is in all: each round makes all edits that the one before has brought to light.
const maxRounds, maxRead = 1000, 256 << 20

// File makes the certain edits of a description. One that would make unreadable
// what could be read, or settles nothing, is not made. beside are findings about
// what is no part of the description's values: its comments.
func File(s *schema.Schema, path string, data []byte, beside ...finding.Finding) Result {
	r := Result{Path: path, Old: data, New: data}
	now := look(s, path, data)
	now = r.comments(now, beside)
	refused, seen := map[finding.Edit]bool{}, map[string]bool{string(now.data): true}
	for range min(maxRounds, maxRead/(len(data)+1)) {
		batch := now.edits(refused)
		if len(batch) == 0 {
			break
		}
		next, made := now.with(batch), batch
		if !next.settles(now, made) {
			made = batch[:1] // one of them is to blame
			next = now.with(made)
		}
		if !next.settles(now, made) || seen[string(next.data)] {
			refused[*made[0].edit] = true
			continue
		}
		seen[string(next.data)] = true
		for _, one := range made {
			r.Changes = append(r.Changes, now.change(one))
		}
		now, refused = next, map[finding.Edit]bool{}
	}
	r.New, r.Left = now.data, len(now.slips)
	return r
}

// comments makes the edits beside the values, as long as the values stay the same.
func (r *Result) comments(now *state, beside []finding.Finding) *state {
	for _, f := range beside {
		if inLine(f.Edit) == nil {
			continue
		}
		one := slip{check: f.Check, message: f.Message, edit: f.Edit}
		next := now.with([]slip{one})
		if next.doc.Sound() == now.doc.Sound() && len(next.slips) == len(now.slips) && next.doc.Root.Canonical() == now.doc.Root.Canonical() {
			r.Changes, now = append(r.Changes, now.change(one)), next
		}
	}
	return now
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

// settles reports whether edits of what was before have settled what they are
// about: what could be read still can, and there is less to find. One alone may
// bring to light the next slip of the same text. A file that cannot be read shows
// its first slip only, so that each edit of it stands for itself.
func (s *state) settles(before *state, made []slip) bool {
	switch {
	case before.doc.Root == nil:
		return true
	case s.doc.Root == nil || before.doc.Sound() && !s.doc.Sound():
		return false
	case s.doc.Sound() && !before.doc.Sound(), len(s.slips)+len(made) <= len(before.slips):
		return true
	}
	return len(made) == 1 && len(s.slips) <= len(before.slips) && !slices.ContainsFunc(s.slips, func(one slip) bool {
		return one.check == made[0].check && one.at == made[0].at
	})
}

func (s *state) change(one slip) Change {
	return Change{one.check, one.edit.Line, one.edit.Column, one.message, Between(s.data, *one.edit), one.edit.Text}
}
