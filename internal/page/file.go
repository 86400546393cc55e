package page

import (
	"io"
	"strconv"
	"strings"

	"hegui/internal/atomicfile"
	"hegui/internal/results"
)

// File is everything in one file: of one platform its card, of several the
// fleet with all cards below it. It keeps the cards until all are counted.
type File struct {
	pages *Pages
	index *Index
	cards atomicfile.Spool
	// margins are the styles of the cards' margins.
	margins strings.Builder
	n       int
	// first is the only platform so far, whose card may turn out to be all.
	first *results.Platform
}

// File begins everything in one file.
func (p *Pages) File() *File { return &File{pages: p, index: p.Index()} }

// Close forgets the cards.
func (f *File) Close() error { return f.cards.Close() }

// Platform adds a platform.
func (f *File) Platform(p *results.Platform) error {
	f.n++
	f.index.Add(p, "#"+prefix(f.n)+"top")
	if f.n == 1 {
		f.first = p
		return nil
	}
	if err := f.release(); err != nil {
		return err
	}
	return f.card(f.n, p)
}

// release writes the first card, once it is known not to be the only one.
func (f *File) release() error {
	p := f.first
	if f.first = nil; p == nil {
		return nil
	}
	return f.card(1, p)
}

func (f *File) card(n int, p *results.Platform) error {
	c, err := f.pages.newCard(p, prefix(n), whole, "check", "--report", "html=scorecard.html")
	if err != nil {
		return err
	}
	f.margins.WriteString(c.margins())
	return f.pages.card(&f.cards, c)
}

// prefix begins the ids of a card among others.
func prefix(n int) string { return "p" + strconv.Itoa(n) + "-" }

// Write writes the file, now that the run's summary and errors are known.
func (f *File) Write(w io.Writer, run *results.Results) error {
	if f.n == 1 && len(run.Errors) == 0 {
		c, err := f.pages.newCard(f.first, "", whole, "check", "--report", "html=scorecard.html")
		if err != nil {
			return err
		}
		return f.pages.alone(w, c)
	}
	if err := f.release(); err != nil {
		return err
	}
	fleet := f.index.fleet(run, f.pages.command(f.pages.options.Only, "check", "--report", "html=scorecards.html"))
	return f.pages.write(w, sheet{dress: f.pages.listed.with(fleet.margins() + f.margins.String()), Title: fleetTitle(), Fleet: fleet}, func() error {
		_, err := f.cards.WriteTo(w)
		return err
	})
}
