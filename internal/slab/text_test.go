package slab_test

import (
	"bytes"
	"errors"
	"io"
	"sync"
	"testing"

	"hegui/internal/slab"
)

// Texts that wait take pieces for what they hold, and leave them to the next, which
// are written in them without more: whatever their length, by whoever, also where one
// could not be written.
func TestTextTakesWhatItHolds(t *testing.T) {
	var pieces slab.Pieces
	const users = 12
	text := bytes.Repeat([]byte("0123456789abcdefg"), slab.Piece/4)
	lengths := []int{0, 1, slab.Piece - 1, slab.Piece, slab.Piece + 1, 3 * slab.Piece, 4*slab.Piece + 5}
	round := func(fails bool) {
		waiting := make([]slab.Text, users)
		var all sync.WaitGroup
		for i := range waiting {
			waiting[i] = pieces.Text()
			all.Go(func() {
				for rest := text[:lengths[i%len(lengths)]]; len(rest) > 0; {
					n := min(len(rest), 10_000)
					_, _ = waiting[i].Write(rest[:n])
					rest = rest[n:]
				}
			})
		}
		all.Wait()
		for i := range waiting {
			if fails {
				if _, err := waiting[i].WriteTo(broken{}); (err == nil) != (lengths[i%len(lengths)] == 0) {
					t.Errorf("text %d: %v", i, err)
				}
				continue
			}
			want := text[:lengths[i%len(lengths)]]
			var got bytes.Buffer
			if held := waiting[i].Len(); held != len(want) {
				t.Errorf("text %d holds %d bytes, want %d", i, held, len(want))
			}
			n, err := waiting[i].WriteTo(&got)
			if n != int64(len(want)) || err != nil || !bytes.Equal(got.Bytes(), want) || waiting[i].Len() > 0 {
				t.Errorf("text %d: wrote %d of %d, %v; %d left", i, n, len(want), err, waiting[i].Len())
			}
		}
	}
	most := 0
	for i := range users {
		most += (lengths[i%len(lengths)] + slab.Piece - 1) / slab.Piece
	}
	for i, fails := range []bool{false, true, false} {
		round(fails)
		if made := pieces.Waiting(); made != most {
			t.Errorf("round %d: there are %d pieces, want the %d that were held at once", i, made, most)
		}
	}
}

// After a text larger than any platform's no more is kept than usual ones need.
func TestPiecesAreNotKeptForTheLargest(t *testing.T) {
	var pieces slab.Pieces
	text := pieces.Text()
	_, _ = text.Write(make([]byte, 64<<20))
	if _, err := text.WriteTo(io.Discard); err != nil {
		t.Fatal(err)
	}
	if kept := pieces.Waiting() * slab.Piece; kept != 8<<20 {
		t.Errorf("%d bytes are kept", kept)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("broken") }
