package workbook

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
)

// The parts of a workbook that name its parts, and the one that holds the texts.
const (
	typesPart   = "[Content_Types].xml"
	relsPart    = "xl/_rels/workbook.xml.rels"
	stringsPart = "xl/sharedStrings.xml"
	sheetsDir   = "xl/worksheets/"

	mainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	documentType  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// declarations are what the parts that name the others say of that of the texts, before
// their last tag.
func declarations() map[string][2]string {
	return map[string][2]string{
		typesPart: {"</Types>", `<Override PartName="/` + stringsPart + `" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>`},
		relsPart:  {"</Relationships>", `<Relationship Id="rIdStrings" Type="` + documentType + `/sharedStrings" Target="/` + stringsPart + `"/>`},
	}
}

// firstDay is 1980-01-01 as an archive writes it.
const firstDay = 1<<5 | 1

// packing packs parts one by one.
type packing struct {
	packer *flate.Writer
	parts  []*packedPart
}

// packedPart is a part as an archive holds it.
type packedPart struct {
	name   string
	packed bytes.Buffer
	size   uint64
	sum    uint32
}

// thorough is how hard parts are packed: the level above takes four times as long for a
// fiftieth of the room.
const thorough = 7

func newPacking() (*packing, error) {
	packer, err := flate.NewWriter(nil, thorough)
	return &packing{packer: packer}, err
}

func (p *packing) begin(name string) {
	part := &packedPart{name: name}
	p.packer.Reset(&part.packed)
	p.parts = append(p.parts, part)
}

// put packs pieces of the last part.
func (p *packing) put(pieces ...[]byte) error {
	for _, piece := range pieces {
		if err := p.pack(piece); err != nil {
			return err
		}
	}
	return nil
}

func (p *packing) pack(piece []byte) error {
	part := p.parts[len(p.parts)-1]
	part.size += uint64(len(piece))
	part.sum = crc32.Update(part.sum, crc32.IEEETable, piece)
	_, err := p.packer.Write(piece)
	return err
}

// add packs a part, a sheet with its rows.
func (p *packing) add(from *part, own *rows, order *ordering) error {
	p.begin(from.name)
	whole := from.Bytes()
	if last, names := declarations()[from.name]; names {
		whole = bytes.Replace(whole, []byte(last[0]), []byte(last[1]+last[0]), 1)
	}
	if own == nil {
		return p.end(whole)
	}
	head, tail, found := bytes.Cut(slimmer(whole), []byte(noRows))
	if !found {
		return fmt.Errorf("%s has no place for its rows", from.name)
	}
	if err := p.put(head, []byte(rowsBegin)); err != nil {
		return err
	}
	if err := own.write(order, p.pack); err != nil {
		return err
	}
	return p.end([]byte(rowsEnd), tail)
}

// end packs the last pieces of a part.
func (p *packing) end(pieces ...[]byte) error {
	if err := p.put(pieces...); err != nil {
		return err
	}
	return p.packer.Close()
}

// The tags around the rows of a sheet, and what the library writes of a sheet without any.
const (
	rowsBegin = "<sheetData>"
	rowsEnd   = "</sheetData>"
	noRows    = rowsBegin + rowsEnd
)

// slimmer is a sheet without the namespaces that the library always names: ours only need
// two.
func slimmer(sheet []byte) []byte {
	const tag = "<worksheet"
	head, body, found := bytes.Cut(sheet, []byte(tag+` xmlns="`+mainNamespace+`" `))
	if !found {
		return sheet
	}
	end := bytes.IndexByte(body, '>')
	return slices.Concat(head, []byte(tag+` xmlns="`+mainNamespace+`" xmlns:r="`+documentType+`">`), body[end+1:])
}

// strings packs the part that holds the texts.
func (p *packing) strings(all *texts, order *ordering) error {
	p.begin(stringsPart)
	if err := p.put([]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<sst xmlns="` + mainNamespace + `">`)); err != nil {
		return err
	}
	if err := all.write(order, p.pack); err != nil {
		return err
	}
	return p.end([]byte(`</sst>`))
}

// write writes the archive.
func (p *packing) write(to io.Writer) error {
	size := uint64(0)
	for _, part := range p.parts {
		size += part.size
	}
	if size > maxWritten {
		return &TooLargeError{}
	}
	slices.SortFunc(p.parts, func(x, y *packedPart) int {
		if (x.name == typesPart) != (y.name == typesPart) {
			if x.name == typesPart {
				return -1
			}
			return 1
		}
		return cmp.Compare(x.name, y.name)
	})
	z := zip.NewWriter(to)
	for _, part := range p.parts {
		// The moment of a run is no content: every part is of the first day that
		// an archive knows.
		header := &zip.FileHeader{Name: part.name, Method: zip.Deflate, CRC32: part.sum, CompressedSize64: uint64(part.packed.Len()), UncompressedSize64: part.size}
		header.ModifiedDate = firstDay //nolint:staticcheck // CreateRaw looks at no other field
		w, err := z.CreateRaw(header)
		if err != nil {
			return err
		}
		if _, err := w.Write(part.packed.Bytes()); err != nil {
			return err
		}
	}
	return z.Close()
}
