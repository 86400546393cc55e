package fix

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"hegui/internal/finding"
)

var mark = []byte("\uFEFF")

// Apply makes edits that are sorted and lie apart. A byte order mark is no column,
// and new lines end as the file's do.
func Apply(data []byte, edits []finding.Edit) []byte {
	var out bytes.Buffer
	ending := "\n"
	if bytes.Contains(data, []byte("\r\n")) {
		ending = "\r\n"
	}
	at := newCursor(data)
	for _, edit := range edits {
		from := at.to(edit.Line, edit.Column)
		out.Write(data[at.written:from])
		out.WriteString(strings.ReplaceAll(edit.Text, "\n", ending))
		at.written = at.to(edit.EndLine, edit.EndColumn)
	}
	out.Write(data[at.written:])
	return out.Bytes()
}

// Between is the text that an edit replaces.
func Between(data []byte, edit finding.Edit) string {
	at := newCursor(data)
	from := at.to(edit.Line, edit.Column)
	return string(data[from:at.to(edit.EndLine, edit.EndColumn)])
}

// cursor goes forward through a file's places.
type cursor struct {
	data         []byte
	line, column int
	at, written  int
}

func newCursor(data []byte) *cursor {
	c := &cursor{data: data, line: 1, column: 1}
	if bytes.HasPrefix(data, mark) {
		c.at = len(mark)
	}
	return c
}

// to is the offset of a place that does not lie before the last one.
func (c *cursor) to(line, column int) int {
	for c.at < len(c.data) && (c.line < line || c.line == line && c.column < column) {
		r, size := utf8.DecodeRune(c.data[c.at:])
		if r == '\n' {
			if c.line == line {
				break
			}
			c.line, c.column = c.line+1, 0
		}
		c.at += size
		c.column++
	}
	return c.at
}
