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

func cells(values map[string]any) func(f *excelize.File) {
	return func(f *excelize.File) {
		for cell, value := range values {
			_ = f.SetCellValue("Checks", cell, value)
		}
	}
}

func TestRead(t *testing.T) {
	r, problems, err := Read(changed(t, cells(map[string]any{"L3": " MET ", "N3": 12, "T3": "2026/3/9", "P3": " seen\r\nthere "})))
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	if r.Rulebook != "sha256:1f" || r.AsOf != "2026-12-01" || r.Commit != "c0ffee" || r.Audience != "assessor" || r.By+r.On != "" {
		t.Errorf("%+v", r)
	}
	if len(r.Answers) != 3 || r.Answers[0].Clause != "4.4.2" || r.Answers[2].Item != "mail" {
		t.Fatalf("%+v", r.Answers)
	}
	a := r.Answers[1]
	if a.Check != "stores.kept" || a.Item != "files" || a.Code != "p0" || a.Fact != "sha256:aa" || a.Verdict != "met" || *a.Record.Population != 12 ||
		a.Record.Deadline != "2026-03-09" || a.Record.Note != "seen\nthere" || a.Row != "Checks!A3" {
		t.Errorf("%+v", a)
	}
	// What stood there before comes back as it was.
	if m := r.Answers[2]; m.Verdict != "not_met" || m.Record.Deadline != "2026-12-31" || m.Record.Risk != "high" || m.Record.Method != "test" || *m.Record.Sample != 7 {
		t.Errorf("%+v", m)
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[any]string{46387: "2026-12-31", "46387": "2026-12-31", 46387.75: "2026-12-31", "2026-12-31": "2026-12-31", "2026.1.2": "2026-01-02"} {
		r, problems, err := Read(changed(t, cells(map[string]any{"L3": "met", "T3": text})))
		if err != nil || len(problems) > 0 || r.Answers[1].Record.Deadline != want {
			t.Errorf("%v: %v, %v", text, problems, err)
		}
	}
	r, problems, err := Read(changed(t, func(f *excelize.File) {
		yes := true
		_ = f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes})
		cells(map[string]any{"L3": "met", "T3": 46387 - 1462})(f)
	}))
	if err != nil || len(problems) > 0 || r.Answers[1].Record.Deadline != "2026-12-31" {
		t.Errorf("counted from 1904: %+v, %v, %v", r, problems, err)
	}
	for _, text := range []any{-1, 12, 1e9, "soon", "2026-02-30", "NaN"} {
		if _, problems, err := Read(changed(t, cells(map[string]any{"L3": "met", "T3": text}))); err != nil || len(problems) != 1 || problems[0].Cell != "Checks!T3" {
			t.Errorf("%v: %v, %v", text, problems, err)
		}
	}
}

func TestProblemsKnowTheirCells(t *testing.T) {
	for name, c := range map[string]struct {
		change func(f *excelize.File)
		want   string
	}{
		"a row that was added": {cells(map[string]any{"L9": "met"}), "Checks!A9"},
		"an id of another":     {cells(map[string]any{"A3": "r00", "L3": "met"}), "Checks!A3"},
		"a formula without a value": {func(f *excelize.File) {
			_ = f.SetCellFormula("Checks", "L3", `IF(TRUE,"met")`)
		}, "Checks!L3"},
		"a formula for the post": {func(f *excelize.File) { _ = f.SetCellFormula("Overview", "B5", "A1") }, "Overview!B5"},
		"a day that is none":     {func(f *excelize.File) { _ = f.SetCellStr("Overview", "B6", "today") }, "Overview!B6"},
		"too long":               {cells(map[string]any{"L3": "met", "P3": strings.Repeat("x", 8001)}), "Checks!P3"},
		"a negative number":      {cells(map[string]any{"L3": "met", "N3": -1}), "Checks!N3"},
		"nobody sees":            {cells(map[string]any{"L3": "met", "P3": "a\u200bb"}), "Checks!P3"},
	} {
		_, problems, err := Read(changed(t, c.change))
		if err != nil || len(problems) != 1 || problems[0].Cell != c.want || problems[0].Message.ZH == "" {
			t.Errorf("%s: %+v, %v, want %s", name, problems, err, c.want)
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
		"half of it":  good[:len(good)/2],
		"no workbook": repacked(func(name, _ string) (string, string) { return "x/" + name, "" }),
		"broken XML":  repacked(func(name, text string) (string, string) { return name, text[:len(text)/2] }),
		"not ours":    changed(t, func(f *excelize.File) { _ = f.DeleteSheet("_hegui") }),
		"another layout": changed(t, func(f *excelize.File) {
			_ = f.SetCellStr("_hegui", "B1", "2")
		}),
		"a ledger made to say something else": changed(t, func(f *excelize.File) { _ = f.SetCellStr("_hegui", "F8", "another") }),
	} {
		_, _, err := Read(data)
		var unreadable *UnreadableError
		if !errors.As(err, &unreadable) || unreadable.ZH == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A bomb is told before it goes off: by what comes out, not by what the
// archive says of itself.
func TestBombs(t *testing.T) {
	pack := func(text string, n int) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i := range n {
			w, _ := z.Create(strings.Repeat("d/", i%3) + "part")
			_, _ = w.Write([]byte(text))
		}
		_ = z.Close()
		return b.Bytes()
	}
	for name, c := range map[string]struct {
		data               []byte
		parts, bytes, tags int
	}{
		"many parts": {pack("", 11), 10, 1 << 20, 1 << 20},
		"much text":  {pack(strings.Repeat("x", 1000), 10), 100, 9_999, 1 << 20},
		"many tags":  {pack(strings.Repeat("<c/>", 100), 10), 100, 1 << 20, 999},
	} {
		err := guard(c.data, c.parts, c.bytes, c.tags)
		if err == nil || !strings.Contains(err.Error(), "too large") {
			t.Errorf("%s: %v", name, err)
		}
		if err := guard(c.data, c.parts+1, c.bytes+1, c.tags+1); err != nil {
			t.Errorf("%s, one more allowed: %v", name, err)
		}
	}
	// The size in the directory is a lie.
	data := pack(strings.Repeat("x", 1<<20), 1)
	at := bytes.LastIndex(data, []byte("PK\x01\x02"))
	copy(data[at+24:], []byte{1, 0, 0, 0})
	if err := guard(data, 10, 1<<10, 1<<10); err == nil {
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
		r, _, err := Read(b.Bytes())
		if (r == nil) == (err == nil) {
			t.Fatalf("%v, %v", r, err)
		}
	}
}
