package rulebook

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/near"
)

// Instrument is a law, a document or a standard that demands rest on.
type Instrument struct {
	ID, Kind string
	Title    lang.Text
	// Cite is how findings name it, before the article.
	Cite           lang.Text
	Number, Issuer lang.Text
	InForce        Span
	// SupersededBy is the id of the instrument that took its place.
	SupersededBy string
	Note         lang.Text
	// Risks: its articles describe risks, which failing checks may be, and no
	// demands.
	Risks    bool
	Articles []*Article
	Pos      document.Pos
}

// Article is one article of an instrument, as far as checks need it.
type Article struct {
	// ID is the instrument's id, a slash and the article's own.
	ID         string
	Instrument *Instrument
	// Number is how it is cited, Duty what it demands in our own words, and Binds
	// whom; empty: everyone.
	Number, Duty, Binds lang.Text
	// Levels are the protection levels that it binds; none: all.
	Levels     []int
	InForce    Span
	Confidence string
	// Unchecked says why no check would show the risk; zero where one does, and for
	// demands.
	Unchecked lang.Text
	Pos       document.Pos
}

// Span is the time in force, first and last day included.
type Span struct {
	From calendar.Date
	To   *calendar.Date // nil: without an end
}

// ended reports whether the span was over on a day.
func (s Span) ended(day calendar.Date) bool { return s.To != nil && s.To.Before(day) }

func (s Span) same(o Span) bool {
	return s.From == o.From && (s.To == nil) == (o.To == nil) && (s.To == nil || *s.To == *o.To)
}

// Same reports whether two articles, of two rulebooks, say the same, and their
// instruments the same of them.
func (a *Article) Same(o *Article) bool {
	in, other := a.Instrument, o.Instrument
	return a.Number == o.Number && a.Duty == o.Duty && a.Binds == o.Binds && slices.Equal(a.Levels, o.Levels) && a.InForce.same(o.InForce) &&
		a.Confidence == o.Confidence && in.Kind == other.Kind && in.Title == other.Title && in.Cite == other.Cite && in.SupersededBy == other.SupersededBy
}

// bindsAt reports whether the article binds at a protection level.
func (a *Article) bindsAt(level int) bool {
	return len(a.Levels) == 0 || slices.Contains(a.Levels, level)
}

// Text is how findings cite the article.
func (a *Article) Text() lang.Text {
	return lang.Text{ZH: cited(a.Instrument.Cite.ZH, a.Number.ZH), EN: cited(a.Instrument.Cite.EN, a.Number.EN)}
}

// cited sets no space between two Chinese words.
func cited(name, number string) string {
	last, _ := utf8.DecodeLastRuneInString(name)
	first, _ := utf8.DecodeRuneInString(number)
	if wide(last) && wide(first) {
		return name + number
	}
	return name + " " + number
}

func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || strings.ContainsRune("（）《》〔〕", r)
}

// Article returns the article with that id, nil if there is none.
func (r *Rulebook) Article(id string) *Article { return r.articles[id] }

// Instrument returns the instrument with that id, nil if there is none.
func (r *Rulebook) Instrument(id string) *Instrument {
	for _, instrument := range r.Sources {
		if instrument.ID == id {
			return instrument
		}
	}
	return nil
}

// SourceIDs are the ids of all instruments and articles, in their order.
func (r *Rulebook) SourceIDs() []string {
	var ids []string
	for _, in := range r.Sources {
		ids = append(ids, in.ID)
		for _, article := range in.Articles {
			ids = append(ids, article.ID)
		}
	}
	return ids
}

// sources reads what demands rest on. A rulebook whose demands are all its own
// needs none.
func (l *loader) sources() {
	l.book.articles = map[string]*Article{}
	if !exists(l.tree, SourcesFile) {
		return
	}
	if l.recallSources() {
		return
	}
	doc := l.file(SourcesFile, "sources")
	if doc == nil {
		return
	}
	for _, v := range items(doc.Root, "sources") {
		l.source(l.instrument(v))
	}
	r := register{l, doc}
	r.once()
	r.successions()
	r.spans()
}

func (l *loader) instrument(v *document.Value) *Instrument {
	in := &Instrument{ID: str(v, "id"), Kind: str(v, "kind"), Title: named(v, "title"), Cite: named(v, "cite"), Number: named(v, "number"),
		Issuer: named(v, "issuer"), SupersededBy: str(v, "superseded_by"), Note: bilingual(v, "note"), InForce: span(v.Get("in_force")), Pos: v.Get("id").Start()}
	if risks := v.Get("risks"); risks != nil {
		in.Risks = risks.Bool
	}
	for _, of := range items(v, "articles") {
		a := &Article{ID: in.ID + "/" + str(of, "id"), Instrument: in, Number: named(of, "number"), Duty: bilingual(of, "duty"), Binds: bilingual(of, "binds"),
			InForce: in.InForce, Confidence: str(of, "confidence"), Unchecked: bilingual(of, "unchecked"), Pos: of.Get("id").Start()}
		if own := of.Get("in_force"); own != nil {
			if a.InForce = span(own); a.InForce.To == nil {
				a.InForce.To = in.InForce.To
			}
		}
		for _, level := range items(of, "levels") {
			a.Levels = append(a.Levels, int(level.Int()))
		}
		in.Articles = append(in.Articles, a)
	}
	return in
}

// source adds an instrument.
func (l *loader) source(in *Instrument) {
	l.book.Sources = append(l.book.Sources, in)
	for _, a := range in.Articles {
		l.book.articles[a.ID] = a
	}
}

// named reads a name: one text for its own in both languages, or each.
func named(v *document.Value, key string) lang.Text {
	if v = v.Get(key); v == nil {
		return lang.Text{}
	}
	return citation(v)
}

// span reads two days; the schema has checked that they are days.
func span(v *document.Value) Span {
	from, _ := calendar.ParseDate(str(v, "from"))
	s := Span{From: from}
	if to, err := calendar.ParseDate(str(v, "to")); err == nil {
		s.To = &to
	}
	return s
}

// basis reads what a demand rests on: articles of the sources, or a default of
// our own.
func (l *loader) basis(doc *document.Document, v *document.Value) Basis {
	source, kind := v.Get("source"), str(v, "kind")
	b := Basis{Kind: kind, Confidence: str(v, "confidence"), Note: bilingual(v, "note")}
	switch confidence := v.Get("confidence"); {
	case kind == "" && source.Kind == document.Map:
		l.fail(doc.Path, source.Start(), lang.Say("中英文的出处是自己的默认值，旁边写 kind: default；否则写条文，如 csl-2025/23.2",
			"a source in both languages is a default of ours: state kind: default beside it, or name an article such as csl-2025/23.2"))
	case kind == "" && confidence != nil:
		l.fail(doc.Path, confidence.Start(), lang.Say("可信度由条文而来，不写 confidence", "the confidence comes from the articles: leave out confidence"))
	case kind == "":
		l.rest(doc, &b, source)
	case source.Kind == document.List:
		l.fail(doc.Path, v.Get("kind").Start(), lang.Say("种类由条文而来，不写 kind", "the kind comes from the articles: leave out kind"))
	default:
		b.Source = citation(source)
	}
	if kind == "default" {
		b.Confidence = "unverified" // our own word confirms nothing
	}
	return b
}

// rest takes kind and confidence from the first article, which carries the
// demand; the others support it.
func (l *loader) rest(doc *document.Document, b *Basis, source *document.Value) {
	list := []*document.Value{source}
	if source.Kind == document.List {
		list = source.Items()
	}
	var cites []Cite
	for _, v := range list {
		article := l.book.articles[v.Text]
		if article == nil {
			l.fail(doc.Path, v.Start(), l.unknownArticle(v.Text))
			continue
		}
		if len(b.Articles) == 0 {
			b.carrier, b.Kind, b.Confidence = article, article.Instrument.Kind, article.Confidence
		}
		b.Articles = append(b.Articles, article.ID)
		cites = append(cites, Cite{article.Instrument.ID, article.Text(), article.Number})
	}
	b.Source = Cited(cites)
}

// Cite is how an article is cited: in full, and behind another one of its instrument.
type Cite struct {
	Instrument   string
	Full, Number lang.Text
}

// Cited is how several articles are cited as one source. Neighbours of one instrument name
// it once.
func Cited(all []Cite) lang.Text {
	zh, en := make([]string, len(all)), make([]string, len(all))
	for i, c := range all {
		text := c.Full
		if i > 0 && c.Instrument == all[i-1].Instrument {
			text = c.Number
		}
		zh[i], en[i] = text.ZH, text.EN
	}
	return lang.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, "; ")}
}

// unknownArticle says what was perhaps meant: another article of the instrument
// where there is one of that name, else any.
func (l *loader) unknownArticle(id string) lang.Text {
	name, _, _ := strings.Cut(id, "/")
	var all, own []string
	for _, in := range l.book.Sources {
		for _, article := range in.Articles {
			all = append(all, article.ID)
			if in.ID == name {
				own = append(own, article.ID)
			}
		}
	}
	if meant := near.Word(id, slices.Concat(own, all)); meant != "" {
		return lang.Say("%[1]s 里没有条文 %[2]s：是不是 %[3]s？", "there is no article %[2]s in %[1]s: did you mean %[3]s?", SourcesFile, document.Quote(id), document.Quote(meant))
	}
	return lang.Say("%[1]s 里没有条文 %[2]s：先写进去", "there is no article %[2]s in %[1]s: write it there first", SourcesFile, document.Quote(id))
}
