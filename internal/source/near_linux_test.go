package source_test

import (
	"os"
	"testing"

	"hegui/internal/source"
)

// At most one folder is open, and none afterwards.
func TestNearLetsGo(t *testing.T) {
	tree, _ := folder(t, map[string]string{"a/1": "one", "b/2": "two", "c/3": "three"})
	open := func() int {
		all, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	before, near := open(), source.NearOf(tree)
	for _, dir := range []string{"a", "b", "c"} {
		entries, err := tree.List(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := near.Append(nil, entries[0], 100); err != nil {
			t.Fatal(err)
		}
		if now := open(); now > before+1 {
			t.Errorf("%d descriptors more after %s", now-before, dir)
		}
	}
	if near.Close(); open() != before {
		t.Errorf("%d descriptors remain", open()-before)
	}
}
