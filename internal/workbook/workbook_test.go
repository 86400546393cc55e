package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/xuri/excelize/v2"

	"hegui/internal/audit"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/term"
	"hegui/internal/trial"
	"hegui/internal/webtest"
)

// fleet are results of some platforms with everything that a workbook shows.
func fleet(platforms int) *results.Results {
	r := &results.Results{SchemaVersion: "1.0", Tool: results.Tool{Name: "hegui", Version: "1.0"},
		Rulebook: results.Rulebook{Digest: "sha256:1f", Regulation: "r", Title: lang.Say("规定", "regulation")},
		AsOf:     "2026-12-01", Audience: "assessor", Revision: &results.Revision{Commit: "c0ffee", Dirty: true},
		Errors: []lang.Text{lang.Say("出错", "an error")}}
	count := int64(7)
	record := examine.Record{Method: "test", Methods: []string{"test"}, Population: &count, Sample: &count, Note: "seen", EvidenceNumber: "9", Risk: "high", ResponsiblePost: "运维岗",
		Deadline: "2026-12-31", Recheck: "again", Statement: "agreed", AssessedBy: "监督岗", AssessedOn: "2026-11-01"}
	place := finding.Location{Path: "platforms/p/stores.yaml", Line: 4, Column: 2}
	for i := range platforms {
		id := fmt.Sprintf("p%d", i)
		p := results.Platform{ID: id, Path: "platforms/" + id, Code: id, Name: lang.Say("平台", "platform"), MLPSLevel: 3, Sensitivity: "internal", Profile: rulebook.Full,
			Grade: results.Grade{ID: "good", Title: lang.Say("良好", "good")}, Score: results.Score{Raw: "91.5", Adjusted: "92.0", Verified: "12.5", PointsApplicable: "100.0"},
			Clauses: []results.Clause{{ID: "4.4.2", Title: lang.Say("备份", "backups"), Points: "5.0", Score: "50.0", Verdict: "partly_met", Reason: lang.Say("因为", "because")}},
			Checks: []results.Check{{Demand: &results.Demand{ID: "stores.kept", Title: lang.Say("留存", "kept"), Clauses: []string{"4.4.2"}, Severity: finding.Major,
				Basis: rulebook.Basis{Source: lang.Same("GB/T 1")}}, Outcome: finding.Fail, Items: []results.Item{
				{Item: "files", Outcome: finding.Pass, State: "verified", Fact: "sha256:aa"}, {Item: "mail", Outcome: finding.Fail, State: "rejected"},
				{Item: "logs", Outcome: finding.Pass, State: "needs_review", Fact: "sha256:bb"}}},
				{Demand: &results.Demand{ID: "stores.none", Title: lang.Say("没有", "none"), Clauses: []string{"4.4.2"}}, Outcome: finding.NotApplicable,
					Items: []results.Item{{Outcome: finding.NotApplicable}}},
				{Demand: &results.Demand{ID: "stores.unasked", Title: lang.Say("不评", "left out by the profile"), Clauses: []string{"4.4.2"}}, Outcome: finding.NotApplicable}},
			Findings: []finding.Finding{{Check: "stores.kept", Clauses: []string{"4.4.2"}, Severity: finding.Major, Item: "mail", Message: lang.Say("问题", "a finding"),
				Remedy: lang.Say("改", "mend"), Location: place, Fingerprint: "f1"}},
			Evidence: []audit.Evidence{{Path: "platforms/p/evidence/a.md", SHA256: "00", Resolved: true, Location: place}, {URL: "https://example.gov.cn/a", Location: place}},
			Problems: []results.Problem{{Number: 1, Check: "stores.kept", Severity: finding.Major, Findings: []string{"f1"}, Risk: "high", Post: "运维岗", Deadline: "2026-12-31", At: []int{0}}},
			Risks:    &results.Risks{Applicable: 2, Open: 1, Named: []results.Risk{{ID: "r", Number: lang.Say("附录 A-1", "annex A-1")}}},
			Decisions: []results.Decision{{Check: "stores.kept", Title: lang.Say("留得够久", "kept long enough"), Effect: "replace", Subject: lang.Say("限值 min_days", "limit min_days"), Limit: "min_days",
				Before: lang.Same("60"), After: lang.Same("30"), Overlay: "city", By: "丙岗", On: "2026-10-08", Reason: lang.Say("够用", "it is enough"), Source: lang.Say("云数〔2026〕18号", "No. 18")}},
			Waivers: []examine.Waiver{{Check: "stores.kept", Item: "mail", Reason: "理由", RequestedBy: "甲岗", ApprovedBy: "乙岗", ApprovedOn: "2026-10-01",
				Expires: "2026-12-31", State: "active", Location: place}},
			Verdicts: []examine.Verdict{{ID: "a", Check: "stores.kept", Item: "mail", Verdict: "not_met", Record: record, State: "rejected", Location: place},
				{ID: "b", Check: "stores.kept", Item: "logs", Verdict: "met", Record: record, State: "needs_review", Location: place}},
			ClauseVerdicts: []examine.ClauseVerdict{{Clause: "4.4.2", Verdict: "partly_met", Record: record, Location: place}},
			Verification:   &results.Verification{Claims: 3, Verified: 1, Rejected: 1, NeedsReview: 1}}
		r.Platforms = append(r.Platforms, p)
	}
	return r
}

func written(t testing.TB, r *results.Results, l lang.Language) []byte {
	t.Helper()
	w, err := Begin(r.Begun(), l)
	if err != nil {
		t.Fatal(err)
	}
	for i := range r.Platforms {
		if err := w.Platform(&r.Platforms[i]); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := errors.Join(w.End(&b, r), w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// parts are the files of a workbook.
func parts(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		out[f.Name] = string(text)
	}
	return out
}

func open(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestWorkbookIsForItsReader(t *testing.T) {
	for l, want := range map[lang.Language][]string{
		lang.Chinese: {"总览", "条款", "检查项", "问题汇总表", "问题", "证据", "豁免", "决定", "_hegui"},
		lang.English: {"Overview", "Clauses", "Checks", "Summary of findings", "Findings", "Evidence", "Waivers", "Decisions", "_hegui"},
	} {
		f := open(t, written(t, fleet(2), l))
		if got := f.GetSheetList(); !reflect.DeepEqual(got, want) {
			t.Errorf("sheets %q, want %q", got, want)
		}
		if visible, err := f.GetSheetVisible("_hegui"); visible || err != nil {
			t.Errorf("the ledger is visible: %v, %v", visible, err)
		}
		for _, sheet := range want[1:7] {
			panes, err := f.GetPanes(sheet)
			if err != nil || !panes.Freeze || panes.YSplit != headerRow {
				t.Errorf("%s: panes %+v, %v", sheet, panes, err)
			}
			if visible, err := f.GetRowVisible(sheet, idRow); visible || err != nil {
				t.Errorf("%s: the ids are visible: %v", sheet, err)
			}
			layout, err := f.GetPageLayout(sheet)
			if err != nil || *layout.Size != 9 || *layout.Orientation != "landscape" {
				t.Errorf("%s is printed on %+v, %v", sheet, layout, err)
			}
		}
		// Numbers and dates are numbers and dates.
		for cell, want := range map[string]string{"F3": "5", "P3": "7", "AB3": "46387"} {
			kind, err := f.GetCellType(want1(l), cell)
			value, _ := f.GetCellValue(want1(l), cell, excelize.Options{RawCellValue: true})
			if err != nil || kind == excelize.CellTypeInlineString || value != want {
				t.Errorf("%s %s: %q of kind %v, %v", l, cell, value, kind, err)
			}
		}
		// The summary of findings is that of the first page.
		for cell, says := range map[string]string{"B3": "1", "E3": "platforms/p/stores.yaml:4", "F3": lang.Say("问题", "a finding").In(l), "J3": lang.Say("改", "mend").In(l), "L3": "运维岗", "M3": "2026-12-31"} {
			if value, err := f.GetCellValue(want[3], cell); err != nil || value != says {
				t.Errorf("%s %s: %q, %v, want %q", l, cell, value, err, says)
			}
		}
		// What an assessor has said stands there again, but not what has lapsed.
		rows, err := f.GetRows(want[2])
		if err != nil || len(rows) != 2+2*4 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		verdict := func(row int) string { return cellOf(rows[row], 16) }
		if verdict(2) != "" || verdict(3) != term.AssessorVerdicts().Text("not_met").In(l) || verdict(4) != "" || !strings.Contains(rows[4][15], "监督岗") || rows[3][15] != lang.Say("问题", "a finding").In(l) {
			t.Errorf("verdicts %q, %q, %q; lapsed %q", verdict(2), verdict(3), verdict(4), rows[4][15])
		}
		validations, err := f.GetDataValidations(want[2])
		if err != nil || len(validations) != 6 || validations[0].Formula1 != `"`+strings.Join(term.AssessorVerdicts().All(l), ",")+`"` {
			t.Errorf("%d validations, %v", len(validations), err)
		}
	}
}

func cellOf(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}

func want1(l lang.Language) string {
	return lang.Say("条款", "Clauses").In(l)
}

func TestSameBytes(t *testing.T) {
	for _, l := range []lang.Language{lang.Chinese, lang.English} {
		first := written(t, fleet(3), l)
		for range 5 {
			if again := written(t, fleet(3), l); !bytes.Equal(first, again) {
				t.Fatal("a second time the bytes differ")
			}
		}
		z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			if f.Modified.Year() != 1980 {
				t.Errorf("%s is of %v", f.Name, f.Modified)
			}
		}
		core := parts(t, first)["docProps/core.xml"]
		if strings.Count(core, "2026-12-01T00:00:00Z") != 2 {
			t.Errorf("the document's times: %s", core)
		}
	}
}

// hostile are texts that a platform may put wherever a text stands.
func hostile() map[string]string {
	return map[string]string{
		"formula":   `=HYPERLINK("https://evil.example","x")`,
		"plus":      "+1+cmd|' /C calc'!A0",
		"at":        "@SUM(1+1)",
		"tab":       "\t=1+1",
		"script":    `"><img src=x onerror=alert(1)><script>alert(1)</script>`,
		"cdata":     "]]>&amp;<!--",
		"control":   "a\x00\x1b[2J\u009b\r\nb",
		"invalid":   "a\xff\xed\xa0\x80\ufffe\uffff",
		"bidi":      "a\u202egnp.\u2066exe\u2069",
		"escape":    "_x0041_ _x000D_ _x005F_x0041_",
		"emoji":     "\U0001f469\u200d\U0001f4bb\U0001f600",
		"long":      strings.Repeat("长", 100_000),
		"astral":    strings.Repeat("\U0001f600", 40_000),
		"quote":     "'=1",
		"reference": "'[x.xlsx]Sheet'!A1",
		"footer":    "&Z&F",
		"space":     "  a  ",
	}
}

func poison(v reflect.Value, payload string) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() != reflect.TypeFor[results.Number]() {
			v.SetString(payload)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			poison(v.Elem(), payload)
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i), payload)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				poison(v.Field(i), payload)
			}
		}
	}
}

func poisoned(payload string) *results.Results {
	r := fleet(1)
	poison(reflect.ValueOf(r).Elem(), payload)
	return r
}

// No text becomes a formula, a link or broken XML, and what is cut says so.
func TestTextStaysText(t *testing.T) {
	for name, payload := range hostile() {
		data := written(t, poisoned(payload), lang.English)
		for part, text := range parts(t, data) {
			if strings.Contains(text, "<f>") || strings.Contains(text, "<hyperlink") || strings.Contains(text, "externalLink") {
				t.Errorf("%s: %s holds a formula or a link", name, part)
			}
			for _, r := range text {
				if unicode.Is(unicode.Cc, r) && r != '\n' && r != '\t' && r != '\r' || r == unicode.ReplacementChar {
					t.Fatalf("%s: %s holds %U", name, part, r)
				}
			}
		}
		f := open(t, data)
		shown, err := f.GetCellValue("Findings", "F3")
		if err != nil || units(shown) > maxCell {
			t.Errorf("%s: %d units, %v", name, units(shown), err)
		}
		switch {
		case len(payload) > 4*maxCell && !strings.HasSuffix(shown, " characters]"):
			t.Errorf("%s is cut without a word: %q", name, shown[len(shown)-40:])
		case !strings.ContainsFunc(payload, unusual) && len(payload) < maxCell && shown != payload:
			t.Errorf("%s: %q is shown as %q", name, payload, shown)
		}
	}
}

// cells are what a reader that is not ours finds: by sheet and cell, formulas
// and links told apart.
func TestExceljsReadsIt(t *testing.T) {
	trial.NeedsPrograms(t)
	dir := t.TempDir()
	var files []string
	for _, name := range slices.Sorted(maps.Keys(hostile())) {
		file := filepath.Join(dir, name+".xlsx")
		if err := os.WriteFile(file, written(t, poisoned(hostile()[name]), lang.English), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	var all []struct {
		Sheets   []string          `json:"sheets"`
		Formulas int               `json:"formulas"`
		Links    int               `json:"links"`
		Cells    map[string]string `json:"cells"`
	}
	if err := json.Unmarshal(webtest.Node(t, "workbook.js", files...), &all); err != nil || len(all) != len(files) {
		t.Fatalf("%d of %d files, %v", len(all), len(files), err)
	}
	for i, read := range all {
		name := strings.TrimSuffix(filepath.Base(files[i]), ".xlsx")
		if len(read.Sheets) != 9 || read.Formulas+read.Links > 0 {
			t.Errorf("%s: sheets %q, %d formulas, %d links", name, read.Sheets, read.Formulas, read.Links)
		}
		payload := hostile()[name]
		if got := read.Cells["Findings!F3"]; got != clean(payload, lang.English) {
			t.Errorf("%s: exceljs reads %.80q, want %.80q", name, got, clean(payload, lang.English))
		}
		if got := read.Cells["Clauses!AB3"]; name == "formula" && got != payload {
			t.Errorf("a deadline that is none is %q", got)
		}
	}
}

// A spreadsheet program opens it as it stands and shows the cells.
func TestConvertsInLibreOffice(t *testing.T) {
	trial.NeedsPrograms(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "hostile.xlsx")
	if err := os.WriteFile(file, written(t, poisoned(hostile()["formula"]), lang.Chinese), 0o644); err != nil {
		t.Fatal(err)
	}
	// Every sheet, quoted, in UTF-8.
	office(t, file, `csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1`, dir)
	for sheet, want := range map[string]string{"条款": `"评估结论"`, "检查项": `"被评估单位意见"`, "问题": `"=HYPERLINK(""https://evil.example"",""x"")"`, "总览": `"评估岗位"`} {
		text, err := os.ReadFile(filepath.Join(dir, "hostile-"+sheet+".csv"))
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s lacks %s: %v\n%.600s", sheet, want, err, text)
		}
	}
}

// The room of a row is that of what it says: an address in each cell would take as much
// again.
func TestRowsTakeLittleRoom(t *testing.T) {
	few, many := len(written(t, fleet(1), lang.English)), len(written(t, crowded(1), lang.English))
	if each := (many - few) / 1000; each > 75 {
		t.Errorf("a row takes %d bytes", each)
	}
}

// crowded are platforms with a thousand items each.
func crowded(platforms int) *results.Results {
	r := fleet(platforms)
	for i := range r.Platforms {
		c := &r.Platforms[i].Checks[0]
		for j := range 1000 {
			c.Items = append(c.Items, results.Item{Item: fmt.Sprint("item", j), Outcome: finding.Pass})
		}
	}
	return r
}

// BenchmarkWrite is a workbook of three platforms, a thousand items each.
func BenchmarkWrite(b *testing.B) {
	r := crowded(3)
	for b.Loop() {
		written(b, r, lang.English)
	}
}
