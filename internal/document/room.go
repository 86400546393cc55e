package document

import "sync"

// room is what is needed while a file is parsed, for one file after the other:
// nothing in it outlives the parsing.
type room struct {
	tokens []token
	// children and pairs are those of the lists and maps that are being read.
	children []*Value
	pairs    []Field
}

var rooms = sync.Pool{New: func() any { return &room{} }}

// maxKept is how many tokens, items and keys room is kept for: what people write
// needs no more.
const maxKept = 1 << 14

// leave empties a room, so that it holds on to no value, and gives it back.
func (r *room) leave() {
	if max(cap(r.tokens), cap(r.children), cap(r.pairs)) > maxKept {
		return
	}
	clear(r.children[:cap(r.children)])
	clear(r.pairs[:cap(r.pairs)])
	r.children, r.pairs = r.children[:0], r.pairs[:0]
	rooms.Put(r)
}
