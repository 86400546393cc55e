package handbook

import (
	"strings"

	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// explainField is the page of one field: what belongs there, in which form, whether
// it must be stated, and the checks that read it.
func (p *page) explainField(book *rulebook.Rulebook, read map[string][]*rulebook.Check, f *schema.Field) {
	t := f.Type
	topic, _, _ := strings.Cut(t.Name, ".")
	p.Paragraph(p.in(t.Title))
	p.Line(t.Name)
	p.Line()
	p.Row(p.Say("说明", "about"), p.in(t.About))
	p.Row(p.Say("写在", "written in"), topic+".yaml")
	p.Row(p.Say("写法", "form"), p.in(kindText(t)))
	if !t.Unit.IsZero() {
		p.Row(p.Say("单位", "unit"), p.in(t.Unit))
	}
	var values [][]string
	for _, value := range valuesOf(t) {
		values = append(values, []string{p.in(value)})
	}
	p.Table(p.Say("可写的值", "values"), values)
	if lists := namedIn(t); len(lists) > 0 {
		p.Row(p.Say("名称出自", "names of"), p.Join(lists))
	}
	if sample := t.Sample(); sample != "" {
		p.Row(p.Say("例", "example"), f.Name+": "+sample)
	}
	p.Row(p.Say("填写", "stated"), p.in(absenceOf(*f)))
	if t.Sensitive {
		p.Row(p.Say("敏感", "sensitive"), p.Say("是：报告里隐去，只给评估人员看", "yes: reports show it to the assessor alone"))
	}
	p.fields(inner(t))
	p.readBy(book, read[t.Name], t)
}

// explainTopic is the page of a topic: what it is about and its fields in order.
func (p *page) explainTopic(book *rulebook.Rulebook, s *schema.Schema) {
	p.Paragraph(p.in(s.Root.Title))
	p.Line(s.Name)
	p.Line()
	p.Row(p.Say("说明", "about"), p.in(s.Root.About))
	p.Row(p.Say("写在", "written in"), s.Name+".yaml")
	n := 0
	for _, c := range book.Checks {
		if c.Topic == s.Name {
			n++
		}
	}
	p.Row(p.Say("检查项", "checks"), p.Say("%d 个：hegui rules 列出全部", "%d: hegui rules lists them all", n))
	p.fields(s.Root)
}

// fields lists what may be stated in an object.
func (p *page) fields(t *schema.Type) {
	if len(t.Fields) == 0 {
		return
	}
	var rows [][]string
	for _, field := range t.Fields {
		rows = append(rows, []string{field.Name, p.in(field.Type.Title), p.in(kindText(field.Type))})
	}
	p.Line()
	p.Table(p.Say("其中", "fields"), rows)
	p.Line()
	p.Row("", p.Say("详见 hegui explain %s", "more: hegui explain %s", t.Fields[0].Type.Name))
}

// readBy lists the checks that read a place.
func (p *page) readBy(book *rulebook.Rulebook, checks []*rulebook.Check, t *schema.Type) {
	var rows [][]string
	for _, c := range checks {
		rows = append(rows, []string{c.ID, p.in(severities(c)), p.in(reach(book, c)), p.in(c.Title)})
	}
	p.Line()
	switch {
	case len(rows) > 0:
		p.Table(p.Say("读取它的", "read by"), rows)
	case t.Kind == schema.Evidence:
		p.Row(p.Say("读取它的", "read by"), p.Say("hegui 核对它存在、内容未变；评估人员查看", "hegui verifies that it exists and has not changed; assessors look at it"))
	default:
		p.Row(p.Say("读取它的", "read by"), p.Say("没有检查项直接读取：它说明同一处的其他内容", "no check by itself: it describes what is stated beside or inside it"))
	}
}
