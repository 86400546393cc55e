package workbook

import (
	"bytes"
	"cmp"
	"io"
	"io/fs"
	"slices"

	"github.com/xuri/excelize/v2"
)

// archive takes a workbook's parts from the library, and writes them in an order of their
// names and without the time of day, so that the same content gives the same bytes. The
// list of types comes first, where readers that do not seek look for it.
type archive struct {
	to    io.Writer
	book  *book
	parts []*part
}

// part is one file of a workbook.
type part struct {
	name string
	bytes.Buffer
}

func (b *book) archive(w io.Writer) excelize.ZipWriter { return &archive{to: w, book: b} }

// Create begins a part.
func (a *archive) Create(name string) (io.Writer, error) {
	p := &part{name: name}
	a.parts = append(a.parts, p)
	return p, nil
}

// AddFS is never used: the library adds folders only to what it has unpacked.
func (a *archive) AddFS(fs.FS) error { return fs.ErrInvalid }

// Close writes everything.
func (a *archive) Close() error {
	slices.SortFunc(a.parts, func(x, y *part) int { return cmp.Compare(x.name, y.name) })
	packed, err := newPacking()
	if err != nil {
		return err
	}
	order := a.book.texts.unordered()
	for _, p := range a.parts {
		if rows := a.book.sheets[p.name]; rows != nil {
			rows.enumerate(order)
		}
	}
	for _, p := range a.parts {
		if err := packed.add(p, a.book.sheets[p.name], order); err != nil {
			return err
		}
	}
	if err := packed.strings(&a.book.texts, order); err != nil {
		return err
	}
	return packed.write(a.to)
}
