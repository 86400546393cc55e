package schema_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hegui/internal/document"
	"hegui/internal/schema"
)

// Those that walk only where something may be miss none of it.
func TestWalksFindAll(t *testing.T) {
	set, files := described(t)
	sensitive := func(t *schema.Type) bool { return t.Sensitive }
	evidence := func(t *schema.Type) bool { return t.Kind == schema.Evidence }
	found := map[bool]int{}
	for _, file := range files {
		s := set.Find(strings.TrimSuffix(filepath.Base(file), ".yaml"))
		data, err := os.ReadFile(file)
		if s == nil || err != nil {
			continue
		}
		doc := parse(t, string(data))
		for which, wanted := range map[bool]func(*schema.Type) bool{true: sensitive, false: evidence} {
			all, some := []*document.Value(nil), []*document.Value(nil)
			gather := func(into *[]*document.Value) func(*schema.Type, *document.Value) {
				return func(t *schema.Type, v *document.Value) {
					if wanted(t) {
						*into = append(*into, v)
					}
				}
			}
			s.Walk(doc, gather(&all))
			if which {
				s.WalkSensitive(doc, gather(&some))
			} else {
				s.WalkEvidence(doc, gather(&some))
			}
			if found[which] += len(all); !slices.Equal(all, some) {
				t.Errorf("%s: %d of %d are found", file, len(some), len(all))
			}
		}
	}
	if found[true] == 0 || found[false] == 0 {
		t.Errorf("nothing to find: %v", found)
	}
}
