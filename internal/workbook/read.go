package workbook

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"hegui/internal/examine"
	"hegui/internal/lang"
)

// Returned is what an assessor has written into a workbook. All of it is what
// somebody typed, or made to look as if it had been.
type Returned struct {
	// Rulebook, AsOf, Commit and Audience are what the workbook was made from
	// and for.
	Rulebook, AsOf, Commit, Audience string
	// By and On are the assessor's post and the day, empty where not stated.
	By, On string
	// Answers are in the order in which the workbook was written, however its
	// rows have been sorted since.
	Answers []Answer
}

// Answer is one row that the assessor has filled in.
type Answer struct {
	Subject
	Verdict string
	Record  examine.Record
	// Row is its location, for messages: 检查项!12.
	Row string
}

// Problem is one cell that is not accepted.
type Problem struct {
	// Cell is its sheet and place: 检查项!L12.
	Cell    string
	Message lang.Text
}

// Read reads a workbook back. A file that is none is an error; cells that are
// not understood are problems, in the order of their places.
func Read(data []byte) (r *Returned, problems []Problem, err error) {
	if err := guard(data, maxParts, maxBytes, maxTags); err != nil {
		return nil, nil, err
	}
	// The library has not been written for hostile files.
	defer func() {
		if cause := recover(); cause != nil {
			r, problems, err = nil, nil, unreadable("工作簿读不了：%v", "the workbook cannot be read: %v", cause)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxBytes, UnzipXMLSizeLimit: maxBytes, RawCellValue: true})
	if err != nil {
		return nil, nil, unreadable("工作簿读不了：%v", "the workbook cannot be read: %v", err)
	}
	defer func() { _ = f.Close() }() // nothing was written
	d := &reader{file: f, subjects: map[string]place{}, seen: map[string]string{}, returned: &Returned{}}
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		d.date1904 = *props.Date1904
	}
	if err := d.readLedger(); err != nil {
		return nil, nil, err
	}
	d.readInputs()
	for _, sheet := range f.GetSheetList() {
		if sheet == ledgerSheet {
			continue
		}
		if err := d.readSheet(sheet); err != nil {
			return nil, nil, unreadable("工作表 %q 读不了：%v", "the sheet %q cannot be read: %v", sheet, err)
		}
	}
	slices.SortStableFunc(d.returned.Answers, func(x, y Answer) int { return cmp.Compare(d.subjects[x.id()].order, d.subjects[y.id()].order) })
	return d.returned, d.problems, nil
}

type reader struct {
	file     *excelize.File
	date1904 bool
	subjects map[string]place
	// seen are the rows by the id that they have.
	seen     map[string]string
	returned *Returned
	problems []Problem
}

// place is a subject and where it stood when the workbook was written.
type place struct {
	Subject
	order int
}

// readLedger reads the hidden sheet. Its ids follow from what they stand for,
// so that a row cannot be made to speak of something else by a slip.
func (d *reader) readLedger() error {
	rows, err := d.file.GetRows(ledgerSheet)
	if err != nil || len(rows) == 0 || at(rows[0], 0) != "hegui" {
		return unreadable("不是 hegui 写出的工作簿：没有工作表 %s", "hegui did not write this workbook: it has no sheet %s", ledgerSheet)
	}
	if version := at(rows[0], 1); version != layout {
		return unreadable("工作簿的版式是 %q，只认 %q", "the workbook's layout is %q, %q is known", version, layout)
	}
	meta := map[string]*string{"rulebook": &d.returned.Rulebook, "as_of": &d.returned.AsOf, "commit": &d.returned.Commit, "audience": &d.returned.Audience}
	for i, row := range rows[1:] {
		if to := meta[at(row, 0)]; to != nil {
			*to = at(row, 1)
			continue
		}
		s := Subject{Code: at(row, 1), Path: at(row, 2), Clause: at(row, 3), Check: at(row, 4), Item: at(row, 5), Fact: at(row, 6)}
		if id := at(row, 0); id == s.id() {
			if _, twice := d.subjects[id]; !twice {
				d.subjects[id] = place{s, i}
			}
		} else if id != "id" {
			return unreadable("工作表 %s 被改动过：第 %d 行", "the sheet %s has been changed: row %d", ledgerSheet, i+2)
		}
	}
	return nil
}

func at(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}

// readInputs reads the two cells of the overview.
func (d *reader) readInputs() {
	for _, name := range d.file.GetDefinedName() {
		if name.Name != byName && name.Name != onName {
			continue
		}
		sheet, ref, _ := strings.Cut(name.RefersTo, "!")
		sheet = strings.ReplaceAll(strings.Trim(sheet, "'"), "''", "'")
		ref = strings.ReplaceAll(ref, "$", "")
		c := &cellReader{reader: d, sheet: sheet, ref: ref}
		value, err := d.file.GetCellValue(sheet, ref)
		if err != nil {
			continue // the name leads nowhere: nothing is stated there
		}
		if c.value = strings.TrimSpace(value); name.Name == byName {
			d.returned.By = c.post()
		} else {
			d.returned.On = c.day()
		}
	}
}

// readSheet reads the answers of one sheet; one that has none of our ids is the
// assessor's own.
func (d *reader) readSheet(sheet string) error {
	rows, err := d.file.Rows(sheet)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // nothing was written
	var columns map[string]int
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			return err
		}
		if columns == nil {
			if columns = idColumns(cells); columns == nil && number > 20 {
				return nil
			}
			continue
		}
		d.readRow(&rowReader{reader: d, sheet: sheet, number: number, cells: cells, columns: columns})
	}
	return rows.Error()
}

// idColumns are the columns of a row of hidden ids, nil for any other row.
func idColumns(cells []string) map[string]int {
	columns := map[string]int{}
	ours := false
	for i, cell := range cells {
		if cell == sheetPrefix+"clauses" || cell == sheetPrefix+"checks" {
			ours, cell = true, "id"
		}
		if _, twice := columns[cell]; !twice {
			columns[cell] = i
		}
	}
	if !ours {
		return nil
	}
	return columns
}

func (d *reader) fail(cell string, message lang.Text) {
	d.problems = append(d.problems, Problem{cell, message})
}

func (d *reader) readRow(r *rowReader) {
	id := strings.TrimSpace(at(r.cells, r.column("id")))
	if r.isHeader() || !r.filled() && id == "" {
		return
	}
	first := r.cell("id").place()
	subject, known := d.subjects[id]
	other, twice := d.seen[id]
	switch {
	case !r.filled():
		return
	case id == "":
		d.fail(first, lang.Say("这一行收不回：它是加进来的，或这份工作簿的读者不能看到它的对象", "this row cannot be taken back: it was added, or the workbook is for readers who may not see what it is about"))
		return
	case !known:
		d.fail(first, lang.Say("这一行的编号 %q 不是这份工作簿的", "the row's id %q is none of this workbook", id))
		return
	case twice:
		d.fail(first, lang.Say("这一行与 %s 是同一项", "this row is about the same as %s", other))
		return
	}
	d.seen[id] = first
	answer := Answer{Subject: subject.Subject, Row: first}
	before := len(d.problems)
	r.answer(&answer)
	if len(d.problems) == before {
		d.returned.Answers = append(d.returned.Answers, answer)
	}
}
