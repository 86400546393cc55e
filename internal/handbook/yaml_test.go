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
		first := document.Field{Key: "k", Value: text(s)}
		list := document.NewList(text(s), mapping(), document.NewList(), document.NewInt(3), document.NewMap(first), &document.Value{Kind: document.Null, Text: "~"})
		inner := document.NewMap(first, document.Field{Key: s, Value: list})
		v.SetFields(append(v.Fields(), document.Field{Key: "n" + string(rune('a'+i/26)) + string(rune('a'+i%26)), Value: inner}))
	}
	for _, field := range v.Fields() {
		readsBack(t, field.Key, field.Value)
	}
}
