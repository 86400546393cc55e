package source

import (
	"bytes"
	"io"
	"math"
)

// readCapped reads a file of about size bytes, and never more than max+1: the size
// may be outdated, or wrong on purpose.
func readCapped(r io.Reader, size, max int64) ([]byte, error) {
	limit := max
	if limit < math.MaxInt64 {
		limit++
	}
	var buffer bytes.Buffer
	// The spare capacity lets ReadFrom reach the end without growing.
	buffer.Grow(int(min(size, max, 1<<26)) + bytes.MinRead)
	if _, err := buffer.ReadFrom(io.LimitReader(r, limit)); err != nil {
		return nil, err
	}
	if int64(buffer.Len()) > max {
		return nil, ErrTooLarge
	}
	return buffer.Bytes(), nil
}

// pour copies a file of at most max bytes through a buffer.
func pour(w io.Writer, r io.Reader, max int64, buffer []byte) error {
	n, err := io.CopyBuffer(w, io.LimitReader(r, max+1), buffer)
	if err == nil && n > max {
		return ErrTooLarge // it is larger than it states
	}
	return err
}
