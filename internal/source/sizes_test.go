package source_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hegui/internal/source"
)

// A folder that was listed before is not looked at again for its sizes, and as soon as
// anything in it is another thing or has another name, it is.
func TestSizesAreRemembered(t *testing.T) {
	for name, change := range map[string]func(dir string) error{
		"nothing":          func(string) error { return nil },
		"a name more":      func(dir string) error { return os.WriteFile(filepath.Join(dir, "c"), []byte("new"), 0o600) },
		"a name less":      func(dir string) error { return os.Remove(filepath.Join(dir, "empty")) },
		"another name":     func(dir string) error { return os.Rename(filepath.Join(dir, "b"), filepath.Join(dir, "c")) },
		"a file as a link": func(dir string) error { return replace(dir, "b", func(at string) error { return os.Symlink("a", at) }) },
		"a file as folder": func(dir string) error { return replace(dir, "b", func(at string) error { return os.Mkdir(at, 0o700) }) },
	} {
		t.Run(name, func(t *testing.T) {
			disk, root := folder(t, map[string]string{"d/a": "1", "d/b": "22", "d/empty": "", "d/dir/x": "x", "d/link": "-> a"})
			before, err := disk.List("d")
			if err != nil {
				t.Fatal(err)
			}
			known := source.SizesOf(before)
			if err := os.WriteFile(filepath.Join(root, "d", "a"), []byte("longer"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := change(filepath.Join(root, "d")); err != nil {
				t.Fatal(err)
			}
			now, err := disk.List("d")
			if err != nil {
				t.Fatal(err)
			}
			for _, tree := range []*source.Folder{disk, source.Walking(disk)} {
				again, err := tree.Relist("d", known)
				if err != nil || !slices.Equal(again, now) && !slices.Equal(again, before) {
					t.Errorf("listed again as %+v, %v; now %+v", again, err, now)
				}
				if name != "nothing" && !slices.Equal(again, now) {
					t.Errorf("listed again as it was: %+v", again)
				}
			}
		})
	}
}

func replace(dir, name string, with func(at string) error) error {
	at := filepath.Join(dir, name)
	if err := os.Remove(at); err != nil {
		return err
	}
	return with(at)
}
