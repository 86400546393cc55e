package picture

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"hegui/internal/lang"
	"hegui/internal/typeset"
)

// place turns rows and columns into pixels.
func (l *layout) place() *Drawing {
	l.head()
	d := &Drawing{Frames: l.frames, Boxes: l.boxes, Lines: l.lines, Folded: l.folded}
	for i := range d.Boxes {
		box := &d.Boxes[i]
		box.X, box.W = l.left(box.Column)+pad+box.depth*indent, l.width()-2*pad-box.depth*indent
		if box.Column == outside {
			box.X, box.W = 1, outsideWidth
		}
		box.write()
	}
	tops, bottom := l.heights(d)
	for i := range d.Frames {
		frame := &d.Frames[i]
		frame.Rect = Rect{l.left(i), 1, l.width(), bottom - 1}
		frame.Labels = moved(frame.Labels, frame.X, frame.Y)
	}
	for i := range d.Boxes {
		box := &d.Boxes[i]
		box.Y = tops[box.row]
		box.Labels = moved(box.Labels, box.X, box.Y)
	}
	l.connect(d)
	d.W, d.H = l.left(len(d.Frames))-columnGap+1, bottom+1
	return d
}

// width is that of a column, left where one begins.
func (l *layout) width() int {
	width := wideColumn
	if len(l.frames) > 2 {
		width = narrowColumn
	}
	return width + max(l.depth-2, 0)*indent
}

func (l *layout) left(column int) int {
	begin := 1
	if l.beside {
		begin += outsideWidth + gutter
	}
	return begin + column*(l.width()+columnGap)
}

// moved are labels at their place; what both languages have alike is one.
func moved(labels []Label, x, y int) []Label {
	var out []Label
	for _, label := range labels {
		label.X, label.Y = label.X+x, label.Y+y
		twin := label
		twin.Lang = other(label.Lang)
		if i := slices.Index(out, twin); i >= 0 {
			out[i].Lang = ""
			continue
		}
		out = append(out, label)
	}
	return out
}

// heights are the tops of the rows and the bottom of the last: a row is as high as
// its highest box, and all boxes in it are.
func (l *layout) heights(d *Drawing) (tops []int, bottom int) {
	high := make([]int, l.rows)
	for i := range d.Boxes {
		high[d.Boxes[i].row] = max(high[d.Boxes[i].row], d.Boxes[i].H)
	}
	top := 0
	for i := range d.Frames {
		for _, label := range d.Frames[i].Labels {
			top = max(top, label.Y)
		}
	}
	top += 1 + rowGap
	for row := range high {
		tops = append(tops, top)
		top += high[row] + rowGap
	}
	for i := range d.Boxes {
		d.Boxes[i].H = high[d.Boxes[i].row]
		d.Boxes[i].centre()
	}
	return tops, top
}

// head writes the heads of the columns.
func (l *layout) head() {
	for i := range l.frames {
		frame := &l.frames[i]
		w := writer{x: pad, y: 20, width: l.width() - 2*pad}
		switch {
		case frame.Part != nil:
			w.mark(frame.Part, l.width()-pad)
			w.both(lang.Same(typeset.OrDash(frame.Part.Name)), "name", 1)
			w.both(joined(frame.Part.Says), "soft", 2)
		case i == len(l.frames)-1 && l.rest > 0:
			w.both(lang.Say("另有 %d 列", "%d more columns", l.rest), "name", 1)
		default:
			w.both(lang.Say("没有写在哪里", "place not stated"), "name", 1)
		}
		frame.Labels = w.labels
	}
}

// write writes what a box says, below its upper left corner.
func (b *Box) write() {
	w := writer{x: 10, y: 17, width: b.W - 20}
	if b.Part == nil {
		for i, label := range b.Labels {
			b.Labels[i] = Label{X: w.x, Y: w.y, Text: typeset.Truncate(label.Text, w.width*10/size(label.Text, "soft")), Lang: label.Lang, Class: "soft"}
		}
		b.H = 26
		return
	}
	switch b.Part.Shape {
	case "store":
		w.y += 4 // below its upper side
	case "peer", "channel":
		w.x, w.width = w.x+4, w.width-8
	}
	w.mark(b.Part, w.x+w.width)
	w.both(lang.Same(typeset.OrDash(b.Part.Name)), "name", 2)
	w.both(joined(b.Part.Says), "soft", 2)
	if !b.Part.Outside {
		for _, g := range b.Part.Guards {
			class := "guard"
			if g.Open {
				class = "guard open"
			}
			w.both(g.Said(), class, 1)
		}
	}
	b.Labels, b.H = w.labels, w.bottom()
}

// Said is what protects a part, or that nothing does.
func (g Guard) Said() lang.Text {
	if g.Name == "" {
		return g.Says // "no encryption stated"
	}
	if g.Says.IsZero() {
		return lang.Say("%s：%s", "%s: %s", g.Kind, g.Name)
	}
	return lang.Say("%s：%s", "%s: %s", g.Kind, g.Says)
}

// centre moves what a box says to its middle, in each language for itself.
func (b *Box) centre() {
	for _, l := range languages() {
		last := 0
		for _, label := range b.Labels {
			if label.Lang == l {
				last = max(last, label.Y)
			}
		}
		down := (b.H - last - 9) / 2
		for i := range b.Labels {
			if b.Labels[i].Lang == l {
				b.Labels[i].Y += max(down, 0)
			}
		}
	}
}

func languages() [2]lang.Language { return [2]lang.Language{lang.Chinese, lang.English} }

func other(l lang.Language) lang.Language {
	if l == lang.Chinese {
		return lang.English
	}
	return lang.Chinese
}

// size is how many tenths of a pixel a column of text takes; Chinese characters are
// square, letters a little wider than half of that.
func size(text, class string) int {
	chinese := typeset.Width(text) == 2*utf8.RuneCountInString(text)
	switch {
	case class == "name" && chinese:
		return 63
	case class == "name":
		return 70
	case chinese:
		return 56
	}
	return 60
}

// writer writes lines below each other.
type writer struct {
	x, y, width int
	// narrow is what the mark takes of the first line.
	narrow int
	// lines are those written in Chinese and in English.
	zh, en int
	labels []Label
}

// mark writes the sign of a state with the number of findings, ending at x.
func (w *writer) mark(p *Part, x int) {
	text := p.State.Mark()
	if n := len(p.Findings); n > 0 {
		text += " " + strconv.Itoa(n)
	}
	for _, one := range languages() {
		w.labels = append(w.labels, Label{X: x, Y: w.y, Text: text, Lang: one, Class: "mark"})
	}
	w.narrow = 8 + 8*typeset.Width(text)
}

// both writes a text in up to so many lines, in each language below what that has.
func (w *writer) both(t lang.Text, class string, most int) {
	if t.IsZero() {
		return
	}
	w.zh = w.in(lang.Chinese, typeset.Prose(t, lang.Chinese), class, most, w.zh)
	w.en = w.in(lang.English, typeset.Prose(t, lang.English), class, most, w.en)
}

const lineHeight = 16

func (w *writer) in(l lang.Language, text, class string, most, line int) int {
	width := w.width
	if line == 0 {
		width -= w.narrow
	}
	width = width * 10 / size(text, class)
	lines := filled(text, width)
	for i, one := range lines {
		if i == most-1 && len(lines) > most {
			one = strings.Join(lines[i:], "")
		}
		w.labels = append(w.labels, Label{X: w.x, Y: w.y + line*lineHeight, Text: typeset.Truncate(one, width), Lang: l, Class: class})
		if line++; i == most-1 {
			break
		}
	}
	return line
}

// filled breaks a text into lines; of two neither is much shorter than the other.
func filled(text string, width int) []string {
	lines := broken(typeset.Fill(text, width, true), width)
	if half := typeset.Width(text)/2 + 2; len(lines) == 2 && half < width {
		if even := typeset.Fill(text, half, true); len(even) == 2 {
			return even
		}
	}
	return lines
}

// broken parts words that are too long for a line where names have a joint.
func broken(lines []string, width int) []string {
	var out []string
	for _, line := range lines {
		for typeset.Width(line) > width {
			joint := strings.LastIndexAny(line[:min(len(line), max(width, 0))], "-_./")
			if joint < 1 {
				break
			}
			out, line = append(out, line[:joint+1]), line[joint+1:]
		}
		out = append(out, line)
	}
	return out
}

func (w *writer) bottom() int { return w.y + (max(w.zh, w.en, 1)-1)*lineHeight + 10 }

// connect draws the lines, each where no box is: down the side of the parent,
// through the gap above the row of the child; from outside through the gutter.
func (l *layout) connect(d *Drawing) {
	for i := range d.Lines {
		line := &d.Lines[i]
		from, to := d.Boxes[line.From], d.Boxes[line.To]
		switch from.Column {
		case outside:
			line.Points = beside(from, to, l.left(0)-10)
			line.label(from, from.Part)
		case to.Column:
			line.Points = []Point{{from.X + stem, from.Y + from.H}, {from.X + stem, middle(to)}, {to.X, middle(to)}}
		default:
			gap := to.Y - rowGap/2
			line.Points = []Point{{from.X + stem, from.Y + from.H}, {from.X + stem, gap}, {to.X - stem, gap}, {to.X - stem, middle(to)}, {to.X, middle(to)}}
		}
		line.Points = slices.Compact(line.Points)
	}
}

func middle(b Box) int { return b.Y + b.H/2 }

// beside leads from outside through the gutter, at x from row to row.
func beside(from, to Box, x int) []Point {
	start, end := Point{from.X + from.W, middle(from)}, Point{to.X, middle(to)}
	if start.Y == end.Y {
		return []Point{start, end}
	}
	return []Point{start, {x, start.Y}, {x, end.Y}, end}
}

// label writes above a line what protects it.
func (line *Line) label(from Box, p *Part) {
	x, y := from.X+from.W+8, middle(from)-6
	width := gutter - 19
	if p.Guarded() {
		line.Locked = &Point{x, y}
		x, width = x+13, width-13
	}
	var texts []lang.Text
	for _, g := range p.Guards {
		said := g.Says
		if said.IsZero() {
			said = lang.Same(g.Name)
		}
		texts = append(texts, said)
	}
	said := joined(texts)
	for _, one := range languages() {
		if text := typeset.Prose(said, one); text != "" {
			line.Labels = append(line.Labels, Label{X: x, Y: y, Text: typeset.Truncate(text, width*10/size(text, "soft")), Lang: one, Class: "soft"})
		}
	}
}
