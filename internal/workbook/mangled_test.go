package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
)

// examined is a workbook of two platforms with a verdict of its own for each row of
// Checks, whose note says what it is about.
func examined(t testing.TB) []byte {
	t.Helper()
	f := open(t, unexamined(t))
	for row, cells := range rowsOf(t, f, "Checks") {
		if row > headerRow {
			set(f, "Q", row, "met")
			set(f, "Y", row, cells["C"]+" "+cells["E"]+" "+cells["G"])
		}
	}
	return saved(t, f)
}

// unexamined is the same before anything was filled in.
func unexamined(t testing.TB) []byte {
	t.Helper()
	r := fleet(2)
	for i := range r.Platforms {
		p := &r.Platforms[i]
		p.Name = lang.Same(p.ID)
		p.Verdicts, p.ClauseVerdicts = nil, nil
		for j := range 6 {
			p.Checks[0].Items = append(p.Checks[0].Items, results.Item{Item: fmt.Sprintf("store %d", j), Outcome: finding.Pass, Fact: fmt.Sprintf("sha256:%d%d", i, j)})
		}
	}
	return written(t, r, lang.English)
}

// rowsOf are the cells of a sheet by row and column.
func rowsOf(t testing.TB, f *excelize.File, sheet string) map[int]map[string]string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	out := map[int]map[string]string{}
	for i, row := range rows {
		out[i+1] = map[string]string{}
		for j, cell := range row {
			name, _ := excelize.ColumnNumberToName(j + 1)
			out[i+1][name] = cell
		}
	}
	return out
}

func set(f *excelize.File, column string, row int, value any) {
	_ = f.SetCellValue("Checks", fmt.Sprint(column, row), value)
}

func saved(t testing.TB, f *excelize.File) []byte {
	t.Helper()
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// answered are the rows that came back, each of which has to be about what its note
// says.
func answered(t testing.TB, r *Returned) (n int) {
	t.Helper()
	for _, a := range r.Answers {
		if want := strings.TrimSpace(a.Code + " " + a.Check + " " + a.Item); a.Record.Note != want {
			t.Errorf("the verdict on %q has come to %q", a.Record.Note, want)
		}
		n++
	}
	return n
}

// sorted turns the rows of some columns round, as a sort of those alone does.
func sorted(columns ...string) func(*excelize.File) {
	return func(f *excelize.File) {
		rows, _ := f.GetRows("Checks")
		first, last := firstRow, len(rows)
		for _, c := range columns {
			var values []string
			for row := first; row <= last; row++ {
				value, _ := f.GetCellValue("Checks", fmt.Sprint(c, row))
				values = append(values, value)
			}
			slices.Reverse(values)
			for i, value := range values {
				set(f, c, first+i, value)
			}
		}
	}
}

// turned is a sheet whose every row has been sorted, the header and the hidden one too.
func turned(f *excelize.File) {
	rows, _ := f.GetRows("Checks")
	slices.Reverse(rows)
	for i, row := range rows {
		for j := range 37 {
			_ = f.SetCellValue("Checks", cellName(j+1, i+1), cellOf(row, j))
		}
	}
}

// between are the columns from one to another.
func between(from, to string) (out []string) {
	first, _ := excelize.ColumnNameToNumber(from)
	last, _ := excelize.ColumnNameToNumber(to)
	for i := first; i <= last; i++ {
		name, _ := excelize.ColumnNumberToName(i)
		out = append(out, name)
	}
	return out
}

func all(changes ...func(*excelize.File)) func(*excelize.File) {
	return func(f *excelize.File) {
		for _, change := range changes {
			change(f)
		}
	}
}

func without(columns ...string) func(*excelize.File) {
	return func(f *excelize.File) {
		for _, c := range slices.Backward(columns) {
			_ = f.RemoveCol("Checks", c)
		}
	}
}

func withoutRows(rows ...int) func(*excelize.File) {
	return func(f *excelize.File) {
		for _, row := range slices.Backward(rows) {
			_ = f.RemoveRow("Checks", row)
		}
	}
}

func at(cell string, value any) func(*excelize.File) {
	return func(f *excelize.File) { _ = f.SetCellValue("Checks", cell, value) }
}

func merged(from, to string) func(*excelize.File) {
	return func(f *excelize.File) { _ = f.MergeCell("Checks", from, to) }
}

// swapped exchanges the cells of a column in two rows.
func swapped(column string, one, other int) func(*excelize.File) {
	return func(f *excelize.File) {
		x, _ := f.GetCellValue("Checks", fmt.Sprint(column, one))
		y, _ := f.GetCellValue("Checks", fmt.Sprint(column, other))
		set(f, column, one, y)
		set(f, column, other, x)
	}
}

// filledDown copies what is filled in, with the hidden column in its midst.
func filledDown(f *excelize.File, from, to int) {
	for row := from + 1; row <= to; row++ {
		for _, c := range between("Q", "AK") {
			value, _ := f.GetCellValue("Checks", fmt.Sprint(c, from))
			set(f, c, row, value)
		}
		note := ""
		for _, c := range []string{"C", "E", "G"} {
			value, _ := f.GetCellValue("Checks", fmt.Sprint(c, row))
			note = strings.TrimSpace(note + " " + value)
		}
		set(f, "Y", row, note)
	}
}

// put puts a cell into a column, or takes one out where by is -1, and moves those below
// it with their names, as programs do.
func put(column string, at, by int) func(*excelize.File) {
	return func(f *excelize.File) {
		rows, _ := f.GetRows("Checks")
		var values []string
		for row := at; row <= len(rows); row++ {
			value, _ := f.GetCellValue("Checks", fmt.Sprint(column, row))
			values = append(values, value)
			set(f, column, row, nil)
		}
		for i, value := range values {
			if by > 0 || i > 0 {
				set(f, column, at+i+by, value)
			}
		}
		cell := regexp.MustCompile(`\$` + column + `\$(\d+)`)
		for i := range f.WorkBook.DefinedNames.DefinedName {
			name := &f.WorkBook.DefinedNames.DefinedName[i]
			name.Data = cell.ReplaceAllStringFunc(name.Data, func(found string) string {
				row, _ := strconv.Atoi(cell.FindStringSubmatch(found)[1])
				switch {
				case row < at:
					return found
				case row == at && by < 0:
					return "#REF!"
				}
				return fmt.Sprintf("$%s$%d", column, row+by)
			})
		}
	}
}

// inserted puts a column of the assessor's own in.
func inserted(column string) func(*excelize.File) {
	return func(f *excelize.File) {
		_ = f.InsertCols("Checks", column, 1)
		set(f, column, headerRow, "my papers")
		set(f, column, 5, "see folder 3")
	}
}

// Whatever is done to a workbook that was filled in, its verdicts come back for
// what they were given on, or the import says which cell keeps them from it.
func TestNothingIsLostWithoutAWord(t *testing.T) {
	const whole = 20
	good := examined(t)
	for name, c := range map[string]struct {
		mangle func(*excelize.File)
		// want is the cell that is refused, or how many verdicts are kept.
		want any
	}{
		"nothing":                                  {func(*excelize.File) {}, whole},
		"sorted, all columns":                      {sorted(between("A", "AK")...), whole},
		"sorted, without the hidden column":        {sorted(between("B", "AK")...), whole},
		"sorted, without hidden column and number": {sorted(between("C", "AK")...), "Checks!C3"},
		"sorted, declared columns alone":           {sorted(between("B", "P")...), "Checks!A3"},
		"sorted, filled columns alone":             {sorted(between("Q", "AK")...), "Checks!A3"},
		"sorted, verdicts and methods alone":       {sorted(between("Q", "S")...), "Checks!A3"},
		"sorted, notes and numbers alone":          {sorted(between("Y", "AA")...), "Checks!A3"},
		"sorted, the last two alone":               {sorted(between("AI", "AK")...), "Checks!A3"},
		"a cell put into verdicts and notes":       {all(put("Q", 6, 1), put("Y", 6, 1)), "Checks!Q4: somewhere in rows 4 to 20"},
		"into notes alone":                         {put("Y", 21, 1), "Checks!Y20: somewhere in rows 20 to 23"},
		"into each column to fill in":              {all(put("Q", 6, 1), put("S", 6, 1), put("U", 6, 1), put("W", 6, 1), put("Y", 6, 1)), "Checks!Y4"},
		"a cell taken out":                         {all(put("Q", 22, -1), put("Y", 22, -1)), "Checks!Y20: somewhere in rows 20 to 22"},
		"put in and taken out":                     {all(put("Q", 5, 1), put("Y", 5, 1), put("Q", 22, -1), put("Y", 22, -1)), "Checks!Q4: somewhere in rows 4 to 20"},
		"put in and taken out again":               {all(put("Q", 6, 1), put("Q", 6, -1)), whole},
		"filled down":                              {func(f *excelize.File) { filledDown(f, 5, 9) }, whole},
		"sorted, only the checks":                  {sorted("E"), "Checks!E3"},
		"sorted with the header":                   {turned, "Checks!A1"},
		"filtered":                                 {func(f *excelize.File) { _ = f.SetRowVisible("Checks", 5, false) }, whole},
		"the first row is gone":                    {withoutRows(1), whole},
		"the header is gone":                       {withoutRows(2), whole},
		"both are gone":                            {withoutRows(1, 2), "Checks!A1"},
		"the hidden column is gone":                {without("A"), whole},
		"hidden row and column are gone":           {all(without("A"), withoutRows(1)), whole},
		"the numbers are gone":                     {without("B"), whole},
		"ids and numbers are gone":                 {without("A", "B"), whole},
		"numbers gone, then sorted":                {all(sorted(between("C", "AK")...), without("B")), whole},
		"check and number are gone":                {without("B", "E"), "Checks!2:2"},
		"platform, check and item are gone":        {without("C", "E", "G"), whole},
		"these are gone, and it is sorted":         {all(sorted(between("B", "AK")...), without("C", "E", "G")), "Checks!B3"},
		"a declared column is gone":                {without("N"), whole},
		"the verdicts are gone":                    {without("Q"), "Checks!2:2"},
		"the statements are gone":                  {without("AK"), "Checks!2:2"},
		"merged down":                              {merged("Q5", "Q8"), "Checks!Q5"},
		"merged across":                            {merged("Y5", "AA5"), "Checks!Y5"},
		"merged from above":                        {merged("Q2", "Q4"), "Checks!Q3"},
		"merged beside":                            {merged("AM5", "AM8"), whole},
		"merged in the header":                     {merged("Q2", "S2"), whole},
		"a title is changed":                       {at("F5", "mine"), "Checks!F5"},
		"an item is changed":                       {at("G5", "store 99"), "Checks!G5"},
		"an outcome is changed":                    {at("I5", "not met"), "Checks!I5"},
		"a declared cell is emptied":               {at("F5", nil), "Checks!F5"},
		"a verdict in the wrong column":            {all(at("Q5", nil), at("Y5", nil), at("P5", "met")), "Checks!P5"},
		"a number is changed":                      {at("B5", "BBBB-BBBB"), "Checks!B5"},
		"numbers are swapped":                      {swapped("B", 5, 6), "Checks!G5"},
		"numbers are renumbered":                   {at("B5", 1), "Checks!B5"},
		"hidden ids are swapped":                   {swapped("A", 5, 6), whole},
		"hidden ids are renumbered":                {at("A5", 3), whole},
		"checks are swapped":                       {swapped("G", 5, 6), "Checks!G5"},
		"platforms are swapped":                    {swapped("C", 3, 13), "Checks!C3"},
		"a row is copied":                          {func(f *excelize.File) { _ = f.DuplicateRow("Checks", 5) }, "Checks!A6"},
		"a row is deleted":                         {withoutRows(5), whole - 1},
		"rows of one's own above":                  {func(f *excelize.File) { _ = f.InsertRows("Checks", 1, 3) }, whole},
		"rows of one's own between":                {func(f *excelize.File) { _ = f.InsertRows("Checks", 5, 2) }, whole},
		"a note below":                             {at("F40", "signed"), whole},
		"a signature in an input column below":     {at("Y40", "signed"), "Checks!A40"},
		"columns of one's own":                     {all(inserted("B"), inserted("F"), inserted("S")), whole},
		"the sheet is renamed":                     {func(f *excelize.File) { _ = f.SetSheetName("Checks", "my round's 1") }, whole},
		"the sheet is copied": {func(f *excelize.File) {
			to, _ := f.NewSheet("copy")
			from, _ := f.GetSheetIndex("Checks")
			_ = f.CopySheet(from, to)
		}, "copy!A3"},
		"the clauses are deleted":   {func(f *excelize.File) { _ = f.DeleteSheet("Clauses") }, whole},
		"a header is another's":     {swapped("Q", 2, 2), whole},
		"headers are swapped":       {all(at("Q2", "method"), at("S2", "assessor's verdict")), "Checks!S2"},
		"ids have moved":            {all(at("Q1", "method"), at("S1", "verdict")), "Checks!S2"},
		"a header is renamed":       {at("Y2", "what we saw"), whole},
		"a header, without its id":  {all(at("Y2", "what we saw"), withoutRows(1)), "Checks!1:1"},
		"a column is there twice":   {all(at("AM1", "verdict"), at("AM2", "assessor's verdict")), "Checks!AM2"},
		"one id is gone":            {at("Q1", nil), whole},
		"the overview is gone":      {func(f *excelize.File) { _ = f.DeleteSheet("Overview") }, whole},
		"all sheets but the ledger": {func(f *excelize.File) { _ = f.DeleteSheet("Clauses"); _ = f.DeleteSheet("Checks") }, "gone"},
		"the ledger is gone":        {func(f *excelize.File) { _ = f.DeleteSheet(ledgerSheet) }, "sheet _hegui"},
		"the ledger is sorted":      {func(f *excelize.File) { _ = f.DuplicateRow(ledgerSheet, 9) }, "has been changed"},
		"wrapped and padded":        {at("F5", " kept  \n"), whole},
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t, good)
			c.mangle(f)
			r, problems, err := Read(t.Context(), saved(t, f))
			said := fmt.Sprint(err)
			for _, p := range problems {
				said += "\n" + p.Cell + ": " + p.Message.EN
			}
			switch want := c.want.(type) {
			case int:
				if err != nil || len(problems) > 0 {
					t.Fatalf("refused: %s", said)
				}
				if n := answered(t, r); n != want {
					t.Errorf("%d verdicts are kept, want %d", n, want)
				}
			case string:
				if err == nil && len(problems) == 0 {
					t.Fatalf("%d verdicts are taken, want a refusal at %s", answered(t, r), want)
				}
				if !strings.Contains(said, want) {
					t.Errorf("want %s refused: %s", want, said)
				}
			}
		})
	}
}

// Where the hidden names are lost the import says that it cannot see whether cells were
// moved; a sheet in which there is nothing to fill in needs none.
func TestLostNamesAreTold(t *testing.T) {
	f := open(t, examined(t))
	f.WorkBook.DefinedNames = nil
	r, problems, err := Read(t.Context(), saved(t, f))
	if err != nil || len(problems) > 0 || answered(t, r) != 20 || len(r.Notes) != 2 || !strings.Contains(r.Notes[0].EN, "lost hidden names") {
		t.Errorf("%v, %v, %v", r.Notes, problems, err)
	}
	one := fleet(1)
	one.Platforms[0].Clauses, one.Platforms[0].ClauseVerdicts = nil, nil
	if r, problems, err = Read(t.Context(), written(t, one, lang.English)); err != nil || len(problems) > 0 || len(r.Notes) > 0 {
		t.Errorf("without clauses: %v, %v, %v", r.Notes, problems, err)
	}
}

// Whatever run of the columns to fill in is sorted without the others, it shows: two
// that are neighbours are in each.
func TestAnyTwoColumnsSortedAloneAreRefused(t *testing.T) {
	good, columns, before := examined(t), (&book{styles: &styles{}}).checks().columns, ""
	for i, c := range columns {
		if !c.input {
			continue
		}
		name, _ := excelize.ColumnNumberToName(i + 1)
		if before != "" {
			f := open(t, good)
			sorted(between(before, name)...)(f)
			if _, problems, err := Read(t.Context(), saved(t, f)); err != nil || len(problems) == 0 {
				t.Errorf("%s to %s: %v, %v", before, name, problems, err)
			}
		}
		before = name
	}
}

// One column alone takes nothing with it. Verdicts that a sort has put together are
// known by that, where nobody would have filled them in so.
func TestVerdictsSortedAloneAreRefused(t *testing.T) {
	r := fleet(1)
	r.Platforms[0].Verdicts, r.Platforms[0].ClauseVerdicts = nil, nil
	for i := range 40 {
		r.Platforms[0].Checks[0].Items = append(r.Platforms[0].Checks[0].Items, results.Item{Item: fmt.Sprintf("store %d", i), Outcome: finding.Pass})
	}
	blank := written(t, r, lang.English)
	read := func(mangle func(*excelize.File)) string {
		f := open(t, blank)
		mangle(f)
		_, problems, err := Read(t.Context(), saved(t, f))
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(problems)
	}
	fill := func(rows, change int, last string) func(*excelize.File) {
		return func(f *excelize.File) {
			for i := range rows {
				set(f, "Q", firstRow+1+i, "met")
				if i >= change {
					set(f, "Q", firstRow+1+i, last)
				}
			}
			set(f, "Q", firstRow, "met")
		}
	}
	if said := read(fill(30, 20, "partly met")); !strings.Contains(said, "Checks!Q3") || !strings.Contains(said, "sort whole rows by number") {
		t.Errorf("sorted alone: %s", said)
	}
	for name, mangle := range map[string]func(*excelize.File){
		"all alike":   fill(30, 30, ""),
		"a few":       fill(10, 9, "partly met"),
		"with a note": all(fill(30, 20, "partly met"), func(f *excelize.File) { set(f, "Y", 30, "seen") }),
		"a gap":       all(fill(30, 20, "partly met"), at("Q9", nil)),
		"whole rows":  all(fill(30, 20, "partly met"), sorted(between("A", "AK")...)),
	} {
		if said := read(mangle); strings.Contains(said, "sort") {
			t.Errorf("%s: %s", name, said)
		}
	}
}

// with is a workbook with more in its sheet of checks.
func with(t testing.TB, data []byte, rows string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	files := parts(t, data)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		text := files[name]
		if name == "xl/worksheets/sheet3.xml" {
			text = strings.Replace(text, "</sheetData>", rows+"</sheetData>", 1)
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write([]byte(text))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A stray cell at the end of the sheet, or a hundred thousand rows with nothing in
// them, cost what their bytes cost, and take no verdict with them.
func TestWorkIsBounded(t *testing.T) {
	good := examined(t)
	cost := func(data []byte) float64 {
		return testing.AllocsPerRun(1, func() {
			r, problems, err := Read(t.Context(), data)
			if err != nil || len(problems) > 0 || len(r.Answers) != 20 {
				t.Fatalf("%+v, %v", problems, err)
			}
		})
	}
	usual := cost(with(t, good, ""))
	if far := cost(with(t, good, `<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>`)); far > usual+100 {
		t.Errorf("a cell at XFD1048576 costs %.0f allocations more than %.0f", far-usual, usual)
	}
	const rows = 100_000
	if empty := cost(with(t, good, strings.Repeat(`<row r="99"/>`, rows))); empty > usual+10*rows {
		t.Errorf("%d empty rows cost %.0f allocations more than %.0f", rows, empty-usual, usual)
	}
}

// One bad byte is answered with what is damaged; a run that is ended ends.
func TestDamageAndInterruption(t *testing.T) {
	good := examined(t)
	for _, bad := range []string{"\x1e", "\xff", "<", "&x;"} {
		_, _, err := Read(t.Context(), with(t, good, `<row r="99"><c t="inlineStr"><is><t>`+bad+`</t></is></c></row>`))
		var unreadable *UnreadableError
		if !errors.As(err, &unreadable) || !strings.Contains(unreadable.EN, "damaged") || !strings.Contains(unreadable.EN, "sheet3.xml") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, _, err := Read(ended, good); !errors.Is(err, context.Canceled) {
		t.Errorf("a run that was ended: %v", err)
	}
}

// What would not be taken back is not written.
func TestTooLargeIsNotWritten(t *testing.T) {
	r := fleet(1)
	c := &r.Platforms[0].Checks[0]
	c.Title = lang.Same(strings.Repeat("x", 30_000))
	for len(c.Items) < 3000 {
		c.Items = append(c.Items, results.Item{Outcome: finding.Pass})
	}
	w, err := Begin(r.Begun(), lang.English)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	var large *TooLargeError
	if err := w.Platform(&r.Platforms[0]); !errors.As(err, &large) || !strings.Contains(large.Text().EN, "hegui scorecard") {
		t.Errorf("%v", err)
	}
}
