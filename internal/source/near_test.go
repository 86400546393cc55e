package source_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hegui/internal/source"
)

// What a folder that is open gives is what looking up each path gives, also where
// something else has taken the place of what was listed.
func TestNearReadsWhatPathsLeadTo(t *testing.T) {
	tree, root := folder(t, map[string]string{"a.yaml": "a", "e/1": "one", "e/six": "six", "e/2": "two", "e/link": "-> 1", "e/f/3": "three", "g/4": "four", "g/six": "mix", "h/5": "five"})
	near := source.NearOf(tree)
	var listed []source.Entry
	if err := source.Walk(tree, ".", func(e source.Entry, err error) error {
		listed = append(listed, e)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	same := func() {
		t.Helper()
		for _, e := range slices.Concat(listed, listed[:3]) {
			want, wrong := source.AppendListed(tree, []byte("x"), e, 100)
			got, err := near.Append([]byte("x"), e, 100)
			if string(got) != string(want) || (err == nil) != (wrong == nil) || err != nil && err.Error() != wrong.Error() {
				t.Errorf("%s: %q, %v, want %q, %v", e.Path, got, err, want, wrong)
			}
		}
	}
	same()
	at := func(name string) string { return filepath.Join(root, name) }
	for _, err := range []error{os.WriteFile(at("e/2"), []byte("two, and longer"), 0o644), os.Remove(at("e/1")), os.Symlink("six", at("e/1")),
		os.Rename(at("g"), at("i")), os.Symlink("i", at("g")), os.RemoveAll(at("h")), os.WriteFile(at("h"), nil, 0o644)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	same()
	near.Close()
	same() // closed, it opens what it needs again
	near.Close()
}
