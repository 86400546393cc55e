package schema

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"hegui/internal/document"
)

// accepts reports whether the description is certainly valid, and plain: then it has
// nothing either of what JSON Schema cannot express.
func (s *Schema) accepts(root *document.Value) (valid, plain bool) {
	s.prepared()
	l := &look{}
	valid = s.rule != nil && s.rule.takes(root, l)
	return valid, valid && !l.odd
}

// prepared makes the schema's rule when it is first needed.
func (s *Schema) prepared() { s.prepare.Do(func() { s.rule = s.rules() }) }

// look is one look at a description.
type look struct {
	// odd is set where two items of a list have the same key, or a whole number is
	// written as a fraction: JSON Schema takes both. Keys that nobody knows and that
	// are left empty need no note, for a closed object does not take them.
	odd bool
}

// takes terminates: the loader rejects references that loop on one value.
func (r *rule) takes(v *document.Value, l *look) bool {
	if r.never || !r.plain(v, l) || v.Kind == document.Map && !r.fields(v, l) || v.Kind == document.List && !r.list(v, l) {
		return false
	}
	for _, same := range r.same {
		if !same.takes(v, l) {
			return false
		}
	}
	if r.any != nil && !r.either(v, l) || r.not != nil && r.not.takes(v, l) {
		return false
	}
	if r.condition == nil {
		return true
	}
	follows := r.otherwise
	if r.condition.takes(v, l) {
		follows = r.then
	}
	return follows == nil || follows.takes(v, l)
}

func (r *rule) either(v *document.Value, l *look) bool {
	for _, one := range r.any {
		if one.takes(v, l) {
			return true
		}
	}
	return false
}

// plain checks everything that does not look inside the value.
func (r *rule) plain(v *document.Value, l *look) bool {
	if r.kinds&(1<<v.Kind) == 0 && !r.wholly(v, l) || r.enum != nil && !among(r.enum, v) {
		return false
	}
	if r.format != nil && v.Kind != document.Map && v.Kind != document.List && !r.format(v) {
		return false
	}
	switch v.Kind {
	case document.String:
		return (r.length == (between{}) || r.length.takes(utf8.RuneCountInString(v.Text))) && (r.pattern == nil || r.pattern()(v.Text))
	case document.Int, document.Float:
		for i := range r.bound {
			if !r.bound[i].takes(v) {
				return false
			}
		}
	}
	return true
}

// wholly reports a whole number that is written as a fraction where an integer is
// wanted.
func (r *rule) wholly(v *document.Value, l *look) bool {
	if r.kinds&whole == 0 || v.Kind != document.Float || !number(v).IsInt() {
		return false
	}
	l.odd = true
	return true
}

func among(values []*document.Value, v *document.Value) bool {
	for _, one := range values {
		if equal(one, v) {
			return true
		}
	}
	return false
}

func (b *bound) takes(v *document.Value) bool {
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
func (b *bound) compare(v *document.Value) int {
	switch {
	case !b.isRound:
		return number(v).Cmp(b.limit)
	case v.Kind == document.Int:
		return cmp.Compare(v.Int(), b.round)
	}
	return cmp.Compare(v.Float(), float64(b.round))
}

func (r *rule) fields(v *document.Value, l *look) bool {
	if r.size != (between{}) && !r.size.takes(v.Stated()) {
		return false
	}
	if len(r.required) > r.needed && !states(v, r.required) {
		return false
	}
	if r.properties == nil && r.others == nil && r.names == nil {
		return true
	}
	next, missing := 0, r.needed
	for i := range v.Fields() {
		field := &v.Fields()[i]
		if r.names != nil && !r.names.takes(&document.Value{Kind: document.String, Text: field.Key}, l) {
			return false
		}
		held, required := r.others, false
		if at := r.find(field.Key, next); at >= 0 {
			held, required, next = r.properties[at].rule, r.properties[at].required, at+1
		} else if r.closed {
			return false
		}
		if field.Value.Kind == document.Null {
			continue // not stated
		}
		if required {
			missing--
		}
		if held != nil && !held.takes(field.Value, l) {
			return false
		}
	}
	return missing == 0
}

// states reports whether a map has a value under each of some keys.
func states(v *document.Value, keys []string) bool {
	for _, key := range keys {
		if v.Get(key) == nil {
			return false
		}
	}
	return true
}

func (r *rule) list(v *document.Value, l *look) bool {
	if !r.count.takes(len(v.Items())) || r.unique && !distinct(v) {
		return false
	}
	l.odd = l.odd || r.key != "" && repeats(v, r.key)
	if r.items == nil {
		return true
	}
	for _, item := range v.Items() {
		if !r.items.takes(item, l) {
			return false
		}
	}
	return true
}

// repeats reports whether two items of a list have the same text under a key.
func repeats(list *document.Value, key string) bool {
	seen := newTextSet(len(list.Items()))
	for _, item := range list.Items() {
		if text := item.TextAt(key); text != "" && !seen.add(text) {
			return true
		}
	}
	return false
}

// textSet is a set of texts: few are compared one by one.
type textSet struct {
	room [maxCompared]string
	n    int
	many map[string]bool
}

// maxCompared is how many texts are compared one by one.
const maxCompared = 16

func newTextSet(n int) (t textSet) {
	if n > maxCompared {
		t.many = make(map[string]bool, n)
	}
	return t
}

// add reports whether a text was not in the set before.
func (t *textSet) add(text string) bool {
	if t.many == nil {
		if slices.Contains(t.room[:t.n], text) {
			return false
		}
		t.room[t.n] = text
		t.n++
		return true
	}
	if t.many[text] {
		return false
	}
	t.many[text] = true
	return true
}

// number parses a number exactly as the library does.
func number(v *document.Value) *big.Rat {
	r := new(big.Rat)
	if v.Kind == document.Int {
		return r.SetInt64(v.Int())
	}
	if _, ok := r.SetString(fmt.Sprint(v.Float())); !ok {
		return new(big.Rat)
	}
	return r
}

// distinct reports whether no two items of a list are equal. A text equals none but
// texts, so that it need not be told from what is written in signs.
func distinct(list *document.Value) bool {
	words, others := newTextSet(len(list.Items())), newTextSet(len(list.Items()))
	for _, item := range list.Items() {
		if item.Kind == document.String && !words.add(item.Text) || item.Kind != document.String && !others.add(canonical(item)) {
			return false
		}
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
		return strconv.FormatInt(v.Int(), 10)
	case document.Float:
		return number(v).RatString()
	case document.String:
		return strconv.Quote(v.Text)
	}
	parts := make([]string, 0, len(v.Items())+len(v.Fields()))
	for _, item := range v.Items() {
		parts = append(parts, canonical(item))
	}
	if v.Kind == document.List {
		return "[" + strings.Join(parts, ",") + "]"
	}
	for _, field := range v.Fields() {
		parts = append(parts, strconv.Quote(field.Key)+":"+canonical(field.Value))
	}
	slices.Sort(parts)
	return "{" + strings.Join(parts, ",") + "}"
}
