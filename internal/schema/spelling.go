package schema

import (
	"regexp"
	"regexp/syntax"
	"unicode/utf8"
)

// spelling is a pattern for whole texts of ASCII in which one character ahead always
// says how to go on, as nearly all patterns of keys, names and check sums are. It
// takes what the regular expression takes, in a fraction of the time.
type spelling []part

// part is a character, or what begins with one, so and so many times.
type part struct {
	begins      ascii
	inner       spelling // nil for a character
	least, most int
}

// unlimited is more characters than a text has.
const unlimited = int(^uint(0) >> 1)

// ascii is a set of characters.
type ascii [2]uint64

func (s ascii) has(c byte) bool { return c < utf8.RuneSelf && s[c>>6]&(1<<(c&63)) != 0 }

func (s ascii) and(other ascii) ascii { return ascii{s[0] | other[0], s[1] | other[1]} }

func (s ascii) meets(other ascii) bool { return s[0]&other[0] != 0 || s[1]&other[1] != 0 }

// matcher is the quickest way to tell whether a text has a pattern.
func matcher(pattern string) func(string) bool {
	if s, ok := spellingOf(pattern); ok {
		return s.takes
	}
	return regexp.MustCompile(pattern).MatchString
}

func (s spelling) takes(text string) bool { return s.end(text, 0) == len(text) }

// end is where a text ends that starts at a place, -1 where none does.
func (s spelling) end(text string, at int) int {
	for i := range s {
		p := &s[i]
		n := 0
		for ; n < p.most && at < len(text) && p.begins.has(text[at]); n++ {
			if p.inner == nil {
				at++
			} else if at = p.inner.end(text, at); at < 0 {
				return -1
			}
		}
		if n < p.least {
			return -1
		}
	}
	return at
}

func spellingOf(pattern string) (s spelling, ok bool) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil || re.Op != syntax.OpConcat || re.Sub[0].Op != syntax.OpBeginText || re.Sub[len(re.Sub)-1].Op != syntax.OpEndText {
		return nil, false
	}
	s, ok = partsOf(re.Sub[1 : len(re.Sub)-1])
	return s, ok && s.apart(ascii{})
}

func partsOf(all []*syntax.Regexp) (s spelling, ok bool) {
	for _, re := range all {
		p, ok := partOf(re)
		if !ok {
			return nil, false
		}
		s = append(s, p)
	}
	return s, true
}

func partOf(re *syntax.Regexp) (p part, ok bool) {
	switch re.Op {
	case syntax.OpCharClass:
		return classOf(re)
	case syntax.OpLiteral:
		// One character alone: a longer text is no set of them.
		if len(re.Rune) != 1 || re.Flags&syntax.FoldCase != 0 || re.Rune[0] >= utf8.RuneSelf {
			return p, false
		}
		p.add(re.Rune[0])
		return p.times(1, 1), true
	case syntax.OpStar:
		return timesOf(re, 0, unlimited)
	case syntax.OpPlus:
		return timesOf(re, 1, unlimited)
	case syntax.OpQuest:
		return timesOf(re, 0, 1)
	case syntax.OpRepeat:
		if re.Max < 0 {
			return timesOf(re, re.Min, unlimited)
		}
		return timesOf(re, re.Min, re.Max)
	case syntax.OpCapture, syntax.OpConcat:
		inner, ok := partsOf(re.Sub)
		if !ok || inner[0].least == 0 {
			return p, false
		}
		return part{inner[0].begins, inner, 1, 1}, true
	}
	return p, false
}

func classOf(re *syntax.Regexp) (p part, ok bool) {
	for i := 0; i < len(re.Rune); i += 2 {
		if re.Rune[i+1] >= utf8.RuneSelf {
			return p, false
		}
		for c := re.Rune[i]; c <= re.Rune[i+1]; c++ {
			p.add(c)
		}
	}
	return p.times(1, 1), true
}

// timesOf is what a part repeats.
func timesOf(re *syntax.Regexp, least, most int) (p part, ok bool) {
	if p, ok = partOf(re.Sub[0]); ok && (p.least != 1 || p.most != 1) {
		return p, false
	}
	return p.times(least, most), ok
}

func (p *part) add(c rune) { p.begins[c>>6] |= 1 << (c & 63) }

func (p part) times(least, most int) part {
	p.least, p.most = least, most
	return p
}

// apart reports whether no part begins as what may come instead of one more of it;
// follows is what may come behind all of them.
func (s spelling) apart(follows ascii) bool {
	for i := len(s) - 1; i >= 0; i-- {
		p := &s[i]
		if p.least != p.most && p.begins.meets(follows) {
			return false
		}
		if behind := p.begins.and(follows); p.inner != nil && !p.inner.apart(behind) {
			return false
		}
		if p.least == 0 {
			follows = p.begins.and(follows)
		} else {
			follows = p.begins
		}
	}
	return true
}
