package finding

import "hegui/internal/document"

// Location is the place that a finding points at. Path is relative to the
// repository, Pointer a JSON pointer inside the file. Lines and columns count
// from 1, columns in runes; the end is exclusive.
type Location struct {
	Path      string `json:"path"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
	Pointer   string `json:"pointer"`
}

// EndInLine is the column at which a mark below the first line ends, 0 where it
// reaches to the line's end. Without an end the mark is one character.
func (l Location) EndInLine() int {
	switch {
	case l.EndLine > l.Line:
		return 0
	case l.EndColumn <= l.Column:
		return l.Column + 1
	}
	return l.EndColumn
}

// WholeFile is the place of a finding about all of a file or folder.
func WholeFile(path string) Location {
	return Location{Path: path, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
}

// Between is a stretch of a file.
func Between(path string, start, end document.Pos) Location {
	return Location{Path: path, Line: max(start.Line, 1), Column: max(start.Column, 1), EndLine: max(end.Line, 1), EndColumn: max(end.Column, 1)}
}

// At is where a reader looks for a value that stands in a file: its key, or the
// value itself.
func At(v *document.Value) Location {
	start, end := v.Point()
	return Near(v, start, end)
}

// Near is a stretch of a file that is about a value of it.
func Near(v *document.Value, start, end document.Pos) Location {
	place := Between(v.Document().Path, start, end)
	place.Pointer = v.Pointer()
	return place
}
