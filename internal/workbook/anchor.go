package workbook

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"hegui/internal/lang"
)

// Anchors are cells of a column to fill in that have a hidden name, and those of the
// numbers in the same rows. A program moves what has a name along when cells are put in
// or taken out, so that a column in which this was done without the others, which moves
// what was filled in to other rows, no longer has its anchors beside the numbers'. Sorts
// and what is typed or pasted leave them where they are.

// anchorPrefix begins the names of anchors. They are so many rows apart, or more where
// there would be too many for a name, which holds 8,192 characters.
const (
	anchorPrefix = "hegui_"
	anchorApart  = 16
	mostAnchors  = 200
)

// anchored reports whether a column has anchors.
func (c column) anchored() bool { return c.input || c.id == "number" }

func (t *table) anchorName(id string) string { return anchorPrefix + t.id + "_" + id }

// anchor names the anchors of a sheet that is written.
func (t *table) anchor() error {
	if t.row < firstRow {
		return nil
	}
	rows := []int{t.row}
	for row := firstRow; row < t.row; row += max(anchorApart, t.row/mostAnchors) {
		rows = append(rows, row)
	}
	slices.Sort(rows)
	for i, c := range t.columns {
		if !c.anchored() || !slices.ContainsFunc(t.columns, func(c column) bool { return c.input }) {
			continue
		}
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		cells := make([]string, len(rows))
		for j, row := range rows {
			cells[j] = fmt.Sprintf("'%s'!$%s$%d", t.name, letter, row)
		}
		if err := t.book.file.SetDefinedName(&excelize.DefinedName{Name: t.anchorName(c.id), RefersTo: strings.Join(cells, ",")}); err != nil {
			return err
		}
		names := t.book.file.WorkBook.DefinedNames.DefinedName
		names[len(names)-1].Hidden = true
	}
	return nil
}

// anchors are the cells of a column's anchors, zero for one that is gone; nil where the
// column has no name any more.
func (t *tableReader) anchors(id string) (all []span) {
	name := t.names[t.table.anchorName(id)]
	if name == "" {
		return nil
	}
	for cell := range strings.SplitSeq(name, ",") {
		at, _ := spanOf(strings.ReplaceAll(cell[strings.LastIndexByte(cell, '!')+1:], "$", ""))
		all = append(all, at)
	}
	return all
}

// refuseShifted refuses columns whose cells were moved without those beside them.
func (t *tableReader) refuseShifted() {
	if t.written[t.table.id] == 0 {
		return
	}
	columns := slices.DeleteFunc(slices.Clone(t.table.columns), func(c column) bool { return !c.anchored() || t.columns[c.id] == 0 })
	whole := t.anchors(columns[0].id)
	for _, c := range columns {
		own := t.anchors(c.id)
		if own == nil || len(own) != len(whole) {
			t.note("工作表“%s”的隐藏名称不全：只在一列里插入或删除过单元格的，看不出来，请核对", "the sheet %s has lost hidden names: whether cells of one column alone were put in or taken out cannot be seen, look for yourself", t.sheet)
			return
		}
		t.refuseStep(c, whole, own)
	}
}

// refuseStep refuses a column from where on its anchors are out of step with those of the
// first.
func (t *tableReader) refuseStep(c column, whole, own []span) {
	before := t.top
	for i, at := range own {
		if at.top == whole[i].top {
			before = max(before, at.top)
			continue
		}
		t.fail(t.sheet+"!"+cellName(t.columns[c.id], before+1), lang.Say("第 %d 至 %d 行之间，“%s”这一列单独插入或删除过单元格，以下所填的错了行：撤销，或在错开处删去多出的格（下方单元格上移）、补上缺少的格（下移）",
			"somewhere in rows %d to %d cells of the column %s alone were put in or taken out, and what is filled in below is in wrong rows: undo it, or delete there what is too much (shift cells up) or insert what is missing (shift cells down)",
			before+1, max(before+1, at.top, whole[i].top), c.title))
		return
	}
}
