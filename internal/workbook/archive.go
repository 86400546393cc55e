package workbook

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"

	"github.com/xuri/excelize/v2"
)

// firstDay is 1980-01-01 as an archive writes it.
const firstDay = 1<<5 | 1

// archive writes a workbook's parts in an order of their names and without the
// time of day, so that the same content gives the same bytes. The list of types
// comes first, where readers that do not seek look for it. Until then it keeps
// the parts packed: those of a fleet are large.
type archive struct {
	to     io.Writer
	packer *flate.Writer // of the last part
	parts  []*part
}

// part is one file of a workbook, packed while it is written.
type part struct {
	name   string
	packed bytes.Buffer
	packer *flate.Writer
	size   uint64
	sum    uint32
}

func newArchive(w io.Writer) excelize.ZipWriter { return &archive{to: w} }

// Create begins a part and ends the one before.
func (a *archive) Create(name string) (io.Writer, error) {
	if err := a.end(); err != nil {
		return nil, err
	}
	p := &part{name: name}
	if a.packer == nil {
		var err error
		if a.packer, err = flate.NewWriter(nil, flate.BestCompression); err != nil {
			return nil, err
		}
	}
	a.packer.Reset(&p.packed)
	p.packer = a.packer
	a.parts = append(a.parts, p)
	return p, nil
}

func (a *archive) end() error {
	if len(a.parts) == 0 {
		return nil
	}
	return a.packer.Close()
}

// Write packs a piece of the part.
func (p *part) Write(b []byte) (int, error) {
	p.size += uint64(len(b))
	p.sum = crc32.Update(p.sum, crc32.IEEETable, b)
	return p.packer.Write(b)
}

// AddFS is never used: the library adds folders only to what it has unpacked.
func (a *archive) AddFS(fs.FS) error { return fs.ErrInvalid }

// Close writes everything.
func (a *archive) Close() error {
	if err := a.end(); err != nil {
		return err
	}
	size := uint64(0)
	for _, p := range a.parts {
		size += p.size
	}
	if size > maxWritten {
		return &TooLargeError{}
	}
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
		// The moment of a run is no content: every part is of the first day that
		// an archive knows.
		header := &zip.FileHeader{Name: p.name, Method: zip.Deflate, CRC32: p.sum, CompressedSize64: uint64(p.packed.Len()), UncompressedSize64: p.size}
		header.ModifiedDate = firstDay //nolint:staticcheck // CreateRaw looks at no other field
		w, err := z.CreateRaw(header)
		if err != nil {
			return err
		}
		if _, err := w.Write(p.packed.Bytes()); err != nil {
			return err
		}
	}
	return z.Close()
}
