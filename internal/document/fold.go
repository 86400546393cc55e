package document

import "strings"

// doubleQuoted is what stands between double quotes. It understands the escapes
// that people write.
func doubleQuoted(inner string) (text string, understood bool) {
	inner = folded(inner)
	if strings.IndexByte(inner, '\\') < 0 {
		return inner, true
	}
	var b strings.Builder
	b.Grow(len(inner))
	for {
		plain, rest, escaped := strings.Cut(inner, `\`)
		b.WriteString(plain)
		if !escaped {
			return b.String(), true
		}
		if rest == "" {
			return "", false
		}
		switch rest[0] {
		case '"', '\\':
			b.WriteByte(rest[0])
		case 'n':
			b.WriteByte('\n')
		default:
			return "", false
		}
		inner = rest[1:]
	}
}

func singleQuoted(inner string) string {
	return strings.ReplaceAll(folded(inner), "''", "'")
}

// folded is a text over several lines as one: a line ending is a blank, and of
// several in a row the first is none. Blanks at either end of a line are dropped,
// but for those before the first and behind the last.
func folded(text string) string {
	first, rest, broken := strings.Cut(text, "\n")
	if !broken {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	b.WriteString(strings.TrimRight(first, " \r"))
	for empty := 0; broken; {
		var line string
		line, rest, broken = strings.Cut(rest, "\n")
		line = strings.TrimLeft(line, " ")
		if broken {
			line = strings.TrimRight(line, " \r")
		}
		if line == "" && broken {
			empty++
			continue
		}
		b.WriteString(joint(empty))
		b.WriteString(line)
		empty = 0
	}
	return b.String()
}

// joint stands for a line ending and the empty lines behind it.
func joint(empty int) string {
	if empty == 0 {
		return " "
	}
	return strings.Repeat("\n", empty)
}

// blockText is the text of a literal or folded scalar, which ends with its last line
// that is not blank. It understands those that keep at most one line ending there and
// that begin with text.
func blockText(word, behind string) (text string, understood bool) {
	head, body, some := strings.Cut(word, "\n")
	style, chomping := head[0], strings.TrimSuffix(head[1:], "\r")
	indent := len(body) - len(strings.TrimLeft(body, " "))
	if !some || chomping != "" && chomping != "-" || body[indent:] == "" || body[indent] == '\r' || body[indent] == '\n' {
		return "", false
	}
	var b strings.Builder
	b.Grow(len(body))
	if !unindent(&b, body, indent, style == '>') {
		return "", false
	}
	if chomping == "" && behind != "" {
		b.WriteByte('\n')
	}
	return b.String(), true
}

// unindent writes the lines of a block without their indentation. Where it folds, a
// line ending between two lines that begin with text is one of a text's.
func unindent(b *strings.Builder, body string, indent int, folds bool) (understood bool) {
	more := true
	indented, empty := false, -1 // empty lines since the last with text; none has come
	for more {
		var line string
		line, body, more = strings.Cut(body, "\n")
		line = strings.TrimSuffix(line, "\r")
		if strings.Trim(line[:min(indent, len(line))], " ") != "" {
			return false
		}
		if len(line) <= indent {
			empty++
			continue
		}
		line = line[indent:]
		switch {
		case empty < 0:
		case folds && !indented && line[0] != ' ':
			b.WriteString(joint(empty))
		default:
			b.WriteString(strings.Repeat("\n", empty+1))
		}
		b.WriteString(line)
		indented, empty = line[0] == ' ', 0
	}
	return true
}
