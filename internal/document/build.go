package document

import (
	"strings"

	"gopkg.in/yaml.v3"

	"hegui/internal/lang"
)

// builder walks the parser's nodes once, in the order of the file, and makes
// values of them. It follows along in the scanner's tokens, which know what
// nodes do not: where things end.
type builder struct {
	*Document
	end    Pos // the end of the text
	tokens []token
	cursor int
	limits Limits
	found  *problems

	nodes, aliased int
	// stopped is set when a limit ends the walk.
	stopped bool
	// open are the anchored nodes whose values are being built.
	open map[*yaml.Node]bool
	// span is the place of the alias whose anchor is being expanded; nil
	// outside aliases.
	span *span
	// word is what the text holds at the place that was found last, empty where
	// that is not the whole of one node.
	word string

	// seen is the last line that was looked at for a slip.
	seen int

	// expected is how many values and keys the text holds without its aliases.
	expected int
	// values and fields are room for the next ones.
	values []Value
	fields []Field
}

type span struct{ start, end Pos }

// maxRoom is how many values are made room for at once.
const maxRoom = 4096

func newBuilder(d *Document, s *scanner, limits Limits, found *problems) *builder {
	return &builder{
		Document: d, end: d.clamp(Pos{d.Lines() + 1, 1}), tokens: s.tokens, limits: limits, found: found,
		open:     map[*yaml.Node]bool{},
		expected: s.nodes,
	}
}

// document builds the root; nil when the walk ran into a limit.
func (b *builder) document(root *yaml.Node) *Value {
	v := b.value(root, 0)
	if b.stopped {
		return nil
	}
	if p, _ := v.slip(b.Document); p != nil {
		b.found.put(*p)
	}
	return v
}

// value builds one value that is nested in depth lists and maps. Once the
// walk has stopped it is incomplete.
func (b *builder) value(n *yaml.Node, depth int) *Value {
	if n.Kind == yaml.AliasNode {
		return b.alias(n, depth)
	}
	at, tag := b.place(n)
	v := b.newValue(at)
	if b.stopped {
		return v
	}
	if n.Anchor != "" {
		b.open[n] = true
		defer delete(b.open, n)
	}
	if n.Style&yaml.TaggedStyle == 0 && tag != at && b.span == nil {
		// A lone "!", which yaml.v3 drops without a trace.
		b.badTag(tag, "!")
	}
	switch n.Kind {
	case yaml.SequenceNode:
		b.checkTag(n, "!!seq", tag)
		b.list(v, n, depth+1)
	case yaml.MappingNode:
		b.checkTag(n, "!!map", tag)
		b.mapping(v, n, depth+1)
	default:
		b.scalar(v, n, tag)
	}
	return v
}

func (b *builder) newValue(at span) *Value {
	b.count(at)
	if len(b.values) == cap(b.values) {
		// About half of what is still to come are keys.
		b.values = make([]Value, 0, min(max(b.expected-b.nodes, 0)/2+8, maxRoom))
	}
	b.values = b.values[:len(b.values)+1]
	v := &b.values[len(b.values)-1]
	v.start, v.end = at.start.spot(), at.end.spot()
	return v
}

// count ends the walk at the limits that only the expanded tree can exceed.
func (b *builder) count(at span) {
	b.nodes++
	if b.span != nil {
		b.aliased++
	}
	switch {
	case b.stopped:
	case b.aliased > b.limits.Aliases:
		b.stop(Problem{
			Code: CodeTooManyAliases, Start: at.start, End: at.end,
			Message: lang.Say("别名展开后超过 %d 个值", "aliases expand to more than %d values", b.limits.Aliases),
			Remedy:  lang.Say("直接写出内容，不用别名", "write the content out instead of using aliases"),
		})
	case b.nodes > b.limits.Nodes:
		p := tooManyNodes(b.limits.Nodes, at.start)
		p.End = at.end
		b.stop(p)
	}
}

// report adds a problem, but not one that an alias repeats: it has been
// reported at the anchor.
func (b *builder) report(code string, start, end Pos, message, remedy lang.Text) {
	if b.span == nil {
		b.found.add(code, start, end, message, remedy)
	}
}

func (b *builder) stop(p Problem) {
	if !b.stopped {
		b.found.add(p.Code, p.Start, p.End, p.Message, p.Remedy)
	}
	b.stopped = true
}

func (b *builder) deep(v *Value, depth int) bool {
	if depth <= b.limits.Depth {
		return true
	}
	b.stop(tooDeep(b.limits.Depth, v.Start()))
	return false
}

func (b *builder) list(v *Value, n *yaml.Node, depth int) {
	v.Kind = List
	if !b.deep(v, depth) {
		return
	}
	v.inner = &inner{items: make([]*Value, 0, len(n.Content))}
	for i, c := range n.Content {
		item := b.value(c, depth)
		if b.stopped {
			return
		}
		item.Parent, item.index = v, int32(i)
		v.inner.items = append(v.inner.items, item)
		b.endAt(v, item.End())
	}
}

func (b *builder) mapping(v *Value, n *yaml.Node, depth int) {
	v.Kind = Map
	if !b.deep(v, depth) {
		return
	}
	v.inner = &inner{fields: b.newFields(len(n.Content) / 2)}
	seen, again := newKeySet(len(n.Content)/2), []repeated(nil)
	for i := 0; i+1 < len(n.Content); i += 2 {
		field, ok := b.key(n.Content[i], depth)
		if i == 0 && n.Style&yaml.FlowStyle == 0 && field.KeyStart() != (Pos{}) {
			v.start = field.start
		}
		if i/2 == b.limits.Keys {
			b.stop(Problem{
				Code: CodeTooManyKeys, Start: field.KeyStart(), End: field.KeyEnd(),
				Message: lang.Say("一个映射的键超过 %d 个", "a map has more than %d keys", b.limits.Keys),
				Remedy:  lang.Say("改用列表，或拆分文件", "use a list, or split the file"),
			})
		}
		if b.stopped {
			return
		}
		value := b.value(n.Content[i+1], depth)
		if b.stopped {
			return
		}
		b.endAt(v, value.End())
		if !ok {
			continue
		}
		if first, twice := seen.add(v.Fields(), field.Key); twice {
			again = append(again, repeated{field, v.Fields()[first], i / 2, first})
			continue
		}
		value.Parent, value.index = v, int32(len(v.inner.fields))
		field.Value = value
		v.inner.fields = append(v.inner.fields, field)
	}
	b.duplicates(again)
}

// endAt moves the end of a block list or map behind its last child; the end of
// a flow one is its bracket's, and that of an alias the alias's.
func (b *builder) endAt(v *Value, end Pos) {
	if b.span == nil && v.End().before(end) {
		v.end = end.spot()
	}
}

// key builds one key. A key that is not text is reported; its value is
// parsed and dropped.
func (b *builder) key(n *yaml.Node, depth int) (f Field, ok bool) {
	if n.Kind != yaml.ScalarNode {
		if n.Kind == yaml.AliasNode {
			at, _ := b.place(n)
			f.start, f.end = at.start.spot(), at.end.spot()
		} else {
			v := b.value(n, depth)
			f.start, f.end = v.start, v.end
		}
		b.badKey(f, lang.Say("键必须是文字，不能是列表、映射或别名", "a key must be text, not a list, a map or an alias"))
		return f, false
	}
	v := *b.value(n, depth)
	b.values[len(b.values)-1] = Value{} // nobody holds a key's value
	b.values = b.values[:len(b.values)-1]
	f.Key, f.start, f.end = v.Text, v.start, v.end
	switch {
	case b.stopped:
		return f, false
	case v.plain && v.Text == "<<", n.Style&yaml.TaggedStyle != 0 && n.Tag == "!!merge":
		b.report(CodeMergeKey, f.KeyStart(), f.KeyEnd(),
			lang.Say("不允许使用合并键 <<", "the merge key << is not allowed"),
			lang.Say("直接写出各个键", "write the keys out"))
		return f, false
	case v.Kind == Null && v.Text == "":
		b.badKey(f, lang.Say("冒号前缺少键", "there is no key before the colon"))
		return f, false
	case v.Kind != String:
		b.report(CodeBadKey, f.KeyStart(), f.KeyEnd(), lang.Say("键 %s 不是文字", "the key %s is not text", Quote(v.Text)),
			lang.Say("键要写成文字：加引号，写 %s", "a key is text: write it in quotes, %s", Quote(v.Text)))
		return f, false
	}
	b.oddKey(f)
	return f, true
}

// oddKey reports a key with a sign in it that looks like one of YAML's.
func (b *builder) oddKey(f Field) {
	if f.KeyStart().Line <= b.seen || b.span != nil || !strings.ContainsFunc(f.Key, isOdd) {
		return
	}
	b.seen = f.KeyStart().Line
	if s, found := slipIn(b.Line(b.seen)); found {
		p := b.spread(s, b.seen, b.seen, b.seen, b.Lines())
		b.seen = p.End.Line
		b.found.put(p)
	}
}

func (b *builder) badKey(f Field, message lang.Text) {
	b.report(CodeBadKey, f.KeyStart(), f.KeyEnd(), message,
		lang.Say("把键写成文字", "write the key as text"))
}

// repeated is a key that its map has already, and where in it both are.
type repeated struct {
	key, first Field
	at, before int
}

// duplicates reports the keys that a map has twice: those from its first one on at once,
// for they are another item that lacks its dash, and those in a row, which were copied
// together, as far as they come in the same order.
func (b *builder) duplicates(all []repeated) {
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].before > all[n-1].before && (all[0].before == 0 || all[n].at == all[n-1].at+1) {
			n++
		}
		b.duplicate(all[:n])
		all = all[n:]
	}
}

func (b *builder) duplicate(all []repeated) {
	again, first := all[0].key, all[0].first
	if b.span == nil && b.found.full() {
		b.found.skip(again.KeyStart())
		return
	}
	message := lang.Say("键 %[1]s 重复：第 %[2]d 行第 %[3]d 列与第 %[4]d 行第 %[5]d 列",
		"the key %[1]s appears twice: at %[2]d:%[3]d and at %[4]d:%[5]d", Quote(again.Key),
		first.KeyStart().Line, first.KeyStart().Column, again.KeyStart().Line, again.KeyStart().Column)
	remedy := lang.Say("删去其中一个，或合并两处内容", "delete one of them, or merge their contents")
	if len(all) > 1 {
		message = lang.Say("%s；由此起的 %d 个键都是第二次出现", "%s; %d keys from there on are here for the second time", message, len(all))
		remedy = lang.Say("删去重复的这几行，或合并两处内容", "delete the lines that are here twice, or merge their contents")
		if all[0].before == 0 {
			remedy = lang.Say("若是列表的下一项，在 %s 前面写“- ”；否则%s", "if this is the next item of a list, put \"- \" before %s; else %s", again.Key, remedy)
		}
	}
	b.report(CodeDuplicateKey, again.KeyStart(), again.KeyEnd(), message, remedy)
}

// checkTag refuses every tag on a list or map but the one that says so.
func (b *builder) checkTag(n *yaml.Node, fits string, at span) {
	if n.Style&yaml.TaggedStyle != 0 && n.Tag != fits {
		b.badTag(at, n.Tag)
	}
}

// alias builds the anchor's value anew at the alias's own place, where a
// finding about it is of use.
func (b *builder) alias(n *yaml.Node, depth int) *Value {
	at, _ := b.place(n)
	if b.open[n.Alias] {
		b.report(CodeAliasCycle, at.start, at.end,
			lang.Say("别名 %s 指向包含它自身的内容", "the alias %s refers to the value that contains it", Quote("*"+n.Value)),
			lang.Say("删除该别名", "delete the alias"))
		return b.newValue(at)
	}
	if b.span == nil {
		b.span = &at
		defer func() { b.span = nil }()
	}
	return b.value(n.Alias, depth)
}

// newFields is room for n fields.
func (b *builder) newFields(n int) []Field {
	n = min(n, b.limits.Keys)
	if cap(b.fields)-len(b.fields) < n {
		b.fields = make([]Field, 0, max(n, 128))
	}
	from := len(b.fields)
	b.fields = b.fields[:from+n]
	return b.fields[from : from : from+n]
}

// keySet finds duplicate keys: by looking through the fields while they are
// few, by hash when they are many.
type keySet map[string]int

func newKeySet(n int) keySet {
	if n <= 8 {
		return nil
	}
	return make(keySet, n)
}

// add returns the index in fields of a key that is there already.
func (k keySet) add(fields []Field, key string) (first int, again bool) {
	if k == nil {
		for i := range fields {
			if fields[i].Key == key {
				return i, true
			}
		}
		return 0, false
	}
	if first, again = k[key]; !again {
		k[key] = len(fields)
	}
	return first, again
}
