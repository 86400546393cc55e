package workbook

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// rows are the rows of a sheet until the workbook is written. They do not go through the
// library, which would keep every text once for each cell that says it.
type rows struct {
	texts *texts
	// empty are the styles of empty cells, by column, 0 beyond.
	empty []int
	cells []cellValue
	heads []rowHead
}

// cellValue is what a cell holds: the text of a number, counted from 1, or else a number.
type cellValue struct {
	style int32
	text  int32
	value float64
}

// The texts of cells that hold none.
const (
	nothing  = 0
	aNumber  = -1
	wholeRow = 1 << 15 // bytes of XML that are packed at once, roughly
)

// rowHead is a row: its number in the sheet, how it looks, and where its cells end.
type rowHead struct {
	number, end int
	look        excelize.RowOpts
}

// add adds a row. Values are cells of the library, texts or numbers; nil is empty.
func (r *rows) add(number int, values []any, look excelize.RowOpts) {
	last := len(values)
	for last > 0 && values[last-1] == nil {
		last--
	}
	for i, value := range values[:last] {
		c := cellValue{}
		if value == nil && i < len(r.empty) {
			c.style = int32(r.empty[i])
		}
		if styled, is := value.(excelize.Cell); is {
			c.style, value = int32(styled.StyleID), styled.Value
		}
		c.set(r.texts, value)
		r.cells = append(r.cells, c)
	}
	r.heads = append(r.heads, rowHead{number, len(r.cells), look})
}

func (c *cellValue) set(all *texts, value any) {
	switch v := value.(type) {
	case nil:
	case string:
		c.text = all.number(v)
	case int:
		c.text, c.value = aNumber, float64(v)
	case int64:
		c.text, c.value = aNumber, float64(v)
	case float64:
		c.text, c.value = aNumber, v
	default:
		c.text = all.number(fmt.Sprint(v))
	}
}

// enumerate has the texts numbered column by column: what is alike stands together, and is
// packed in less room.
func (r *rows) enumerate(order *ordering) {
	wide := 0
	begin := 0
	for _, head := range r.heads {
		wide, begin = max(wide, head.end-begin), head.end
	}
	for column := range wide {
		begin := 0
		for _, head := range r.heads {
			if begin+column < head.end {
				order.see(r.cells[begin+column].text)
			}
			begin = head.end
		}
	}
}

// write hands over the rows as XML, in pieces. Only the first cell of a row and one after a
// gap have an address: each other is the next one, as ECMA-376 (18.3.1.4) has it. An address
// in each would take a fifth of a workbook.
func (r *rows) write(order *ordering, put func([]byte) error) error {
	var b []byte
	cells := r.cells
	begin := 0
	for _, head := range r.heads {
		b = head.append(b)
		next := -1
		for i, c := range cells[begin:head.end] {
			if c == (cellValue{}) { // some programs do not count such a cell
				continue
			}
			b = append(b, `<c`...)
			if i != next {
				b = append(append(append(b, ` r="`...), cellName(i+1, head.number)...), '"')
			}
			b = c.append(b, order)
			next = i + 1
		}
		b = append(b, "</row>"...)
		begin = head.end
		if len(b) > wholeRow {
			if err := put(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	return put(b)
}

func (h *rowHead) append(b []byte) []byte {
	b = strconv.AppendInt(append(b, `<row r="`...), int64(h.number), 10)
	if h.look.Height > 0 {
		b = strconv.AppendFloat(append(b, `" ht="`...), h.look.Height, 'f', -1, 64)
		b = append(b, `" customHeight="1`...)
	}
	if h.look.Hidden {
		b = append(b, `" hidden="1`...)
	}
	return append(b, `">`...)
}

// append adds what follows the address of a cell.
func (c *cellValue) append(b []byte, order *ordering) []byte {
	if c.style > 0 {
		b = strconv.AppendInt(append(b, ` s="`...), int64(c.style), 10)
		b = append(b, '"')
	}
	switch c.text {
	case nothing:
		return append(b, `/>`...)
	case aNumber:
		b = strconv.AppendFloat(append(b, `><v>`...), c.value, 'f', -1, 64)
	default:
		b = strconv.AppendInt(append(b, ` t="s"><v>`...), int64(order.number[c.text-1]), 10)
	}
	return append(b, `</v></c>`...)
}

// texts are those of a workbook, each once.
type texts struct {
	numbers map[string]int32
	list    []string
}

// number is that of a text, from 1.
func (t *texts) number(text string) int32 {
	n, known := t.numbers[text]
	if !known {
		t.list = append(t.list, text)
		n = int32(len(t.list))
		t.numbers[text] = n
	}
	return n
}

// ordering is the order in which a workbook is to list its texts.
type ordering struct {
	number []int32 // by the first numbers, which count from 1; -1 for one not seen yet
	list   []int32
}

func (t *texts) unordered() *ordering {
	o := &ordering{number: make([]int32, len(t.list)), list: make([]int32, 0, len(t.list))}
	for i := range o.number {
		o.number[i] = -1
	}
	return o
}

// see puts the text of a cell next, unless it has its place.
func (o *ordering) see(text int32) {
	if text > 0 && o.number[text-1] < 0 {
		o.number[text-1] = int32(len(o.list))
		o.list = append(o.list, text-1)
	}
}

// write hands over the texts as XML, in their order.
func (t *texts) write(order *ordering, put func([]byte) error) error {
	var b []byte
	for _, n := range order.list {
		b = appendText(append(b, `<si><t`...), t.list[n])
		b = append(b, `</t></si>`...)
		if len(b) > wholeRow {
			if err := put(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	return put(b)
}

// appendText adds a text with the end of its tag. Blanks at its edges are to be kept, and
// what looks like the spelling of a character that XML cannot hold is not one.
func appendText(b []byte, text string) []byte {
	if strings.TrimSpace(text) != text {
		b = append(b, ` xml:space="preserve"`...)
	}
	b = append(b, '>')
	for i := range len(text) {
		switch c := text[i]; c {
		case '&':
			b = append(b, "&amp;"...)
		case '<':
			b = append(b, "&lt;"...)
		case '>':
			b = append(b, "&gt;"...)
		case '_':
			if escape.MatchString(text[i:min(i+len("_x0000_"), len(text))]) {
				b = append(b, "_x005F"...)
			}
			b = append(b, c)
		default:
			b = append(b, c)
		}
	}
	return b
}
