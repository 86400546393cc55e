package document

import "strings"

// direct builds values from the scanner's tokens alone, where the text is within
// the subset. It gives up on whatever it would have to report: then the parser
// reads the text anew, and says what is wrong with it.
type direct struct {
	text   string
	limits Limits
	tokens []token
	at     int // the next token
	nodes  int
	// left is set once the text has to be left to the parser.
	left bool

	// values, inners, items and fields are cut from one piece of memory each, as long
	// as the scanner has counted.
	values []Value
	inners []inner
	items  []*Value
	fields []Field
	*room
}

// direct reports whether the text was within the subset, and all of it right.
func (d *Document) direct(s *scanner, limits Limits, memory *Memory, room *room) bool {
	if s.left || !s.whole || len(s.tokens) == 0 {
		return false
	}
	if memory == nil {
		memory = &Memory{}
	}
	r := &direct{
		text: s.text, limits: limits, tokens: s.tokens, room: room,
		values: memory.values.Cut(s.keys + s.items + 1), inners: memory.inners.Cut(s.inners),
		items: memory.items.Cut(s.items), fields: memory.fields.Cut(s.keys),
	}
	if first := &s.tokens[0]; first.kind == scalarToken && !first.key {
		return false // it may be what was meant as more than one text
	}
	root := r.value(0)
	if r.left || r.at < len(r.tokens) {
		return false
	}
	d.root(root)
	d.Nodes = r.nodes
	return true
}

// next is the token that comes next, nil at the end.
func (r *direct) next() *token {
	if r.at == len(r.tokens) || r.left {
		return nil
	}
	return &r.tokens[r.at]
}

// value reads the value that starts with the next token, nested in depth lists and
// maps.
func (r *direct) value(depth int) *Value {
	t := r.next()
	v := r.newValue(t.start, t.end)
	switch {
	case t.kind == entryToken:
		r.list(v, t.start.column, depth+1)
	case t.key:
		r.mapping(v, t.start.column, depth+1)
	case t.kind == flowToken && r.text[t.from] == '[':
		r.flowList(v, t, depth+1)
	case t.kind == flowToken:
		r.flowMap(v, t, depth+1)
	default:
		r.at++
		r.scalar(v, t)
	}
	return v
}

func (r *direct) newValue(start, end spot) *Value {
	if len(r.values) == cap(r.values) {
		// The scanner counts what is there. Should it not, this is not the subset.
		r.left = true
		return &Value{start: start, end: end}
	}
	r.count()
	r.values = r.values[:len(r.values)+1]
	v := &r.values[len(r.values)-1]
	v.start, v.end = start, end
	return v
}

// open gives a list or map room for what it holds.
func (r *direct) open(v *Value) *inner {
	if len(r.inners) == cap(r.inners) {
		r.left = true
		return &inner{}
	}
	r.inners = r.inners[:len(r.inners)+1]
	v.inner = &r.inners[len(r.inners)-1]
	return v.inner
}

func (r *direct) count() {
	r.nodes++
	r.left = r.left || r.nodes > r.limits.Nodes
}

// list reads the items whose dashes stand in one column.
func (r *direct) list(v *Value, column int32, depth int) {
	v.Kind = List
	r.left = r.left || depth > r.limits.Depth
	from := len(r.children)
	for t := r.next(); t != nil && t.kind == entryToken && t.start.column == column; t = r.next() {
		r.at++
		r.child(v, r.behind(t.end, column, false, depth), from)
	}
	r.close(v, from)
	// A key may follow in the same column, in the map that the list is a value of.
	if t := r.next(); t != nil && (t.start.column > column || t.start.column == column && !t.key) {
		r.left = true
	}
}

// child adds an item to a list, whose items start at from in children.
func (r *direct) child(v, item *Value, from int) {
	item.Parent, item.index = v, int32(len(r.children)-from)
	r.children = append(r.children, item)
	v.end = item.end
}

// close gives a list its items.
func (r *direct) close(v *Value, from int) {
	at := len(r.items)
	r.items = append(r.items, r.children[from:]...)
	r.open(v).items = r.items[at:len(r.items):len(r.items)]
	r.children = r.children[:from]
}

// mapping reads the keys that stand in one column, with their values.
func (r *direct) mapping(v *Value, column int32, depth int) {
	v.Kind = Map
	r.left = r.left || depth > r.limits.Depth
	from, keys := len(r.pairs), keySet(nil)
	for t := r.next(); t != nil && t.key && t.start.column == column; t = r.next() {
		at := r.key(t, from, &keys)
		r.pair(v, at, from, r.behind(spot{t.end.line, t.end.column + 1}, column, true, depth))
	}
	r.finish(v, from)
	if t := r.next(); t != nil && t.start.column >= column {
		r.left = true
	}
}

// behind reads the value of a key or a dash that ends at a place and stands in a
// column. A list may stand in its key's column.
func (r *direct) behind(end spot, column int32, key bool, depth int) *Value {
	t := r.next()
	switch {
	case t == nil:
	case t.start.line == end.line, t.start.column > column,
		key && t.kind == entryToken && t.start.column == column:
		return r.value(depth)
	}
	v := r.newValue(end, end)
	v.plain = true
	return v
}

// key reads a key, which is text like any other in the column of its kind, and tells
// where it stands in pairs. Those of its map are there since from.
func (r *direct) key(t *token, from int, keys *keySet) (at int) {
	r.at++
	r.count()
	text := r.text[t.from:t.to]
	if !isPlainKey(text) {
		var v Value
		r.scalar(&v, t)
		text = v.Text
		r.left = r.left || v.Kind != String || v.plain && v.Text == "<<" || strings.ContainsFunc(v.Text, isOdd)
	}
	*keys = r.single(*keys, from, text)
	r.pairs = append(r.pairs, Field{Key: text, start: t.start, end: t.end})
	return len(r.pairs) - 1
}

// isPlainKey reports a key as nearly all are: a word of small letters that is text to
// every reader.
func isPlainKey(word string) bool {
	for i := range len(word) {
		if c := word[i]; (c < 'a' || c > 'z') && c != '_' {
			return false
		}
	}
	return word != "null" && word != "true" && word != "false"
}

// single sees to it that a key is not among those since from.
func (r *direct) single(keys keySet, from int, key string) keySet {
	if len(r.pairs)-from == maxCompared {
		keys = make(keySet, 2*maxCompared)
		for _, field := range r.pairs[from:] {
			keys.add(nil, field.Key)
		}
	}
	_, again := keys.add(r.pairs[from:], key)
	r.left = r.left || again || len(r.pairs)-from == r.limits.Keys
	return keys
}

// maxCompared is how many keys are compared one by one.
const maxCompared = 24

// pair gives a key of a map, whose keys start at from in pairs, its value.
func (r *direct) pair(v *Value, at, from int, value *Value) {
	field := &r.pairs[at]
	field.Value = value
	value.Parent, value.index = v, int32(at-from)
	v.end = value.end
}

// finish gives a map its fields.
func (r *direct) finish(v *Value, from int) {
	at := len(r.fields)
	r.fields = append(r.fields, r.pairs[from:]...)
	r.open(v).fields = r.fields[at:len(r.fields):len(r.fields)]
	r.pairs = r.pairs[:from]
}

// flowList reads what stands between square brackets, up to where the token ends.
func (r *direct) flowList(v *Value, open *token, depth int) {
	v.Kind = List
	r.left = r.left || depth > r.limits.Depth
	r.at++
	from, end := len(r.children), v.end
	for t := r.next(); t != nil && t.from < open.to; t = r.next() {
		r.child(v, r.value(depth), from)
	}
	r.close(v, from)
	v.end = end
}

// flowMap reads what stands between curly brackets.
func (r *direct) flowMap(v *Value, open *token, depth int) {
	v.Kind = Map
	r.left = r.left || depth > r.limits.Depth
	r.at++
	from, end, keys := len(r.pairs), v.end, keySet(nil)
	for t := r.next(); t != nil && t.from < open.to; t = r.next() {
		at := r.key(t, from, &keys)
		if r.next() == nil {
			r.left = true
			return
		}
		r.pair(v, at, from, r.value(depth))
	}
	r.finish(v, from)
	v.end = end
}

// scalar fills in v's kind and value.
func (r *direct) scalar(v *Value, t *token) {
	word := r.text[t.from:t.to]
	v.Kind = String
	understood := true
	switch word[0] {
	case '"':
		v.Text, understood = doubleQuoted(word[1 : len(word)-1])
	case '\'':
		v.Text = singleQuoted(word[1 : len(word)-1])
	case '|', '>':
		v.Text, understood = blockText(word, r.text[t.to:])
	default:
		v.plain, v.Text = true, folded(word)
		understood = resolve(v).IsZero()
	}
	r.left = r.left || !understood
}
