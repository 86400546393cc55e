package results

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/lang"
)

// Fleet is what the platforms of a run have in common.
type Fleet struct {
	// Grades count platforms by grade, from the best to the worst, those that
	// are not graded last.
	Grades []GradeCount
	// Bins count the scored platforms by tens of the raw score: 0 up to 10, …,
	// 90 up to and including 100. Unscored ones are in none.
	Bins     [10]int
	Unscored int
	// Failing are the checks that fail, the most frequent first.
	Failing []FailingCheck
	// Bureaus and Kinds are the groups of platforms, by name.
	Bureaus, Kinds []Group
	// Withheld is set when checks of some platforms are hidden and not counted.
	Withheld bool

	failing        map[string]*FailingCheck
	bureaus, kinds groups
}

// GradeCount is how many platforms have a grade.
type GradeCount struct {
	ID        string
	Title     lang.Text
	Platforms int
}

// FailingCheck is a check with the platforms that it fails, of those that it
// applies to.
type FailingCheck struct {
	ID                string
	Title             lang.Text
	Clauses           []string
	Severity          finding.Severity
	Failing, Applying int
}

// Group is a set of platforms.
type Group struct {
	ID        string
	Title     lang.Text
	Platforms int
	Compliant int
	// Lowest and Highest are raw scores, null when none is scored.
	Lowest, Highest Number
	// Blockers counts open blockers, of which the audience may not see all when
	// Withheld.
	Blockers int
	Withheld bool

	lowest, highest *big.Rat
}

// Bureau is the folder that a platform's folder stands in, empty for none.
func (p *Platform) Bureau() string {
	if i := strings.LastIndexByte(p.ID, '/'); i > 0 {
		return p.ID[:i]
	}
	return ""
}

// Open counts the findings that are not waived.
func (p *Platform) Open() Counts {
	var c Counts
	for i := range p.Findings {
		if !p.Findings[i].Waived {
			c.add(p.Findings[i].Severity)
		}
	}
	return c
}

// Of is the count of one severity.
func (c Counts) Of(s finding.Severity) int {
	switch s {
	case finding.Blocker:
		return c.Blocker
	case finding.Major:
		return c.Major
	case finding.Minor:
		return c.Minor
	}
	return c.Advisory
}

// Withheld reports whether the run's audience sees neither checks nor findings of
// the platform.
func (p *Platform) Withheld(r *Results) bool {
	return r.Audience == string(Public) && p.Sensitivity != string(Public)
}

// NewFleet is a fleet without platforms, judged by a rulebook.
func NewFleet(book Rulebook) *Fleet {
	f := &Fleet{failing: map[string]*FailingCheck{}, bureaus: groups{}, kinds: groups{}}
	for _, g := range book.Grades {
		f.Grades = append(f.Grades, GradeCount{ID: g.ID, Title: g.Title})
	}
	return f
}

// Add counts a platform. What the audience may not see, which it is told to
// withhold, is not there to be counted.
func (f *Fleet) Add(p *Platform, withheld bool) {
	f.grade(p.Grade)
	f.bin(p.Score.Raw)
	f.Withheld = f.Withheld || withheld
	f.bureaus.add(p.Bureau(), lang.Same(p.Bureau()), p, withheld)
	f.kinds.add(p.Kind, p.KindTitle, p, withheld)
	for j := range p.Checks {
		f.check(&p.Checks[j])
	}
}

// Sum fills in the lists that have an order, once all platforms are counted.
func (f *Fleet) Sum() {
	f.Bureaus, f.Kinds = f.bureaus.sorted(), f.kinds.sorted()
	for _, one := range f.failing {
		if one.Failing > 0 {
			f.Failing = append(f.Failing, *one)
		}
	}
	slices.SortFunc(f.Failing, func(a, b FailingCheck) int {
		return cmp.Or(cmp.Compare(b.Failing, a.Failing), cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.ID, b.ID))
	})
}

func (f *Fleet) grade(grade Grade) {
	i := slices.IndexFunc(f.Grades, func(g GradeCount) bool { return g.ID == grade.ID })
	if i < 0 {
		i = len(f.Grades)
		f.Grades = append(f.Grades, GradeCount{ID: grade.ID, Title: grade.Title})
	}
	f.Grades[i].Platforms++
}

func (f *Fleet) bin(raw Number) {
	score, ok := new(big.Rat).SetString(string(raw))
	if !ok {
		f.Unscored++
		return
	}
	ten := new(big.Int).Quo(score.Num(), new(big.Int).Mul(score.Denom(), big.NewInt(10))).Int64()
	f.Bins[max(0, min(ten, 9))]++
}

// check counts a platform's check. Its severity is the heaviest that it fails
// with, as it stands on that platform.
func (f *Fleet) check(c *Check) {
	one := f.failing[c.ID]
	if one == nil {
		one = &FailingCheck{ID: c.ID, Title: c.Title, Clauses: c.Clauses, Severity: c.Severity}
		f.failing[c.ID] = one
	}
	if c.Outcome == finding.NotApplicable {
		return
	}
	one.Applying++
	if c.Outcome == finding.Fail {
		if one.Failing == 0 || c.Severity > one.Severity {
			one.Title, one.Clauses, one.Severity = c.Title, c.Clauses, c.Severity
		}
		one.Failing++
	}
}

type groups map[string]*Group

func (all groups) add(id string, title lang.Text, p *Platform, withheld bool) {
	g := all[id]
	if g == nil {
		g = &Group{ID: id, Title: title}
		all[id] = g
	}
	g.Platforms++
	if p.Compliant {
		g.Compliant++
	}
	g.Blockers += p.Grade.Open
	g.Withheld = g.Withheld || withheld
	score, ok := new(big.Rat).SetString(string(p.Score.Raw))
	if !ok {
		return
	}
	if g.lowest == nil || score.Cmp(g.lowest) < 0 {
		g.lowest, g.Lowest = score, p.Score.Raw
	}
	if g.highest == nil || score.Cmp(g.highest) > 0 {
		g.highest, g.Highest = score, p.Score.Raw
	}
}

func (all groups) sorted() []Group {
	var out []Group
	for _, g := range all {
		out = append(out, *g)
	}
	slices.SortFunc(out, func(a, b Group) int { return cmp.Compare(a.ID, b.ID) })
	return out
}
