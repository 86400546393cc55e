package rulebook

import (
	"bytes"
	"regexp"
	"regexp/syntax"
	"slices"
)

// Marking is a pattern of a classification marking. Every file of every
// platform is searched for it, so that files in which it cannot occur are told
// by one rune that each match must hold.
type Marking struct {
	*regexp.Regexp
	// needle stands in every match; 0 where no rune does.
	needle rune
}

func newMarking(pattern string) (Marking, error) {
	compiled, err := regexp.Compile(pattern)
	if err != nil {
		return Marking{}, err
	}
	m := Marking{Regexp: compiled}
	if parsed, err := syntax.Parse(pattern, syntax.Perl); err == nil {
		for _, r := range needed(parsed) {
			m.needle = max(m.needle, r) // the rarest in a text is likely the highest
		}
	}
	return m, nil
}

// FindIndex is the place of the first match, nil if there is none.
func (m Marking) FindIndex(data []byte) []int {
	if m.needle != 0 && !bytes.ContainsRune(data, m.needle) {
		return nil
	}
	return m.Regexp.FindIndex(data)
}

// needed are runes that stand in everything that an expression matches.
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
