package picture_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hegui/internal/lang"
	"hegui/internal/picture"
	"hegui/internal/trial"
)

// pictures are such as descriptions give, and larger ones.
func pictures(t *rapid.T) *picture.Picture {
	p := &picture.Picture{}
	name := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"门户", "an-extraordinarily-long-name-of-a-component", "事项受理与审批流程及其附属的全部子系统"}))
	part := func(list string, i int) picture.Part {
		return picture.Part{ID: fmt.Sprintf("%s-%d", list, i), List: list, Name: name.Draw(t, "name"), Says: rapid.SliceOfN(rapid.Just(lang.Say("说明", "a word that takes space")), 0, 4).Draw(t, "says"),
			State: rapid.SampledFrom(picture.States()).Draw(t, "state"), Findings: rapid.SliceOfN(rapid.Just("f"), 0, 3).Draw(t, "findings")}
	}
	for i := range rapid.IntRange(0, 9).Draw(t, "columns") {
		p.Columns = append(p.Columns, part("column", i))
	}
	var inside []string
	for i := range rapid.SampledFrom([]int{0, 1, 3, 8, 20, 60, 260}).Draw(t, "parts") {
		one := part(rapid.SampledFrom([]string{"a", "b"}).Draw(t, "list"), i)
		one.Outside = rapid.IntRange(0, 3).Draw(t, "outside") == 0
		if len(inside) > 0 {
			one.Of = rapid.SliceOfNDistinct(rapid.SampledFrom(inside), 0, 2, rapid.ID).Draw(t, "of")
		}
		if !one.Outside {
			inside = append(inside, one.ID)
			for _, column := range p.Columns {
				if rapid.IntRange(0, len(p.Columns)).Draw(t, "in") == 0 {
					one.Columns = append(one.Columns, column.ID)
				}
			}
		}
		if rapid.Bool().Draw(t, "guarded") {
			one.Guards = []picture.Guard{{Kind: lang.Say("通道", "channel"), Name: "n", Says: lang.Say("加密的通道", "an encrypted channel"), Open: rapid.Bool().Draw(t, "open")}}
		}
		p.Parts = append(p.Parts, one)
	}
	return p
}

// Whatever is drawn: no box touches another, all lie in their frames, all frames on
// the drawing; a line begins at one box, ends at another and passes through none;
// what has no box is counted.
func TestEverythingHasItsPlace(t *testing.T) {
	trial.Check(t, 100, func(t *rapid.T) {
		p := pictures(t)
		d := picture.Lay(p)
		if again := picture.Lay(p); !reflect.DeepEqual(d, again) {
			t.Fatal("the same picture is drawn in two ways")
		}
		sheet := picture.Rect{X: 0, Y: 0, W: d.W, H: d.H}
		drawn := map[string]bool{}
		for i, box := range d.Boxes {
			if !within(box.Rect, sheet) || box.Column >= 0 && !within(box.Rect, d.Frames[box.Column].Rect) {
				t.Fatalf("box %d lies beside its frame: %v", i, box.Rect)
			}
			for j := range i {
				if overlap(box.Rect, d.Boxes[j].Rect) {
					t.Fatalf("boxes %d and %d overlap: %v and %v", j, i, d.Boxes[j].Rect, box.Rect)
				}
			}
			for _, label := range box.Labels {
				if label.X <= box.X || label.X >= box.X+box.W || label.Y <= box.Y || label.Y >= box.Y+box.H {
					t.Fatalf("%q of box %d lies outside: %v", label.Text, i, box.Rect)
				}
			}
			if box.Part != nil {
				drawn[box.Part.ID] = true
			}
		}
		if len(drawn)+d.Folded != len(p.Parts) {
			t.Fatalf("%d parts are drawn and %d counted, of %d", len(drawn), d.Folded, len(p.Parts))
		}
		for i, line := range d.Lines {
			straight(t, d, i, line)
		}
	})
}

func straight(t *rapid.T, d *picture.Drawing, i int, line picture.Line) {
	first, last := line.Points[0], line.Points[len(line.Points)-1]
	if !onEdge(first, d.Boxes[line.From].Rect) || !onEdge(last, d.Boxes[line.To].Rect) || line.From == line.To {
		t.Fatalf("line %d does not lead from box to box: %v", i, line.Points)
	}
	if before := line.Points[len(line.Points)-2]; before.Y != last.Y || before.X >= last.X {
		t.Fatalf("line %d does not arrive from the left: %v", i, line.Points)
	}
	for j := 1; j < len(line.Points); j++ {
		a, b := line.Points[j-1], line.Points[j]
		if a.X != b.X && a.Y != b.Y {
			t.Fatalf("line %d is slanted: %v", i, line.Points)
		}
		way := picture.Rect{X: min(a.X, b.X), Y: min(a.Y, b.Y), W: max(a.X, b.X) - min(a.X, b.X), H: max(a.Y, b.Y) - min(a.Y, b.Y)}
		for k, box := range d.Boxes {
			if overlap(way, box.Rect) {
				t.Fatalf("line %d passes through box %d: %v, %v", i, k, line.Points, box.Rect)
			}
		}
	}
}

func within(r, in picture.Rect) bool {
	return r.X >= in.X && r.Y >= in.Y && r.X+r.W <= in.X+in.W && r.Y+r.H <= in.Y+in.H
}

func overlap(a, b picture.Rect) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}

func onEdge(p picture.Point, r picture.Rect) bool {
	return (p.X == r.X || p.X == r.X+r.W) && p.Y >= r.Y && p.Y <= r.Y+r.H || (p.Y == r.Y || p.Y == r.Y+r.H) && p.X >= r.X && p.X <= r.X+r.W
}

// The worst are drawn where there is no room for all, and each column says how
// many it does not show.
func TestWhatFindsNoRoomIsCounted(t *testing.T) {
	p := &picture.Picture{Columns: []picture.Part{{ID: "0-1", Name: "east"}}}
	for i := range 300 {
		part := picture.Part{ID: fmt.Sprint(i), Columns: []string{"0-1"}, State: picture.Met}
		if i >= 290 {
			part.State, part.Findings = picture.Failing, []string{"f"}
		}
		p.Parts = append(p.Parts, part)
	}
	d := picture.Lay(p)
	if d.Folded != 100 || len(d.Boxes) != 201 || d.Boxes[0].Part.ID != "290" {
		t.Errorf("%d are folded, %d boxes, first %v", d.Folded, len(d.Boxes), d.Boxes[0].Part)
	}
	last := d.Boxes[200]
	if !slices.ContainsFunc(last.Labels, func(l picture.Label) bool { return l.Text == "100 more, not drawn" }) {
		t.Errorf("the last box says %v", last.Labels)
	}
}

// What belongs to a part that finds no room is not drawn without it, even where there
// would be room for one more box.
func TestNothingIsDrawnWithoutWhatItBelongsTo(t *testing.T) {
	p := &picture.Picture{Columns: []picture.Part{{ID: "0-1", Name: "east"}, {ID: "0-2", Name: "west"}}}
	for i := range 199 {
		p.Parts = append(p.Parts, picture.Part{ID: fmt.Sprint(i), Columns: []string{"0-1"}, State: picture.Failing})
	}
	p.Parts = append(p.Parts,
		picture.Part{ID: "both", Columns: []string{"0-1", "0-2"}, State: picture.Met},
		picture.Part{ID: "peer", Outside: true, Of: []string{"both"}, State: picture.Met})
	if d := picture.Lay(p); d.Folded != 2 {
		t.Errorf("%d are folded, want the part and its peer", d.Folded)
	}
}
