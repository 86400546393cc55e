package rulebook

import (
	"bytes"
	"regexp"
	"regexp/syntax"
	"sync"
)

// Marking is a pattern of a classification marking. Every file of every
// platform is searched for it, so files without any of the pattern's needles are
// skipped before the regular expression runs.
type Marking struct {
	pattern string
	// compiled compiles on first use: hardly any file contains a needle.
	compiled func() *regexp.Regexp
	// needles are texts of which every match contains one; none if there are no
	// such.
	needles [][]byte
}

func newMarking(pattern string) (Marking, error) {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return Marking{}, err
	}
	return Marking{pattern: pattern, needles: needles(parsed),
		compiled: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })}, nil
}

func (m Marking) String() string { return m.pattern }

// FindIndex returns the location of the first match, nil if there is none.
func (m Marking) FindIndex(data []byte) []int {
	if !m.mayMatch(data) {
		return nil
	}
	return m.compiled().FindIndex(data)
}

// mayMatch reports whether the data hold a needle, or there is none to look for.
func (m Marking) mayMatch(data []byte) bool {
	for _, needle := range m.needles {
		if bytes.Contains(data, needle) {
			return true
		}
	}
	return len(m.needles) == 0
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
