package workbook

import (
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
)

// The rows of a table sheet: ids of the columns, hidden; the header that people
// read; the content.
const (
	idRow     = 1
	headerRow = 2
	firstRow  = 3
)

// column is one column of a table sheet. Its id is what the import finds it
// by, wherever it is moved and whatever its header says.
type column struct {
	id    string
	title lang.Text
	width float64
	kind  kind
	// input marks the columns that the assessor fills in; words are those that
	// are allowed there.
	input bool
	words term.Enumeration
	// key marks the hidden columns between these.
	key bool
	// several of them may be named in one cell.
	several bool
	// tints colours cells by their word.
	tints []tint
}

// declared reports whether the column says what was judged: neither who a row is
// nor what the assessor writes.
func (c column) declared() bool { return !c.input && c.width > 0 && c.id != "number" }

type tint struct {
	word  string
	style int
}

// table is a sheet of rows.
type table struct {
	book    *book
	id      string
	title   lang.Text
	columns []column
	// frozen columns stay in view; wide is how many pages the columns fill.
	frozen, wide int
	// rows adds the rows of a platform.
	rows func(*results.Platform) error

	stream *excelize.StreamWriter // of what lies around the rows
	own    *rows
	name   string
	row    int
	links  int
}

// add writes a row; values are strings, whole numbers, results.Number or date.
func (t *table) add(values ...any) error {
	for i, value := range values {
		values[i] = t.book.value(value)
	}
	return t.put(values)
}

// addOf writes a row about a subject: values without the number and its hidden twin,
// which are those of the subject. A row without a subject cannot be taken back.
func (t *table) addOf(s *Subject, values ...any) error {
	values = append([]any{nil, nil}, values...)
	for i, value := range values {
		values[i] = t.book.value(value)
	}
	if s != nil {
		t.book.enter(*s, seal(t.columns, values))
		for i, c := range t.columns {
			if c.key || c.id == "id" || c.id == "number" {
				values[i] = s.number()
			}
		}
	}
	return t.put(values)
}

// put writes a row of values as cells hold them.
func (t *table) put(values []any) error {
	t.row++
	cells := make([]any, len(values))
	for i, value := range values {
		t.book.size += cellSize + len(text(value))
		if value != nil { // what is empty is painted by a rule
			cells[i] = excelize.Cell{StyleID: t.style(t.columns[i]), Value: value}
		}
	}
	if t.book.size > maxWritten {
		return &TooLargeError{}
	}
	t.own.add(t.row, cells, fit(t.columns, cells))
	return nil
}

// maxLinks is how many links a sheet may hold; where there are more the text alone
// says where a thing is.
const maxLinks = 10_000

// link makes the last row's cell of a column lead to an address, "" for none.
func (t *table) link(id, address string) error {
	column := slices.IndexFunc(t.columns, func(c column) bool { return c.id == id })
	if address == "" || t.links == maxLinks || len(address) > maxAddress {
		return nil
	}
	t.links++
	return t.book.file.SetCellHyperLink(t.name, cellName(column+1, t.row), address, "External")
}

// maxAddress is how long an address may be in a spreadsheet.
const maxAddress = 2000

// The height of a line in points, and of the highest row that is still
// comfortable to read on.
const (
	lineHeight = 15.0
	maxHeight  = 20 * lineHeight
)

// fit makes a row as high as its longest text needs; where one line does,
// programs find the height themselves.
func fit(columns []column, cells []any) excelize.RowOpts {
	most := 1.0
	for i, c := range cells {
		cell, _ := c.(excelize.Cell)
		text, ok := cell.Value.(string)
		if !ok || columns[i].width == 0 {
			continue
		}
		lines := 0.0
		for line := range strings.Lines(text) {
			lines += math.Ceil(max(wide(line), 1) / columns[i].width)
		}
		most = max(most, lines)
	}
	if most == 1 {
		return excelize.RowOpts{}
	}
	return excelize.RowOpts{Height: min(most*lineHeight, maxHeight)}
}

// wide is about how many digits a text is wide.
func wide(text string) (n float64) {
	for _, r := range text {
		if n++; r >= 0x2e80 {
			n++
		}
	}
	return n
}

// style is that of a column's cells. Text is only ever text: no cell of a workbook
// holds a formula.
func (t *table) style(c column) int {
	if c.input {
		return t.book.styles.inputs[c.kind]
	}
	return t.book.styles.cells[c.kind]
}

// date is a day as the model has it: YYYY-MM-DD.
type date string

func (b *book) value(value any) any {
	switch v := value.(type) {
	case string:
		if v == "" {
			return nil
		}
		return clean(v, b.lang)
	case lang.Text:
		return b.value(v.In(b.lang))
	case results.Number:
		if n, err := strconv.ParseFloat(string(v), 64); err == nil {
			return n
		}
		return nil
	case *int64:
		if v != nil {
			return *v
		}
		return nil
	case date:
		if n, ok := serial(string(v)); ok {
			return n
		}
		return b.value(string(v))
	}
	return value
}

// serial is the number by which a spreadsheet knows a day.
func serial(day string) (int, bool) {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil || d.Year() < 1901 {
		return 0, false
	}
	return int(d.Sub(time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24), true
}

// begin begins the sheet of the table.
func (t *table) begin() error {
	t.name = t.title.In(t.book.lang)
	f := t.book.file
	number, err := f.NewSheet(t.name)
	if err != nil {
		return err
	}
	t.own = t.book.sheet(number)
	// A stream begins with the sheet's properties, so that these come first.
	if err := t.book.page(t.name, max(t.wide, 1), headerRow, t.frozen); err != nil {
		return err
	}
	if t.stream, err = f.NewStreamWriter(t.name); err != nil {
		return err
	}
	for i, c := range t.columns {
		if err := t.stream.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
		if c.width == 0 {
			if err := t.stream.SetColVisible(i+1, i+1, false); err != nil {
				return err
			}
		}
		empty := t.style(c)
		if c.input {
			empty = t.book.styles.empty[c.kind]
			if err := t.stream.SetColStyle(i+1, i+1, empty); err != nil {
				return err
			}
		}
		t.own.empty = append(t.own.empty, empty)
	}
	if err := t.stream.SetPanes(t.panes()); err != nil {
		return err
	}
	t.row = headerRow
	t.head()
	return nil
}

func (t *table) panes() *excelize.Panes {
	return &excelize.Panes{Freeze: true, XSplit: t.frozen, YSplit: headerRow, TopLeftCell: cellName(t.frozen+1, firstRow), ActivePane: "bottomRight"}
}

func (t *table) head() {
	ids, titles := make([]any, len(t.columns)), make([]any, len(t.columns))
	for i, c := range t.columns {
		style := t.book.styles.header
		if c.input {
			style = t.book.styles.own
		}
		ids[i], titles[i] = c.id, excelize.Cell{StyleID: style, Value: c.title.In(t.book.lang)}
	}
	if len(ids) > 0 {
		ids[0] = sheetPrefix + t.id
	}
	t.own.add(idRow, ids, excelize.RowOpts{Hidden: true})
	t.own.add(headerRow, titles, excelize.RowOpts{Height: 32})
}

// close ends the sheet: what depends on its last row, or on the platforms, comes
// here.
func (t *table) close() error {
	if err := t.book.finish(t.name, t.columns, headerRow, max(t.row, firstRow)); err != nil {
		return err
	}
	if err := t.book.margins(t.name); err != nil {
		return err
	}
	if err := t.anchor(); err != nil {
		return err
	}
	return t.stream.Flush()
}

// finish lays filters, colours and what may be entered over the rows between
// the header and the last.
func (b *book) finish(sheet string, columns []column, header, last int) error {
	if err := b.file.AutoFilter(sheet, cellName(1, header)+":"+cellName(len(columns), last), nil); err != nil {
		return err
	}
	for i, c := range columns {
		cells := cellName(i+1, header+1) + ":" + cellName(i+1, last)
		if err := b.tint(sheet, cells, c); err != nil {
			return err
		}
		if err := b.validate(sheet, cells, c); err != nil {
			return err
		}
	}
	return nil
}

// tint colours the cells of a column by their word, and paints those that are empty.
func (b *book) tint(sheet, cells string, c column) error {
	if c.width == 0 {
		return nil
	}
	var rules []excelize.ConditionalFormatOptions
	for _, t := range c.tints {
		style := t.style
		rules = append(rules, excelize.ConditionalFormatOptions{Type: "cell", Criteria: "==", Value: strconv.Quote(t.word), Format: &style})
	}
	painted := b.styles.ruled
	if c.input {
		painted = b.styles.filled
	}
	rules = append(rules, excelize.ConditionalFormatOptions{Type: "formula", Criteria: "TRUE", Format: &painted})
	return b.file.SetConditionalFormat(sheet, cells, rules)
}

// validate lets a spreadsheet program refuse what the import would refuse.
func (b *book) validate(sheet, cells string, c column) error {
	if !c.input {
		return nil
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(cells)
	title := b.say("填写有误", "not understood")
	switch {
	case len(c.words.Words) > 0:
		if err := v.SetDropList(b.choices(c)); err != nil {
			return err
		}
		v.SetError(excelize.DataValidationErrorStyleStop, title, b.say("请从列表中选择", "choose from the list"))
	case c.kind == number:
		if err := v.SetRange(0, 999999999, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
		v.SetError(excelize.DataValidationErrorStyleStop, title, b.say("请填写整数", "a whole number is wanted"))
	case c.kind == day:
		first, _ := serial("2000-01-01")
		last, _ := serial("2099-12-31")
		if err := v.SetRange(first, last, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
		v.SetError(excelize.DataValidationErrorStyleStop, title, b.say("请填写日期，如 2026-12-31", "a date is wanted, such as 2026-12-31"))
	default:
		return nil
	}
	return b.file.AddDataValidation(sheet, v)
}

// choices are the words that a list offers; where several may be named also their
// combinations, since programs let nothing else be typed.
func (b *book) choices(c column) []string {
	words := c.words.All(b.lang)
	if !c.several {
		return words
	}
	var out []string
	for size := 1; size <= len(words); size++ {
		for set := range 1 << len(words) {
			if bits.OnesCount(uint(set)) != size {
				continue
			}
			var named []string
			for i, word := range words {
				if set>>i&1 == 1 {
					named = append(named, word)
				}
			}
			out = append(out, strings.Join(named, b.say("、", "; ")))
		}
	}
	return out
}
