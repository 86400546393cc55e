package cli_test

import (
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// fill does what an assessor does in a spreadsheet program: it finds the row of
// a check's item (or of a clause, where the item is ".") and writes into it.
//
//	fill FILE CHECK|CLAUSE ITEM COLUMN=VALUE…
//
// A value that is a number becomes one; one that begins with "=" a formula.
// The column is one of the hidden ids.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 {
		ts.Fatalf("usage: fill FILE CHECK|CLAUSE ITEM COLUMN=VALUE…")
	}
	edit(ts, args[0], func(f *excelize.File) {
		sheet, columns, rows := table(ts, f, args[2] == ".")
		at := slices.IndexFunc(rows, func(row []string) bool {
			if args[2] == "." {
				return cellAt(row, columns["clause"]) == args[1]
			}
			return cellAt(row, columns["check"]) == args[1] && cellAt(row, columns["item"]) == args[2]
		})
		if at < 0 {
			ts.Fatalf("%s has no row %s %s", sheet, args[1], args[2])
		}
		for _, arg := range args[3:] {
			id, value, _ := strings.Cut(unquote(arg), "=")
			column, ok := columns[id]
			if !ok {
				ts.Fatalf("%s has no column %q", sheet, id)
			}
			put(ts, f, sheet, column+1, at+1, value)
		}
	})
}

// name writes into a cell that has a name: name FILE NAME VALUE.
func name(ts *testscript.TestScript, _ bool, args []string) {
	edit(ts, args[0], func(f *excelize.File) {
		for _, n := range f.GetDefinedName() {
			if n.Name == args[1] {
				sheet, ref, _ := strings.Cut(n.RefersTo, "!")
				column, row, err := excelize.CellNameToCoordinates(strings.ReplaceAll(ref, "$", ""))
				ts.Check(err)
				put(ts, f, strings.Trim(sheet, "'"), column, row, args[2])
				return
			}
		}
		ts.Fatalf("no cell is called %s", args[1])
	})
}

func put(ts *testscript.TestScript, f *excelize.File, sheet string, column, row int, value string) {
	ref, err := excelize.CoordinatesToCellName(column, row)
	ts.Check(err)
	if formula, ok := strings.CutPrefix(value, "="); ok {
		ts.Check(f.SetCellFormula(sheet, ref, formula))
		return
	}
	if n, err := strconv.Atoi(value); err == nil {
		ts.Check(f.SetCellValue(sheet, ref, n))
		return
	}
	ts.Check(f.SetCellStr(sheet, ref, value))
}

// rearrange leaves a workbook as assessors do: rows sorted the other way round,
// a column and a row of their own put in, sheets renamed.
func rearrange(ts *testscript.TestScript, _ bool, args []string) {
	edit(ts, args[0], func(f *excelize.File) {
		sheet, _, rows := table(ts, f, false)
		for i, j := 2, len(rows)-1; i < j; i, j = i+1, j-1 {
			rows[i], rows[j] = rows[j], rows[i]
		}
		width := 0
		for _, row := range rows {
			width = max(width, len(row))
		}
		for i, row := range rows[2:] {
			for column := range width {
				put(ts, f, sheet, column+1, i+3, cellAt(row, column))
			}
		}
		ts.Check(f.InsertCols(sheet, "B", 1))
		ts.Check(f.SetCellStr(sheet, "B5", "see my own papers"))
		ts.Check(f.InsertRows(sheet, 4, 1))
		ts.Check(f.SetSheetName(sheet, "Round 1"))
	})
}

// pins copies a file to "pinned" with the digests of its facts masked.
func pins(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs("pinned"), []byte(masked(ts.ReadFile(args[0]))), 0o644))
}

// prepend puts a line before a file.
func prepend(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(args[1]+"\n"+ts.ReadFile(args[0])), 0o644))
}

// repeat copies the row of a check's item below itself.
func repeat(ts *testscript.TestScript, _ bool, args []string) {
	edit(ts, args[0], func(f *excelize.File) {
		sheet, columns, rows := table(ts, f, false)
		for i, row := range rows {
			if cellAt(row, columns["check"]) == args[1] {
				ts.Check(f.DuplicateRow(sheet, i+1))
				return
			}
		}
		ts.Fatalf("%s has no row %s", sheet, args[1])
	})
}

func edit(ts *testscript.TestScript, file string, change func(*excelize.File)) {
	f, err := excelize.OpenFile(ts.MkAbs(file))
	ts.Check(err)
	change(f)
	ts.Check(f.SaveAs(ts.MkAbs(file)))
	ts.Check(f.Close())
}

// table finds a sheet by its hidden ids.
func table(ts *testscript.TestScript, f *excelize.File, clauses bool) (sheet string, columns map[string]int, rows [][]string) {
	id := "hegui:checks"
	if clauses {
		id = "hegui:clauses"
	}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		ts.Check(err)
		if len(rows) == 0 || !slices.Contains(rows[0], id) {
			continue
		}
		columns := map[string]int{}
		for i, name := range rows[0] {
			columns[name] = i
		}
		return sheet, columns, rows
	}
	ts.Fatalf("no sheet holds %s", id)
	return "", nil, nil
}

func cellAt(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}
