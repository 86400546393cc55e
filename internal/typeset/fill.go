package typeset

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// Fill breaks a text into lines of at most width columns: at blanks and, in
// prose, between Chinese characters. What cannot be broken stays whole.
func Fill(s string, width int, prose bool) []string {
	var lines []string
	line, wide := "", 0
	for _, piece := range pieces(s, prose) {
		blank := 0
		if piece.blank && line != "" {
			blank = 1
		}
		if line != "" && wide+blank+piece.width > width {
			lines = append(lines, line)
			line, wide, blank = "", 0, 0
		}
		line += strings.Repeat(" ", blank) + piece.text
		wide += blank + piece.width
	}
	return append(lines, line)
}

// piece is text that must stay on one line; blank reports whether a blank
// precedes it.
type piece struct {
	text  string
	width int
	blank bool
}

func pieces(s string, prose bool) []piece {
	var out []piece
	var current piece
	flush := func(blank bool) {
		if current.text != "" {
			out = append(out, current)
			current = piece{}
		}
		current.blank = current.blank || blank
	}
	last, lastWidth := "", 0
	for clusters := displaywidth.StringGraphemes(s); clusters.Next(); {
		text, width := clusters.Value(), clusters.Width()
		switch {
		case text == " ":
			flush(true)
			last, lastWidth = "", 0
			continue
		case prose && last != "" && (width > 1 || lastWidth > 1) && mayPart(last, text):
			flush(false)
		}
		current.text += text
		current.width += width
		last, lastWidth = text, width
	}
	flush(false)
	return out
}

// mayPart reports whether a line may end between two characters: closing
// punctuation begins no line, opening punctuation ends none.
func mayPart(before, after string) bool {
	const opening, closing = "（《「『【〈“‘([{·→", "、，。；：？！）》」』】〉”’…—,.;:?!)]}%·→"
	return !strings.Contains(opening, before) && !strings.Contains(closing, after)
}
