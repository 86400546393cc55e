package workbook

import (
	"strings"

	"hegui/internal/lang"
)

// inputCell is one of the two cells of the overview: it is found by its name, and
// where that is lost by the label beside it.
type inputCell struct {
	label lang.Text
	// sheet and ref are where the name leads.
	sheet, ref string
	// named and labelled are the cells that were found, an empty one where the place
	// is there.
	named, labelled *cellReader
}

// inputCells are the two cells, with where their names lead.
func (d *reader) inputCells() (post, day inputCell) {
	post.label, day.label = inputLabels()
	for name, to := range map[string]*inputCell{byName: &post, onName: &day} {
		sheet, ref, _ := strings.Cut(d.names[name], "!")
		ref, _, _ = strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
		to.sheet, to.ref = strings.ReplaceAll(strings.Trim(sheet, "'"), "''", "'"), ref
		for _, s := range d.sheets {
			if s.name == to.sheet && ref != "" && !strings.HasPrefix(ref, "#") {
				to.named = d.inputAt(to.sheet+"!"+ref, found{})
			}
		}
	}
	return post, day
}

func (d *reader) inputAt(place string, c found) *cellReader {
	return &cellReader{found: c, value: strings.TrimSpace(c.text), place: place, date1904: d.date1904}
}

// input looks whether a cell of a sheet that is no table is one of the two, or the
// label of one.
func (t *tableReader) input(row int, cells []found, i int) {
	for _, to := range []*inputCell{&t.post, &t.day} {
		c := cells[i]
		if t.sheet == to.sheet && to.ref == cellName(c.column, row) {
			to.named = t.inputAt(t.sheet+"!"+to.ref, c)
		}
		text := strings.TrimSpace(c.text)
		if row > maxLabels || to.labelled != nil || text != to.label.ZH && text != to.label.EN {
			continue
		}
		beside := found{column: c.column + 1}
		if i+1 < len(cells) && cells[i+1].column == beside.column {
			beside = cells[i+1]
		}
		to.labelled = t.inputAt(t.sheet+"!"+cellName(beside.column, row), beside)
	}
}

// stated is what the cell states.
func (i *inputCell) stated(read func(*cellReader) string) Stated {
	c := i.named
	if c == nil || c.value == "" && !c.formula && i.labelled != nil {
		c = i.labelled
	}
	if c == nil {
		return Stated{Lost: true}
	}
	s := Stated{Cell: c.place}
	c.problems = &s.Problems
	s.Value = read(c)
	return s
}
