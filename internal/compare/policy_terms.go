package compare

import (
	"maps"
	"math/big"
	"slices"
	"strconv"

	"hegui/internal/calendar"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// policy compares what the city has decided about points, grades and the gate.
func (l *loosening) policy() {
	was, is := l.before.Policy, l.after.Policy
	l.less("minimum", was.Minimum, is.Minimum)
	l.less("clause_floor", was.ClauseFloor, is.ClauseFloor)
	l.less("coverage", was.Coverage, is.Coverage)
	l.note(is.Gate.MaxDrop.Cmp(was.Gate.MaxDrop) > 0, "gate.max_drop", number(was.Gate.MaxDrop), number(is.Gate.MaxDrop))
	l.note(longer(was.History, is.History), "history", span(was.History), span(is.History))
	l.note(longer(is.Waiver.MaxTerm, was.Waiver.MaxTerm), "waiver.max_term", span(was.Waiver.MaxTerm), span(is.Waiver.MaxTerm))
	l.note(is.Gate.Severity > was.Gate.Severity, "gate.severity", was.Gate.Severity.Text(), is.Gate.Severity.Text())
	l.note(is.Gate.ShowRulebook && !was.Gate.ShowRulebook, "gate.rulebook", lang.Same("block"), lang.Same("show"))
	asked := func(p rulebook.Policy) int {
		return slices.Index([]string{rulebook.NewShown, rulebook.NewComplies, rulebook.NewFindings}, p.Gate.NewPlatform)
	}
	l.note(asked(is) < asked(was), "gate.new_platform", lang.Same(was.Gate.NewPlatform), lang.Same(is.Gate.NewPlatform))
	for _, kind := range slices.Sorted(maps.Keys(was.Gate.ScopeChanges)) {
		old, now := was.Gate.ScopeChanges[kind], is.Gate.ScopeChanges[kind]
		l.note(old != warn && now == warn, "gate.scope_changes."+kind, lang.Same(old), lang.Same(now))
	}
	for i, s := range finding.Severities() {
		lighter := is.Weights[s] < was.Weights[s]
		for _, graver := range finding.Severities()[:i] { // which would count for less beside it
			lighter = lighter || is.Weights[s]*was.Weights[graver] > was.Weights[s]*is.Weights[graver]
		}
		l.note(lighter, "weights."+s.String(), whole(was.Weights[s]), whole(is.Weights[s]))
	}
	l.missing("required_clauses", was.RequiredClauses, is.RequiredClauses)
	l.missing("overlays", l.before.Overlays, l.after.Overlays)
	l.missing("markings", was.Markings.Patterns(), is.Markings.Patterns())
	for _, host := range is.OwnHosts {
		l.note(!slices.Contains(was.OwnHosts, host), "own_hosts", none(), lang.Same(host))
	}
	l.grades()
	l.clauses()
	l.profiles()
}

// note adds a policy's entry where it is looser.
func (l *loosening) note(looser bool, key string, before, after lang.Text) {
	if looser {
		l.add(l.after.PolicyAt(key), key, lang.Say("政策的 %s", "policy's %s", key), before, after)
	}
}

func (l *loosening) less(key string, was, is *big.Rat) {
	l.note(is.Cmp(was) < 0, key, number(was), number(is))
}

// missing notes what a list no longer holds.
func (l *loosening) missing(key string, was, is []string) {
	for _, one := range was {
		l.note(!slices.Contains(is, one), key, lang.Same(one), none())
	}
}

// grades must be had as hard as before: by score, by conditions, and with a veto.
func (l *loosening) grades() {
	was, is := l.before.Policy, l.after.Policy
	for _, old := range was.Grades {
		i := slices.IndexFunc(is.Grades, func(g rulebook.Grade) bool { return g.ID == old.ID })
		if i < 0 {
			l.note(true, "grades."+old.ID, old.Title, none())
			continue
		}
		l.less("grades."+old.ID, old.Min, is.Grades[i].Min)
		for _, condition := range old.Conditions {
			holds := func(c rulebook.Condition) bool {
				return c.Statutory == condition.Statutory && c.Chapter == condition.Chapter && c.Severity == condition.Severity && c.Early == condition.Early && c.Unconfirmed == condition.Unconfirmed && c.AtMost <= condition.AtMost
			}
			l.note(!slices.ContainsFunc(is.Grades[i].Conditions, holds), "grades."+old.ID, condition.Text(), none())
		}
	}
	for _, forced := range []struct{ key, was, is string }{
		{"open_blocker_grade", was.OpenBlockerGrade, is.OpenBlockerGrade}, {"waived_blocker_grade", was.WaivedBlockerGrade, is.WaivedBlockerGrade},
	} {
		l.note(rank(is, forced.is) < rank(was, forced.was), forced.key, lang.Same(forced.was), lang.Same(forced.is))
	}
}

// rank is the place of a grade, the best one being 0.
func rank(p rulebook.Policy, id string) int {
	return slices.IndexFunc(p.Grades, func(g rulebook.Grade) bool { return g.ID == id })
}

// clauses must still count: points sum to 100, so that a new clause takes some
// from others, but none may lose more than half of its own unseen.
func (l *loosening) clauses() {
	for i := range l.before.Regulation.Clauses {
		was := &l.before.Regulation.Clauses[i]
		is := l.after.Clause(was.ID)
		switch key := "points." + was.ID; {
		case is == nil:
			l.note(true, key, number(was.Points), none())
		case is.Pending && !was.Pending:
			l.note(true, key, number(was.Points), lang.Say("检查项待编写", "pending"))
		default:
			half := new(big.Rat).Mul(was.Points, big.NewRat(1, 2))
			l.note(is.Points.Cmp(half) < 0, key, number(was.Points), number(is.Points))
		}
	}
}

// profiles must judge every platform by as many checks as before.
func (l *loosening) profiles() {
	was, is := l.before.Policy.Profiles, l.after.Policy.Profiles
	shrinks := func(code string, level int) bool {
		return was.Of(code, level) == rulebook.Full && is.Of(code, level) == rulebook.Essential
	}
	full, essential := rulebook.Full.Text(), rulebook.Essential.Text()
	for level := 1; level <= rulebook.MaxLevel; level++ {
		l.note(shrinks(anyOther, level), "profiles.levels."+strconv.Itoa(level), full, essential)
	}
	for _, code := range slices.Sorted(maps.Keys(is.Platforms)) {
		l.note(is.Platforms[code] == rulebook.Essential && was.Platforms[code] != rulebook.Essential, "profiles.platforms."+code, full, essential)
	}
	for _, code := range slices.Sorted(maps.Keys(was.Platforms)) {
		l.note(was.Platforms[code] == rulebook.Full && is.Platforms[code] == "", "profiles.platforms."+code, full, none())
	}
}

// anyOther stands for the code of a platform of which the policy says nothing: no
// code holds a blank.
const anyOther = " "

// longer compares two periods, of which an empty one never ends.
func longer(a, b string) bool {
	if a == "" || b == "" {
		return a == "" && b != ""
	}
	p, errP := calendar.ParsePeriod(a)
	q, errQ := calendar.ParsePeriod(b)
	return errP == nil && errQ == nil && p.Compare(q) > 0
}

func span(text string) lang.Text {
	if p, err := calendar.ParsePeriod(text); err == nil {
		return p.Text()
	}
	return none()
}

func number(r *big.Rat) lang.Text { return lang.Same(r.FloatString(1)) }

func whole(n int64) lang.Text { return lang.Same(strconv.FormatInt(n, 10)) }

func none() lang.Text { return lang.Same("–") }
