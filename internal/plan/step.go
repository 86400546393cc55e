package plan

import (
	"math/big"
	"slices"

	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/score"
)

// Step is one thing to do: to fix a check wholly, wherever it fails, or a finding
// that no check makes and that is a veto by itself.
type Step struct {
	Check   *examine.Check   // as it is judged on the day of the plan, nil for a finding
	Finding *finding.Finding // nil for a check
	// Effort is what the policy counts for it.
	Effort int
	// Gain are the points of the raw score that it gives, exact.
	Gain *big.Rat
	// Veto and Duty: it lifts a veto, or meets a duty of law.
	Veto, Duty bool
	// Lapses is the day on which the check begins to fail, zero where it does already.
	Lapses calendar.Date
	// Missing are the fingerprints of the facts that are to be stated for it.
	Missing []string
	// After is the score once this step and all before it are done.
	After score.Result
}

// ID is that of the check or of the finding.
func (s *Step) ID() string {
	if s.Check != nil {
		return s.Check.Rule.ID
	}
	return s.Finding.Check
}

// work is a platform with all that could be done about it.
type work struct {
	reg    rulebook.Regulation
	policy rulebook.Policy
	p      *examine.Platform
	now    score.Result
	// causes are the findings by fingerprint.
	causes map[string]*finding.Finding
	steps  []Step
	// held are checks that nobody can fix before a defect is gone or the header says
	// whether they apply, since nobody knows how they end then; lost are those of which
	// something can no longer be made good.
	held, lost []*examine.Check
}

func newWork(book *rulebook.Rulebook, p *examine.Platform, now score.Result) *work {
	w := &work{reg: book.Regulation, policy: book.Policy, p: p, now: now, causes: map[string]*finding.Finding{}}
	known := map[string]bool{}
	for i := range p.Checks {
		known[p.Checks[i].Rule.ID] = true
	}
	for i := range p.Findings {
		f := &p.Findings[i]
		w.causes[f.Fingerprint] = f
		if f.Severity == finding.Blocker && !f.Waived && !known[f.Check] && len(f.Waiting) == 0 {
			w.steps = append(w.steps, Step{Finding: f, Effort: w.policy.Effort("small"), Gain: new(big.Rat), Veto: true})
		}
	}
	for i := range p.Checks {
		w.take(&p.Checks[i])
	}
	return w
}

// take makes a step of a check that can be fixed.
func (w *work) take(c *examine.Check) {
	if !c.Applies || c.Severity == finding.Advisory {
		return
	}
	if slices.ContainsFunc(c.Items, func(i examine.Item) bool { return i.Outcome == finding.Rectified }) {
		w.lost = append(w.lost, c)
	}
	if c.Outcome != finding.Fail && c.Outcome != finding.Waived {
		return
	}
	missing := c.CausedBy()
	if c.Unsure || slices.ContainsFunc(missing, w.holds) {
		w.held = append(w.held, c)
		return
	}
	w.steps = append(w.steps, Step{Check: c, Effort: w.policy.Effort(c.Rule.Effort), Gain: w.gain(c), Missing: missing,
		Veto: c.Severity == finding.Blocker && c.ByBase() == finding.Fail, Duty: slices.Contains(w.now.Statutory.Unmet, c.Rule.ID)})
}

// holds reports whether nobody knows how a check ends that waits for this cause: what
// is written wrongly may well be right, what is not stated can be.
func (w *work) holds(cause string) bool {
	f := w.causes[cause]
	return f == nil || f.Defect() && f.Check != "schema.required"
}

// gain are the points of the raw score that a check gives once it is fixed.
func (w *work) gain(c *examine.Check) *big.Rat {
	done := fixed(c)
	before, after := score.Lost(w.policy, c, &w.now).Rat(), score.Lost(w.policy, &done, &w.now).Rat()
	if before == nil || after == nil || w.now.PointsApplicable.Sign() == 0 {
		return new(big.Rat)
	}
	gain := new(big.Rat).Sub(before, after)
	gain.Mul(gain, big.NewRat(100, 1))
	return gain.Quo(gain, w.now.PointsApplicable)
}

// fixed is a check of which everything passes that can still be made good.
func fixed(c *examine.Check) examine.Check {
	done := *c
	done.Items = slices.Clone(c.Items)
	for i := range done.Items {
		if item := &done.Items[i]; item.Outcome == finding.Fail || item.Outcome == finding.Waived {
			item.Outcome, item.Eased, item.CausedBy = finding.Pass, false, nil
		}
	}
	if done.Outcome = done.Sum(); len(done.Items) == 0 {
		done.Outcome = finding.Pass
	}
	return done
}

// after is the platform once these steps are done, and nothing else has changed: what
// waited for a fact that is stated now still fails where nobody has fixed it.
func (w *work) after(steps []Step) *examine.Platform {
	done, stated, gone := map[string]bool{}, map[string]bool{}, map[*finding.Finding]bool{}
	for i := range steps {
		if gone[steps[i].Finding] = true; steps[i].Check != nil {
			done[steps[i].Check.Rule.ID] = true
		}
		for _, cause := range steps[i].Missing {
			stated[cause] = true
		}
	}
	p := *w.p
	p.Findings = nil
	for i := range w.p.Findings {
		if f := &w.p.Findings[i]; !gone[f] && !done[f.Check] && !stated[f.Fingerprint] {
			p.Findings = append(p.Findings, *f)
		}
	}
	p.Checks = slices.Clone(w.p.Checks)
	for i := range p.Checks {
		c := &p.Checks[i]
		if done[c.Rule.ID] {
			*c = fixed(c)
			continue
		}
		c.Items = slices.Clone(c.Items)
		for j := range c.Items {
			c.Items[j].CausedBy = slices.DeleteFunc(slices.Clone(c.Items[j].CausedBy), func(cause string) bool { return stated[cause] })
		}
	}
	return &p
}

func (w *work) scored(steps []Step) score.Result {
	return score.Compute(w.reg, w.policy, w.after(steps))
}
