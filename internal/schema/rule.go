package schema

import (
	"math/big"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"hegui/internal/document"
)

// rule is a fast path that can only prove a value valid; anything else goes to
// jsonschema, which also explains. Nearly every description is valid, and
// proving that needs no conversion, annotations or locations.
type rule struct {
	never   bool // the subschema false
	kinds   kinds
	enum    []*document.Value
	format  func(*document.Value) bool
	pattern func() func(string) bool
	// formatName and patternText are what these were made of.
	formatName, patternText string
	// required are the names of those that have to be stated, needed how many of them
	// are properties.
	required   []string
	properties []property
	needed     int
	// closed allows no other properties; else others is their schema, nil for
	// anything.
	closed               bool
	others, items, names *rule
	// key names a list's items: no two may have the same. That is not asked of a
	// value that is to be valid, only noted.
	key                             string
	unique                          bool
	length, count, size             between // of a text, a list, a map
	bound                           []bound
	same                            []*rule // $ref and allOf: each must take it too
	any                             []*rule
	not, condition, then, otherwise *rule
}

// property is one that a rule knows, in the order of the schema.
type property struct {
	name     string
	rule     *rule
	required bool
}

// kinds are the kinds of values that a rule takes, a bit for each.
type kinds uint16

const (
	// whole numbers may be written as fractions: 3.0 is an integer.
	whole kinds = 1 << (document.Map + 1)
	// allKinds is what a rule takes that names no type.
	allKinds = whole - 1
)

func kindsOf(types []string) (all kinds) {
	for _, name := range types {
		switch name {
		case "null":
			all |= 1 << document.Null
		case "boolean":
			all |= 1 << document.Bool
		case "integer":
			all |= 1<<document.Int | whole
		case "number":
			all |= 1<<document.Int | 1<<document.Float
		case "string":
			all |= 1 << document.String
		case "array":
			all |= 1 << document.List
		case "object":
			all |= 1 << document.Map
		}
	}
	return all
}

// between is how many there may be, any number where nothing is stated.
type between struct {
	least, most int
	limited     bool // most is stated
}

func (b between) takes(n int) bool { return n >= b.least && (!b.limited || n <= b.most) }

// bound is a limit of a number, by its keyword.
type bound struct {
	keyword string
	limit   *big.Rat
	// round is the limit where that is a whole number that a float holds exactly.
	round   int64
	isRound bool
}

func newBound(keyword, limit string) (b bound, ok bool) {
	b.keyword = keyword
	if b.limit, ok = new(big.Rat).SetString(limit); ok && b.limit.IsInt() && b.limit.Num().IsInt64() {
		b.round = b.limit.Num().Int64()
		b.isRound = -exact <= b.round && b.round <= exact
	}
	return b, ok
}

// acceptor builds rules from subschemas. A subschema with a keyword it does not
// know is left to the library, with all that refer to it.
type acceptor struct {
	set     *Set
	rules   map[*document.Value]*rule
	formats map[string]func(*document.Value) bool
	unknown bool
}

// accepting are the rules of a schema's file, nil where the library alone judges.
func (s *Schema) accepting() *rule {
	a := &acceptor{set: s.set, rules: map[*document.Value]*rule{}, formats: formats()}
	made := a.rule(s, s.Document().Root)
	if a.unknown {
		return nil
	}
	return made
}

func (a *acceptor) rule(in *Schema, node *document.Value) *rule {
	if known := a.rules[node]; known != nil {
		return known
	}
	if to, target := a.reference(in, node); target != nil {
		a.rules[node] = a.rule(to, target)
		return a.rules[node]
	}
	r := &rule{kinds: allKinds}
	a.rules[node] = r
	switch node.Kind {
	case document.Bool:
		r.never = !node.Bool
	case document.Map:
		for _, field := range node.Fields() {
			a.keyword(r, in, field.Key, field.Value)
		}
	default:
		a.unknown = true
	}
	r.settle()
	return r
}

// reference is what a subschema refers to that asks nothing beside that: its rule is
// the other's. The loader rejects references that loop.
func (a *acceptor) reference(in *Schema, node *document.Value) (to *Schema, target *document.Value) {
	ref := node.TextAt("$ref")
	if ref == "" || strings.Contains(ref, "%") {
		return nil, nil
	}
	for i := range node.Fields() {
		if key := node.Fields()[i].Key; key != "$ref" && (key == "x-key" || !isAnnotation(key)) {
			return nil, nil
		}
	}
	return a.set.Resolve(in, ref)
}

// isAnnotation reports a keyword that asks nothing of a value.
func isAnnotation(keyword string) bool {
	switch keyword {
	case "$schema", "$defs", "title", "description", "examples":
		return true
	}
	return strings.HasPrefix(keyword, "x-")
}

// settle notes at its properties which of them a rule requires.
func (r *rule) settle() {
	for i := range r.properties {
		if p := &r.properties[i]; slices.Contains(r.required, p.name) {
			p.required = true
			r.needed++
		}
	}
}

func (a *acceptor) keyword(r *rule, in *Schema, keyword string, v *document.Value) {
	switch keyword {
	case "type":
		r.kinds = kindsOf(texts(v))
	case "enum":
		r.enum = v.Items()
	case "const":
		r.enum = []*document.Value{v}
	case "format":
		r.formatted(v.Text, a.formats)
		a.unknown = a.unknown || r.format == nil
	case "pattern":
		r.patterned(v.Text)
	case "required":
		r.required = texts(v)
	case "properties":
		for _, field := range v.Fields() {
			r.properties = append(r.properties, property{name: field.Key, rule: a.rule(in, field.Value)})
		}
	case "additionalProperties":
		r.others, r.closed = a.rule(in, v), v.Kind == document.Bool && !v.Bool
	case "items":
		r.items = a.rule(in, v)
	case "x-key":
		r.key = v.Text
	case "propertyNames":
		r.names = a.rule(in, v)
	case "uniqueItems":
		r.unique = isTrue(v)
	case "$ref":
		to, target := a.set.Resolve(in, v.Text)
		// The library decodes what is percent-encoded.
		if a.unknown = a.unknown || target == nil || strings.Contains(v.Text, "%"); target != nil {
			r.same = append(r.same, a.rule(to, target))
		}
	case "allOf":
		r.same = append(r.same, a.all(in, v)...)
	case "anyOf":
		r.any = a.all(in, v)
	case "not":
		r.not = a.rule(in, v)
	case "if":
		r.condition = a.rule(in, v)
	case "then":
		r.then = a.rule(in, v)
	case "else":
		r.otherwise = a.rule(in, v)
	default:
		a.limit(r, keyword, v)
	}
}

// formatted sets the format of a rule, empty for none; one that nobody knows has no
// function.
func (r *rule) formatted(name string, known map[string]func(*document.Value) bool) {
	if r.formatName = name; name == "" {
		return
	}
	r.format = known[name]
	if of := jsonschema.Formats[name]; r.format == nil && of != nil {
		r.format = func(v *document.Value) bool { return of(v.Any()) }
	}
}

// limit handles the keywords that limit a number or how many there are of something.
// Any other keyword that is not an annotation is unknown.
func (a *acceptor) limit(r *rule, keyword string, v *document.Value) {
	if limits, most := r.limits(keyword); limits != nil {
		a.unknown = a.unknown || v.Kind != document.Int
		if limits.limited = limits.limited || most; most {
			limits.most = int(v.Int())
		} else {
			limits.least = int(v.Int())
		}
		return
	}
	switch keyword {
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
		limit, ok := newBound(keyword, v.Text)
		a.unknown = a.unknown || !ok
		r.bound = append(r.bound, limit)
	default:
		a.unknown = a.unknown || !isAnnotation(keyword)
	}
}

// limits is what a keyword limits, nil for any other, and whether from above.
func (r *rule) limits(keyword string) (limits *between, most bool) {
	switch keyword {
	case "minLength", "maxLength":
		limits = &r.length
	case "minItems", "maxItems":
		limits = &r.count
	case "minProperties", "maxProperties":
		limits = &r.size
	}
	return limits, strings.HasPrefix(keyword, "max")
}

func (a *acceptor) all(in *Schema, list *document.Value) []*rule {
	var out []*rule
	for _, v := range list.Items() {
		out = append(out, a.rule(in, v))
	}
	return out
}

// texts are a text, or those of a list.
func texts(v *document.Value) []string {
	if v.Kind != document.List {
		return []string{v.Text}
	}
	out := make([]string, len(v.Items()))
	for i, item := range v.Items() {
		out[i] = item.Text
	}
	return out
}

// find is the place of a property among those that a rule knows, -1 for none.
// Descriptions are mostly written in the schema's order: it is looked for from the
// place behind the last one.
func (r *rule) find(name string, from int) int {
	for i := from; i < len(r.properties); i++ {
		if r.properties[i].name == name {
			return i
		}
	}
	for i := range min(from, len(r.properties)) {
		if r.properties[i].name == name {
			return i
		}
	}
	return -1
}

// of are the rules that hold at a value of a description whose root is r's,
// whatever else is stated there.
func (r *rule) of(v *document.Value) []*rule {
	if v.Parent == nil {
		return r.all()
	}
	var out []*rule
	for _, outer := range r.of(v.Parent) {
		inner := outer.items
		if v.Parent.Kind == document.Map {
			inner = nil
			if at := outer.find(v.Key(), 0); at >= 0 {
				inner = outer.properties[at].rule
			}
		}
		if inner != nil {
			out = append(out, inner.all()...)
		}
	}
	return out
}

// all are a rule and those that it refers to.
func (r *rule) all() []*rule {
	out := []*rule{r}
	for _, same := range r.same {
		out = append(out, same.all()...)
	}
	return out
}
