package results

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/score"
	"hegui/internal/term"
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
	// Clauses are those that are scored, in the order of the regulation.
	Clauses []ClauseTally
	// Bureaus and Kinds are the groups of platforms, by name.
	Bureaus, Kinds []Group
	// Orders are those of assessors that stand, the nearest deadline first; Overdue
	// counts those whose deadline has passed.
	Orders  []FleetOrder
	Overdue int
	// Waivers are those that have an effect, the first to expire first.
	Waivers []FleetWaiver
	// Claims and Verified are those of the platforms that an assessor has examined,
	// of which there are Examined.
	Claims, Verified, Examined int
	// Compared counts the platforms that have an earlier self, of which Better scored
	// less then and Worse more.
	Compared, Better, Worse int
	// Withheld is set when checks of some platforms are hidden and not counted.
	Withheld bool

	failing        map[string]*FailingCheck
	bureaus, kinds groups
	named          map[string]lang.Text // bureaus that have a name
}

// FleetOrder is an order with the platform that it is about.
type FleetOrder struct {
	Order
	ID   string
	Name lang.Text
}

// FleetWaiver is a waiver with the platform that it is for.
type FleetWaiver struct {
	examine.Waiver
	ID    string
	Name  lang.Text
	Title lang.Text // of its check
}

// ClauseTally is a clause with what it came to on the platforms that it applies to.
type ClauseTally struct {
	ID, Chapter         string
	Title               lang.Text
	Met, Partly, NotMet int
}

// Applying is on how many platforms the clause applies.
func (c *ClauseTally) Applying() int { return c.Met + c.Partly + c.NotMet }

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
	// Mean, Lowest and Highest are of raw scores, null when none is scored; Change is
	// that of the mean since the previous examination, of the platforms that were
	// scored both times.
	Mean, Lowest, Highest, Change Number
	// Blockers counts open blockers, and Overdue orders whose deadline has passed, of
	// which the audience may not see all when Withheld.
	Blockers, Overdue int
	Withheld          bool
	// Claims and Verified are those of the platforms that were examined.
	Claims, Verified int

	scores, changes sample
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
	f := &Fleet{failing: map[string]*FailingCheck{}, bureaus: groups{}, kinds: groups{}, named: map[string]lang.Text{}}
	for _, g := range book.Grades {
		f.Grades = append(f.Grades, GradeCount{ID: g.ID, Title: g.Title})
	}
	for _, b := range book.Bureaus {
		f.named[b.ID] = b.Title
	}
	return f
}

// Add counts a platform; withheld says that its checks and findings are hidden from the
// audience and not counted.
func (f *Fleet) Add(p *Platform, withheld bool) {
	f.grade(p.Grade)
	f.bin(p.Score.Raw)
	f.Withheld = f.Withheld || withheld
	f.bureaus.add(p.Bureau(), f.bureau(p.Bureau()), p, withheld)
	f.kinds.add(p.Kind, p.KindTitle, p, withheld)
	for j := range p.Checks {
		f.check(&p.Checks[j])
	}
	f.clauses(p.Clauses)
	f.due(p)
	if v := p.Verification; v != nil {
		f.Examined, f.Claims, f.Verified = f.Examined+1, f.Claims+v.Claims, f.Verified+v.Verified
	}
	if change := p.Change(); change != "" {
		f.Compared++
		switch {
		case strings.HasPrefix(string(change), "-"):
			f.Worse++
		case change != "0.0":
			f.Better++
		}
	}
}

// bureau is the name of a folder: the policy's, or the folder's own.
func (f *Fleet) bureau(folder string) lang.Text {
	if title, named := f.named[folder]; named {
		return title
	}
	return lang.Same(folder)
}

// Change is by how much the raw score has changed since the previous examination,
// null where there is none, or no score on either side.
func (p *Platform) Change() Number {
	if p.Previous == nil {
		return ""
	}
	now, ok := new(big.Rat).SetString(string(p.Score.Raw))
	was, known := new(big.Rat).SetString(string(p.Previous.Score.Raw))
	if !ok || !known {
		return ""
	}
	return Number(score.Format(now.Sub(now, was)))
}

// clauses counts what clauses came to.
func (f *Fleet) clauses(all []Clause) {
	if f.Clauses == nil {
		for i := range all {
			f.Clauses = append(f.Clauses, ClauseTally{ID: all[i].ID, Chapter: all[i].Chapter, Title: all[i].Title})
		}
	}
	for i := range min(len(all), len(f.Clauses)) {
		switch one := &f.Clauses[i]; all[i].Verdict {
		case string(score.Met):
			one.Met++
		case string(score.PartlyMet):
			one.Partly++
		case string(score.NotMet):
			one.NotMet++
		}
	}
}

// due notes what runs out: deadlines and waivers.
func (f *Fleet) due(p *Platform) {
	for i := range p.Orders {
		f.Orders = append(f.Orders, FleetOrder{p.Orders[i], p.ID, p.Name})
	}
	f.Overdue += p.Overdue()
	for i := range p.Waivers {
		w := FleetWaiver{Waiver: p.Waivers[i], ID: p.ID, Name: p.Name, Title: term.TitleOf(p.Waivers[i].Check)}
		if c := p.check(w.Check); c != nil {
			w.Title = c.Title
		}
		if w.State == examine.WaiverActive {
			f.Waivers = append(f.Waivers, w)
		}
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
	slices.SortStableFunc(f.Orders, func(a, b FleetOrder) int { return cmp.Compare(a.Deadline, b.Deadline) })
	slices.SortStableFunc(f.Waivers, func(a, b FleetWaiver) int { return cmp.Compare(a.Expires, b.Expires) })
}

// Soon are the waivers that run out within three months of a day.
func (f *Fleet) Soon(day string) []FleetWaiver {
	from, err := calendar.ParseDate(day)
	if err != nil {
		return nil
	}
	period, err := calendar.ParsePeriod("P3M")
	if err != nil {
		return nil
	}
	until := from.Add(period).String()
	i := slices.IndexFunc(f.Waivers, func(w FleetWaiver) bool { return w.Expires > until })
	if i < 0 {
		return f.Waivers
	}
	return f.Waivers[:i]
}

// Worst are the clauses that are not met most often, of those that somewhere are not.
func (f *Fleet) Worst() []ClauseTally {
	worst := slices.DeleteFunc(slices.Clone(f.Clauses), func(c ClauseTally) bool { return c.NotMet+c.Partly == 0 })
	share := func(part int, c ClauseTally) *big.Rat { return big.NewRat(int64(part), int64(c.Applying())) }
	slices.SortStableFunc(worst, func(a, b ClauseTally) int {
		return cmp.Or(share(b.NotMet, b).Cmp(share(a.NotMet, a)), share(b.Partly, b).Cmp(share(a.Partly, a)))
	})
	return worst
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
	g.Blockers, g.Overdue = g.Blockers+p.Grade.Open, g.Overdue+p.Overdue()
	g.Withheld = g.Withheld || withheld
	if v := p.Verification; v != nil {
		g.Claims, g.Verified = g.Claims+v.Claims, g.Verified+v.Verified
	}
	g.changes.add(p.Change())
	if g.scores.add(p.Score.Raw) {
		g.Lowest, g.Highest = lower(g.Lowest, p.Score.Raw), higher(g.Highest, p.Score.Raw)
	}
}

// sample is a number of numbers with their sum.
type sample struct {
	sum big.Rat
	n   int64
}

// add adds a number and reports whether it is one.
func (s *sample) add(n Number) bool {
	r, ok := new(big.Rat).SetString(string(n))
	if ok {
		s.sum.Add(&s.sum, r)
		s.n++
	}
	return ok
}

// mean is that of the numbers, null for none.
func (s *sample) mean() Number {
	if s.n == 0 {
		return ""
	}
	return Number(score.Format(new(big.Rat).Quo(&s.sum, big.NewRat(s.n, 1))))
}

// lower and higher are the one of two numbers, where a null one counts for nothing.
func lower(a, b Number) Number {
	x, ok := new(big.Rat).SetString(string(a))
	if y, known := new(big.Rat).SetString(string(b)); !ok || known && y.Cmp(x) < 0 {
		return b
	}
	return a
}

func higher(a, b Number) Number {
	if a != "" && lower(a, b) == a {
		return b
	}
	return cmp.Or(a, b)
}

func (all groups) sorted() []Group {
	var out []Group
	for _, g := range all {
		g.Mean, g.Change = g.scores.mean(), g.changes.mean()
		out = append(out, *g)
	}
	slices.SortFunc(out, func(a, b Group) int { return cmp.Compare(a.ID, b.ID) })
	return out
}
