package workbook

import (
	"slices"

	"hegui/internal/document"
)

// subject is what the row is about, by what people see: its number, its check and
// item, and all else that was declared. The hidden id is left behind where only the
// visible columns were sorted, and so is a second proof and no more. Nil, with the
// reason, where it is not certain.
func (r *rowReader) subject() *place {
	hidden := r.hidden()
	candidates, ok := r.candidates()
	if !ok {
		return nil
	}
	matches := slices.DeleteFunc(slices.Clone(candidates), func(p *place) bool { return r.edited(p) != "" })
	switch {
	case len(matches) == 1 && (r.shows(r.identity()...) || hidden == matches[0]):
		if hidden != nil && hidden != matches[0] {
			r.moved++
		}
		return matches[0]
	case len(matches) > 0:
		r.cell("number").fail("有几项都可能是这一行：恢复编号列、平台列和检查项列", "the row may be about more than one thing: restore the columns of numbers, platforms and checks")
	case len(candidates) > 0:
		r.refuse(candidates[0])
	case hidden != nil:
		r.refuse(hidden)
	default:
		r.cell("id").fail("这一行收不回：它是加进来的，或这份工作簿的读者不能看到它的对象", "this row cannot be taken back: it was added, or the workbook is for readers who may not see what it is about")
	}
	return nil
}

// hidden is the subject whose number the hidden cell holds, nil for none.
func (r *rowReader) hidden() *place {
	if all := r.numbers[r.cell("id").value]; len(all) == 1 {
		return all[0]
	}
	return nil
}

// ours reports whether the row is one that was written, filled in or not: what was
// typed into a wrong column of it must not be lost.
func (r *rowReader) ours() bool {
	return len(r.numbers[r.cell("number").value]) > 0 || !r.shows("number") && r.hidden() != nil
}

// candidates are what the row may be about: by its number, and where it has none by
// check and item.
func (r *rowReader) candidates() (all []*place, ok bool) {
	if number := r.cell("number"); number.value != "" {
		if all = r.numbers[number.value]; len(all) == 0 {
			number.fail("编号 %s 不是这份工作簿的：恢复原来的编号", "the number %s is none of this workbook: restore what it was", document.Quote(number.value))
		}
		return all, len(all) > 0
	}
	s := Subject{Check: r.cell("check").value, Item: r.cell("item").value}
	if r.table.id == clausesTable {
		s = Subject{Clause: r.cell("clause").value}
	}
	if !r.shows(r.identity()...) {
		return nil, true
	}
	return r.named[s.names()], true
}

// edited is the first column that does not say what it said of a subject when the
// workbook was written, "" for none.
func (r *rowReader) edited(p *place) string {
	at := 0
	for _, c := range r.table.columns {
		if !c.declared() {
			continue
		}
		if r.shows(c.id) && (len(p.seal) < at+signs || p.seal[at:at+signs] != mark(canonical(r.cell(c.id).text), signs)) {
			return c.id
		}
		at += signs
	}
	return ""
}

// refuse says which cell keeps the row from being about a subject.
func (r *rowReader) refuse(p *place) {
	id := r.edited(p)
	c := r.cell(id)
	was, known := map[string]string{"clause": p.Clause, "check": p.Check, "item": p.Item}[id]
	if known && (r.table.id == checksTable) == (id != "clause") {
		c.fail("写的是 %s，这一行写出时是 %s：不能改动，也不能只排序一部分列", "it says %s, and the row was written as %s: it must not be changed, nor some of the columns be sorted without the others",
			document.Quote(c.value), document.Quote(was))
		return
	}
	c.fail("“%s”与写出时不一样：这一列不能改动，也不能只排序一部分列", "%s is not what was written: it must not be changed, nor some of the columns be sorted without the others", r.table.titled(id))
}
