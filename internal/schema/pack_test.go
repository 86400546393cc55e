package schema_test

import (
	"testing"

	"hegui"
	"hegui/internal/document"
	"hegui/internal/pack"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// What is unpacked is what was packed: every type, mark and rule of the built-in
// schemas, without a look at their files.
func TestPackedSchemasAreTheSame(t *testing.T) {
	tree := source.FromFS(hegui.Rulebook)
	read, defects := schema.Load(tree, "schemas")
	if len(defects) > 0 {
		t.Fatal(defects)
	}
	w := pack.NewWriter()
	read.Pack(w)
	opened := 0
	known := schema.Known{Schemas: len(read.All()), Holds: func(string) bool { return true }, Packed: pack.NewReader(string(w.Bytes())),
		Document: func(string) *document.Document { opened++; return nil }}
	set, defects := known.Load(tree, "schemas")
	if len(defects) > 0 || !set.Known() || len(set.Topics()) != len(read.Topics()) {
		t.Fatalf("%v, %d topics", defects, len(set.Topics()))
	}
	for i, topic := range read.Topics() {
		if set.Topics()[i].Name != topic.Name || set.Topics()[i].Order != topic.Order {
			t.Errorf("%s is in another place", topic.Name)
		}
	}
	for _, one := range read.All() {
		if other := set.Find(one.Name); !one.Same(other) {
			t.Errorf("%s is another schema", one.Name)
		}
	}
	if opened > 0 {
		t.Errorf("%d files were opened", opened)
	}
}
