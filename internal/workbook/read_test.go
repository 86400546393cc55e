package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hegui/internal/lang"
	"hegui/internal/trial"
)

// changed is a workbook that somebody has worked on.
func changed(t testing.TB, change func(f *excelize.File)) []byte {
	t.Helper()
	f := open(t, written(t, fleet(1), lang.English))
	change(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// methods are those of an answer in one line.
func methods(a Answer) string { return strings.Join(a.Record.Methods, " ") }

func cells(values map[string]any) func(f *excelize.File) {
	return func(f *excelize.File) {
		for cell, value := range values {
			_ = f.SetCellValue("Checks", cell, value)
		}
	}
}

func TestRead(t *testing.T) {
	r, problems, err := Read(t.Context(), changed(t, cells(map[string]any{"Q3": " MET ", "U3": 12, "AG3": "2026/3/9", "Y3": " seen\r\nthere "})))
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	if r.Rulebook != "sha256:1f" || r.AsOf != "2026-12-01" || r.Commit != "c0ffee" || r.Audience != "assessor" || r.By.Value+r.On.Value != "" {
		t.Errorf("%+v", r)
	}
	if len(r.Answers) != 3 || r.Answers[0].Clause != "4.4.2" || r.Answers[2].Item != "mail" {
		t.Fatalf("%+v", r.Answers)
	}
	a := r.Answers[1]
	if a.Check != "stores.kept" || a.Item != "files" || a.Code != "p0" || a.Fact != "sha256:aa" || a.Verdict != "met" || *a.Record.Population != 12 ||
		a.Record.Deadline != "2026-03-09" || a.Record.Note != "seen\nthere" || a.Row != "Checks!A3" || a.Cell("deadline") != "Checks!AG3" {
		t.Errorf("%+v", a)
	}
	// What stood there before comes back as it was.
	if m := r.Answers[2]; m.Verdict != "not_met" || m.Record.Deadline != "2026-12-31" || m.Record.Risk != "high" || methods(m) != "test" || *m.Record.Sample != 7 {
		t.Errorf("%+v", m)
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[any]string{46387: "2026-12-31", "46387": "2026-12-31", 46387.75: "2026-12-31", "2026-12-31": "2026-12-31", "2026.1.2": "2026-01-02",
		"2027年3月31日": "2027-03-31", 20270331: "2027-03-31", "20270331": "2027-03-31", "２０２７/３/３１": "2027-03-31", "2027-03-31T00:00:00.000Z": "2027-03-31", "2027-03-31T00:00:00": "2027-03-31"} {
		r, problems, err := Read(t.Context(), changed(t, cells(map[string]any{"Q3": "met", "AG3": text})))
		if err != nil || len(problems) > 0 || r.Answers[1].Record.Deadline != want {
			t.Errorf("%v: %v, %v", text, problems, err)
		}
	}
	r, problems, err := Read(t.Context(), changed(t, func(f *excelize.File) {
		yes := true
		_ = f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes})
		cells(map[string]any{"Q3": "met", "AG3": 46387 - 1462})(f)
	}))
	if err != nil || len(problems) > 0 || r.Answers[1].Record.Deadline != "2026-12-31" {
		t.Errorf("counted from 1904: %+v, %v, %v", r, problems, err)
	}
	for _, text := range []any{-1, 12, 1e9, "soon", "2026-02-30", "NaN", "3/9/2026", "27-3-31", "2027年3月", 20270231, "2199-12-31"} {
		if _, problems, err := Read(t.Context(), changed(t, cells(map[string]any{"Q3": "met", "AG3": text}))); err != nil || len(problems) != 1 || problems[0].Cell != "Checks!AG3" {
			t.Errorf("%v: %v, %v", text, problems, err)
		}
	}
}

// What a program has taken for a date is one, and no number: 3-5 is not 46145 of
// anything.
func TestCellsThatBecameDates(t *testing.T) {
	dated := "yyyy/m/d"
	typed := func(format string) func(*excelize.File) {
		return func(f *excelize.File) {
			cells(map[string]any{"Q3": "met", "U3": 46145, "Y3": 46145, "AA3": 46145})(f)
			for cell, format := range map[string]*string{"U3": &format, "Y3": &format, "AA3": &dated} {
				style, _ := f.NewStyle(&excelize.Style{CustomNumFmt: format})
				_ = f.SetCellStyle("Checks", cell, cell, style)
			}
		}
	}
	for _, format := range []string{"yyyy-mm-dd", `m"月"d"日"`, "[$-804]yyyy"} {
		_, problems, err := Read(t.Context(), changed(t, typed(format)))
		if err != nil || len(problems) != 1 || problems[0].Cell != "Checks!U3" || !strings.Contains(problems[0].Message.EN, "this is a date, 2026-05-03") {
			t.Errorf("%s: %v, %v", format, problems, err)
		}
	}
	for _, format := range []string{"0", `0"day"`, "[Red]0", "mm:ss"} {
		r, problems, err := Read(t.Context(), changed(t, typed(format)))
		if err != nil || len(problems) > 0 || *r.Answers[1].Record.Population != 46145 || r.Answers[1].Record.Note != "46145" || r.Answers[1].Record.EvidenceNumber != "2026-05-03" {
			t.Errorf("%s: %v, %v", format, problems, err)
		}
	}
}

func TestProblemsKnowTheirCells(t *testing.T) {
	for name, c := range map[string]struct {
		change func(f *excelize.File)
		want   string
	}{
		"a row that was added": {cells(map[string]any{"Q9": "met"}), "Checks!A9"},
		"a formula without a value": {func(f *excelize.File) {
			_ = f.SetCellFormula("Checks", "Q3", `IF(TRUE,"met")`)
		}, "Checks!Q3"},
		"too long":          {cells(map[string]any{"Q3": "met", "Y3": strings.Repeat("x", 8001)}), "Checks!Y3"},
		"a negative number": {cells(map[string]any{"Q3": "met", "U3": -1}), "Checks!U3"},
		"nobody sees":       {cells(map[string]any{"Q3": "met", "Y3": "a\u200bb"}), "Checks!Y3"},
		"no sample":         {cells(map[string]any{"Q3": "met", "U3": 3, "W3": 0}), "Checks!W3"},
		"a large sample":    {cells(map[string]any{"Q3": "met", "U3": "1,200", "W3": "１２０１"}), "Checks!W3"},
		"no word":           {cells(map[string]any{"Q3": "met", "S3": "访谈、观察"}), "Checks!S3"},
	} {
		_, problems, err := Read(t.Context(), changed(t, c.change))
		if err != nil || len(problems) != 1 || problems[0].Cell != c.want || problems[0].Message.ZH == "" {
			t.Errorf("%s: %+v, %v, want %s", name, problems, err, c.want)
		}
	}
	// Those of the overview are only in the way where no flag says it.
	for cell, formula := range map[string]bool{"B5": true, "B6": false} {
		r, problems, err := Read(t.Context(), changed(t, func(f *excelize.File) {
			if formula {
				_ = f.SetCellFormula("Overview", cell, "A1")
			} else {
				_ = f.SetCellStr("Overview", cell, "today")
			}
		}))
		if err != nil || len(problems) > 0 {
			t.Fatal(problems, err)
		}
		if found := slices.Concat(r.By.Problems, r.On.Problems); len(found) != 1 || found[0].Cell != "Overview!"+cell {
			t.Errorf("%s: %+v", cell, found)
		}
	}
	r, _, err := Read(t.Context(), changed(t, func(f *excelize.File) { _ = f.SetCellStr("Overview", "B5", "岗") }))
	if err != nil || len(r.By.Problems) != 1 || !strings.Contains(r.By.Problems[0].Message.EN, "is not a post") {
		t.Errorf("a post of one character: %+v, %v", r.By, err)
	}
}

// Values are understood as people type them.
func TestValuesAsTyped(t *testing.T) {
	for text, want := range map[any]int64{12: 12, "12": 12, "1,200": 1200, "１０": 10, "十二": 12, "12个": 12, 12.0: 12} {
		r, problems, err := Read(t.Context(), changed(t, cells(map[string]any{"Q3": "met", "U3": text})))
		if err != nil || len(problems) > 0 || *r.Answers[1].Record.Population != want {
			t.Errorf("%v: %+v, %v", text, problems, err)
		}
	}
	for text, want := range map[string]string{"访谈、核查": "interview examination", "test; interview": "interview test", "核查 核查": "examination", "Interview and Test": "interview test", "测试": "test"} {
		r, problems, err := Read(t.Context(), changed(t, cells(map[string]any{"Q3": "met", "S3": text})))
		if err != nil || len(problems) > 0 || methods(r.Answers[1]) != want {
			t.Errorf("%s: %+v, %v", text, problems, err)
		}
	}
}

// A verdict that is not one of ours is not guessed to be its opposite.
func TestVerdictsAreNotTurnedRound(t *testing.T) {
	for text, meant := range map[string]string{"基本符合": "", "unmet": "", "met, mostly": "", "符合（见附件）": "", "未符合": "", "mett": "met", "符合。": "符合", "不 符合": "不符合", "不適用": "不适用", "partially met": "partly met"} {
		_, problems, err := Read(t.Context(), changed(t, cells(map[string]any{"Q3": text, "Y3": "seen"})))
		if err != nil || len(problems) != 1 {
			t.Fatal(problems, err)
		}
		said := problems[0].Message.EN
		if meant == "" && !strings.HasSuffix(said, "want one of met, partly met, not met, not applicable, not examined") || meant != "" && !strings.HasSuffix(said, "did you mean "+meant+"?") {
			t.Errorf("%s: %s", text, said)
		}
	}
}

// What is no workbook of ours is an error, not a panic and not silence.
func TestUnreadable(t *testing.T) {
	good := written(t, fleet(1), lang.English)
	repacked := func(change func(name, text string) (string, string)) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, text := range parts(t, good) {
			name, text = change(name, text)
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = w.Write([]byte(text))
		}
		_ = z.Close()
		return b.Bytes()
	}
	for name, data := range map[string][]byte{
		"nothing":     nil,
		"text":        []byte("verdicts: []\n"),
		"a password":  []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("x", 600)),
		"half of it":  good[:len(good)/2],
		"no workbook": repacked(func(name, _ string) (string, string) { return "x/" + name, "" }),
		"broken XML":  repacked(func(name, text string) (string, string) { return name, text[:len(text)/2] }),
		"not ours":    changed(t, func(f *excelize.File) { _ = f.DeleteSheet("_hegui") }),
		"another layout": changed(t, func(f *excelize.File) {
			_ = f.SetCellStr("_hegui", "B1", "1")
		}),
		"a ledger made to say something else": changed(t, func(f *excelize.File) { _ = f.SetCellStr("_hegui", "F8", "another") }),
	} {
		_, _, err := Read(t.Context(), data)
		var unreadable *UnreadableError
		if !errors.As(err, &unreadable) || unreadable.ZH == "" || strings.Contains(unreadable.EN, "password") != strings.Contains(name, "password") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A bomb is told before it goes off: by what comes out, not by what the
// archive says of itself; and a text that many cells share counts for each.
func TestBombs(t *testing.T) {
	good := parts(t, written(t, fleet(1), lang.English))
	bomb := func(change func(name, text string) string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, text := range good {
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = w.Write([]byte(change(name, text)))
		}
		_ = z.Close()
		return b.Bytes()
	}
	same := func(_, text string) string { return text }
	bloat := func(with string) func(name, text string) string {
		return func(name, text string) string {
			if name == "xl/worksheets/sheet3.xml" {
				return strings.Replace(text, "</sheetData>", with+"</sheetData>", 1)
			}
			return text
		}
	}
	for name, c := range map[string]struct {
		data []byte
		l    limits
	}{
		"many parts": {bomb(same), limits{parts: 5, bytes: 1 << 20, text: 1 << 20}},
		"much text":  {bomb(bloat(strings.Repeat(" ", 1<<20))), limits{parts: 99, bytes: 1 << 20, text: 1 << 20}},
		"much in cells": {bomb(bloat(`<row r="99">` + strings.Repeat(`<c t="inlineStr"><is><t>`+strings.Repeat("x", 1000)+`</t></is></c>`, 999) + `</row>`)),
			limits{parts: 99, bytes: 1 << 22, text: 1 << 19}},
	} {
		if _, _, err := read(t.Context(), c.data, c.l); err == nil || !strings.Contains(err.Error(), "too large") {
			t.Errorf("%s: %v", name, err)
		}
		if _, _, err := Read(t.Context(), c.data); err != nil {
			t.Errorf("%s, within the limits: %v", name, err)
		}
	}
	// The size in the directory is a lie.
	data := bomb(bloat(strings.Repeat(" ", 1<<20)))
	at := bytes.LastIndex(data, []byte("PK\x01\x02"))
	copy(data[at+24:], []byte{1, 0, 0, 0})
	if _, _, err := read(t.Context(), data, limits{parts: 99, bytes: 1 << 20, text: 1 << 20}); err == nil {
		t.Error("an archive that lies about its sizes is taken")
	}
}

// Whatever bytes are flipped, Read answers.
func TestReadSurvives(t *testing.T) {
	good := written(t, fleet(1), lang.English)
	files := parts(t, good)
	random := trial.Random(t)
	for range trial.Tries(t, 150) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, name := range slices.Sorted(maps.Keys(files)) {
			bytes := []byte(files[name])
			if len(bytes) > 0 && random.IntN(4) == 0 {
				for range 1 + random.IntN(4) {
					bytes[random.IntN(len(bytes))] = byte(random.IntN(256))
				}
			}
			w, _ := z.Create(name)
			_, _ = w.Write(bytes)
		}
		_ = z.Close()
		r, _, err := Read(t.Context(), b.Bytes())
		if (r == nil) == (err == nil) {
			t.Fatalf("%v, %v", r, err)
		}
	}
}
