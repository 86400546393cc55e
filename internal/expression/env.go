// Package expression compiles and runs the rulebook's CEL expressions. They
// are typed by the schemas, see descriptions without converting them, cannot
// ask whether something is stated and see dates only through the clock.
package expression

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/decls"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/pack"
	"hegui/internal/schema"
)

// Bounds on an expression's text; far above what a check needs.
const maxRunes, maxNodes, maxDepth = 4_000, 500, 64

// Env knows the types of all topics.
type Env struct {
	base     *cel.Env
	topics   []*schema.Type
	provider *provider
	// mu guards what was compiled before: checks may be compiled side by side.
	mu       sync.Mutex
	scopes   map[string]*cel.Env
	programs map[programKey]*Program
	// packed are programs that another process has compiled, types those that
	// they use, references what their names and calls mean.
	packed     map[programKey]pack.Reader
	types      []*types.Type
	references []*ast.ReferenceInfo
	// earlier are the programs of the environment that this one follows.
	earlier map[programKey]*Program
	// declared and prices are the functions and their costs, meanings those that were
	// resolved before.
	declared map[string]*decls.FunctionDecl
	prices   map[string]cost.FunctionTracker
	meanings map[string]*meaning
	// rooms is memory for trees that are read once.
	rooms sync.Pool
	// names are shared by all environments that follow each other.
	names *names
}

// NewEnv makes an environment with one variable per topic.
func NewEnv(topics []*schema.Schema) (*Env, error) {
	base, err := cel.NewEnv(append(builtins(),
		cel.EnableMacroCallTracking(),
		cel.CrossTypeNumericComparisons(true),
		cel.ParserExpressionSizeLimit(maxRunes),
		cel.ExpressionNodeLimit(maxNodes),
		cel.ParserRecursionLimit(maxDepth),
	)...)
	if err != nil {
		return nil, fmt.Errorf("set up expressions: %w", err)
	}
	e := &Env{scopes: map[string]*cel.Env{}, programs: map[programKey]*Program{}, names: &names{}}
	e.provider = &provider{Provider: base.CELTypeProvider(), structs: map[string]*schema.Type{}}
	options := []cel.EnvOption{cel.CustomTypeProvider(e.provider)}
	for _, topic := range topics {
		e.names.place(topic.Name)
		e.topics = append(e.topics, topic.Root)
		e.provider.add(topic.Root)
		options = append(options, cel.Variable(topic.Name, celType(topic.Root)))
	}
	if e.base, err = base.Extend(options...); err != nil {
		return nil, fmt.Errorf("declare topics: %w", err)
	}
	return e, nil
}

// Follow lets this environment reuse what another one of the same topics has compiled,
// until it is called with nil.
func (e *Env) Follow(other *Env) {
	e.earlier = nil
	if other == nil {
		return
	}
	other.mu.Lock()
	defer other.mu.Unlock()
	e.earlier, e.names = maps.Clone(other.programs), other.names // which their code knows by their places
}

// Scope is the names that an expression may use, the topics among them.
type Scope struct {
	env  *Env
	vars []variable
	// key is the same for scopes with the same names of the same types and
	// sensitivity.
	key string
	// lacking says why a name is not here.
	lacking map[string]lang.Text
}

type variable struct {
	name string
	kind *cel.Type
	// sensitive is set where the values themselves are: texts of a sensitive list.
	sensitive bool
	// words is the enumeration that the values are of, nil for none.
	words *schema.Type
}

// Scope returns the scope of the topics alone.
func (e *Env) Scope() Scope { return Scope{env: e} }

// With adds a name of a schema's type.
func (s Scope) With(name string, t *schema.Type) Scope {
	s.env.provider.add(t)
	s = s.with(variable{name: name, kind: celType(t), sensitive: t.Sensitive})
	// The type's name alone does not say which fields it has: limits have no schema.
	key := []byte(s.key)
	for _, field := range t.Fields {
		key = append(key, '.')
		key = append(key, field.Name...)
		key = append(key, ' ', '0'+byte(field.Type.Kind), ';')
	}
	s.key = string(key)
	return s
}

// Lacks says why a name that people may expect is not in the scope.
func (s Scope) Lacks(name string, why lang.Text) Scope {
	s.lacking = maps.Clone(s.lacking)
	if s.lacking == nil {
		s.lacking = map[string]lang.Text{}
	}
	s.lacking[name] = why
	return s
}

// WithItems adds a name for the items of a list expression.
func (s Scope) WithItems(name string, list *Program) Scope {
	kind := list.kind.Parameters()[0]
	sensitive := list.sensitive
	if t := s.env.provider.find(kind.TypeName()); t != nil {
		sensitive = t.Sensitive // the fields of an object know for themselves
	}
	return s.with(variable{name, kind, sensitive, s.enumerated(list)})
}

// enumerated is the enumeration that the texts of a list are of, nil for none.
func (s Scope) enumerated(list *Program) *schema.Type {
	if !list.kind.Parameters()[0].IsExactType(cel.StringType) {
		return nil
	}
	if list.choice != nil {
		return s.enumerated(list.from)
	}
	if path := s.Find(list.Text); path != nil && path.Last() != nil && path.Last().Type.Item.Enum != nil {
		return path.Last().Type.Item
	}
	return nil
}

// with adds a name; one of an inner filter hides the same name outside.
func (s Scope) with(v variable) Scope {
	s.vars = append(slices.DeleteFunc(slices.Clone(s.vars), func(outer variable) bool { return outer.name == v.name }), v)
	s.key += v.name + " " + v.kind.String() + " " + strconv.FormatBool(v.sensitive)
	if v.words != nil {
		s.key += " " + v.words.Name
	}
	s.key += ";"
	return s
}

// Has reports whether a name is taken.
func (s Scope) Has(name string) bool {
	for _, v := range s.vars {
		if v.name == name {
			return true
		}
	}
	return s.env.isTopic(name)
}

// extended returns the CEL environment of the scope; checks that range over
// the same lists share one.
func (s Scope) extended() (*cel.Env, error) {
	if len(s.vars) == 0 {
		return s.env.base, nil
	}
	options := make([]cel.EnvOption, len(s.vars))
	for i, v := range s.vars {
		options[i] = cel.Variable(v.name, v.kind)
	}
	s.env.mu.Lock()
	defer s.env.mu.Unlock()
	if env, ok := s.env.scopes[s.key]; ok {
		return env, nil
	}
	env, err := s.env.base.Extend(options...)
	if err == nil {
		s.env.scopes[s.key] = env
	}
	return env, err
}

func (e *Env) isTopic(name string) bool {
	for _, t := range e.topics {
		if t.Name == name {
			return true
		}
	}
	return false
}

// Parent ends the chain of activations.
func (f *Frame) Parent() interpreter.Activation { return nil }

// provider gives CEL the schemas' types.
type provider struct {
	types.Provider
	mu      sync.RWMutex
	structs map[string]*schema.Type
}

func (p *provider) find(name string) *schema.Type {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.structs[name]
}

// add makes a type and all below it known. Lists share their items' name.
func (p *provider) add(t *schema.Type) {
	switch t.Kind {
	case schema.List:
		p.add(t.Item)
	case schema.Object:
		p.mu.Lock()
		p.structs[structName(t)] = t
		p.mu.Unlock()
		for _, field := range t.Fields {
			p.add(field.Type)
		}
	}
}

func (p *provider) FindStructType(name string) (*types.Type, bool) {
	if t := p.find(name); t != nil {
		return types.NewTypeTypeWithParam(celType(t)), true
	}
	return p.Provider.FindStructType(name)
}

func (p *provider) FindStructFieldNames(name string) ([]string, bool) {
	t := p.find(name)
	if t == nil {
		return p.Provider.FindStructFieldNames(name)
	}
	names := make([]string, len(t.Fields))
	for i, field := range t.Fields {
		names[i] = field.Name
	}
	sort.Strings(names)
	return names, true
}

func (p *provider) FindStructFieldType(name, field string) (*types.FieldType, bool) {
	t := p.find(name)
	if t == nil {
		return p.Provider.FindStructFieldType(name, field)
	}
	known := t.Field(field)
	if known == nil {
		return nil, false
	}
	return &types.FieldType{
		Type:  celType(known.Type),
		IsSet: func(in any) bool { o, ok := in.(*object); return ok && o.value.Get(field) != nil },
		GetFrom: func(in any) (any, error) {
			o, ok := in.(*object)
			if !ok {
				return nil, notAnObject(known)
			}
			return o.get(known)
		},
	}, true
}

func topicOf(name string) string {
	topic, _, _ := strings.Cut(name, ".")
	return topic
}

// place is where a value that an expression returned stands, nil for values
// that no description holds.
func place(v ref.Val) *document.Value {
	switch v := v.(type) {
	case *object:
		return v.value
	case *list:
		return v.value
	}
	return nil
}
