package report

import (
	"io"

	"hegui/internal/jsontext"
	"hegui/internal/slab"
)

// maxDraft is how many bytes of memory a draft may keep for the next: a few times what
// a platform takes.
const maxDraft = 4 << 20

// drafts holds memory for the texts of platforms that wait for their turn. There are as
// many as platforms are laid out at a time; each reuses the memory of an earlier one.
type drafts struct{ spare slab.Spares[jsontext.Writer] }

func (d *drafts) begin() *jsontext.Writer {
	if w := d.spare.Take(); w != nil {
		w.Reset()
		return w
	}
	return &jsontext.Writer{}
}

// end gives back a draft's memory, unless it has grown too large.
func (d *drafts) end(w *jsontext.Writer) {
	if text, _ := w.Bytes(); cap(text) <= maxDraft {
		d.spare.Leave(w)
	}
}

// write writes a draft and gives it back.
func (d *drafts) write(to io.Writer, w *jsontext.Writer) error {
	defer d.end(w)
	text, err := w.Bytes()
	if err == nil {
		_, err = to.Write(text)
	}
	return err
}
