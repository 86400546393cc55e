package page

import (
	"html/template"
	"slices"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/term"
)

// card is one platform laid out for the template: the model with its parts
// looked up for each other.
type card struct {
	*results.Platform
	Run     *results.Results
	Command string
	// Digest is that of the platform's line among the results.
	Digest   string
	Chapters []*chapter
	Findings []listed
	Waived   int
	// Shared are declared values that many claims rest on, Unplaced what was recorded of
	// checks that the card does not have.
	Shared   []fact
	Unplaced []record
	Sources  []source
	// Workbook and Calendar are those beside the card, and Packed what is long on the
	// page, as it is packed, all empty for a card that is no part of a package.
	Workbook, Calendar string
	Packed             template.HTML

	leaf    Leaf
	prefix  string // of every id on the page
	anchors anchors
	checks  map[string]*check
	clauses map[string]*clause
	sources map[string]int // the first of a name
	against func(*results.Check, *results.Item) lang.Text
	words   term.Enumeration // of outcomes
}

// newCard lays out a platform for a leaf of its card; words are the command that makes
// it.
func (p *Pages) newCard(platform *results.Platform, prefix string, leaf Leaf, words ...string) (*card, error) {
	digest, err := p.run.Line(platform.Plain()).Digest()
	if err != nil {
		return nil, err
	}
	c := &card{Platform: platform, Run: p.run, Digest: digest, Command: p.command([]string{platform.Path}, words...), leaf: leaf, prefix: prefix,
		anchors: anchors{prefix, map[string]int{}}, checks: map[string]*check{}, clauses: map[string]*clause{}, sources: map[string]int{}, against: platform.Against(), words: term.Outcomes()}
	for i := range platform.Checks {
		c.checks[platform.Checks[i].ID] = &check{Check: &platform.Checks[i], Outcome: c.outcome(platform.Checks[i].Outcome), facets: facetsOfCheck(&platform.Checks[i])}
	}
	c.layChapters()
	c.layFindings()
	c.layEvidence()
	c.layClaims()
	return c, nil
}

func (c *card) outcome(o finding.Outcome) sign { return signed(c.words, string(o)) }

// name is what the platform is called.
func (c *card) name() lang.Text {
	if c.Name.IsZero() {
		return lang.Same(c.ID)
	}
	return c.Name
}

// Title is the platform's name, both languages of it.
func (c *card) Title() template.HTML { return both(c.name()) }

// SensitivityText is the marking in words, both languages of it.
func (c *card) SensitivityText() template.HTML { return both(c.marking()) }

// Standing says who vouches for the page's content.
func (c *card) Standing() template.HTML {
	v := c.Verification
	if v == nil || v.Verified == 0 {
		return both(lang.Say("自评，未经核实", "self-declared, not verified"))
	}
	return both(lang.Say("自评，%[2]d 项中已核实 %[1]d 项", "self-declared, %[1]d of %[2]d claims verified", v.Verified, v.Claims))
}

// Compliance is the verdict in a word.
func (c *card) Compliance() lang.Text { return term.Compliance(c.Compliant) }

// Scope is the profile that the verdict is by, zero for the full one.
func (c *card) Scope() lang.Text {
	if c.Profile == rulebook.Full {
		return lang.Text{}
	}
	return lang.Say("%s口径", "%s profile", c.Profile.Text())
}

// Hidden reports whether evidence and waivers are left out for the audience.
func (c *card) Hidden() bool { return c.Run.Audience == string(results.Public) }

// Withheld reports whether the audience sees neither checks nor findings.
func (c *card) Withheld() bool { return c.Platform.Withheld(c.Run) }

// Open are the open blockers: checks, and where no check makes them the findings
// themselves, each with how many findings there are of it.
func (c *card) Open() []named {
	var out []named
	for i := range c.Findings {
		f := &c.Findings[i]
		if f.Severity != finding.Blocker || f.Waived {
			continue
		}
		next := named{ID: f.Check, Title: f.Message, Link: c.To(Findings, f.Anchor), Place: c.within(f.Location)}
		if c.checks[f.Check] != nil {
			next = c.named(f.Check)
		}
		at := slices.IndexFunc(out, func(n named) bool { return n.ID == next.ID && n.Title == next.Title })
		if at < 0 {
			at, out = len(out), append(out, next)
		}
		out[at].Times++
	}
	return out
}

// CheckTitle is a check's title, empty for one that the card does not show.
func (c *card) CheckTitle(id string) lang.Text {
	if check := c.checks[id]; check != nil {
		return check.Title
	}
	return lang.Text{}
}

// ClauseTitle is a clause's title.
func (c *card) ClauseTitle(id string) lang.Text {
	if clause := c.clauses[id]; clause != nil {
		return clause.Title
	}
	return lang.Text{}
}

// tallied is a word with how often it holds.
type tallied struct {
	sign
	N int
}

// VerdictCounts count the clauses by verdict, in the order of a card.
func (c *card) VerdictCounts() []tallied {
	var out []tallied
	for _, v := range term.ClauseVerdicts().Words {
		n := 0
		for i := range c.Clauses {
			if c.Clauses[i].Verdict == v.ID {
				n++
			}
		}
		if n > 0 || results.Counted(v.ID) {
			out = append(out, tallied{verdictMark(v.ID), n})
		}
	}
	return out
}

// SeverityCounts count the findings that are not waived.
func (c *card) SeverityCounts() []tallied {
	open := c.Platform.Open()
	var out []tallied
	for _, s := range finding.Severities() {
		out = append(out, tallied{sign{Text: s.Text()}, open.Of(s)})
	}
	return out
}

// scale is the score drawn on a line with the grades' beginnings.
type scale struct {
	Width string
	Ticks []tick
}

type tick struct {
	results.GradeRange
	X string
}

// Scale is nil when there is no score to draw.
func (c *card) Scale() *scale {
	if c.Score.Raw == "" {
		return nil
	}
	s := &scale{Width: decimal(10 * percentOf(c.Score.Raw))}
	for _, g := range slices.Backward(c.Run.Rulebook.Grades) {
		if x := percentOf(g.Min); x > 0 {
			s.Ticks = append(s.Ticks, tick{g, decimal(10 * x)})
		}
	}
	return s
}
