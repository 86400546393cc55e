// Package editor makes the rulebook's schemas ready for editors, and checks the
// line by which a description names its schema.
//
// Editors take the text of a reference's target for that of the place that refers
// to it, and leave out required keys that are references. So each schema becomes
// one file without references, in one language, that says beside every pattern in
// words what is wanted.
package editor

import (
	"bytes"
	"fmt"
	"slices"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// Suffix ends the name of a schema's file.
const Suffix = ".schema.json"

// dialect is the one that editors read in full; bundles use nothing newer.
const dialect = "http://json-schema.org/draft-07/schema#"

// generatedMark opens all that is generated.
const generatedMark = "{\n\"$comment\": \"hegui rules --schemas"

// MarkSize is how much of a file Generated must see.
const MarkSize = len(generatedMark)

// Generated reports whether a file begins as those that Bundle makes: what does
// not is the user's own work.
func Generated(head []byte) bool { return bytes.HasPrefix(head, []byte(generatedMark)) }

// Bundled are the schemas that editors have a use for: those of files that people
// write. What a program writes states its schema_version.
func Bundled(set *schema.Set) []*schema.Schema {
	return slices.DeleteFunc(set.All(), func(s *schema.Schema) bool {
		properties := s.Document().Root.Get("properties")
		return properties == nil || properties.Get("schema_version") != nil
	})
}

// Bundle is a schema for editors, in one language. The same schema gives the same
// bytes.
func Bundle(set *schema.Set, s *schema.Schema, l lang.Language) []byte {
	b := &bundler{set: set, language: l}
	b.out.WriteString(generatedMark)
	fmt.Fprintf(&b.out, ": %s\",\n\"$schema\": %q,", lang.Say("由 schemas/ 生成，请勿手改", "generated from schemas/, not to be edited").In(l), dialect)
	b.members(b.chain(s, s.Document().Root), s.Name)
	b.definitions()
	b.out.WriteString("\n}\n")
	return b.out.Bytes()
}

type bundler struct {
	set      *schema.Set
	language lang.Language
	out      bytes.Buffer
	shared   []shared
}

// link is a subschema and the schema whose file it is in.
type link struct {
	in   *schema.Schema
	node *document.Value
}

// chain is a subschema and the targets of its references, the nearest first.
func (b *bundler) chain(in *schema.Schema, node *document.Value) []link {
	chain := []link{{in, node}}
	for {
		last := chain[len(chain)-1]
		ref := last.node.Get("$ref")
		if ref == nil {
			return chain
		}
		in, target := b.set.Resolve(last.in, ref.Text)
		chain = append(chain, link{in, target})
	}
}

// stating is the nearest subschema of a chain that states a keyword, with what it
// states; nil for none.
func stating(chain []link, keyword string) (link, *document.Value) {
	for _, at := range chain {
		if v := at.node.Get(keyword); v != nil {
			return at, v
		}
	}
	return link{}, nil
}

// copied are the keywords that editors read as they are, in the order in which
// they are written.
var copied = [...]string{"type", "enum", "const", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
	"minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "required", "examples"}

// members writes what a subschema states, each with a comma before it unless it
// opens the object. path is where the subschema stands, as expressions write it.
func (b *bundler) members(chain []link, path string) {
	b.texts(chain, path)
	for _, keyword := range copied {
		if _, v := stating(chain, keyword); v != nil {
			b.key(keyword)
			b.value(v)
		}
	}
	b.labels(chain)
	b.form(chain)
	b.parts(chain, path)
}

// parts writes the subschemas of a subschema.
func (b *bundler) parts(chain []link, path string) {
	if at, v := stating(chain, "properties"); v != nil {
		b.key("properties")
		b.out.WriteByte('{')
		for _, property := range v.Fields() {
			b.key(property.Key)
			b.object(b.chain(at.in, property.Value), path+"."+property.Key)
		}
		b.out.WriteByte('}')
	}
	if at, v := stating(chain, "items"); v != nil {
		b.key("items")
		b.items(chain, b.chain(at.in, v), path)
	}
	if at, v := stating(chain, "additionalProperties"); v != nil {
		b.key("additionalProperties")
		b.subschema(at.in, v, path)
	}
	b.conditions(chain, path)
}

// items writes what belongs into a list. A value that has no name of its own is
// what the list says.
func (b *bundler) items(list, chain []link, path string) {
	if chain[0].node.Get("title") == nil && chain[0].node.Get("properties") == nil {
		if first, title := stating(list, "title"); title != nil {
			chain = slices.Insert(chain, 0, link{first.in, texts(first.node)})
		}
	}
	b.object(chain, path)
}

// texts is a subschema that says no more than what another is called.
func texts(node *document.Value) *document.Value {
	out := &document.Value{Kind: document.Map}
	for _, field := range node.Fields() {
		switch field.Key {
		case "title", "x-title-en", "description", "x-description-en":
			out.SetFields(append(out.Fields(), field))
		}
	}
	return out
}

// conditions writes what else must hold. What many places refer to is written
// once: hovering shows none of it.
func (b *bundler) conditions(chain []link, path string) {
	var all []func()
	for _, at := range chain[1:] {
		if name := b.definition(at); name != "" {
			all = append(all, func() { fmt.Fprintf(&b.out, "{\"$ref\":%q}", "#/definitions/"+name) })
		}
	}
	if _, format := stating(chain, "format"); format != nil && format.Text == "percent" {
		all = append(all, func() { b.out.WriteString(`{"if":{"exclusiveMinimum":0},"then":{"minimum":1}}`) })
	}
	own := chain[0]
	for _, item := range own.node.ListAt("allOf") {
		all = append(all, func() { b.subschema(own.in, item, path) })
	}
	if len(all) > 0 {
		b.key("allOf")
		b.list(len(all), func(i int) { all[i]() })
	}
	b.conditionsOf(own, path)
}

// conditionsOf writes the conditions of one subschema but for what all of them
// must meet.
func (b *bundler) conditionsOf(at link, path string) {
	for _, keyword := range [...]string{"propertyNames", "contains", "not", "if", "then", "else"} {
		if v := at.node.Get(keyword); v != nil {
			b.key(keyword)
			b.subschema(at.in, v, path)
		}
	}
	for _, keyword := range [...]string{"anyOf", "oneOf"} {
		if v := at.node.Get(keyword); v != nil {
			b.key(keyword)
			b.list(len(v.Items()), func(i int) { b.subschema(at.in, v.Items()[i], path) })
		}
	}
}

// definition is the name under which the conditions of a subschema are written,
// empty where it has none.
func (b *bundler) definition(at link) string {
	if !slices.ContainsFunc(at.node.Fields(), func(f document.Field) bool { return slices.Contains(conditional[:], f.Key) }) {
		return ""
	}
	name := at.in.Name + "." + at.node.Key()
	if !slices.ContainsFunc(b.shared, func(known shared) bool { return known.name == name }) {
		b.shared = append(b.shared, shared{name, at})
	}
	return name
}

// shared are the conditions that several places refer to.
type shared struct {
	name string
	at   link
}

// conditional are the keywords that editors show nothing of.
var conditional = [...]string{"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "propertyNames", "contains"}

// definitions writes what references lead to.
func (b *bundler) definitions() {
	if len(b.shared) == 0 {
		return
	}
	b.key("definitions")
	b.out.WriteByte('{')
	for i := 0; i < len(b.shared); i++ { // what is written may refer to more
		one := b.shared[i]
		b.key(one.name)
		bare := &document.Value{Kind: document.Map}
		for _, field := range one.at.node.Fields() {
			if slices.Contains(conditional[:], field.Key) {
				bare.SetFields(append(bare.Fields(), field))
			}
		}
		b.out.WriteByte('{')
		b.conditions([]link{{one.at.in, bare}}, "")
		b.out.WriteByte('}')
	}
	b.out.WriteByte('}')
}

// subschema writes a subschema, which may be true or false.
func (b *bundler) subschema(in *schema.Schema, v *document.Value, path string) {
	if v.Kind != document.Map {
		b.value(v)
		return
	}
	b.object(b.chain(in, v), path)
}

func (b *bundler) object(chain []link, path string) {
	b.out.WriteByte('{')
	b.members(chain, path)
	b.out.WriteByte('}')
}
