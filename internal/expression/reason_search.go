package expression

import (
	"slices"
	"strconv"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types/ref"

	"hegui/internal/document"
	"hegui/internal/lang"
)

// whyExists tells of the item that comes nearest to what is asked, or that none is
// of the kind.
func (x *explainer) whyExists(w walk, over operand, all []ref.Val) []Reason {
	conditions := flat(w.asked, operators.LogicalAnd)
	if len(conditions) == 1 {
		conditions = flat(w.asked, bothHold)
	}
	s := &search{explainer: x, walk: w, over: over, all: all, conditions: conditions, known: make([]answer, len(all)*len(conditions))}
	left := make([]int, len(all))
	for i := range left {
		left[i] = i
	}
	// The kind of item that is wanted stands there, and lacks something.
	if meant := slices.DeleteFunc(slices.Clone(left), func(i int) bool {
		for k, c := range conditions {
			if x.chooses(c) && !s.holds(i, k) {
				return true
			}
		}
		return false
	}); len(meant) > 0 && w.macro == "exists" {
		return s.nearest(meant, 0)
	}
	for k, c := range conditions {
		held := slices.DeleteFunc(slices.Clone(left), func(i int) bool { return !s.holds(i, k) })
		if len(held) > 0 {
			left = held
			continue
		}
		if len(left) == 0 || c.kind != ast.ComprehensionKind && x.chooses(c) && (len(left) > 1 || k == 0 && !contains(c)) {
			return x.none(w, over, len(all), conditions[:k+1])
		}
		return s.nearest(left, k)
	}
	if w.macro == "exists_one" && len(left) > 1 {
		return []Reason{x.about(over, Reason{Message: say("%s 中有 %s 项符合，只应有一项", "%s holds %s such items, must hold one", over.title(), over.marked(lang.Same(strconv.Itoa(len(left)))))})}
	}
	return nil
}

// search looks through the items of a list for the one that comes nearest to what is
// asked of them.
type search struct {
	*explainer
	walk       walk
	over       operand
	all        []ref.Val
	conditions []*expr
	// known are the answers of each item to each condition, as far as they were asked.
	known []answer
}

// answer is whether a condition holds of an item, and what it cost to ask.
type answer struct {
	known, holds bool
	cost         uint64
}

// holds reports whether a condition holds of an item. To remember it costs what it cost
// to ask.
func (s *search) holds(i, k int) (yes bool) {
	budget, a := &s.frame.budget, &s.known[i*len(s.conditions)+k]
	switch {
	case !a.known:
		before := budget.spent
		s.asked(s.walk, s.over, s.all, i, func() []Reason { yes, _ = s.is(s.conditions[k], true); return nil })
		*a = answer{true, yes, budget.spent - before}
	case budget.left == 0 || !budget.spend(a.cost):
		s.spent = true
		return false
	}
	return a.holds
}

// nearest tells of the item that lacks least of the conditions from one on, the latest of
// several.
func (s *search) nearest(left []int, from int) []Reason {
	conditions := s.conditions[from:]
	best, fewest, latest := left[0], len(conditions)+1, ""
	for _, i := range left {
		fails, day := 0, ""
		if s.asks(place(s.all[i])) { // no record stands beside itself
			fails++
		}
		for k := range conditions {
			if !s.holds(i, from+k) {
				fails++
			}
		}
		s.asked(s.walk, s.over, s.all, i, func() []Reason { day = s.day(conditions); return nil })
		if fails < fewest || fails == fewest && day > latest {
			best, fewest, latest = i, fails, day
		}
	}
	return s.asked(s.walk, s.over, s.all, best, func() []Reason { return s.whyJoined(conditions, true, true) })
}

// asks reports whether a value is an item that is being asked about.
func (x *explainer) asks(v *document.Value) bool {
	for _, known := range x.items {
		if v != nil && known.at == v {
			return true
		}
	}
	return false
}

// day is the day that the first of conditions about time looks at, empty for none.
func (x *explainer) day(conditions []*expr) string {
	for _, c := range conditions {
		if c.kind != ast.CallKind || !slices.Contains(clockFunctions(), c.name) {
			continue
		}
		if d, ok := x.operand(&c.args[0]).val.(*date); ok {
			return d.String()
		}
	}
	return ""
}
