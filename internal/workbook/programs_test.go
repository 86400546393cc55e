package workbook

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/trial"
	"hegui/internal/webtest"
)

// Other programs keep what we need, whatever else they drop: exceljs the styles and
// half of what is hidden, SheetJS no style at all. Rows are sorted without the hidden
// column in the one, columns turned round in the other.
func TestExceljsAndSheetJSKeepIt(t *testing.T) {
	trial.NeedsPrograms(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "written.xlsx")
	if err := os.WriteFile(file, unexamined(t), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, program := range []string{"exceljs", "sheetjs"} {
		out := filepath.Join(dir, program+".xlsx")
		webtest.Node(t, "resave.js", program, file, out)
		keeps(t, program, out)
	}
}

// Some of the columns to fill in, sorted in exceljs without the others and saved again
// in LibreOffice, are refused with the cell.
func TestPartlySortedInExceljsAndLibreOffice(t *testing.T) {
	trial.NeedsPrograms(t)
	dir := t.TempDir()
	file, out := filepath.Join(dir, "written.xlsx"), filepath.Join(dir, "part.xlsx")
	if err := os.WriteFile(file, unexamined(t), 0o644); err != nil {
		t.Fatal(err)
	}
	webtest.Node(t, "resave.js", "part", file, out)
	office(t, out, "xlsx:Calc MS Excel 2007 XML", filepath.Join(dir, "again"))
	for _, name := range []string{out, filepath.Join(dir, "again", "part.xlsx")} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r, problems, err := Read(t.Context(), data)
		if err != nil || len(problems) == 0 || problems[0].Cell != "Checks!A3" || !strings.Contains(problems[0].Message.EN, "sort whole rows") {
			t.Errorf("%s: %d taken, %v, %v", filepath.Base(filepath.Dir(name)), len(r.Answers), problems, err)
		}
	}
}

// A cell that LibreOffice puts into the columns of verdicts and notes moves their anchors
// with what was filled in, and a row that it puts in those of all columns.
func TestShiftedInLibreOffice(t *testing.T) {
	trial.NeedsPrograms(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "filled.xlsx")
	if err := os.WriteFile(file, examined(t), 0o644); err != nil {
		t.Fatal(err)
	}
	office(t, file, "csv", dir) // which makes the profile that holds the macro
	if err := os.WriteFile(filepath.Join(dir, "profile/user/basic/Standard/Module1.xba"), []byte(shifting), 0o644); err != nil {
		t.Fatal(err)
	}
	for to, c := range map[string]struct{ cells, want string }{
		"cells.xlsx": {"Q6;Y6", "Checks!Q4: somewhere in rows 4 to 20"},
		"rows.xlsx":  {"A6:AZ6", ""},
	} {
		out := filepath.Join(dir, to)
		command := exec.CommandContext(t.Context(), "soffice", "--headless", "--norestore", "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
			fmt.Sprintf(`macro:///Standard.Module1.Shift("%s","%s","%s")`, filepath.ToSlash(file), filepath.ToSlash(out), c.cells))
		if said, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		r, problems, err := Read(t.Context(), data)
		if err != nil {
			t.Fatal(err)
		}
		said := ""
		for _, p := range problems {
			said += p.Cell + ": " + p.Message.EN + "\n"
		}
		if !strings.Contains(said, c.want) || (c.want == "") != (said == "") || c.want == "" && answered(t, r) != 20 {
			t.Errorf("%s: %d taken, %s", to, len(r.Answers), said)
		}
	}
}

// shifting is a macro that puts cells in and moves those below them down.
const shifting = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Shift(from As String, out As String, places As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL("file://" + from, "_blank", 0, hidden())
  sheet = doc.Sheets.getByName("Checks")
  For Each place In Split(places, ";")
    sheet.insertCells(sheet.getCellRangeByName(place).RangeAddress, com.sun.star.sheet.CellInsertMode.DOWN)
  Next
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "Calc MS Excel 2007 XML"
  doc.storeToURL("file://" + out, filter())
  doc.close(True)
End Sub
</script:module>
`

// keeps holds a workbook that a program has saved to what was filled in.
func keeps(t *testing.T, program, file string) *Returned {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, problems, err := Read(t.Context(), data)
	if err != nil || len(problems) > 0 {
		t.Fatalf("%s: %+v, %v", program, problems, err)
	}
	if n := answered(t, r); n != 20 || len(r.Notes) > 1 || len(r.Notes) == 1 && !strings.Contains(r.Notes[0].EN, "sorted without their hidden ids") {
		t.Errorf("%s: %d verdicts are kept, want 20, notes %v", program, n, r.Notes)
	}
	for _, a := range r.Answers {
		if program != "LibreOffice" && (methods(a) != "interview test" || a.Record.Deadline != "2027-03-31") {
			t.Errorf("%s: methods %q, deadline %q", program, methods(a), a.Record.Deadline)
		}
	}
	return r
}

// office has LibreOffice convert a file into a format in a folder.
func office(t *testing.T, file, format, dir string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "soffice", "--headless", "--norestore", "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
		"--convert-to", format, "--outdir", dir, file)
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("soffice (apt-get install libreoffice-calc): %v\n%s", err, out)
	}
}

// What was filled in comes through a save in LibreOffice, and what is printed there says
// on every page of what platform and day it is, under a head that is repeated.
func TestSavedAndPrintedInLibreOffice(t *testing.T) {
	trial.NeedsPrograms(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "filled.xlsx")
	if err := os.WriteFile(file, examined(t), 0o644); err != nil {
		t.Fatal(err)
	}
	again := filepath.Join(dir, "again")
	office(t, file, "xlsx:Calc MS Excel 2007 XML", again)
	keeps(t, "LibreOffice", filepath.Join(again, "filled.xlsx"))

	one := fleet(1)
	one.Platforms[0].Name = lang.Same("One & only platform")
	for len(one.Platforms[0].Checks) < 60 {
		one.Platforms[0].Checks = append(one.Platforms[0].Checks, one.Platforms[0].Checks[0])
	}
	printed := filepath.Join(dir, "printed.xlsx")
	if err := os.WriteFile(printed, written(t, one, lang.English), 0o644); err != nil {
		t.Fatal(err)
	}
	office(t, printed, "pdf", dir)
	info, err := exec.CommandContext(t.Context(), "pdfinfo", filepath.Join(dir, "printed.pdf")).Output()
	if err != nil || !strings.Contains(string(info), "841.89 x 595") {
		t.Errorf("not A4 across: %v\n%s", err, info)
	}
	text := pages(t.Context(), t, filepath.Join(dir, "printed.pdf"))
	if len(text) < 8 {
		t.Fatalf("%d pages", len(text))
	}
	checks := 0
	for i, page := range text {
		if !strings.Contains(page, "One & only platform") || !strings.Contains(page, "as of 2026-12-01") {
			t.Errorf("page %d does not say whose it is:\n%.300s", i+1, page)
		}
		if strings.Contains(page, "Checks   ") || strings.Contains(page, " Checks ") && strings.Contains(page, "self-declared") {
			if checks++; i > 0 && !strings.Contains(page, "number") {
				t.Errorf("page %d lacks the head:\n%.300s", i+1, page)
			}
		}
	}
	if checks < 3 {
		t.Errorf("%d pages of checks", checks)
	}
}

func pages(ctx context.Context, t *testing.T, pdf string) []string {
	t.Helper()
	out, err := exec.CommandContext(ctx, "pdftotext", "-layout", pdf, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (apt-get install poppler-utils): %v", err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}
