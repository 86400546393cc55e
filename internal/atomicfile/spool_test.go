package atomicfile

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestSpool gives back what was written, little or much, and leaves no file.
func TestSpool(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	piece := bytes.Repeat([]byte("0123456789abcdef"), 1000)
	for _, pieces := range []int{0, 1, 200} {
		var s Spool
		for range pieces {
			if n, err := s.Write(piece); n != len(piece) || err != nil {
				t.Fatalf("wrote %d, %v", n, err)
			}
		}
		if (s.file != nil) != (pieces*len(piece) > inMemory) {
			t.Errorf("%d pieces lie in the wrong place", pieces)
		}
		var got bytes.Buffer
		n, err := s.WriteTo(&got)
		check(t, err)
		if want := bytes.Repeat(piece, pieces); n != int64(len(want)) || !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%d pieces give back %d bytes", pieces, n)
		}
		check(t, s.Close())
		check(t, s.Close())
		if left := names(t, os.TempDir()); len(left) > 0 {
			t.Errorf("there are left %q", left)
		}
	}
}

// Where no temporary file can be made, memory takes all.
func TestSpoolWithoutFolder(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "none"))
	var s Spool
	text := bytes.Repeat([]byte("0123456789abcdef"), inMemory/8)
	_, err := s.Write(text)
	check(t, err)
	_, err = s.Write([]byte("end"))
	check(t, err)
	var got bytes.Buffer
	_, err = s.WriteTo(&got)
	check(t, err)
	if want := string(text) + "end"; got.String() != want {
		t.Errorf("gives back %d bytes, want %d", got.Len(), len(want))
	}
	check(t, s.Close())
}
