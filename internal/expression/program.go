package expression

import (
	"errors"
	"fmt"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"

	"hegui/internal/lang"
)

// Want is what an expression must return.
type Want uint8

// The results that expressions may be asked for.
const (
	Condition Want = iota // a truth value; recent() is welcome
	Switch                // a truth value that must not change with the day
	Items                 // a list
	Phrase                // anything that can be put into a sentence
	Choice                // a truth value that decides whether an item is meant
)

// Problem is a defect of an expression, Offset runes from its start.
type Problem struct {
	Offset  int
	Message lang.Text
}

// Program is a compiled expression.
type Program struct {
	run  plans
	Text string
	kind *cel.Type
	// tree is the checked expression, nil for a program that was recalled: it is read
	// where somebody asks for it.
	tree *expr
	// from is the list that a filter or map in Items works on, nil for others;
	// choice is what a filter asks of each item of it, which it calls item.
	from, choice *Program
	item         string
	itemAt       Name

	reads []string
	names []string
	// fields are the places in schemas that the expression looks at.
	fields []string
	// sensitive is set where the expression reads something sensitive.
	sensitive bool

	parts parts
}

// Fields are the places in schemas that the expression looks at.
func (p *Program) Fields() []string { return p.fields }

// Reads are the paths into topics that the expression names, in its order.
func (p *Program) Reads() []string { return p.reads }

// Compile checks an expression's types and form and makes it ready to run.
func (s Scope) Compile(text string, want Want) (*Program, []Problem) {
	key := programKey{s.key, text, want}
	if program := s.env.compiled(key); program != nil {
		return program, nil
	}
	program, problems := s.recall(key), []Problem(nil)
	if program == nil {
		program = s.env.earlier[key]
	}
	if program == nil {
		program, problems = s.compile(text, want)
	}
	if len(problems) == 0 {
		s.env.mu.Lock()
		s.env.programs[key] = program
		s.env.mu.Unlock()
	}
	return program, problems
}

// programKey identifies a compiled expression: many checks share their `when`,
// and a message holds the same expressions in both languages.
type programKey struct {
	scope, text string
	want        Want
}

func (e *Env) compiled(key programKey) *Program {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.programs[key]
}

func (s Scope) compile(text string, want Want) (*Program, []Problem) {
	env, err := s.extended()
	if err != nil {
		return nil, []Problem{{0, lang.Say("名字用不了：%v", "names cannot be used: %v", err)}}
	}
	checked, issues := env.Compile(text)
	if issues != nil && issues.Err() != nil {
		return nil, s.problems(text, issues)
	}
	kind := checked.OutputType()
	form, problems := s.inspect(checked, want)
	if p, ok := unwanted(kind, want); !ok {
		problems = append(problems, p)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	if form.newest {
		decideInFull(checked.NativeRep())
	}
	compareAsRead(checked.NativeRep())
	tree := treeOf(checked.NativeRep())
	program := &Program{Text: text, kind: kind, tree: tree, reads: form.reads, names: form.names, fields: form.fields,
		sensitive: form.sensitive, run: plans{env: s.env, tree: func([]expr) *expr { return tree }}}
	if _, err := program.run.under(checkBase); err != nil {
		return nil, []Problem{{0, lang.Say("表达式准备不了：%v", "the expression cannot be prepared: %v", err)}}
	}
	if want == Items {
		return s.withSource(program, checked)
	}
	return program, nil
}

func unwanted(kind *cel.Type, want Want) (Problem, bool) {
	switch want {
	case Condition, Switch, Choice:
		return Problem{0, lang.Say("应得到 true 或 false，却得到%s", "want true or false, the expression gives %s", kindText(kind.String()))}, kind.IsExactType(cel.BoolType)
	case Items:
		return Problem{0, lang.Say("应得到列表，却得到%s", "want a list, the expression gives %s", kindText(kind.String()))}, kind.Kind() == types.ListKind
	}
	speaks := kind.Kind() != types.StructKind && !kind.IsExactType(unreadable()) || kind.IsExactType(periodType())
	return Problem{0, lang.Say("%s写不进句子", "%s cannot be put into a sentence", kindText(kind.String()))}, speaks
}

// Errors of evaluation that are not the description's silence.
var errCost = errors.New("the expression costs too much on this description")

// TooCostly reports whether evaluation ran into its cost limit.
func TooCostly(err error) bool { return errors.Is(err, errCost) }

func (p *Program) eval(f *Frame) (ref.Val, error) {
	if f.budget.left == 0 {
		return nil, errCost
	}
	run := p.run.ready()
	if run == nil || f.interprets {
		return p.interpret(f)
	}
	f.absences = nil
	f.cost, f.limit = 0, f.budget.limit()
	f.locals = slices.Grow(f.locals[:0], p.run.locals)[:p.run.locals]
	out := run(f)
	if f.cost > f.limit {
		f.budget.spend(f.limit)
		return nil, errCost
	}
	if !f.budget.spend(f.cost) {
		return nil, errCost
	}
	if err, failed := out.(*types.Err); failed {
		f.absences = f.lacking(err)
		return out, err
	}
	f.absences = nil
	return out, nil
}

// interpret evaluates what has no code.
func (p *Program) interpret(f *Frame) (ref.Val, error) {
	run, err := p.run.under(f.budget.limit())
	if err != nil {
		return nil, err
	}
	f.absences = nil
	out, details, err := run.Eval(f)
	var cancelled interpreter.EvalCancelledError
	if errors.As(err, &cancelled) && cancelled.Cause == interpreter.CostLimitExceeded {
		f.budget.spend(f.budget.limit())
		return nil, errCost
	}
	if details != nil && details.ActualCost() != nil && !f.budget.spend(*details.ActualCost()) {
		return nil, errCost
	}
	if err == nil && types.IsUnknownOrError(out) {
		err, _ = out.Value().(error)
	}
	f.absences = f.lacking(err)
	return out, err
}

// True evaluates a condition. An *Absent error names what is not stated.
func (p *Program) True(f *Frame) (bool, error) {
	f.forgetNewest()
	out, err := p.eval(f)
	if err != nil {
		return false, err
	}
	truth, ok := out.(types.Bool)
	if !ok {
		return false, fmt.Errorf("%q gave %s, not a truth value", p.Text, out.Type())
	}
	return bool(truth), nil
}
