package typeset

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hegui/internal/lang"
)

// maxShown is how many characters of one text a terminal shows: enough for
// every honest message, too few to push the others off the screen.
const maxShown = 600

// maxMarks is how many combining marks may sit on one character. No script
// needs more; piles of them cover the lines above and below.
const maxMarks = 4

// Inert makes a text from outside safe for one line of a terminal or a CI log:
// whatever would move the cursor, change the order of the writing or be obeyed
// as a command is spelt out, and what is too long ends in "…".
func Inert(s string) string {
	if isOrdinary(s) {
		return disarm(s)
	}
	var b strings.Builder
	shown, marks := 0, 0
	for i, r := range s {
		if shown == maxShown {
			b.WriteString("…")
			break
		}
		b.WriteString(visible(s[i:], r, &marks))
		shown++
	}
	return disarm(b.String())
}

// isOrdinary reports a text of which every character may be shown, as nearly all are.
func isOrdinary(s string) bool {
	shown := 0
	for _, r := range s {
		shown++
		switch {
		case r >= 0x4E00 && r <= 0x9FFF, r >= ' ' && r < 0x7F && r != '#':
		case r == '#', r == utf8.RuneError, unicode.Is(unicode.M, r), !unicode.IsPrint(r):
			return false
		}
	}
	return shown <= maxShown
}

// InertLines is Inert for a whole page: its line breaks stay, and no line is
// shortened.
func InertLines(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		text, ended := strings.CutSuffix(line, "\n")
		var shown strings.Builder
		marks := 0
		for i, r := range text {
			shown.WriteString(visible(text[i:], r, &marks))
		}
		b.WriteString(disarm(shown.String()))
		if ended {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// Prose is Inert for a sentence: the line breaks of a folded text are spaces.
func Prose(t lang.Text, l lang.Language) string {
	text := t.In(l)
	if text == "" {
		// One language is better than a hole.
		text = t.ZH + t.EN
	}
	// Shortened first: a text of megabytes is not worth splitting.
	if len(text) > 8*maxShown {
		text = text[:8*maxShown]
	}
	return Inert(strings.TrimSpace(oneLine(text)))
}

// oneLine joins the lines of a folded text.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\n\r") {
		return strings.Trim(s, " \t")
	}
	lines := strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' })
	for i := range lines {
		lines[i] = strings.Trim(lines[i], " \t")
	}
	return strings.Join(lines, " ")
}

// Place is path:line:column, as editors and log viewers make it a link; a whole
// file is its path alone.
func Place(path string, line, column int) string {
	if line < 1 {
		return Inert(path)
	}
	return Inert(path) + ":" + strconv.Itoa(line) + ":" + strconv.Itoa(max(column, 1))
}

// OrDash is a text that may be empty, on one line.
func OrDash(s string) string {
	if s == "" {
		return "–"
	}
	return Inert(s)
}

// visible is the character r at the start of rest as a reader may see it.
// marks counts the combining marks since the last character of its own.
func visible(rest string, r rune, marks *int) string {
	if unicode.Is(unicode.M, r) {
		*marks++
	} else {
		*marks = 0
	}
	switch {
	case r == utf8.RuneError && !strings.HasPrefix(rest, string(utf8.RuneError)):
		return fmt.Sprintf(`\x%02x`, rest[0])
	case r == '#' && commands(rest):
		return escaped(r)
	case *marks > maxMarks, !unicode.IsPrint(r) && !unicode.Is(unicode.Zs, r):
		return escaped(r)
	}
	return rest[:utf8.RuneLen(r)]
}

// escaped spells out a character the way programmers do.
func escaped(r rune) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < 0x80:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// commands reports whether a text begins with what Azure, GitHub and TeamCity
// obey anywhere in a line of a log: "##vso[…", "##[…", "##teamcity[…".
func commands(text string) bool {
	name, found := strings.CutPrefix(text, "##")
	if !found {
		return false
	}
	// No command's name is longer; a bound keeps this linear.
	name = name[:min(len(name), 32)]
	return strings.HasPrefix(strings.TrimLeft(name, letters), "[")
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."

// disarm breaks the workflow command "::error::", which GitHub obeys where it
// begins a line.
func disarm(s string) string {
	bare := strings.TrimLeftFunc(s, unicode.IsSpace)
	if !strings.HasPrefix(bare, "::") {
		return s
	}
	return s[:len(s)-len(bare)] + `\x3a` + bare[1:]
}
