package picture

import (
	"slices"

	"hegui/internal/lang"
)

// Drawing is a picture with everything in its place: what stands outside at the
// left, then the columns, a row below the other for each part and what belongs to
// it. Lines run only where no box is.
type Drawing struct {
	W, H   int
	Frames []Frame
	Boxes  []Box
	Lines  []Line
	// Folded is how many parts are not drawn for want of space.
	Folded int
}

// Frame is a column.
type Frame struct {
	Rect
	// Part is nil for what states no column, and for those beyond the last.
	Part   *Part
	Class  State
	Labels []Label
}

// Box is a part in one column.
type Box struct {
	Rect
	// Part is nil for a box that counts those that are folded.
	Part   *Part
	Class  State
	Labels []Label
	// Column is the place of its frame, outside for none.
	Column int

	row, depth int
}

// Rect is a place on the drawing.
type Rect struct{ X, Y, W, H int }

// Label is a line of text; Lang is empty for what reads alike in both languages.
type Label struct {
	X, Y  int
	Text  string
	Lang  lang.Language
	Class string
}

// Line leads from a box to a box.
type Line struct {
	From, To int
	Points   []Point
	// Class is the state of what stands outside, empty for other lines; Open: nothing
	// protects it.
	Class  State
	Open   bool
	Locked *Point
	Labels []Label
}

// Point is a corner of a line.
type Point struct{ X, Y int }

// The measures of a drawing, in pixels.
const (
	outsideWidth = 140
	gutter       = 112
	columnGap    = 18
	pad          = 12
	indent       = 18
	rowGap       = 14
	stem         = 9 // from a box's left side
	wideColumn   = 272
	narrowColumn = 204 // where there are more than two

	// maxBoxes and maxColumns are how many a reader takes in; the rest is counted.
	maxBoxes   = 200
	maxColumns = 6
	outside    = -1
)

// Lay gives everything of a picture its place.
func Lay(p *Picture) *Drawing {
	l := &layout{picture: p, byID: map[string]*Part{}, column: map[string]int{}, children: map[string][]*Part{}, drawn: map[string]bool{}}
	l.columns()
	l.trees()
	l.fold()
	return l.place()
}

// layout is a drawing on its way: rows first, then pixels.
type layout struct {
	picture  *Picture
	byID     map[string]*Part
	column   map[string]int // of columns, by id
	frames   []Frame
	children map[string][]*Part
	drawn    map[string]bool

	boxes []Box
	lines []Line
	rows  int
	// used are the columns of each row that hold a box.
	used []map[int]bool
	// beside is set where something stands outside.
	beside bool
	// rest is how many columns share the last, depth how deep a part belongs.
	rest, depth int
	folded      int
}

// columns are those of the picture, one for what states none, and one for those
// beyond the last.
func (l *layout) columns() {
	p := l.picture
	for i := range p.Parts {
		l.byID[p.Parts[i].ID] = &p.Parts[i]
	}
	if l.homeless() {
		l.frames = append(l.frames, Frame{Class: Unjudged})
	}
	for i := range p.Columns {
		column := &p.Columns[i]
		if i >= maxColumns-1 && len(p.Columns) > maxColumns {
			if l.rest++; l.rest == 1 {
				l.frames = append(l.frames, Frame{Class: Unjudged})
			}
		} else {
			l.frames = append(l.frames, Frame{Part: column, Class: column.State})
		}
		l.column[column.ID] = len(l.frames) - 1
	}
}

// homeless reports whether some part lies in no column.
func (l *layout) homeless() bool {
	for i := range l.picture.Parts {
		if part := &l.picture.Parts[i]; !part.Outside && len(part.Columns) == 0 {
			return true
		}
	}
	return false
}

// of are the columns of a part.
func (l *layout) of(p *Part) []int {
	switch {
	case p.Outside:
		return []int{outside}
	case len(p.Columns) == 0:
		return []int{0}
	}
	var out []int
	for _, id := range p.Columns {
		if at := l.column[id]; !slices.Contains(out, at) {
			out = append(out, at)
		}
	}
	slices.Sort(out)
	return out
}

// trees lays part after part, each with what belongs to it below it. Where there
// is no room for all, the worst come first.
func (l *layout) trees() {
	var roots []*Part
	for i := range l.picture.Parts {
		part := &l.picture.Parts[i]
		if len(part.Of) == 0 {
			roots = append(roots, part)
		}
		for _, id := range part.Of {
			l.children[id] = append(l.children[id], part)
		}
	}
	if len(l.picture.Parts) > maxBoxes {
		worst := map[*Part]int{}
		for _, root := range roots {
			worst[root] = l.worst(root, map[*Part]bool{})
		}
		slices.SortStableFunc(roots, func(a, b *Part) int { return worst[a] - worst[b] })
	}
	var alone []*Part
	for _, root := range roots {
		if root.Outside {
			alone = append(alone, root)
			continue
		}
		l.tree(root, l.rows, 0, nil)
	}
	l.alone(alone)
}

// alone lays what stands outside and belongs to nothing into the last rows.
func (l *layout) alone(parts []*Part) {
	row := max(l.rows-len(parts), 0)
	for ; !l.freeFrom(row); row++ {
	}
	for i, part := range parts {
		l.put(part, row+i, 0)
	}
}

// freeFrom reports whether nothing stands outside from a row on.
func (l *layout) freeFrom(row int) bool {
	for ; row < l.rows; row++ {
		if !l.free(row, []int{outside}) {
			return false
		}
	}
	return true
}

// worst is the place of the worst state of a part and of what belongs to it.
func (l *layout) worst(p *Part, seen map[*Part]bool) int {
	worst := slices.Index(States(), p.State)
	seen[p] = true
	for _, child := range l.children[p.ID] {
		if !seen[child] {
			worst = min(worst, l.worst(child, seen))
		}
	}
	return worst
}

// tree lays a part into a row and returns its boxes; parents are those of what it
// belongs to.
func (l *layout) tree(p *Part, row, depth int, parents []int) {
	boxes := l.put(p, row, depth)
	if boxes == nil {
		return
	}
	for _, box := range boxes {
		if len(parents) > 0 {
			l.lines = append(l.lines, Line{From: l.parent(parents, l.boxes[box].Column), To: box})
		}
	}
	beside := row
	var last *Part
	lastRow := 0
	for _, child := range l.children[p.ID] {
		if child.Outside {
			continue
		}
		at := l.rows
		// Copies in several columns share a row.
		if last != nil && last.List == child.List && l.leaf(last) && l.leaf(child) && l.free(lastRow, l.of(child)) {
			at = lastRow
		}
		l.tree(child, at, depth+1, boxes)
		last, lastRow = child, at
	}
	for _, child := range l.children[p.ID] {
		if child.Outside {
			for ; !l.free(beside, []int{outside}); beside++ {
			}
			for _, from := range l.put(child, beside, 0) {
				l.lines = append(l.lines, Line{From: from, To: boxes[0], Class: child.State, Open: child.Open()})
			}
		}
	}
}

func (l *layout) leaf(p *Part) bool { return len(l.children[p.ID]) == 0 }

// free reports whether columns of a row are free; those of a row to come are.
func (l *layout) free(row int, columns []int) bool {
	return row >= l.rows || !slices.ContainsFunc(columns, func(c int) bool { return l.used[row][c] })
}

// parent is the box in the same column, else the first.
func (l *layout) parent(parents []int, column int) int {
	for _, box := range parents {
		if l.boxes[box].Column == column {
			return box
		}
	}
	return parents[0]
}

// put puts a box into each column of a part; none where there are too many.
func (l *layout) put(p *Part, row, depth int) []int {
	columns := l.of(p)
	if len(l.boxes)+len(columns) > maxBoxes {
		return nil
	}
	l.drawn[p.ID], l.depth = true, max(l.depth, depth)
	return l.fill(row, columns, Box{Part: p, Class: p.State, depth: depth})
}

func (l *layout) fill(row int, columns []int, box Box) []int {
	for l.rows <= row {
		l.rows, l.used = l.rows+1, append(l.used, map[int]bool{})
	}
	var out []int
	for _, column := range columns {
		box.row, box.Column = row, column
		l.boxes = append(l.boxes, box)
		l.used[row][column] = true
		l.beside = l.beside || column == outside
		out = append(out, len(l.boxes)-1)
	}
	return out
}

// fold counts, column by column, what is not drawn.
func (l *layout) fold() {
	more, open := map[int]int{}, map[int]int{}
	for i := range l.picture.Parts {
		part := &l.picture.Parts[i]
		if l.drawn[part.ID] {
			continue
		}
		l.folded++
		for _, column := range l.of(part) {
			more[column]++
			if len(part.Findings) > 0 {
				open[column]++
			}
		}
	}
	row := l.rows
	for column := outside; column < len(l.frames); column++ {
		if n := more[column]; n > 0 {
			class := Unjudged
			if open[column] > 0 {
				class = Failing
			}
			for _, box := range l.fill(row, []int{column}, Box{Class: class}) {
				l.boxes[box].Labels = counted(n, open[column])
			}
		}
	}
}

// counted says how many parts are folded; the labels get their places later.
func counted(n, open int) []Label {
	text := lang.Say("另有 %d 个没有画", "%d more, not drawn", n)
	if open > 0 {
		text = lang.Say("另有 %d 个没有画，%d 个有问题", "%d more, not drawn; findings in %d", n, open)
	}
	return []Label{{Text: text.ZH, Lang: lang.Chinese}, {Text: text.EN, Lang: lang.English}}
}
