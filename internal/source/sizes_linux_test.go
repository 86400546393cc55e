package source_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"hegui/internal/source"
)

// A file that was listed is read like any other, whatever has become of it since.
func TestListedFilesAreReadAsAnyOther(t *testing.T) {
	disk, root := folder(t, map[string]string{"same": "text", "longer": "longer text", "shorter": "t", "empty": "", "folder/": "", "link": "-> same", "empty link": "-> empty"})
	if err := unix.Mkfifo(filepath.Join(root, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tree := range []*source.Folder{disk, source.Walking(disk)} {
		for _, name := range []string{"same", "longer", "shorter", "empty", "folder", "link", "empty link", "pipe", "none"} {
			for _, size := range []int64{source.Unlisted, 0, 1, 4, 5, 11, 1 << 50} {
				for _, max := range []int64{0, 3, 4, 1 << 60} {
					want, refused := tree.Read(name, max)
					before := append(make([]byte, 0, 9), "before"...)
					got, err := tree.Reread(before, name, size, max)
					if (err == nil) != (refused == nil) || err != nil && err.Error() != refused.Error() || err == nil && string(got) != "before"+string(want) {
						t.Errorf("%s listed with %d bytes, up to %d: %q, %v; read %q, %v", name, size, max, got, err, want, refused)
					}
				}
			}
		}
	}
}

// Where the names are the same no file is looked at.
func TestRememberedSizesAreTaken(t *testing.T) {
	disk, root := folder(t, map[string]string{"d/a": "1"})
	before, err := disk.List("d")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "d", "a"), []byte("longer"), 0o600); err != nil {
		t.Fatal(err)
	}
	if again, err := disk.Relist("d", source.SizesOf(before)); err != nil || len(again) != 1 || again[0] != before[0] {
		t.Errorf("listed again as %+v, %v; want %+v", again, err, before)
	}
}
