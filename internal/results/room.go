package results

import (
	"hegui/internal/audit"
	"hegui/internal/finding"
	"hegui/internal/slab"
)

// room is memory that one platform after another is laid out in: the lists of checks,
// items and findings are most of what a run would otherwise allocate and throw away.
type room struct {
	// home is where it waits for the next platform.
	home     *slab.Spares[room]
	checks   []Check
	items    []Item
	findings []finding.Finding
	evidence []audit.Evidence
	problems []Problem
	// lost are losses while they are summed up.
	lost []loss
}

// maxRoom bounds the items, findings and evidence that a room is kept with: far more
// than most platforms have.
const maxRoom = 4096

// enterRoom is a room that no platform lies in.
func (l *layout) enterRoom() *room {
	if known := l.rooms.Take(); known != nil {
		return known
	}
	return &room{home: &l.rooms}
}

// Done returns a platform's memory to the run that handed it over: the next platform is
// laid out in the same lists. After Done nobody may read the platform or a copy of it,
// nor call Done again; only what was copied out of its lists is safe. A platform on
// which Done is never called stays valid.
func (p *Platform) Done() {
	r := p.room
	if r == nil || max(cap(r.items), cap(r.findings), cap(r.evidence)) > maxRoom {
		return
	}
	// What lies there is forgotten, so that the room keeps nothing else in memory.
	clear(r.checks)
	clear(r.items)
	clear(r.findings)
	clear(r.evidence)
	clear(r.problems)
	*p = Platform{}
	r.home.Leave(r)
}

// within is a list of n in memory that was used before, if there is enough; it is never nil.
func within[T any](memory *[]T, n int) []T {
	if *memory == nil || cap(*memory) < n {
		*memory = make([]T, n)
	}
	*memory = (*memory)[:n]
	return (*memory)[:n:n]
}
