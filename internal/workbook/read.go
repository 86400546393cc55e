package workbook

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"hegui/internal/examine"
	"hegui/internal/lang"
)

// Returned is what an assessor has written into a workbook. All of it is what
// somebody typed, or made to look as if it had been.
type Returned struct {
	// Rulebook, AsOf, Commit and Audience are what the workbook was made from
	// and for.
	Rulebook, AsOf, Commit, Audience string
	// By and On are the assessor's post and the day, as the overview states them.
	By, On Stated
	// Answers are in the order in which the workbook was written, however its
	// rows have been sorted since.
	Answers []Answer
	// Notes are what the assessor has to know of how the workbook was read.
	Notes []lang.Text
}

// Stated is what a single cell states, or why that is not understood.
type Stated struct {
	Value string
	// Cell is where it is: 总览!B5.
	Cell string
	// Problems are those of the cell, none where the value is good or empty.
	Problems []Problem
	// Lost is set where the cell cannot be found any more.
	Lost bool
}

// Answer is one row that the assessor has filled in.
type Answer struct {
	Subject
	Verdict string
	Record  examine.Record
	// Row is its location, for messages: 检查项!A12.
	Row string
	// Cells are those of its columns: 检查项!L12.
	Cells map[string]string
}

// Cell is where the row states the value of a column.
func (a *Answer) Cell(column string) string { return cmp.Or(a.Cells[column], a.Row) }

// Problem is one cell that is not accepted.
type Problem struct {
	// Cell is its sheet and place: 检查项!L12.
	Cell    string
	Message lang.Text
}

// Read reads a workbook back. A file that is none is an error; cells that are
// not understood are problems, in the order of their places.
func Read(ctx context.Context, data []byte) (*Returned, []Problem, error) {
	return read(ctx, data, defaultLimits())
}

func read(ctx context.Context, data []byte, l limits) (*Returned, []Problem, error) {
	w, err := openParts(ctx, data, l)
	if err != nil {
		return nil, nil, err
	}
	d := &reader{opened: w, subjects: map[string]*place{}, numbers: map[string][]*place{}, named: map[string][]*place{}, tables: writtenTables(),
		written: map[string]int{}, seen: map[string]int{}, traces: map[string]string{}, returned: &Returned{}}
	d.post, d.day = d.inputCells()
	if err := d.readLedger(); err != nil {
		return nil, nil, err
	}
	for _, s := range w.sheets {
		if s.name != ledgerSheet {
			if err := d.readSheet(s); err != nil {
				return nil, nil, err
			}
		}
	}
	if err := d.complete(); err != nil {
		return nil, nil, err
	}
	slices.SortStableFunc(d.returned.Answers, func(x, y Answer) int { return cmp.Compare(d.subjects[x.key()].order, d.subjects[y.key()].order) })
	return d.returned, d.problems, nil
}

type reader struct {
	*opened
	// subjects are the rows that were written, by what they are about, by their numbers
	// and by their names.
	subjects map[string]*place
	numbers  map[string][]*place
	named    map[string][]*place
	// tables are those that the assessor fills in, for their columns.
	tables []*table
	// written counts the rows that were written of each, seen the sheets that still
	// hold it; traces are cells that only it holds, in sheets of unknown use.
	written, seen map[string]int
	traces        map[string]string
	// post and day are the cells of the overview.
	post, day inputCell
	// moved counts the rows that were sorted without their hidden ids.
	moved    int
	returned *Returned
	problems []Problem
}

// place is a subject and where it stood when the workbook was written.
type place struct {
	Subject
	order int
	seal  string
	// row is where its answer is, "" as long as none has been found.
	row string
}

// table is the sheet that the subject has its row in.
func (s Subject) table() string {
	if s.Clause != "" {
		return clausesTable
	}
	return checksTable
}

// names are how people see what a row is about.
func (s Subject) names() string {
	return canonical(s.Clause) + "\x00" + canonical(s.Check) + "\x00" + canonical(s.Item)
}

// readLedger reads the hidden sheet. Each row proves its names, so that it cannot be
// made to speak of something else by a slip.
func (d *reader) readLedger() error {
	at := slices.IndexFunc(d.sheets, func(s sheetPart) bool { return s.name == ledgerSheet })
	if at < 0 {
		return unreadable("不是 hegui 写出的工作簿，或隐藏的工作表 %s 被删掉了（如用了“检查文档”）：重新导出，把黄色列贴过去",
			"hegui did not write this workbook, or its hidden sheet %s has been removed (as a spreadsheet program does that looks for hidden data): write it anew and paste the yellow columns", ledgerSheet)
	}
	meta := map[string]*string{"rulebook": &d.returned.Rulebook, "as_of": &d.returned.AsOf, "commit": &d.returned.Commit, "audience": &d.returned.Audience}
	version, headed, last := "", false, Subject{}
	_, err := d.rows(d.sheets[at].part, func(row int, cells []found) error {
		text := func(column int) string { return textAt(cells, column) }
		first, fact, _ := strings.Cut(text(1), " ")
		switch {
		case version == "" && first == "hegui":
			version = text(2)
			return known(version)
		case version == "":
			return unreadable("工作表 %s 被改动过：第 1 行", "the sheet %s has been changed: row 1", ledgerSheet)
		case first == ledgerHead:
			headed = true
		case !headed && meta[first] != nil:
			*meta[first] = text(2)
		case headed:
			s := Subject{Code: last.Code, Path: last.Path, Clause: named(text(4)), Check: named(text(5)), Item: named(text(6)), Fact: unfolded(fact)}
			if text(2)+text(3) != "" {
				s.Code, s.Path = named(text(2)), named(text(3))
			}
			if s.Clause+s.Check == "" {
				s.Check = last.Check
			}
			seal, proven := strings.CutPrefix(first, s.proof())
			if !proven || d.subjects[s.key()] != nil {
				return unreadable("工作表 %s 被改动过：第 %d 行", "the sheet %s has been changed: row %d", ledgerSheet, row)
			}
			last = s
			d.add(&place{Subject: s, order: len(d.subjects), seal: seal})
		}
		return nil
	})
	if err == nil && version == "" {
		err = known("")
	}
	return err
}

func known(version string) error {
	switch version {
	case layout:
		return nil
	case indexLayout:
		return unreadable("这是目录，没有可收回的：导入它列出的各平台工作簿，或整个目录，如 hegui assess import platforms/", "this is the index, which has nothing to take back: import the workbooks that it lists, or their folder: hegui assess import platforms/")
	}
	return unreadable("工作簿的版式是 %q，只认 %q：重新导出", "the workbook's layout is %q, %q is known: write it anew", version, layout)
}

func (d *reader) add(p *place) {
	d.subjects[p.key()] = p
	d.numbers[p.number()] = append(d.numbers[p.number()], p)
	d.named[p.names()] = append(d.named[p.names()], p)
	d.written[p.table()]++
}

// textAt is the text of the cell of a column, without blanks around it.
func textAt(cells []found, column int) string {
	for _, c := range cells {
		if c.column == column {
			return strings.TrimSpace(c.text)
		}
	}
	return ""
}

func (d *reader) fail(cell string, message lang.Text) {
	d.problems = append(d.problems, Problem{cell, message})
}

// complete says what is no longer there, and what was put right.
func (d *reader) complete() error {
	if len(d.subjects) > 0 && len(d.seen) == 0 {
		return unreadable("要填的两个工作表都不见了，或标识行和表头都没有了：撤销删除", "both sheets to fill in are gone, or have lost their ids and their headers: undo the deletion")
	}
	for _, t := range d.tables {
		if d.seen[t.id] > 0 || d.written[t.id] == 0 {
			continue
		}
		if trace := d.traces[t.id]; trace != "" {
			d.fail(trace, lang.Say("这是工作表“%s”的一行，标识行和表头却都没有了：撤销删除", "this is a row of the sheet %s, which has lost its ids and its header: undo the deletion", t.title))
			continue
		}
		d.note("工作表“%s”不在了：只收回其余的", "the sheet %s is gone: only the other is taken back", t.title)
	}
	if d.moved > 0 {
		d.note("%d 行排序时没有带上隐藏的标识：按看得见的编号、检查项和对象对上了", "%d rows were sorted without their hidden ids: they were matched by the number, check and item that people see", d.moved)
	}
	d.returned.By, d.returned.On = d.post.stated((*cellReader).post), d.day.stated((*cellReader).day)
	return nil
}

func (d *reader) note(zh, en string, args ...any) {
	d.returned.Notes = append(d.returned.Notes, lang.Say(zh, en, args...))
}

// writtenTables are the tables that the assessor fills in, for their columns.
func writtenTables() []*table {
	b := &book{styles: &styles{}}
	return []*table{b.clauses(), b.checks()}
}
