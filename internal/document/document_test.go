package document

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"hegui/internal/lang"
	"hegui/internal/trial"
)

func parse(text string) *Document { return Parse("x.yaml", []byte(text), Limits{}) }

func mustParse(t *testing.T, text string) *Document {
	t.Helper()
	d := parse(text)
	if len(d.Problems) > 0 {
		t.Fatalf("%q: %v", text, d.Problems)
	}
	return d
}

// at writes a problem as code@line:column-line:column, the end left out where
// it is on the same line, one column further.
func at(p Problem) string {
	if p.End == p.Start.right(1) {
		return fmt.Sprintf("%s@%d:%d", p.Code, p.Start.Line, p.Start.Column)
	}
	return fmt.Sprintf("%s@%s", p.Code, place(p.Start, p.End))
}

func place(start, end Pos) string {
	return fmt.Sprintf("%d:%d-%d:%d", start.Line, start.Column, end.Line, end.Column)
}

func TestProblems(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing", "", "empty@1:1-1:1"},
		{"comments only", "# 说明\n# more\n", "empty@1:1-1:1"},
		{"bare document mark", "---\n", "empty@1:1-1:1"},
		{"byte order mark only", "\uFEFF", "empty@1:1-1:1"},
		{"a colon only", ":", "syntax@1:1"},

		{"gbk", "a: 1\n名: \xc3\xfb\n", "not_utf8@2:4"},
		{"utf-16", "\xff\xfea\x00", "not_utf8@1:1"},
		{"cut rune", "a: \xe5\x90", "not_utf8@1:4"},
		{"control characters, all of them", "a: \x01b\n名: 值\x7f\x00\n", "control_character@1:4 control_character@2:5 control_character@2:6"},
		{"lone carriage return", "a: 1\rb: 2\n", "control_character@1:5"},
		{"lone carriage returns", "a: 1\rb: 2\rc: 3\r", "control_character@1:5"},
		{"next line", "a: 1\u0085", "control_character@1:5"},
		{"line separator", "a: 1\u2028b: 2", "control_character@1:5"},
		{"bidi", "a: \u202eb\u2066\n", "bidi_character@1:4 bidi_character@1:6"},
		{"zero width", "密: 秘\u200b密\n", "invisible_character@1:5"},
		{"byte order mark inside", "a: b\n\uFEFFc: d\n", "invisible_character@2:1"},
		{"hangul filler", "a: \u3164\n", "invisible_character@1:4"},
		{"escaped bidi", `名: "x\u202e"` + "\n", "bidi_character@1:4-1:13"},
		{"escaped nul in a key", `"\0": 1` + "\n", "control_character@1:1-1:5"},
		{"escaped escape", `- !!str "\e[31m"` + "\n", "control_character@1:9-1:17"},

		{"tab as indentation", "a:\n\tb: 1\n", "tab@2:1"},
		{"tab behind spaces", "名:\n  \tb: 1\n", "tab@2:3"},
		{"tab in a block scalar", "a: |\n\tb\n", "tab@2:1"},
		{"tab after a dash", "-\ta: 1\n", "tab@1:2"},
		{"tab in a continued text", "a:\n  b: x\n\ty\n", "tab@3:1"},

		{"duplicate keys", "a: 1\nb: 2\na: 3\n'a': 4\n", "duplicate_key@3:1 duplicate_key@4:1-4:4"},
		{"duplicate in flow, wide", "{名称: 1, 名称: 2}\n", "duplicate_key@1:9-1:11"},
		{"duplicate among many", "a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\ng: 1\nh: 1\ni: 1\nb: 2\n", "duplicate_key@10:1"},
		{"the next item without its dash", "- a: 1\n  c: 3\n  a: 1\n  b: 2\n  c: 2\n", "duplicate_key@3:3"},
		{"lines copied together", "x: 0\na: 1\nb: 2\na: 1\nb: 2\n", "duplicate_key@4:1"},
		{"two keys copied apart", "x: 0\na: 1\nb: 2\na: 1\nc: 3\nb: 2\n", "duplicate_key@4:1 duplicate_key@6:1"},
		{"duplicate in the value of a duplicate", "a: 1\na: {b: 1, b: 2}\n", "duplicate_key@2:1 duplicate_key@2:11"},
		{"keys of other kinds", "1: a\ntrue: b\nnull: c\n~: d\n1.5: e\n", "bad_key@1:1 bad_key@2:1-2:5 bad_key@3:1-3:5 bad_key@4:1 bad_key@5:1-5:4"},
		{"no key", "?\n: x\n", "bad_key@1:2-1:2"},
		{"no key in flow", "{: x}\n", "syntax@1:2"},
		{"list as a key", "? [a, b]\n: 1\n", "bad_key@1:3-1:9"},
		{"alias as a key", "a: &k x\n*k : 1\n", "bad_key@2:1-2:3"},
		{"merge key", "a: &m {b: 1}\nc:\n  <<: *m\n", "merge_key@3:3-3:5"},

		{"unknown tags", "a: !foo 1\nb: !!binary aGk=\nc: !!timestamp 2026-01-01\nd: !!set {a}\n",
			"bad_tag@1:4-1:8 bad_tag@2:4-2:12 bad_tag@3:4-3:15 bad_tag@4:4-4:9"},
		{"tag behind an anchor", "a: &x !foo 1\n", "bad_tag@1:7-1:11"},
		{"lone exclamation mark", "a: ! 12\n", "bad_tag@1:4"},
		{"tag that does not fit", "a: !!int x\nb: !!map [1]\n", "bad_tag@1:4-1:9 bad_tag@2:4-2:9"},
		{"text that looks like a tag", "a: !重要\n", "syntax@1:4"},
		{"not numbers", "a: .nan\nb: -.INF\nc: [.Inf]\n", "bad_number@1:4-1:8 bad_number@2:4-2:9 bad_number@3:5-3:9"},
		{"beyond the machine", "a: 9223372036854775808\nb: 1e999\nc: !!float .nan\n", "bad_number@1:4-1:23 bad_number@2:4-2:9 bad_number@3:12-3:16"},

		{"problem that an alias repeats", "a: &x {b: !foo 1, b: 2}\nc: *x\n", "bad_tag@1:11-1:15 duplicate_key@1:19"},
		{"alias inside its anchor", "a: &x [*x]\n", "alias_cycle@1:8-1:10"},
		{"alias around a corner", "a: &x {b: &y [*x, *y]}\n", "alias_cycle@1:15-1:17 alias_cycle@1:19-1:21"},
		{"alias without anchor", "a: 1\n名: *none\n", "unknown_alias@2:4-2:9"},
		{"alias before its anchor", "a: *x\nb: &x 1\n", "unknown_alias@1:4-1:6"},
		{"alias name that is none", "a: **x**\n", "syntax@1:4"},

		{"second document", "a: 1\n---\nb: 2\n", "multiple_documents@2:1-2:4"},
		{"second document, broken", "a: 1\n---\nb: [\n", "multiple_documents@2:1-2:4"},
		{"second document, empty", "---\na: 1\n---\n", "multiple_documents@3:1-3:4"},
		{"text after dots", "a: 1\n...\nb: 1\n", "syntax@2:1-2:4"},

		{"colon in a value", "a: b: c\n", "syntax@1:5"},
		{"deeper than the line before", "a: 1\n  b: 2\n", "syntax@2:4"},
		{"list in a value", "a: - b\n", "syntax@1:4"},
		{"shallower than the level", "a:\n  b: 1\n c: 2\n", "syntax@3:2"},
		{"open quote", "名: 'x\nb: 1\n", "syntax@1:4"},
		{"open bracket at the end", "a:\n  b: [1, 2\n", "syntax@2:6"},
		{"open brace at the end", "a: {b: 1", "syntax@1:4"},
		{"bracket closed by nothing", "a: [1, 2\nb: 3\n", "syntax@2:2"},
		{"bracket too many", "{a: 1}}\n", "syntax@1:7"},
		{"text after the end", "[a] b\n", "syntax@1:5"},
		{"at sign", "名称: @x\n", "syntax@1:5"},
		{"backquote", "- `x`\n", "syntax@1:3"},
		{"unknown escape", "名: \"C:\\dir\"\n", "syntax@1:7"},
		{"text after a block mark", "a: |x\n  b\n", "syntax@1:4"},
		{"comma without a value", "[a,,b]\n", "syntax@1:4"},

		{"root without space", "名称:值\n", "unspaced_colon@1:1-1:5"},
		{"root without space, two lines", "name:a\ncode:b\n", "unspaced_colon@1:1-2:7"},
		{"first line without space", "名称:值\nb: c\n", "unspaced_colon@1:1-1:5"},
		{"full-width colon", "a: 1\n名称：值\nc: 2\n", "unspaced_colon@2:1-2:5"},
		{"nested line without space", "a:\n  b: 1\n  c:2\n  d: 3\n", "unspaced_colon@3:3-3:6"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			d := parse(test.text)
			for _, p := range d.Problems {
				got = append(got, at(p))
				checkProblem(t, d, p)
			}
			if have := strings.Join(got, " "); !oneOf(have, test.want) {
				t.Errorf("%q\n got %s\nwant %s\n%v", test.text, have, test.want, d.Problems)
			}
			// The same with CRLF, and behind a byte order mark.
			for _, other := range []string{strings.ReplaceAll(test.text, "\n", "\r\n"), byteOrderMark + test.text} {
				if strings.HasPrefix(test.text, byteOrderMark) || test.name == "utf-16" || strings.Contains(test.text, "\r") {
					continue
				}
				if again := parse(other); !reflect.DeepEqual(again.Problems, d.Problems) {
					t.Errorf("%q: %v\n%q: %v", test.text, d.Problems, other, again.Problems)
				}
			}
		})
	}
}

func oneOf(have, want string) bool {
	for _, w := range strings.Split(want, " or ") {
		if have == w {
			return true
		}
	}
	return false
}

// checkProblem holds what every problem must have.
func checkProblem(t *testing.T, d *Document, p Problem) {
	t.Helper()
	for _, text := range []lang.Text{p.Message, p.Remedy} {
		if !hasChinese(text.ZH) {
			t.Errorf("%s: no Chinese in %q", p.Code, text.ZH)
		}
		if en := withoutQuotes(text.EN); en == "" && text.EN == "" || hasChinese(en) {
			t.Errorf("%s: English is %q", p.Code, text.EN)
		}
		if strings.Contains(text.ZH+text.EN, "%!") || strings.HasSuffix(text.EN, ".") || strings.HasSuffix(text.ZH, "。") {
			t.Errorf("%s: ill-formed %q", p.Code, text)
		}
	}
	if !inside(d, p.Start) || !inside(d, p.End) || p.End.before(p.Start) {
		t.Errorf("%s: %v-%v is not inside the file", p.Code, p.Start, p.End)
	}
	if p.Code == "" {
		t.Errorf("no code: %v", p)
	}
}

func hasChinese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// withoutQuotes cuts out what a message repeats from the file.
func withoutQuotes(s string) string {
	var b strings.Builder
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quoted:
			i++
		case s[i] == '"':
			quoted = !quoted
		case !quoted:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func inside(d *Document, p Pos) bool {
	lines := max(1, d.Lines())
	return p.Line >= 1 && p.Line <= lines && p.Column >= 1 && p.Column <= utf8.RuneCountInString(d.Line(p.Line))+1
}

func TestMessages(t *testing.T) {
	tests := []struct{ text, zh, en string }{
		{"a: 1\n名: {a: 1,\n  a: 2}\n", "第 2 行第 5 列与第 3 行第 3 列", "at 2:5 and at 3:3"},
		{"名称:值\nb: c\n", `键 "名称" 的冒号后面要加一个空格`, `put a space after the colon of the key "名称"`},
		{"a: 1\n名称：值\nb: c\n", "全角冒号", "full-width colon"},
		{"a: \xc4\xe3\n", "GBK", "GBK"},
		{"a: [1,\n", "括号没有闭合", "never closed"},
		{"a: 1\n  b: 2\n", "缩进改成 0 格", "indent it by 0"},
		{"a: b: c\n", `给值加引号：a: "…"`, `quote the value: a: "…"`},
		{"a: [x\nb: 1\n", "始于第 1 行第 4 列", "opens at 1:4"},
		{"a:\n\tb: 1\n", "空格", "spaces"},
	}
	for _, test := range tests {
		p := parse(test.text).Problems[0]
		if !strings.Contains(p.Message.ZH+"\n"+p.Remedy.ZH, test.zh) || !strings.Contains(p.Message.EN+"\n"+p.Remedy.EN, test.en) {
			t.Errorf("%q: %v %v", test.text, p.Message, p.Remedy)
		}
	}
}

// Every syntax error has words of its own: the general ones only stand for
// what the parser may say that we have never seen.
func TestNoSyntaxErrorIsLeftWithoutWords(t *testing.T) {
	general := (&Document{lines: []int32{0}}).fault(marks{at: Pos{1, 1}}, Pos{}).message
	for _, text := range []string{
		"a: b: c", "a\nb: 1", "[a", "{a", "'a", `"a`, "a: \"\\q\"", "a: \"\\xzz\"", "a: \"\\ud800\"", "@", "a: - b", "a: ? b",
		"- a\nb", "a: !<x", "a: !x!y z", "a: &", "[,]", "a: |0\n", "a: >x\n", "a: '\n---\n'", "- a\n - b: c\n -", "[a: b: c", "a: {b c: d: e}", "]",
	} {
		d := parse(text)
		if len(d.Problems) == 0 {
			t.Errorf("%q parses", text)
		} else if p := d.Problems[0]; p.Message == general {
			t.Errorf("%q: %v", text, p)
		}
	}
}

func TestPositions(t *testing.T) {
	tests := []struct{ name, text, pointer, want string }{
		{"root", "a: 1\nb: x y\n", "", "1:1-2:7"},
		{"plain", "a: 1\nb: x y  # z\n", "/b", "2:4-2:7"},
		{"wide", "名称: 值 # 注\n", "/名称", "1:5-1:6"},
		{"after wide comments", "# 说明说明\na: 1 # 说明\n# 说明\n\nb: 2\n", "/b", "5:4-5:5"},
		{"double quoted", `a: "名\"称" # x` + "\n", "/a", "1:4-1:10"},
		{"single quoted", "a: 'it''s'\n", "/a", "1:4-1:11"},
		{"quoted over lines", "a: 'x\n  y'\n", "/a", "1:4-2:5"},
		{"plain over lines", "a: x\n  yy\n\n  z\nb: 1\n", "/a", "1:4-4:4"},
		{"literal", "a: |-\n  x\n  名\n\nb: 1\n", "/a", "1:4-3:4"},
		{"literal with indentation", "a: |2\n   x\nb: 1\n", "/a", "1:4-2:5"},
		{"folded, empty", "a: >\nb: 1\n", "/a", "1:4-1:5"},
		{"null", "a:\nb: 1\n", "/a", "1:3-1:3"},
		{"null before a comment", "a: # x\nb: 1\n", "/a", "1:3-1:3"},
		{"block list", "a:\n  - x\n  - yy\nb: 1\n", "/a", "2:3-3:7"},
		{"block list, not indented", "a:\n- x\n- yy\nb: 1\n", "/a", "2:1-3:5"},
		{"item", "a:\n  - x\n  - yy\n", "/a/1", "3:5-3:7"},
		{"list in a list", "- - x\n  - y\n- z\n", "/0", "1:3-2:6"},
		{"map in a list", "- a: 1\n  b: 2\n- c: 3\n", "/0", "1:3-2:7"},
		{"flow list", "a: [1, [2, 3]\n ] # x\n", "/a", "1:4-2:3"},
		{"inner flow list", "a: [1, [2, 3]\n ]\n", "/a/1", "1:8-1:14"},
		{"flow map", "a: {b: 1, c: [x]}\n", "/a", "1:4-1:18"},
		{"null in flow", "a: {b: , c: 1}\n", "/a/b", "1:8-1:8"},
		{"pair in a flow list", "[a: 1, b]\n", "/0", "1:2-1:6"},
		{"value of a pair", "[a: 1, b]\n", "/0/a", "1:5-1:6"},
		{"json", `{"a":"x","b":[true]}`, "/b", "1:14-1:20"},
		{"json value", `{"a":"x","b":[true]}`, "/a", "1:6-1:9"},
		{"empty list", "a: []\n", "/a", "1:4-1:6"},
		{"anchored", "a: &x  值\n", "/a", "1:8-1:9"},
		{"anchored null", "a: &x\nb: 1\n", "/a", "1:6-1:6"},
		{"anchored block", "a: &x\n  b: 1\n", "/a", "2:3-2:7"},
		{"tagged", "a: !!str 12\n", "/a", "1:10-1:12"},
		{"alias", "a: &x {b: {c: 1}}\nd: *x # y\n", "/d", "2:4-2:6"},
		{"inside an alias", "a: &x {b: {c: 1}}\nd: *x\n", "/d/b/c", "2:4-2:6"},
		{"after an alias", "a: &x {b: 1}\nd: *x\ne: 5\n", "/e", "3:4-3:5"},
		{"long key", "? a\n: b\n", "/a", "2:3-2:4"},
		{"byte order mark", byteOrderMark + "a: x\n", "/a", "1:4-1:5"},
		{"document mark", "---\na: x\n...\n", "/a", "2:4-2:5"},
		{"tab before a value", "a:\tx\n", "/a", "1:4-1:5"},
		{"astral", "a: 😀x\n", "/a", "1:4-1:6"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, text := range []string{test.text, strings.ReplaceAll(test.text, "\n", "\r\n")} {
				v := mustParse(t, text).Root.Find(test.pointer)
				if v == nil {
					t.Fatalf("%q: nothing at %s", text, test.pointer)
				}
				if got := place(v.Start(), v.End()); got != test.want {
					t.Errorf("%q: got %s, want %s", text, got, test.want)
				}
				if v.Pointer() != test.pointer {
					t.Errorf("%q: pointer %q", text, v.Pointer())
				}
			}
		})
	}
}

func TestKeyPositions(t *testing.T) {
	d := mustParse(t, "a: 1\n'名称': {\"b\": 2}\n&x c: 3\n")
	for _, test := range []struct{ pointer, key, want string }{
		{"", "a", "1:1-1:2"}, {"", "名称", "2:1-2:5"}, {"/名称", "b", "2:8-2:11"}, {"", "c", "3:4-3:5"},
	} {
		f := d.Root.Find(test.pointer).Field(test.key)
		if got := place(f.KeyStart(), f.KeyEnd()); got != test.want {
			t.Errorf("%s: got %s, want %s", test.key, got, test.want)
		}
	}
}

func TestScalars(t *testing.T) {
	tests := []struct {
		text string
		want any
	}{
		{"", nil}, {"~", nil}, {"null", nil}, {"Null", nil}, {"''", ""}, {"'~'", "~"},
		{"true", true}, {"False", false}, {"TRUE", true}, {"yes", "yes"}, {"No", "No"}, {"on", "on"}, {"off", "off"}, {"y", "y"}, {"tRUE", "tRUE"},
		{"0", int64(0)}, {"-12", int64(-12)}, {"+7", int64(7)}, {"9223372036854775807", int64(9223372036854775807)}, {"-9223372036854775808", int64(-9223372036854775808)},
		{"010", "010"}, {"-01", "-01"}, {"0x1F", "0x1F"}, {"0o17", "0o17"}, {"0b1", "0b1"}, {"1_000", "1_000"}, {"1:30", "1:30"}, {"+-1", "+-1"}, {"-", "-"},
		{"1.5", 1.5}, {"-.5", -.5}, {"1.", 1.0}, {"1e3", 1000.0}, {"1.5E-1", .15}, {".", "."}, {"1.2.3", "1.2.3"}, {"1e", "1e"}, {"e1", "e1"}, {"00.5", "00.5"}, {".e1", ".e1"}, {"1 2", "1 2"},
		{"2026-01-01", "2026-01-01"}, {"2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"}, {"P90D", "P90D"}, {"<<", "<<"}, {"nan", "nan"}, {"inf", "inf"},
		{"'1'", "1"}, {`"true"`, "true"}, {"|-\n  1", "1"}, {"!!str 1", "1"}, {"!!int '3'", int64(3)}, {"!!float 3", 3.0}, {"!!bool 'true'", true}, {"!!null ''", nil},
		{"http://x", "http://x"}, {"a:b", "a:b"}, {`"\t\n\\ é"`, "\t\n\\ é"}, {"甲\n  乙", "甲 乙"},
	}
	for _, test := range tests {
		if test.text == "-" {
			continue
		}
		got := mustParse(t, "k: "+test.text+"\n").Root.Get("k").Any()
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %#v, want %#v", test.text, got, test.want)
		}
	}
}

func TestAny(t *testing.T) {
	got := mustParse(t, "a: [1, x, null, {b: 1.5}]\nc: {}\nd: []\ne: &e {f: true}\ng: *e\n").Root.Any()
	want := map[string]any{
		"a": []any{int64(1), "x", nil, map[string]any{"b": 1.5}},
		"c": map[string]any{}, "d": []any{},
		"e": map[string]any{"f": true}, "g": map[string]any{"f": true},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v", got)
	}
	if (*Value)(nil).Any() != nil {
		t.Error("nothing is not nil")
	}
}

func TestFindWantsTheCanonicalIndex(t *testing.T) {
	root := mustParse(t, "[a, b]\n").Root
	if root.Find("/1") == nil || root.Find("/01") != nil || root.Find("/+1") != nil || root.Find("/-1") != nil || root.Find("/2") != nil {
		t.Error("list index")
	}
}

func TestPartialRootBesideProblems(t *testing.T) {
	d := parse("a: 1\nb: !x 2\na: 3\n5: z\nc: 4\n")
	want := map[string]any{"a": int64(1), "b": "2", "c": int64(4)}
	if len(d.Problems) != 3 || !reflect.DeepEqual(d.Root.Any(), want) {
		t.Errorf("got %v, %v", d.Root.Any(), d.Problems)
	}
}

func TestProblemsAreSortedAndCapped(t *testing.T) {
	for name, text := range map[string]string{
		"values":     strings.Repeat("- .nan\n", 150),
		"characters": strings.Repeat("- \u200b\n", 150),
		"keys":       strings.Repeat("a: 1\n", 151),
	} {
		d := parse(text)
		if len(d.Problems) != 101 {
			t.Fatalf("%s: %d problems", name, len(d.Problems))
		}
		for i := 1; i < len(d.Problems); i++ {
			if d.Problems[i].Start.before(d.Problems[i-1].Start) {
				t.Errorf("%s: %v stands before %v", name, d.Problems[i-1].Start, d.Problems[i].Start)
			}
		}
		last := d.Problems[100]
		checkProblem(t, d, last)
		if last.Code != CodeMore || !strings.Contains(last.Message.EN, "50 more") || !strings.Contains(last.Message.ZH, "50") {
			t.Errorf("%s: %v", name, last)
		}
	}
	// A complex key is refused after what stands inside it.
	d := parse("? [.nan]\n: 1\n")
	if len(d.Problems) != 2 || d.Problems[0].Code != CodeBadKey || d.Problems[1].Code != CodeBadNumber {
		t.Errorf("%v", d.Problems)
	}
}

func TestLimits(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	keys := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "k%d: 1\n", i)
		}
		return b.String()
	}
	block := func(n int) string {
		var b strings.Builder
		for i := range n - 1 {
			fmt.Fprintf(&b, "%sk:\n", strings.Repeat(" ", i))
		}
		return b.String() + strings.Repeat(" ", n-1) + "k: 1\n"
	}
	tests := []struct {
		name, text string
		limits     Limits
		want       string
	}{
		{"bytes, at", "a: 1\n", Limits{Bytes: 5}, ""},
		{"bytes, over", "a: 12\n", Limits{Bytes: 5}, "too_large@1:1-1:1"},
		{"depth of brackets, at", deep(64), Limits{}, ""},
		{"depth of brackets, over", deep(65), Limits{}, "too_deep@1:65"},
		{"depth behind a bracket too many, over", "- [? ]]\n- " + deep(65), Limits{}, "too_deep@2:66"},
		{"depth of braces, over", strings.Repeat("{a: ", 65), Limits{}, "too_deep@1:257"},
		{"depth of dashes, at", strings.Repeat("- ", 64) + "x", Limits{}, ""},
		{"depth of dashes, over", strings.Repeat("- ", 65) + "x", Limits{}, "too_deep@1:129"},
		{"depth of question marks, over", strings.Repeat("? ", 65), Limits{}, "too_deep@1:129"},
		{"depth of indentation, at", block(64), Limits{}, ""},
		{"depth of indentation, over", block(65), Limits{}, "too_deep@65:65"},
		{"depth without indentation, at", "k:\n- k:\n  - x\n", Limits{Depth: 4}, ""},
		{"depth without indentation, over", "k:\n- k:\n  - x\n", Limits{Depth: 3}, "too_deep@3:3"},
		{"depth mixed, over", "a:\n  - [{b: [1]}]\n", Limits{Depth: 4}, "too_deep@2:10"},
		{"depth by pairs in flow", "[a: 1]\n", Limits{Depth: 1}, "too_deep@1:2"},
		{"brackets that are text", "a: '" + strings.Repeat("[", 100) + "'\nb: |\n  " + strings.Repeat("[", 100) + "\n# " + strings.Repeat("{", 100) + "\nc: x" + strings.Repeat("[", 100) + "\n", Limits{}, ""},
		{"dashes that are text", "a: |\n  " + strings.Repeat("- ", 100) + "\nb: x " + strings.Repeat("- ", 100) + "\n", Limits{}, ""},
		{"depth through an alias", "a: &x [[1]]\nb: [[*x]]\n", Limits{Depth: 4}, "too_deep@2:6"},
		{"nodes, at", "[1, 2, 3]", Limits{Nodes: 4}, ""},
		{"nodes, over", "[1, 2, 3]", Limits{Nodes: 3}, "too_many_nodes@1:8"},
		{"nodes of a map, at", "a: 1\nb: 2\n", Limits{Nodes: 5}, ""},
		{"nodes of a map, over", "a: 1\nb: 2\n", Limits{Nodes: 4}, "too_many_nodes@2:4"},
		{"nodes that are not written, over", "a:\nb:\n", Limits{Nodes: 4}, "too_many_nodes@2:3-2:3"},
		{"nodes after expansion", "a: &x [1, 2]\nb: *x\n", Limits{Nodes: 9}, ""},
		{"nodes after expansion, over", "a: &x [1, 2]\nb: *x\n", Limits{Nodes: 8}, "too_many_nodes@2:4-2:6"},
		{"aliases, at", "a: &x [1, 2]\nb: *x\n", Limits{Aliases: 3}, ""},
		{"aliases, over", "a: &x [1, 2]\nb: *x\n", Limits{Aliases: 2}, "too_many_aliases@2:4-2:6"},
		{"keys, at", keys(2000), Limits{}, ""},
		{"keys, over", keys(2001), Limits{}, "too_many_keys@2001:1-2001:6"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := Parse("x", []byte(test.text), test.limits)
			var got []string
			for _, p := range d.Problems {
				got = append(got, at(p))
				checkProblem(t, d, p)
			}
			if have := strings.Join(got, " "); !oneOf(have, test.want) {
				t.Errorf("got %s, want %s", have, test.want)
			}
			if test.want != "" && d.Root != nil {
				t.Error("there is a root beyond the limit")
			}
		})
	}
}

// hostile are files made to cost more than they should.
func hostile() map[string]string {
	keys := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "k%05d: 1\n", i)
		}
		return b.String()
	}
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'z'; c++ {
		bomb += fmt.Sprintf("%[1]c: &%[1]c [%[2]s]\n", c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c,", c-1), 9), ","))
	}
	return map[string]string{
		"keys":           keys(100_000),
		"brackets":       strings.Repeat("[", 100_000),
		"braces":         strings.Repeat("{a: ", 100_000),
		"dashes":         strings.Repeat("- ", 100_000),
		"questions":      strings.Repeat("? ", 300_000),
		"colons":         strings.Repeat(": ", 300_000),
		"flow questions": "[" + strings.Repeat("?", 300_000),
		"commas":         "[" + strings.Repeat("1,", 500_000) + "]",
		"alias bomb":     bomb,
		"comments":       strings.Repeat("#\n", 500_000),
		"comment blocks": "a:\n" + strings.Repeat(" - x: # y\n     # z\n     - 1\n  # e\n", 6_000),
		"quotes":         strings.Repeat(`"`, 1<<20),
		"control":        strings.Repeat("\x01", 1<<20),
		"invisible":      strings.Repeat("\u200b", 300_000),
		"bad bytes":      strings.Repeat("\xff", 1<<20),
		"bad tags":       strings.Repeat("- !a x\n", 24_000),
		"tags":           strings.Repeat("!a ", 300_000),
		"duplicates":     strings.Repeat("a: 1\n", 24_000),
		"documents":      strings.Repeat("--- a\n", 150_000),
		"one line":       "a: " + strings.Repeat("字 ", 250_000),
		"long key":       strings.Repeat("字", 300_000) + ": 1",
		"empty lines":    "a: |\n" + strings.Repeat("\n", 1<<20-10),
		"blank block":    strings.Repeat("a: |\n  \n", 100_000),
		"no spaces":      strings.Repeat("a:b\n", 250_000),
	}
}

func TestHostileFiles(t *testing.T) {
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			d := Parse("x", []byte(text), Limits{Bytes: 2 << 20})
			for _, p := range d.Problems {
				checkProblem(t, d, p)
			}
		})
	}
}

// A file costs at most so many statements a byte, the parser's own included, and
// some more for the aliases that it may expand. What is not linear needs many
// times as much.
func TestHostileFilesAreCheap(t *testing.T) {
	meter := trial.NewMeter(t, "hegui/internal/document", "gopkg.in/yaml.v3", "strings")
	for name, text := range hostile() {
		if steps := meter.Steps(t, "TestHostileFiles", name); steps > 300*len(text)+1_000_000 {
			t.Errorf("%s: %d statements for %d bytes", name, steps, len(text))
		}
	}
}

// What the guard refuses never reaches the parser, so it costs no memory.
func TestGuardsSpareMemory(t *testing.T) {
	for _, name := range []string{"keys", "brackets", "braces", "dashes", "commas", "alias bomb"} {
		text := []byte(hostile()[name])
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if d := Parse("x", text, Limits{Bytes: 2 << 20, Nodes: 50_000}); d.Root != nil {
			t.Errorf("%s: accepted", name)
		}
		runtime.ReadMemStats(&after)
		if bytes := after.TotalAlloc - before.TotalAlloc; bytes > 16<<20 {
			t.Errorf("%s: %d bytes allocated for a file of %d", name, bytes, len(text))
		}
	}
}

func TestRefusedUnread(t *testing.T) {
	for _, d := range []*Document{TooLarge("p", 9), Unreadable("p", lang.Say("没有权限", "permission denied"))} {
		if d.Path != "p" || d.Root != nil || len(d.Problems) != 1 || d.Problems[0].Start != (Pos{1, 1}) {
			t.Errorf("%+v", d)
		}
		checkProblem(t, d, d.Problems[0])
	}
	if p := Unreadable("p", lang.Say("没有权限", "permission denied")).Problems[0]; !strings.Contains(p.Message.ZH, "没有权限") || !strings.Contains(p.Message.EN, "permission denied") {
		t.Errorf("%v", p.Message)
	}
}

func TestLine(t *testing.T) {
	for _, text := range []string{"a: 1\n名: 2\n\nb: 3", "a: 1\r\n名: 2\r\n\r\nb: 3", byteOrderMark + "a: 1\n名: 2\n\nb: 3"} {
		d := mustParse(t, text)
		var got []string
		for n := 0; n <= d.Lines()+1; n++ {
			got = append(got, d.Line(n))
		}
		if want := []string{"", "a: 1", "名: 2", "", "b: 3", ""}; !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestSlip(t *testing.T) {
	tests := []struct {
		text string
		want bool
	}{
		{"- name:值", true}, {"- 名称：值", true}, {"- 名称：", true}, {"- x\n  b:2", true}, {"- “甲”", false}, {"- k: “甲”", true}, {"- k: 甲\u3000", true},
		{"- 'name:值'", false}, {"- https://x", false}, {"- 10:30", false}, {"- 云州市", false}, {"- [a:b]", false}, {"- 1", false}, {"- a.b:c", false}, {"- k: 甲", false},
	}
	for _, test := range tests {
		v := mustParse(t, test.text).Root.Items()[0]
		if v.Kind == Map {
			v = v.Get("k")
		}
		if p, _ := v.Slip(); (p != nil) != test.want {
			t.Errorf("%s: %v", test.text, p)
		}
	}
	if p, _ := (*Value)(nil).Slip(); p != nil {
		t.Error("nothing has a slip")
	}
}

func TestQuote(t *testing.T) {
	long := strings.Repeat("字", 61)
	for in, want := range map[string]string{
		"":              `""`,
		"备份 x":          `"备份 x"`,
		"a\x1b[31m\n\"": `"a\x1b[31m\n\""`,
		"a\u202eb":      `"a\u202eb"`,
		"\xff":          `"\xff"`,
		"甲\u3000乙":      "\"甲\u3000乙\"",
		long[:60*3]:     `"` + long[:60*3] + `"`,
		long:            `"` + long[:60*3] + `…"`,
	} {
		if got := Quote(in); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

// Where the parser's fields cannot be read the line of its message remains.
func TestLineOfParserError(t *testing.T) {
	for text, want := range map[string]int{"yaml: line 5: x": 5, "yaml: x": 1, "": 1, "yaml: line x: y": 1} {
		if got := errorLine(fmt.Errorf("%s", text)); got != want {
			t.Errorf("%q: %d", text, got)
		}
	}
	if got := parse("a: 1\n  b: [\n").firstOfLine(2); got != (Pos{2, 3}) {
		t.Errorf("%v", got)
	}
	if m := parserMarks(nil); m.known {
		t.Error("marks of nothing")
	}
}

// A value knows its file, and a file what it is about.
func TestValuesKnowTheirFile(t *testing.T) {
	d := Parse("platforms/a/stores.yaml", []byte("a: &x [1, { b: 2 }]\nc: *x\n"), DefaultLimits())
	for _, pointer := range []string{"", "/a", "/a/1/b", "/c/1/b"} {
		if v := d.Root.Find(pointer); v == nil || v.Document() != d {
			t.Errorf("%q does not stand in its file", pointer)
		}
	}
	if (&Value{}).Document() != nil || (*Value)(nil).Document() != nil {
		t.Error("a value that no file holds stands in one")
	}
	if d.Topic() != "stores" || !d.Sound() {
		t.Errorf("topic %q, sound %v", d.Topic(), d.Sound())
	}
	for _, text := range []string{"a: [", "a: 1\na: 2\n"} {
		if Parse("x.yaml", []byte(text), DefaultLimits()).Sound() {
			t.Errorf("%q is sound", text)
		}
	}
}

// What looks like a value behind # is a remark; a comment as those are written,
// and one behind a value, is none.
func TestRemark(t *testing.T) {
	for text, want := range map[string]string{
		"a: #1 号机房": "#1 号机房", "a:  #x  ": "#x", `"a" : #1`: "#1", "- a: #1\n  b: 2": "#1", "\uFEFFa: #1\r\n": "#1",
		"a:  # 1": "", "a: #": "", "a: ##": "", "a: #!x": "", "a: 1 #1": "", "a: ~ #1": "", `a: "" #1`: "", "a:\n  #1\n  x: 1": "", "a: # x\n": "",
	} {
		root := Parse("x.yaml", []byte(text), Limits{}).Root
		if root.Kind == List {
			root = root.Items()[0]
		}
		if got := root.Field("a").Remark(); got != want {
			t.Errorf("%q has the remark %q, want %q", text, got, want)
		}
	}
	if (*Value)(nil).Field("a").Remark() != "" {
		t.Error("nothing has a remark")
	}
}

// The characters that are passed over without a look are fine.
func TestCommonCharactersAreFine(t *testing.T) {
	for r := rune(0x4000); r <= 0x9FFF; r++ {
		if code := refusedCharacter(r); code != "" {
			t.Errorf("U+%04X is %s", r, code)
		}
	}
	var found problems
	if d := (&Document{}); d.read([]byte("一\u4000\u9fff\u200b"), &found) || found.list[0].Start != (Pos{1, 4}) {
		t.Errorf("%v", found.list)
	}
}

// The lines one after the other are those that are asked for by number.
func TestEachLineIsALine(t *testing.T) {
	for _, text := range []string{"", "a", "a\n", "a\r\nb\r\n\r\n", "\n\n", "a: \"\r\"", "# x\na: 1"} {
		d, n := parse(text), 0
		for at, line := range d.EachLine() {
			if n++; at != n || line != d.Line(at) {
				t.Errorf("%q: line %d is %q, %q by its number", text, at, line, d.Line(at))
			}
		}
		if n != d.Lines() {
			t.Errorf("%q: %d lines, %d by number", text, n, d.Lines())
		}
		for range d.EachLine() {
			break
		}
	}
}

// What is taken for the signs of Chinese writing without a look into Unicode's tables is
// nothing that these would refuse.
func TestChineseSignsAreSeen(t *testing.T) {
	for r := rune(0x3001); r <= 0xFF5E; r++ {
		if r == 0x3040 {
			r = 0xFF01
		}
		for _, unseen := range []*unicode.RangeTable{unicode.Cc, unicode.Cf, unicode.Bidi_Control, unicode.Other_Default_Ignorable_Code_Point} {
			if unicode.Is(unseen, r) {
				t.Errorf("%U is not seen by a reader", r)
			}
		}
	}
	for _, r := range "\u200B\u2066\u3164\uFFA0\uFEFF" {
		if refusedCharacter(r) == "" {
			t.Errorf("%U is taken", r)
		}
	}
}

// Wherever a key is looked for first, what stands under it is found.
func TestGetNear(t *testing.T) {
	root := mustParse(t, "a: 1\nb:\nc: 3\nd: 4\n").Root
	for _, key := range []string{"a", "b", "c", "d", "e"} {
		for at := range 6 {
			if got := root.GetNear(at, key); got != root.Get(key) {
				t.Errorf("%s, at %d first: %v", key, at, got)
			}
		}
	}
	if got := root.Get("a").GetNear(0, "a"); got != nil {
		t.Errorf("in a number: %v", got)
	}
}
