package report

import (
	"cmp"
	"io"
	"slices"

	"hegui/internal/finding"
	"hegui/internal/results"
	"hegui/internal/slab"
	"hegui/internal/typeset"
)

// leastWidth is the width assumed of a narrower terminal.
const leastWidth = 40

// textFormat is what a platform's owner reads in a terminal or a CI log:
// platform after platform, each with its findings and its card, the summary last,
// where the eye rests when the run is over.
type textFormat struct{}

func (textFormat) Name() string { return "text" }

func (textFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	return &textReport{page: newPage(o), w: w, run: run, options: o, counted: map[string]*tallied{}}, nil
}

// Shown reports whether a format is for people who watch it being written, and see by
// its last line that it is whole.
func Shown(f Format) bool { return f == textFormat{} }

// textReport writes platforms as they come.
type textReport struct {
	nothing
	*page
	w       io.Writer
	run     *results.Results
	options Options
	// counted are the listed findings by check, where they are asked for.
	counted map[string]*tallied
	// standings are the platforms that may come into the summary, platforms counts all,
	// waived how many findings are.
	standings         []standing
	platforms, waived int
	// pages are those that no platform is written on.
	pages slab.Spares[page]
}

func (d *textReport) Platform(p *results.Platform) error {
	if d.run.Gate != nil {
		return nil
	}
	blocks, left := d.options.View.blocks(p)
	d.platform(p, blocks, left)
	d.tally(p, blocks)
	return d.Flush(d.w)
}

// Lay implements Early, except where a screen shows as much of a platform as those
// before it leave room for.
func (d *textReport) Lay(p *results.Platform) (write func() error) {
	if d.run.Gate != nil || d.fits() {
		return func() error { return d.Platform(p) }
	}
	spare := d.pages.Take()
	if spare == nil {
		spare = newPage(d.options)
	}
	own := &textReport{page: spare, w: d.w, run: d.run, options: d.options}
	blocks, left := d.options.View.blocks(p)
	own.platform(p, blocks, left)
	return func() error {
		d.tally(p, blocks)
		defer d.pages.Leave(own.page)
		return own.Flush(d.w)
	}
}

// platform writes what there is to be said of a platform.
func (d *textReport) platform(p *results.Platform, blocks []block, left int) {
	shown, brief := d.fitting(p, blocks)
	d.list(p, blocks[:shown])
	d.more(p, held(blocks[shown:]), left)
	if !d.options.Quiet {
		d.card(p, brief)
	}
	d.due(p, d.options.Quiet)
}

// tally counts a platform for the summary and the statistics.
func (d *textReport) tally(p *results.Platform, blocks []block) {
	d.count(blocks)
	if d.standings = append(d.standings, d.standing(p)); len(d.standings) > 4*maxRows {
		d.standings = worst(d.standings)
	}
	d.platforms++
	d.waived += waived(p)
}

// severestFirst is the order in which people fix findings; those that are
// waived come last.
func severestFirst(findings []finding.Finding) []*finding.Finding {
	out := make([]*finding.Finding, len(findings))
	for i := range findings {
		out[i] = &findings[i]
	}
	slices.SortStableFunc(out, func(a, b *finding.Finding) int { return cmp.Compare(weight(b), weight(a)) })
	return out
}

// weight is how much a finding matters; one that is waived does least.
func weight(f *finding.Finding) int {
	if f.Waived {
		return -1
	}
	return int(f.Severity)
}

func (d *textReport) End(run *results.Results) error {
	if d.run.Gate != nil {
		d.gate(run)
	} else {
		d.statistics()
		d.summary(run, d.standings, d.platforms, d.waived)
	}
	return d.Flush(d.w)
}

// page is a text report on its way to the terminal.
type page struct {
	voice
	typeset.Page
	severities map[finding.Severity]string // as they are called
}

func newPage(o Options) *page {
	p := &page{newVoice(o), typeset.Page{Painter: typeset.Painter{On: o.Color}, Width: typeset.UsualWidth}, map[finding.Severity]string{}}
	for _, s := range finding.Severities() {
		p.severities[s] = s.Text().In(o.Language)
	}
	if o.Width > 0 {
		p.Width = max(o.Width, leastWidth)
	}
	return p
}

// tight reports whether the page must fit a screen that has little room.
func (p *page) tight() bool { return p.Most > 0 }

// atMost writes lines that may take so many rows where the page is short of room.
func (p *page) atMost(rows int, write func()) {
	most := p.Most
	if p.tight() {
		p.Most = rows
	}
	write()
	p.Most = most
}
