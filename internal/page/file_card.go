package page

import (
	"bytes"
	"io"
	"slices"

	"hegui/internal/lang"
)

// keptCard is a card before anybody knows which of a file it will be.
type keptCard struct {
	name    lang.Text
	margins string
	pieces  []piece
}

// piece is where a part of a card is kept.
type piece struct{ at, size int64 }

// drawing is a card while it is drawn. All but its last part is kept already: cards take
// a megabyte, and many are drawn at once.
type drawing struct {
	file *File
	card *keptCard
	text *bytes.Buffer
}

// maxPart is how many bytes of a card are kept at once.
const maxPart = 64 << 10

// Write draws. A part ends before a tag, so that no id lies in two of them.
func (d *drawing) Write(p []byte) (int, error) {
	n, err := d.text.Write(p)
	if d.text.Len() >= maxPart && err == nil {
		err = d.keep(bytes.LastIndexByte(d.text.Bytes(), '<'))
	}
	return n, err
}

// keep keeps so many bytes.
func (d *drawing) keep(n int) error {
	if n <= 0 {
		return nil
	}
	f := d.file
	f.keeping.Lock()
	defer f.keeping.Unlock()
	d.card.pieces = append(d.card.pieces, piece{f.kept.Len(), int64(n)})
	_, err := f.kept.Write(d.text.Next(n))
	return err
}

// number writes a card whose ids begin with a prefix.
func (f *File) number(w io.Writer, c *keptCard, prefix string) error {
	text, ids := make([]byte, maxPart), []byte(f.unnumbered)
	for _, one := range c.pieces {
		text = slices.Grow(text[:0], int(one.size))[:one.size]
		if _, err := f.kept.ReadAt(text, one.at); err != nil {
			return err
		}
		if err := renumber(w, text, ids, prefix); err != nil {
			return err
		}
	}
	return nil
}

// renumber writes a text whose ids begin with another prefix.
func renumber(w io.Writer, text, ids []byte, prefix string) error {
	for {
		before, after, found := bytes.Cut(text, ids)
		if _, err := w.Write(before); err != nil || !found {
			return err
		}
		if _, err := io.WriteString(w, prefix); err != nil {
			return err
		}
		text = after
	}
}
