package git

import (
	"bytes"
	"slices"
)

// edit replaces the lines from–to of a text by others. It could as well stand
// anywhere between low and high: a line added to a run of equal ones may be any of
// them.
type edit struct {
	from, to  int
	lines     [][]byte
	low, high int
}

// maxEdits bounds by how many lines two texts may differ before all between their
// common head and tail is one edit.
const maxEdits = 1000

// edits are the changes that make one text of another, in order and as few as
// possible (E. Myers, "An O(ND) difference algorithm and its variations").
func edits(base, text [][]byte) []edit {
	x, y := numbered(base, text)
	head, tail := 0, 0
	for head < min(len(x), len(y)) && x[head] == y[head] {
		head++
	}
	for tail < min(len(x), len(y))-head && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	var all []edit
	for _, s := range differing(x[head:len(x)-tail], y[head:len(y)-tail]) {
		all = append(all, edit{from: head + s.x, to: head + s.toX, lines: text[head+s.y : head+s.toY]})
	}
	for i := range all {
		least, most := 0, len(base)
		if i > 0 {
			least = all[i-1].to
		}
		if i+1 < len(all) {
			most = all[i+1].from
		}
		all[i].slide(base, least, most)
	}
	return all
}

// numbered gives equal lines of two texts equal numbers.
func numbered(one, other [][]byte) (x, y []int) {
	numbers := map[string]int{}
	number := func(lines [][]byte) []int {
		out := make([]int, len(lines))
		for i, line := range lines {
			n, known := numbers[string(line)]
			if !known {
				n = len(numbers)
				numbers[string(line)] = n
			}
			out[i] = n
		}
		return out
	}
	return number(one), number(other)
}

// span is a part of x that a part of y replaces.
type span struct{ x, toX, y, toY int }

// differing returns the spans in which two sequences differ. It finds how far each
// diagonal gets with ever more edits, and goes the way back from the end.
func differing(x, y []int) []span {
	if len(x)+len(y) == 0 {
		return nil
	}
	most := min(len(x)+len(y), maxEdits)
	middle := most + 1
	reach := make([]int, 2*middle+1) // by diagonal, which is i-j
	var rounds [][]int
	for d := range most + 1 {
		rounds = append(rounds, slices.Clone(reach[middle-d-1:middle+d+2]))
		for k := -d; k <= d; k += 2 {
			i, _ := step(reach[middle+k-1:], k, d)
			for i < len(x) && i-k < len(y) && x[i] == y[i-k] {
				i++
			}
			reach[middle+k] = i
			if i == len(x) && i-k == len(y) {
				return wayBack(rounds, len(x), len(y))
			}
		}
	}
	return []span{{0, len(x), 0, len(y)}}
}

// step begins round d on diagonal k, from whichever neighbour got further; reach
// begins with the diagonal before. It says whether it comes from the one behind, by
// adding a line.
func step(reach []int, k, d int) (i int, added bool) {
	if k == -d || k != d && reach[0] < reach[2] {
		return reach[2], true
	}
	return reach[0] + 1, false
}

// wayBack turns the rounds into spans.
func wayBack(rounds [][]int, i, j int) []span {
	var spans []span
	for d := len(rounds) - 1; d > 0; d-- {
		k := i - j
		begin, added := step(rounds[d][d+k:], k, d)
		s := span{begin, begin, begin - k - 1, begin - k}
		if !added {
			s = span{begin - 1, begin, begin - k, begin - k}
		}
		if n := len(spans); n > 0 && spans[n-1].x == s.toX && spans[n-1].y == s.toY {
			spans[n-1].x, spans[n-1].y = s.x, s.y
		} else {
			spans = append(spans, s)
		}
		i, j = s.x, s.y
	}
	slices.Reverse(spans)
	return spans
}

// slide finds where else between two lines an edit that only adds or only removes
// might stand.
func (e *edit) slide(base [][]byte, least, most int) {
	e.low, e.high = e.from, e.to
	moved := e.lines
	switch {
	case len(e.lines) == 0:
		moved = base[e.from:e.to]
	case e.from != e.to:
		return
	}
	n := len(moved)
	for up := 1; e.low > least; up++ {
		// What stands before it must go on as what it ends with does.
		before := base[e.from-up]
		after := moved[n-1-(up-1)%n]
		if !bytes.Equal(before, after) {
			break
		}
		e.low--
	}
	for down := 0; e.high < most; down++ {
		if !bytes.Equal(base[e.to+down], moved[down%n]) {
			break
		}
		e.high++
	}
}
