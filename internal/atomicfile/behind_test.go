package atomicfile

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
)

// asked records what a pager is asked for, by the number of the piece beyond what is spared.
type asked struct{ calls []string }

func (a *asked) add(what string, from int64) {
	a.calls = append(a.calls, fmt.Sprint(what, float64(from-spared)/piece))
}
func (a *asked) begin(from int64)  { a.add("begin ", from) }
func (a *asked) finish(from int64) { a.add("finish ", from) }
func (a *asked) letGo(from int64)  { a.add("let go ", from) }

// A large file is given to the disk piece by piece, and leaves memory when it is there
// or has been read again; of a small one the system decides.
func TestLargeFiles(t *testing.T) {
	for _, of := range []struct {
		size          int64
		written, read []string
	}{
		{size: spared + piece - 1},
		{spared + piece, []string{"begin 0"}, []string{"let go 0"}},
		{spared + 3*piece + 1, []string{"begin 0", "begin 1", "finish 0", "let go 0", "begin 2", "finish 1", "let go 1"}, []string{"let go 0", "let go 1", "let go 2"}},
	} {
		for _, buffer := range []int{100_003, 3 * piece} {
			var written, read asked
			w := &behind{to: io.Discard, pager: &written, given: spared}
			r := &once{from: &letters{left: of.size}, pager: &read, gone: spared}
			for p := make([]byte, buffer); ; {
				n, err := r.Read(p)
				if _, err := w.Write(p[:n]); err != nil {
					t.Fatal(err)
				}
				if errors.Is(err, io.EOF) {
					break
				}
			}
			if !slices.Equal(written.calls, of.written) || !slices.Equal(read.calls, of.read) {
				t.Errorf("%d bytes by %d: written with %q, read with %q", of.size, buffer, written.calls, read.calls)
			}
		}
	}
}

// letters reads as so many bytes.
type letters struct{ left int64 }

func (l *letters) Read(p []byte) (int, error) {
	if l.left == 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), l.left)
	l.left -= n
	return int(n), nil
}
