package results

import (
	"cmp"
	"slices"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/term"
)

// Problem is a row of the list of problems: findings that are dealt with as one,
// since they are of one check and are due together. What only advises is in none.
type Problem struct {
	// Number counts from 1: the gravest first, then by clause, then by place.
	Number   int              `json:"number"`
	Check    string           `json:"check"`
	Severity finding.Severity `json:"severity"`
	Waived   bool             `json:"waived,omitempty"`
	// Findings are the fingerprints.
	Findings []string `json:"findings"`
	// Risk, Post and Deadline are the assessor's, empty for none.
	Risk     string `json:"risk,omitempty"`
	Post     string `json:"responsible_post,omitempty"`
	Deadline string `json:"deadline,omitempty"`

	// At are the places of the findings among the platform's.
	At []int `json:"-"`
}

// listProblems puts the findings of a platform together.
func (r *room) listProblems(p *Platform) []Problem {
	order := inOrder(p)
	if len(order) == 0 {
		return nil
	}
	out, of := r.problems[:0], make([]int, len(order))
	latest, before := make(map[kin]int, len(order)), make([]int, 0, len(order)) // places, from 1
	for n, i := range order {
		f := &p.Findings[i.at]
		one, key := Problem{Check: f.Check, Severity: f.Severity, Waived: f.Waived}, kin{check: f.Check}
		one.assess(p.Verdicts, f)
		if f.Title.IsZero() { // of one kind, and not of one demand
			key.message = f.Message.EN
		}
		of[n] = latest[key]
		for of[n] > 0 && !out[of[n]-1].alike(&one) {
			of[n] = before[of[n]-1]
		}
		if of[n] == 0 {
			before = append(before, latest[key])
			one.Number = len(before)
			out, of[n], latest[key] = append(out, one), one.Number, one.Number
		}
	}
	r.problems = out
	fill(out, of, order, p.Findings)
	return slices.Clip(out)
}

// kin is what findings have in common that may be dealt with as one.
type kin struct{ check, message string }

// alike reports whether two problems of kin are dealt with as one.
func (q *Problem) alike(other *Problem) bool {
	return q.Severity == other.Severity && q.Waived == other.Waived && q.Risk == other.Risk && q.Post == other.Post && q.Deadline == other.Deadline
}

// fill gives problems their findings, of each of which is said in which it is. The lists
// lie side by side.
func fill(out []Problem, of []int, order []ranked, findings []finding.Finding) {
	all := make([]int, len(out)) // how many
	for _, number := range of {
		all[number-1]++
	}
	names, at := make([]string, len(of)), make([]int, len(of))
	for i, n := range all {
		out[i].Findings, names = names[:0:n], names[n:]
		out[i].At, at = at[:0:n], at[n:]
	}
	for n, number := range of {
		q, i := &out[number-1], order[n].at
		q.Findings, q.At = append(q.Findings, findings[i].Fingerprint), append(q.At, i)
	}
}

// assess takes over what an assessor has said of a finding.
func (q *Problem) assess(verdicts []examine.Verdict, f *finding.Finding) {
	for i := range verdicts {
		v := &verdicts[i]
		if v.Check == f.Check && (v.Item == "" || v.Item == f.Item) && v.State != examine.Pending {
			q.Risk, q.Post, q.Deadline = cmp.Or(q.Risk, v.Risk), cmp.Or(q.Post, v.ResponsiblePost), cmp.Or(q.Deadline, v.Deadline)
		}
	}
}

// ranked is a finding's place among the platform's findings, and the place of its
// clause in the regulation.
type ranked struct{ at, clause int }

// inOrder are the findings that are more than advice: the gravest first, then by
// clause, then by place; waived ones last.
func inOrder(p *Platform) []ranked {
	place := make(map[string]int, len(p.Clauses))
	for i := range p.Clauses {
		place[p.Clauses[i].ID] = i
	}
	out := make([]ranked, 0, len(p.Findings))
	for i := range p.Findings {
		f, clause := &p.Findings[i], -1
		if len(f.Clauses) > 0 {
			clause = place[f.Clauses[0]]
		}
		if f.Severity > finding.Advisory {
			out = append(out, ranked{i, clause})
		}
	}
	slices.SortFunc(out, func(i, j ranked) int {
		a, b := &p.Findings[i.at], &p.Findings[j.at]
		switch {
		case a.Waived != b.Waived && a.Waived:
			return 1
		case a.Waived != b.Waived:
			return -1
		case a.Severity != b.Severity:
			return cmp.Compare(b.Severity, a.Severity)
		case i.clause != j.clause:
			return cmp.Compare(i.clause, j.clause)
		}
		return cmp.Or(cmp.Compare(a.Location.Path, b.Location.Path), cmp.Compare(a.Location.Line, b.Location.Line),
			cmp.Compare(a.Location.Column, b.Location.Column), cmp.Compare(a.Check, b.Check), cmp.Compare(i.at, j.at))
	})
	return out
}

// ProblemRow is a problem in words, as its audience may read it.
type ProblemRow struct {
	*Problem
	// Objects are the items, none for what is about no single one; Places are where
	// it is stated.
	Objects []string
	Places  []finding.Location
	// Clauses are those that it bears on, the one that it counts in first.
	Clauses []string
	Said    lang.Text
	Basis   lang.Text
	Bears   lang.Text
	Advice  lang.Text
	Effort  string
}

// ProblemRows are the problems in words.
func (p *Platform) ProblemRows() []ProblemRow {
	out, c := make([]ProblemRow, len(p.Problems)), p.costs()
	for i := range p.Problems {
		out[i] = p.problemRow(&p.Problems[i], c)
	}
	return out
}

func (p *Platform) problemRow(q *Problem, c *costs) ProblemRow {
	first := &p.Findings[q.At[0]]
	row := ProblemRow{Problem: q, Clauses: first.Clauses, Said: first.Said(), Basis: first.Source, Bears: p.bears(q, c), Advice: first.Remedy}
	for _, i := range q.At {
		f := &p.Findings[i]
		if !f.Title.IsZero() && f.Item != "" && !slices.Contains(row.Objects, f.Item) {
			row.Objects = append(row.Objects, f.Item)
		}
		if !slices.Contains(row.Places, f.Location) {
			row.Places = append(row.Places, f.Location)
		}
	}
	if len(q.At) > 1 && !first.Title.IsZero() {
		row.Said = lang.Say("不成立：%s", "does not hold: %s", first.Title)
	}
	if c := p.Find(q.Check); c != nil {
		row.Effort = c.Effort
		if row.Basis.IsZero() {
			row.Basis = c.Basis.Cited()
		}
	}
	return row
}

// costs say which problems the losses of a platform are counted with, each with one.
type costs struct {
	lost []Loss
	with []int          // the number of the problem, 0 for none
	of   map[string]int // the places of the losses of checks
}

func (p *Platform) costs() *costs {
	c := &costs{p.Losses, make([]int, len(p.Losses)), make(map[string]int, len(p.Losses))}
	first := make(map[string]int, len(p.Problems)) // by check, and by finding
	for i := range p.Problems {
		q := &p.Problems[i]
		for _, name := range append(slices.Clone(q.Findings), q.Check) {
			if first[name] == 0 {
				first[name] = q.Number
			}
		}
	}
	for i := range c.lost {
		l := &c.lost[i]
		if l.Cause == "" {
			c.of[l.Check] = i
		}
		for _, check := range l.Checks {
			c.of[check] = i
		}
		c.with[i] = first[cmp.Or(l.Cause, l.Check)]
	}
	return c
}

// said is what points a problem costs, zero for none. Those of a check that several
// problems keep from passing are counted once.
func (c *costs) said(p *Platform, q *Problem) lang.Text {
	var own []Loss
	for i, number := range c.with {
		if number == q.Number {
			own = append(own, c.lost[i])
		}
	}
	if len(own) > 0 {
		return lang.Say("失 %s 分", "%s points lost", sum(own))
	}
	for _, i := range q.At {
		for _, check := range append([]string{q.Check}, p.Findings[i].Waiting...) {
			if at, lost := c.of[check]; lost && c.with[at] > 0 {
				return lang.Say("失分计入第 %d 号", "points counted under no. %d", c.with[at])
			}
		}
	}
	return lang.Text{}
}

// bears says what a problem puts at risk, the first of these that there is: the
// assessor's rating, the major risk that it may be, a duty of law, the verdict, the
// points that it costs.
func (p *Platform) bears(q *Problem, c *costs) lang.Text {
	var all []lang.Text
	if q.Risk != "" {
		all = append(all, lang.Say("评估认定风险：%s", "rated by the assessor: %s", term.Risks().Text(q.Risk)))
	}
	if p.Risks != nil {
		for _, r := range p.Risks.Named {
			if slices.Contains(r.Checks, q.Check) {
				all = append(all, lang.Say("可能是重大风险隐患 %s：%s", "possible major risk %s: %s", r.Number, r.Text))
			}
		}
	}
	if q.Severity == finding.Blocker && !q.Waived {
		all = append(all, lang.Say("一票否决，平台不合规", "a blocker: the platform does not comply"))
	}
	if p.Statutory != nil && slices.Contains(p.Statutory.Checks, q.Check) {
		all = append(all, lang.Say("法定义务未履行", "a statutory duty is not met"))
	}
	if cost := c.said(p, q); !cost.IsZero() {
		all = append(all, cost)
	}
	if len(all) == 0 {
		return lang.Say("不影响得分", "no effect on the score")
	}
	said := all[0]
	for _, next := range all[1:] {
		said = lang.Say("%s；%s", "%s; %s", said, next)
	}
	return said
}
