package schema

import (
	"maps"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/term"
)

// builder turns one schema's JSON into types and rejects what would make a
// description ambiguous: open objects, unnamed items, untitled properties.
type builder struct {
	*loader
	schema *Schema
}

// site is a subschema and its file; refs are the references that led to it, to
// detect cycles.
type site struct {
	schema *Schema
	node   *document.Value
	refs   []*document.Value
}

func (b *builder) build(name string, in *Schema, node *document.Value, refs []*document.Value) *Type {
	t := &Type{Name: name}
	if b.nodes++; b.nodes > maxNodes {
		b.annotate(t, node)
		if b.nodes == maxNodes+1 { // once is enough
			b.refuse(in, node, lang.Say("模式展开后超过 %d 个节点", "the schemas unfold to more than %d nodes", maxNodes))
		}
		return t
	}
	at, target := site{in, node, refs}, node
	// Keywords beside a $ref describe this place, its target the values; the
	// nearest description wins.
	for {
		b.annotate(t, target)
		next, ok := b.follow(at)
		if !ok {
			break
		}
		at, target = next, next.node
	}
	if t.Enum != nil && t.Labels == nil && !b.schema.Topic { // a topic has its own
		t.Labels = term.Labels(t.Enum)
	}
	b.shape(t, at)
	b.checkList(t, in, node)
	b.checkMarks(t, in, node)
	b.checkLabels(t, in, node)
	return t
}

// follow resolves a $ref.
func (b *builder) follow(at site) (site, bool) {
	ref := at.node.Get("$ref")
	if ref == nil {
		return site{}, false
	}
	for _, seen := range at.refs {
		if seen == ref {
			b.refuse(at.schema, ref, lang.Say("引用 %q 绕回自己", "reference %q leads back to itself", ref.Text))
			return site{}, false
		}
	}
	in, target := b.set.Resolve(at.schema, ref.Text)
	if target == nil {
		b.refuse(at.schema, ref, lang.Say("引用 %q 无处可去", "reference %q leads nowhere", ref.Text))
		return site{}, false
	}
	refs := append(append([]*document.Value{}, at.refs...), ref)
	return site{in, target, refs}, true
}

// annotate fills in what t does not state yet.
func (b *builder) annotate(t *Type, node *document.Value) {
	fill(&t.Title, text(node, "title", "x-title-en"))
	fill(&t.About, text(node, "description", "x-description-en"))
	if unit := node.Get("x-unit"); unit != nil {
		fill(&t.Unit, text(unit, "zh", "en"))
	}
	if enum := node.Get("enum"); enum != nil && t.Enum == nil {
		for _, v := range enum.Items() {
			t.Enum = append(t.Enum, v.Text)
		}
	}
	if labels := node.Get("x-labels"); labels != nil && t.Labels == nil {
		t.Labels = map[string]lang.Text{}
		for _, field := range labels.Fields() {
			t.Labels[field.Key] = text(field.Value, "zh", "en")
		}
	}
	if key := node.Get("x-key"); key != nil && t.Key == "" {
		t.Key = key.Text
	}
	t.Adverse = t.Adverse || isTrue(node.Get("x-adverse"))
	t.MayBeEmpty = t.MayBeEmpty || isTrue(node.Get("x-may-be-empty"))
	t.Sensitive = t.Sensitive || isTrue(node.Get("x-sensitive"))
	t.Outcome = t.Outcome || isTrue(node.Get("x-outcome"))
	t.Happened = t.Happened || isTrue(node.Get("x-happened"))
	t.Open = t.Open || isTrue(node.Get("x-open"))
	t.Progress = t.Progress || isTrue(node.Get("x-progress"))
	t.Switch = t.Switch || isTrue(node.Get("x-switch"))
	t.Own = t.Own || isTrue(node.Get("x-own"))
	t.Declared = t.Declared || isTrue(node.Get("x-declared"))
	if absent := node.Get("x-absent"); absent != nil {
		fill(&t.Absent, text(absent, "zh", "en"))
	}
	if other := node.Get("x-otherwise"); other != nil && t.Otherwise == "" {
		t.Otherwise = other.Text
	}
	if ref := node.Get("x-ref"); ref != nil && t.Refs == nil {
		t.Refs = texts(ref)
	}
	if examples := node.Get("examples"); examples != nil && t.examples == nil {
		t.examples = func() []*document.Value { return examples.Items() }
	}
}

// inherit marks everything inside a sensitive place as sensitive, and
// everything inside an outcome as part of it.
func (t *Type) inherit() {
	t.refers, t.guards, t.proves = t.Refs != nil, t.Sensitive, t.Kind == Evidence
	inner := []*Type{}
	if t.Item != nil {
		inner = append(inner, t.Item)
	}
	for i, field := range t.Fields {
		inner, t.Fields[i].Index = append(inner, field.Type), i
	}
	for _, each := range inner {
		each.Sensitive = each.Sensitive || t.Sensitive
		each.Outcome = each.Outcome || t.Outcome
		each.inherit()
		t.refers, t.guards, t.proves = t.refers || each.refers, t.guards || each.guards, t.proves || each.proves
	}
}

func (b *builder) shape(t *Type, at site) {
	t.Kind = kindOf(at.node)
	switch t.Kind {
	case Date, Period:
		// A format has no effect on values other than strings.
		if kind := at.node.Get("type"); kind == nil || kind.Text != "string" {
			b.refuse(at.schema, at.node, lang.Say("有 format 的地方要写 type: string", "a format wants type: string beside it"))
		}
	case Object:
		b.object(t, at)
	case List:
		items := at.node.Get("items")
		if items == nil || items.Kind != document.Map {
			b.refuse(at.schema, at.node, lang.Say("列表没有写 items", "the list does not state its items"))
			t.Item = &Type{Name: t.Name}
			return
		}
		t.Item = b.build(t.Name, at.schema, items, at.refs)
		t.Item.Of = t
	}
}

func kindOf(node *document.Value) Kind {
	format := ""
	if f := node.Get("format"); f != nil {
		format = f.Text
	}
	switch format {
	case "evidence":
		return Evidence
	case "date", "date-time":
		return Date
	case "duration":
		return Period
	}
	kind := node.Get("type")
	if kind == nil {
		return Opaque
	}
	return map[string]Kind{"object": Object, "array": List, "string": String, "integer": Integer, "number": Number, "boolean": Boolean}[kind.Text]
}

func (b *builder) object(t *Type, at site) {
	required := map[string]bool{}
	if names := at.node.Get("required"); names != nil {
		for _, name := range names.Items() {
			required[name.Text] = true
		}
	}
	closed := at.node.Get("additionalProperties")
	if closed == nil || closed.Kind != document.Bool || closed.Bool {
		if b.schema.Topic {
			b.refuse(at.schema, at.node, lang.Say("对象没有封闭：写上 additionalProperties: false", "the object is open: state additionalProperties: false"))
		}
		if t.Kind = Opaque; closed != nil && closed.Kind == document.Map {
			t.Item = b.build(t.Name, at.schema, closed, at.refs)
			t.Item.Of = t
		}
	}
	properties := at.node.Get("properties")
	if properties == nil {
		return
	}
	for _, property := range properties.Fields() {
		name := t.Name + "." + property.Key
		field := Field{Name: property.Key, Required: required[property.Key], Type: b.build(name, at.schema, property.Value, at.refs)}
		delete(required, property.Key)
		t.Fields = append(t.Fields, field)
		if b.schema.Topic {
			b.checkProperty(at.schema, property, field)
		}
	}
	for _, field := range t.Fields {
		b.checkOtherwise(at.schema, t, field, properties.Get(field.Name))
	}
	for _, name := range slices.Sorted(maps.Keys(required)) {
		b.refuse(at.schema, at.node.Get("required"), lang.Say("必填的 %q 不在 properties 里", "required %q is not among the properties", name))
	}
}

func (b *builder) checkProperty(in *Schema, property document.Field, field Field) {
	if !b.names(property.Key) {
		b.fail(in.Path, property.KeyStart(), lang.Say("键名 %q 不合 %s 或是保留字", "key %q does not match %s or is a reserved word", property.Key, keyPattern))
	}
	for _, missing := range []struct {
		what string
		gone bool
	}{
		{"title", field.Type.Title.ZH == ""}, {"x-title-en", field.Type.Title.EN == ""},
		{"description", field.Type.About.ZH == ""}, {"x-description-en", field.Type.About.EN == ""},
	} {
		misspelt := slices.ContainsFunc(property.Value.Fields(), func(f document.Field) bool {
			return !b.keywords[f.Key] && meantKeyword(f.Key) == missing.what
		})
		if missing.gone && !misspelt { // a misspelt one has been reported
			b.fail(in.Path, property.KeyStart(), lang.Say("%q 没有 %s", "%q has no %s", property.Key, missing.what))
		}
	}
	if absent := property.Value.Get("x-absent"); absent != nil && field.Required {
		b.refuse(in, absent, lang.Say("%q 是必填的，不会缺失：删去 x-absent，或移出 required", "%q is required and so never absent: delete x-absent, or take it out of required", property.Key))
	}
}

// checkOtherwise holds what stands in for a property to be a neighbour of its
// kind, for which nothing else stands in.
func (b *builder) checkOtherwise(in *Schema, t *Type, field Field, node *document.Value) {
	stated := node.Get("x-otherwise")
	if stated == nil {
		return
	}
	switch other := t.Field(stated.Text); {
	case other == nil || other.Type.Kind != field.Type.Kind || other.Type.Otherwise != "":
		b.refuse(in, stated, lang.Say("x-otherwise 要写同一对象里同类的另一个键，%s 不是", "x-otherwise wants another key of the same object and kind, which %s is not", document.Quote(stated.Text)))
	case field.Required || !field.Type.Absent.IsZero():
		b.refuse(in, stated, lang.Say("%q 是必填的，或写了 x-absent：删去 x-otherwise", "%q is required, or states x-absent: delete x-otherwise", field.Name))
	}
}

// checkList requires what makes a topic's list items distinguishable.
func (b *builder) checkList(t *Type, in *Schema, node *document.Value) {
	if t.Kind != List || !b.schema.Topic {
		return
	}
	if t.Item.Kind == Object {
		key := t.Item.Field(t.Key)
		if key == nil || !key.Required || key.Type.Kind != String && key.Type.Kind != Date {
			b.refuse(in, node, lang.Say("列表的 x-key %q 不是列表项必填的字符串字段", "the list's x-key %q is not a required string of its items", t.Key))
		}
	}
	if key := t.Item.Field(t.Key); key != nil && key.Type.Sensitive {
		b.refuse(in, node, lang.Say("x-key %q 会出现在每条问题里，不得标为敏感", "the x-key %q appears in every finding, it cannot be sensitive", t.Key))
	}
}

// checkMarks rejects marks that have no meaning at this kind of place.
func (b *builder) checkMarks(t *Type, in *Schema, node *document.Value) {
	named := t
	if t.Kind == List {
		named = t.Item
	}
	for _, mark := range []struct {
		keyword string
		fits    bool
		zh, en  string
	}{
		{"x-ref", named.Kind == String, "文字或文字列表", "a text or a list of texts"},
		{"x-happened", t.Kind == Date, "日期", "a date"},
		{"x-own", t.Kind == String || t.Kind == Evidence, "文字或证据", "a text or evidence"},
		{"x-declared", t.Kind != Object && t.Kind != Evidence && (t.Kind != List || t.Item.Kind == String), "值或文字列表", "a value or a list of texts"},
		{"x-adverse", t.Kind == List, "列表", "a list"},
		{"x-may-be-empty", t.Kind == List, "列表", "a list"},
		{"x-open", t.Kind == List || t.Kind == Object, "列表或对象", "a list or an object"},
		{"x-progress", t.Enum != nil, "枚举", "an enumeration"},
	} {
		if stated := node.Get(mark.keyword); stated != nil && !mark.fits {
			b.refuse(in, stated, lang.Say("%s 只能写在%s上", "%s belongs on %s", mark.keyword, lang.Say(mark.zh, mark.en)))
		}
	}
}

// checkLabels refuses a label of what is no value: nobody would ever read it.
func (b *builder) checkLabels(t *Type, in *Schema, node *document.Value) {
	labels := node.Get("x-labels")
	if labels == nil || t.Enum == nil {
		return
	}
	for _, field := range labels.Fields() {
		if !slices.Contains(t.Enum, field.Key) {
			b.fail(in.Path, field.KeyStart(), lang.Say("x-labels 里的 %q 不是这里的值：%s", "%q in x-labels is none of the values here: %s", field.Key, strings.Join(t.Enum, ", ")))
		}
	}
}

func (b *builder) refuse(in *Schema, node *document.Value, message lang.Text) {
	pos := document.Pos{}
	if node != nil {
		pos = node.Start()
	}
	b.fail(in.Path, pos, message)
}

func text(node *document.Value, zh, en string) lang.Text {
	var t lang.Text
	if v := node.Get(zh); v != nil {
		t.ZH = v.Text
	}
	if v := node.Get(en); v != nil {
		t.EN = v.Text
	}
	return t
}

func fill(t *lang.Text, with lang.Text) {
	if t.ZH == "" {
		t.ZH = with.ZH
	}
	if t.EN == "" {
		t.EN = with.EN
	}
}

func isTrue(v *document.Value) bool { return v != nil && v.Kind == document.Bool && v.Bool }
