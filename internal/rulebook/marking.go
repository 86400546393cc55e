package rulebook

import (
	"bytes"
	"regexp"
	"regexp/syntax"
	"slices"
	"sync"
)

// Marking is a pattern of a classification marking. Every file of every
// platform is searched for it, so files without the pattern's needle are
// skipped before the regular expression runs.
type Marking struct {
	pattern string
	// compiled compiles on first use: hardly any file contains the needle.
	compiled func() *regexp.Regexp
	// needle is a rune that every match contains; 0 if there is none.
	needle rune
}

func newMarking(pattern string) (Marking, error) {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return Marking{}, err
	}
	m := Marking{pattern: pattern, compiled: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })}
	for _, r := range needed(parsed) {
		m.needle = max(m.needle, r) // the rarest in a text is likely the highest
	}
	return m, nil
}

func (m Marking) String() string { return m.pattern }

// FindIndex returns the location of the first match, nil if there is none.
func (m Marking) FindIndex(data []byte) []int {
	if m.needle != 0 && !bytes.ContainsRune(data, m.needle) {
		return nil
	}
	return m.compiled().FindIndex(data)
}

// needed returns runes that every match of the expression contains.
func needed(re *syntax.Regexp) []rune {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase != 0 {
			return nil
		}
		return re.Rune
	case syntax.OpCapture, syntax.OpPlus:
		return needed(re.Sub[0])
	case syntax.OpConcat:
		var all []rune
		for _, sub := range re.Sub {
			all = append(all, needed(sub)...)
		}
		return all
	case syntax.OpAlternate:
		common := needed(re.Sub[0])
		for _, sub := range re.Sub[1:] {
			other := needed(sub)
			common = slices.DeleteFunc(slices.Clone(common), func(r rune) bool { return !slices.Contains(other, r) })
		}
		return common
	}
	return nil
}
