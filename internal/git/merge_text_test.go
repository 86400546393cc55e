package git

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hegui/internal/trial"
)

// someText are lines by chance out of an alphabet; the last one may lack its end.
func someText(random *rand.Rand, alphabet int) [][]byte {
	var out [][]byte
	for range random.IntN(12) {
		out = append(out, fmt.Appendf(nil, "%c\n", 'a'+random.IntN(alphabet)))
	}
	if n := len(out); n > 0 && random.IntN(6) == 0 {
		out[n-1] = out[n-1][:1]
	}
	return out
}

// changedText is a text with a few changes by chance.
func changedText(random *rand.Rand, text [][]byte, alphabet int) [][]byte {
	out := slices.Clone(text)
	for range random.IntN(4) {
		at := random.IntN(len(out) + 1)
		upto := min(len(out), at+random.IntN(3))
		out = slices.Replace(out, at, upto, someText(random, alphabet)...)
		if len(out) > 30 {
			out = out[:30]
		}
	}
	return out
}

func flat(lines [][]byte) []byte { return bytes.Join(lines, nil) }

// The edits of a text make the other of it, whatever the two are.
func TestEditsMakeTheOtherText(t *testing.T) {
	random := trial.Random(t)
	for range trial.Tries(t, 5000) {
		x, y := lines(flat(someText(random, 3))), lines(flat(someText(random, 3)))
		if random.IntN(2) == 0 {
			y = lines(flat(changedText(random, x, 3)))
		}
		all := edits(x, y)
		if got := applied(x, 0, len(x), all); !bytes.Equal(flat(got), flat(y)) {
			t.Fatalf("%q by %+v is %q, want %q", x, all, got, y)
		}
		for _, e := range all {
			if e.low > e.from || e.high < e.to || e.low < 0 || e.high > len(x) {
				t.Fatalf("%q to %q: %+v", x, y, e)
			}
		}
	}
}

// A merge takes what one side alone changed, and the same change of both once; it
// does not depend on which side is which.
func TestMergeTextLaws(t *testing.T) {
	random := trial.Random(t)
	for range trial.Tries(t, 5000) {
		alphabet := 2 + random.IntN(20)
		base := lines(flat(someText(random, alphabet)))
		o := flat(base)
		a, b := flat(changedText(random, base, alphabet)), flat(changedText(random, base, alphabet))
		for _, law := range []struct{ ours, theirs, want []byte }{{o, b, b}, {a, o, a}, {a, a, a}, {o, o, o}} {
			if got, ok := mergeText(o, law.ours, law.theirs); !ok || !bytes.Equal(got, law.want) {
				t.Fatalf("merge(%q, %q, %q) is %q %v, want %q", o, law.ours, law.theirs, got, ok, law.want)
			}
		}
		x, okX := mergeText(o, a, b)
		y, okY := mergeText(o, b, a)
		if okX != okY || !bytes.Equal(x, y) {
			t.Fatalf("merge(%q, %q, %q) is %q %v, the other way round %q %v", o, a, b, x, okX, y, okY)
		}
	}
}

// What merges here merges in git as well, and to the same.
func TestMergeTextIsGitsOwn(t *testing.T) {
	random := trial.Random(t)
	dir := t.TempDir()
	clean, refused := 0, 0
	for range trial.Tries(t, 100) {
		alphabet := 2 + random.IntN(30)
		base := lines(flat(someText(random, alphabet)))
		o, a, b := flat(base), flat(changedText(random, base, alphabet)), flat(changedText(random, base, alphabet))
		got, ok := mergeText(o, a, b)
		if !ok {
			refused++
			continue
		}
		clean++
		for name, text := range map[string][]byte{"o": o, "a": a, "b": b} {
			if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		command := exec.Command("git", "merge-file", "-p", "-q", "a", "o", "b")
		command.Dir = dir
		want, err := command.Output()
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("merge(%q, %q, %q) is %q, git says %q %v", o, a, b, got, want, err)
		}
	}
	if clean == 0 || refused == 0 {
		t.Errorf("%d merged, %d refused", clean, refused)
	}
}

func TestMergeText(t *testing.T) {
	const base = "a: 1\nb: 2\nc: 3\nd: 4\n"
	for _, c := range []struct {
		name, ours, theirs, want string
		ok                       bool
	}{
		{"apart", "a: 9\nb: 2\nc: 3\nd: 4\n", "a: 1\nb: 2\nc: 3\nd: 8\n", "a: 9\nb: 2\nc: 3\nd: 8\n", true},
		{"the same line", "a: 9\nb: 2\nc: 3\nd: 4\n", "a: 8\nb: 2\nc: 3\nd: 4\n", "", false},
		{"neighbours", "a: 9\nb: 2\nc: 3\nd: 4\n", "a: 1\nb: 8\nc: 3\nd: 4\n", "", false},
		{"the same change and another", "a: 9\nb: 2\nc: 3\nd: 4\n", "a: 9\nb: 2\nc: 3\nd: 8\n", "a: 9\nb: 2\nc: 3\nd: 8\n", true},
		{"removed and changed", "b: 2\nc: 3\nd: 4\n", "a: 8\nb: 2\nc: 3\nd: 4\n", "", false},
		{"added at both ends", "z\na: 1\nb: 2\nc: 3\nd: 4\n", "a: 1\nb: 2\nc: 3\nd: 4\ne", "z\na: 1\nb: 2\nc: 3\nd: 4\ne", true},
		{"added at one place", base + "e: 5\n", base + "f: 6\n", "", false},
		{"line ends", strings.ReplaceAll(base, "\n", "\r\n"), "a: 8\nb: 2\nc: 3\nd: 4\n", "", false},
	} {
		got, ok := mergeText([]byte(base), []byte(c.ours), []byte(c.theirs))
		if string(got) != c.want || ok != c.ok {
			t.Errorf("%s: %q %v", c.name, got, ok)
		}
	}
	// Which of equal lines was taken away, nobody can say.
	if got, ok := mergeText([]byte("x\nx\nx\n"), []byte("x\nx\n"), []byte("x\nx\ny\n")); ok {
		t.Errorf("equal lines merge to %q", got)
	}
}

// Hostile texts cost no more than their size.
func TestMergeTextIsBounded(t *testing.T) {
	many := func(line string) []byte { return bytes.Repeat([]byte(line), 100_000) }
	for _, c := range [][3][]byte{{many("\n"), many("a\n"), many("b\n")}, {many("a\nb\n"), many("b\na\n"), many("a\n")}, {nil, many("\n"), many("x\n")}} {
		if _, ok := mergeText(c[0], c[1], c[2]); ok {
			t.Error("merged")
		}
	}
}
