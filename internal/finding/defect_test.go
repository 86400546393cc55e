package finding_test

import (
	"slices"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/lang"
)

// Defects stand in the order of their places, each once; as an error they are
// one line each.
func TestDefects(t *testing.T) {
	at := func(path string, line, column int, message string) finding.Defect {
		return finding.Defect{Path: path, Line: line, Column: column, Message: lang.Text{ZH: "错", EN: message}}
	}
	want := finding.Defects{at("a.yaml", 9, 10, "x"), at("a.yaml", 10, 9, "x"), at("a.yaml", 10, 10, "x"), at("a.yaml", 10, 10, "y"), at("b.yaml", 1, 1, "a")}
	mixed := finding.Defects{want[4], want[2], want[0], want[3], want[2], want[1], want[4], want[2]}
	if got := mixed.Sort(); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got, want := want[:2].Error(), "a.yaml:9:10: x\na.yaml:10:9: x"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := want[0].Text(); got.ZH != "a.yaml:9:10: 错" {
		t.Errorf("%v", got)
	}
}
