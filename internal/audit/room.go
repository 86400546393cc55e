package audit

import (
	"slices"

	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

// room is the memory in which one platform after the other is judged: the outcomes of
// hundreds of checks are a good part of all that a run would throw away.
type room struct {
	checks []Check
	items  []Item
	// found are the findings as they are made, sorted the same in the order of reports.
	found, sorted []finding.Finding
	judged        []rulebook.Judged
	// cited are the places of the evidence, by position; facts and gaps say what is missing.
	cited     []citation
	evidence  []Evidence
	entries   map[*document.Value]int
	facts     map[string]string
	gaps      map[gap]string
	described document.Memory
	shown     expression.Memory
}

// maxRoom bounds the items, the findings and the evidence that a room is kept with: far
// more than most platforms have.
const maxRoom = 4096

// enterRoom lets a reading judge in the room of a platform that was let go.
func (r *reading) enterRoom() {
	known := r.rooms.Take()
	if known == nil {
		n := len(r.Rulebook.Checks)
		known = &room{checks: make([]Check, 0, n), items: make([]Item, 0, 2*n), entries: map[*document.Value]int{}, facts: map[string]string{}, gaps: map[gap]string{}}
	}
	r.lent, r.judged, r.entries, r.facts, r.gaps = known, known.judged, known.entries, known.facts, known.gaps
}

// leaveRoom lets the platform go. What lies in the room is forgotten, so that it keeps
// nothing else in memory.
func (r *reading) leaveRoom() {
	left := r.lent
	left.checks, left.judged = r.Checks, r.judged[:cap(r.judged)]
	if max(cap(left.items), cap(left.found), cap(left.judged), cap(left.cited), len(left.gaps)) > maxRoom {
		return
	}
	left.checks, left.items, left.judged = emptied(left.checks), emptied(left.items), emptied(left.judged)
	left.found, left.sorted = emptied(left.found), emptied(left.sorted)
	left.cited, left.evidence = emptied(left.cited), emptied(left.evidence)
	clear(left.entries)
	clear(left.facts)
	clear(left.gaps)
	left.described.Reuse()
	left.shown.Reuse()
	r.rooms.Leave(left)
}

// memory is what descriptions are read into, nil where they last.
func (r *reading) memory() *document.Memory {
	if r.lent == nil {
		return nil
	}
	return &r.lent.described
}

// sight is what checks see descriptions in.
func (r *reading) sight() *expression.Memory {
	if r.lent == nil {
		return new(expression.Memory)
	}
	return &r.lent.shown
}

func emptied[T any](all []T) []T {
	clear(all)
	return all[:0]
}

// checks is a list for the outcomes of so many checks.
func (r *reading) checks(n int) []Check {
	if r.lent == nil {
		return make([]Check, 0, n)
	}
	return slices.Grow(r.lent.checks, n)
}

// itemsOf is a list for so many items. In a room they lie behind those of the check before.
func (r *reading) itemsOf(n int) []Item {
	if r.lent == nil {
		return make([]Item, 0, n)
	}
	r.lent.items = slices.Grow(r.lent.items, n)
	from := len(r.lent.items)
	r.lent.items = r.lent.items[:from+n]
	return r.lent.items[from : from : from+n]
}

// cited is an empty list for what is cited.
func (r *reading) cited() []citation {
	if r.lent == nil {
		return nil
	}
	return r.lent.cited
}

// lists makes the lists of the evidence that is cited.
func (r *reading) lists(all []citation) {
	if r.lent == nil {
		r.Evidence, r.entries = make([]Evidence, 0, len(all)), make(map[*document.Value]int, len(all))
		return
	}
	r.lent.cited, r.lent.evidence = all, slices.Grow(r.lent.evidence, len(all))[:len(all)]
	r.Evidence = r.lent.evidence[:0]
}

// keep is a place for a finding that lasts.
func (r *reading) keep(f *finding.Finding) *finding.Finding {
	if r.lent == nil {
		kept := *f
		return &kept
	}
	r.lent.found = append(r.lent.found, *f)
	return &r.lent.found[len(r.lent.found)-1]
}

// sort puts what was found in the order of every report.
func (r *reading) sort() {
	if r.lent == nil {
		r.Findings = finding.Sorted(nil, r.findings)
		return
	}
	r.lent.sorted = finding.Sorted(r.lent.sorted, r.findings)
	r.Findings = slices.Clip(r.lent.sorted)
}
