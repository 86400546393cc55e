package handbook

import "testing"

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
