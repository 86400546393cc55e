package assess

import (
	"reflect"
	"slices"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/schema"
	"hegui/internal/workbook"
)

func (p *planning) refuse(a *workbook.Answer, zh, en string, args ...any) {
	p.refuseAt(a.Row, zh, en, args...)
}

func (p *planning) refuseAt(cell, zh, en string, args ...any) {
	one := workbook.Problem{Cell: p.book.Place(cell), Message: lang.Say(zh, en, args...)}
	if !slices.Contains(p.plan.Problems, one) { // the post of all answers is wrong once
		p.plan.Problems = append(p.plan.Problems, one)
	}
}

// accept reports whether a change may be made: once, signed, and with nothing in it
// that no verdict file may hold.
func (p *planning) accept(f *file, a *workbook.Answer, list, name string, pairs []document.Pair) bool {
	before := len(p.plan.Problems)
	key := f.path + "\x00" + name
	switch earlier := p.given[key]; {
	case earlier == nil:
		p.given[key] = &given{pairs, p.book.Place(a.Row)}
	case reflect.DeepEqual(unsigned(earlier.pairs), unsigned(pairs)):
		return false // said twice, and the same
	default:
		p.refuse(a, "%s 在 %s 有另一个结论：只留一个", "%s has another verdict at %s: leave one of them", name, earlier.place)
	}
	p.refuseMarked(a)
	p.refuseUnfit(a, list, pairs)
	if d := a.Record.Deadline; d != "" && d < p.book.On {
		p.refuseAt(a.Cell("deadline"), "整改期限 %s 早于评估日期 %s：写评估之后的日期", "the deadline %s is before the day of the examination, %s: state a later day", d, p.book.On)
	}
	if p.book.By == "" && !slices.Contains(p.plan.Unsigned, p.book) {
		p.plan.Unsigned = append(p.plan.Unsigned, p.book)
	}
	return len(p.plan.Problems) == before
}

// unsigned are pairs without who said it and when.
func unsigned(pairs []document.Pair) []document.Pair {
	return slices.DeleteFunc(slices.Clone(pairs), func(pair document.Pair) bool { return signature(pair.Key) })
}

// refuseMarked refuses what carries the marking of a state secret: in the verdict
// file it would be a veto against the platform.
func (p *planning) refuseMarked(a *workbook.Answer) {
	r := a.Record
	for _, cell := range []struct{ id, text string }{{"note", r.Note}, {"evidence_number", r.EvidenceNumber}, {"responsible_post", r.ResponsiblePost}, {"recheck", r.Recheck}, {"statement", r.Statement}, {"assessed_by", p.book.By}} {
		if marking := p.marking([]byte(cell.text)); marking != "" {
			p.refuseAt(p.cellOf(a, cell.id), "带有密级标志 %s：涉密内容不得进库，只写不涉密的文字和底稿编号", "it carries the classification marking %s: classified matter must not lie in the repository; write what is not, and the number in your papers",
				document.Quote(marking))
		}
	}
}

// refuseUnfit refuses what no verdict file takes, at the cell that says it.
func (p *planning) refuseUnfit(a *workbook.Answer, list string, pairs []document.Pair) {
	e, err := document.NewEditor(nil)
	if err != nil || p.book.By == "" {
		return // the file as a whole is held to it as well, and must be signed
	}
	e.Put(list, pairs[0].Key, a.Clause, pairs)
	data, err := e.Bytes()
	s := p.Rulebook.Schemas.Find(schemaName)
	if err != nil || s == nil {
		return
	}
	doc := document.Parse(fileName, data, document.DefaultLimits())
	entries := doc.Root.ListAt(list)
	if len(entries) != 1 {
		return
	}
	for _, v := range s.Validate(doc.Root) {
		at := a.Row
		for _, field := range entries[0].Fields() {
			if field.Value == v.At {
				at = p.cellOf(a, field.Key)
			}
		}
		p.refuseAt(at, "%s", "%s", v.Message)
	}
}

// cellOf is where a workbook says what a verdict file has under a key.
func (p *planning) cellOf(a *workbook.Answer, key string) string {
	by := p.book.Returned.By
	switch {
	case key != "assessed_by":
		return a.Cell(key)
	case by.Value == p.book.By && by.Cell != "":
		return by.Cell
	}
	return "--by"
}

// marking is the marking of a state secret that a text carries, "" for none.
func (p *planning) marking(text []byte) string {
	found := p.Rulebook.Policy.Markings.FindIndex(text)
	if found == nil {
		return ""
	}
	return strings.TrimSpace(string(text[found[0]:found[1]]))
}

// reasoned refuses to leave out, without a reason, what the description claims.
func (p *planning) reasoned(platform *audit.Platform, a *workbook.Answer) bool {
	if a.Verdict != string(examine.NotApplicable) || !schema.Nothing(a.Record.Note) {
		return true
	}
	for _, c := range platform.Checks {
		if c.Rule.ID == a.Check && slices.ContainsFunc(c.Items, func(i audit.Item) bool { return i.Name == a.Item && i.Outcome != finding.NotApplicable }) {
			p.refuseAt(a.Cell("note"), "结论是不适用，要写明理由：描述说它适用", "the verdict is not applicable, but by the description it applies: state the reason")
			return false
		}
	}
	return true
}
