package report

import (
	"errors"
	"io"

	"hegui/internal/jsontext"
	"hegui/internal/slab"
)

// drafts are texts of platforms that wait for their turn. Each takes as much memory as
// its text, and leaves it to the next.
type drafts struct {
	pieces slab.Pieces
	spare  slab.Spares[draft]
}

// draft is the text of a platform, JSON or not.
type draft struct {
	JSON *jsontext.Writer
	text slab.Text
}

func (d *drafts) begin() *draft {
	if w := d.spare.Take(); w != nil {
		return w
	}
	w := &draft{text: d.pieces.Text()}
	w.JSON = jsontext.To(&w.text)
	return w
}

// write writes a draft and gives it back. Of one that has no JSON nothing is written.
func (d *drafts) write(to io.Writer, w *draft) error {
	defer d.spare.Leave(w)
	err := w.JSON.Flush()
	if err != nil {
		to = io.Discard
	}
	w.JSON.Reset()
	_, failed := w.text.WriteTo(to)
	return errors.Join(err, failed)
}

// drop gives a draft back that is not written.
func (d *drafts) drop(w *draft) { _ = d.write(io.Discard, w) }
