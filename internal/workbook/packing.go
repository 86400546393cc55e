package workbook

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"errors"
	"hash/crc32"
	"io"
	"slices"
	"strconv"
	"strings"
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

// packing packs parts one by one, sheets without the texts of their cells: a sheet that
// was streamed holds them in every cell, which makes a workbook a tenth larger.
type packing struct {
	packer *flate.Writer
	parts  []*packedPart
	texts  map[string]int
	list   []string
}

// packedPart is a part as an archive holds it.
type packedPart struct {
	name   string
	packed bytes.Buffer
	size   uint64
	sum    uint32
}

func newPacking() (*packing, error) {
	packer, err := flate.NewWriter(nil, flate.BestCompression)
	return &packing{packer: packer, texts: map[string]int{}}, err
}

func (p *packing) begin(name string) {
	part := &packedPart{name: name}
	p.packer.Reset(&part.packed)
	p.parts = append(p.parts, part)
}

// put packs pieces of the last part.
func (p *packing) put(pieces ...[]byte) error {
	part := p.parts[len(p.parts)-1]
	for _, piece := range pieces {
		part.size += uint64(len(piece))
		part.sum = crc32.Update(part.sum, crc32.IEEETable, piece)
		if _, err := p.packer.Write(piece); err != nil {
			return err
		}
	}
	return nil
}

// add packs a part.
func (p *packing) add(name string, content io.Reader) error {
	p.begin(name)
	if strings.HasPrefix(name, sheetsDir) {
		if err := p.addSheet(content); err != nil {
			return err
		}
		return p.packer.Close()
	}
	whole, err := io.ReadAll(content)
	if err != nil {
		return err
	}
	if last, names := declarations()[name]; names {
		whole = bytes.Replace(whole, []byte(last[0]), []byte(last[1]+last[0]), 1)
	}
	if err := p.put(whole); err != nil {
		return err
	}
	return p.packer.Close()
}

// addSheet packs a sheet piece by piece. Of the namespaces that the library always names
// our sheets only need two.
func (p *packing) addSheet(content io.Reader) error {
	piece := make([]byte, 64<<10)
	n, err := io.ReadFull(content, piece)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	const tag = "<worksheet"
	rest := piece[:n:n]
	if head, body, found := bytes.Cut(rest, []byte(tag+` xmlns="`+mainNamespace+`" `)); found {
		end := bytes.IndexByte(body, '>')
		rest = slices.Concat(head, []byte(tag+` xmlns="`+mainNamespace+`" xmlns:r="`+documentType+`">`), body[end+1:])
	}
	piece = make([]byte, 64<<10)
	for {
		n, err := content.Read(piece)
		var failed error
		if rest, failed = p.share(append(rest, piece[:n]...)); failed != nil {
			return failed
		}
		if errors.Is(err, io.EOF) {
			return p.put(rest)
		}
		if err != nil {
			return err
		}
	}
}

// The tags around the text of a cell that holds it.
const (
	textBegins = ` t="inlineStr"><is>`
	textEnds   = `</is>`
)

// share packs a piece of a sheet, whose cells then name their texts by number, and
// returns what may go on in the next piece.
func (p *packing) share(sheet []byte) ([]byte, error) {
	for {
		begin := bytes.Index(sheet, []byte(textBegins))
		if begin < 0 {
			begin = max(0, len(sheet)-len(textBegins))
			return sheet[begin:], p.put(sheet[:begin])
		}
		text := sheet[begin+len(textBegins):]
		end := bytes.Index(text, []byte(textEnds))
		if end < 0 {
			return sheet[begin:], p.put(sheet[:begin])
		}
		if err := p.put(sheet[:begin], []byte(` t="s"><v>`), strconv.AppendInt(nil, int64(p.number(text[:end])), 10), []byte(`</v>`)); err != nil {
			return nil, err
		}
		sheet = text[end+len(textEnds):]
	}
}

func (p *packing) number(text []byte) int {
	n, known := p.texts[string(text)]
	if !known {
		n = len(p.list)
		p.list = append(p.list, string(text))
		p.texts[p.list[n]] = n
	}
	return n
}

// strings packs the part that holds the texts.
func (p *packing) strings() error {
	p.begin(stringsPart)
	if err := p.put([]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<sst xmlns="` + mainNamespace + `">`)); err != nil {
		return err
	}
	for _, text := range p.list {
		if err := p.put([]byte(`<si>`), []byte(text), []byte(`</si>`)); err != nil {
			return err
		}
	}
	if err := p.put([]byte(`</sst>`)); err != nil {
		return err
	}
	return p.packer.Close()
}

// write writes the archive.
func (p *packing) write(to io.Writer) error {
	if err := p.strings(); err != nil {
		return err
	}
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
