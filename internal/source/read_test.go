package source

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
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
	if _, err := readCapped(nil, &file, 10, 1000); !errors.Is(err, ErrTooLarge) {
		t.Errorf("error %v, want %v", err, ErrTooLarge)
	}
	if file.read != 1001 {
		t.Errorf("%d bytes were read, want 1001", file.read)
	}
	data, err := readCapped(nil, bytes.NewReader([]byte("text")), 1<<40, 1<<50)
	if err != nil || string(data) != "text" {
		t.Errorf("a file that shrank reads as %q, %v", data, err)
	}
}

// Of a file that is too large not one byte is read, nor room made for it.
func TestLargeFileIsRefusedUnread(t *testing.T) {
	root := t.TempDir()
	large := filepath.Join(root, "large")
	if err := os.WriteFile(large, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 200<<20); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(large)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := regular(file, "large", 1<<20); !errors.Is(err, ErrTooLarge) {
		t.Errorf("error %v, want %v", err, ErrTooLarge)
	}
	if read, err := file.Seek(0, io.SeekCurrent); err != nil || read > 0 {
		t.Errorf("%d bytes were read, %v", read, err)
	}
	tree, err := OpenDir(root)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = tree.Read("large", 1<<20)
	runtime.ReadMemStats(&after)
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("error %v, want %v", err, ErrTooLarge)
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<20 {
		t.Errorf("refusing a large file allocates %d bytes", grown)
	}
}
