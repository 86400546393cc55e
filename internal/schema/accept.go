package schema

import (
	"cmp"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"hegui/internal/document"
)

// rule is a fast path that can only prove a value valid; anything else goes to
// jsonschema, which also explains. Nearly every description is valid, and
// proving that needs no conversion, annotations or locations.
type rule struct {
	never   bool // the subschema false
	types   []string
	enum    []*document.Value
	format  func(any) bool
	pattern func() *regexp.Regexp
	// formatName and patternText are what these were made of.
	formatName, patternText string
	required                []string
	properties              map[string]*rule
	// closed allows no other properties; else others is their schema, nil for
	// anything.
	closed                          bool
	others, items, names            *rule
	unique                          bool
	count                           map[string]int // minItems, maxLength, … by keyword
	bound                           []bound
	same                            []*rule // $ref and allOf: each must take it too
	any                             []*rule
	not, condition, then, otherwise *rule
}

// bound is a limit of a number, by its keyword.
type bound struct {
	keyword string
	limit   *big.Rat
}

// acceptor builds rules from subschemas. A subschema with a keyword it does not
// know is left to the library, with all that refer to it.
type acceptor struct {
	set     *Set
	rules   map[*document.Value]*rule
	formats map[string]func(any) bool
	unknown bool
}

// accepts reports whether the description is certainly valid.
func (s *Schema) accepts(root *document.Value) bool {
	s.prepared()
	return s.rule != nil && s.rule.takes(root)
}

// prepared makes the schema's rule when it is first needed.
func (s *Schema) prepared() { s.prepare.Do(func() { s.rule = s.rules() }) }

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
	r := &rule{}
	a.rules[node] = r
	switch node.Kind {
	case document.Bool:
		r.never = !node.Bool
	case document.Map:
		for _, field := range node.Fields {
			a.keyword(r, in, field.Key, field.Value)
		}
	default:
		a.unknown = true
	}
	return r
}

func (a *acceptor) keyword(r *rule, in *Schema, keyword string, v *document.Value) {
	switch keyword {
	case "type":
		r.types = texts(v)
	case "enum":
		r.enum = v.Items
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
		r.properties = make(map[string]*rule, len(v.Fields))
		for _, property := range v.Fields {
			r.properties[property.Key] = a.rule(in, property.Value)
		}
	case "additionalProperties":
		r.others, r.closed = a.rule(in, v), v.Kind == document.Bool && !v.Bool
	case "items":
		r.items = a.rule(in, v)
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
	case "$schema", "$defs", "title", "description", "examples":
	default:
		a.bound(r, keyword, v)
	}
}

// formatted sets the format of a rule, empty for none; one that nobody knows has no
// function.
func (r *rule) formatted(name string, known map[string]func(any) bool) {
	if r.formatName = name; name == "" {
		return
	}
	if r.format = known[name]; r.format == nil {
		r.format = jsonschema.Formats[name]
	}
}

// bound handles the keywords that limit a number or a length. Any other keyword
// that is not an annotation is unknown.
func (a *acceptor) bound(r *rule, keyword string, v *document.Value) {
	switch keyword {
	case "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties":
		a.unknown = a.unknown || v.Kind != document.Int
		if r.count == nil {
			r.count = map[string]int{}
		}
		r.count[keyword] = int(v.Int)
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
		limit, ok := new(big.Rat).SetString(v.Text)
		a.unknown = a.unknown || !ok
		r.bound = append(r.bound, bound{keyword, limit})
	default:
		a.unknown = a.unknown || !strings.HasPrefix(keyword, "x-")
	}
}

func (a *acceptor) all(in *Schema, list *document.Value) []*rule {
	var out []*rule
	for _, v := range list.Items {
		out = append(out, a.rule(in, v))
	}
	return out
}

// texts are a text, or those of a list.
func texts(v *document.Value) []string {
	if v.Kind != document.List {
		return []string{v.Text}
	}
	out := make([]string, len(v.Items))
	for i, item := range v.Items {
		out[i] = item.Text
	}
	return out
}

// takes terminates: the loader rejects references that loop on one value.
func (r *rule) takes(v *document.Value) bool {
	if r.never || !r.plain(v) || v.Kind == document.Map && !r.fields(v) || v.Kind == document.List && !r.list(v) {
		return false
	}
	for _, same := range r.same {
		if !same.takes(v) {
			return false
		}
	}
	if r.any != nil && !slices.ContainsFunc(r.any, func(one *rule) bool { return one.takes(v) }) {
		return false
	}
	if r.not != nil && r.not.takes(v) {
		return false
	}
	if r.condition == nil {
		return true
	}
	follows := r.otherwise
	if r.condition.takes(v) {
		follows = r.then
	}
	return follows == nil || follows.takes(v)
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
			inner = outer.properties[v.Key]
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

// plain checks everything that does not look inside the value.
func (r *rule) plain(v *document.Value) bool {
	if r.types != nil && !slices.ContainsFunc(r.types, func(name string) bool { return isOf(v, name) }) {
		return false
	}
	if r.enum != nil && !slices.ContainsFunc(r.enum, func(one *document.Value) bool { return equal(one, v) }) {
		return false
	}
	if r.format != nil && v.Kind != document.Map && v.Kind != document.List && !r.format(v.Any()) {
		return false
	}
	switch v.Kind {
	case document.String:
		return (r.count == nil || r.counts("Length", utf8.RuneCountInString(v.Text))) && (r.pattern == nil || r.pattern().MatchString(v.Text))
	case document.Int, document.Float:
		return !slices.ContainsFunc(r.bound, func(b bound) bool { return !b.takes(v) })
	}
	return true
}

func (r *rule) counts(what string, n int) bool {
	least, most := r.count["min"+what], n
	if limit, stated := r.count["max"+what]; stated {
		most = limit
	}
	return n >= least && n <= most
}

func (b bound) takes(v *document.Value) bool {
	switch order := b.compare(v); b.keyword {
	case "minimum":
		return order >= 0
	case "maximum":
		return order <= 0
	case "exclusiveMinimum":
		return order > 0
	default:
		return order < 0
	}
}

// exact is the largest whole number up to which floating numbers leave none out.
const exact = 1 << 53

// compare orders a number and the limit. A fraction lies on the same side of a whole
// number as the floating number that it is read as.
func (b bound) compare(v *document.Value) int {
	limit := b.limit.Num()
	if !b.limit.IsInt() || !limit.IsInt64() || limit.Int64() < -exact || limit.Int64() > exact {
		return number(v).Cmp(b.limit)
	}
	if v.Kind == document.Int {
		return cmp.Compare(v.Int, limit.Int64())
	}
	return cmp.Compare(v.Float, float64(limit.Int64()))
}

func (r *rule) fields(v *document.Value) bool {
	if r.count != nil && !r.counts("Properties", v.Stated()) {
		return false
	}
	for _, name := range r.required {
		if v.Get(name) == nil {
			return false
		}
	}
	if r.properties == nil && r.others == nil && r.names == nil {
		return true
	}
	for i := range v.Fields {
		field := &v.Fields[i]
		if r.names != nil && !r.names.takes(&document.Value{Kind: document.String, Text: field.Key}) {
			return false
		}
		held, known := r.properties[field.Key]
		if !known {
			if held = r.others; r.closed {
				return false
			}
		}
		if field.Value.Kind == document.Null {
			continue // not stated
		}
		if held != nil && !held.takes(field.Value) {
			return false
		}
	}
	return true
}

func (r *rule) list(v *document.Value) bool {
	if r.count != nil && !r.counts("Items", len(v.Items)) || r.unique && !distinct(v) {
		return false
	}
	if r.items == nil {
		return true
	}
	for _, item := range v.Items {
		if !r.items.takes(item) {
			return false
		}
	}
	return true
}

func isOf(v *document.Value, name string) bool {
	switch v.Kind {
	case document.Null:
		return name == "null"
	case document.Bool:
		return name == "boolean"
	case document.Int:
		return name == "integer" || name == "number"
	case document.Float:
		return name == "number" || name == "integer" && number(v).IsInt()
	case document.String:
		return name == "string"
	case document.List:
		return name == "array"
	}
	return name == "object"
}

// number parses a number exactly as the library does.
func number(v *document.Value) *big.Rat {
	r := new(big.Rat)
	if v.Kind == document.Int {
		return r.SetInt64(v.Int)
	}
	if _, ok := r.SetString(fmt.Sprint(v.Float)); !ok {
		return new(big.Rat)
	}
	return r
}

func distinct(list *document.Value) bool {
	seen := make(map[string]bool, len(list.Items))
	for _, item := range list.Items {
		key := canonical(item)
		if seen[key] {
			return false
		}
		seen[key] = true
	}
	return true
}

func equal(a, b *document.Value) bool {
	if a.Kind == document.String && b.Kind == document.String {
		return a.Text == b.Text
	}
	return canonical(a) == canonical(b)
}

// canonical returns the same text for equal values and for no others.
func canonical(v *document.Value) string {
	switch v.Kind {
	case document.Null:
		return "null"
	case document.Bool:
		return strconv.FormatBool(v.Bool)
	case document.Int:
		return strconv.FormatInt(v.Int, 10)
	case document.Float:
		return number(v).RatString()
	case document.String:
		return strconv.Quote(v.Text)
	}
	parts := make([]string, 0, len(v.Items)+len(v.Fields))
	for _, item := range v.Items {
		parts = append(parts, canonical(item))
	}
	if v.Kind == document.List {
		return "[" + strings.Join(parts, ",") + "]"
	}
	for _, field := range v.Fields {
		parts = append(parts, strconv.Quote(field.Key)+":"+canonical(field.Value))
	}
	slices.Sort(parts)
	return "{" + strings.Join(parts, ",") + "}"
}
