package editor_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hegui/internal/document"
	"hegui/internal/editor"
	"hegui/internal/lang"
	"hegui/internal/webtest"
)

// position is a place in a file as the protocol counts: from 0.
type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// opened is a file in an editor, with the places at which something is asked.
type opened struct {
	Path        string     `json:"path"`
	Text        string     `json:"text"`
	Hovers      []position `json:"hovers,omitempty"`
	Completions []position `json:"completions,omitempty"`
}

// shown is what the editor shows.
type shown struct {
	Diagnostics []diagnostic
	Hovers      []string
	Completions [][]offer
}

// diagnostic is what is wrong, with its line from 0.
type diagnostic struct {
	Line    int
	Message string
}

// offer is a key or value that may be inserted.
type offer struct{ Label, Text, About string }

// show opens files in yaml-language-server.
func show(t *testing.T, files []opened) []shown {
	t.Helper()
	cases, err := json.Marshal(files)
	if err != nil {
		t.Fatal(err)
	}
	at := filepath.Join(t.TempDir(), "cases.json")
	if err := os.WriteFile(at, cases, 0o600); err != nil {
		t.Fatal(err)
	}
	var out []shown
	if err := json.Unmarshal(webtest.Node(t, "editor.mjs", at), &out); err != nil || len(out) != len(files) {
		t.Fatalf("%d answers for %d files: %v", len(out), len(files), err)
	}
	return out
}

// The samples as they are show no mistake, and fields show what they are in both
// languages, each from its own set of schemas.
func TestEditorShowsFields(t *testing.T) {
	set := schemas(t)
	samples := samplesOf(t)
	rows := fieldRows(t)
	if len(samples) < 55 || len(rows) < 60 {
		t.Fatalf("only %d samples and %d fields", len(samples), len(rows))
	}
	var files []opened
	for _, doc := range samples {
		files = append(files, opened{Path: abs(t, doc.Path), Text: textOf(doc)})
	}
	languages := []lang.Language{lang.Chinese, lang.English}
	folders := map[lang.Language]string{}
	for _, l := range languages {
		folders[l] = export(t, set, l)
	}
	for i, row := range rows {
		doc, field := findField(samples, row.path)
		if field == nil {
			t.Fatalf("no sample states %s", row.path)
		}
		files = append(files, hovered(doc, field, folders[lang.Chinese], i), hovered(doc, field, folders[lang.English], i), completed(doc, field, folders[lang.Chinese], i))
	}
	answers := show(t, files)
	for i, doc := range samples {
		for _, d := range answers[i].Diagnostics {
			t.Errorf("%s:%d: %s", doc.Path, d.Line+1, d.Message)
		}
	}
	answers = answers[len(samples):]
	for i, row := range rows {
		for j, title := range []string{row.zh, row.en} {
			want := typeAt(set, row.path).About.In(languages[j])
			hover := answers[3*i+j].Hovers[0]
			if !strings.HasPrefix(hover, "#### "+title+"\n") || !strings.Contains(plain(hover), want) || !strings.Contains(hover, "hegui explain "+row.path) {
				t.Errorf("hovering over %s shows %q, want %q: %q", row.path, hover, title, want)
			}
		}
		key, about := row.path[strings.LastIndex(row.path, ".")+1:], typeAt(set, row.path).About.ZH
		if offered := answers[3*i+2].Completions[0]; !slices.ContainsFunc(offered, func(o offer) bool {
			return o.Label == key && strings.HasPrefix(o.Text, key+":") && strings.Contains(plain(o.About), about)
		}) {
			t.Errorf("completing does not offer %s: %v", row.path, offered)
		}
	}
}

// plain is Markdown without its escapes.
func plain(markdown string) string { return strings.ReplaceAll(markdown, `\`, "") }

// hovered is a file beside its schema in which a field is hovered over.
func hovered(doc *document.Document, field *document.Field, folder string, n int) opened {
	at := position{field.KeyStart().Line - 1, field.KeyStart().Column}
	return opened{Path: filepath.Join(folder, fmt.Sprintf("hover-%d.yaml", n)), Text: strings.Join(beside(doc), "\n"), Hovers: []position{at}}
}

// completed is a file beside its schema in which a field is completed where it is no
// longer stated.
func completed(doc *document.Document, field *document.Field, folder string, n int) opened {
	lines := beside(doc)
	at := position{field.KeyStart().Line - 1, field.KeyStart().Column - 1}
	gap := string([]rune(lines[at.Line])[:at.Character])
	lines = slices.Concat(lines[:at.Line], []string{gap}, lines[field.Value.End().Line:])
	return opened{Path: filepath.Join(folder, fmt.Sprintf("complete-%d.yaml", n)), Text: strings.Join(lines, "\n"), Completions: []position{at}}
}

// beside are the lines of a file that lies beside its schema.
func beside(doc *document.Document) []string {
	lines := strings.Split(textOf(doc), "\n")
	lines[0] = "# yaml-language-server: $schema=./" + doc.Topic() + editor.Suffix
	return lines
}

type fieldRow struct{ path, zh, en string }

func fieldRows(t *testing.T) []fieldRow {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "fields.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var rows []fieldRow
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if cells := strings.Split(line, " | "); len(cells) == 3 {
			rows = append(rows, fieldRow{cells[0], cells[1], cells[2]})
		}
	}
	return rows
}

// mistake is a value that a sample states wrongly, and what the editor says of it.
type mistake struct{ path, value, says string }

// What people write wrongly most often shows in the editor, at its line.
func TestEditorShowsMistakes(t *testing.T) {
	mistakes := []mistake{
		{"backups.sets.interval", "90天", "ISO 8601 时长，如 P90D"},
		{"backups.sets.retention", "P1D5", "ISO 8601 时长，如 P90D"},
		{"backups.sets.restore_tests.date", "2026/9/12", "公历日期，YYYY-MM-DD"},
		{"backups.sets.restore_tests.date", "2026-02-30", "公历日期，YYYY-MM-DD"},
		{"backups.sets.restore_tests.date", "2026年9月12日", "公历日期，YYYY-MM-DD"},
		{"backups.sets.restore_tests.ok", "是", "boolean"},
		{"backups.sets.restore_tests.ok", "\"true\"", "boolean"},
		{"backups.sets.restore_tests.scope", "抽样", "sample"},
		{"backups.sets.copies.medium", "Disk", "object_storage"},
		{"backups.sets.copies.site", "东数据中心", "字母、数字和连字符组成的短名"},
		{"backups.sets.records.success_rate", "0.997", "1"},
		{"backups.sets.records.success_rate", "101", "100"},
		{"backups.sets.records.success_rate", "99.7%", "number"},
		{"backups.sets.records.evidence", "{ref: 云医保〔2025〕11号}", "held_by"},
		{"backups.sets.records.evidence", "{path: evidence/a.md}", "sha256"},
		{"backups.sets.records.evidence", "11", "string"},
		{"backups.sets.records.evidence", "{}", "path"},
		{"backups.sets.stores", "service-db", "array"},
		{"backups.sets.stores", "[service-db, service-db]", "duplicate"},
		{"backups.sets.name", "", "string"},
		{"platform.mlps_level", "二级", "integer"},
		{"platform.mlps_level", "6", "5"},
		{"platform.stage", "正式运行", "operating"},
		{"platform.sensitivity", "内部", "internal"},
		{"training.sessions.attended", "-1", "0"},
		{"training.sessions.attended", "38人", "integer"},
	}
	set := schemas(t)
	samples := samplesOf(t)
	folder := export(t, set, lang.Chinese)
	var files []opened
	var lines []int
	for i, m := range mistakes {
		doc, field := findField(samples, m.path)
		text := beside(doc)
		at := field.KeyStart().Line - 1
		stated := string([]rune(text[at])[:field.KeyStart().Column-1]) + field.Key + ": " + m.value
		text = slices.Concat(text[:at], []string{stated}, text[field.Value.End().Line:])
		files = append(files, opened{Path: filepath.Join(folder, fmt.Sprintf("%d.yaml", i)), Text: strings.Join(text, "\n")})
		lines = append(lines, at)
	}
	files = append(files, opened{Path: filepath.Join(folder, "key.yaml"), Text: "# yaml-language-server: $schema=./backups" + editor.Suffix + "\nsets:\n  - name: a\n    retentoin: P90D\n"})
	lines, mistakes = append(lines, 3), append(mistakes, mistake{"a key", "retentoin", "retentoin"})
	for i, a := range show(t, files) {
		if m := mistakes[i]; !slices.ContainsFunc(a.Diagnostics, func(d diagnostic) bool { return d.Line == lines[i] && strings.Contains(d.Message, m.says) }) {
			t.Errorf("%s: %s: the editor says %v, want %q in line %d", m.path, m.value, a.Diagnostics, m.says, lines[i])
		}
	}
}
