package typeset

import (
	"reflect"
	"testing"
)

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
		if got := Fill(c.text, c.width, true); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Fill(%q, %d) = %q, want %q", c.text, c.width, got, c.want)
		}
	}
	if got := Fill(`x == "有一 个"`, 6, false); !reflect.DeepEqual(got, []string{`x ==`, `"有一`, `个"`}) {
		t.Errorf("code is broken within words: %q", got)
	}
}
