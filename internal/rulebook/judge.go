package rulebook

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// Frame is what checks see of one platform on one day.
type Frame = expression.Frame

// Judgement is what a check says of one platform.
type Judgement struct {
	// Applies reports whether `when` holds.
	Applies bool
	// Unsure is set where the header does not show whether the check applies, or how
	// strictly.
	Unsure bool
	// OutOfForce says that the check is not held against the platform, although
	// `when` holds, because what it rests on is not in force on this day.
	OutOfForce lang.Text
	// Upcoming is the day on which such a check comes into force, nil where it does not.
	Upcoming *calendar.Date
	// Early is set where the check fails only for records that are not owed yet; for a
	// Standing, where records that are missing are not owed yet.
	Early bool
	// Beside names the stated facts for which `when` does not hold, if the frame
	// explains; Facts are those that it reads, if the frame pins.
	Beside lang.Text
	Facts  []expression.Fact
	Items  []Judged
	// TooCostly reports that the description exhausted the check's cost limit.
	TooCostly bool
	// Flips are the days on which the judgement may change without a change of
	// the description.
	Flips []calendar.Date
	// Future are the dates after today of records that say what was done.
	Future []*document.Value
	// Cost is what the check's expressions took, in the units of the limit.
	Cost uint64
}

// Judged is one item of a check with its outcome.
type Judged struct {
	// Keys name the item of each step of `each`, Redacted the same for those who
	// must not see sensitive keys.
	Keys, Redacted []string
	Outcome        finding.Outcome
	// Message explains a failed item. Place is nil when the description states
	// nothing that the check reads.
	Message lang.Marked
	Place   *document.Value
	// Reasons are what the condition failed for beyond what the message says, where
	// the frame explains.
	Reasons []expression.Reason
	// Absent is what the item could not be judged without. It fails for that,
	// and says nothing itself.
	Absent []*expression.Absent
	// Newest are the records that decided because they are the newest of their kind.
	Newest []expression.Newest
	// Facts are what the outcome rests on, if the frame pins. Choice are the other
	// facts that decide that the item is judged, and how strictly.
	Facts, Choice []expression.Fact
}

// Name is the item's name for people.
func (j Judged) Name() string { return strings.Join(j.Keys, "/") }

// RedactedName is the name for those who must not see sensitive keys.
func (j Judged) RedactedName() string { return strings.Join(j.Redacted, "/") }

// NoLevel stands for the protection level of a platform that does not state it.
const NoLevel = -1

// Judge evaluates the check on what the frame shows, with the limits of a
// protection level. Where a description hides whether or how the check applies,
// it applies, at its strictest, and fails. An error is a defect of the check,
// never of the platform.
func (c *Check) Judge(f *Frame, level int) (Judgement, error) { return c.judge(nil, f, level, false) }

// JudgeIn is Judge that reuses the memory of items that nobody needs any more.
func (c *Check) JudgeIn(room []Judged, f *Frame, level int) (Judgement, error) {
	return c.judge(room[:0], f, level, false)
}

// JudgeAhead is what the check would say today if it were in force already. What has
// happened is not held to it.
func (c *Check) JudgeAhead(f *Frame, level int) (Judgement, error) {
	return c.judge(nil, f, level, true)
}

func (c *Check) judge(room []Judged, f *Frame, level int, ahead bool) (Judgement, error) {
	applies, hidden, err := c.applies(f)
	if err != nil || !applies {
		return Judgement{Beside: c.beside(f, err), Facts: c.switches(f), Flips: f.Flips()}, err
	}
	level = c.LevelAt(f, level)
	force := c.force(f, level)
	if !force.out.IsZero() && !ahead {
		return Judgement{OutOfForce: force.out, Upcoming: force.from, Flips: f.Flips()}, nil
	}
	if level == NoLevel {
		level = MaxLevel
		if c.graded() {
			hidden = expression.Union(hidden, f.Missing(c.levelPath()))
		}
	}
	run := &judging{check: c, frame: f, since: force.since, level: level, items: room}
	if len(hidden) > 0 {
		run.wait(hidden)
		return Judgement{Applies: true, Unsure: true, Items: run.items, Flips: f.Flips()}, nil
	}
	if err := c.bindLimits(f, level); err != nil {
		return Judgement{}, err
	}
	switch err := run.step(0); {
	case expression.TooCostly(err):
		return Judgement{Applies: true, TooCostly: true, Flips: f.Flips(), Cost: f.Spent()}, nil
	case err != nil:
		return Judgement{}, fmt.Errorf("check %s: %w", c.ID, err)
	}
	if c.Grace.Since != "" && !ahead {
		if early := c.early(f, level, run.items); early != nil {
			return *early, nil
		}
	}
	return Judgement{Applies: true, Items: run.items, Flips: f.Flips(), Future: f.Future(), Cost: f.Spent()}, nil
}

// Standing is the judgement without its items: whether the check applies, judged by the
// header alone.
func (c *Check) Standing(f *Frame, level int) (Judgement, error) {
	applies, hidden, err := c.applies(f)
	if err != nil || !applies {
		return Judgement{}, err
	}
	level = c.LevelAt(f, level)
	if force := c.force(f, level); !force.out.IsZero() {
		return Judgement{OutOfForce: force.out, Upcoming: force.from}, nil
	}
	return Judgement{Applies: true, Unsure: len(hidden) > 0 || level == NoLevel && c.graded(), Early: c.due(f, level) != nil}, nil
}

// Concerns reports whether `when` holds, or may hold for all that can be known.
func (c *Check) Concerns(f *Frame) (bool, error) {
	holds, _, err := c.applies(f)
	return holds, err
}

// applies evaluates `when`; hidden is what keeps it from being known.
func (c *Check) applies(f *Frame) (holds bool, hidden []*expression.Absent, err error) {
	f.Reset() // what an earlier check has spent is not this one's
	if c.compiled.when == nil {
		return true, nil, nil
	}
	holds, err = c.compiled.when.Switched(f)
	switch {
	case isAbsent(err):
		return true, f.Absences(), nil
	case expression.TooCostly(err): // nor does spending all that checks may cost lead out of one
		return true, nil, nil
	case err != nil:
		return false, nil, fmt.Errorf("check %s: when: %w", c.ID, err)
	}
	return holds, nil, nil
}

// beside says for what is stated `when` does not hold.
func (c *Check) beside(f *Frame, err error) lang.Text {
	if err != nil || !f.Explains() {
		return lang.Text{}
	}
	return c.compiled.when.Beside(f)
}

// graded reports whether the protection level makes a difference to what the
// check asks for.
func (c *Check) graded() bool {
	return len(c.Severity.Levels) > 1 || slices.ContainsFunc(c.Limits, func(l LimitRule) bool { return len(l.Levels) > 1 })
}

func (c *Check) bindLimits(f *Frame, level int) error {
	if c.compiled.limits == nil {
		return nil
	}
	if err := f.Bind("limits", c.compiled.limits, c.at(level).limits); err != nil {
		return fmt.Errorf("check %s: limits: %w", c.ID, err)
	}
	return nil
}

// switches are the facts that make the check apply or not, none where nobody asks
// for facts.
func (c *Check) switches(f *Frame) []expression.Fact {
	if !f.Pins() || c.compiled.when == nil {
		return nil
	}
	return c.compiled.when.Facts(f)
}

func isAbsent(err error) bool {
	_, absent := errors.AsType[*expression.Absent](err)
	return absent
}
