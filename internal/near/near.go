// Package near guesses what was meant by a word that nobody knows.
package near

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxWord is how many bytes long a word may be, maxKnown how many words it is
// compared with: nobody misspells more, and comparing costs their product.
const maxWord, maxKnown = 256, 200

// Word returns the known word closest to a misspelt one, empty if none is close.
func Word(word string, known []string) string {
	if len(word) > maxWord {
		return ""
	}
	return nearest(word, known[:min(len(known), maxKnown)])
}

// ID is Word for ids of two parts, such as backups.interval. There are more of them than
// a word is compared with: the first part is found first, and then those that share it.
func ID(id string, known []string) string {
	family, _, found := strings.Cut(id, ".")
	if !found || len(id) > maxWord {
		return Word(id, known)
	}
	var families []string
	for _, other := range known {
		if of, _, _ := strings.Cut(other, "."); !slices.Contains(families, of) {
			families = append(families, of)
		}
	}
	if !slices.Contains(families, family) {
		if family = Word(family, families); family == "" {
			return ""
		}
	}
	var inside []string
	for _, other := range known {
		if strings.HasPrefix(other, family+".") {
			inside = append(inside, other)
		}
	}
	return Word(id, inside)
}

// Words are the known words closest to a misspelt one: several that are equally
// close.
func Words(word string, known []string) (closest []string) {
	meant := Word(word, known)
	if meant == "" {
		return nil
	}
	distance := editDistance(word, meant, len(word)+1)
	for _, candidate := range known[:min(len(known), maxKnown)] {
		if editDistance(word, candidate, distance+1) == distance {
			closest = append(closest, candidate)
		}
	}
	return closest
}

// Slip is the known word that a misspelt one is a slip of, beyond doubt: of all
// that are close it alone differs by one letter, or by nothing but case and
// what joins its parts.
func Slip(word string, known []string) string {
	closest := Words(word, known)
	if len(closest) != 1 {
		return ""
	}
	if joined(word) == joined(closest[0]) || len([]rune(word)) > 3 && editDistance(word, closest[0], 2) < 2 {
		return closest[0]
	}
	return ""
}

// Typo is the known word that a hand typed wrong: with one letter too many or too few, or
// with two that changed places. Another letter or digit may be another thing's name (hall-a,
// hall-b), and so may what is near two words; empty for these.
func Typo(word string, known []string) (meant string) {
	if len(word) < 4 || len(word) > maxWord {
		return ""
	}
	for _, candidate := range known[:min(len(known), maxKnown)] {
		if !mistyped(word, candidate) {
			continue
		}
		if meant != "" {
			return ""
		}
		meant = candidate
	}
	return meant
}

// mistyped reports whether two words differ by one letter that one of them lacks, or by the
// order of two.
func mistyped(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	at := 0
	for at < len(a) && a[at] == b[at] {
		at++
	}
	switch {
	case len(b) == len(a)+1:
		return isLetter(b[at]) && a[at:] == b[at+1:]
	case len(b) == len(a):
		return at+1 < len(a) && a[at] == b[at+1] && a[at+1] == b[at] && isLetter(a[at]) && isLetter(b[at]) && a[at+2:] == b[at+2:]
	}
	return false
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// Part is the one known word that has all parts of another, or whose parts the other has
// all: gap is part of longest_gap, rate_of_success has those of success_rate. Empty for
// none, and for several.
func Part(word string, known []string) (meant string) {
	said := parts(word)
	if len(word) > maxWord || len(strings.Join(said, "")) < minPart {
		return ""
	}
	for _, candidate := range known[:min(len(known), maxKnown)] {
		of := parts(candidate)
		if !within(said, of) && !within(of, said) {
			continue
		}
		if meant != "" {
			return ""
		}
		meant = candidate
	}
	return meant
}

// minPart is how many letters say which word is meant.
const minPart = 3

// parts are those of a word in lower case, be they one or many.
func parts(word string) []string {
	all := strings.FieldsFunc(strings.ToLower(word), func(r rune) bool { return strings.ContainsRune("-_ .", r) })
	for i, part := range all {
		all[i] = strings.TrimSuffix(part, "s")
	}
	return all
}

func within(some, all []string) bool {
	return !slices.ContainsFunc(some, func(part string) bool { return !slices.Contains(all, part) })
}

// joined is a word without case and what joins its parts.
func joined(word string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(word))
}

// nearest is the first of the closest words: of what was typed half may be wrong, but
// hands seldom slip on the first letter, and then it is a third. Else running would be
// near planning.
func nearest(word string, known []string) string {
	n, first := len([]rune(word)), initial(word)
	best, distance := "", n/2+1
	for _, candidate := range known {
		d := editDistance(word, candidate, distance)
		if d < distance && (initial(candidate) == first || d <= max(1, (n+1)/3)) {
			best, distance = candidate, d
		}
	}
	return best
}

// initial is the first letter of a word.
func initial(word string) rune {
	r, _ := utf8.DecodeRuneInString(strings.ToLower(word))
	return r
}

// File is Word for names of files: what they end in says nothing about what was
// meant.
func File(name string, known []string) string {
	stems := make([]string, len(known))
	for i, k := range known {
		stems[i] = stem(k)
	}
	if found := slices.Index(stems, Word(stem(name), stems)); found >= 0 {
		return known[found]
	}
	return ""
}

func stem(name string) string {
	stem, _, _ := strings.Cut(name, ".") // backups.yaml.txt too
	return strings.ToLower(stem)
}

// Names are the dotted names that were probably meant, at most n: those which
// hold what was typed, as a section's number or half of a check's name do, else
// the one that is spelt most alike, else what begins with the word that is. The
// names are ours: they may be many.
func Names(typed string, known []string, n int) []string {
	typed = strings.ToLower(strings.Trim(typed, " ."))
	if len(typed) > maxWord {
		return nil
	}
	if within := holding(typed, known); len(within) > 0 {
		return within[:min(len(within), n)]
	}
	if found := nearest(typed, known); found != "" {
		return []string{found}
	}
	var sections []string
	for _, name := range known {
		if section, _, _ := strings.Cut(name, "."); len(sections) == 0 || sections[len(sections)-1] != section {
			sections = append(sections, section)
		}
	}
	if section := nearest(typed, sections); section != "" {
		within := holding(section, known)
		return within[:min(len(within), n)]
	}
	return nil
}

// holding are the names that hold what was typed.
func holding(typed string, known []string) (within []string) {
	for _, name := range known {
		if len(typed) > 2 && Holds(name, typed) {
			within = append(within, name)
		}
	}
	return within
}

// Holds reports whether a name is what was typed with more before or behind it,
// split where names are.
func Holds(name, typed string) bool {
	at := strings.Index(name, typed)
	if at < 0 {
		return false
	}
	joint := func(s string) bool { return s == "" || slices.Contains([]byte(".-_/"), s[0]) }
	before, after := name[:at], name[at+len(typed):]
	if before != "" {
		before = before[len(before)-1:]
	}
	// A clause is not asked for by its last numbers.
	if name[0] >= '0' && name[0] <= '9' && before != "" {
		return false
	}
	return joint(before) && joint(after)
}
