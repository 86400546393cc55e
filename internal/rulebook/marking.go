package rulebook

import (
	"bytes"
	"regexp"
	"regexp/syntax"
	"slices"
	"sync"
)

// Markings are the patterns of classification markings. Every file of every platform
// is searched for all of them at once: hardly any holds so much as one of their
// needles, and only such a file meets a regular expression.
type Markings struct {
	patterns []marking
	// anchor is what all needles have in common, empty where they share nothing;
	// needles are those of all patterns.
	anchor  []byte
	needles [][]byte
}

// marking is one of the patterns.
type marking struct {
	pattern string
	// compiled compiles on first use.
	compiled func() *regexp.Regexp
	// needles are texts of which every match contains one; none if there are no
	// such.
	needles [][]byte
}

// newMarkings makes the markings of patterns; broken is called for each that is no
// regular expression.
func newMarkings(patterns []string, broken func(i int, err error)) Markings {
	var m Markings
	anchored := true
	for i, pattern := range patterns {
		parsed, err := syntax.Parse(pattern, syntax.Perl)
		if err != nil {
			broken(i, err)
			continue
		}
		one := marking{pattern: pattern, needles: needles(parsed), compiled: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })}
		m.patterns, m.needles = append(m.patterns, one), append(m.needles, one.needles...)
		anchored = anchored && len(one.needles) > 0
	}
	if anchored {
		m.anchor = common(m.needles)
	}
	return m
}

// Patterns are the regular expressions.
func (m Markings) Patterns() []string {
	var all []string
	for _, one := range m.patterns {
		all = append(all, one.pattern)
	}
	return all
}

// None reports whether there is nothing to search for.
func (m Markings) None() bool { return len(m.patterns) == 0 }

// FindIndex returns the location of the first match of the first pattern that has
// one, nil if none has.
func (m Markings) FindIndex(data []byte) []int {
	if !m.mayMatch(data) {
		return nil
	}
	for _, one := range m.patterns {
		if !one.mayMatch(data) {
			continue
		}
		if found := one.compiled().FindIndex(data); found != nil {
			return found
		}
	}
	return nil
}

// mayMatch looks for needles in one pass over the data, from anchor to anchor.
func (m Markings) mayMatch(data []byte) bool {
	for at := 0; len(m.anchor) > 0; at++ {
		next := bytes.Index(data[at:], m.anchor)
		if next < 0 {
			return false
		}
		at += next
		for _, needle := range m.needles {
			if begin := at - bytes.Index(needle, m.anchor); begin >= 0 && bytes.HasPrefix(data[begin:], needle) {
				return true
			}
		}
	}
	return true
}

// mayMatch reports whether the data hold a needle, or there is none to look for.
func (m marking) mayMatch(data []byte) bool {
	for _, needle := range m.needles {
		if bytes.Contains(data, needle) {
			return true
		}
	}
	return len(m.needles) == 0
}

// maxAnchor bounds the text that needles are found by.
const maxAnchor = 64

// common is the longest text that stands in all needles, empty for none.
func common(needles [][]byte) (longest []byte) {
	if len(needles) == 0 {
		return nil
	}
	first := needles[0][:min(len(needles[0]), maxAnchor)]
	for from := range first {
		for to := from + len(longest) + 1; to <= len(first); to++ {
			if part := first[from:to]; !slices.ContainsFunc(needles, func(other []byte) bool { return !bytes.Contains(other, part) }) {
				longest = part
			}
		}
	}
	return longest
}

// needles returns texts of which every match of the expression contains one, as
// long as can be; none where there are no such.
func needles(re *syntax.Regexp) [][]byte {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase == 0 {
			return [][]byte{[]byte(string(re.Rune))}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return needles(re.Sub[0])
	case syntax.OpConcat:
		var best [][]byte
		for _, sub := range re.Sub {
			if other := needles(sub); shortest(other) > shortest(best) {
				best = other
			}
		}
		return best
	case syntax.OpAlternate:
		var all [][]byte
		for _, sub := range re.Sub {
			one := needles(sub)
			if len(one) == 0 {
				return nil
			}
			all = append(all, one...)
		}
		return all
	}
	return nil
}

// shortest is the length of the shortest needle, 0 for none.
func shortest(needles [][]byte) (n int) {
	for i, needle := range needles {
		if i == 0 || len(needle) < n {
			n = len(needle)
		}
	}
	return n
}
