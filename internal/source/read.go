package source

import (
	"errors"
	"io"
	"math"
	"slices"
)

// maxGrown is how many bytes room is made for at once, whatever a file's size is said to be.
const maxGrown = 1 << 26

// readCapped appends a file of about size bytes to a buffer, and never reads more
// than max+1: the size may be outdated, or wrong on purpose.
func readCapped(to []byte, r io.Reader, size, max int64) ([]byte, error) {
	before, limit := len(to), max
	if limit < math.MaxInt64 {
		limit++
	}
	// One byte more lets the first read reach the end.
	to = slices.Grow(to, int(min(size, max, maxGrown))+1)
	for {
		room := int(min(int64(cap(to)-len(to)), limit-int64(len(to)-before)))
		n, err := r.Read(to[len(to) : len(to)+room])
		to = to[:len(to)+n]
		switch read := int64(len(to) - before); {
		case read > max:
			return nil, ErrTooLarge
		case errors.Is(err, io.EOF), err == nil && read == size && n < room:
			return to, nil
		case err != nil:
			return nil, err
		case len(to) == cap(to):
			to = slices.Grow(to, len(to)-before)
		}
	}
}
