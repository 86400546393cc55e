package rulebook

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/source"
)

// Overlays lists the overlays of a rulebook, whether in force or not.
func Overlays(tree source.Tree) []string {
	entries, err := tree.List(OverlaysDir)
	if err != nil {
		return nil // overlays are optional
	}
	var names []string
	for _, entry := range entries {
		if name, ok := strings.CutSuffix(entry.Name, ".yaml"); ok && entry.Kind == source.File {
			names = append(names, name)
		}
	}
	return names
}

func overlayFile(name string) string { return path.Join(OverlaysDir, name+".yaml") }

// overlays applies the overlays in force. An overlay is local law: it may
// demand more than the base, and less only by a decision about what rests on
// nothing but us. What one adds another may decide about, and what one decides
// another may tighten.
func (l *loader) overlays(extra []string) {
	names := slices.Concat(l.book.Policy.Overlays, extra)
	slices.Sort(names)
	l.book.Overlays = slices.Compact(names)
	docs := map[string]*document.Document{}
	for _, name := range l.book.Overlays {
		docs[name] = l.overlay(name)
	}
	var dated []amendment
	for _, part := range []struct {
		key   string
		apply func(doc *document.Document, v *document.Value, overlay string)
	}{{"checks", l.addCheck}, {"decisions", l.decide}, {"limits", l.tighten}} {
		for _, name := range l.book.Overlays {
			if doc := docs[name]; doc != nil {
				for _, v := range items(doc.Root, part.key) {
					from := l.notBeforeTaken(v, cmp.Or(effective(v), effective(doc.Root)))
					if from == nil || part.key == "checks" {
						part.apply(doc, v, name)
						continue
					}
					dated = append(dated, amendment{*from, func() { part.apply(doc, v, name) }})
				}
			}
		}
	}
	topics := l.book.Schemas.Topics()
	place := map[string]int{}
	for i, topic := range topics {
		place[topic.Name] = i
	}
	slices.SortStableFunc(l.book.Checks, func(a, b *Check) int { return place[a.Topic] - place[b.Topic] })
	l.amend(append(l.coming(), dated...))
}

// coming are the tightenings that the checks themselves announce.
func (l *loader) coming() (all []amendment) {
	for _, check := range l.book.Checks {
		for _, t := range check.Coming {
			all = append(all, amendment{t.From, func() { l.tightenTo(check.Path, check.ID, t, "") }})
		}
	}
	return all
}

// overlay reads the file of an overlay, nil after a defect.
func (l *loader) overlay(name string) *document.Document {
	if !slices.Contains(Overlays(l.tree), name) {
		at, pos := OverlaysDir, document.Pos{} // named on the command line
		for _, v := range items(l.docs[PolicyFile].Root, "overlays") {
			if v.Text == name {
				at, pos = PolicyFile, v.Start()
			}
		}
		there := lang.Say("先写 %s", "write %s first", overlayFile(name))
		if all := Overlays(l.tree); len(all) > 0 {
			there = lang.Say("现有：%s", "there are: %s", strings.Join(all, ", "))
			if meant := near.Word(name, all); meant != "" {
				there = lang.Say("是不是 %s？", "did you mean %s?", meant)
			}
		}
		l.fail(at, pos, lang.Say("没有叠加 %s；%s", "there is no overlay %s; %s", document.Quote(name), there))
		return nil
	}
	return l.file(overlayFile(name), "overlay")
}

func (l *loader) addCheck(doc *document.Document, v *document.Value, overlay string) {
	topic, _, _ := strings.Cut(str(v, "id"), ".")
	if l.unread(topic) {
		return
	}
	s := l.book.Schemas.Find(topic)
	if s == nil || !s.Topic || l.parts[checksFile(topic)] == nil || l.parts[checksFile(topic)].asOf == nil {
		l.fail(doc.Path, v.Get("id").Start(), lang.Say("没有专题 %q", "there is no topic %q", topic))
		return
	}
	c := &compiler{loader: l, doc: doc, node: v, told: map[lang.Text]bool{}}
	check := c.compile(s, l.parts[checksFile(topic)].asOf)
	check.Overlay = overlay
	if check.Effective == nil {
		check.Effective = effective(doc.Root)
	}
	l.add(check)
}

// unread reports whether the checks of a topic are unknown because their file could not
// be read, which has been reported.
func (l *loader) unread(topic string) bool {
	p := l.parts[checksFile(topic)]
	return p != nil && p.asOf == nil && len(p.defects) > 0
}

// tighten replaces one limit of a copy of a check. Those who do not use the
// overlay keep the original.
func (l *loader) tighten(doc *document.Document, v *document.Value, overlay string) {
	check := l.book.byID[str(v, "check")]
	if check == nil {
		l.noCheck(doc, v.Get("check"))
		return
	}
	if drop := check.Drop(); drop != nil {
		l.fail(doc.Path, v.Get("check").Start(), lang.Say("检查项 %s 已由 %s 第 %d 行定为不采用，不能再收紧", "check %s is dropped on line %[3]d of %[2]s: nothing of it can be tightened", check.ID, drop.Path, drop.Pos.Line))
		return
	}
	name := str(v, "limit")
	l.levels(doc.Path, v.Get("levels"))
	t := Tightening{Limit: name, at: v.Get("limit").Start(), Levels: byLevel(v.Get("levels"), func(v *document.Value) Limit {
		return Limit{Name: name, Value: str(v, "value"), Basis: l.basis(doc, v.Get("basis")), Overlay: overlay, value: v.Get("value")}
	})}
	footing{l, doc, check, firstDay(check.AsOf(), check.Effective, l.from)}.stated(v.Get("levels"), basisOf)
	l.tightenTo(doc.Path, check.ID, t, overlay)
}

// tightenTo gives a check a stricter limit; overlay is empty for what the check itself
// announces.
func (l *loader) tightenTo(at, id string, t Tightening, overlay string) {
	check := l.book.byID[id]
	i := slices.IndexFunc(check.Limits, func(r LimitRule) bool { return r.Name == t.Limit })
	if i < 0 {
		l.fail(at, t.at, noLimit(check, t.Limit))
		return
	}
	if !l.tightens(at, check.Before().Limits[i], t.Levels) {
		return
	}
	merged, changed := stricter(check.Limits[i], t.Levels)
	if !changed {
		return // what stands is stricter already
	}
	l.revise(check, func(c *Check) {
		if overlay != "" {
			c.Overlay = overlay
		}
		c.Limits = slices.Clone(c.Limits)
		c.Limits[i].ByLevel = merged
	})
}

// noLimit says which limits a check has that lacks the one that is named.
func noLimit(check *Check, name string) lang.Text {
	var names []string
	for _, rule := range check.Limits {
		names = append(names, rule.Name)
	}
	if len(names) == 0 {
		return lang.Say("检查项 %s 没有限值 %s：它不设限值", "check %s has no limit %s: it has none at all", check.ID, document.Quote(name))
	}
	return lang.Say("检查项 %s 没有限值 %s：有 %[3]s", "check %s has no limit %s: it has %[4]s", check.ID, document.Quote(name), strings.Join(names, "、"), strings.Join(names, ", "))
}

// tightens rejects a value that is looser than the base's or than at the level below,
// and an overlay that changes nothing. It compares with the base alone, so that no
// overlay makes another one wrong.
func (l *loader) tightens(at string, base LimitRule, stated ByLevel[Limit]) bool {
	tighter, ok := false, true
	for i, limit := range stated.Values {
		old := base.At(stated.Levels[i])
		switch order := base.Looser(limit, old); {
		case limit.value.Kind != old.value.Kind:
			l.fail(at, limit.value.Start(), lang.Say("限值 %s 应与 %s 同类", "the limit %s must be of the kind of %s", limit.Value, old.Value))
			ok = false
		case order > 0:
			said := lang.Say("叠加只能收紧：%s 比原来的 %s 宽", "an overlay may only tighten: %s is looser than %s", limit.Value, old.Value)
			switch {
			case limit.Overlay == "":
				said = lang.Say("预告的限值只能收紧：%s 比原来的 %s 宽", "an announced limit may only tighten: %s is looser than %s", limit.Value, old.Value)
			case old.Basis.Ours():
				said = lang.Say("%s；它只有默认值或评估惯例可依，要放宽写在 decisions 里，effect: replace", "%s; it rests on nothing but a default or practice: loosen it under decisions, as effect: replace", said)
			}
			l.fail(at, limit.value.Start(), said)
			ok = false
		case i > 0 && base.Looser(limit, stated.Values[i-1]) > 0:
			l.fail(at, limit.value.Start(), looserAbove(base.Name, stated.Levels[i], limit, stated.Values[i-1]))
			ok = false
		case order < 0:
			tighter = true
		}
	}
	if ok && !tighter {
		l.fail(at, stated.Values[0].value.Start(), lang.Say("限值 %s 与原来相同，没有收紧", "the limit %s is what it was: nothing is tightened", stated.Values[0].Value))
	}
	return ok && tighter
}

// looserAbove says that a limit asks for less at a level than below it.
func looserAbove(name string, level int, limit, below Limit) lang.Text {
	return lang.Say("%s：等保 %d 级的 %s 比低一级的 %s 还宽", "%s: %[3]s at level %[2]d is looser than %[4]s below it", name, level, limit.Value, below.Value)
}

// stricter takes the stricter of both limits at every level and reports whether
// that changes the limit.
func stricter(rule LimitRule, stated ByLevel[Limit]) (merged ByLevel[Limit], changed bool) {
	levels := map[int]bool{}
	for _, level := range slices.Concat(rule.Levels, stated.Levels) {
		levels[level] = true
	}
	for _, level := range slices.Sorted(maps.Keys(levels)) {
		strict := rule.At(level)
		if own := stated.At(level); rule.Looser(own, strict) < 0 {
			strict, changed = own, true
		}
		merged.Levels, merged.Values = append(merged.Levels, level), append(merged.Values, strict)
	}
	return merged, changed
}

// Looser is positive where a asks for less than b, negative where for more.
func (r LimitRule) Looser(a, b Limit) int {
	if strings.HasPrefix(r.Name, "min_") {
		return compareLimits(b, a)
	}
	return compareLimits(a, b)
}
