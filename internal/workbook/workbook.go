// Package workbook writes results as a workbook that an assessor works in, and
// reads what the assessor has written back. It is the only place that knows the
// library; what a verdict means is known elsewhere.
package workbook

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// What stands in a workbook for the import alone.
const (
	// ledgerSheet is hidden: it says what the workbook was made from and which
	// claim each row is about.
	ledgerSheet = "_hegui"
	// layout is the version of all this; another one is refused.
	layout = "1"
	// sheetPrefix begins the first hidden id of each table sheet.
	sheetPrefix = "hegui:"
	// byName and onName are the names of the cells for the assessor's post and
	// the day of the examination.
	byName = "hegui_assessed_by"
	onName = "hegui_assessed_on"
)

// book is a workbook that is being written.
type book struct {
	file    *excelize.File
	lang    lang.Language
	results *results.Results
	styles  *styles
	// lastRow is the last of a sheet; tests make it smaller.
	lastRow int
	ledger  []entry
}

// Write writes results as a workbook in one language. The same results give the
// same bytes.
func Write(w io.Writer, r *results.Results, language lang.Language) error {
	return write(w, r, language, lastRow)
}

func write(w io.Writer, r *results.Results, language lang.Language, lastRow int) error {
	b := &book{file: excelize.NewFile(), lang: language, results: r, lastRow: lastRow}
	defer func() { _ = b.file.Close() }() // only temporary files are left to fail
	var err error
	if b.styles, err = newStyles(b.file); err != nil {
		return fmt.Errorf("styles: %w", err)
	}
	for _, sheet := range []struct {
		name string
		fill func() error
	}{
		{"overview", b.overview}, {"clauses", b.clauses}, {"checks", b.checks}, {"findings", b.findings},
		{"evidence", b.evidence}, {"waivers", b.waivers}, {"ledger", b.writeLedger}, {"properties", b.properties},
	} {
		if err := sheet.fill(); err != nil {
			return fmt.Errorf("%s: %w", sheet.name, err)
		}
	}
	b.file.SetZipWriter(newArchive)
	return b.file.Write(w)
}

func (b *book) say(zh, en string, args ...any) string { return lang.Say(zh, en, args...).In(b.lang) }

// properties are those of the document. Its times are the day of judgement, not
// the moment of the run. Some readers know the usual prefixes alone, which the
// library does not write.
func (b *book) properties() error {
	stamp := b.results.AsOf + "T00:00:00Z"
	if _, ok := serial(b.results.AsOf); !ok {
		stamp = "2000-01-01T00:00:00Z"
	}
	var tool bytes.Buffer
	if err := xml.EscapeText(&tool, []byte(clean(b.results.Tool.Name+" "+b.results.Tool.Version, b.lang))); err != nil {
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
// many pages, the header and the frozen columns on each, pages numbered.
// Nothing of a platform stands in it, where & would be a command.
func (b *book) page(sheet string, wide, header, frozen int) error {
	size, landscape, high, fit := 9, "landscape", 0, true
	if err := b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	if err := b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	margin, foot, edge := 0.4, 0.6, 0.3
	if err := b.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: &foot, Header: &edge, Footer: &edge}); err != nil {
		return err
	}
	if err := b.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{
		OddFooter: "&L" + b.say("自评", "self-declared") + "&C&A&R&P / &N"}); err != nil {
		return err
	}
	repeated := fmt.Sprintf("'%s'!$%d:$%d", sheet, header, header)
	if wide > 1 && frozen > 0 {
		last, _ := excelize.ColumnNumberToName(frozen)
		repeated = fmt.Sprintf("'%s'!$A:$%s,%s", sheet, last, repeated)
	}
	return b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: repeated, Scope: sheet})
}
