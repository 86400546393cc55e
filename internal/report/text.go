package report

import (
	"io"

	"hegui/internal/results"
	"hegui/internal/typeset"
)

// leastWidth is how wide a line is at least, be the terminal ever so narrow.
const leastWidth = 40

// textFormat is what a platform's owner reads in a terminal or a CI log:
// findings first, then a card per platform, the summary last, where the eye
// rests when the run is over.
type textFormat struct{}

func (textFormat) Name() string { return "text" }

func (textFormat) Write(w io.Writer, r *results.Results, o Options) error {
	p := newPage(o)
	if r.Gate != nil {
		p.gate(r)
	} else {
		p.check(r, o.Quiet)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// check writes what stands: findings, cards, summary.
func (p *page) check(r *results.Results, quiet bool) {
	for i := range r.Platforms {
		for j := range r.Platforms[i].Findings {
			p.finding(&r.Platforms[i].Findings[j])
		}
	}
	if !quiet {
		for i := range r.Platforms {
			p.card(&r.Platforms[i])
		}
	}
	p.summary(r)
}

// page is a text report on its way to the terminal.
type page struct {
	voice
	typeset.Page
}

func newPage(o Options) *page {
	p := &page{newVoice(o), typeset.Page{Painter: typeset.Painter{On: o.Color}, Width: typeset.UsualWidth}}
	if o.Width > 0 {
		p.Width = max(o.Width, leastWidth)
	}
	return p
}
