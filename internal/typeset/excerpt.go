package typeset

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// tabStop is the distance of the tab stops in a shown source line.
const tabStop = 4

// maxCluster is how many bytes one character with its marks may take; longer
// ones are made to choke a terminal.
const maxCluster = 64

// Excerpt is a source line as a terminal shows it, with the line of marks that
// belongs below it. Columns count characters from 1, end is exclusive and 0
// when the mark reaches to the end of the line. A line wider than width is cut
// around the mark.
func Excerpt(source string, column, end, width int) (shown, mark string) {
	source = strings.TrimRight(source, "\r\n")
	if from, to, ok := fitting(source, column, end, width); ok {
		return source, marks(column, from, max(1, to-from))
	}
	return excerpt(source, column, end, width)
}

// marks is the line of marks for a column of the source: so many, from one on the
// screen on.
func marks(column, from, length int) string {
	if column < 1 {
		return ""
	}
	return strings.Repeat(" ", max(0, from)) + "^" + strings.Repeat("~", length-1)
}

// fitting is where the mark of a line begins and ends on the screen; false unless the
// whole line fits, and every character of it is known to take one column or two.
func fitting(source string, column, end, width int) (from, to int, ok bool) {
	n, total := 0, 0
	from, to = -1, -1
	for _, r := range source {
		if n++; n >= column && from < 0 {
			from = total
		}
		if n == end {
			to = total
		}
		switch {
		case r >= ' ' && r < 0x7F && r != '#':
			total++
		case r >= 0x4E00 && r <= 0x9FFF, r == '，', r == '。', r == '、', r == '：', r == '；', r == '（', r == '）':
			total += 2
		default:
			return 0, 0, false
		}
	}
	if from < 0 {
		from = total
	}
	if to < 0 {
		to = total
	}
	return from, to, total <= width && column <= width
}

// excerpt is Excerpt for any line.
func excerpt(source string, column, end, width int) (shown, mark string) {
	source, shift := nearby(source, column, 4*width)
	column, end = max(column-shift, 0), max(end-shift, 0)
	cells, offsets := layOut(source)
	total := 0
	for _, c := range cells {
		total += c.width
	}
	from := columnAt(cells, offsets, column, total)
	to := total
	if end > 0 {
		to = columnAt(cells, offsets, end, total)
	}
	left, right := window(from, total, width)
	shown, start := cut(cells, left, right, total)
	return shown, marks(column, from-start, max(1, min(to, right)-from))
}

// nearby cuts a very long line to the runes around a column before anything is
// measured, and returns by how many columns the rest moved to the left.
func nearby(source string, column, reach int) (part string, shift int) {
	first, last, n := 0, len(source), 0
	for i := range source {
		n++
		if n == column-reach {
			first, shift = i, n-1
		}
		if n == column+reach {
			last = i
			break
		}
	}
	part = source[first:last]
	if last < len(source) {
		part += "…"
	}
	if first > 0 {
		// The ellipsis takes the column of one of the runes left out.
		part, shift = "…"+part, shift-1
	}
	return part, shift
}

// cell is one character with its marks, with its width on the screen.
type cell struct {
	text      string
	at, width int // byte offset in the shown line, columns
}

// layOut makes a source line visible and measures it. offsets say at which byte
// of the shown line each rune of the source begins.
func layOut(source string) (cells []cell, offsets []int) {
	var b strings.Builder
	marks, wide := 0, 0
	for i, r := range source {
		offsets = append(offsets, b.Len())
		text := visible(source[i:], r, &marks)
		if r == '\t' {
			text = strings.Repeat(" ", tabStop-wide%tabStop)
		}
		b.WriteString(text)
		// Only tabs need the sum; characters of several runes are measured below.
		wide += displaywidth.String(text)
	}
	offsets = append(offsets, b.Len())
	at := 0
	for clusters := displaywidth.StringGraphemes(b.String()); clusters.Next(); {
		text, width := clusters.Value(), clusters.Width()
		c := cell{text: text, at: at, width: width}
		if len(text) > maxCluster {
			c.text, c.width = "\ufffd", 1
		}
		cells = append(cells, c)
		at += len(text)
	}
	return cells, offsets
}

// columnAt is the screen column, from 0, at which a source column begins.
func columnAt(cells []cell, offsets []int, column, total int) int {
	if column-1 >= len(offsets) {
		return total
	}
	offset, wide := offsets[max(column-1, 0)], 0
	for _, c := range cells {
		if c.at >= offset {
			break
		}
		wide += c.width
	}
	return wide
}

// window chooses which columns of a line are shown: all if they fit, else a
// third of the width before the mark and the rest behind it.
func window(from, total, width int) (left, right int) {
	if total <= width {
		return 0, total
	}
	left = max(0, from-width/3)
	right = min(total, left+width)
	return max(0, right-width), right
}

// cut returns the cells between two columns, with "…" in the place of what is
// left out, and the line's column at which the shown text begins.
func cut(cells []cell, left, right, total int) (shown string, start int) {
	var b strings.Builder
	if left > 0 {
		left++
	}
	if right < total {
		right--
	}
	column, first := 0, -1
	for _, c := range cells {
		if column >= left && column+c.width <= right {
			if first < 0 {
				first = column
			}
			b.WriteString(c.text)
		}
		column += c.width
	}
	text := b.String()
	if right < total {
		text += "…"
	}
	if left > 0 {
		return "…" + text, max(first, 0) - 1
	}
	return text, 0
}

// Marked cuts a source line into the text before the marked place, the
// place, and the text behind it, for readers whose fonts need not draw a
// Chinese character twice as wide as a Latin one. Its arguments are Excerpt's.
func Marked(source string, column, end, width int) (before, mark, after string) {
	shown, carets := Excerpt(source, max(column, 1), end, width)
	from, at := strings.IndexByte(carets, '^'), 0
	for clusters := displaywidth.StringGraphemes(shown); clusters.Next(); {
		switch text := clusters.Value(); {
		case at < from:
			before += text
		case at < len(carets):
			mark += text
		default:
			after += text
		}
		at += clusters.Width()
	}
	if mark == "" {
		mark = " " // behind the line's end
	}
	return before, mark, after
}
