package picture

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"hegui/internal/lang"
	"hegui/internal/typeset"
)

// Mermaid is the drawing as the text of a Mermaid flowchart, which code hosts draw
// where a Markdown fence names the language.
func (d *Drawing) Mermaid(l lang.Language) string {
	m := mermaid{language: l, classes: map[State][]string{}, columns: map[*Part]bool{}}
	m.line("flowchart LR")
	for i := range d.Boxes {
		if d.Boxes[i].Column == outside {
			m.box(i, &d.Boxes[i])
		}
	}
	for column := range d.Frames {
		frame := &d.Frames[column]
		m.line("subgraph c%d[\"%s\"]", column, m.heading(frame))
		m.line("direction TB")
		for i := range d.Boxes {
			if d.Boxes[i].Column == column {
				m.box(i, &d.Boxes[i])
			}
		}
		m.line("end")
	}
	for _, line := range d.Lines {
		m.arrow(line)
	}
	for _, look := range [...][2]string{
		{string(Failing), "stroke:#a61e17,stroke-width:3px"}, {string(Waiting), "stroke:#835400,stroke-width:2px,stroke-dasharray:6 3"},
		{string(Lesser), "stroke:#835400,stroke-width:2px"}, {string(Unjudged), "stroke-dasharray:2 3"},
	} {
		if boxes := m.classes[State(look[0])]; len(boxes) > 0 {
			m.line("classDef %s %s", look[0], look[1])
			m.line("class %s %s", strings.Join(boxes, ","), look[0])
		}
	}
	return m.text.String()
}

// mermaid is a flowchart on its way.
type mermaid struct {
	language lang.Language
	text     strings.Builder
	classes  map[State][]string
	columns  map[*Part]bool
}

func (m *mermaid) line(format string, args ...any) {
	fmt.Fprintf(&m.text, format+"\n", args...)
}

// heading is what stands above a column.
func (m *mermaid) heading(f *Frame) string {
	if f.Part == nil {
		return m.written(f.Labels)
	}
	m.columns[f.Part] = true
	return m.named(f.Part)
}

func (m *mermaid) box(i int, b *Box) {
	open, end, text := "[", "]", ""
	if b.Part == nil {
		text = m.written(b.Labels)
	} else {
		text = m.named(b.Part)
		switch b.Part.Shape {
		case "peer":
			open, end = "([", "])"
		case "channel", "copy":
			open, end = "[[", "]]"
		case "store":
			open, end = "[(", ")]"
		}
	}
	m.line("b%d%s\"%s\"%s", i, open, text, end)
	m.classes[b.Class] = append(m.classes[b.Class], "b"+strconv.Itoa(i))
}

// named is a part with its mark and what it is told apart by.
func (m *mermaid) named(p *Part) string {
	text := p.State.Mark()
	if n := len(p.Findings); n > 0 {
		text += " " + strconv.Itoa(n)
	}
	text += " " + quoted(typeset.OrDash(p.Name))
	if said := joined(p.Says); !said.IsZero() {
		text += m.below(p) + quoted(typeset.Prose(said, m.language))
	}
	for _, g := range p.Guards {
		if g.Open || !p.Outside {
			text += m.below(p) + quoted(typeset.Prose(g.Said(), m.language))
		}
	}
	return text
}

// below parts the lines of a box; what stands above a column is one line.
func (m *mermaid) below(p *Part) string {
	if m.columns[p] {
		return " · "
	}
	return "<br/>"
}

// written are labels in the language.
func (m *mermaid) written(labels []Label) string {
	var lines []string
	for _, label := range labels {
		if label.Lang == "" || label.Lang == m.language {
			lines = append(lines, quoted(label.Text))
		}
	}
	return strings.Join(lines, "<br/>")
}

func (m *mermaid) arrow(line Line) {
	arrow := "-->"
	if line.Open {
		arrow = "-.->"
	}
	for _, label := range line.Labels {
		if label.Lang == "" || label.Lang == m.language {
			arrow += `|"` + quoted(label.Text) + `"|`
			break
		}
	}
	m.line("b%d %s b%d", line.From, arrow, line.To)
}

// maxQuoted is how many columns of a name a flowchart shows.
const maxQuoted = 60

// quoted is a text within quotes, of which Mermaid takes nothing for its own: only
// letters, digits and harmless punctuation stand as they are, and no line begins as
// an item of a list does.
func quoted(s string) string {
	var b strings.Builder
	for i, r := range typeset.Truncate(s, maxQuoted) {
		plain := unicode.IsLetter(r) || unicode.IsMark(r) || strings.ContainsRune(" ·，、。（）：…", r)
		if plain || i > 0 && (unicode.IsDigit(r) || strings.ContainsRune("-_.,/", r)) {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, "#%d;", r)
	}
	return b.String()
}
