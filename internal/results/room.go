package results

import (
	"sync"

	"hegui/internal/audit"
	"hegui/internal/finding"
)

// room is the memory in which one platform after the other is laid out: the lists of
// its checks, items and findings are a good part of all that a run would throw away.
type room struct {
	// home is where it waits for the next platform.
	home     *sync.Pool
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
	if known, ok := l.rooms.Get().(*room); ok {
		return known
	}
	return &room{home: &l.rooms}
}

// Done lets a platform go that a run has handed over: the next one is laid out in its
// lists. Nobody may look at it or at a copy any more, nor let that go as well; what
// was copied out of its lists lasts. A platform that is never let go lasts as a whole.
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
	r.home.Put(r)
}

// within is a list of n in memory that was used before, if there is enough; it is never nil.
func within[T any](memory *[]T, n int) []T {
	if *memory == nil || cap(*memory) < n {
		*memory = make([]T, n)
	}
	*memory = (*memory)[:n]
	return (*memory)[:n:n]
}
