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
		m, err := newMarking(pattern)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(bytes.Join(m.needles, []byte(" "))); got != want {
			t.Errorf("%s: the needles are %q, want %q", pattern, got, want)
		}
	}
	m, err := newMarking(`(绝密|秘密)★`)
	if err != nil {
		t.Fatal(err)
	}
	if m.FindIndex([]byte("秘密★1年")) == nil || m.FindIndex([]byte("公开")) != nil {
		t.Error("the marking is not found where it stands, or where it does not")
	}
}
