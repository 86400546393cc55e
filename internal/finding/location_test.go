package finding_test

import (
	"testing"

	"hegui/internal/document"
	"hegui/internal/finding"
)

// A finding points at the key of what spans lines, and at what does not.
func TestAt(t *testing.T) {
	d := document.Parse("platforms/a/stores.yaml", []byte("sets:\n  - name: files\n    keep: 90\nlist: [\n  1 ]\n"), document.DefaultLimits())
	for pointer, want := range map[string]finding.Location{
		"/sets":        {Path: d.Path, Line: 1, Column: 1, EndLine: 1, EndColumn: 5, Pointer: "/sets"},
		"/sets/0":      {Path: d.Path, Line: 2, Column: 5, EndLine: 2, EndColumn: 16, Pointer: "/sets/0"},
		"/sets/0/keep": {Path: d.Path, Line: 3, Column: 11, EndLine: 3, EndColumn: 13, Pointer: "/sets/0/keep"},
		"/list":        {Path: d.Path, Line: 4, Column: 1, EndLine: 4, EndColumn: 5, Pointer: "/list"},
	} {
		if got := finding.At(d.Root.Find(pointer)); got != want {
			t.Errorf("%s: %+v, want %+v", pointer, got, want)
		}
	}
	// A place that nobody knows is the file's first.
	if got, want := finding.Between("x.yaml", document.Pos{}, document.Pos{}), finding.WholeFile("x.yaml"); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// A mark below one line ends where the place does, at the line's end where that
// is on a later one, and is never empty.
func TestEndInLine(t *testing.T) {
	for want, l := range map[int]finding.Location{
		0: {Line: 2, Column: 5, EndLine: 3, EndColumn: 1},
		9: {Line: 2, Column: 5, EndLine: 2, EndColumn: 9},
		6: {Line: 2, Column: 5, EndLine: 2, EndColumn: 5},
		8: {Line: 2, Column: 7},
	} {
		if got := l.EndInLine(); got != want {
			t.Errorf("%+v ends at %d, want %d", l, got, want)
		}
	}
}
