package page

import (
	"bytes"
	"crypto/rand"
	"io"
	"strconv"
	"strings"
	"sync"

	"hegui/internal/atomicfile"
	"hegui/internal/lang"
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
	// first is the only card so far, which may turn out to be all.
	first *pending
	// unnumbered begins the ids of a card that does not know yet which it will be: it
	// is of this run alone, so that nothing that is described can hold it.
	unnumbered string
	spare      sync.Pool
}

// pending is a card before it is its turn.
type pending struct {
	name    lang.Text
	margins string
	text    *bytes.Buffer
}

// File begins everything in one file.
func (p *Pages) File() *File {
	return &File{pages: p, index: p.Index(), unnumbered: "p" + rand.Text() + "-"}
}

// Close forgets the cards.
func (f *File) Close() error { return f.cards.Close() }

// Platform adds a platform.
func (f *File) Platform(p *results.Platform) error { return f.Lay(p)() }

// Lay draws the card of a platform, several at once if need be; add adds the platform.
func (f *File) Lay(p *results.Platform) (add func() error) {
	c, err := f.draw(p)
	return func() error {
		if err != nil {
			return err
		}
		f.n++
		f.index.Add(p, "#"+prefix(f.n)+"top")
		if f.n == 1 {
			f.first = c
			return nil
		}
		if err := f.release(); err != nil {
			return err
		}
		return f.keep(f.n, c)
	}
}

func (f *File) draw(p *results.Platform) (*pending, error) {
	c, err := f.pages.newCard(p, f.unnumbered, whole, "check", "--report", "html=scorecard.html")
	if err != nil {
		return nil, err
	}
	text, known := f.spare.Get().(*bytes.Buffer)
	if !known {
		text = &bytes.Buffer{}
	}
	text.Reset()
	return &pending{c.name(), c.margins(), text}, f.pages.card(text, c)
}

// release keeps the first card, once it is known not to be the only one.
func (f *File) release() error {
	c := f.first
	if f.first = nil; c == nil {
		return nil
	}
	return f.keep(1, c)
}

func (f *File) keep(n int, c *pending) error {
	defer f.spare.Put(c.text)
	f.margins.WriteString(strings.ReplaceAll(c.margins, f.unnumbered, prefix(n)))
	return f.number(&f.cards, c, prefix(n))
}

// number writes a card whose ids begin with a prefix.
func (f *File) number(w io.Writer, c *pending, prefix string) error {
	for text := c.text.Bytes(); ; {
		before, after, found := bytes.Cut(text, []byte(f.unnumbered))
		if _, err := w.Write(before); err != nil || !found {
			return err
		}
		if _, err := io.WriteString(w, prefix); err != nil {
			return err
		}
		text = after
	}
}

// prefix begins the ids of a card among others.
func prefix(n int) string { return "p" + strconv.Itoa(n) + "-" }

// Write writes the file, now that the run's summary and errors are known.
func (f *File) Write(w io.Writer, run *results.Results) error {
	if f.n == 1 && len(run.Errors) == 0 {
		s := sheet{dress: f.pages.single.with(strings.ReplaceAll(f.first.margins, f.unnumbered, "")), Title: f.first.name}
		return f.pages.write(w, s, func() error { return f.number(w, f.first, "") })
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
