package rulebook

import (
	"errors"
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// Example is one example of a check: patches to the baseline and, for a bad
// one, where the finding must point.
type Example struct {
	Good   bool
	Set    []Assignment
	Remove []string
	// At is the JSON pointer, topic first, of a bad example's finding.
	At  string
	Pos document.Pos
}

// Assignment is one value that an example sets.
type Assignment struct {
	Pointer string
	Value   *document.Value
}

func (c *compiler) examples(check *Check) {
	good, bad := 0, 0
	var all []Example
	for _, v := range items(c.node, "examples") {
		field := v.Fields()[0]
		e := Example{Good: field.Key == "good", Pos: field.KeyStart(), Remove: strs(field.Value, "remove"), At: str(field.Value, "at")}
		for _, set := range fields(field.Value, "set") {
			e.Set = append(e.Set, Assignment{set.Key, set.Value})
		}
		switch {
		case e.Good:
			good++
		case e.At == "":
			c.refuse(e.Pos, lang.Say("反例要用 at 写明问题指向哪里", "a bad example must state at"))
		default:
			bad++
		}
		all = append(all, e)
	}
	check.examples = func() []Example { return all }
	if good == 0 || bad == 0 {
		c.refuse(check.Pos, lang.Say("检查项 %s 要有至少一个正例和一个反例", "check %s wants at least one good and one bad example", check.ID))
	}
}

// Test runs every example of every check: a good one must pass, a bad one must
// fail exactly where it says, and neither may be something that the schemas
// already refuse. It returns the number of examples that ran.
func (r *Rulebook) Test() (int, finding.Defects) { return r.test(r.Checks) }

// TestAdded runs the examples of the checks that the overlays have added. Those
// of a tightened check belong to the base, for which they are written.
func (r *Rulebook) TestAdded() (int, finding.Defects) {
	return r.test(slices.DeleteFunc(slices.Clone(r.Checks), func(c *Check) bool { return c.Overlay == "" || c.base != nil }))
}

func (r *Rulebook) test(checks []*Check) (int, finding.Defects) {
	var defects finding.Defects
	ran := 0
	for _, check := range checks {
		ran += len(check.Examples())
		found := r.examples(check)
		if cause := r.onBaseline(check); cause != nil {
			cause.Message = lang.Say("%s（它的 %[3]d 个样例中 %[2]d 个因此失效）", "%s (breaks %d of its %d examples)", cause.Message, len(found), len(check.Examples()))
			found = finding.Defects{*cause}
		}
		for _, d := range found {
			d.Message = lang.Say("%s：%s", "%s: %s", check.ID, d.Message)
			defects = append(defects, d)
		}
	}
	return ran, defects.Sort()
}

// examples runs the examples of a check and gives those that are wrong.
func (r *Rulebook) examples(check *Check) finding.Defects {
	var wrong finding.Defects
	for _, e := range check.Examples() {
		if message := r.try(check, e); !message.IsZero() {
			wrong = append(wrong, *defect(check.Path, e.Pos, message))
		}
	}
	return wrong
}

// onBaseline judges a check on the unchanged baseline. A check that fails there spoils
// all its examples, which is reported once; nil if all is well. What an overlay adds
// may ask for more than the baseline has.
func (r *Rulebook) onBaseline(check *Check) *finding.Defect {
	if check.base != nil {
		check = check.base
	}
	if check.Overlay != "" {
		return nil
	}
	judgement, err := r.judge(check, r.Baseline())
	switch {
	case err != nil:
		return defect(check.Path, check.Pos, lang.Say("检查项自身出错：%v", "the check itself breaks: %v", err))
	case judgement.TooCostly:
		return defect(check.Path, check.Pos, lang.Say("检查项在基线上耗费过大", "the check is too costly on the baseline"))
	}
	for _, item := range judgement.Items {
		if item.Outcome == finding.Fail {
			path, pos := baselineFile(check.Topic), document.Pos{Line: 1, Column: 1}
			told := item.Told()[0]
			if topic := topicOf(r.Baseline(), told.Place); topic != "" {
				path, pos = baselineFile(topic), told.Place.Start()
			}
			return defect(path, pos, lang.Say("基线本身不符合：%s", "the baseline itself does not comply: %s", told.Message))
		}
	}
	return nil
}

func defect(path string, pos document.Pos, message lang.Text) *finding.Defect {
	return &finding.Defect{Path: path, Line: pos.Line, Column: pos.Column, Message: message}
}

// told is what an error says, in both languages where it can.
func told(err error) lang.Text {
	var bilingual interface{ Text() lang.Text }
	if errors.As(err, &bilingual) {
		return bilingual.Text()
	}
	return lang.Same(err.Error())
}

// try runs one example and says what is wrong with it, nothing if all is well.
func (r *Rulebook) try(check *Check, e Example) lang.Text {
	if check.base != nil {
		check = check.base
	}
	topics, err := e.Patched(r.Baseline())
	if err != nil {
		return lang.Say("样例改不动基线：%s", "the example does not patch the baseline: %s", told(err))
	}
	frame, defects := r.View(topics, nil, check.AsOf())
	for _, d := range defects {
		return lang.Say("样例不合模式，轮不到检查项：%s%s：%s", "the schema refuses the example before the check sees it: %s%s: %s", d.Topic, d.Path, d.Message)
	}
	judgement, err := check.Unbound().Judge(frame, r.Level(frame, topics[HeaderTopic]))
	switch {
	case err != nil:
		return lang.Say("检查项自身出错：%v", "the check itself breaks: %v", err)
	case !judgement.Applies:
		return lang.Say("检查项对这个样例不适用", "the check does not apply to the example")
	case judgement.TooCostly:
		return lang.Say("检查项在样例上耗费过大", "the check is too costly on the example")
	}
	return expect(e, topics, judgement)
}

func (r *Rulebook) judge(check *Check, topics Topics) (Judgement, error) {
	frame, level := r.Frame(topics, check.AsOf())
	return check.Unbound().Judge(frame, level)
}

// Frame is what View shows of sound topics, with the level to judge them at.
func (r *Rulebook) Frame(topics Topics, asOf calendar.Date) (*Frame, int) {
	frame, _ := r.View(topics, nil, asOf)
	return frame, r.Level(frame, topics[HeaderTopic])
}

func expect(e Example, topics Topics, judgement Judgement) lang.Text {
	passes := false
	var failed []string
	for _, item := range judgement.Items {
		switch item.Outcome {
		case finding.Pass:
			passes = true
		case finding.Fail:
			for _, told := range item.Told() {
				failed = append(failed, pointerIn(topics, told.Place))
			}
			if e.Good {
				return lang.Say("正例没有通过：%s", "the good example fails: %s", item.Told()[0].Message)
			}
		}
	}
	if e.Good {
		if !passes {
			return lang.Say("正例没有可核的内容", "the good example gives the check nothing to examine")
		}
		return lang.Text{}
	}
	for _, at := range failed {
		if at == e.At {
			return lang.Text{}
		}
	}
	if len(failed) == 0 {
		return lang.Say("反例通过了", "the bad example passes")
	}
	return lang.Say("反例的问题指向 %s，应指向 %s", "the bad example's finding points at %s, want %s", strings.Join(failed, ", "), e.At)
}

// Told is what is said of a failed item, and where.
type Told struct {
	Place   *document.Value
	Message lang.Text
}

// Told is what is said of a failed item: its own message, or what is missing.
func (j Judged) Told() []Told {
	if len(j.Absent) == 0 {
		return []Told{{j.Place, j.Message.Full}}
	}
	var all []Told
	for _, absent := range j.Absent {
		all = append(all, Told{absent.Place(), absent.Said()})
		if absent.Ahead != nil { // what lies ahead is the check's own affair as well
			all = append(all, Told{j.Place, absent.Said()})
		}
	}
	return all
}

// pointerIn is a place in a set of topics, topic first.
func pointerIn(topics Topics, v *document.Value) string {
	if topic := topicOf(topics, v); topic != "" {
		return "/" + topic + v.Pointer()
	}
	return "/"
}

// topicOf is the topic in which a value stands, empty where it is in none.
func topicOf(topics Topics, v *document.Value) string {
	root := v
	for root != nil && root.Parent != nil {
		root = root.Parent
	}
	for name, topic := range topics {
		if root != nil && topic == root {
			return name
		}
	}
	return ""
}
