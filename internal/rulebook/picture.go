package rulebook

import (
	"slices"
	"strconv"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// Picture says what the picture of a platform is drawn from.
type Picture struct {
	// Columns stand side by side; what lies in them below is of the Parts, of which
	// each belongs to one before it, if to any.
	Columns PictureList
	Parts   []PictureList
}

// PictureList is a list of a description that is drawn, entry by entry.
type PictureList struct {
	// Path is that of the list, Kind what an entry is called.
	Path string
	Kind lang.Text
	// Name is the field with the name for people, empty for the key; Shows are
	// those whose values stand below it.
	Name  string
	Shows []string
	// Column, Of and On are the fields that name the columns, what the entry belongs
	// to and what it protects, each of the entry or of one around it; empty for none.
	Column, Of, On string
	// Open is what protects nothing, Without what is said where nothing protects.
	Open    FieldIs
	Without lang.Text
	// Except is what is left out.
	Except FieldIs
	// Outside entries stand beside the columns.
	Outside bool
	// Also are fields of other lists that name the entry.
	Also  []string
	Shape string
}

// FieldIs holds of an entry whose field has a value; the zero value of none.
type FieldIs struct{ Field, Is string }

// Holds reports whether the field of an entry has the value.
func (f FieldIs) Holds(entry *document.Value) bool {
	return f.Field != "" && plainly(entry.Get(f.Field)) == f.Is
}

// plainly is a text or a truth value as it is written plainly, empty for all else.
func plainly(v *document.Value) string {
	switch {
	case v == nil:
	case v.Kind == document.Bool:
		return strconv.FormatBool(v.Bool)
	case v.Kind == document.String:
		return v.Text
	}
	return ""
}

// picture reads what pictures are drawn from, which is optional, and holds it to
// the schemas.
func (l *loader) picture() {
	if !exists(l.tree, PictureFile) {
		return
	}
	doc := l.file(PictureFile, "picture")
	if doc == nil {
		return
	}
	d := drawing{loader: l, doc: doc, lists: map[string]*schema.Type{}}
	p := &Picture{Columns: d.list(doc.Root.Get("columns"))}
	for _, v := range items(doc.Root, "parts") {
		p.Parts = append(p.Parts, d.list(v))
	}
	d.columns = p.Columns.Path
	for i, v := range items(doc.Root, "parts") {
		d.hold(v, p.Parts[:i])
	}
	l.book.Picture = p
}

// drawing is the file while it is held to the schemas.
type drawing struct {
	*loader
	doc     *document.Document
	lists   map[string]*schema.Type // by path
	columns string
}

// list reads one list and the fields of its own.
func (d *drawing) list(v *document.Value) PictureList {
	one := PictureList{Path: str(v, "path"), Kind: bilingual(v, "kind"), Name: str(v, "name"), Shows: strs(v, "shows"), Column: str(v, "column"), Of: str(v, "of"), On: str(v, "on"),
		Open: fieldIs(v, "open"), Without: bilingual(v, "without"), Except: fieldIs(v, "except"), Outside: v.Get("outside") != nil, Also: strs(v, "also"), Shape: str(v, "shape")}
	at := v.Get("path")
	list := d.book.Schemas.List(one.Path)
	switch {
	case list == nil:
		d.fail(d.doc.Path, at.Start(), lang.Say("%s 不是带 x-key 的列表：写专题里的这样一个列表，如 architecture.sites", "%s is no list with an x-key: name one of a topic, such as architecture.sites", document.Quote(one.Path)))
		return one
	case d.lists[one.Path] != nil:
		d.fail(d.doc.Path, at.Start(), lang.Say("%s 已经写过：一个列表只画一次", "%s is there already: a list is drawn once", one.Path))
	}
	d.lists[one.Path] = list
	for _, field := range append(slices.Clone(items(v, "shows")), v.Get("name"), v.Get("open").Get("field"), v.Get("except").Get("field")) {
		if field != nil && list.Item.Field(field.Text) == nil {
			d.fail(d.doc.Path, field.Start(), lang.Say("%s 没有字段 %s：要写 %s 之一", "%s has no field %s: want one of %s", one.Path, document.Quote(field.Text), strings.Join(list.Item.Names(), ", ")))
		}
	}
	for _, is := range []*document.Value{v.Get("open"), v.Get("except")} {
		d.possible(list, is)
		if field := list.Item.Field(str(is, "field")); field != nil {
			d.plain(is, field.Type)
		}
	}
	return one
}

func fieldIs(v *document.Value, key string) FieldIs {
	v = v.Get(key)
	return FieldIs{str(v, "field"), plainly(v.Get("is"))}
}

// possible refuses a value that the field never has.
func (d *drawing) possible(list *schema.Type, v *document.Value) {
	field, is := list.Item.Field(str(v, "field")), v.Get("is")
	if field == nil || is == nil {
		return
	}
	values := field.Type.Enum
	if field.Type.Kind == schema.Boolean {
		values = []string{"true", "false"}
	}
	if !slices.Contains(values, plainly(is)) {
		d.fail(d.doc.Path, is.Start(), lang.Say("字段 %s 没有值 %s：要写 %s 之一", "field %s never is %s: want one of %s", field.Name, document.Quote(is.Text), strings.Join(values, ", ")))
	}
}

// hold refuses names that lead to nothing that is drawn: a part lies in a column,
// belongs to or protects one of the parts above it.
func (d *drawing) hold(v *document.Value, above []PictureList) {
	path := str(v, "path")
	if d.lists[path] == nil {
		return
	}
	var boxes, drawn []string
	for _, part := range above {
		if part.On == "" {
			drawn = append(drawn, part.Path)
		}
		if part.On == "" && !part.Outside {
			boxes = append(boxes, part.Path)
		}
	}
	d.leads(v.Get("column"), path, []string{d.columns})
	d.leads(v.Get("of"), path, boxes)
	d.leads(v.Get("on"), path, drawn)
	for _, also := range items(v, "also") {
		list, field := cutField(also.Text)
		if d.book.Schemas.List(list) == nil {
			d.fail(d.doc.Path, also.Start(), lang.Say("%s 不是带 x-key 的列表里的字段", "%s is no field of a list with an x-key", document.Quote(also.Text)))
			continue
		}
		d.refers(also, list, field, []string{path})
	}
}

// leads refuses a field that refers to none of the lists.
func (d *drawing) leads(v *document.Value, path string, to []string) {
	if v != nil {
		d.refers(v, path, v.Text, to)
	}
}

// plain refuses sensitive fields in a drawing: everyone who sees the picture sees where
// a part is, and whether it is there.
func (d *drawing) plain(v *document.Value, t *schema.Type) {
	if t.Sensitive {
		d.fail(d.doc.Path, v.Start(), lang.Say("%s 是敏感的，图怎么画不能取决于它", "%s is sensitive: how a picture is drawn must not depend on it", t.Name))
	}
}

func (d *drawing) refers(v *document.Value, path, field string, to []string) {
	for _, entry := range d.book.Schemas.Around(path) {
		if f := entry.Field(field); f != nil && slices.ContainsFunc(f.Type.Refs, func(ref string) bool { return slices.Contains(to, ref) }) {
			d.plain(v, f.Type)
			return
		}
	}
	if len(to) == 0 {
		d.fail(d.doc.Path, v.Start(), lang.Say("字段 %s 要指到前面写过的一类，前面没有：换一下次序", "field %s has to lead to a kind above, and there is none: change the order", document.Quote(field)))
		return
	}
	d.fail(d.doc.Path, v.Start(), lang.Say("%s 没有字段 %s，或它的 x-ref 不指向 %s", "%s has no field %s, or its x-ref does not lead to %s", path, document.Quote(field), strings.Join(to, ", ")))
}

// cutField parts the path of a field from that of what it is a field of.
func cutField(path string) (list, field string) {
	i := strings.LastIndexByte(path, '.')
	return path[:max(i, 0)], path[i+1:]
}
