// Package workbook writes results as a workbook that an assessor works in, and
// reads what the assessor has written back. It is the only place that knows the
// library; what a verdict means is known elsewhere.
package workbook

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// The parts of a workbook that only the import reads.
const (
	// ledgerSheet is hidden: it says what the workbook was made from and which
	// claim each row is about.
	ledgerSheet = "_hegui"
	// layout is the version of all this; another one is refused. That of an index
	// holds nothing to fill in.
	layout      = "4"
	indexLayout = "index"
	// sheetPrefix begins the first hidden id of each table sheet.
	sheetPrefix = "hegui:"
	// byName and onName are the names of the cells for the assessor's post and
	// the day of the examination.
	byName = "hegui_assessed_by"
	onName = "hegui_assessed_on"
)

// What is written stays far below what is read back, since other programs make
// files larger: so many bytes of XML, about thirty platforms. A cell is some
// of them without its text.
const (
	maxWritten = 64 << 20
	cellSize   = 40
)

// TooLargeError is the error of a workbook that would hold more than is read back.
type TooLargeError struct{}

// Text says what to do instead, in both languages.
func (*TooLargeError) Text() lang.Text {
	return lang.Say("平台太多，一个工作簿装不下：用 hegui scorecard -o DIR，每个平台写一个工作簿", "the platforms are too many for one workbook: hegui scorecard -o DIR writes one workbook for each")
}

func (e *TooLargeError) Error() string { return e.Text().EN }

// book is a workbook that is being written.
type book struct {
	file   *excelize.File
	lang   lang.Language
	run    *results.Results
	styles *styles
	// size is about how many bytes of XML have been written.
	size     int
	ledger   *ledger
	overview *overview
	tables   []*table
	// sheets are the rows of each sheet, by its part, and texts what their cells say.
	sheets map[string]*rows
	texts  texts
}

// Writer is a workbook on its way: it takes platforms one by one and keeps a row
// of each.
type Writer struct{ book }

// Begin begins a workbook in one language of a run, of which it need know
// neither platforms nor errors. The same run gives the same bytes.
func Begin(run *results.Results, language lang.Language) (*Writer, error) {
	return begin(run, language, func(b *book) error {
		b.tables = []*table{b.clauses(), b.checks(), b.problems(), b.findings(), b.evidence(), b.waivers(), b.decisions()}
		for _, t := range b.tables {
			if err := t.begin(); err != nil {
				return fmt.Errorf("%s: %w", t.id, err)
			}
		}
		return b.beginLedger(layout)
	})
}

// BeginIndex begins a workbook that only leads to those of the platforms.
func BeginIndex(run *results.Results, language lang.Language) (*Writer, error) {
	return begin(run, language, func(b *book) error {
		b.overview.index = true
		return b.beginLedger(indexLayout)
	})
}

func begin(run *results.Results, language lang.Language, sheets func(*book) error) (*Writer, error) {
	w := &Writer{book{file: excelize.NewFile(), lang: language, run: run, overview: &overview{}, sheets: map[string]*rows{}, texts: texts{numbers: map[string]int32{}}}}
	if err := w.begin(sheets); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

func (b *book) begin(sheets func(*book) error) error {
	var err error
	if b.styles, err = newStyles(b.file); err != nil {
		return fmt.Errorf("styles: %w", err)
	}
	if err := b.file.SetSheetName(b.file.GetSheetName(0), b.overviewName()); err != nil {
		return err
	}
	return sheets(b)
}

// Platform adds the rows of a platform.
func (w *Writer) Platform(p *results.Platform) error { return w.Entry(p, "") }

// Entry adds the rows of a platform whose own workbook lies at a path from this
// one; "" for none.
func (w *Writer) Entry(p *results.Platform, at string) error {
	w.overview.add(&w.book, p, at)
	for _, t := range w.tables {
		if err := t.rows(p); err != nil {
			return fmt.Errorf("%s: %w", t.id, err)
		}
	}
	return nil
}

// End writes the workbook, now that the errors of the run are known. Nothing is
// written of one that would be too large.
func (w *Writer) End(out io.Writer, run *results.Results) error {
	for _, t := range w.tables {
		if err := t.close(); err != nil {
			return fmt.Errorf("%s: %w", t.id, err)
		}
	}
	for _, end := range []func() error{w.ledger.stream.Flush, func() error { return w.writeOverview(run.Errors) }, w.properties} {
		if err := end(); err != nil {
			return err
		}
	}
	w.file.SetZipWriter(w.archive)
	return w.file.Write(out)
}

// sheet begins the rows of the sheet of a number, from 0. What lies around them is the
// library's.
func (b *book) sheet(number int) *rows {
	r := &rows{texts: &b.texts}
	b.sheets[fmt.Sprintf("%ssheet%d.xml", sheetsDir, number+1)] = r
	return r
}

// Close gives back what the workbook uses.
func (w *Writer) Close() error { return w.file.Close() }

func (b *book) say(zh, en string, args ...any) string { return lang.Say(zh, en, args...).In(b.lang) }

// properties are those of the document. Its times are the day of judgement, not
// the moment of the run. Some readers know the usual prefixes alone, which the
// library does not write.
func (b *book) properties() error {
	stamp := b.run.AsOf + "T00:00:00Z"
	if _, ok := serial(b.run.AsOf); !ok {
		stamp = "2000-01-01T00:00:00Z"
	}
	var tool bytes.Buffer
	if err := xml.EscapeText(&tool, []byte(clean(b.run.Tool.Name+" "+b.run.Tool.Version, b.lang))); err != nil {
		return err
	}
	b.file.Pkg.Store("docProps/core.xml", fmt.Appendf(nil, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"`+
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`+
		`<dc:title>%[1]s</dc:title><dc:creator>%[2]s</dc:creator><cp:lastModifiedBy>%[2]s</cp:lastModifiedBy>`+
		`<dcterms:created xsi:type="dcterms:W3CDTF">%[3]s</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%[3]s</dcterms:modified>`+
		`<dc:language>%[4]s</dc:language></cp:coreProperties>`, b.title(), tool.String(), stamp, b.lang))
	return nil
}

func (b *book) title() string { return b.say("平台合规评分工作簿", "Compliance workbook") }

// page prepares a sheet for printing: A4 across, all columns on the width of so
// many pages, the header and the frozen columns on each.
func (b *book) page(sheet string, wide, header, frozen int) error {
	size, landscape, high, fit := 9, "landscape", 0, true
	if err := b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	if err := b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	side, top, bottom, edge := 0.35, 0.65, 0.55, 0.3
	if err := b.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &edge, Footer: &edge}); err != nil {
		return err
	}
	if header == 0 {
		return nil
	}
	repeated := fmt.Sprintf("'%s'!$%d:$%d", sheet, header, header)
	if wide > 1 && frozen > 0 {
		last, _ := excelize.ColumnNumberToName(frozen)
		repeated = fmt.Sprintf("'%s'!$A:$%s,%s", sheet, last, repeated)
	}
	return b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: repeated, Scope: sheet})
}

// margins says on every page what it is a page of: a loose sheet of one platform must
// not pass for one of another.
func (b *book) margins(sheet string) error {
	whose := b.title()
	if b.overview.count() == 1 {
		whose = b.overview.names[0].In(b.lang)
	}
	return b.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{
		OddHeader: "&L" + b.printed(whose, 60) + "&R" + b.say("评定日期 %s　规则库 %s", "as of %s · rulebook %s", b.printed(b.run.AsOf, 10),
			b.printed(strings.TrimPrefix(b.run.Rulebook.Digest, "sha256:"), 12)),
		OddFooter: "&L" + b.say("自评", "self-declared") + "&C&A&R&P / &N"})
}

// printed is the beginning of a text on one line, for the margin of a page, where &
// would be a command. The format takes 255 runes in all.
func (b *book) printed(s string, runes int) string {
	text := []rune(strings.Join(strings.Fields(clean(s, b.lang)), " "))
	return strings.ReplaceAll(string(text[:min(len(text), runes)]), "&", "&&")
}
