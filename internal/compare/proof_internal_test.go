package compare

import "testing"

// An address leads to one page however it is written, and to another by its path, what it
// asks for or, in a portal that is one script, the path behind the #.
func TestPageOf(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"https://yz.gov.cn/a/58", "HTTPS://YZ.gov.cn:443/a/58/#two", true},
		{"https://yz.gov.cn", "https://yz.gov.cn/#top", true},
		{"https://yz.gov.cn/a/58", "https://yz.gov.cn/A/58", false},
		{"https://yz.gov.cn/a/58", "https://yz.gov.cn/a/59", false},
		{"https://yz.gov.cn/a?id=58", "https://yz.gov.cn/a?id=59", false},
		{"https://yz.gov.cn/#/a/58", "https://yz.gov.cn/#/a/59", false},
		{"https://yz.gov.cn/#!/a/58", "https://yz.gov.cn/#!/a/59", false},
	} {
		if same := pageOf(c.a) == pageOf(c.b); same != c.same {
			t.Errorf("%s and %s: %v", c.a, c.b, same)
		}
	}
}
