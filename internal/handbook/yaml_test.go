package handbook

import (
	"reflect"
	"testing"

	"hegui/internal/document"
)

func equal(a, b any) bool { return reflect.DeepEqual(a, b) }

// What is written as YAML is read back as the same value.
func TestYAML(t *testing.T) {
	v := mapping()
	for i, s := range []string{
		"plain", "two words", "", " led", "trailing ", "a: b", "a #b", "#a", "ends:", "95", "1.5", "0x1F", "1e3", "-1", "+1", ".5", ".inf",
		"true", "No", "null", "~", "2026-12-01", "2026-12-01T10:00:00+08:00", "12:30:45", "P90D", "dc-east", "- a", "-a", "? a", "!a", "&a", "*a", "%a", "@a",
		"[a]", "{a}", "a, b", "'a'", `"a"`, `back\slash`, "a\nb", "a\nb\n", "\na", "a\tb", "双机房：主备", "  \n", "=", "<<", "a\n  b", "|", ">", "`a`", "8.1.4.9 b",
	} {
		list := &document.Value{Kind: document.List, Items: []*document.Value{text(s), mapping(), {Kind: document.List}, {Kind: document.Int, Int: 3, Text: "3"}}}
		inner := mapping()
		inner.Fields = []document.Field{{Key: "k", Value: text(s)}, {Key: s, Value: list}}
		list.Items = append(list.Items, &document.Value{Kind: document.Map, Fields: inner.Fields[:1]}, &document.Value{Kind: document.Null, Text: "~"})
		v.Fields = append(v.Fields, document.Field{Key: "n" + string(rune('a'+i/26)) + string(rune('a'+i%26)), Value: inner})
	}
	for _, field := range v.Fields {
		readsBack(t, field.Key, field.Value)
	}
}

func TestFill(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 10, []string{""}},
		{"one two three", 7, []string{"one two", "three"}},
		{"条款只说定期", 8, []string{"条款只说", "定期"}},
		{"条款只说，定期", 8, []string{"条款只", "说，定期"}},
		{"限值（天）", 5, []string{"限值", "（天）"}},
		{"见 checks/backups.yaml 一文", 12, []string{"见", "checks/backups.yaml", "一文"}},
		{"a  b", 10, []string{"a b"}},
	} {
		if got := fill(c.text, c.width, true); !reflect.DeepEqual(got, c.want) {
			t.Errorf("fill(%q, %d) = %q, want %q", c.text, c.width, got, c.want)
		}
	}
	if got := fill(`x == "有一 个"`, 6, false); !reflect.DeepEqual(got, []string{`x ==`, `"有一`, `个"`}) {
		t.Errorf("code is broken within words: %q", got)
	}
}

func TestInert(t *testing.T) {
	for in, want := range map[string]string{
		"a\x1b[31mb\n":     `a\u001b[31mb` + "\n",
		"::error::x":       `\x3a:error::x`,
		"  ::error::x":     `  \x3a:error::x`,
		"a ##vso[x]":       `a \x23#vso[x]`,
		"turn\u202earound": `turn\u202earound`,
		"中文　和 · “引号”":      "中文　和 · “引号”",
	} {
		if got := inert(in); got != want {
			t.Errorf("inert(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		"a|b":        `a\|b`,
		"<b>x</b>":   `&lt;b\>x&lt;/b\>`,
		"[x](y)":     `\[x\](y)`,
		"# head":     `\# head`,
		"- item":     `\- item`,
		"1. item":    `1\. item`,
		"1.5 天":      "1.5 天",
		"a\nb":       "a b",
		"limit_a *b": `limit\_a \*b`,
		"&lt;":       "&amp;lt;",
	} {
		if got := escape(in); got != want {
			t.Errorf("escape(%q) = %q, want %q", in, got, want)
		}
	}
}
