package rulebook

import (
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/near"
)

// register checks the sources against each other.
type register struct {
	*loader
	doc *document.Document
}

func (r register) refuse(pos document.Pos, message lang.Text) { r.fail(r.doc.Path, pos, message) }

// node is where the i-th instrument stands.
func (r register) node(i int) *document.Value { return items(r.doc.Root, "sources")[i] }

// once rejects an instrument that stands under two ids.
func (r register) once() {
	type identity struct{ title, number, from string }
	first := map[identity]*Instrument{}
	for _, in := range r.book.Sources {
		key := identity{in.Title.ZH, in.Number.ZH, in.InForce.From.String()}
		if first[key] != nil {
			r.refuse(in.Pos, lang.Say("%s 与 %s 是同一份文件：名称、文号和施行日期都相同", "%s and %s are one instrument: title, number and first day are the same", in.ID, first[key].ID))
			continue
		}
		first[key] = in
	}
}

// successions checks that each successor exists and is not the instrument itself. An
// instrument superseded without a stated last day ends when its successor begins.
func (r register) successions() {
	for i, in := range r.book.Sources {
		if in.SupersededBy == "" {
			continue
		}
		at := r.node(i).Get("superseded_by").Start()
		next := r.book.Instrument(in.SupersededBy)
		switch {
		case next == nil:
			r.refuse(at, r.unknownInstrument(in.SupersededBy))
		case r.circular(in):
			r.refuse(at, lang.Say("%s 绕一圈又被自己取代", "%s is superseded by itself in the end", in.ID))
		case in.InForce.To == nil:
			in.end(next.InForce.From)
		}
	}
}

// end lets an instrument, and its articles, end on the day before another begins.
func (in *Instrument) end(next calendar.Date) {
	last := next.PreviousDay()
	in.InForce.To = &last
	for _, article := range in.Articles {
		if article.InForce.To == nil {
			article.InForce.To = &last
		}
	}
}

// circular follows the successors: a chain longer than there are instruments meets one
// again.
func (r register) circular(in *Instrument) bool {
	next := in
	for range r.book.Sources {
		if next = r.book.Instrument(next.SupersededBy); next == nil || next == in {
			break
		}
	}
	return next == in
}

func (r register) unknownInstrument(id string) lang.Text {
	var known []string
	for _, in := range r.book.Sources {
		known = append(known, in.ID)
	}
	if meant := near.Word(id, known); meant != "" {
		return lang.Say("没有文件 %[1]s：是不是 %[2]s？", "there is no instrument %[1]s: did you mean %[2]s?", document.Quote(id), document.Quote(meant))
	}
	return lang.Say("没有文件 %s：先写进来", "there is no instrument %s: write it here first", document.Quote(id))
}

// spans rejects what ends before it begins and an article that outlives its
// instrument.
func (r register) spans() {
	for i, in := range r.book.Sources {
		r.span(r.node(i).Get("in_force"), in.InForce)
		for j, article := range in.Articles {
			own := items(r.node(i), "articles")[j].Get("in_force")
			if own == nil {
				continue
			}
			r.span(own, article.InForce)
			if in.InForce.To != nil && article.InForce.To.After(*in.InForce.To) {
				r.refuse(own.Start(), lang.Say("条文有效到 %s，文件却只到 %s", "the article is in force until %s, but its instrument only until %s", article.InForce.To, in.InForce.To))
			}
		}
	}
}

func (r register) span(at *document.Value, s Span) {
	if s.ended(s.From) {
		r.refuse(at.Start(), lang.Say("止于 %s，早于起始的 %s", "ends on %s, before it begins on %s", s.To, s.From))
	}
}
