package report

import (
	"errors"
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

func (textFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	return &textReport{page: newPage(o), cards: newPage(o), w: w, run: run, quiet: o.Quiet}, nil
}

// Shown reports whether a format is for people who look on while it is written,
// and see by its last line that it is whole.
func Shown(f Format) bool { return f == textFormat{} }

// textReport writes the findings of a platform as they come.
type textReport struct {
	nothing
	*page
	cards *page
	w     io.Writer
	run   *results.Results
	quiet bool
	// rows are the platforms in the summary, waived how many findings are.
	rows   [][]typeset.Field
	waived int
}

func (d *textReport) Platform(p *results.Platform) error {
	if d.run.Gate != nil {
		return nil
	}
	for i := range p.Findings {
		d.finding(&p.Findings[i])
	}
	if !d.quiet {
		d.cards.card(p)
	}
	d.rows = append(d.rows, d.overview(p))
	d.waived += waived(p)
	return d.flush(d.page)
}

func (d *textReport) End(run *results.Results) error {
	if d.run.Gate != nil {
		d.gate(run)
		return d.flush(d.page)
	}
	d.summary(run, d.rows, d.waived)
	return errors.Join(d.flush(d.cards), d.flush(d.page))
}

// flush writes what is on a page.
func (d *textReport) flush(p *page) error {
	_, err := io.WriteString(d.w, p.String())
	p.Reset()
	return err
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
