package typeset

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"hegui/internal/lang"
	"hegui/internal/trial"
)

// TestInert holds one line and a page to the same rules.
func TestInert(t *testing.T) {
	for in, want := range map[string]string{
		"a\x1b[31mb":                          `a\x1b[31mb`,
		"::error::x":                          `\x3a:error::x`,
		"  ::error::x":                        `  \x3a:error::x`,
		"a ##vso[x]":                          `a \x23#vso[x]`,
		"a ###[group]":                        `a #\x23#[group]`,
		"a ##setup-env.x[y]":                  `a \x23#setup-env.x[y]`,
		"turn\u202earound":                    `turn\u202earound`,
		"tag \U000e0041":                      `tag \U000e0041`,
		"a\xffb":                              `a\xffb`,
		"z" + strings.Repeat("\u0301", 6):     "z" + strings.Repeat("\u0301", 4) + `\u0301\u0301`,
		"中文　和 · “引号”":                         "中文　和 · “引号”",
		"\ufffd stands for itself \u00a0here": "\ufffd stands for itself \u00a0here",
	} {
		if got := Inert(in); got != want {
			t.Errorf("Inert(%q) = %q, want %q", in, got, want)
		}
		if got := InertLines("x\n" + in + "\ny"); got != "x\n"+want+"\ny" {
			t.Errorf("InertLines(%q) = %q, want the line %q", in, got, want)
		}
	}
	if got := Inert("a\nb\rc\td"); got != `a\nb\rc\td` {
		t.Errorf("line breaks within a line: %q", got)
	}
	if got := InertLines("a\r\nb\tc\n"); got != "a\\r\nb\\tc\n" {
		t.Errorf("only line feeds end a line of a page: %q", got)
	}
	long := strings.Repeat("长", maxShown+1)
	if got := Inert(long); got != strings.Repeat("长", maxShown)+"…" {
		t.Errorf("a long text is shortened to %d characters", len([]rune(got)))
	}
	if got := InertLines(long); got != long {
		t.Error("a line of a page is shortened")
	}
}

// TestNothingIsObeyed draws texts from what terminals and logs obey.
func TestNothingIsObeyed(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", " ", "长", "\t", "\n", "\r", "::", ":", "#", "##[", "vso[", "x]", "\x1b[2J", "\u009b", "\u202e", "\xff", "\u0301", "\u2028", "\u200b", "\u3000"})
	trial.Check(t, 100, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(piece).Draw(t, "pieces"), "")
		line, page := Inert(s), InertLines(s)
		if strings.Contains(line, "\n") || strings.Count(page, "\n") != strings.Count(s, "\n") {
			t.Fatalf("%q becomes %q and %q", s, line, page)
		}
		for _, shown := range append(strings.Split(page, "\n"), line) {
			if strings.HasPrefix(strings.TrimSpace(shown), "::") || commandIn(shown) {
				t.Fatalf("%q holds a command", shown)
			}
			for _, r := range shown {
				if unicode.In(r, unicode.C, unicode.Zl, unicode.Zp) {
					t.Fatalf("%q holds %U", shown, r)
				}
			}
		}
	})
}

func commandIn(line string) bool {
	for i := range line {
		if line[i] == '#' && commands(line[i:]) {
			return true
		}
	}
	return false
}

func TestProse(t *testing.T) {
	for _, c := range []struct {
		text lang.Text
		want string
	}{
		{lang.Say("一", "one"), "one"},
		{lang.Text{ZH: "只有中文"}, "只有中文"},
		{lang.Same("keep a copy\n  at another site\n"), "keep a copy at another site"},
		{lang.Same("a\r\n\r\nb"), "a b"},
		{lang.Text{}, ""},
	} {
		if got := Prose(c.text, lang.English); got != c.want {
			t.Errorf("Prose(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestVoice(t *testing.T) {
	zh, en := Voice{lang.Chinese}, Voice{}
	names := []string{"a", "b\x1b", "c"}
	for got, want := range map[string]string{
		zh.List(names, 2): `a、b\x1b 等 3 项`,
		en.List(names, 2): `a, b\x1b and 1 more`,
		en.List(names, 3): `a, b\x1b, c`,
		zh.Count(1, "个平台", "platform", "platforms"): "1 个平台",
		en.Count(1, "个平台", "platform", "platforms"): "1 platform",
		en.Count(2, "个平台", "platform", "platforms"): "2 platforms",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
