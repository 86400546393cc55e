package rulebook

import "testing"

// A needle must stand in every match, else a marked file would go unsearched.
func TestNeedleStandsInEveryMatch(t *testing.T) {
	for pattern, want := range map[string]rune{
		`(绝密|机密|秘密)[ \t]*[★☆]`: '密',
		`密级[:：](绝密|机密)`:        '级',
		`(?m)^[#>*-]*(绝密|秘密)$`: '密',
		`a|b`:                  0,
		`(?i)secret`:           0,
		`(密)?`:                 0,
		`(密)*x`:                'x',
		`[秘机]密`:                '密',
	} {
		m, err := newMarking(pattern)
		if err != nil {
			t.Fatal(err)
		}
		if m.needle != want {
			t.Errorf("%s: the needle is %q, want %q", pattern, m.needle, want)
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
