package page

import (
	"bytes"
	"crypto/rand"
	"io"
	"strconv"
	"strings"
	"sync"

	"hegui/internal/atomicfile"
	"hegui/internal/results"
)

// File is everything in one file: of one platform its card, of several the
// fleet with all cards below it. It keeps the cards until all are counted.
type File struct {
	pages *Pages
	index *Index
	// cards are the platforms' in the order of the run, kept is where their parts lie.
	cards []*keptCard
	kept  atomicfile.Spool
	// keeping keeps a part: several cards are drawn at once.
	keeping sync.Mutex
	// unnumbered begins the ids of a card as long as nobody knows which it will be: it
	// is of this run alone, so that nothing that is described can hold it.
	unnumbered string
	spare      sync.Pool
}

// File begins everything in one file.
func (p *Pages) File() *File {
	return &File{pages: p, index: p.Index(), unnumbered: "p" + rand.Text() + "-"}
}

// Close forgets the cards.
func (f *File) Close() error { return f.kept.Close() }

// Platform adds a platform.
func (f *File) Platform(p *results.Platform) error { return f.Lay(p)() }

// Lay draws the card of a platform, several at once if need be; add adds the platform.
func (f *File) Lay(p *results.Platform) (add func() error) {
	c, err := f.draw(p)
	return func() error {
		if err == nil {
			f.cards = append(f.cards, c)
			f.index.Add(p, "#"+prefix(len(f.cards))+"top")
		}
		return err
	}
}

func (f *File) draw(p *results.Platform) (*keptCard, error) {
	c, err := f.pages.newCard(p, f.unnumbered, whole, "check", "--report", "html=scorecard.html")
	if err != nil {
		return nil, err
	}
	text, known := f.spare.Get().(*bytes.Buffer)
	if !known {
		text = &bytes.Buffer{}
	}
	defer f.spare.Put(text)
	text.Reset()
	d := &keptCard{name: c.name(), margins: c.margins()}
	drawing := &drawing{f, d, text}
	if err := f.pages.card(drawing, c); err != nil {
		return nil, err
	}
	return d, drawing.keep(text.Len())
}

// prefix begins the ids of a card among others.
func prefix(n int) string { return "p" + strconv.Itoa(n) + "-" }

// Write writes the file, now that the run's summary and errors are known.
func (f *File) Write(w io.Writer, run *results.Results) error {
	number := prefix
	s := sheet{dress: f.pages.single, Title: fleetTitle()}
	if len(f.cards) == 1 && len(run.Errors) == 0 {
		number, s.Title = func(int) string { return "" }, f.cards[0].name
	} else {
		s.Fleet = f.index.fleet(run, f.pages.command(f.pages.options.Only, "check", "--report", "html=scorecards.html"))
		s.dress = f.pages.listed.with(s.Fleet.margins())
	}
	var margins strings.Builder
	for i, c := range f.cards {
		margins.WriteString(strings.ReplaceAll(c.margins, f.unnumbered, number(i+1)))
	}
	s.dress = s.with(margins.String())
	return f.pages.write(w, s, func() error {
		for i, c := range f.cards {
			if err := f.number(w, c, number(i+1)); err != nil {
				return err
			}
		}
		return nil
	})
}
