package rulebook

import (
	"bytes"
	"testing"
)

// One of the needles must stand in every match, else a marked file would go unsearched.
func TestNeedleStandsInEveryMatch(t *testing.T) {
	for pattern, want := range map[string]string{
		`(绝密|机密|秘密)[ \t]*[★☆]`: "绝密 机密 秘密",
		`密级[:：](绝密|机密)`:        "密级",
		`密级[:：](绝密级|机密级)`:      "绝密级 机密级",
		`(?m)^[#>*-]*(绝密|秘密)$`: "绝密 秘密",
		`a|b`:                  "",
		`(?:ab|c)d`:            "ab c",
		`(?:ab|x?)d`:           "d",
		`(?i)secret`:           "",
		`(密)?`:                 "",
		`(密)*x`:                "x",
		`(密级)+`:                "密级",
		`[秘机]密`:                "密",
	} {
		if got := string(bytes.Join(marked(t, pattern).needles, []byte(" "))); got != want {
			t.Errorf("%s: the needles are %q, want %q", pattern, got, want)
		}
	}
}

// Needles are found by what they have in common, wherever it stands in them, and
// without anything in common all the same.
func TestMarkingsAreFoundInOnePass(t *testing.T) {
	for _, c := range []struct {
		patterns []string
		anchor   string
		none     []string
		found    map[string]string
	}{
		{[]string{`(绝密|秘密)★`, `密级：(绝密|机密)`}, "密", []string{"公开", "密", "密★", "密码★", "绝密", "密级", "密密密"},
			map[string]string{"秘密★1年": "秘密★", "密密级：机密": "密级：机密", "密级：绝密★": "绝密★"}},
		{[]string{`aab`, `ab`}, "ab", []string{"a", "aa b"}, map[string]string{"aaab": "aab", "cab": "ab"}},
		{[]string{`机密`, `secret`}, "", []string{"机", "sec"}, map[string]string{"top secret": "secret", "secret 机密": "机密"}},
		{[]string{`机密`, `[xy]+`}, "", []string{"密"}, map[string]string{"yx": "yx"}},
		{nil, "", []string{"密"}, nil},
	} {
		m := marked(t, c.patterns...)
		if string(m.anchor) != c.anchor {
			t.Errorf("%q are looked for by %q, want %q", c.patterns, m.anchor, c.anchor)
		}
		for text, want := range c.found {
			if at := m.FindIndex([]byte(text)); at == nil || text[at[0]:at[1]] != want {
				t.Errorf("%q in %q are at %v, want %q", c.patterns, text, at, want)
			}
		}
		for _, text := range c.none {
			if m.FindIndex([]byte(text)) != nil {
				t.Errorf("%q are found in %q", c.patterns, text)
			}
		}
	}
}

func marked(t *testing.T, patterns ...string) Markings {
	t.Helper()
	return newMarkings(patterns, func(i int, err error) { t.Fatalf("%s: %v", patterns[i], err) })
}
