package slab

import "io"

// Piece is how many bytes the pieces of a text take.
const Piece = 32 << 10

// mostPieces is how many pieces wait at most to be used again, 8 MiB: what a dozen
// platforms of the usual size write.
const mostPieces = 256

// Pieces are memory for texts whose length nobody knows beforehand. Each takes pieces of
// one size as it grows, and leaves them to others while it is written. The zero Pieces
// are none.
type Pieces struct{ spare Spares[[Piece]byte] }

// Waiting is how many pieces wait to be used again.
func (p *Pieces) Waiting() int { return p.spare.waiting() }

// Text is an empty text.
func (p *Pieces) Text() Text { return Text{of: p} }

// Text is a text that waits to be written.
type Text struct {
	of  *Pieces
	all []*[Piece]byte
	// last is how many bytes there are in the last piece.
	last int
}

// Len is how many bytes wait.
func (t *Text) Len() int { return max(0, len(t.all)-1)*Piece + t.last }

// Write adds to the text.
func (t *Text) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		if len(t.all) == 0 || t.last == Piece {
			one := t.of.spare.Take()
			if one == nil {
				one = new([Piece]byte)
			}
			t.all, t.last = append(t.all, one), 0
		}
		n := copy(t.all[len(t.all)-1][t.last:], rest)
		t.last, rest = t.last+n, rest[n:]
	}
	return len(p), nil
}

// WriteTo writes the text, which is empty afterwards, whatever comes of it.
func (t *Text) WriteTo(w io.Writer) (written int64, err error) {
	for i, one := range t.all {
		if err == nil {
			size := Piece
			if i == len(t.all)-1 {
				size = t.last
			}
			var n int
			n, err = w.Write(one[:size])
			written += int64(n)
		}
		t.of.spare.leave(one, mostPieces)
	}
	clear(t.all)
	t.all, t.last = t.all[:0], 0
	return written, err
}
