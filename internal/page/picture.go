package page

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/picture"
	"hegui/internal/term"
)

// sketch is a platform's picture with its places and the words beside it.
type sketch struct {
	*picture.Picture
	*picture.Drawing
	Card *card
	by   map[string]*picture.Part
}

// Drawing is the picture of the platform, nil where there is none.
func (c *card) Drawing() *sketch {
	p := c.Picture
	if p == nil {
		return nil
	}
	d := &sketch{Picture: p, Drawing: picture.Lay(p), Card: c, by: map[string]*picture.Part{}}
	for _, all := range [][]picture.Part{p.Columns, p.Parts} {
		for i := range all {
			d.by[all[i].ID] = &all[i]
		}
	}
	return d
}

// maxLight is how many parts the first page of a card also puts into words.
const maxLight = 60

// Light reports whether the words stand below the drawing, and not on the page that
// may be long.
func (d *sketch) Light() bool { return len(d.Rows()) <= maxLight && d.Here() }

// maxHere is how many boxes the first page of a card draws.
const maxHere = 100

// Here reports whether the drawing stands on the first page, and not beside its words.
func (d *sketch) Here() bool { return len(d.Boxes) <= maxHere || !d.Card.Split() }

// Wide reports whether the drawing is wider than a page.
func (d *sketch) Wide() bool { return d.W > 1000 }

// Path is a line as SVG writes it.
func (d *sketch) Path(l picture.Line) string {
	var b strings.Builder
	for i, p := range l.Points {
		switch {
		case i == 0:
			fmt.Fprintf(&b, "M%d %d", p.X, p.Y)
		case p.X == l.Points[i-1].X:
			fmt.Fprintf(&b, "V%d", p.Y)
		default:
			fmt.Fprintf(&b, "H%d", p.X)
		}
	}
	return b.String()
}

// Tip is the head of a line, which always arrives from the left.
func (d *sketch) Tip(l picture.Line) string {
	end := l.Points[len(l.Points)-1]
	return fmt.Sprintf("M%d %dl-7-3.5v7z", end.X, end.Y)
}

// Lock is a small lock, drawn from its lower left corner.
func (d *sketch) Lock(at picture.Point) string {
	return fmt.Sprintf("M%d %dh8v-5h-8zm2-5v-2a2 2 0 0 1 4 0v2", at.X, at.Y)
}

// Outline is what a box looks like: plain, or round as a peer is, a pipe, a drum,
// a leaf on another.
func (d *sketch) Outline(b picture.Box) template.HTML {
	const rounded = `<rect x="%d" y="%d" width="%d" height="%d" rx="%d"/>`
	rect := fmt.Sprintf(rounded, b.X, b.Y, b.W, b.H, 3)
	switch {
	case b.Part == nil:
	case b.Part.Shape == "peer":
		rect = fmt.Sprintf(rounded, b.X, b.Y, b.W, b.H, min(b.H/2, 24))
	case b.Part.Shape == "channel":
		rect = fmt.Sprintf(`<path d="M%[1]d %[2]dh%[3]da4 %[5]d 0 0 1 0 %[4]dh-%[3]da4 %[5]d 0 0 1 0-%[4]da4 %[5]d 0 0 1 0 %[4]d"/>`, b.X+4, b.Y, b.W-8, b.H, b.H/2)
	case b.Part.Shape == "store":
		rect = fmt.Sprintf(`<path d="M%[1]d %[2]dv%[4]dh%[3]dv-%[4]da%[5]d 4 0 0 0-%[3]d 0a%[5]d 4 0 0 0 %[3]d 0"/>`, b.X, b.Y+4, b.W, b.H-4, b.W/2)
	case b.Part.Shape == "copy":
		rect = fmt.Sprintf(`<path d="M%d %dh%dv%d"/>`, b.X+4, b.Y-4, b.W, b.H) + rect
	}
	return template.HTML(rect) // numbers alone
}

// kind is one kind of what is drawn: how it looks, and how many there are.
type kind struct {
	Text lang.Text
	Box  picture.Box
	N    int
}

// Kinds are the kinds of what is drawn, in their order.
func (d *sketch) Kinds() []*kind {
	var out []*kind
	by := map[string]*kind{}
	for _, p := range d.Rows() {
		if by[p.List] == nil {
			by[p.List] = &kind{Text: p.Kind, Box: picture.Box{Rect: picture.Rect{X: 1, Y: 5, W: 16, H: 12}, Part: &p}}
			out = append(out, by[p.List])
		}
		by[p.List].N++
	}
	return out
}

// Legend are the states that there are, the worst first.
func (d *sketch) Legend() []tallied {
	var out []tallied
	for _, s := range picture.States() {
		if n := d.Count(s); n > 0 {
			out = append(out, tallied{stateSign(s), n})
		}
	}
	return out
}

func stateSign(s picture.State) sign {
	class := map[picture.State]string{picture.Failing: "bad", picture.Waiting: "half", picture.Lesser: "half", picture.Waived: "half", picture.Met: "good", picture.Unjudged: "none"}[s]
	return sign{Text: term.PartStates().Text(string(s)), Mark: s.Mark(), Class: class}
}

// Class is a state as the style knows it.
func (d *sketch) Class(s picture.State) string {
	if slices.Contains(picture.States(), s) {
		return string(s)
	}
	return ""
}

// State is what the checks say of a part.
func (d *sketch) State(p picture.Part) sign { return stateSign(p.State) }

// Rows are all that is sketch, in words.
func (d *sketch) Rows() []picture.Part {
	return slices.Concat(d.Columns, d.Parts)
}

// Names are those of other parts.
func (d *sketch) Names(ids []string) lang.Text {
	var names []string
	for _, id := range ids {
		if p := d.by[id]; p != nil {
			names = append(names, p.Name)
		}
	}
	return lang.Say("%s", "%s", lang.Text{ZH: strings.Join(names, "、"), EN: strings.Join(names, ", ")})
}

// Reported are the findings about a part, as the card lists them.
func (d *sketch) Reported(prints []string) []reported {
	var out []reported
	for _, f := range d.Card.Findings {
		if slices.Contains(prints, f.Fingerprint) {
			out = append(out, reported{f.No, d.Card.To(Findings, f.Anchor)})
		}
	}
	return out
}

// reported leads to a finding by its number.
type reported struct {
	No   int
	Link string
}
