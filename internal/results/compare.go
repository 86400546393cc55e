package results

import (
	"cmp"
	"slices"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// Earlier is an earlier examination that platforms are compared with. It keeps only
// what the comparison needs.
type Earlier struct {
	asOf     string
	revision *Revision
	// byCode and byID are the platforms as they were; before is the examination before
	// this one, nil for none.
	byCode, byID map[string][]*former
	all          []*former
	before       *Earlier
}

// former is a platform as it was.
type former struct {
	id, code  string
	name      lang.Text
	found     bool // a platform of today is the same
	score     Score
	grade     Grade
	compliant bool
	open      Counts
	verdicts  map[string]string // by clause
	findings  []finding.Finding
	stood     map[string]int // how often, by identity
	reach     *examine.Reach
	idle      map[string]lang.Text // why checks did not apply
	orders    []Order
	rechecked []examine.Verdict
}

// NewEarlier is an earlier run whose platforms are still to be added. before is the
// examination before it, nil for none: its verdicts say what had been found and fixed
// by then.
func NewEarlier(run *Results, before *Earlier) *Earlier {
	return &Earlier{asOf: run.AsOf, revision: run.Revision, before: before, byCode: map[string][]*former{}, byID: map[string][]*former{}}
}

// Add adds a platform as it was.
func (e *Earlier) Add(p *Platform) {
	was := &former{id: p.ID, code: p.Code, name: p.Name, score: p.Score, grade: p.Grade, compliant: p.Compliant, open: p.Open(),
		verdicts: map[string]string{}, stood: map[string]int{}, idle: map[string]lang.Text{}, reach: p.reach, orders: p.Orders, rechecked: p.rechecked}
	for i := range p.Clauses {
		was.verdicts[p.Clauses[i].ID] = p.Clauses[i].Verdict
	}
	for i := range p.Checks {
		if c := &p.Checks[i]; c.idle {
			was.idle[c.ID] = c.Reason
		}
	}
	for i := range p.Findings {
		f := &p.Findings[i]
		was.stood[f.Identity()]++
		was.findings = append(was.findings, finding.Finding{Check: f.Check, Clauses: f.Clauses, Severity: f.Severity, Item: f.Item, Message: f.Message, Fingerprint: f.Fingerprint,
			Waived: f.Waived, Location: f.Location, Keys: f.Keys, Title: f.Title, Redacted: f.Redacted})
	}
	e.all = append(e.all, was)
	e.byCode[p.Code] = append(e.byCode[p.Code], was)
	e.byID[p.ID] = append(e.byID[p.ID], was)
}

// Compare fills in what a platform was before. A platform without an earlier self
// keeps Previous nil.
func (e *Earlier) Compare(p *Platform) {
	before := e.same(p)
	if before == nil {
		return
	}
	before.found = true
	c := comparison{Previous: &Previous{AsOf: e.asOf, Revision: e.revision, Score: before.score, Grade: before.grade, Compliant: before.compliant, Findings: before.open,
		Verdicts: []VerdictChange{}, Changes: []Change{}, Repeated: []string{}}, before: before, now: p, earlier: e}
	c.clauses()
	c.findings()
	p.Previous = c.Previous
}

// Summary is what the platforms were, to be asked once those of today have been
// compared. For a run that was restricted to some platforms, only those count.
func (e *Earlier) Summary(restricted bool) *PreviousSummary {
	s := &PreviousSummary{AsOf: e.asOf, Revision: e.revision, Gone: []GonePlatform{}}
	for _, was := range e.all {
		if !was.found && restricted {
			continue
		}
		s.Platforms, s.Blockers = s.Platforms+1, s.Blockers+was.grade.Open
		if was.compliant {
			s.Compliant++
		}
		if !was.found {
			s.Gone = append(s.Gone, GonePlatform{was.id, was.code, was.name, was.compliant, was.score.Raw})
		}
	}
	return s
}

// same finds a platform in the earlier examination: by its code, which stays when the
// folder moves, or by its id where the code cannot be read or is not its own.
func (e *Earlier) same(p *Platform) *former {
	sharing := e.byCode[p.Code]
	if i := slices.IndexFunc(sharing, func(f *former) bool { return f.id == p.ID }); i >= 0 {
		return sharing[i]
	}
	if len(sharing) == 1 && p.Code != "" {
		return sharing[0]
	}
	here := e.byID[p.ID]
	if len(sharing) == 0 && len(here) == 1 && (p.Code == "" || here[0].code == "") {
		return here[0]
	}
	return nil
}

// comparison is a platform while it is compared with itself.
type comparison struct {
	*Previous
	before  *former
	now     *Platform
	earlier *Earlier
}

func (c *comparison) clauses() {
	for _, now := range c.now.Clauses {
		if was, known := c.before.verdicts[now.ID]; known && was != now.Verdict {
			c.Verdicts = append(c.Verdicts, VerdictChange{Clause: now.ID, Before: was, After: now.Verdict})
		}
	}
}

// findings gives every finding of both examinations its standing. They compare as
// multisets. A waived one stands without being counted: it is not fixed by a waiver,
// nor new when the waiver ends.
func (c *comparison) findings() {
	stands := map[string]int{}
	for i := range c.now.Findings {
		f := &c.now.Findings[i]
		stands[f.Identity()]++
		standing, reason := c.standing(f, stands[f.Identity()] <= c.before.stood[f.Identity()])
		c.add(f, standing, reason)
	}
	for i := range c.before.findings {
		f := &c.before.findings[i]
		if stands[f.Identity()] > 0 {
			stands[f.Identity()]--
		} else {
			standing, reason := c.gone(f)
			c.add(f, standing, reason)
		}
	}
	order := Standings()
	slices.SortStableFunc(c.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Standing), slices.Index(order, b.Standing)), cmp.Compare(b.Severity, a.Severity))
	})
	for i := range c.Changes {
		c.count(&c.Changes[i])
	}
}

// standing is that of a finding that stands now.
func (c *comparison) standing(f *finding.Finding, stood bool) (Standing, lang.Text) {
	fixed := c.foundFixed(f)
	if stood {
		// Unless it is as the assessor saw it: then the two disagree, and nothing came back.
		if fixed != nil && fixed.AssessedOn > c.AsOf && fixed.Fact != c.factOf(f) {
			return CameBack, backSince(fixed)
		}
		return StillOpen, lang.Text{}
	}
	if c.before.reach != nil && c.before.reach.Hides(f) {
		return NotJudgedThen, lang.Say("上次它所在的内容读不出来或没有填，无从判断", "last time what it rests on could not be read or was not stated")
	}
	if reason, idle := c.before.idle[f.Check]; idle {
		return NotJudgedThen, lang.Say("上次不适用：%s", "did not apply last time: %s", reason)
	}
	for older := c.earlier.before; older != nil; older = older.before {
		if was := older.same(c.now); was != nil && was.stood[f.Identity()] > 0 {
			return CameBack, lang.Say("%s 查出，%s 已整改，现又出现", "found on %s, fixed by %s, and here again", older.asOf, c.AsOf)
		}
	}
	if fixed != nil {
		return CameBack, backSince(fixed)
	}
	return NewSince, lang.Text{}
}

func backSince(v *examine.Verdict) lang.Text {
	return lang.Say("%s 复查确认已整改，现又出现", "found fixed by a re-check of %s, and here again", v.AssessedOn)
}

// foundFixed is the verdict by which an assessor has found after a re-check that what
// stands again was fixed, nil for none: as the platform's file has it now, or had it
// then.
func (c *comparison) foundFixed(f *finding.Finding) *examine.Verdict {
	for _, all := range [][]examine.Verdict{c.now.rechecked, c.before.rechecked} {
		for i := range all {
			if v := &all[i]; v.Check == f.Check && (v.Item == "" || v.Item == f.Item) {
				return v
			}
		}
	}
	return nil
}

// factOf is the digest of what a finding rests on.
func (c *comparison) factOf(f *finding.Finding) string {
	if check := c.now.check(f.Check); check != nil {
		for i := range check.Items {
			if slices.Equal(check.Items[i].keys, f.Keys) {
				return check.Items[i].Fact
			}
		}
	}
	return ""
}

// gone is the standing of a finding that is no longer there. If its item is no longer
// described either, the finding counts as fixed, since everything that a platform
// declares is taken at its word, and the reader is told to look.
func (c *comparison) gone(f *finding.Finding) (Standing, lang.Text) {
	if c.now.reach != nil && c.now.reach.Hides(f) {
		return NotJudgedNow, lang.Say("它所在的内容现在读不出来或没有填，无从判断", "what it rests on cannot be read now, or is not stated")
	}
	check := c.now.check(f.Check)
	switch {
	case check == nil:
		return Fixed, lang.Text{}
	case check.idle:
		return NotJudgedNow, lang.Say("现在不适用：%s", "does not apply now: %s", check.Reason)
	case !slices.ContainsFunc(check.Items, func(i Item) bool { return i.Outcome != finding.NotApplicable && i.about(f) }):
		return Fixed, lang.Say("所说的对象现已不在描述或检查范围之内，请核对", "what it was about is no longer described, or no longer looked at: see whether that is so")
	}
	return Fixed, lang.Text{}
}

// about reports whether an item is the one of a finding, or a whole list with it.
func (i *Item) about(f *finding.Finding) bool { return i.Item == f.Item || len(i.keys) < len(f.Keys) }

// check is the outcome of a check, nil if there is none.
func (p *Platform) check(id string) *Check {
	i := slices.IndexFunc(p.Checks, func(c Check) bool { return c.ID == id })
	if i < 0 {
		return nil
	}
	return &p.Checks[i]
}

// add adds a finding in its standing, with any order about it: the order in today's
// file or, failing that, the earlier one, so that nobody gets rid of a deadline by
// deleting it.
func (c *comparison) add(f *finding.Finding, s Standing, reason lang.Text) {
	one := change(f, s, reason)
	if s != Fixed && s != NotJudgedNow && !f.Waived {
		for _, all := range [][]Order{c.now.Orders, c.before.orders} {
			if i := slices.IndexFunc(all, func(o Order) bool { return o.about(f) }); i >= 0 {
				o := &all[i]
				one.Deadline, one.Recheck, one.Overdue = o.Deadline, o.Recheck, o.Deadline < c.now.asOf
				one.Repeated = one.Repeated || one.Overdue
				break
			}
		}
	}
	c.Changes = append(c.Changes, one)
}

// about reports whether an order is about a finding.
func (o *Order) about(f *finding.Finding) bool {
	return slices.Contains(o.Findings, f.Fingerprint) || o.Check == f.Check && (o.Item == "" || o.Item == f.Item)
}
