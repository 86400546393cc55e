package workbook

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
)

// maxLabels is how many rows of an assessor's own sheet are searched for the labels
// of the overview.
const maxLabels = 100

// tableReader is a sheet that may hold the rows of a table.
type tableReader struct {
	*reader
	sheet string
	// table is nil as long as the sheet is not known to hold one.
	table *table
	// ids and titles are the columns by what the hidden row and the header say.
	ids, titles map[string][]int
	// columns are those by id, nil until they have been settled; broken is set where
	// they cannot be used.
	columns map[string]int
	broken  bool
	// top is the last row above ours, last the last row of ours, above the first of
	// ours before any head, "" for none.
	top, last int
	above     string
	// keys counts what the hidden columns between those to fill in say, cut are the
	// answers in whose row one of them says otherwise.
	keys  map[keyCell]int
	cut   []cutRow
	alone alone
}

// keyCell is what a hidden column says in some row.
type keyCell struct{ column, value string }

// cutRow is an answer whose row is about one thing, and some of its columns to fill in
// about another.
type cutRow struct {
	keyCell
	place string
}

// readSheet reads the answers of one sheet. One with neither our hidden ids nor our
// header is the assessor's own.
func (d *reader) readSheet(s sheetPart) error {
	t := &tableReader{reader: d, sheet: s.name, keys: map[keyCell]int{}}
	merged, err := d.rows(s.part, func(row int, cells []found) error {
		t.read(row, cells)
		return nil
	})
	if err != nil || t.table == nil {
		return err
	}
	if t.settle(); t.broken {
		return nil
	}
	for _, block := range merged {
		t.refuseMerged(block)
	}
	t.refuseCut()
	t.refuseShifted()
	t.alone.refuse(t)
	return nil
}

func (t *tableReader) read(row int, cells []found) {
	if t.columns == nil && t.head(row, cells) {
		return
	}
	if t.table == nil {
		t.ownRow(row, cells)
		return
	}
	if t.settle(); !t.broken {
		t.readRow(&rowReader{tableReader: t, row: row, cells: cells})
	}
}

// naming says by what columns are found in a row, the more telling first.
type naming struct {
	byID  bool
	names func(column) []string
}

func namings() []naming {
	return []naming{
		{false, func(c column) []string { return []string{c.title.ZH, c.title.EN} }},
		{true, func(c column) []string { return []string{c.id} }},
	}
}

// fewest is how many columns to fill in a row must name to be a head.
const fewest = 3

// head takes a row that names the columns.
func (t *tableReader) head(row int, cells []found) bool {
	table, byID, columns := t.headOf(cells)
	switch {
	case table == nil || t.table != nil && t.table != table:
		return false
	case byID && t.ids == nil:
		t.ids = columns
	case !byID && t.titles == nil:
		t.titles = columns
	default:
		return false
	}
	t.table, t.top = table, row
	return true
}

// headOf is the table whose columns a row names, by their ids or else by their titles,
// and the columns; nil for a row that names hardly any.
func (d *reader) headOf(cells []found) (best *table, byID bool, columns map[string][]int) {
	for _, t := range d.tables {
		for _, by := range namings() {
			found, inputs := columnsOf(t, cells, by.names), 0
			for _, c := range t.columns {
				if c.input && len(found[c.id]) > 0 {
					inputs++
				}
			}
			if inputs >= fewest && len(found) > len(columns) {
				best, byID, columns = t, by.byID, found
			}
		}
	}
	return best, byID, columns
}

// titled is the title of a column.
func (t *table) titled(id string) lang.Text {
	for _, c := range t.columns {
		if c.id == id {
			return c.title
		}
	}
	return lang.Text{}
}

// columnsOf are the places of a table's columns in a row that names them.
func columnsOf(t *table, cells []found, names func(column) []string) map[string][]int {
	out := map[string][]int{}
	for _, cell := range cells {
		text := strings.TrimSpace(cell.text)
		for _, c := range t.columns {
			if slices.Contains(names(c), text) && text != "" || text == sheetPrefix+t.id && c.id == "id" {
				out[c.id] = append(out[c.id], cell.column)
			}
		}
	}
	return out
}

// settle finds the columns: by their hidden ids, and where these are gone by the
// header. Where the two contradict each other, or a column to fill in is gone or is
// there twice, nothing of the sheet can be trusted.
func (t *tableReader) settle() {
	if t.columns != nil || t.table == nil {
		return
	}
	t.columns = map[string]int{}
	t.seen[t.table.id]++
	taken := map[int]string{}
	for _, c := range t.table.columns {
		if at := t.ids[c.id]; len(at) == 1 {
			t.columns[c.id], taken[at[0]] = at[0], c.id
		} else if len(at) > 1 && c.id != "id" {
			t.brokenAt(at[1], "列“%s”有两个：删去复制出来的一个", "the column %s is there twice: delete the copy", c.title)
		}
	}
	for _, c := range t.table.columns {
		at := t.titles[c.id]
		_, known := t.columns[c.id]
		switch {
		case len(at) == 0 && c.input && !known && !t.broken:
			t.brokenAt(0, "要填的列“%s”不见了：撤销删除，或重新导出后把所填的贴过去", "the column to fill in, %s, is gone: undo its deletion, or write the workbook anew and paste what you have filled in", c.title)
		case len(at) == 1 && known && t.columns[c.id] != at[0] || len(at) > 0 && !known && taken[at[0]] != "":
			t.brokenAt(at[0], "表头写的是“%s”，隐藏的第一行却说是另一列：恢复第一行", "the header says %s, and the hidden first row that it is another column: restore the first row", c.title)
		case len(at) == 1:
			t.columns[c.id] = at[0]
		case len(at) > 1 && !known:
			t.brokenAt(at[1], "列“%s”有两个：删去复制出来的一个", "the column %s is there twice: delete the copy", c.title)
		}
	}
	if t.above != "" && !t.broken {
		t.broken = true
		t.fail(t.above, lang.Say("这一行在表头上面：表头和隐藏的第一行要在最上面，撤销对它们的排序", "this row is above the header: undo the sort that moved the header and the hidden first row"))
	}
	if !t.broken && !t.shows("number") && !t.shows(t.identity()...) {
		t.brokenAt(0, "编号列不见了，平台、检查项、对象三列也不齐：行已经对不上，撤销删除", "the column of numbers is gone, and so is one of platform, check and item: undo the deletion, or no row can be told from another")
	}
}

// identity are the columns by which people know a row.
func (t *tableReader) identity() []string {
	if t.table.id == clausesTable {
		return []string{"platform", "clause"}
	}
	return []string{"platform", "check", "item"}
}

// shows reports whether the sheet has all of these columns.
func (t *tableReader) shows(ids ...string) bool {
	return !slices.ContainsFunc(ids, func(id string) bool { return t.columns[id] == 0 })
}

// brokenAt refuses the sheet at the head of a column, or at its head as a whole.
func (t *tableReader) brokenAt(column int, zh, en string, args ...any) {
	t.broken = true
	row := strconv.Itoa(t.top)
	place := t.sheet + "!" + row + ":" + row
	if column > 0 {
		place = t.sheet + "!" + cellName(column, t.top)
	}
	t.fail(place, lang.Say(zh, en, args...))
}

// ownRow looks at a row of what seems to be an assessor's own sheet: it may be the
// overview, or a table that has lost its head.
func (t *tableReader) ownRow(row int, cells []found) {
	for i, c := range cells {
		text := strings.TrimSpace(c.text)
		if p := t.traced(text); p != nil {
			place := t.sheet + "!" + cellName(c.column, row)
			t.above = cmp.Or(t.above, place)
			t.traces[p.table()] = cmp.Or(t.traces[p.table()], place)
		}
		t.input(row, cells, i)
	}
}

// traced is the subject whose number a text is, nil for none.
func (d *reader) traced(text string) *place {
	if all := d.numbers[text]; len(all) > 0 {
		return all[0]
	}
	return nil
}

// refuseMerged refuses cells to fill in that have been made one: only the first keeps
// what was written.
func (t *tableReader) refuseMerged(block span) {
	if block.top == block.bottom && block.left == block.right || block.bottom <= t.top || block.top > t.last {
		return
	}
	for _, c := range t.table.columns {
		at, there := t.columns[c.id]
		if there && c.input && at >= block.left && at <= block.right {
			t.fail(t.sheet+"!"+cellName(block.left, max(block.top, t.top+1)), lang.Say("%s 合并过，只有第一格的内容还在：取消合并，每行各填一格",
				"%s have been merged, which keeps the first cell alone: take them apart and fill in each row", cellName(block.left, block.top)+":"+cellName(block.right, block.bottom)))
			return
		}
	}
}

// rowReader is one row that may hold an answer.
type rowReader struct {
	*tableReader
	row   int
	cells []found
}

// cell is that of a column; an empty one where there is none.
func (r *rowReader) cell(id string) *cellReader {
	column := r.columns[id]
	c := &cellReader{date1904: r.date1904, place: r.place(column), problems: &r.problems}
	for _, cell := range r.cells {
		if cell.column == column {
			c.found = cell
			c.value = strings.TrimSpace(cell.text)
		}
	}
	return c
}

// place is where the row's cell of a column is.
func (r *rowReader) place(column int) string { return r.sheet + "!" + cellName(max(column, 1), r.row) }

// readRow reads a row: what it is about, and what the assessor has written.
func (t *tableReader) readRow(r *rowReader) {
	if r.cell("id").value != "" || r.cell("number").value != "" {
		t.last = r.row
	}
	for _, key := range r.keyCells() {
		t.keys[key]++
	}
	filled := r.filled()
	if r.isHead() || !filled && !r.ours() {
		return
	}
	subject := r.subject()
	if subject != nil {
		t.alone.row(r, subject.order, r.cell("verdict").value)
	}
	if subject == nil || !filled {
		return
	}
	first := r.place(cmp.Or(r.columns["id"], r.columns["number"]))
	if subject.row != "" {
		t.fail(first, lang.Say("这一行与 %s 是同一项", "this row is about the same as %s", subject.row))
		return
	}
	subject.row = first
	answer := Answer{Subject: subject.Subject, Row: first, Cells: map[string]string{}}
	before := len(t.problems)
	r.answer(&answer)
	if len(t.problems) == before {
		t.returned.Answers = append(t.returned.Answers, answer)
	}
	for _, key := range r.keyCells() {
		if !slices.Contains(t.numbers[key.value], subject) {
			t.cut = append(t.cut, cutRow{key, first})
			break
		}
	}
}

// keyCells are the hidden cells of the row between those to fill in.
func (r *rowReader) keyCells() (all []keyCell) {
	for _, c := range r.table.columns {
		if value := textAt(r.cells, r.columns[c.id]); c.key && value != "" {
			all = append(all, keyCell{c.id, value})
		}
	}
	return all
}

// refuseCut refuses what was sorted without the columns to fill in, or some of these
// without the others. A key that is there twice was copied with what was filled in,
// which is meant.
func (t *tableReader) refuseCut() {
	for _, c := range t.cut {
		if all := t.numbers[c.value]; len(all) > 0 && t.keys[c.keyCell] == 1 {
			t.fail(c.place, lang.Say("这一行所填的原来在 %s 那一行：只排序了一部分列，撤销排序，整行一起排", "what is filled in here was in the row of %s: some of the columns were sorted without the others; undo the sort, and sort whole rows",
				document.Quote(strings.TrimSpace(all[0].Clause+all[0].Check+" "+all[0].Item))))
		}
	}
}

// isHead reports whether the row is one of those that name the columns, sorted to
// where it does not belong.
func (r *rowReader) isHead() bool {
	c := r.cell("verdict").value
	title := r.table.titled("verdict")
	return c == "verdict" || c == title.ZH || c == title.EN
}

// filled reports whether the assessor has written anything into the row. A
// formula that shows nothing is something.
func (r *rowReader) filled() bool {
	for _, c := range r.table.columns {
		if c.input {
			if cell := r.cell(c.id); cell.value != "" || cell.formula {
				return true
			}
		}
	}
	return false
}
