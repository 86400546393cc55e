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
	// Defects of one cause are one, which names the places of all.
	ended := func(line int) finding.Defect {
		d := at("a.yaml", line, 1, "superseded")
		d.Cause = "law"
		return d
	}
	if got := (finding.Defects{ended(3), ended(1), at("a.yaml", 2, 1, "x"), ended(7)}).Sort(); len(got) != 2 || got[0].Line != 1 || got[0].Message.EN != "superseded; more of the same (2): a.yaml:3, a.yaml:7" {
		t.Errorf("%v", got)
	}
	if got, want := want[:2].Error(), "a.yaml:9:10: x\na.yaml:10:9: x"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := want[0].Text(); got.ZH != "a.yaml:9:10: 错" {
		t.Errorf("%v", got)
	}
}
