package page

import (
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// Leaf is one page of a card, named by its file. In a package a card has several,
// so that the first is light; in one file it is whole.
type Leaf string

// The leaves of a card.
const (
	whole    Leaf = ""
	First    Leaf = "index.html"
	Findings Leaf = "findings.html"
	Claims   Leaf = "claims.html"
)

// Leaves are the pages of a card in a package, in the order in which they are read.
func Leaves() []Leaf { return []Leaf{First, Findings, Claims} }

// title is what a leaf shows, and what the way to it is called.
func (l Leaf) title() lang.Text {
	switch l {
	case Findings:
		return lang.Say("逐条问题", "Findings in full")
	case Claims:
		return lang.Say("逐项核对与计分", "Claims and arithmetic")
	}
	return lang.Say("评定卡首页", "First page")
}

// Place is where a card lies in a package: Home leads from there to the page over all
// platforms, and Workbook and Calendar are the card's beside it.
type Place struct{ Home, Workbook, Calendar string }

// Card is a platform's card in a package.
type Card struct {
	pages *Pages
	card  *card
	at    Place
}

// Card lays out the card of a platform in a package.
func (p *Pages) Card(platform *results.Platform, at Place) (*Card, error) {
	c, err := p.newCard(platform, "", First, "scorecard", "-o", "scorecards")
	if err != nil {
		return nil, err
	}
	c.Workbook, c.Calendar = at.Workbook, at.Calendar
	return &Card{p, c, at}, nil
}

// Write writes a page of the card, one at a time. What is long on it is packed.
func (c *Card) Write(w io.Writer, leaf Leaf) error {
	c.card.leaf = leaf
	s := sheet{dress: beside(c.card.margins()), Shared: c.pages.shared.from(c.at.Home), Title: c.card.name(), Home: c.at.Home}
	if leaf != First {
		s.Title = lang.Say("%s · %s", "%s · %s", s.Title, leaf.title())
	}
	var err error
	if c.card.Packed, err = c.pages.packed(c.long); err != nil {
		return err
	}
	if c.card.Packed == "" {
		s.Shared.Phrases = ""
	}
	return c.pages.write(w, s, func() error { return c.pages.card(w, c.card) })
}

// long writes what is long on a page: of the first one the rows of the list of problems
// that are one too many, of the others all.
func (c *Card) long(w io.Writer) error {
	if c.card.Behind() {
		return c.pages.referring.ExecuteTemplate(w, "parts", c.card)
	}
	rows := c.card.ProblemRows()
	more := c.card.problems(rows[len(rows)-c.card.MoreProblems():])
	for i := range more {
		if _, err := io.WriteString(w, string(c.pages.phrases.rower().problem(&more[i]))); err != nil {
			return err
		}
	}
	return nil
}

// maxPlain is how many findings are listed where nothing is unpacked.
const maxPlain = 40

// Gravest are the findings that are listed where nothing is unpacked.
func (c *card) Gravest() []listed { return c.Findings[:min(len(c.Findings), maxPlain)] }

// Further is how many findings are not listed there.
func (c *card) Further() int { return len(c.Findings) - len(c.Gravest()) }

// Behind reports whether this is one of the pages behind a first one.
func (c *card) Behind() bool { return c.leaf != whole && c.leaf != First }

// Shows reports whether a part that belongs on a leaf is on this page.
func (c *card) Shows(leaf Leaf) bool { return c.leaf == whole || c.leaf == leaf }

// Anchor is an id on the page.
func (c *card) Anchor(name string) string { return c.prefix + name }

// To is the address of what is on a leaf under an id.
func (c *card) To(leaf Leaf, anchor string) string {
	if c.Shows(leaf) {
		return "#" + anchor
	}
	return string(leaf) + "#" + anchor
}

// Leading is the way from one leaf of a card to the others.
type leading struct {
	Title lang.Text
	Link  string
	Here  bool
}

// Leaves are the pages of the card where it has several.
func (c *card) Leaves() []leading {
	if c.leaf == whole {
		return nil
	}
	var out []leading
	for _, leaf := range Leaves() {
		out = append(out, leading{leaf.title(), string(leaf), leaf == c.leaf})
	}
	return out
}

// Overline says which of its pages this is.
func (c *card) Overline() template.HTML {
	card := lang.Say("平台合规评定卡", "Compliance scorecard")
	if c.leaf == whole || c.leaf == First {
		return both(card)
	}
	return both(lang.Say("%s · %s", "%s · %s", card, c.leaf.title()))
}

// plain is what an id on a page may be made of.
var plain = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`) })

// plainly is a name as an id may hold it.
func plainly(name string) string {
	if plain().MatchString(name) {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	return "x" + hex.EncodeToString(sum[:6])
}

// anchors gives out ids that last: the same thing has the same one in every run, so
// that a link to it stays right.
type anchors struct {
	prefix string
	taken  map[string]int
}

// of is the id of a thing by its kind and its name; things of one name are numbered.
func (a *anchors) of(kind, name string) string {
	name = strings.ReplaceAll(plainly(name), ".", "_") // which checkers of HTML prefer
	id := a.prefix + kind + name
	a.taken[id]++
	if n := a.taken[id]; n > 1 {
		return a.of(kind, name+"-"+strconv.Itoa(n))
	}
	return id
}

// Split reports whether the card has a page for each of its leaves.
func (c *card) Split() bool { return c.leaf != whole }
