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
	Items   []Judged
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
	// Facts are what the outcome rests on, where the frame pins them.
	Facts []expression.Fact
}

// Name is the item's name for people.
func (j Judged) Name() string { return strings.Join(j.Keys, "/") }

// RedactedName is the name for those who must not see sensitive keys.
func (j Judged) RedactedName() string { return strings.Join(j.Redacted, "/") }

// Judge evaluates the check on what the frame shows, with the limits of a
// protection level. An error is a defect of the check, never of the platform.
func (c *Check) Judge(f *Frame, level int) (Judgement, error) {
	applies, err := c.Applies(f)
	if err != nil || !applies {
		return Judgement{}, err
	}
	if err := c.bindLimits(f, level); err != nil {
		return Judgement{}, err
	}
	run := &judging{check: c, frame: f}
	switch err := run.step(0); {
	case expression.TooCostly(err):
		return Judgement{Applies: true, TooCostly: true, Cost: f.Spent()}, nil
	case err != nil:
		return Judgement{}, fmt.Errorf("check %s: %w", c.ID, err)
	}
	return Judgement{Applies: true, Items: run.items, Flips: f.Flips(), Future: f.Future(), Cost: f.Spent()}, nil
}

// Applies evaluates `when`. A header that cannot be read makes every check
// apply.
func (c *Check) Applies(f *Frame) (bool, error) {
	f.Reset() // what an earlier check has spent is not this one's
	if c.compiled.when == nil {
		return true, nil
	}
	holds, err := c.compiled.when.True(f)
	// Neither a header that says nothing nor a platform that has used up what
	// its checks may cost gets out of a check.
	if _, silent := absent(err); silent || expression.TooCostly(err) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("check %s: when: %w", c.ID, err)
	}
	return holds, nil
}

func (c *Check) bindLimits(f *Frame, level int) error {
	if c.compiled.limits == nil {
		return nil
	}
	v := &document.Value{Kind: document.Map}
	for _, rule := range c.Limits {
		v.Fields = append(v.Fields, document.Field{Key: rule.Name, Value: rule.At(level).value})
	}
	if err := f.Bind("limits", c.compiled.limits, v); err != nil {
		return fmt.Errorf("check %s: limits: %w", c.ID, err)
	}
	return nil
}

// judging walks the steps of `each`, innermost last.
type judging struct {
	check    *Check
	frame    *Frame
	keys     []string
	redacted []string
	place    *document.Value // of the innermost item
	items    []Judged
}

func (j *judging) step(depth int) error {
	if depth == len(j.check.compiled.each) {
		return j.assert()
	}
	over := j.check.compiled.each[depth]
	items, empty, at, err := over.list.Items(j.frame)
	if silence, ok := absent(err); ok {
		j.fail(lang.Open(notStated(silence)), silence.In)
		return nil
	}
	if err != nil {
		return err
	}
	if len(items) == 0 {
		j.empty(empty, at, lang.Say("列表为空，没有可核的内容", "the list is empty: there is nothing to examine"))
		return nil
	}
	outer, keys, redacted, judged := j.place, j.keys, j.redacted, len(j.items)
	for _, item := range items {
		j.frame.Enter(j.check.Each[depth].Name, item)
		j.keys = slices.Concat(keys, []string{item.Key})
		j.redacted = slices.Concat(redacted, []string{redactedKey(item)})
		if j.place = item.Place; j.place == nil {
			j.place = outer
		}
		if err := j.item(over, depth); err != nil {
			return err
		}
	}
	j.place, j.keys, j.redacted = outer, keys, redacted
	if len(j.items) > judged {
		return nil
	}
	empty, at, err = over.list.Emptied(j.frame)
	if err == nil {
		j.empty(empty, at, lang.Say("近来没有记录，没有可核的内容", "nothing recent is on record: there is nothing to examine"))
	}
	return err
}

// item judges the item that the frame shows, unless it lies too far back.
func (j *judging) item(of step, depth int) error {
	if of.dated != nil {
		counts, err := of.window.Holds(j.frame, of.dated)
		// What does not say when it happened, or has not come to its end, stays in
		// sight however old it is.
		if _, silent := absent(err); !silent && (err != nil || !counts) {
			return err
		}
	}
	return j.step(depth + 1)
}

func redactedKey(item expression.Item) string {
	if item.Sensitive && item.Key != "" {
		return schema.RedactedKey
	}
	return item.Key
}

// empty judges a list that gives nothing; silent is what is said of one that has
// to give something.
func (j *judging) empty(why expression.Emptiness, at *document.Value, silent lang.Text) {
	switch why {
	case expression.Clean:
		j.add(finding.Pass, at)
	case expression.Nothing:
		j.add(finding.NotApplicable, at)
	default:
		j.fail(lang.Open(silent), at)
	}
}

func (j *judging) assert() error {
	holds, err := j.check.compiled.assert.True(j.frame)
	if silence, ok := absent(err); ok {
		j.fail(lang.Open(notStated(silence)), silence.In)
		return nil
	}
	if err != nil {
		return err
	}
	place := j.place
	if j.check.compiled.at != nil {
		place = j.check.compiled.at.Place(j.frame)
	}
	if holds {
		j.add(finding.Pass, place)
		return nil
	}
	if j.rectified() {
		j.add(finding.Rectified, place)
		return nil
	}
	newest := j.frame.Newest()
	message, err := j.message()
	if err != nil {
		return err
	}
	j.fail(decided(message, newest), decisive(place, newest))
	return nil
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
	return lang.Marked{Full: newestOn(message.Full, on), Redacted: newestOn(message.Redacted, seen)}
}

func newestOn(message, date lang.Text) lang.Text {
	return lang.Say("%s（最近一次是 %s）", "%s (the newest is of %s)", message, date)
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

// rectified reports whether the item is one of history, and has on record how
// its failure was dealt with.
func (j *judging) rectified() bool {
	return slices.ContainsFunc(j.check.compiled.each, func(of step) bool {
		return of.rectified != nil && j.frame.Followed(of.dated, of.rectified)
	})
}

func (j *judging) message() (lang.Marked, error) {
	message := j.check.compiled.message()
	zh, err := message[0].Fill(j.frame)
	if err != nil {
		return lang.Marked{}, fmt.Errorf("message: %w", err)
	}
	en, err := message[1].Fill(j.frame)
	if err != nil {
		return lang.Marked{}, fmt.Errorf("message: %w", err)
	}
	return lang.Marked{Full: lang.Text{ZH: zh.Full.ZH, EN: en.Full.EN}, Redacted: lang.Text{ZH: zh.Redacted.ZH, EN: en.Redacted.EN}}, nil
}

func (j *judging) add(outcome finding.Outcome, place *document.Value) {
	if place == nil {
		place = j.place
	}
	j.items = append(j.items, Judged{Keys: j.keys, Outcome: outcome, Place: place, Facts: j.facts(), Redacted: j.redacted})
}

func (j *judging) fail(message lang.Marked, place *document.Value) {
	j.add(finding.Fail, place)
	j.items[len(j.items)-1].Message = message
}

// facts are the facts behind the item's outcome. Of a list that the check
// ranges over, only what the check reads of this item.
func (j *judging) facts() []expression.Fact {
	if !j.frame.Pins() {
		return nil
	}
	var out []expression.Fact
	add := func(p *expression.Program, of *document.Value) {
		for _, fact := range p.Facts(j.frame) {
			if !strings.HasPrefix(fact.Path, "limits.") && !fact.Value.Holds(of) && !slices.Contains(out, fact) {
				out = append(out, fact)
			}
		}
	}
	if j.check.compiled.when != nil {
		add(j.check.compiled.when, nil)
	}
	// After an empty list nothing was read, and later names have no value.
	each := j.check.compiled.each
	for _, step := range each[:min(len(j.keys)+1, len(each))] {
		add(step.list, j.place)
	}
	if len(j.keys) == len(each) {
		add(j.check.compiled.assert, nil)
	}
	return out
}

func absent(err error) (*expression.Absent, bool) {
	var silence *expression.Absent
	if err == nil || !errors.As(err, &silence) {
		return nil, false
	}
	return silence, true
}

func notStated(silence *expression.Absent) lang.Text {
	return lang.Say("%s 未填写", "%s is not stated", silence.Path)
}
