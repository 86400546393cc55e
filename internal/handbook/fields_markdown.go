package handbook

import (
	"strconv"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/typeset"
)

// The places of the field reference, relative to the folder of the pages.
const (
	fieldsPage = "fields"
	fieldsDir  = "fields"
)

// fieldPages are the field reference in both languages: an index, and a page for
// each topic.
func fieldPages(book *rulebook.Rulebook) []Page {
	var pages []Page
	read := readers(book)
	for _, l := range []lang.Language{lang.English, lang.Chinese} {
		pages = append(pages, Page{pageIn(fieldsPage, l), fieldsIndex(book, l)})
		for _, s := range book.Schemas.Topics() {
			pages = append(pages, Page{pageIn(fieldsDir+"/"+s.Name, l), fieldsOf(book, read, s, l)})
		}
	}
	return pages
}

// pageIn is the file of a page in one language.
func pageIn(name string, l lang.Language) string {
	if l == lang.Chinese {
		return name + ".zh.md"
	}
	return name + ".md"
}

// otherLanguage leads to the same page in the other language; name is that of the
// page beside this one.
func (g *glossary) otherLanguage(name string) string {
	other := lang.Chinese
	if g.lang == lang.Chinese {
		other = lang.English
	}
	return "[" + languageNames()[0] + " / " + languageNames()[1] + "](" + pageIn(name, other) + ")"
}

func fieldsIndex(book *rulebook.Rulebook, l lang.Language) []byte {
	g := &glossary{generated(fromRulebook()), l}
	g.Line("# ", g.say("字段参考", "Field reference"))
	g.Gap()
	g.Line(g.otherLanguage(fieldsPage), " · ", g.say("平台描述里可以写的全部字段。hegui explain 加上字段的路径，例如 hegui explain platform.code，显示同样的内容；加上一个词则查找。",
		"All fields that the description of a platform may state. hegui explain shows the same for the path of a field, as in hegui explain platform.code, and searches for a word."))
	g.Gap()
	var rows [][]string
	for _, s := range book.Schemas.Topics() {
		n := 0
		eachField(s.Root, func(schema.Field) { n++ })
		rows = append(rows, []string{"[" + g.in(s.Root.Title) + "](" + pageIn(fieldsDir+"/"+s.Name, l) + ")", typeset.Span(s.Name + ".yaml"), strconv.Itoa(n)})
	}
	g.Table([]string{g.say("专题", "topic"), g.say("文件", "file"), g.say("字段", "fields")}, rows)
	return g.Bytes()
}

// fieldsOf is the page of a topic: one table for each object in it.
func fieldsOf(book *rulebook.Rulebook, read map[string][]*rulebook.Check, s *schema.Schema, l lang.Language) []byte {
	g := &glossary{generated(fromRulebook()), l}
	g.Line("# ", g.in(s.Root.Title))
	g.Gap()
	g.Line("[← ", g.say("字段参考", "Field reference"), "](../", pageIn(fieldsPage, l), ") · ", g.otherLanguage(s.Name), " · ", typeset.Span(s.Name+".yaml"))
	g.Gap()
	g.Line(g.in(s.Root.About))
	g.Gap()
	g.objectFields(book, read, s.Root)
	return g.Bytes()
}

// objectFields is the table of an object's fields, and those of the objects in it.
func (g *glossary) objectFields(book *rulebook.Rulebook, read map[string][]*rulebook.Check, t *schema.Type) {
	var rows [][]string
	for _, f := range t.Fields {
		rows = append(rows, []string{g.fieldName(f), g.fieldForm(f.Type), g.fieldAbout(f), g.fieldReaders(book, read, f.Type)})
	}
	if len(rows) == 0 {
		return
	}
	g.Table([]string{g.say("字段", "field"), g.say("写法", "form"), g.say("说明", "about"), g.say("读取它的检查项", "read by")}, rows)
	for _, f := range t.Fields {
		if object := inner(f.Type); len(object.Fields) > 0 {
			g.Heading(2, f.Type.Name, typeset.Span(f.Type.Name)+" "+g.in(f.Type.Title))
			g.Line(g.in(f.Type.About))
			g.Gap()
			g.objectFields(book, read, object)
		}
	}
}

// fieldName is what a field is called; one that holds others leads to them.
func (g *glossary) fieldName(f schema.Field) string {
	name := typeset.Span(f.Name)
	if len(inner(f.Type).Fields) > 0 {
		return "[" + name + "](#" + f.Type.Name + ")"
	}
	return "<a id=\"" + f.Type.Name + "\"></a>" + name
}

// fieldForm is how a field is written: its kind, unit, values and an example.
func (g *glossary) fieldForm(t *schema.Type) string {
	parts := []string{g.in(kindText(t))}
	if !t.Unit.IsZero() {
		parts = append(parts, g.in(lang.Say("单位 %s", "in %s", t.Unit)))
	}
	var values []string
	for _, value := range valuesOf(t) {
		id, label, _ := strings.Cut(value.In(g.lang), " ")
		values = append(values, strings.TrimSpace(typeset.Span(id)+" "+typeset.Markdown(label)))
	}
	if len(values) > 0 {
		parts = append(parts, strings.Join(values, lang.Say("、", ", ").In(g.lang)))
	}
	for _, list := range namedIn(t) {
		parts = append(parts, g.say("名称出自", "named in")+" "+typeset.Span(list))
	}
	if sample := t.Sample(); sample != "" {
		parts = append(parts, g.say("例", "such as")+" "+typeset.Span(sample))
	}
	return strings.Join(parts, lang.Say("；", "; ").In(g.lang))
}

// fieldAbout is what a field means, and whether it must be stated.
func (g *glossary) fieldAbout(f schema.Field) string {
	parts := []string{"**" + g.in(f.Type.Title) + "** " + g.in(f.Type.About)}
	if f.Required || !f.Type.Absent.IsZero() {
		parts = append(parts, g.in(absenceOf(f)))
	}
	if f.Type.Sensitive {
		parts = append(parts, g.say("敏感", "sensitive"))
	}
	return strings.Join(parts, lang.Say("；", " · ").In(g.lang))
}

// fieldReaders are the checks that read a place, with their level and profile; what
// holds other fields leaves them to those.
func (g *glossary) fieldReaders(book *rulebook.Rulebook, read map[string][]*rulebook.Check, t *schema.Type) string {
	if len(inner(t).Fields) > 0 {
		return ""
	}
	var out []string
	for _, c := range read[t.Name] {
		out = append(out, "["+typeset.Markdown(c.ID)+"](../"+PagesDir+"/"+c.Topic+".md#"+c.ID+") "+g.in(lang.Say("（%s）", "(%s)", reach(book, c))))
	}
	return strings.Join(out, "<br>")
}
