package fix

import (
	"bytes"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// Kept is a map whose keys stand in another order than the schema's and were left
// so, because whole lines cannot be moved there without doubt.
type Kept struct {
	Line, Column int
	Why          lang.Text
}

// Ordered is the id of a change of order: no finding asks for it.
const Ordered = "order"

// Order puts the keys of each map into the order of the schema. Lines are moved as
// they are: the comments and blank lines above a key go with it. What the file says
// stays the same; one of which that is not certain is not touched.
func Order(s *schema.Schema, path string, data []byte) (r Result, kept []Kept) {
	r = Result{Path: path, Old: data, New: data}
	doc := document.Parse(path, data, document.Limits{})
	if !doc.Sound() {
		return r, []Kept{{1, 1, lang.Say("文件有写法问题，先改正", "the file is not written well: correct that first")}}
	}
	body := bytes.TrimPrefix(data, mark)
	o := &orderer{lines: lines(body)}
	o.value(s.Root, doc.Root, region{1, len(o.lines)})
	if len(o.changes) == 0 {
		return r, o.kept
	}
	ordered := slices.Concat(data[:len(data)-len(body)], []byte(strings.Join(ended(o.lines), "")))
	if now := document.Parse(path, ordered, document.Limits{}); doc.Aliased() || !now.Sound() || !same(doc.Root, now.Root) {
		first := o.changes[0]
		return r, append(o.kept, Kept{first.Line, first.Column, lang.Say("文件用了锚点、别名或少见的版面，整行移动不稳妥", "the file has anchors, aliases or a rare layout: its lines cannot be moved safely")})
	}
	r.New, r.Changes = ordered, o.changes
	return r, o.kept
}

// region are lines of a file, from 1, both included.
type region struct{ from, to int }

// orderer moves the lines of a file. The lines of a value never leave its region,
// so that what lies within is put into order first.
type orderer struct {
	lines   []string
	changes []Change
	kept    []Kept
}

func (o *orderer) line(n int) string { return o.lines[n-1] }

// value orders what lies in a region. That of an item, or of a field, ends where
// the next one begins.
func (o *orderer) value(t *schema.Type, v *document.Value, in region) {
	switch {
	case t == nil:
	case v.Kind == document.List && t.Item != nil:
		for i := len(v.Items()) - 1; i >= 0; i-- {
			own := region{o.above(v.Items()[i].Start(), in.from), in.to}
			o.value(t.Item, v.Items()[i], own)
			in.to = own.from - 1
		}
	case v.Kind == document.Map && t.Kind == schema.Object && len(v.Fields()) > 0:
		o.object(t, v, in)
	}
}

func (o *orderer) object(t *schema.Type, v *document.Value, in region) {
	parts, why := o.parts(v, in)
	for i, field := range v.Fields() {
		if known := t.Field(field.Key); known != nil && why.IsZero() {
			o.value(known.Type, field.Value, region{field.KeyStart().Line + 1, parts[i].to})
		}
	}
	to, known := wanted(t, v)
	switch {
	case known && to == nil:
		return
	case !known:
		why = lang.Say("有不认识的键", "it has a key that nobody knows")
	case why.IsZero() && v.Parent == nil && to[0] != 0 && parts[0].from < parts[0].key:
		why = lang.Say("文件开头的注释说的是整个文件还是第一个键，说不准：中间空一行", "the comment at the top may be the file's or the first key's: put a blank line between")
	}
	if !why.IsZero() {
		o.kept = append(o.kept, Kept{v.Start().Line, v.Start().Column, why})
		return
	}
	o.move(v, parts, to)
}

// wanted is the order of the schema, as indexes of the fields as they are; nil
// where it is that already; known is false where a key is not one of the schema's.
func wanted(t *schema.Type, v *document.Value) (to []int, known bool) {
	place := map[string]int{}
	for i, field := range t.Fields {
		place[field.Name] = i
	}
	to = make([]int, len(v.Fields()))
	for i, field := range v.Fields() {
		if _, known := place[field.Key]; !known {
			return nil, false
		}
		to[i] = i
	}
	byPlace := func(a, b int) int { return place[v.Fields()[a].Key] - place[v.Fields()[b].Key] }
	if slices.IsSortedFunc(to, byPlace) {
		return nil, true
	}
	slices.SortStableFunc(to, byPlace)
	return to, true
}

// part are the lines of one field: the comments and blank lines above its key,
// the key's own, which begins with before, and those of its value.
type part struct {
	region
	key    int
	before string
}

// parts are the lines of each field; why says what keeps them from being moved.
func (o *orderer) parts(v *document.Value, in region) (parts []part, why lang.Text) {
	if v.Start() != v.Fields()[0].KeyStart() {
		return nil, lang.Say("花括号里的键不移动", "keys in braces are not moved")
	}
	column := v.Fields()[0].KeyStart().Column
	for i, field := range v.Fields() {
		at := field.KeyStart()
		if at.Line < in.from || at.Line > in.to || at.Column-1 > len([]rune(o.line(at.Line))) {
			return nil, lang.Say("版面少见", "its layout is a rare one")
		}
		before := string([]rune(o.line(at.Line))[:at.Column-1])
		switch {
		case at.Column != column, i > 0 && at.Line == v.Fields()[i-1].KeyStart().Line, strings.Trim(before, " -") != "" || i > 0 && strings.Trim(before, " ") != "":
			return nil, lang.Say("不是每个键各占一行、左对齐", "the keys are not each on a line of their own, aligned")
		}
		parts = append(parts, part{region{at.Line, in.to}, at.Line, before})
	}
	parts[0].from = o.above(v.Start(), in.from)
	for i := range parts[1:] {
		parts[i].to = o.end(v.Fields()[i].Value, parts[i].key, parts[i+1].key-1, column)
		parts[i+1].from = parts[i].to + 1
	}
	last := len(parts) - 1
	parts[last].to = o.end(v.Fields()[last].Value, parts[last].key, in.to, column)
	return parts, why
}

// above is the first line of the comment that stands directly above the first key
// of a map, aligned with it.
func (o *orderer) above(first document.Pos, least int) int {
	from := first.Line
	for from > least && isComment(o.line(from-1)) && indent(o.line(from-1)) == first.Column-1 && !strings.Contains(o.line(from-1), "$schema=") {
		from--
	}
	return from
}

// end is the last line of a field whose key is in a column: that of its value or of
// a comment that is indented as what belongs to it.
func (o *orderer) end(v *document.Value, key, last, column int) int {
	said := max(key, lastLine(v))
	for last > said && (isBlank(o.line(last)) || isComment(o.line(last)) && indent(o.line(last)) < column) {
		last--
	}
	return last
}

// lastLine is the line on which the last scalar of a value ends.
func lastLine(v *document.Value) int {
	last := 0
	if v.Kind != document.Null {
		last = v.End().Line
		if v.End().Column == 1 {
			last-- // it ends with the line before
		}
	}
	for _, item := range v.Items() {
		last = max(last, lastLine(item))
	}
	for _, field := range v.Fields() {
		last = max(last, field.KeyEnd().Line, lastLine(field.Value))
	}
	return last
}

// move puts the parts of a map into another order.
func (o *orderer) move(v *document.Value, parts []part, to []int) {
	texts := make([][]string, len(parts))
	for i, p := range parts {
		texts[i] = slices.Clone(o.lines[p.from-1 : p.to])
	}
	if to[0] != 0 {
		lead(texts, parts, to[0])
	}
	var moved, from, names []string
	for i, at := range to {
		moved = append(moved, texts[at]...)
		from, names = append(from, v.Fields()[i].Key), append(names, v.Fields()[at].Key)
	}
	copy(o.lines[parts[0].from-1:], moved)
	o.changes = append(o.changes, Change{Check: Ordered, Line: v.Start().Line, Column: v.Start().Column, From: strings.Join(from, ", "), To: strings.Join(names, ", "),
		Message: lang.Say("键的次序与模式不同", "the keys are in another order than the schema's")})
}

// lead makes a part the first: it begins as the first of an item does, and blank
// lines above it go to the one that was first.
func lead(texts [][]string, parts []part, next int) {
	blanks := 0
	for isBlank(texts[next][blanks]) {
		blanks++
	}
	texts[0] = append(slices.Clone(texts[next][:blanks]), texts[0]...)
	texts[next] = texts[next][blanks:]
	was, is := blanks+parts[0].key-parts[0].from, parts[next].key-parts[next].from-blanks
	texts[0][was] = parts[next].before + texts[0][was][len(parts[0].before):]
	texts[next][is] = parts[0].before + texts[next][is][len(parts[next].before):]
}

// ended are lines of which all but the last end, and that one as it did.
func ended(all []string) []string {
	for i, line := range all {
		if last := i == len(all)-1; !last && !strings.HasSuffix(line, "\n") {
			ending := "\n"
			if i > 0 && strings.HasSuffix(all[0], "\r\n") {
				ending = "\r\n"
			}
			all[i] = line + ending
			all[len(all)-1] = strings.TrimRight(all[len(all)-1], "\r\n")
		}
	}
	return all
}

func isBlank(line string) bool { return strings.TrimSpace(line) == "" }

func isComment(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " "), "#") }

// indent is how many spaces a line begins with.
func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// same reports whether two values say the same, in whatever order their keys are.
func same(a, b *document.Value) bool {
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Items()) != len(b.Items()) || len(a.Fields()) != len(b.Fields()) {
		return false
	}
	for i := range a.Items() {
		if !same(a.Items()[i], b.Items()[i]) {
			return false
		}
	}
	for _, field := range a.Fields() {
		if other := b.Field(field.Key); other == nil || !same(field.Value, other.Value) {
			return false
		}
	}
	return true
}
