package rulebook

import (
	"sync"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/pack"
	"hegui/internal/schema"
)

// packChecks writes the checks of one file without their examples, which
// judging a platform does not need.
func packChecks(w *pack.Writer, p *part) {
	w.Text(p.asOf().String())
	packAll(w, p.checks, packCheck)
}

func packCheck(w *pack.Writer, c *Check) {
	for _, text := range []string{c.ID, c.Effort, c.Level, c.Supersedes, c.When, c.Assert, c.At, c.Grace.Since, c.Grace.Limit, c.Grace.Records} {
		w.Text(text)
	}
	for _, text := range []lang.Text{c.Title, c.Rationale, c.Remedy, c.Message} {
		packText(w, text)
	}
	w.Int(c.Weight)
	w.Bool(c.Waivable)
	w.Bool(c.Essential)
	packPos(w, c.Pos)
	packAll(w, c.Clauses, (*pack.Writer).Text)
	packAll(w, c.Risks, func(w *pack.Writer, a *Article) { w.Text(a.ID) })
	packLevels(w, c.Severity, func(w *pack.Writer, s finding.Severity) { w.Int(int64(s)) })
	packLevels(w, c.Basis, packBasis)
	packAll(w, c.Limits, func(w *pack.Writer, rule LimitRule) {
		w.Text(rule.Name)
		packLevels(w, rule.ByLevel, packLimit)
	})
	packDay(w, c.Effective)
	packAll(w, c.Coming, func(w *pack.Writer, t Tightening) {
		w.Text(t.Limit)
		w.Text(t.From.String())
		packLevels(w, t.Levels, packLimit)
	})
	packAll(w, c.Each, func(w *pack.Writer, r Range) {
		for _, text := range []string{r.Name, r.List, r.Dated, r.Within, r.Settled} {
			w.Text(text)
		}
	})
}

func packDay(w *pack.Writer, day *calendar.Date) {
	text := ""
	if day != nil {
		text = day.String()
	}
	w.Text(text)
}

func packAll[T any](w *pack.Writer, list []T, one func(*pack.Writer, T)) {
	w.Int(int64(len(list)))
	for _, v := range list {
		one(w, v)
	}
}

func packLevels[T any](w *pack.Writer, b ByLevel[T], one func(*pack.Writer, T)) {
	packAll(w, b.Levels, func(w *pack.Writer, level int) { w.Int(int64(level)) })
	packAll(w, b.Values, one)
}

func packText(w *pack.Writer, t lang.Text) {
	w.Text(t.ZH)
	w.Text(t.EN)
}

func packBasis(w *pack.Writer, b Basis) {
	w.Text(b.Kind)
	packText(w, b.Source)
	w.Text(b.Confidence)
	packText(w, b.Note)
	packAll(w, b.Articles, (*pack.Writer).Text)
}

func packLimit(w *pack.Writer, l Limit) {
	w.Text(l.Value)
	packBasis(w, l.Basis)
	w.Int(int64(l.value.Kind))
	w.Int(l.value.Int())
	w.Float(l.value.Float())
}

// recaller reads what packChecks has written.
type recaller struct {
	pack.Reader
	*loader
	topic *schema.Schema
	path  string
}

func unpackChecks(r *recaller) *part {
	p := &part{}
	// Only testing and explaining need examples.
	inFull := sync.OnceValue(func() map[string]*Check {
		own := &loader{tree: r.tree, known: r.known, book: r.book}
		byID := map[string]*Check{}
		for _, check := range own.compileFile(r.topic, r.path).checks {
			byID[check.ID] = check
		}
		return byID
	})
	day, _ := calendar.ParseDate(r.Text()) // written by packChecks
	p.asOf = func() calendar.Date { return day }
	for range r.Int() {
		check := r.check()
		check.asOf = p.asOf
		check.examples = func() []Example { return inFull()[check.ID].Examples() }
		p.checks = append(p.checks, check)
	}
	return p
}

func (r *recaller) check() *Check {
	c := &Check{Topic: r.topic.Name, Path: r.path, ID: r.Text(), Effort: r.Text(), Level: r.Text(), Supersedes: r.Text(), When: r.Text(), Assert: r.Text(), At: r.Text(),
		Grace: Grace{r.Text(), r.Text(), r.Text()},
		Title: r.text(), Rationale: r.text(), Remedy: r.text(), Message: r.text(), Weight: r.Int(), Waivable: r.Bool(), Essential: r.Bool(),
		Pos: r.pos()}
	c.Clauses = unpackAll(r, r.Text)
	c.Risks = unpackAll(r, func() *Article { return r.book.articles[r.Text()] })
	c.Severity = unpackLevels(r, func() finding.Severity { return finding.Severity(r.Int()) })
	c.Basis = unpackLevels(r, r.basis)
	c.Limits = unpackAll(r, func() LimitRule {
		name := r.Text()
		return LimitRule{name, unpackLevels(r, func() Limit { return r.limit(name) })}
	})
	c.Effective = r.day()
	c.Coming = unpackAll(r, func() Tightening {
		name := r.Text()
		return Tightening{Limit: name, From: *r.day(), Levels: unpackLevels(r, func() Limit { return r.limit(name) })}
	})
	c.Each = unpackAll(r, func() Range { return Range{r.Text(), r.Text(), r.Text(), r.Text(), r.Text()} })
	c.compiled.limits = limitTypes(c)
	r.expressions(c)
	c.compiled.levels = new(levels)
	return c
}

// day reads what packDay has written.
func (r *recaller) day() *calendar.Date {
	text := r.Text()
	if text == "" {
		return nil
	}
	day, _ := calendar.ParseDate(text) // written by packDay
	return &day
}

func unpackAll[T any](r *recaller, one func() T) []T {
	n := r.Int()
	if n == 0 {
		return nil
	}
	list := make([]T, n)
	for i := range list {
		list[i] = one()
	}
	return list
}

func unpackLevels[T any](r *recaller, one func() T) ByLevel[T] {
	return ByLevel[T]{unpackAll(r, func() int { return int(r.Int()) }), unpackAll(r, one)}
}

func (r *recaller) text() lang.Text { return lang.Text{ZH: r.Text(), EN: r.Text()} }

func (r *recaller) basis() Basis {
	b := Basis{Kind: r.Text(), Source: r.text(), Confidence: r.Text(), Note: r.text(), Articles: unpackAll(r, r.Text)}
	if len(b.Articles) > 0 {
		b.carrier = r.book.articles[b.Articles[0]]
	}
	return b
}

func (r *recaller) limit(name string) Limit {
	l := Limit{Name: name, Value: r.Text(), Basis: r.basis()}
	switch kind, whole, number := document.Kind(r.Int()), r.Int(), r.Float(); kind {
	case document.Int:
		l.value = document.NewInt(whole)
	case document.Float:
		l.value = document.NewFloat(number, l.Value)
	default:
		l.value = &document.Value{Kind: kind}
	}
	l.value.Text = l.Value
	return l
}

// expressions compiles the check's expressions as a file's are. Checks with
// problems are never packed.
func (r *recaller) expressions(c *Check) {
	scope := r.book.Env.Scope()
	if c.When != "" {
		c.compiled.when, _ = scope.Compile(c.When, expression.Switch)
	}
	if c.Level != "" {
		c.compiled.level, _ = scope.Path(c.levelPath()) // it has been looked at with the header
	}
	if c.compiled.limits != nil {
		scope = scope.With("limits", c.compiled.limits)
	}
	for _, step := range c.Each {
		ready, inner, _ := r.book.ready(scope, step)
		c.compiled.each = append(c.compiled.each, ready)
		scope = inner
	}
	c.compiled.assert, _ = scope.Compile(c.Assert, expression.Condition)
	if c.At != "" {
		c.compiled.at, _ = scope.Path(c.At)
	}
	c.compiled.message = sync.OnceValue(func() [2]*expression.Template {
		zh, _ := scope.Template(c.Message.ZH)
		en, _ := scope.Template(c.Message.EN)
		return [2]*expression.Template{zh, en}
	})
}

func packInstrument(w *pack.Writer, in *Instrument) {
	for _, text := range []string{in.ID, in.Kind, in.SupersededBy} {
		w.Text(text)
	}
	for _, text := range []lang.Text{in.Title, in.Cite, in.Number, in.Issuer, in.Note} {
		packText(w, text)
	}
	w.Bool(in.Risks)
	packSpan(w, in.InForce)
	packPos(w, in.Pos)
	packAll(w, in.Articles, func(w *pack.Writer, a *Article) {
		w.Text(a.ID)
		w.Text(a.Confidence)
		for _, text := range []lang.Text{a.Number, a.Duty, a.Binds, a.Unchecked} {
			packText(w, text)
		}
		packAll(w, a.Levels, func(w *pack.Writer, level int) { w.Int(int64(level)) })
		packSpan(w, a.InForce)
		packPos(w, a.Pos)
	})
}

func (r *recaller) instrument() *Instrument {
	in := &Instrument{ID: r.Text(), Kind: r.Text(), SupersededBy: r.Text(), Title: r.text(), Cite: r.text(), Number: r.text(), Issuer: r.text(), Note: r.text(),
		Risks: r.Bool(), InForce: r.span(), Pos: r.pos()}
	in.Articles = unpackAll(r, func() *Article {
		return &Article{Instrument: in, ID: r.Text(), Confidence: r.Text(), Number: r.text(), Duty: r.text(), Binds: r.text(), Unchecked: r.text(),
			Levels: unpackAll(r, func() int { return int(r.Int()) }), InForce: r.span(), Pos: r.pos()}
	})
	return in
}

func packPos(w *pack.Writer, p document.Pos) {
	w.Int(int64(p.Line))
	w.Int(int64(p.Column))
}

func (r *recaller) pos() document.Pos { return document.Pos{Line: int(r.Int()), Column: int(r.Int())} }

func packSpan(w *pack.Writer, s Span) {
	packDay(w, &s.From)
	packDay(w, s.To)
}

func (r *recaller) span() Span {
	from, to := r.day(), r.day()
	if from == nil { // no day at all
		return Span{To: to}
	}
	return Span{From: *from, To: to}
}
