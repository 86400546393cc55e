package workbook

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// found is a cell that holds something.
type found struct {
	column int // from 1
	text   string
	// number is set for what is no text; formula where a formula shows it;
	// failed for the name of an error; dated for a number that is shown as a day.
	number, formula, failed, dated bool
}

// span is a block of cells that have been made one.
type span struct{ left, top, right, bottom int }

// rows hands over the rows of a sheet that hold anything, in the order in which they
// stand in the file, and returns the cells that have been merged. The cells are
// only good until the next row.
func (w *opened) rows(part string, visit func(row int, cells []found) error) ([]span, error) {
	s := &sheetReader{opened: w, visit: visit}
	err := w.scan(part, s.start, s.end, s.text)
	return s.merged, err
}

// sheetReader is a sheet that is being read.
type sheetReader struct {
	*opened
	visit  func(row int, cells []found) error
	row    int
	column int
	cells  []found
	merged []span

	kind    string // of the cell
	formula bool
	dated   bool
	within  string // v or f, where the text of the cell is
	value   strings.Builder
	inline  stringReader
}

func (s *sheetReader) start(tag string, attr func(string) string) error {
	switch tag {
	case "row":
		s.row++
		if n, err := strconv.Atoi(attr("r")); err == nil && n > 0 && n <= excelize.TotalRows {
			s.row = n
		}
		s.column, s.cells = 0, s.cells[:0]
	case "c":
		s.column++
		if column, _, err := excelize.CellNameToCoordinates(attr("r")); err == nil {
			s.column = column
		}
		s.kind, s.formula = attr("t"), false
		style, err := strconv.Atoi(attr("s"))
		s.dated = err == nil && s.opened.dated[style]
		s.value.Reset()
		s.inline = stringReader{}
	case "f":
		s.formula, s.within = true, tag
	case "v":
		s.within = tag
	case "mergeCell":
		if block, ok := spanOf(attr("ref")); ok {
			s.merged = append(s.merged, block)
		}
	default:
		s.inline.start(tag)
	}
	return nil
}

func (s *sheetReader) end(tag string) error {
	switch tag {
	case "v", "f":
		s.within = ""
	case "c":
		return s.add()
	case "row":
		if len(s.cells) > 0 {
			return s.visit(s.row, s.cells)
		}
	default:
		s.inline.end(tag)
	}
	return nil
}

func (s *sheetReader) text(b []byte) {
	if s.within == "v" {
		s.value.Write(b)
		return
	}
	if s.within == "" {
		s.inline.text(b)
	}
}

// add keeps a cell that holds something, and counts its text.
func (s *sheetReader) add() error {
	c := found{column: s.column, formula: s.formula}
	switch value := s.value.String(); s.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < 0 || n >= len(s.strings) {
			return unreadable("工作簿损坏：第 %d 行引用的文字不存在", "the workbook is damaged: row %d refers to a text that is not there", s.row)
		}
		c.text = s.strings[n]
	case "inlineStr":
		c.text = s.inline.take()
	case "str":
		c.text = unescaped(value)
	case "b":
		c.text = map[string]string{"1": "TRUE", "0": "FALSE"}[strings.TrimSpace(value)]
	case "e":
		c.text, c.failed = value, true
	case "d":
		c.text = value
	default:
		c.text, c.number, c.dated = value, true, s.dated
	}
	if c.text == "" && !c.formula {
		return nil
	}
	if s.left.text -= len(c.text); s.left.text < 0 {
		return large()
	}
	s.cells = append(s.cells, c)
	return nil
}

// spanOf reads a block such as B3:B8.
func spanOf(ref string) (s span, ok bool) {
	from, to, divided := strings.Cut(ref, ":")
	if !divided {
		to = from
	}
	var first, second error
	s.left, s.top, first = excelize.CellNameToCoordinates(from)
	s.right, s.bottom, second = excelize.CellNameToCoordinates(to)
	return s, first == nil && second == nil
}

// escape is a character as a cell spells it that XML could not hold.
var escape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escape.ReplaceAllStringFunc(s, func(spelt string) string {
		n, _ := strconv.ParseUint(spelt[2:6], 16, 16) // the pattern has the digits
		return string(rune(n))
	})
}

// canonical is what a cell says, however a program keeps it: 5 and 5.0 are the same
// number, and of blanks one is enough.
func canonical(s string) string {
	for strings.Contains(s, "_x005F_") {
		s = strings.ReplaceAll(s, "_x005F_", "_")
	}
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, "_x000D_", " ")), " ")
	if n, err := strconv.ParseFloat(s, 64); err == nil && !math.IsInf(n, 0) && !math.IsNaN(n) {
		return strconv.FormatFloat(n, 'g', 12, 64)
	}
	return s
}
