package workbook

import (
	"bytes"
	"cmp"
	"compress/flate"
	"io"
	"io/fs"
	"slices"

	"github.com/xuri/excelize/v2"
)

// archive writes a workbook's parts in an order of their names and without the
// time of day, so that the same content gives the same bytes. The list of types
// comes first, where readers that do not seek look for it. Until then it keeps
// the parts packed: those of a fleet are large.
type archive struct {
	to    io.Writer
	quick *flate.Writer // of the last part
	parts []*part
}

// part is one file of a workbook, packed in haste while it is written.
type part struct {
	name   string
	packed bytes.Buffer
	quick  *flate.Writer
}

func newArchive(w io.Writer) excelize.ZipWriter { return &archive{to: w} }

// Create begins a part and ends the one before.
func (a *archive) Create(name string) (io.Writer, error) {
	if err := a.end(); err != nil {
		return nil, err
	}
	if a.quick == nil {
		var err error
		if a.quick, err = flate.NewWriter(nil, flate.BestSpeed); err != nil {
			return nil, err
		}
	}
	p := &part{name: name, quick: a.quick}
	a.quick.Reset(&p.packed)
	a.parts = append(a.parts, p)
	return p, nil
}

func (a *archive) end() error {
	if len(a.parts) == 0 {
		return nil
	}
	return a.quick.Close()
}

// Write packs a piece of the part.
func (p *part) Write(b []byte) (int, error) { return p.quick.Write(b) }

// AddFS is never used: the library adds folders only to what it has unpacked.
func (a *archive) AddFS(fs.FS) error { return fs.ErrInvalid }

// Close writes everything.
func (a *archive) Close() error {
	if err := a.end(); err != nil {
		return err
	}
	slices.SortFunc(a.parts, func(x, y *part) int { return cmp.Compare(x.name, y.name) })
	packed, err := newPacking()
	if err != nil {
		return err
	}
	for _, p := range a.parts {
		if err := packed.add(p.name, flate.NewReader(&p.packed)); err != nil {
			return err
		}
		p.packed = bytes.Buffer{}
	}
	return packed.write(a.to)
}
