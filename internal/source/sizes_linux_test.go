package source_test

import (
	"os"
	"path/filepath"
	"testing"

	"hegui/internal/source"
)

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
