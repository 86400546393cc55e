package schema

import (
	"maps"
	"slices"
	"sync"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/pack"
)

// Pack writes what was made of the schemas' files, so that another process need
// not read these before somebody asks for one.
func (s *Set) Pack(w *pack.Writer) {
	for _, one := range s.All() {
		w.Bool(one.Topic)
		w.Int(int64(one.Order))
		w.Part(func(w *pack.Writer) { packType(w, one.Root) })
		one.prepared()
		w.Bool(one.rule != nil)
		w.Part(func(w *pack.Writer) {
			p := &rulePacker{w, map[*rule]int{}}
			p.rule(one.rule)
		})
	}
}

// unpack makes a set of the schemas that are known by their names. Of those that describe
// no topic, the types are made when somebody asks for the schema: the half of all types
// are theirs.
func (s *Set) unpack(r *pack.Reader) {
	for _, one := range s.sorted() {
		one.Topic, one.Order = r.Bool(), int(r.Int())
		types := r.Part()
		one.describe = sync.OnceFunc(func() {
			one.Root = unpackType(types)
			one.Root.inherit()
		})
		if one.Topic {
			one.describe()
		}
		known, body := r.Bool(), r.Part()
		one.rules = func() *rule {
			if !known {
				return nil
			}
			return (&ruleUnpacker{Reader: *body, formats: formats()}).rule()
		}
		if one.Topic {
			s.topics = append(s.topics, one)
		}
	}
	s.order()
}

func packType(w *pack.Writer, t *Type) {
	w.Text(t.Name)
	w.Int(int64(t.Kind))
	for _, text := range []lang.Text{t.Title, t.About, t.Unit, t.Absent} {
		w.Text(text.ZH)
		w.Text(text.EN)
	}
	w.Text(t.Key)
	w.Text(t.Otherwise)
	w.Int(t.marks())
	packTexts(w, t.Enum)
	packTexts(w, t.Refs)
	w.Int(int64(len(t.Labels)))
	for _, word := range slices.Sorted(maps.Keys(t.Labels)) {
		w.Text(word)
		w.Text(t.Labels[word].ZH)
		w.Text(t.Labels[word].EN)
	}
	w.Int(int64(len(t.Examples())))
	w.Part(func(w *pack.Writer) {
		for _, v := range t.Examples() {
			v.Pack(w)
		}
	})
	w.Int(int64(len(t.Fields)))
	for _, field := range t.Fields {
		w.Text(field.Name)
		w.Bool(field.Required)
		packType(w, field.Type)
	}
	if w.Bool(t.Item != nil); t.Item != nil {
		packType(w, t.Item)
	}
}

func unpackType(r *pack.Reader) *Type {
	t := &Type{Name: r.Text(), Kind: Kind(r.Int()), Title: unpackText(r), About: unpackText(r), Unit: unpackText(r), Absent: unpackText(r), Key: r.Text(), Otherwise: r.Text()}
	t.mark(r.Int())
	t.Enum, t.Refs = unpackTexts(r), unpackTexts(r)
	for n := r.Int(); n > 0; n-- {
		if t.Labels == nil {
			t.Labels = make(map[string]lang.Text, n)
		}
		t.Labels[r.Text()] = unpackText(r)
	}
	if n, body := r.Int(), r.Part(); n > 0 { // judging asks for few
		t.examples = func() []*document.Value { return unpackValues(n, *body) }
	}
	if n := r.Int(); n > 0 {
		t.Fields = make([]Field, n)
	}
	for i := range t.Fields {
		t.Fields[i] = Field{Name: r.Text(), Required: r.Bool(), Type: unpackType(r)}
	}
	if r.Bool() {
		t.Item = unpackType(r)
		t.Item.Of = t
	}
	return t
}

func unpackValues(n int64, r pack.Reader) []*document.Value {
	all := make([]*document.Value, n)
	for i := range all {
		all[i] = document.UnpackValue(&r)
	}
	return all
}

// flags are the marks that a type has or has not.
func (t *Type) flags() []*bool {
	return []*bool{&t.Adverse, &t.MayBeEmpty, &t.Sensitive, &t.Outcome, &t.Happened, &t.Open, &t.Progress, &t.Switch, &t.Own, &t.Declared}
}

func (t *Type) marks() (marks int64) {
	for i, flag := range t.flags() {
		if *flag {
			marks |= 1 << i
		}
	}
	return marks
}

func (t *Type) mark(marks int64) {
	for i, flag := range t.flags() {
		*flag = marks&(1<<i) != 0
	}
}

func unpackText(r *pack.Reader) lang.Text { return lang.Text{ZH: r.Text(), EN: r.Text()} }

// packTexts keeps no list and an empty one apart.
func packTexts(w *pack.Writer, texts []string) {
	if texts == nil {
		w.Int(-1)
		return
	}
	w.Int(int64(len(texts)))
	for _, text := range texts {
		w.Text(text)
	}
}

func unpackTexts(r *pack.Reader) []string {
	n := r.Int()
	if n < 0 {
		return nil
	}
	texts := make([]string, n)
	for i := range texts {
		texts[i] = r.Text()
	}
	return texts
}

// rulePacker writes each rule where it is first met, and later by its number.
type rulePacker struct {
	*pack.Writer
	seen map[*rule]int
}

func (p *rulePacker) rule(r *rule) {
	number, known := p.seen[r]
	if r == nil {
		number, known = -1, true
	}
	if known {
		p.Int(int64(number))
		return
	}
	p.Int(int64(len(p.seen)))
	p.seen[r] = len(p.seen)
	p.Bool(r.never)
	p.Bool(r.closed)
	p.Bool(r.unique)
	p.Int(int64(r.kinds))
	p.Text(r.formatName)
	p.Text(r.patternText)
	p.Text(r.key)
	packTexts(p.Writer, r.required)
	p.Int(int64(len(r.enum)))
	for _, v := range r.enum {
		v.Pack(p.Writer)
	}
	p.bounds(r)
	p.Int(int64(len(r.properties)))
	for _, inner := range r.properties {
		p.Text(inner.name)
		p.rule(inner.rule)
	}
	for _, list := range [][]*rule{r.same, r.any} {
		p.Int(int64(len(list)))
		for _, one := range list {
			p.rule(one)
		}
	}
	for _, inner := range r.inner() {
		p.rule(*inner)
	}
}

func (p *rulePacker) bounds(r *rule) {
	for _, limits := range r.counted() {
		p.Int(int64(limits.least))
		p.Int(int64(limits.most))
		p.Bool(limits.limited)
	}
	p.Int(int64(len(r.bound)))
	for _, b := range r.bound {
		p.Text(b.keyword)
		p.Text(b.limit.RatString())
	}
}

func (r *rule) counted() []*between { return []*between{&r.length, &r.count, &r.size} }

// inner are the rules of which one has at most one.
func (r *rule) inner() []**rule {
	return []**rule{&r.others, &r.items, &r.names, &r.not, &r.condition, &r.then, &r.otherwise}
}

// ruleUnpacker reads what a rulePacker has written.
type ruleUnpacker struct {
	pack.Reader
	formats map[string]func(*document.Value) bool
	seen    []*rule
}

func (u *ruleUnpacker) rule() *rule {
	number := u.Int()
	if number < 0 {
		return nil
	}
	if number < int64(len(u.seen)) {
		return u.seen[number]
	}
	r := &rule{}
	u.seen = append(u.seen, r)
	r.never, r.closed, r.unique, r.kinds = u.Bool(), u.Bool(), u.Bool(), kinds(u.Int())
	r.formatted(u.Text(), u.formats)
	r.patterned(u.Text())
	r.key = u.Text()
	r.required = unpackTexts(&u.Reader)
	for n := u.Int(); n > 0; n-- {
		r.enum = append(r.enum, document.UnpackValue(&u.Reader))
	}
	u.bounds(r)
	if n := u.Int(); n > 0 {
		r.properties = make([]property, n)
	}
	for i := range r.properties {
		r.properties[i] = property{name: u.Text(), rule: u.rule()}
	}
	for _, list := range []*[]*rule{&r.same, &r.any} {
		for n := u.Int(); n > 0; n-- {
			*list = append(*list, u.rule())
		}
	}
	for _, inner := range r.inner() {
		*inner = u.rule()
	}
	r.settle()
	return r
}

func (u *ruleUnpacker) bounds(r *rule) {
	for _, limits := range r.counted() {
		*limits = between{int(u.Int()), int(u.Int()), u.Bool()}
	}
	for n := u.Int(); n > 0; n-- {
		b, _ := newBound(u.Text(), u.Text())
		r.bound = append(r.bound, b)
	}
}

// patterned sets the pattern of a rule, empty for none. A schema with a bad one
// does not load.
func (r *rule) patterned(text string) {
	if r.patternText = text; text != "" {
		r.pattern = sync.OnceValue(func() func(string) bool { return matcher(text) })
	}
}
