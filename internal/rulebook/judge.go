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
	"hegui/internal/schema"
)

// Frame is what checks see of one platform on one day.
type Frame = expression.Frame

// Judgement is what a check says of one platform.
type Judgement struct {
	// Applies reports whether `when` holds.
	Applies bool
	// Unsure: the header hides whether the check applies, or how strictly.
	Unsure bool
	// OutOfForce says that the check is not held against the platform, although
	// `when` holds, because what it rests on is not in force on this day.
	OutOfForce lang.Text
	// Upcoming is the day on which such a check comes into force, nil where it does not.
	Upcoming *calendar.Date
	// Early: the check fails for nothing but records that are not owed yet; of a
	// standing, records that are not there are not owed yet.
	Early bool
	// Beside says for what is stated `when` does not hold, where the frame explains,
	// Facts are what it reads then, where the frame pins.
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
	// Facts are what the outcome rests on, where the frame pins them, Choice what
	// besides decided that the item is judged, and how strictly.
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

// JudgeIn is Judge in the room of items that nobody looks at any more.
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

// Standing is the judgement without its items: whether the check applies, and
// whether a frame that may show the header alone says so.
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

// judging walks the steps of `each`, innermost last.
type judging struct {
	check *Check
	frame *Frame
	// since is the day from which the check's articles bind; what happened before
	// is not held to them.
	since *calendar.Date
	// level is that of the limits.
	level    int
	keys     []string
	redacted []string
	place    *document.Value // of the innermost item
	items    []Judged
}

func (j *judging) step(depth int) error {
	if depth == len(j.check.compiled.each) {
		return j.assert()
	}
	over := &j.check.compiled.each[depth]
	items, empty, at, err := over.list.Items(j.frame)
	if isAbsent(err) {
		return j.undecided(j.frame.Absences())
	}
	if err != nil {
		return err
	}
	if len(items) == 0 {
		j.empty(empty, at)
		return nil
	}
	outer, keys, redacted, judged := j.place, j.keys, j.redacted, len(j.items)
	alike := slices.Equal(keys, redacted)
	j.items = slices.Grow(j.items, len(items))
	names := make([]string, 0, len(items)*(depth+1))
	for i := range items {
		item := &items[i]
		j.frame.Enter(over.name, *item)
		names = append(append(names, keys...), item.Key)
		j.keys = names[len(names)-depth-1 : len(names) : len(names)]
		if j.redacted = j.keys; !alike || redactedKey(item) != item.Key {
			j.redacted = slices.Concat(redacted, []string{redactedKey(item)})
		}
		if j.place = item.Place; j.place == nil {
			j.place = outer
		}
		if err := j.item(over, item, depth); err != nil {
			return err
		}
	}
	j.place, j.keys, j.redacted = outer, keys, redacted
	if len(j.items) > judged {
		return nil
	}
	empty, at, err = over.list.Emptied(j.frame)
	if err == nil {
		j.empty(empty, at)
	}
	return err
}

// item judges the item that the frame shows, unless it lies too far back or
// before there was an article to hold it to.
func (j *judging) item(of *step, item *expression.Item, depth int) error {
	if len(item.Undecided) > 0 {
		return j.undecided(item.Undecided)
	}
	if of.dated != nil {
		window := of.window
		window.Since = j.since
		window.Bounded = window.Bounded && (of.settled == nil || j.frame.Shown(of.settled))
		counts, err := window.Holds(j.frame, of.dated)
		// What does not say when it happened stays in sight however old it is, as
		// what is not settled does.
		if !isAbsent(err) && (err != nil || !counts) {
			return err
		}
		if err := j.limits(of.dated); err != nil {
			return err
		}
	}
	return j.step(depth + 1)
}

// limits binds those of the day on which an item happened: what became stricter later
// is not held against it.
func (j *judging) limits(dated *expression.Path) error {
	if j.check.earlier == nil {
		return nil
	}
	version := j.check
	for version.earlier != nil {
		counts, err := expression.Window{Since: version.since}.Holds(j.frame, dated)
		if err != nil && !isAbsent(err) {
			return err
		}
		if counts || err != nil {
			break
		}
		version = version.earlier
	}
	return version.bindLimits(j.frame, j.level)
}

func redactedKey(item *expression.Item) string {
	if item.Sensitive && item.Key != "" {
		return schema.RedactedKey
	}
	return item.Key
}

// empty judges a list that gives nothing.
func (j *judging) empty(why expression.Emptiness, at *document.Value) {
	switch why {
	case expression.Clean:
		j.add(finding.Pass, at)
	case expression.Nothing:
		j.add(finding.NotApplicable, at)
	default:
		j.fail(lang.Open(lang.Say("近来没有记录，没有可核的内容", "nothing recent is on record: there is nothing to examine")), at)
	}
}

func (j *judging) assert() error {
	holds, err := j.check.compiled.assert.True(j.frame)
	if isAbsent(err) {
		return j.undecided(j.frame.Absences())
	}
	if err != nil {
		return err
	}
	place, newest := j.assertedAt(), j.frame.Newest()
	switch {
	case holds:
		j.add(finding.Pass, place)
	case j.rectified():
		j.add(finding.Rectified, place)
	default:
		err = j.explain(place)
	}
	if err == nil {
		j.items[len(j.items)-1].Newest = newest
	}
	return err
}

// assertedAt is the place that the check's findings point at.
func (j *judging) assertedAt() *document.Value {
	if j.check.compiled.at != nil {
		return j.check.compiled.at.Place(j.frame)
	}
	return j.place
}

// explain fails the item in the check's own words.
func (j *judging) explain(place *document.Value) error {
	newest := j.frame.Newest()
	message, err := j.message()
	if err == nil {
		place = decisive(place, newest)
		j.fail(decided(message, newest), place)
		j.items[len(j.items)-1].Reasons = j.reasons(place)
	}
	return err
}

// reasons are what the condition failed for. Where it asks for one thing, they are
// told only if they add to what the message says.
func (j *judging) reasons(place *document.Value) []expression.Reason {
	if !j.frame.Explains() {
		return nil
	}
	assert, message := j.check.compiled.assert, j.check.compiled.message()[0]
	reasons := assert.Reasons(j.frame, place)
	if assert.Arms() == 1 && !slices.ContainsFunc(reasons, func(r expression.Reason) bool { return r.Adds(message, place) }) {
		return nil
	}
	return reasons
}

// decided adds to a message on what day the record is that decided, where it is
// one day.
func decided(message lang.Marked, newest []expression.Newest) lang.Marked {
	if len(newest) == 0 || slices.ContainsFunc(newest, func(n expression.Newest) bool { return n.Date.Text != newest[0].Date.Text }) {
		return message
	}
	on := lang.Same(newest[0].Date.Text)
	seen := on
	if slices.ContainsFunc(newest, func(n expression.Newest) bool { return n.Hidden }) {
		seen = lang.Redacted()
	}
	return lang.Fill("%s（最近一次是 %s）", "%s (the newest is of %s)", message, lang.Marked{Full: on, Redacted: seen})
}

// decisive is the record that decided, where a check points at the list that it
// stands in.
func decisive(place *document.Value, newest []expression.Newest) *document.Value {
	for _, n := range newest {
		if place != nil && n.Record.Parent == place {
			return n.Record
		}
	}
	return place
}

// undecided fails the item for what it could not be judged without. Where that
// says something by being absent, such as that a case is not closed, there is
// nothing to wait for.
func (j *judging) undecided(absences []*expression.Absent) error {
	hidden := absences
	if slices.ContainsFunc(absences, (*expression.Absent).Tells) {
		hidden = slices.DeleteFunc(slices.Clone(absences), (*expression.Absent).Tells)
	}
	switch {
	case len(hidden) > 0:
		j.wait(hidden)
	case len(j.keys) == len(j.check.compiled.each):
		return j.explain(j.assertedAt())
	default:
		said := absences[0]
		j.fail(lang.Open(lang.Say("%s：%s", "%s: %s", said.Of.Title, said.Of.Absent)), said.In)
	}
	return nil
}

// wait fails the item and leaves it to what is absent to say why.
func (j *judging) wait(hidden []*expression.Absent) {
	var place *document.Value
	if len(j.keys) == len(j.check.compiled.each) {
		place = j.assertedAt()
	}
	j.add(finding.Fail, place)
	j.items[len(j.items)-1].Absent = hidden
}

// rectified reports whether the item is one of history, and has on record how
// its failure was dealt with, and what shows it.
func (j *judging) rectified() bool {
	return slices.ContainsFunc(j.check.compiled.each, func(of step) bool {
		return of.rectified != nil && j.frame.Followed(of.dated, of.rectified) && (of.proof == nil || j.frame.Shown(of.proof))
	})
}

func (j *judging) message() (lang.Marked, error) {
	message, err := expression.Fill(j.frame, j.check.compiled.message())
	if err != nil {
		return lang.Marked{}, fmt.Errorf("message: %w", err)
	}
	return message, nil
}

func (j *judging) add(outcome finding.Outcome, place *document.Value) {
	if place == nil {
		place = j.place
	}
	j.items = append(j.items, Judged{Keys: j.keys, Outcome: outcome, Place: place, Facts: j.facts(), Choice: j.choice(), Redacted: j.redacted})
}

func (j *judging) fail(message lang.Marked, place *document.Value) {
	j.add(finding.Fail, place)
	j.items[len(j.items)-1].Message = message
}

// facts are the facts behind the item's outcome, what the check asserts before
// what makes it apply. Of a list that the check ranges over, only what the check
// reads of this item.
func (j *judging) facts() []expression.Fact {
	if !j.frame.Pins() {
		return nil
	}
	var out facts
	each := j.check.compiled.each
	if len(j.keys) == len(each) {
		out.add(j.check.compiled.assert.Facts(j.frame), nil)
	}
	// After an empty list nothing was read, and later names have no value.
	for _, step := range each[:min(len(j.keys)+1, len(each))] {
		out.add(step.list.Facts(j.frame), j.place)
	}
	out.add(j.check.switches(j.frame), nil)
	return out
}

// choice are the facts by which the item is one that is judged, and how strictly.
func (j *judging) choice() []expression.Fact {
	if !j.frame.Pins() {
		return nil
	}
	var out facts
	for i, step := range j.check.compiled.each[:len(j.keys)] {
		out.add(step.list.Choosing(j.frame, j.check.Each[i].Name), j.place)
		for _, path := range []*expression.Path{step.dated, step.settled} {
			if path != nil {
				out.add([]expression.Fact{path.Fact(j.frame)}, nil)
			}
		}
	}
	if j.check.graded() {
		out.add([]expression.Fact{j.frame.Fact(j.check.levelPath())}, nil)
	}
	return out
}

// switches are the facts that make the check apply or not, none where nobody asks
// for facts.
func (c *Check) switches(f *Frame) []expression.Fact {
	if !f.Pins() || c.compiled.when == nil {
		return nil
	}
	return c.compiled.when.Facts(f)
}

// facts is a list of facts, each once.
type facts []expression.Fact

// add adds facts but for limits, which no description states, and lists that an
// item lies in.
func (l *facts) add(more []expression.Fact, of *document.Value) {
	for _, fact := range more {
		if !strings.HasPrefix(fact.Path, "limits.") && !fact.Value.Holds(of) && !slices.Contains(*l, fact) {
			*l = append(*l, fact)
		}
	}
}

func isAbsent(err error) bool {
	_, absent := errors.AsType[*expression.Absent](err)
	return absent
}
