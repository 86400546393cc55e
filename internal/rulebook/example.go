package rulebook

import (
	"fmt"
	"maps"
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
		field := v.Fields[0]
		e := Example{Good: field.Key == "good", Pos: field.KeyStart, Remove: strs(field.Value, "remove"), At: str(field.Value, "at")}
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
		for _, e := range check.Examples() {
			ran++
			if message := r.try(check, e); !message.IsZero() {
				defects = append(defects, finding.Defect{Path: check.Path, Line: e.Pos.Line, Column: e.Pos.Column,
					Message: lang.Say("%s：%s", "%s: %s", check.ID, message)})
			}
		}
	}
	return ran, defects.Sort()
}

// try runs one example and says what is wrong with it, nothing if all is well.
func (r *Rulebook) try(check *Check, e Example) lang.Text {
	if check.base != nil {
		check = check.base
	}
	topics, err := e.Patched(check.Suite())
	if err != nil {
		return lang.Say("样例改不动基线：%v", "the example does not patch the baseline: %v", err)
	}
	if message := r.validate(topics); !message.IsZero() {
		return message
	}
	judgement, err := r.judge(check, topics)
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

func (r *Rulebook) validate(topics map[string]*document.Value) lang.Text {
	for _, s := range r.Schemas.Topics() {
		root, stated := topics[s.Name]
		if !stated {
			continue
		}
		for _, v := range s.Validate(root) {
			return lang.Say("样例不合模式，轮不到检查项：%s%s：%s", "the schema refuses the example before the check sees it: %s%s: %s", s.Name, v.Path, v.Message)
		}
	}
	return lang.Text{}
}

func (r *Rulebook) judge(check *Check, topics map[string]*document.Value) (Judgement, error) {
	frame, level, err := r.Frame(topics, check.Suite().AsOf)
	if err != nil {
		return Judgement{}, err
	}
	return check.Judge(frame, level)
}

// Frame shows checks a set of topics on one day, and tells the level at which
// to judge them. Topics that are not in the set are absent.
func (r *Rulebook) Frame(topics map[string]*document.Value, asOf calendar.Date) (*Frame, int, error) {
	frame := r.Env.NewFrame(asOf)
	for _, s := range r.Schemas.Topics() {
		if err := frame.Bind(s.Name, s.Root, topics[s.Name]); err != nil {
			return nil, 0, err
		}
	}
	level := MaxLevel
	if stated := topics[HeaderTopic].Get("mlps_level"); stated != nil {
		level = int(stated.Int)
	}
	return frame, level, nil
}

func expect(e Example, topics map[string]*document.Value, judgement Judgement) lang.Text {
	passes := false
	var failed []string
	for _, item := range judgement.Items {
		switch item.Outcome {
		case finding.Pass:
			passes = true
		case finding.Fail:
			failed = append(failed, pointerIn(topics, item.Place))
			if e.Good {
				return lang.Say("正例没有通过：%s", "the good example fails: %s", item.Message.Full)
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

// pointerIn is a place in a set of topics, topic first.
func pointerIn(topics map[string]*document.Value, v *document.Value) string {
	root := v
	for root != nil && root.Parent != nil {
		root = root.Parent
	}
	for name, topic := range topics {
		if topic == root && root != nil {
			return "/" + name + v.Pointer()
		}
	}
	return "/"
}

// Patched returns the baseline's topics with the example's changes.
func (e Example) Patched(suite *Suite) (map[string]*document.Value, error) {
	top := &document.Value{Kind: document.Map}
	for _, name := range slices.Sorted(maps.Keys(suite.Baseline)) {
		top.Fields = append(top.Fields, document.Field{Key: name, Value: suite.Baseline[name]})
	}
	top = detach(top)
	for _, pointer := range e.Remove {
		if err := remove(top, pointer); err != nil {
			return nil, err
		}
	}
	for _, set := range e.Set {
		if err := assign(top, set.Pointer, set.Value); err != nil {
			return nil, err
		}
	}
	topics := map[string]*document.Value{}
	for _, field := range top.Fields {
		topics[field.Key] = detach(field.Value)
	}
	return topics, nil
}

func remove(top *document.Value, pointer string) error {
	v := top.Find(pointer)
	if v == nil || v.Parent == nil {
		return fmt.Errorf("%s leads nowhere", pointer)
	}
	parent := v.Parent
	if parent.Kind == document.List {
		parent.Items = append(parent.Items[:v.Index], parent.Items[v.Index+1:]...)
		for i, item := range parent.Items {
			item.Index = i
		}
		return nil
	}
	for i := range parent.Fields {
		if parent.Fields[i].Key == v.Key {
			parent.Fields = append(parent.Fields[:i], parent.Fields[i+1:]...)
			return nil
		}
	}
	return fmt.Errorf("%s leads nowhere", pointer)
}

func assign(top *document.Value, pointer string, value *document.Value) error {
	slash := strings.LastIndexByte(pointer, '/')
	if slash < 0 {
		return fmt.Errorf("%q is not a JSON pointer", pointer)
	}
	parent, last := top.Find(pointer[:slash]), pointer[slash+1:]
	if parent == nil {
		return fmt.Errorf("%s leads nowhere", pointer[:slash])
	}
	copied := detach(value)
	copied.Parent = parent
	if existing := top.Find(pointer); existing != nil {
		copied.Key, copied.Index = existing.Key, existing.Index
		if parent.Kind == document.List {
			parent.Items[existing.Index] = copied
			return nil
		}
		parent.Field(existing.Key).Value = copied
		return nil
	}
	switch {
	case parent.Kind == document.Map:
		copied.Key = last
		parent.Fields = append(parent.Fields, document.Field{Key: last, Value: copied})
	case parent.Kind == document.List && (last == "-" || last == fmt.Sprint(len(parent.Items))):
		copied.Index = len(parent.Items)
		parent.Items = append(parent.Items, copied)
	default:
		return fmt.Errorf("%s leads nowhere", pointer)
	}
	return nil
}

// detach copies a value with all below it; the copy is a root.
func detach(v *document.Value) *document.Value {
	copied := *v
	copied.Parent, copied.Key, copied.Index = nil, "", 0
	copied.Items = make([]*document.Value, len(v.Items))
	for i, item := range v.Items {
		child := detach(item)
		child.Parent, child.Index = &copied, i
		copied.Items[i] = child
	}
	copied.Fields = make([]document.Field, len(v.Fields))
	for i, field := range v.Fields {
		child := detach(field.Value)
		child.Parent, child.Key = &copied, field.Key
		field.Value = child
		copied.Fields[i] = field
	}
	return &copied
}
