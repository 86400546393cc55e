package fix_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/fix"
	"hegui/internal/schema"
	"hegui/internal/source"
	"hegui/internal/trial"
)

var root = filepath.Join("..", "..")

func schemas(t testing.TB) *schema.Set {
	t.Helper()
	tree, err := source.OpenDir(root)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tree.Close() })
	set, defects := schema.Load(tree, "schemas")
	if len(defects) > 0 {
		t.Fatal(defects)
	}
	return set
}

// TestFixedByHand holds what somebody's hand would have made of a file.
func TestFixedByHand(t *testing.T) {
	set := schemas(t)
	for _, test := range []struct {
		name, topic, wrong, right string
		left                      int
	}{
		{"nothing to do", "backups", "# 注\nsets: []  # x\n", "# 注\nsets: []  # x\n", 0},
		{"wide colons among comments", "backups", "# 说明：不动\nsets：\n  - name：a # 甲：乙\n    retention： P1Y\n", "# 说明：不动\nsets:\n  - name: a # 甲：乙\n    retention: P1Y\n", -1},
		{"blanks", "backups", "sets:\n  - name:\u00a0a\n\u00a0\u00a0\u00a0\u00a0retention:\u3000P1Y\n", "sets:\n  - name: a\n    retention: P1Y\n", -1},
		{"dashes", "backups", "sets:\n  – name: a\n    stores:\n      - x\n      · y\n", "sets:\n  - name: a\n    stores:\n      - x\n      - y\n", -1},
		{"line ends and byte order mark", "backups", "\uFEFFsets:\r\n  - name：a\r\n    retention：P1Y\r\n    interval: P1D\r\n", "\uFEFFsets:\r\n  - name: a\r\n    retention: P1Y\r\n    interval: P1D\r\n", -1},
		{"no line end", "backups", "sets：[]", "sets: []", -1},
		{"wide signs in braces", "platform", "name: {zh：甲，en：A}\n", "name: {zh: 甲, en: A}\n", -1},
		{"forms of values", "backups", "sets:\n  - name: a\n    interval: p1d # 天\n    retention: 90天\n    records:\n      - date: 2026/9/12\n        success_rate: 99.7%\n", "sets:\n  - name: a\n    interval: P1D # 天\n    retention: P90D\n    records:\n      - date: 2026-09-12\n        success_rate: 99.7\n", -1},
		{"misspelt key", "backups", "sets:\n  - name: a\n    retension: P1Y\n", "sets:\n  - name: a\n    retention: P1Y\n", -1},
		{"a form in a wide form", "backups", "sets:\n  - name：a\n    retension：90天\n", "sets:\n  - name: a\n    retention: P90D\n", -1},
		{"what takes a decision", "backups", "sets:\n  - name: a: b\n", "sets:\n  - name: a: b\n", 1},
		{"conflict", "backups", "<<<<<<< a\nsets：[]\n=======\nsets: []\n>>>>>>> b\n", "<<<<<<< a\nsets：[]\n=======\nsets: []\n>>>>>>> b\n", 1},
		{"text stays", "backups", "sets:\n  - name: a\n    note: |\n      – 甲：乙\n      \u3000丙\n    retention：P1Y\n", "sets:\n  - name: a\n    note: |\n      – 甲：乙\n      \u3000丙\n    retention: P1Y\n", -1},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := fix.File(set.Find(test.topic), test.topic+".yaml", []byte(test.wrong))
			if got := string(r.New); got != test.right {
				t.Fatalf("got\n%q, want\n%q", got, test.right)
			}
			if test.left >= 0 && r.Left != test.left {
				t.Errorf("%d left, want %d", r.Left, test.left)
			}
			if changed := test.wrong != test.right; changed != (len(r.Changes) > 0) || changed != (r.Diff() != "") {
				t.Errorf("changes %v, diff %q", r.Changes, r.Diff())
			}
			hold(t, set.Find(test.topic), test.topic+".yaml", []byte(test.wrong))
		})
	}
}

// A comment may be wrong too; an edit of one that would reach into the values is
// none.
func TestComments(t *testing.T) {
	s := schemas(t).Find("backups")
	data := []byte("# $schema=a\nsets：[]\n")
	edit := func(line, from, to int, text string) finding.Finding {
		return finding.Finding{Check: "editor.other_schema", Edit: finding.Write(document.Pos{Line: line, Column: from}, document.Pos{Line: line, Column: to}, text)}
	}
	r := fix.File(s, "backups.yaml", data, edit(1, 11, 12, "../b"), edit(1, 1, 2, "x: 1 #"), finding.Finding{})
	if want := "# $schema=../b\nsets: []\n"; string(r.New) != want || len(r.Changes) != 2 || r.Changes[0].From != "a" || r.Changes[0].Check != "editor.other_schema" {
		t.Errorf("%q, %v", r.New, r.Changes)
	}
	sound := []byte("# a\nsets: []\n")
	if r := fix.File(s, "backups.yaml", sound, edit(2, 7, 9, "[a]")); string(r.New) != string(sound) {
		t.Errorf("%q", r.New)
	}
}

// hold holds what is true of every fix: twice is once, nothing that could be read
// is lost, and no line is added, taken away or touched without a change of its own.
func hold(t *testing.T, s *schema.Schema, name string, data []byte) fix.Result {
	t.Helper()
	r := fix.File(s, name, data)
	again := fix.File(s, name, r.New)
	if len(again.Changes) > 0 || string(again.New) != string(r.New) {
		t.Errorf("%q: fixed twice it is %q", r.New, again.New)
	}
	before, after := document.Parse(name, data, document.Limits{}), document.Parse(name, r.New, document.Limits{})
	if before.Sound() && !after.Sound() {
		t.Errorf("%q could be read, %q cannot: %v", data, r.New, after.Problems)
	}
	old, now := strings.Split(string(data), "\n"), strings.Split(string(r.New), "\n")
	if len(old) != len(now) {
		t.Fatalf("%q has %d lines, %q has %d", data, len(old), r.New, len(now))
	}
	if len(r.Changes) == 0 && string(data) != string(r.New) {
		t.Errorf("%q became %q without a change", data, r.New)
	}
	return r
}

// said is a text without the signs that are YAML's or look like it.
func said(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// slips are what hands do to a line, each to be undone.
var slips = []func(line string) string{
	func(line string) string { return strings.Replace(line, ": ", "：", 1) },
	func(line string) string { return strings.Replace(line, ": ", "： ", 1) },
	func(line string) string { return strings.Replace(line, ": ", ":\u00a0", 1) },
	func(line string) string { return strings.Replace(line, ": ", ":\u2003", 1) },
	func(line string) string { return strings.Replace(line, "- ", "– ", 1) },
	func(line string) string { return strings.Replace(line, "- ", "• ", 1) },
	func(line string) string { return strings.Replace(line, "- ", "-\u00a0", 1) },
	func(line string) string {
		bare := strings.TrimLeft(line, " ")
		return strings.Repeat("\u00a0", len(line)-len(bare)) + bare
	},
}

// TestSlipsAreUndone spoils the samples in random places: what comes back is the
// file as it was, to the byte.
func TestSlipsAreUndone(t *testing.T) {
	set := schemas(t)
	files, err := filepath.Glob(filepath.Join(root, "platforms", "*", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	random := trial.Random(t)
	for range trial.Tries(t, 60) {
		file := files[random.IntN(len(files))]
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s := set.Find(strings.TrimSuffix(filepath.Base(file), ".yaml"))
		if s == nil {
			continue
		}
		spoilt := spoil(random, string(data))
		r := fix.File(s, "x.yaml", []byte(spoilt))
		if string(r.New) != string(data) {
			whole := fix.Result{Path: file, Old: data, New: []byte(spoilt)}
			left := fix.Result{Path: file, Old: data, New: r.New}
			t.Fatalf("spoilt\n%q\nleft\n%q", whole.Diff(), left.Diff())
		}
		hold(t, s, "x.yaml", []byte(spoilt))
	}
}

func spoil(random *rand.Rand, text string) string {
	lines := strings.Split(text, "\n")
	for range 1 + random.IntN(4) {
		at := random.IntN(len(lines))
		if line := lines[at]; !strings.Contains(line, "#") && !strings.ContainsAny(line, `"'[{|>`) {
			lines[at] = slips[random.IntN(len(slips))](line)
		}
	}
	return strings.Join(lines, "\n")
}

func TestDiff(t *testing.T) {
	old := make([]string, 30)
	for i := range old {
		old[i] = strings.Repeat("x", i+1)
	}
	now := slices.Clone(old)
	now[1], now[2], now[20], now[29] = "B", "C", "U", "Z"
	r := fix.Result{Path: "p.yaml", Old: []byte(strings.Join(old, "\n")), New: []byte(strings.Join(now, "\n"))}
	got := r.Diff()
	for _, want := range []string{"--- a/p.yaml\n+++ b/p.yaml\n@@ -1,6 +1,6 @@\n x\n-xx\n-xxx\n+B\n+C\n xxxx\n", "@@ -18,7 +18,7 @@\n", "\n+Z\n\\ No newline at end of file\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s\nlacks\n%s", got, want)
		}
	}
	if same := (&fix.Result{Old: r.Old, New: r.Old}); same.Diff() != "" {
		t.Error("nothing changed, and there is a diff")
	}
}

func TestApply(t *testing.T) {
	edits := []finding.Edit{
		*finding.Write(document.Pos{Line: 1, Column: 2}, document.Pos{Line: 1, Column: 3}, "乙"),
		*finding.Write(document.Pos{Line: 2, Column: 1}, document.Pos{Line: 2, Column: 1}, "- "),
		*finding.Write(document.Pos{Line: 2, Column: 2}, document.Pos{Line: 3, Column: 2}, "x\ny"),
	}
	if got := string(fix.Apply([]byte("\uFEFF甲a丙\r\nbc\r\nde"), edits)); got != "\uFEFF甲乙丙\r\n- bx\r\nye" {
		t.Errorf("%q", got)
	}
	if got := fix.Between([]byte("ab\ncd\n"), finding.Edit{Line: 1, Column: 2, EndLine: 2, EndColumn: 2}); got != "b\nc" {
		t.Errorf("%q", got)
	}
}

// FuzzFile holds that no bytes at all lose anything: every letter and digit of
// what cannot be read stays, and what can be read stays readable.
func FuzzFile(f *testing.F) {
	for _, text := range []string{
		"sets：\n  - name：a\n", "sets:\n  – name: a\n    x: [a，b\n", "a: {b：c，d：“e”}\n", "\u3000a:\u00a0b\r\n-\u00a0c\r\n", "“a”: ‘b’\n", "- a\n– b\n* c\n-d\n", "sets:\n  - retension: 90天\n    interval: p1d\n", "places: []\n# x\nsets:\n  - interval: P1D\n\n    # y\n    name: |\n      # z\n",
	} {
		f.Add([]byte(text))
	}
	s := schemas(f).Find("backups")
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<12 {
			return
		}
		r := hold(t, s, "backups.yaml", data)
		o, _ := fix.Order(s, "backups.yaml", r.New)
		if again, _ := fix.Order(s, "backups.yaml", o.New); string(again.New) != string(o.New) || len(again.Changes) > 0 {
			t.Errorf("%q is %q in order, and that %q", r.New, o.New, again.New)
		}
		if doc, now := document.Parse("x", r.New, document.Limits{}), document.Parse("x", o.New, document.Limits{}); doc.Sound() && (!now.Sound() || doc.Root.Canonical() != now.Root.Canonical()) {
			t.Errorf("%q says something else in order: %q", r.New, o.New)
		}
		if doc := document.Parse("x", data, document.Limits{}); !doc.Sound() && !document.Parse("x", r.New, document.Limits{}).Sound() && said(string(data)) != said(string(r.New)) {
			t.Errorf("%q became %q", data, r.New)
		}
	})
}
