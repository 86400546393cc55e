package page

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// card is one platform laid out for the template: the model with its parts
// looked up for each other.
type card struct {
	*results.Platform
	Run      *results.Results
	Command  string
	Chapters []*chapter
	Findings []listed
	Waived   int

	prefix  string // of every id on the page
	checks  map[string]*check
	clauses map[string]*results.Clause
}

// chapter, clause and check are the steps of the arithmetic.
type chapter struct {
	*results.Chapter
	Anchor  string
	Clauses []*clause
}

type clause struct {
	*results.Clause
	Anchor, SumAnchor string
	// NewSection is the title of the section that begins with this clause.
	NewSection lang.Text
	Verdict    sign
	Checks     []*check
	Findings   int
}

type check struct {
	*results.Check
	Anchor  string
	Outcome sign
}

// item is one named item of a check.
type item struct {
	Item    string
	Outcome sign
}

type listed struct {
	*finding.Finding
	No                    int
	Class                 string
	Repeated              bool
	CheckTitle            lang.Text
	CheckAnchor           string
	Effort                string
	Basis                 rulebook.Basis
	Limits                []rulebook.Limit
	Before, Marked, After string
}

// excerptWidth is how many columns of a source line a page shows.
const excerptWidth = 96

func newCard(r *results.Results, p *results.Platform, prefix, command string) *card {
	c := &card{Platform: p, Run: r, Command: command, prefix: prefix, checks: map[string]*check{}, clauses: map[string]*results.Clause{}}
	for i := range p.Checks {
		c.checks[p.Checks[i].ID] = &check{Check: &p.Checks[i], Outcome: outcomeMark(p.Checks[i].Outcome)}
	}
	c.layChapters()
	c.layFindings()
	return c
}

// Anchor is an id on the page.
func (c *card) Anchor(name string) string { return c.prefix + name }

func (c *card) layChapters() {
	byID := map[string]*chapter{}
	for i := range c.Platform.Chapters {
		chapter := &chapter{Chapter: &c.Platform.Chapters[i], Anchor: c.Anchor("chapter-" + strconv.Itoa(i+1))}
		byID[chapter.ID] = chapter
		c.Chapters = append(c.Chapters, chapter)
	}
	sections, counts := map[string]lang.Text{}, map[string]int{}
	for _, s := range c.Run.Rulebook.Sections {
		sections[s.ID] = s.Title
	}
	for i := range c.Platform.Findings {
		for _, id := range c.Platform.Findings[i].Clauses {
			counts[id]++
		}
	}
	section, n := "", 0
	for i := range c.Clauses {
		clause := &clause{Clause: &c.Clauses[i], Anchor: c.Anchor("clause-" + strconv.Itoa(i+1)), SumAnchor: c.Anchor("sum-" + strconv.Itoa(i+1))}
		c.clauses[clause.ID] = clause.Clause
		clause.Verdict, clause.Findings = verdictMark(clause.Clause.Verdict), counts[clause.ID]
		if clause.Section != section {
			section, clause.NewSection = clause.Section, sections[clause.Section]
		}
		for _, id := range clause.Home {
			if check := c.checks[id]; check != nil {
				n++
				check.Anchor = c.Anchor("check-" + strconv.Itoa(n))
				clause.Checks = append(clause.Checks, check)
			}
		}
		if chapter := byID[clause.Chapter]; chapter != nil {
			chapter.Clauses = append(chapter.Clauses, clause)
		}
	}
}

// Checked reports whether a clause has checks of its own to unfold.
func (c *clause) Checked() bool { return len(c.Checks) > 0 }

// Idle reports whether a check does not count.
func (c *check) Idle() bool { return c.Check.Outcome == finding.NotApplicable }

// Named are the items that have a name; a check without `each` has none.
func (c *check) Named() []item {
	var out []item
	for _, one := range c.Items {
		if one.Item != "" {
			out = append(out, item{one.Item, outcomeMark(one.Outcome)})
		}
	}
	return out
}

// layFindings puts the gravest first; each repeated fingerprint marks as many
// findings as stood before.
func (c *card) layFindings() {
	repeated := map[string]int{}
	if c.Previous != nil {
		for _, print := range c.Previous.Repeated {
			repeated[print]++
		}
	}
	for i := range c.Platform.Findings {
		f := listed{Finding: &c.Platform.Findings[i]}
		f.Class = map[finding.Severity]string{finding.Blocker: "bad", finding.Major: "half"}[f.Severity]
		if f.Waived {
			c.Waived++
			f.Class = "none"
		} else if repeated[f.Fingerprint] > 0 {
			repeated[f.Fingerprint]--
			f.Repeated = true
		}
		if check := c.checks[f.Check]; check != nil {
			f.CheckTitle, f.CheckAnchor, f.Effort, f.Basis, f.Limits = check.Title, check.Anchor, check.Effort, check.Basis, check.Limits
		}
		f.Before, f.Marked, f.After = marked(f.Finding)
		c.Findings = append(c.Findings, f)
	}
	slices.SortStableFunc(c.Findings, func(a, b listed) int {
		if a.Waived != b.Waived {
			return map[bool]int{true: 1, false: -1}[a.Waived]
		}
		return cmp.Compare(b.Severity, a.Severity)
	})
	for i := range c.Findings {
		c.Findings[i].No = i + 1
	}
}

// Grounded reports whether a finding has a basis or a source.
func (f listed) Grounded() bool { return f.Basis.Kind != "" || !f.Source.IsZero() }

// Place is where a finding points, for people and editors.
func (f listed) Place() string { return placed(f.Location) }

// marked cuts a finding's source line around the place that it points at.
func marked(f *finding.Finding) (before, mark, after string) {
	if f.Excerpt == "" || f.Location.Line < 1 {
		return "", "", ""
	}
	return typeset.Marked(f.Excerpt, f.Location.Column, f.Location.EndInLine(), excerptWidth)
}

// name is what the platform is called.
func (c *card) name() lang.Text {
	if c.Name.IsZero() {
		return lang.Same(c.ID)
	}
	return c.Name
}

// Title is the platform's name, both languages of it.
func (c *card) Title() template.HTML { return both(c.name()) }

// Marking is the class that repeats the sensitivity on each printed page.
func (c *card) Marking() string {
	if slices.Contains([]string{"public", "internal", "work_secret"}, c.Sensitivity) {
		return c.Sensitivity
	}
	return ""
}

// SensitivityText is the marking in words; an unknown one is not a public one.
func (c *card) SensitivityText() template.HTML {
	if c.Sensitivity == "" {
		return both(lang.Say("敏感程度未标明", "sensitivity not stated"))
	}
	return both(term.Sensitivities().Text(c.Sensitivity))
}

// Standing says who vouches for the page's content.
func (c *card) Standing() template.HTML {
	v := c.Verification
	if v == nil || v.Verified == 0 {
		return both(lang.Say("自评，未经核实", "self-declared, not verified"))
	}
	return both(lang.Say("自评，%[2]d 项中已核实 %[1]d 项", "self-declared, %[1]d of %[2]d claims verified", v.Verified, v.Claims))
}

// Hidden reports whether evidence and waivers are left out for the audience.
func (c *card) Hidden() bool { return c.Run.Audience == string(results.Public) }

// Withheld reports whether the audience sees neither checks nor findings.
func (c *card) Withheld() bool { return c.Platform.Withheld(c.Run) }

// veto is an open blocker with the anchor of its details; defects of one kind
// are one with their number.
type veto struct {
	ID, Anchor string
	Title      lang.Text
	Times      int
}

// Open are the open blockers.
func (c *card) Open() []veto {
	var out []veto
	for _, id := range c.Grade.Vetoes {
		if i := slices.IndexFunc(out, func(v veto) bool { return v.ID == id }); i >= 0 {
			out[i].Times++
			continue
		}
		v := veto{ID: id, Title: term.TitleOf(id), Times: 1}
		if check := c.checks[id]; check != nil {
			v.Title, v.Anchor = check.Title, check.Anchor
		}
		out = append(out, v)
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
