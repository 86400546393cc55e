package expression

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// Absent is the error of reading something that counts as not stated. Only ||,
// &&, all and exists may absorb it.
type Absent struct {
	// In is the nearest stated value above; nil when the whole topic is absent.
	In *document.Value
	// Key is what is absent of it, the topic's name for a whole one.
	Key string
	// Of is what belongs there.
	Of *schema.Type
	// Empty is set for a list that is stated and holds nothing.
	Empty bool
	// Ahead is the future date that is stated there: what has not happened is not on
	// record, and nobody knows which record is the newest.
	Ahead *document.Value
	// Defects name what makes the place unreadable, none where nothing is stated.
	Defects []string
}

func (a *Absent) Error() string { return fmt.Sprintf("%s is not stated", a.Path()) }

// Path is what is absent, as an expression would write it.
func (a *Absent) Path() string {
	if a.In == nil {
		return a.Key
	}
	path := []string{topicOf(a.Of.Name), schema.PathText(a.In), a.Key}
	if a.Ahead != nil {
		path = []string{topicOf(a.Of.Name), schema.PathText(a.Ahead)}
	}
	return strings.Join(slices.DeleteFunc(path, func(part string) bool { return part == "" }), ".")
}

// Said says what is missing, for people.
func (a *Absent) Said() lang.Text {
	switch {
	case a.In == nil:
		return lang.Say("没有 %s.yaml（%s）", "there is no %s.yaml (%s)", a.Key, a.Of.Title)
	case a.In.Field(a.Key).Remark() != "":
		return lang.Say("%[1]s（%[2]s）是空的：# 后面的是注释；作文字须加引号，写 %[1]s: \"#…\"", "%[1]s (%[2]s) is left empty: what follows # is a comment; as text it needs quotes, write %[1]s: \"#…\"", a.Key, a.Of.Title)
	case a.blank() != nil:
		return lang.Say("%s（%s）是空的", "%s (%s) is left empty", a.Key, a.Of.Title)
	case a.Ahead != nil:
		return lang.Say("%s（%s）的日期还没有到", "%s (%s) is dated ahead", a.Key, a.Of.Title)
	case a.Empty:
		return lang.Say("%s（%s）是空的，至少要有一项", "%s (%s) is empty, at least one item is wanted", a.Key, a.Of.Title)
	}
	return lang.Say("没有填写 %s（%s）", "%s (%s) is not stated", a.Key, a.Of.Title)
}

// fact is what stands in objects under a key.
type fact struct {
	of  *schema.Type
	key string
}

// Said says what is missing, for people. Most absences are facts that are not stated at
// all: their text is the same on every platform, and kept.
func (f *Frame) Said(a *Absent) lang.Text {
	if a.In == nil || a.Ahead != nil || a.In.Field(a.Key) != nil {
		return a.Said()
	}
	what := fact{a.Of, a.Key}
	said, known := f.memory.said[what]
	if !known {
		if f.memory.said == nil {
			f.memory.said = map[fact]lang.Text{}
		}
		said = a.Said()
		f.memory.said[what] = said
	}
	return said
}

// Tells reports whether the absence itself has a meaning, such as that a case is not
// closed.
func (a *Absent) Tells() bool { return len(a.Defects) == 0 && a.Ahead == nil && !a.Of.Absent.IsZero() }

// Place is where the fact belongs: the date that has not come, the list that has to
// say something or what is left empty, else the nearest stated value above; nil for
// a whole topic.
func (a *Absent) Place() *document.Value {
	switch {
	case a.Ahead != nil:
		return a.Ahead
	case a.Empty:
		return a.In.Get(a.Key)
	case a.blank() != nil:
		return a.blank()
	}
	return a.In
}

// blank is the value that is left empty under its key, nil where no key stands.
func (a *Absent) blank() *document.Value {
	if field := a.In.Field(a.Key); field != nil && field.Value.Kind == document.Null {
		return field.Value
	}
	return nil
}

// Union is all absences of both, none twice.
func Union(a, b []*Absent) []*Absent {
	out := slices.Clone(a)
	for _, absent := range b {
		if !slices.ContainsFunc(out, absent.same) {
			out = append(out, absent)
		}
	}
	return out
}

// same reports whether both are absences of the same fact.
func (a *Absent) same(b *Absent) bool {
	return a.In == b.In && a.Key == b.Key && a.Ahead == b.Ahead && slices.Equal(a.Defects, b.Defects)
}

// site is a property of an object; all that the object holds for no key, a topic
// for no object.
type site struct {
	in  *document.Value
	key string
}

// Hole is why a site counts as not stated.
type Hole struct {
	// Defects name what is wrong there.
	Defects []string
	// Lists are paths of lists that are absent themselves, so that nobody can
	// say whether a name is one of theirs.
	Lists []string
}

// Dig makes a property of an object count as not stated whatever stands there,
// all that the object holds for no key, the topic of that name for no object.
func (f *Frame) Dig(in *document.Value, key string, why Hole) {
	at := site{in, key}
	f.holed[in] = true
	f.dug++ // what was read before counts no more
	f.forget()
	known := f.holes[at]
	if known == nil {
		f.holes[at] = &Hole{slices.Clip(why.Defects), slices.Clip(why.Lists)}
		return
	}
	known.Defects = append(known.Defects, why.Defects...)
	known.Lists = append(known.Lists, why.Lists...)
}

// hole is what was dug at a property of an object that has holes, nil for nothing.
func (f *Frame) hole(in *document.Value, key string) *Hole {
	if whole := f.holes[site{in, ""}]; whole != nil {
		return whole
	}
	return f.holes[site{in, key}]
}

// miss notes that a property that was read is absent.
func (f *Frame) miss(in *document.Value, field *schema.Field, why *Hole) error {
	absent := f.memory.absent.One()
	*absent = Absent{In: in, Key: field.Name, Of: field.Type}
	if why == nil {
		stated := in.GetNear(field.Index, field.Name)
		absent.Empty = stated != nil && silent(field.Type, stated)
		return f.note(absent)
	}
	var first error
	for _, list := range why.Lists {
		for _, missing := range f.Missing(list) {
			first = cmp.Or(first, f.note(missing))
		}
	}
	if absent.Defects = why.Defects; len(absent.Defects) > 0 || first == nil {
		first = cmp.Or(first, f.note(absent))
	}
	return first
}

// noTopic notes that a topic that was read is absent.
func (f *Frame) noTopic(topic *schema.Type) error {
	absent := &Absent{Key: topic.Name, Of: topic}
	if why := f.holes[site{nil, topic.Name}]; why != nil {
		absent.Defects = why.Defects
	}
	return f.note(absent)
}

// maxAbsences is how many absences of one evaluation are worth noting: a
// condition may meet the same lack in each of a hundred thousand records.
const maxAbsences = 1_000

func (f *Frame) note(absent *Absent) error {
	if len(f.absences) < maxAbsences && !slices.ContainsFunc(f.absences, absent.same) {
		if f.absences == nil {
			f.absences = f.memory.lacking.Cut(1)
		}
		f.absences = append(f.absences, absent)
	}
	return absent
}

// lacking are the absences that made an evaluation end in this error.
func (f *Frame) lacking(err error) []*Absent {
	switch absent, lacks := errors.AsType[*Absent](err); {
	case !lacks:
		return nil
	case len(f.absences) == 0:
		return []*Absent{absent}
	}
	return f.absences
}

// Absences are all absences that made the last evaluation end in an *Absent error.
func (f *Frame) Absences() []*Absent {
	return append(f.memory.lacking.Cut(len(f.absences)), f.absences...)
}

// Missing are the absences on a path into a topic, none if a value is stated there.
// Absences inside the items of a list belong to the items.
func (f *Frame) Missing(path string) []*Absent {
	outer := f.absences
	f.absences = nil
	defer func() { f.absences = outer }()
	names := strings.Split(path, ".")
	at, _ := f.shown(f.place(names[0])).value.(*object)
	for _, name := range names[1:] {
		if at == nil {
			return nil
		}
		value, err := at.get(at.shape.Field(name))
		if err != nil {
			return f.absences
		}
		at, _ = value.(*object)
	}
	return nil
}

// Names are the keys of all items of the lists at a path. absent is what keeps
// some of them from being known.
func (f *Frame) Names(path string) (names []string, absent []*Absent) {
	outer := f.absences
	f.absences = nil
	fields := strings.Split(path, ".")
	f.names(f.shown(f.place(fields[0])).value, fields[1:], func(key string) { names = append(names, key) })
	absent, f.absences = f.absences, outer
	return names, absent
}

func (f *Frame) names(at ref.Val, fields []string, found func(string)) {
	switch at := at.(type) {
	case *list:
		for it := at.Iterator(); it.HasNext() == types.True; {
			item := it.Next()
			if o, ok := item.(*object); ok && len(fields) == 0 {
				if _, err := o.get(o.shape.Field(at.shape.Key)); err == nil {
					found(at.shape.ItemKey(o.value))
				}
				continue
			}
			f.names(item, fields, found)
		}
	case *object:
		if len(fields) == 0 {
			return
		}
		if value, err := at.get(at.shape.Field(fields[0])); err == nil {
			f.names(value, fields[1:], found)
		}
	}
}

// frameName is the name by which an evaluation finds its frame. No expression
// can write it.
const frameName = "@frame"

// settling wraps a node that may have a value although something below it is absent: in
// that case the absence is forgotten, since the evaluation could do without it.
type settling struct{ interpreter.InterpretableV2 }

// Exec evaluates the node.
func (s settling) Exec(frame *interpreter.ExecutionFrame) ref.Val {
	found, _ := frame.ResolveName(frameName)
	f, known := found.(*Frame)
	if !known {
		return s.InterpretableV2.Exec(frame)
	}
	before := len(f.absences)
	v := s.InterpretableV2.Exec(frame)
	if !types.IsUnknownOrError(v) {
		f.absences = f.absences[:before]
	}
	return v
}

// Eval evaluates the node.
func (s settling) Eval(vars interpreter.Activation) ref.Val {
	return interpreter.EvalActivation(vars, s.Exec)
}

// settled wraps the nodes of an expression that may absorb an absence, and those
// that need more than one fact.
func settled(checked *ast.AST) interpreter.InterpretableDecoratorV2 {
	absorbs := map[int64]bool{}
	ast.PostOrderVisit(checked.Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		switch e.Kind() {
		case ast.ComprehensionKind:
			absorbs[e.ID()] = true
		case ast.CallKind:
			switch e.AsCall().FunctionName() {
			case operators.LogicalAnd, operators.LogicalOr, bothHold, eitherHold:
				absorbs[e.ID()] = true
			}
		}
	}))
	return func(node interpreter.InterpretableV2) (interpreter.InterpretableV2, error) {
		if absorbs[node.ID()] {
			return settling{node}, nil
		}
		return ask(node), nil
	}
}
