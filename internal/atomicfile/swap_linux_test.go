package atomicfile

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
)

// A subfolder is exchanged in one step: whoever has it open goes on reading the
// old one, whole.
func TestSubfoldersAreExchanged(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	for _, name := range []string{"sub/a", "sub/b"} {
		check(t, f.Put(name, []byte("1")))
	}
	check(t, f.Commit())
	old, err := os.OpenRoot(filepath.Join(dir, "sub"))
	check(t, err)
	defer func() { check(t, old.Close()) }()
	for _, name := range []string{"sub/b", "sub/c"} {
		check(t, f.Put(name, []byte("2")))
	}
	check(t, f.Replace("", []string{"sub/a"}))
	for name, want := range map[string]string{"a": "1", "b": "1"} {
		if text, err := old.ReadFile(name); string(text) != want {
			t.Errorf("the old %s holds %q, %v", name, text, err)
		}
	}
	check(t, f.Close())
	got := names(t, dir)
	slices.Sort(got)
	if want := []string{"sub", "sub/b", "sub/c"}; !reflect.DeepEqual(got, want) {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
}
