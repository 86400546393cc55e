package timeline

import (
	"maps"
	"slices"

	"hegui/internal/calendar"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/score"
)

// History is what the platforms of a repository were judged to be, commit after
// commit, each on its own day.
type History struct {
	Moments []Moment
	Lines   []*Line
	// Book is the last rulebook that could be read, nil for none.
	Book *rulebook.Rulebook
	// Readings counts how often a platform was read, Judgings how often one was judged.
	Readings, Judgings int
}

// Moment is one commit.
type Moment struct {
	Commit string
	On     calendar.Date
	// Domain is that of the author's mailbox, Signed whether the commit bears a signature,
	// which nobody verifies here.
	Domain string
	Signed bool
	// Rulebook is the digest of what was judged by. Gap says why nothing was judged, zero
	// where it was.
	Rulebook string
	Gap      lang.Text
}

// Line is one platform through history, whatever folder it was in.
type Line struct {
	// ID and Name are the last ones; IDs are all that there were.
	ID, Code string
	Name     lang.Text
	IDs      []string
	// Points are the moments at which something of it changed, in their order.
	Points []Point
	// Claims are its dated records at the last moment, where somebody asked for them.
	Claims []*Claim

	origin *origin
}

// Point is what a platform is from one moment on, to the next point.
type Point struct {
	// At is the place of the moment.
	At int
	// ID is the folder that it was in.
	ID string
	// Gone: it is no longer there. Gap says why it was not judged; zero where it was.
	Gone bool
	Gap  lang.Text
	// Unreadable are the topics of which nothing can be read: what the score says there
	// is little more than that.
	Unreadable []string
	Summary
	// Changed says what is no longer as at the point before.
	Changed Causes

	key key
}

// Summary is what a score comes to. Numbers are written with one decimal, "" where there
// is none.
type Summary struct {
	Raw       string
	Grade     rulebook.Grade
	Compliant bool
	// Vetoes are the ids of open blockers, Unmet those of the duties of law that are not
	// met.
	Vetoes, Unmet []string
	// Chapters are the scores of the chapters that have one, by id.
	Chapters map[string]string
}

func summary(r *score.Result) Summary {
	s := Summary{Raw: score.Format(r.Raw), Grade: r.Grade, Compliant: r.Compliant, Vetoes: r.Vetoes, Unmet: r.Statutory.Unmet, Chapters: map[string]string{}}
	for _, chapter := range r.Chapters {
		if !chapter.Score.IsNone() {
			s.Chapters[chapter.ID] = chapter.Score.Format()
		}
	}
	return s
}

// Causes say why a point is another than the one before it. Where none is set the same
// description is judged by the same rulebook on a later day.
type Causes struct {
	// First: there is none before it, or none with a score.
	First, Description, Rulebook, Others bool
}

// key is what a platform is judged by: its folder, the rulebook, and what it has in
// common with others.
type key struct{ folder, book, others string }

// same reports whether a platform is at two points the same to a reader.
func (p *Point) same(o *Point) bool {
	return p.ID == o.ID && p.Gone == o.Gone && p.Gap == o.Gap && p.Raw == o.Raw && p.Grade.ID == o.Grade.ID && p.Compliant == o.Compliant &&
		slices.Equal(p.Unreadable, o.Unreadable) && slices.Equal(p.Vetoes, o.Vetoes) && slices.Equal(p.Unmet, o.Unmet) && maps.Equal(p.Chapters, o.Chapters)
}

// settle puts the points of a line in order, says why each is another than the one
// before, and leaves out those at which nothing of it changed.
func (l *Line) settle() {
	slices.SortStableFunc(l.Points, func(a, b Point) int { return a.At - b.At })
	kept := l.Points[:0:0]
	for i := range l.Points {
		p := l.Points[i]
		switch {
		case p.Gone || !p.Gap.IsZero():
		case i == 0 || l.Points[i-1].Gone || !l.Points[i-1].Gap.IsZero():
			p.Changed.First = true
		default:
			before := l.Points[i-1].key
			p.Changed = Causes{Description: p.key.folder != before.folder, Rulebook: p.key.book != before.book, Others: p.key.others != before.others}
		}
		if i == 0 || p.Changed.Description || !p.same(&kept[len(kept)-1]) {
			kept = append(kept, p)
		}
	}
	l.Points = kept
}
