package handbook

import (
	"strings"

	"hegui/internal/lang"
	"hegui/internal/typeset"
)

// leastWidth is the width assumed of a narrower terminal.
const leastWidth = 48

// page is a text on its way to a terminal: labels at the left, their
// values beside them.
type page struct {
	typeset.Voice
	typeset.Page
}

func newPage(o Options) *page {
	p := &page{typeset.Voice{Language: o.Language}, typeset.Page{Width: typeset.UsualWidth}}
	if o.Width > 0 {
		p.Width = max(min(o.Width, typeset.UsualWidth), leastWidth)
	}
	return p
}

// String is the page, safe for a terminal.
func (p *page) String() string { return typeset.InertLines(p.Page.String()) }

// in is one of the rulebook's texts in the reader's language, folded lines
// joined.
func (p *page) in(t lang.Text) string { return strings.Join(strings.Fields(t.In(p.Language)), " ") }
