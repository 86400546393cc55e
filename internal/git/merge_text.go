package git

import (
	"bytes"
	"slices"
)

// mergeText merges two texts that grew from a third, line by line. It is not ok where
// both changed the same lines, or lines next to each other, as for git. Equal lines
// may leave open which of them was changed: where reading from the front and from the
// back does not come to the same, it is not ok either.
//
// It is our own since the libraries for it take time without bound for hostile texts.
func mergeText(base, ours, theirs []byte) (merged []byte, ok bool) {
	o, a, b := lines(base), lines(ours), lines(theirs)
	front, ok := mergeLines(o, a, b)
	if !ok {
		return nil, false
	}
	for _, text := range [][][]byte{o, a, b} {
		slices.Reverse(text)
	}
	back, ok := mergeLines(o, a, b)
	slices.Reverse(back)
	if !ok || !slices.EqualFunc(front, back, bytes.Equal) {
		return nil, false
	}
	return bytes.Join(front, nil), true
}

func mergeLines(base, ours, theirs [][]byte) (merged [][]byte, ok bool) {
	m := merger{base: base}
	left, right := edits(base, ours), edits(base, theirs)
	for len(left)+len(right) > 0 {
		i, j := together(left, right)
		if !m.replace(left[:i], right[:j]) {
			return nil, false
		}
		left, right = left[i:], right[j:]
	}
	return append(m.out, base[m.at:]...), true
}

// lines splits a text; each line keeps its end.
func lines(text []byte) [][]byte { return slices.Collect(bytes.Lines(text)) }

// together counts the edits on either side that have to be merged at once: the
// first, and all that touch it.
func together(left, right []edit) (i, j int) {
	end := -1
	first := func(side []edit, n int, other []edit, m int) bool {
		return n < len(side) && (m >= len(other) || side[n].low <= other[m].low)
	}
	for {
		var next edit
		switch {
		case first(left, i, right, j):
			next = left[i]
		case j < len(right):
			next = right[j]
		default:
			return i, j
		}
		if end >= 0 && next.low > end {
			return i, j
		}
		if first(left, i, right, j) {
			i++
		} else {
			j++
		}
		end = max(end, next.high)
	}
}

// merger collects the merged lines.
type merger struct {
	base, out [][]byte
	at        int // how much of base is done
}

// replace applies the edits of one side; of two sides only if both make the same of
// what they touch.
func (m *merger) replace(left, right []edit) bool {
	from, to := len(m.base), 0
	for _, e := range slices.Concat(left, right) {
		from, to = min(from, e.from), max(to, e.to)
	}
	mine, other := applied(m.base, from, to, left), applied(m.base, from, to, right)
	switch {
	case len(left) == 0:
		mine = other
	case len(right) > 0 && !slices.EqualFunc(mine, other, bytes.Equal):
		return false
	}
	m.out = append(append(m.out, m.base[m.at:from]...), mine...)
	m.at = to
	return true
}

// applied is a part of base with edits.
func applied(base [][]byte, from, to int, all []edit) [][]byte {
	var out [][]byte
	for _, e := range all {
		out = append(append(out, base[from:e.from]...), e.lines...)
		from = e.to
	}
	return append(out, base[from:to]...)
}
