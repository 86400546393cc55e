package document

import (
	"strings"

	"hegui/internal/lang"
)

// spread is the problem of a slip with those beside it, of which none can be put
// right without the rest: they stand on lines from top to bottom, which are one text
// to the parser, and on those below as far as each has one.
func (d *Document) spread(s slip, line, top, bottom, below int) Problem {
	likes := map[int]slip{line: s}
	like := func(line int) bool {
		other, found := slipIn(d.Line(line))
		if found = found && s.like(other); found {
			likes[line] = other
		}
		return found
	}
	first, last := line, line
	for n := line - 1; n >= top; n-- {
		if like(n) {
			first = n
		}
	}
	for n := line + 1; n <= bottom; n++ {
		if like(n) {
			last = n
		}
	}
	for last >= bottom && last < below && !opensText(d.Line(last)) && like(last+1) {
		last++
	}
	p := Problem{Code: s.code, Start: Pos{first, likes[first].from + 1}, End: Pos{last, likes[last].to + 1}, Message: s.message, Remedy: s.remedy}
	if first < last {
		p.Message = lang.Say("%s（第 %d 至 %d 行）", "%s (lines %d to %d)", s.message, first, last)
	}
	if s.sure {
		p.Edit = &Edit{p.Start, p.End, d.corrected(first, last, likes)}
	}
	return p
}

// like reports whether another slip is of the same hand.
func (s slip) like(other slip) bool {
	return !s.value && !other.value && (s.sure && other.sure || s.code == other.code && s.message == other.message && !s.sure && !other.sure)
}

// opensText reports that text follows on the next lines, or may.
func opensText(line string) bool {
	line = strings.TrimRight(line, " +-0123456789")
	return strings.HasSuffix(line, "|") || strings.HasSuffix(line, ">") || strings.ContainsAny(line, `"'`)
}

// corrected is the text of lines from the first one's slip to the last one's, with
// the slips put right.
func (d *Document) corrected(first, last int, slips map[int]slip) string {
	var text strings.Builder
	for n := first; n <= last; n++ {
		l := []rune(d.Line(n))
		s, found := slips[n]
		if !found {
			s.write = string(l)
			s.to = len(l)
		}
		if n > first {
			text.WriteString("\n" + string(l[:s.from]))
		}
		text.WriteString(s.write)
		if n < last {
			text.WriteString(string(l[s.to:]))
		}
	}
	return text.String()
}

// Slip is what is probably wrong with the look of a value that is not what its
// place wants, nil where nothing is. layout reports that the value was meant to be
// more than a text: its dashes or colons are none to YAML.
func (v *Value) Slip() (p *Problem, layout bool) {
	if d := v.Document(); d != nil {
		return v.slip(d)
	}
	return nil, false
}

func (v *Value) slip(d *Document) (p *Problem, layout bool) {
	if v.Kind != String || !v.plain {
		return nil, false
	}
	last := min(v.End().Line, v.Start().Line+maxLines)
	for line := v.Start().Line; line <= last; line++ {
		s, found := slipIn(d.Line(line))
		before := line == v.Start().Line && s.to < v.Start().Column-1
		behind := line == v.End().Line && s.from+1 > v.End().Column
		if found && !before && !behind {
			p := d.spread(s, line, v.Start().Line, last, 0)
			return &p, !s.value
		}
		if text := d.Line(line); line > v.Start().Line && strings.HasPrefix(strings.TrimLeft(text, " "), "- ") {
			at := indentOf(text)
			return &Problem{Code: CodeSyntax, Start: Pos{line, at + 1}, End: Pos{line, at + 2},
				Message: lang.Say("这一行被读作上一行文字的续行，不是列表项", "the line reads as more of the text above, not as a list item"),
				Remedy:  lang.Say("让列表各项的短横线左对齐", "align the dashes of the list")}, true
		}
	}
	return nil, false
}

// maxLines is how many lines of one text are looked at.
const maxLines = 20
