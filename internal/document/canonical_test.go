package document_test

import (
	"testing"

	"hegui/internal/document"
)

func TestCanonicalIsTheSameForTheSame(t *testing.T) {
	canonical := func(text string) string {
		d := document.Parse("x.yaml", []byte(text), document.DefaultLimits())
		if d.Root == nil || len(d.Problems) > 0 {
			t.Fatalf("%q does not parse: %v", text, d.Problems)
		}
		return d.Root.Canonical()
	}
	same := []string{
		"a: [1, x]\nb: { c: true, d: 2026-01-02 }\n",
		"# said otherwise\nb:\n  d: \"2026-01-02\"\n  c: true\na:\n  - 'x'\n  - 1\n",
		"{\"b\": {\"c\": true, \"d\": \"2026-01-02\"}, \"a\": [\"x\", 1]}\r\n",
	}
	for _, text := range same {
		if got := canonical(text); got != canonical(same[0]) {
			t.Errorf("%q is %s, want %s", text, got, canonical(same[0]))
		}
	}
	// What differs in meaning differs here, also where it only looks alike.
	seen := map[string]string{}
	for _, text := range []string{"[a, b]", "['a, b']", "[a, [b]]", "['a,\"b\"']", "{a: b}", "'{a: b}'", "1", "'1'", "1.5", "true", "'true'", "null", "'null'", "[]", "{}", "''",
		"[a, a]", "[a]", "{a: [b, c]}", "{a: b, c: null}"} {
		got := canonical(text)
		if other, twice := seen[got]; twice {
			t.Errorf("%q and %q are both %s", text, other, got)
		}
		seen[got] = text
	}
}
