package finding

import "hegui/internal/document"

// Edit is the text that would be written right in place of a stretch of the
// finding's file. Lines and columns count as those of Location.
type Edit struct {
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
	Text      string `json:"text"`
}

// Write is the edit that writes text from start to end.
func Write(start, end document.Pos, text string) *Edit {
	return &Edit{Line: start.Line, Column: start.Column, EndLine: end.Line, EndColumn: end.Column, Text: text}
}
