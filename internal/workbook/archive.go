package workbook

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"io/fs"
	"slices"
	"time"

	"github.com/xuri/excelize/v2"
)

// archive writes a workbook's parts in an order of their names and without the
// time of day, so that the same content gives the same bytes. The list of types
// comes first, where readers that do not seek look for it.
type archive struct {
	to    io.Writer
	parts []*part
}

type part struct {
	name string
	bytes.Buffer
}

func newArchive(w io.Writer) excelize.ZipWriter { return &archive{to: w} }

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
	const first = "[Content_Types].xml"
	slices.SortFunc(a.parts, func(x, y *part) int {
		if (x.name == first) != (y.name == first) {
			if x.name == first {
				return -1
			}
			return 1
		}
		return cmp.Compare(x.name, y.name)
	})
	z := zip.NewWriter(a.to)
	for _, p := range a.parts {
		// The moment of a run is no content: every part is of the first day there is.
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return err
		}
		if _, err := w.Write(p.Bytes()); err != nil {
			return err
		}
	}
	return z.Close()
}
