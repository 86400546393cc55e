package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"hegui/internal/lang"
)

// limits are what a workbook that is read back may cost. They count what is
// done, not what the file says of itself; the writer stays far below them.
type limits struct {
	// parts is how many files the archive may hold, bytes how much XML is read
	// of it, text how much the cells may hold, shared strings once for each cell.
	parts, bytes, text int
}

func defaultLimits() limits { return limits{parts: 10_000, bytes: 256 << 20, text: 256 << 20} }

// UnreadableError is the error of a file that cannot be taken for a workbook of
// ours at all.
type UnreadableError struct{ lang.Text }

func (e *UnreadableError) Error() string { return e.EN }

func unreadable(zh, en string, args ...any) error { return &UnreadableError{lang.Say(zh, en, args...)} }

var errSpent = errors.New("too much")

// opened is a workbook that is being read, part by part as it is needed and cell by
// cell: neither pictures nor empty rows cost anything, and what is damaged ends
// it.
type opened struct {
	ctx   context.Context
	left  limits
	parts map[string]*zip.File
	// strings are those that cells share.
	strings []string
	// dated are the styles that show a number as a day.
	dated    map[int]bool
	date1904 bool
	sheets   []sheetPart
	// names are the cells that have a name, by it.
	names map[string]string
}

// sheetPart is a sheet with the part of the archive that holds it.
type sheetPart struct{ name, part string }

// openParts reads all of a workbook but its sheets.
func openParts(ctx context.Context, data []byte, l limits) (*opened, error) {
	if bytes.HasPrefix(data, []byte(compoundFile)) {
		return nil, unreadable("工作簿设了打开密码，或者是旧式 .xls：取消密码，另存为 .xlsx", "the workbook opens with a password, or is an old .xls: take the password off and save it as .xlsx")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, unreadable("不是 XLSX 工作簿，或者没有存完、传完", "not an XLSX workbook, or one that was not saved or sent whole")
	}
	if len(z.File) > l.parts {
		return nil, large()
	}
	w := &opened{ctx: ctx, left: l, parts: map[string]*zip.File{}, names: map[string]string{}}
	for _, f := range z.File {
		if _, twice := w.parts[partName(f.Name)]; twice {
			return nil, unreadable("工作簿损坏：%q 有两份", "the workbook is damaged: %q is there twice", f.Name)
		}
		w.parts[partName(f.Name)] = f
	}
	return w, w.readBook()
}

// compoundFile begins the files in which old workbooks lie, and those with a password.
const compoundFile = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// partName is the name of a part as it is compared: without a leading slash, in
// lower case.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func large() error {
	return unreadable("工作簿太大：按平台分开导入，hegui scorecard 给每个平台写一个", "the workbook is too large: take one for each platform, as hegui scorecard writes them")
}

// scan hands over the tags and the text of a part, without its namespaces.
func (w *opened) scan(part string, start func(tag string, attr func(string) string) error, end func(tag string) error, text func([]byte)) error {
	f := w.parts[partName(part)]
	if f == nil {
		return unreadable("工作簿里没有 %q", "the workbook holds no %q", part)
	}
	r, err := f.Open()
	if err != nil {
		return damaged(part, err)
	}
	defer func() { _ = r.Close() }() // nothing was written
	d := xml.NewDecoder(&metered{w, r})
	for n := 0; ; n++ {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errSpent):
			return large()
		case w.ctx.Err() != nil:
			return w.ctx.Err()
		case err != nil:
			return damaged(part, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			err = start(t.Name.Local, func(name string) string { return attribute(t.Attr, name) })
		case xml.EndElement:
			err = end(t.Name.Local)
		case xml.CharData:
			text(t)
		}
		if err != nil {
			return err
		}
	}
}

// attribute is that of a name, without its namespace.
func attribute(attrs []xml.Attr, name string) string {
	for _, a := range attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func damaged(part string, err error) error {
	return unreadable("工作簿损坏：%v", "the workbook is damaged: %v", fmt.Errorf("%q: %w", part, err))
}

// metered reads no more than may still be read, and nothing once the run has been
// ended.
type metered struct {
	w *opened
	r io.Reader
}

func (m *metered) Read(p []byte) (int, error) {
	if err := m.w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.r.Read(p)
	if m.w.left.bytes -= n; m.w.left.bytes < 0 {
		return 0, errSpent
	}
	return n, err
}

// readBook finds the sheets, the names of cells and the shared strings.
func (w *opened) readBook() error {
	const top = "_rels/.rels"
	if w.parts[top] == nil {
		return unreadable("不是 XLSX 工作簿", "not an XLSX workbook")
	}
	book, err := w.target(top, "officeDocument")
	if err != nil {
		return err
	}
	rels := path.Join(path.Dir(book), "_rels", path.Base(book)+".rels")
	targets, err := w.relations(rels)
	if err != nil {
		return err
	}
	if err := w.readSheets(book, targets); err != nil {
		return err
	}
	for _, t := range targets {
		switch t.kind {
		case "sharedStrings":
			err = w.readStrings(t.part)
		case "styles":
			err = w.readStyles(t.part)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// relation leads from one part to another.
type relation struct{ id, kind, part string }

func (w *opened) relations(part string) ([]relation, error) {
	var out []relation
	from := path.Dir(path.Dir(part))
	err := w.scan(part, func(tag string, attr func(string) string) error {
		if tag == "Relationship" && attr("TargetMode") != "External" {
			to := attr("Target")
			if !strings.HasPrefix(to, "/") {
				to = path.Join(from, to)
			}
			out = append(out, relation{attr("Id"), path.Base(attr("Type")), strings.TrimPrefix(to, "/")})
		}
		return nil
	}, ignoreEnd, ignoreText)
	return out, err
}

func (w *opened) target(part, kind string) (string, error) {
	all, err := w.relations(part)
	for _, r := range all {
		if r.kind == kind {
			return r.part, err
		}
	}
	return "", err
}

func ignoreEnd(string) error { return nil }

func ignoreText([]byte) {}

func (w *opened) readSheets(book string, targets []relation) error {
	name, text := "", strings.Builder{}
	return w.scan(book, func(tag string, attr func(string) string) error {
		text.Reset()
		switch tag {
		case "workbookPr":
			w.date1904 = attr("date1904") == "1" || attr("date1904") == "true"
		case "definedName":
			name = attr("name")
		case "sheet":
			w.addSheet(attr("name"), attr("id"), targets)
		}
		return nil
	}, func(tag string) error {
		if _, twice := w.names[name]; tag == "definedName" && !twice {
			w.names[name] = text.String()
		}
		return nil
	}, func(b []byte) { text.Write(b) })
}

func (w *opened) addSheet(name, id string, targets []relation) {
	for _, t := range targets {
		if t.id == id && t.kind == "worksheet" {
			w.sheets = append(w.sheets, sheetPart{name, t.part})
		}
	}
}

// readStrings reads the shared strings, of each the text without how it is
// pronounced.
func (w *opened) readStrings(part string) error {
	var s stringReader
	return w.scan(part, func(tag string, _ func(string) string) error {
		s.start(tag)
		return nil
	}, func(tag string) error {
		if s.end(tag); tag == "si" {
			w.strings = append(w.strings, s.take())
		}
		return nil
	}, s.text)
}

// stringReader puts the text of a string together: its runs, but not how it is
// pronounced.
type stringReader struct {
	b              strings.Builder
	within, spoken bool
}

func (s *stringReader) start(tag string) {
	s.within = s.within || tag == "t"
	s.spoken = s.spoken || tag == "rPh"
}

func (s *stringReader) end(tag string) {
	s.within = s.within && tag != "t"
	s.spoken = s.spoken && tag != "rPh"
}

func (s *stringReader) text(b []byte) {
	if s.within && !s.spoken {
		s.b.Write(b)
	}
}

func (s *stringReader) take() string {
	out := unescaped(s.b.String())
	s.b.Reset()
	return out
}
