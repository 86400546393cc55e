package workbook

import (
	"github.com/xuri/excelize/v2"
)

// The colours of a workbook: a quiet header, the assessor's own columns, and
// one colour for each of good, doubtful and bad.
const (
	inkHeader   = "FFFFFF"
	fillHeader  = "1F3A5F"
	fillInput   = "FFF9E5"
	fillOwn     = "8A6D1B" // the header above the assessor's columns
	lineColor   = "D5DAE1"
	inkGood     = "0B6B3A"
	fillGood    = "DDF3E4"
	inkDoubt    = "7A4F01"
	fillDoubt   = "FDEFC8"
	inkBad      = "9B1C1C"
	fillBad     = "FBDCDC"
	inkQuiet    = "5F6B7A"
	fillQuiet   = "EEF1F4"
	fontFamily  = "Microsoft YaHei"
	fontSize    = 10
	titleSize   = 16
	dateFormat  = "yyyy-mm-dd"
	scoreFormat = "0.0"
)

// kind is how a column's cells look and what may be put into them.
type kind uint8

const (
	plainText kind = iota
	longText
	number
	score
	day
)

// styles are the ids of the styles of one workbook.
type styles struct {
	header, own, title int
	value, day, points int // beside a label
	label, note        int
	cells, inputs      map[kind]int
	// empty is that of columns to fill in, for what is typed where nothing is yet.
	empty map[kind]int
	// Conditional ones, quiet for what does not count, ruled and filled for cells that
	// are not there yet, of columns to read and to fill in.
	good, doubt, bad, quiet int
	ruled, filled           int
}

func newStyles(f *excelize.File) (*styles, error) {
	s := &styles{cells: map[kind]int{}, inputs: map[kind]int{}, empty: map[kind]int{}}
	var failed error
	add := func(style *excelize.Style) int {
		id, err := f.NewStyle(style)
		if err != nil {
			failed = err
		}
		return id
	}
	top := &excelize.Alignment{Vertical: "top"}
	head := func(fill string) *excelize.Style {
		return &excelize.Style{Font: &excelize.Font{Bold: true, Color: inkHeader, Family: fontFamily, Size: fontSize}, Fill: solid(fill), Border: lines(),
			Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}}
	}
	s.header, s.own = add(head(fillHeader)), add(head(fillOwn))
	s.title = add(&excelize.Style{Font: &excelize.Font{Bold: true, Family: fontFamily, Size: titleSize}})
	s.label = add(&excelize.Style{Font: &excelize.Font{Color: inkQuiet, Family: fontFamily, Size: fontSize}, Alignment: top})
	s.note = add(&excelize.Style{Font: &excelize.Font{Italic: true, Color: inkQuiet, Family: fontFamily, Size: fontSize}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	s.value = add(&excelize.Style{Font: &excelize.Font{Family: fontFamily, Size: fontSize}, Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left", WrapText: true}})
	format := dateFormat
	s.day = add(&excelize.Style{Font: &excelize.Font{Family: fontFamily, Size: fontSize}, Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left"}, CustomNumFmt: &format})
	decimal := scoreFormat
	s.points = add(&excelize.Style{Font: &excelize.Font{Family: fontFamily, Size: fontSize}, Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left"}, CustomNumFmt: &decimal})
	for _, k := range []kind{plainText, longText, number, score, day} {
		s.cells[k] = add(cell(k, false))
		s.inputs[k] = add(cell(k, true))
		s.empty[k] = add(bare(cell(k, true)))
	}
	// Text that begins like a formula stays text, also when it is edited.
	for _, id := range []int{s.cells[plainText], s.cells[longText], s.value} {
		quoted := true
		f.Styles.CellXfs.Xf[id].QuotePrefix = &quoted
	}
	conditional := func(style *excelize.Style) int {
		id, err := f.NewConditionalStyle(style)
		if err != nil {
			failed = err
		}
		return id
	}
	tinted := func(ink, fill string) int {
		return conditional(&excelize.Style{Font: &excelize.Font{Color: ink}, Fill: solid(fill)})
	}
	s.good, s.doubt, s.bad, s.quiet = tinted(inkGood, fillGood), tinted(inkDoubt, fillDoubt), tinted(inkBad, fillBad), tinted(inkQuiet, fillQuiet)
	s.ruled, s.filled = conditional(&excelize.Style{Border: lines()}), conditional(&excelize.Style{Border: lines(), Fill: solid(fillInput)})
	return s, failed
}

// cell is the style of a column's cells. Those for the assessor's text take
// whatever is typed as text.
func cell(k kind, input bool) *excelize.Style {
	style := &excelize.Style{Font: &excelize.Font{Family: fontFamily, Size: fontSize}, Border: lines(),
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: k == plainText || k == longText}}
	format := map[kind]string{number: "0", score: scoreFormat, day: dateFormat}[k]
	if input {
		style.Fill = solid(fillInput)
		if format == "" {
			format = "@"
		}
	}
	if format != "" {
		style.CustomNumFmt = &format
	}
	return style
}

// bare is a style for a whole column, which must not be painted to its end.
func bare(style *excelize.Style) *excelize.Style {
	style.Fill, style.Border = excelize.Fill{}, nil
	return style
}

func solid(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

func lines() []excelize.Border {
	var out []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		out = append(out, excelize.Border{Type: side, Color: lineColor, Style: 1})
	}
	return out
}
