package typeset

import "testing"

func TestMarkdown(t *testing.T) {
	for in, want := range map[string]string{
		"a|b":                     `a\|b`,
		"<b>x</b>":                `&lt;b&gt;x&lt;/b&gt;`,
		"![x](y)":                 `\!\[x\](y)`,
		"# head":                  `&#35; head`,
		"- item":                  `\- item`,
		"+ item":                  `\+ item`,
		"=== underlined":          `\=== underlined`,
		"1. item":                 `1\. item`,
		"12) item":                `12\) item`,
		"1.5 天":                   "1.5 天",
		"a\n  b\r\n":              "a b",
		"limit_a *b ~c~ ^d {e":    `limit\_a \*b \~c\~ \^d \{e`,
		"&lt;":                    "&amp;lt;",
		"@team #12":               "@\u200bteam #\u200b12",
		"https://x www.y":         "https&#58;//x www&#46;y",
		"at 12:30: now":           "at 12:30: now",
		"$x$ `y`":                 "\\$x\\$ \\`y\\`",
		"#3 W.wW.中 a:\xff@\u3000": "#\u200b3 W.wW&#46;中 a&#58;\ufffd@\u3000",
	} {
		if got := Markdown(in); got != want {
			t.Errorf("Markdown(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Markup("<i> @a *b*"); got != "&lt;i&gt; @\u200ba *b*" {
		t.Errorf("Markup gives %q", got)
	}
}

func TestSpan(t *testing.T) {
	for in, want := range map[string]string{"a": "`a`", "a`b": "``a`b``", "`a": "`` `a ``", "a|b": "`a\\|b`"} {
		if got := Span(in); got != want {
			t.Errorf("Span(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSheet(t *testing.T) {
	var s Sheet
	s.Heading(2, `a"b`, "Title")
	s.Table([]string{"x", "y"}, [][]string{{"1", "2"}})
	s.Fence("yaml", []string{"a: 1", "````", "::error::"})
	want := "<a id=\"a&#34;b\"></a>\n\n## Title\n\n| x | y |\n| --- | --- |\n| 1 | 2 |\n\n`````yaml\na: 1\n````\n\\x3a:error::\n`````\n"
	if got := string(s.Bytes()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := Head(1, "a", "b"); got != "| a | b |\n| --- | --: |\n" {
		t.Errorf("the head is %q", got)
	}
}
