package source

import (
	"bytes"
	"errors"
	"testing"
)

// endless is a file that grows as it is read.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	e.read += len(p)
	return len(p), nil
}

func TestNoMoreThanTheCapIsReadOfAFileThatGrows(t *testing.T) {
	var file endless
	if _, err := readCapped(&file, 10, 1000); !errors.Is(err, ErrTooLarge) {
		t.Errorf("error %v, want %v", err, ErrTooLarge)
	}
	if file.read != 1001 {
		t.Errorf("%d bytes were read, want 1001", file.read)
	}
	data, err := readCapped(bytes.NewReader([]byte("text")), 1<<40, 1<<50)
	if err != nil || string(data) != "text" {
		t.Errorf("a file that shrank reads as %q, %v", data, err)
	}
}
