package handbook

import (
	"cmp"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/reference"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/term"
)

// maxHits is how many places a search lists.
const maxHits = 15

// entry is something that a reader may look for.
type entry struct {
	kind         lang.Text
	id           string
	title, about lang.Text
}

// entries is all that explain knows, what people look for first before the rest.
func entries(book *rulebook.Rulebook) []entry {
	var out []entry
	topic, field := lang.Say("专题", "topic"), lang.Say("字段", "field")
	for _, s := range book.Schemas.Topics() {
		out = append(out, entry{topic, s.Name, s.Root.Title, s.Root.About})
	}
	for _, s := range book.Schemas.Topics() {
		eachField(s.Root, func(f schema.Field) { out = append(out, entry{field, f.Type.Name, f.Type.Title, f.Type.About}) })
	}
	for _, c := range book.Checks {
		out = append(out, entry{lang.Say("检查项", "check"), c.ID, c.Title, c.Rationale})
	}
	for i := range book.Regulation.Clauses {
		c := &book.Regulation.Clauses[i]
		out = append(out, entry{lang.Say("条款", "clause"), c.ID, c.Title, c.Summary})
	}
	for _, f := range term.Families() {
		for _, k := range f.Kinds {
			out = append(out, entry{lang.Say("问题", "finding"), f.ID + "." + k.ID, k.Title, f.About})
		}
	}
	for _, s := range reference.Sections() {
		for _, e := range s.Entries {
			out = append(out, entry{lang.Say("检查语言", "language"), e.Name, lang.Same(e.Form), e.About})
		}
	}
	return out
}

// search are the entries that hold every word, those first that are it.
func search(book *rulebook.Rulebook, words string) []entry {
	wanted := strings.Fields(strings.ToLower(words))
	type hit struct {
		entry
		rank int
	}
	var hits []hit
	for _, e := range entries(book) {
		rank := 0
		for _, word := range wanted {
			if rank = max(rank, e.rank(word)); rank == nowhere {
				break
			}
		}
		if rank < nowhere && len(wanted) > 0 {
			hits = append(hits, hit{e, rank})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(a.rank, b.rank) })
	var out []entry
	for _, h := range hits {
		out = append(out, h.entry)
	}
	return out
}

// nowhere is the rank of an entry that does not hold a word.
const nowhere = 6

// rank says how well an entry answers a word, 0 best.
func (e entry) rank(word string) int {
	zh, en, id := strings.ToLower(e.title.ZH), strings.ToLower(e.title.EN), strings.ToLower(e.id)
	last := id[strings.LastIndexAny(id, ".")+1:]
	switch {
	case id == word:
		return 0
	case last == word || zh == word || en == word:
		return 1
	case near.Holds(id, word) || strings.HasPrefix(zh, word) || strings.HasPrefix(en, word):
		return 2
	case len(word) > 2 && (strings.Contains(id, word) || strings.Contains(en, word)) || strings.Contains(zh, word):
		return 3
	case len(word) > 2 && (strings.Contains(strings.ToLower(e.about.EN), word) || strings.Contains(strings.ToLower(e.about.ZH), word)):
		return 4
	}
	return nowhere
}

// found lists what a search has found.
func (p *page) found(words string, hits []entry) {
	p.Paragraph(p.Say("与 %s 有关的", "About %s", document.Quote(words)))
	p.Line()
	var rows [][]string
	for _, e := range hits[:min(len(hits), maxHits)] {
		rows = append(rows, []string{p.in(e.kind), e.id, p.in(e.title)})
	}
	p.Indented(rows)
	p.Line()
	if len(hits) > maxHits {
		p.Line(p.Say("共 %d 处，这里列出最相近的 %d 处：再加一个词可以缩小范围", "%d in all, of which these are the nearest %d: one word more narrows it down", len(hits), maxHits))
	}
	p.Line(p.Say("详见 hegui explain %s", "more: hegui explain %s", hits[0].id))
}
