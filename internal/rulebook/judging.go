package rulebook

import (
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

// item judges the item that the frame shows, unless it is too old, or older than the
// article that binds it.
func (j *judging) item(of *step, item *expression.Item, depth int) error {
	if len(item.Undecided) > 0 {
		return j.undecided(item.Undecided)
	}
	if of.dated != nil {
		window := of.window
		window.Since = j.since
		window.Bounded = window.Bounded && j.isSettled(of)
		counts, err := window.Holds(j.frame, of.dated)
		// What does not say when it happened stays in sight however old it is, as
		// what is not settled does, and what would have ended before it began.
		if !isAbsent(err) && (err != nil || !counts && !j.began(of, window)) {
			return err
		}
		if err := j.limits(of.dated); err != nil {
			return err
		}
	}
	return j.step(depth + 1)
}

// isSettled reports whether what settles an item is there; a date that has not come, or is
// earlier than what it settles, does not.
func (j *judging) isSettled(of *step) bool {
	switch {
	case of.settled == nil:
		return true
	case of.settled.Last().Type.Kind == schema.Date:
		return j.frame.Followed(of.dated, of.settled)
	}
	return j.frame.Shown(of.settled)
}

// began reports whether an item that lies too far back by its end began later than that,
// or does not say when: nothing ends before it begins.
func (j *judging) began(of *step, window expression.Window) bool {
	return window.Bounded && slices.ContainsFunc(of.opened, func(date *expression.Path) bool {
		counts, err := window.Holds(j.frame, date)
		return counts || isAbsent(err)
	})
}

// limits binds the limits of the day on which an item happened: stricter ones of a
// later day are not held against it.
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

// decided adds to a message the day of the record that decided, where the records are
// of one day.
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

// undecided fails the item for what it could not be judged without. A fact whose
// absence says something, such as that a case is not closed, is not waited for.
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

// wait fails the item without a message: findings about what is absent say why.
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

// choice are the facts that decide that the item is judged, and how strictly.
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
