package rulebook

import (
	"slices"
	"strings"
	"unicode"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// The effects of a decision.
const (
	Replaced  = "replace"
	Confirmed = "confirm"
	Dropped   = "drop"
)

// Decision is what a city has decided about one demand of a check.
type Decision struct {
	Effect string // Replaced, Confirmed or Dropped
	// Limit is the limit that is decided about. Without one it is the check itself,
	// or its severity where that is replaced, which confirms the check.
	Limit string
	// By is the post that has decided, On the day, YYYY-MM-DD.
	By, On string
	Reason lang.Text
	// Basis is what the demand rests on from now on.
	Basis   Basis
	Overlay string
	// Path and Pos are where the decision is stated.
	Path string
	Pos  document.Pos

	// before and after are the demand in words, by level.
	before, after ByLevel[lang.Text]
}

// Demand is what the decision is about at a protection level, before and after
// it, in words.
func (d *Decision) Demand(level int) (before, after lang.Text) {
	return d.before.At(level), d.after.At(level)
}

// Step is what is demanded before and after a decision.
type Step struct{ Before, After lang.Text }

// Steps are what the decision makes of its subject, by level.
func (d *Decision) Steps() ByLevel[Step] {
	var out ByLevel[Step]
	for level := 0; level <= MaxLevel; level++ {
		if slices.Contains(d.before.Levels, level) || slices.Contains(d.after.Levels, level) {
			before, after := d.Demand(level)
			out.Levels, out.Values = append(out.Levels, level), append(out.Values, Step{before, after})
		}
	}
	return out
}

// Concerns reports whether the decision is about what is demanded at a level: a
// limit may be replaced at others only.
func (d *Decision) Concerns(level int) bool {
	return d.Effect != Replaced || d.before.At(level) != d.after.At(level)
}

// Subject is what the decision is about, for people.
func (d *Decision) Subject() lang.Text {
	switch {
	case d.Limit != "":
		return lang.Say("限值 %s", "limit %s", d.Limit)
	case d.Effect == Replaced:
		return lang.Say("严重程度", "severity")
	}
	return lang.Say("检查项", "check")
}

// Ours reports whether a demand rests on nothing but our own default or
// assessors' practice, so that a city may decide about it in either direction.
func (b Basis) Ours() bool { return b.Kind == "default" || b.Kind == "assessor" }

// Before is the check as it was before overlays changed it.
func (c *Check) Before() *Check {
	if c.base != nil {
		return c.base
	}
	return c
}

// Drop is the decision by which a city does not use the check, nil if there is
// none.
func (c *Check) Drop() *Decision {
	if i := slices.IndexFunc(c.Decisions, func(d *Decision) bool { return d.Effect == Dropped }); i >= 0 {
		return c.Decisions[i]
	}
	return nil
}

// Tightened reports whether overlays ask for more than the base at a level, on a
// ground that bears no veto. Then only what breaks the base's limits is one.
func (c *Check) Tightened(level int) bool {
	if c.base == nil {
		return false
	}
	if level == NoLevel {
		level = MaxLevel
	}
	was := c.base
	for i, rule := range c.Limits {
		if is := rule.At(level); rule.Looser(is, was.Limits[i].At(level)) < 0 && !is.Basis.Grounded() {
			return true
		}
	}
	return false
}

// revise replaces a check by a changed copy. Those who do not use the overlay
// keep the original.
func (l *loader) revise(check *Check, change func(*Check)) {
	revised := *check
	revised.base = check.Before()
	if l.from != nil && (check.since == nil || *check.since != *l.from) {
		revised.earlier, revised.since = check, l.from
	}
	change(&revised)
	revised.compiled.levels = new(levels)
	l.book.byID[check.ID] = &revised
	l.book.Checks[slices.Index(l.book.Checks, check)] = &revised
}

// decider applies one decision of an overlay.
type decider struct {
	*loader
	doc *document.Document
	v   *document.Value
	*Decision
	check *Check
}

func (l *loader) decide(doc *document.Document, v *document.Value, overlay string) {
	check := l.book.byID[str(v, "check")]
	if check == nil {
		l.noCheck(doc, v.Get("check"))
		return
	}
	d := &decider{l, doc, v, &Decision{Effect: str(v, "effect"), Limit: str(v, "limit"), By: str(v, "decided_by"), On: str(v, "on"), Reason: bilingual(v, "reason"),
		Overlay: overlay, Path: doc.Path, Pos: v.Get("check").Start()}, check}
	if d.wellFormed() && d.once() && d.founded() {
		d.apply()
	}
}

// founded reads what the decision rests on: a document of the city's own, which
// binds here, or an article of the sources.
func (d *decider) founded() bool {
	source := d.v.Get("source")
	if source.Kind == document.Map {
		d.Basis = Basis{Kind: "local", Source: citation(source), Confidence: "read"}
		return true
	}
	if source.Kind == document.String && d.book.articles[source.Text] == nil && strings.ContainsFunc(source.Text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return d.refuse("source", "%[2]s 里没有条文 %[1]s；若是本地的文件，写 {zh: %[1]s, en: …}", "there is no article %[1]s in %[2]s; if it is a document of the place, write {zh: %[1]s, en: …}", source.Text, SourcesFile)
	}
	d.rest(d.doc, &d.Basis, source)
	if d.Basis.Kind != "" && d.Basis.Ours() {
		return d.refuse("source", "评估惯例不是决定的依据：写本地的文件", "assessors' practice bears no decision: name a document of the place")
	}
	d.footed()
	return d.Basis.Kind != ""
}

// footed checks that the articles that a decision names bind at the levels that it
// decides about.
func (d *decider) footed() {
	from := 0
	for _, key := range []string{"levels", "severity"} {
		if stated := fields(d.v, key); len(stated) > 0 {
			from = byLevel(d.v.Get(key), func(*document.Value) bool { return true }).Levels[0]
		}
	}
	f := footing{d.loader, d.doc, d.check, firstDay(d.check.AsOf(), d.check.Effective, d.from)}
	for _, named := range articlesOf(d.v) {
		if article := d.book.articles[named.Text]; article != nil {
			f.inForce(named, article)
			f.binds(named, article, f.covered(from, MaxLevel+1))
		}
	}
}

func (d *decider) refuse(at string, zh, en string, args ...any) bool {
	d.fail(d.doc.Path, d.v.Get(at).Start(), lang.Say(zh, en, args...))
	return false
}

// wellFormed checks that a decision states what its effect needs, and nothing without
// effect.
func (d *decider) wellFormed() bool {
	states := func(key string) bool { return d.v.Get(key) != nil }
	switch {
	case d.Effect != Replaced && states("levels"):
		return d.refuse("levels", "只有 replace 写 levels", "only replace states levels")
	case d.Effect != Replaced && states("severity"):
		return d.refuse("severity", "只有 replace 写 severity", "only replace states a severity")
	case d.Effect == Dropped && states("limit"):
		return d.refuse("limit", "限值不能单独不采用：用 replace 改，或不写 limit、整条不采用", "a limit alone cannot be dropped: replace it, or drop the check without limit")
	case d.Effect == Replaced && states("severity") && (states("limit") || states("levels")):
		return d.refuse("severity", "一条决定只改一样：严重程度和限值分写两条", "one decision replaces one thing: state severity and limit in two")
	case d.Effect == Replaced && !states("severity") && !states("limit"):
		return d.refuse("effect", "replace 要写 severity，或 limit 和 levels", "replace states a severity, or a limit and its levels")
	case d.Effect == Replaced && states("limit") != states("levels"):
		return d.refuse("effect", "改限值要写 limit 和 levels", "to replace a limit, state limit and levels")
	case states("limit") && d.limit() < 0:
		d.fail(d.doc.Path, d.v.Get("limit").Start(), noLimit(d.check, d.Limit))
		return false
	}
	return true
}

// limit is the place of the limit among the check's, -1 for none.
func (d *decider) limit() int {
	return slices.IndexFunc(d.check.Limits, func(r LimitRule) bool { return r.Name == d.Limit })
}

// once refuses a second decision about the same thing, a limit or the check
// itself: nobody could say which one holds. What is dropped has nothing left to
// decide.
func (d *decider) once() bool {
	for _, other := range d.check.Decisions {
		if other.Limit == d.Limit || other.Effect == Dropped || d.Effect == Dropped {
			return d.refuse("check", "%s 已由 %s 第 %d 行决定（%s）：只留一条", "%s is decided already on line %[3]d of %[2]s (%[4]s): keep one of the two",
				d.check.ID, other.Path, other.Pos.Line, other.Subject())
		}
	}
	return true
}

func (d *decider) apply() {
	var change func(*Check)
	switch {
	case d.Effect == Dropped:
		change = d.drop()
	case d.Effect == Confirmed && d.Limit != "":
		change = d.confirmLimit()
	case d.Effect == Confirmed:
		change = d.confirm()
	case d.Limit != "":
		change = d.replaceLimit()
	default:
		change = d.replaceSeverity()
	}
	if change != nil {
		d.revise(d.check, func(c *Check) {
			c.Decisions = append(slices.Clip(c.Decisions), d.Decision)
			change(c)
		})
	}
}

// drop takes a check out of use, if nothing of it rests on more than our own defaults.
func (d *decider) drop() func(*Check) {
	bases := slices.Clone(d.check.Basis.Values)
	for _, rule := range d.check.Limits {
		for _, limit := range rule.Values {
			bases = append(bases, limit.Basis)
		}
	}
	if i := slices.IndexFunc(bases, func(b Basis) bool { return !b.Ours() }); i >= 0 {
		d.refuse("effect", "检查项 %s 依据“%s”，不能不采用", "check %s rests on %q and cannot be dropped", d.check.ID, bases[i].Source)
		return nil
	}
	d.before = spoken(d.check.Severity, finding.Severity.Text)
	d.after = ByLevel[lang.Text]{Levels: []int{0}, Values: []lang.Text{lang.Say("不采用", "dropped")}}
	return func(*Check) {}
}

// confirm makes the decision the basis of what rested on our own defaults.
func (d *decider) confirm() func(*Check) {
	if !slices.ContainsFunc(d.check.Basis.Values, Basis.Ours) {
		d.refuse("check", "检查项 %s 依据“%s”，不必确认", "check %s rests on %q: there is nothing to confirm", d.check.ID, d.check.Basis.Values[0].Source)
		return nil
	}
	d.before = spoken(d.check.Severity, finding.Severity.Text)
	d.after = d.before
	return func(c *Check) { c.Basis = d.rested(c.Basis) }
}

// rested replaces bases that are our own by the decision's.
func (d *decider) rested(bases ByLevel[Basis]) ByLevel[Basis] {
	bases.Values = slices.Clone(bases.Values)
	for i, b := range bases.Values {
		if b.Ours() {
			bases.Values[i] = d.Basis
		}
	}
	return bases
}

// confirmLimit does the same for a limit.
func (d *decider) confirmLimit() func(*Check) {
	rule := d.check.Limits[d.limit()]
	if !slices.ContainsFunc(rule.Values, func(l Limit) bool { return l.Basis.Ours() }) {
		d.refuse("limit", "限值 %s 依据“%s”，不必确认", "the limit %s rests on %q: there is nothing to confirm", d.Limit, rule.Values[0].Basis.Source)
		return nil
	}
	confirmed := ByLevel[Limit]{Levels: rule.Levels, Values: slices.Clone(rule.Values)}
	for i := range confirmed.Values {
		if l := &confirmed.Values[i]; l.Basis.Ours() {
			l.Basis, l.Overlay = d.Basis, d.Overlay
		}
	}
	d.before = spoken(rule.ByLevel, Limit.Text)
	d.after = d.before
	return func(c *Check) { d.put(c, confirmed) }
}

// put gives a check other values of the limit.
func (d *decider) put(c *Check, values ByLevel[Limit]) {
	c.Limits = slices.Clone(c.Limits)
	c.Limits[d.limit()].ByLevel = values
}

// replaceLimit gives a limit other values: in either direction where it is ours,
// else stricter ones only.
func (d *decider) replaceLimit() func(*Check) {
	rule := d.check.Limits[d.limit()]
	stated := byLevel(d.v.Get("levels"), func(v *document.Value) Limit {
		return Limit{Name: d.Limit, Value: v.Text, Basis: d.Basis, Overlay: d.Overlay, value: v}
	})
	for _, limit := range stated.Values {
		if kind := rule.Values[0]; limit.value.Kind != kind.value.Kind {
			d.fail(d.doc.Path, limit.value.Start(), lang.Say("限值 %s 应与 %s 同类", "the limit %s must be of the kind of %s", limit.Value, kind.Value))
			return nil
		}
	}
	values := overridden(rule.ByLevel, stated)
	if !d.may(rule, values) {
		return nil
	}
	d.before, d.after = spoken(rule.ByLevel, Limit.Text), spoken(values, Limit.Text)
	return func(c *Check) { d.put(c, values) }
}

// may reports whether a limit may have other values: looser ones only where it is
// ours, never looser ones at a higher level, and not the same.
func (d *decider) may(rule LimitRule, values ByLevel[Limit]) bool {
	changed := false
	for level := 1; level <= MaxLevel; level++ {
		was, is := rule.At(level), values.At(level)
		order := rule.Looser(is, was)
		changed = changed || order != 0
		switch {
		case order > 0 && !was.Basis.Ours():
			d.fail(d.doc.Path, is.value.Start(), lang.Say("等保 %d 级的限值 %s 依据“%s”，只能收紧，%s 更宽", "at level %d the limit %s rests on %q and can only be tightened: %s is looser",
				level, was.Value, was.Basis.Source, is.Value))
			return false
		case level > 1 && rule.Looser(is, values.At(level-1)) > 0:
			d.fail(d.doc.Path, d.v.Get("levels").Start(), looserAbove(d.Limit, level, is, values.At(level-1)))
			return false
		}
	}
	if !changed {
		return d.refuse("levels", "限值 %s 与原来相同：用 confirm 确认", "the limit %s is what it was: confirm it", d.Limit)
	}
	return true
}

// replaceSeverity gives a check other severities: lower ones only where it is
// ours.
func (d *decider) replaceSeverity() func(*Check) {
	stated := d.v.Get("severity")
	values := overridden(d.check.Severity, byLevel(stated, severity))
	changed := false
	for level := 1; level <= MaxLevel; level++ {
		was, is, b := d.check.Severity.At(level), values.At(level), d.check.Basis.At(level)
		changed = changed || is != was
		switch {
		case is < was && !b.Ours():
			d.refuse("severity", "等保 %d 级的检查项 %s 依据“%s”，不能由“%s”降为“%s”", "at level %d check %s rests on %q and cannot fall from %s to %s", level, d.check.ID, b.Source, was.Text(), is.Text())
			return nil
		case is == finding.Blocker && !b.Grounded():
			d.refuse("severity", "依据 %s/%s 撑不起一票否决：须为法律、规范性文件或标准，且已读或有转述",
				"a basis of %s/%s bears no blocker: want law, normative or standard, read or secondary", b.Kind, b.Confidence)
			return nil
		case is == finding.Advisory && d.check.Weight > 0:
			d.refuse("severity", "检查项 %s 有权重，不能只作提示", "check %s has a weight and cannot be advisory", d.check.ID)
			return nil
		}
	}
	if !changed {
		d.refuse("severity", "严重程度与原来相同：用 confirm 确认", "the severity is what it was: confirm it")
		return nil
	}
	d.before, d.after = spoken(d.check.Severity, finding.Severity.Text), spoken(values, finding.Severity.Text)
	return func(c *Check) { c.Severity, c.Basis = values, d.rested(c.Basis) }
}

// overridden are values by level with others in the place of those at the same
// level.
func overridden[T any](values, by ByLevel[T]) ByLevel[T] {
	var out ByLevel[T]
	for level := 0; level <= MaxLevel; level++ {
		for _, side := range []ByLevel[T]{by, values} {
			if slices.Contains(side.Levels, level) {
				out.Levels, out.Values = append(out.Levels, level), append(out.Values, side.At(level))
				break
			}
		}
	}
	return out
}

// spoken are values by level in words.
func spoken[T any](b ByLevel[T], say func(T) lang.Text) ByLevel[lang.Text] {
	out := ByLevel[lang.Text]{Levels: b.Levels, Values: make([]lang.Text, len(b.Values))}
	for i, v := range b.Values {
		out.Values[i] = say(v)
	}
	return out
}
