package picture

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// Of is the picture of an examined platform, nil where the rulebook draws none;
// redacted leaves out the values that not everyone may see.
func Of(book *rulebook.Rulebook, p *examine.Platform, redacted bool) *Picture {
	if book.Picture == nil {
		return nil
	}
	b := &builder{book: book, platform: p, redacted: redacted, index: map[place][]*node{}, owners: map[*document.Value][]*Part{}}
	b.read(0, book.Picture.Columns)
	for i, list := range book.Picture.Parts {
		b.read(i+1, list)
	}
	for _, n := range b.nodes {
		if !b.tooLarge() {
			b.relate(n)
		}
	}
	b.also()
	if b.tooLarge() {
		return &Picture{Columns: []Part{}, Parts: []Part{}, Unread: b.unread, TooLarge: true}
	}
	b.judge()
	return b.finish()
}

// A picture of more parts, or of more ties between them, shows nothing.
const maxParts, maxTies = 2000, 5000

func (b *builder) tooLarge() bool { return len(b.nodes) > maxParts || b.ties > maxTies }

// builder is a picture on its way.
type builder struct {
	book     *rulebook.Rulebook
	platform *examine.Platform
	redacted bool
	nodes    []*node
	index    map[place][]*node
	// owners are the parts that a value is about.
	owners map[*document.Value][]*Part
	unread []string
	ties   int
}

// place is where a name leads: a list and a key in it.
type place struct{ list, key string }

// node is an entry of a list that is drawn.
type node struct {
	Part
	list  *rulebook.PictureList
	value *document.Value
	// drawn is false for what is only written on others.
	drawn bool
}

// read takes the entries of a list.
func (b *builder) read(no int, list rulebook.PictureList) {
	topic, rest, _ := strings.Cut(list.Path, ".")
	doc := b.platform.Documents[topic]
	if slices.Contains(b.platform.Broken, topic) && !slices.Contains(b.unread, topic) {
		b.unread = append(b.unread, topic)
	}
	if !doc.Sound() {
		return
	}
	root := b.book.Schemas.Find(topic).Root
	for i, v := range entries(doc.Root, strings.Split(rest, ".")) {
		if list.Except.Holds(v) {
			continue
		}
		n := &node{list: &list, value: v, drawn: list.On == ""}
		key := b.book.Schemas.List(list.Path).ItemKey(v)
		b.index[place{list.Path, key}] = append(b.index[place{list.Path, key}], n)
		n.Part = Part{ID: strconv.Itoa(no) + "-" + strconv.Itoa(i+1), List: list.Path, Kind: list.Kind, Key: key, Outside: list.Outside, Shape: list.Shape,
			Says: []lang.Text{}, Columns: []string{}, Of: []string{}, Guards: []Guard{}, State: Unjudged, Findings: []string{}}
		if b.redacted && root.Place(v).Sensitive && key != "" {
			n.Key = schema.RedactedKey
		}
		if n.Name = n.Key; list.Name != "" {
			if name := v.Get(list.Name); name != nil && name.Kind == document.String && !b.hidden(root, name) {
				n.Name = name.Text
			}
		}
		for _, field := range list.Shows {
			if said := b.said(root, v.Get(field)); !said.IsZero() {
				n.Says = append(n.Says, said)
			}
		}
		b.nodes = append(b.nodes, n)
		b.own(v, &n.Part)
	}
}

// entries are those of a list at a path, of all lists that lie on the way.
func entries(at *document.Value, names []string) []*document.Value {
	if at == nil {
		return nil
	}
	if at.Kind == document.List {
		var all []*document.Value
		for _, item := range at.Items() {
			if len(names) > 0 {
				all = append(all, entries(item, names)...)
			} else if item.Kind == document.Map {
				all = append(all, item)
			}
		}
		return all
	}
	if len(names) == 0 {
		return nil
	}
	return entries(at.Get(names[0]), names[1:])
}

func (b *builder) own(v *document.Value, p *Part) {
	if !slices.Contains(b.owners[v], p) {
		b.owners[v] = append(b.owners[v], p)
	}
}

// hidden reports whether a value is left out.
func (b *builder) hidden(root *schema.Type, v *document.Value) bool {
	return b.redacted && root.Place(v).Sensitive
}

// said is a value in words: what an enumeration calls it, a number with its unit, a
// field's title for what is true of it. What is not so is not worth the space.
func (b *builder) said(root *schema.Type, v *document.Value) lang.Text {
	if v == nil || v.Kind == document.List || v.Kind == document.Map || b.hidden(root, v) {
		return lang.Text{}
	}
	t := root.Place(v)
	switch label, named := t.Labels[v.Text]; {
	case named:
		return label
	case v.Kind == document.Bool && !v.Bool:
		return lang.Text{}
	case v.Kind == document.Bool:
		return within(t.Title)
	case !t.Unit.IsZero():
		return lang.Say("%s %s %s", "%s %s %s", within(t.Title), v.Text, t.Unit)
	}
	return lang.Same(v.Text)
}

// within is a title within a line, where an English one begins in lower case; what
// begins with two capitals is an abbreviation.
func within(title lang.Text) lang.Text {
	first, size := utf8.DecodeRuneInString(title.EN)
	second, _ := utf8.DecodeRuneInString(title.EN[size:])
	if !unicode.IsUpper(second) {
		title.EN = string(unicode.ToLower(first)) + title.EN[size:]
	}
	return title
}

// relate says where a part lies, what it belongs to and what it protects.
func (b *builder) relate(n *node) {
	for _, column := range b.named(n, n.list.Column) {
		n.Columns = append(n.Columns, column.ID)
	}
	for _, parent := range b.named(n, n.list.Of) {
		n.Of = append(n.Of, parent.ID)
		if n.list.Column == "" && !n.Outside {
			n.Columns = union(n.Columns, parent.Columns) // it lies where its parent does
		}
	}
	if n.list.On == "" {
		return
	}
	hosts := b.named(n, n.list.On)
	for _, host := range hosts {
		host.Guards = append(host.Guards, Guard{Kind: n.Kind, Name: n.Name, Says: joined(n.Says), Open: n.list.Open.Holds(n.value)})
		b.own(n.value, &host.Part)
	}
	// What protects nothing that is drawn is shown by itself.
	if n.drawn = len(hosts) == 0; n.drawn {
		n.Outside = true
	}
}

func union(all, more []string) []string {
	for _, one := range more {
		if !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	return all
}

func joined(texts []lang.Text) lang.Text {
	var out lang.Text
	for i, text := range texts {
		if i == 0 {
			out = text
			continue
		}
		out = lang.Say("%s · %s", "%s · %s", out, text)
	}
	return out
}

// named are the parts that a field of an entry, or of one around it, names.
func (b *builder) named(n *node, field string) []*node {
	if field == "" {
		return nil
	}
	around := b.book.Schemas.Around(n.list.Path)
	at := n.value
	for _, t := range around {
		if f := t.Field(field); f != nil && f.Type.Refs != nil {
			return b.lead(f.Type.Refs, at.Get(field))
		}
		at = outer(at)
	}
	return nil
}

// outer is the entry around an entry, nil for none.
func outer(v *document.Value) *document.Value {
	for v = v.Parent; v != nil; v = v.Parent {
		if v.Kind == document.Map && v.Parent != nil && v.Parent.Kind == document.List {
			return v
		}
	}
	return nil
}

// lead follows names into lists, each name once.
func (b *builder) lead(refs []string, v *document.Value) []*node {
	if v == nil {
		return nil
	}
	names := v.Items()
	if v.Kind != document.List {
		names = []*document.Value{v}
	}
	var out []*node
	seen := map[*node]bool{}
	for _, name := range names {
		for _, ref := range refs {
			for _, n := range b.index[place{ref, name.Text}] {
				if b.ties++; b.tooLarge() {
					return nil
				}
				if !seen[n] {
					seen[n], out = true, append(out, n)
				}
			}
		}
	}
	return out
}

// also finds the entries of other lists that name a part.
func (b *builder) also() {
	for _, list := range b.book.Picture.Parts {
		for _, at := range list.Also {
			i := strings.LastIndexByte(at, '.')
			topic, rest, _ := strings.Cut(at[:i], ".")
			doc := b.platform.Documents[topic]
			if !doc.Sound() {
				continue
			}
			for _, v := range entries(doc.Root, strings.Split(rest, ".")) {
				for _, n := range b.lead([]string{list.Path}, v.Get(at[i+1:])) {
					b.own(v, &n.Part)
				}
			}
		}
	}
}

// finish says what lacks protection, and what is worth drawing.
func (b *builder) finish() *Picture {
	out := &Picture{Columns: []Part{}, Parts: []Part{}, Unread: b.unread}
	for _, list := range b.book.Picture.Parts {
		if list.Without.IsZero() {
			continue
		}
		for _, n := range b.nodes {
			if len(n.Guards) == 0 && b.protects(list, n.List) {
				n.Guards = append(n.Guards, Guard{Kind: list.Kind, Says: list.Without, Open: true})
			}
		}
	}
	for _, n := range b.nodes {
		switch {
		case n.list.Path == b.book.Picture.Columns.Path:
			out.Columns = append(out.Columns, n.Part)
		case n.drawn:
			out.Parts = append(out.Parts, n.Part)
		}
	}
	return out
}

// protects reports whether the entries of a list protect those at a path.
func (b *builder) protects(list rulebook.PictureList, at string) bool {
	for _, t := range b.book.Schemas.Around(list.Path) {
		if f := t.Field(list.On); list.On != "" && f != nil && f.Type.Refs != nil {
			return slices.Contains(f.Type.Refs, at)
		}
	}
	return false
}

// topicOf is the topic of a file.
func topicOf(file string) string { return strings.TrimSuffix(path.Base(file), ".yaml") }
