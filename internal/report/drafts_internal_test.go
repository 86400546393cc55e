package report

import (
	"bytes"
	"strings"
	"testing"

	"hegui/internal/slab"
)

// Drafts that wait take as much memory as their texts, one that was not whole leaves nothing
// behind, and all are written in the memory of those before them.
func TestDraftsTakeWhatTheyHold(t *testing.T) {
	const waiting = 12
	var all drafts
	for round := range 3 {
		held, laid := 0, make([]*draft, waiting)
		for i := range laid {
			laid[i] = all.begin()
			laid[i].JSON.Open('[')
			for range 1000 * i {
				laid[i].JSON.Element(strings.Repeat("x", 100))
			}
			if round == 1 {
				laid[i].JSON.Element(func() {})
			}
			laid[i].JSON.Close(']')
			held += (2+103*1000*i+slab.Piece-1)/slab.Piece + 1
		}
		for i, w := range laid {
			var out bytes.Buffer
			if err := all.write(&out, w); (err != nil) != (round == 1) {
				t.Errorf("round %d, draft %d: %v", round, i, err)
			}
			if want := max(2, 1+103*1000*i); round != 1 && out.Len() != want || round == 1 && out.Len() > 0 {
				t.Errorf("round %d, draft %d: %d bytes, want %d", round, i, out.Len(), want)
			}
		}
		if made := all.pieces.Waiting(); made > held {
			t.Errorf("round %d: %d pieces were made, for %d", round, made, held)
		}
	}
}
