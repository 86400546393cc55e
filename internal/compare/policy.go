package compare

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// Loosened lists what one rulebook asks for and another no longer does, in the
// order of checks and policy; root is the folder that the rulebooks lie in. What
// cannot be compared, such as a rewritten condition, counts as loosened: only a
// reader can tell. What is announced is compared as of its day.
func Loosened(before, after *rulebook.Rulebook, root string) []ScopeChange {
	all := lessAsked(before, after, root)
	for _, day := range days(before, after) {
		for _, c := range lessAsked(before.On(day), after.On(day), root) {
			if !slices.ContainsFunc(all, c.Same) {
				all = append(all, c)
			}
		}
	}
	return all
}

// Tightened lists what one rulebook asks for and another did not, as Loosened has it the
// other way round: what only a reader can weigh is listed there.
func Tightened(before, after *rulebook.Rulebook, root string) []ScopeChange {
	loosened := Loosened(before, after, root)
	back := Loosened(after, before, root)
	for i := range back {
		c := &back[i]
		c.Message, c.Remedy = c.reversed, lang.Text{}
		switch check := after.Check(c.Subject); {
		case check != nil:
			if c.Location = placeOfCheck(check); before.Check(before.Current(check.ID)) == nil {
				c.Message = lang.Open(lang.Say("新的检查项 %s（%s），%s", "new check %s (%s), %s", check.ID, check.Title, severities(check)))
			}
		case c.Location.Path == path.Join(root, rulebook.PolicyFile):
			c.Location = after.PolicyAt(c.Subject)
		default:
			continue // where it was stands for where it is
		}
		c.Location.Path = path.Join(root, c.Location.Path)
	}
	return slices.DeleteFunc(back, func(c ScopeChange) bool { return slices.ContainsFunc(loosened, c.Same) })
}

// days are those on which limits and decisions of two rulebooks come into force.
func days(before, after *rulebook.Rulebook) []calendar.Date {
	all := slices.Concat(before.Turns(), after.Turns())
	slices.SortFunc(all, calendar.Date.Compare)
	return slices.Compact(all)
}

func lessAsked(before, after *rulebook.Rulebook, root string) []ScopeChange {
	l := &loosening{before: before, after: after, root: root}
	for _, check := range before.Checks {
		l.check(check)
	}
	l.policy()
	l.schemas()
	return l.found
}

// Dropped says that an overlay of a rulebook is gone.
func Dropped(before *rulebook.Rulebook, overlay, root string) ScopeChange {
	l := &loosening{before: before, root: root}
	l.add(finding.WholeFile(path.Join(rulebook.OverlaysDir, overlay+".yaml")), "overlays."+overlay, lang.Say("叠加 %s", "overlay %s", overlay), lang.Say("可以启用", "can be switched on"), lang.Say("没有了", "gone"))
	return l.found[0]
}

// Same reports whether another scope change says the same.
func (c *ScopeChange) Same(other ScopeChange) bool {
	return c.Kind == other.Kind && c.Subject == other.Subject && c.Message == other.Message
}

// policyLoosened is the kind of these scope changes.
const policyLoosened = "policy"

type loosening struct {
	before, after *rulebook.Rulebook
	root          string
	found         []ScopeChange
}

// add notes that what a subject asks for has become less.
func (l *loosening) add(at finding.Location, subject string, what, before, after lang.Text) {
	at.Path = path.Join(l.root, at.Path)
	l.found = append(l.found, ScopeChange{Kind: policyLoosened, Subject: subject, Redacted: subject, Location: at,
		Message: lang.Open(lang.Say("%s：%s → %s", "%s: %s → %s", what, before, after)), reversed: lang.Open(lang.Say("%s：%s → %s", "%s: %s → %s", what, after, before)),
		Remedy: lang.Say("恢复原来的要求，或由监管岗位在主干政策里写 gate.rulebook: show", "restore what was asked for, or have the supervising post state gate.rulebook: show in base's policy")})
}

func placeOfCheck(c *rulebook.Check) finding.Location {
	return finding.Location{Path: c.Path, Line: c.Pos.Line, Column: c.Pos.Column, EndLine: c.Pos.Line, EndColumn: c.Pos.Column}
}

// check compares a check with what it is now. A retired one is its successor.
func (l *loosening) check(was *rulebook.Check) {
	named := lang.Say("检查项 %s（%s）", "check %s (%s)", was.ID, was.Title)
	is := l.after.Check(l.after.Current(was.ID))
	if is == nil {
		if was.Drop() == nil {
			l.add(finding.WholeFile(was.Path), was.ID, named, severities(was), lang.Say("没有了", "gone"))
		}
		return
	}
	at := placeOfCheck(is)
	if drop := is.Drop(); drop != nil && was.Drop() == nil {
		l.add(at, was.ID, named, severities(was), lang.Say("不采用（%s，%s）", "dropped (%s, %s)", drop.By, drop.On))
		return
	}
	l.levels(at, was.ID, lang.Say("%s的严重程度", "severity of %s", named), func(level int) (before, after lang.Text, looser bool) {
		old, now := was.Severity.At(level), is.Severity.At(level)
		return old.Text(), now.Text(), now < old
	})
	l.conditions(at, named, was, is)
	if is.Effective != nil && (was.Effective == nil || was.Effective.Before(*is.Effective)) {
		l.add(at, was.ID, lang.Say("%s的施行日期", "day of %s", named), effective(was), effective(is))
	}
	if is.Waivable && !was.Waivable {
		l.add(at, was.ID, named, lang.Say("不可豁免", "not waivable"), lang.Say("可以豁免", "can be waived"))
	}
	l.standing(at, named, was, is)
	for _, rule := range was.Limits {
		i := slices.IndexFunc(is.Limits, func(r rulebook.LimitRule) bool { return r.Name == rule.Name })
		if i < 0 {
			continue // the condition that read it is rewritten
		}
		l.levels(at, was.ID, lang.Say("%s的限值 %s", "limit %[2]s of %[1]s", named, rule.Name), func(level int) (before, after lang.Text, looser bool) {
			old, now := rule.At(level), is.Limits[i].At(level)
			return old.Text(), now.Text(), rule.Looser(now, old) > 0
		})
	}
}

// standing is what a check counts for: whom it judges, in which clause, how much, and
// on what it rests.
func (l *loosening) standing(at finding.Location, named lang.Text, was, is *rulebook.Check) {
	if before, after := was.WhyEssential(), is.WhyEssential(); after.IsZero() && !before.IsZero() {
		l.add(at, was.ID, lang.Say("%s是否属于必需档", "%s in the essential profile", named), before, lang.Say("不属于", "not in it"))
	}
	for _, clause := range was.Clauses {
		if !slices.Contains(is.Clauses, clause) {
			l.add(at, was.ID, lang.Say("%s所属的条", "clause of %s", named), lang.Same(clause), lang.Same(is.Clauses[0]))
		}
	}
	if was.Clauses[0] != is.Clauses[0] && slices.Contains(is.Clauses, was.Clauses[0]) {
		l.add(at, was.ID, lang.Say("%s计分的条", "clause that %s counts in", named), lang.Same(was.Clauses[0]), lang.Same(is.Clauses[0]))
	}
	if was.Weight != is.Weight {
		l.add(at, was.ID, lang.Say("%s的权重", "weight of %s", named), weightOf(was), weightOf(is))
	}
	l.levels(at, was.ID, lang.Say("%s的依据", "basis of %s", named), func(level int) (before, after lang.Text, looser bool) {
		old, now := was.Basis.At(level), is.Basis.At(level)
		return grounds(old), grounds(now), old.Statutory() && !now.Statutory() || old.Grounded() && !now.Grounded()
	})
}

// weightOf is a check's own weight, in words where it has that of its severity.
func weightOf(c *rulebook.Check) lang.Text {
	if c.Weight == 0 {
		return lang.Say("随严重程度", "that of its severity")
	}
	return whole(c.Weight)
}

// grounds says how much a basis carries.
func grounds(b rulebook.Basis) lang.Text {
	switch {
	case b.Statutory():
		return lang.Say("法定", "a duty of law")
	case b.Grounded():
		return lang.Say("标准条文", "a standard")
	}
	return lang.Say("不影响合规", "nothing that compliance rests on")
}

// effective says from which day a check is asked for.
func effective(c *rulebook.Check) lang.Text {
	if c.Effective == nil {
		return lang.Say("一直施行", "always")
	}
	return lang.Same(c.Effective.String())
}

func severities(c *rulebook.Check) lang.Text { return c.Severity.At(rulebook.MaxLevel).Text() }

// conditions are the expressions of a check, which only a reader can compare.
func (l *loosening) conditions(at finding.Location, named lang.Text, was, is *rulebook.Check) {
	for _, part := range []struct{ key, before, after string }{
		{"level", was.Level, is.Level}, {"when", was.When, is.When}, {"each", ranges(was), ranges(is)}, {"assert", was.Assert, is.Assert}, {"grace", was.Grace.Text(), is.Grace.Text()},
	} {
		if part.before != part.after {
			l.add(at, was.ID, lang.Say("%s改写了 %s，是否放宽要人来看", "%s has another %s, which only a reader can weigh", named, part.key),
				lang.Same(cmp.Or(strings.TrimSpace(part.before), "–")), lang.Same(cmp.Or(strings.TrimSpace(part.after), "–")))
		}
	}
}

func ranges(c *rulebook.Check) string {
	var all []string
	for _, r := range c.Each {
		all = append(all, strings.Join(slices.DeleteFunc([]string{r.Name + " in " + r.List, r.Dated, r.Within, r.Settled}, func(s string) bool { return s == "" }), " "))
	}
	return strings.Join(all, ", ")
}

// levels adds an entry for each run of levels at which the same becomes looser.
func (l *loosening) levels(at finding.Location, subject string, what lang.Text, demand func(level int) (before, after lang.Text, looser bool)) {
	for from := 1; from <= rulebook.MaxLevel; {
		before, after, looser := demand(from)
		to := from + 1
		for ; to <= rulebook.MaxLevel; to++ {
			if b, a, same := demand(to); b != before || a != after || same != looser {
				break
			}
		}
		if looser {
			named := what
			if from > 1 || to <= rulebook.MaxLevel {
				named = lang.Say("%s（等保 %d 至 %d 级）", "%s (levels %d to %d)", what, from, to-1)
			}
			l.add(at, subject, named, before, after)
		}
		from = to
	}
}
