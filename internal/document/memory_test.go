package document

import (
	"reflect"
	"testing"
)

// What is read in memory that was used before is what is read in new memory, texts last
// longer than the memory, and the second time nothing more is needed for values.
func TestMemoryIsUsedAgain(t *testing.T) {
	data, again := description(), []byte("a: [x, {}, []]\nb: {c: 1}\n")
	var m Memory
	text := m.Parse("x", data, Limits{}).Root.Fields()[0].Key
	for range 3 {
		for _, file := range [][]byte{data, again, []byte("'text'\n"), []byte("[]\n"), data} {
			if difference := differs(m.Parse("x", file, Limits{}).Root, Parse("x", file, Limits{}).Root); difference != "" {
				t.Fatal(difference)
			}
		}
		m.Reuse()
	}
	if want := Parse("x", data, Limits{}).Root.Fields()[0].Key; text != want {
		t.Errorf("a text has become %q, not %q", text, want)
	}
	if used, whole := m.values.used, reflect.ValueOf(m.values.whole); used != 0 || whole.Len() == 0 || !whole.Index(0).IsZero() || !whole.Index(whole.Len()-1).IsZero() {
		t.Error("what was read is still there")
	}
	fresh := testing.AllocsPerRun(5, func() { Parse("x", data, Limits{}) })
	if kept := testing.AllocsPerRun(5, func() { m.Parse("x", data, Limits{}); m.Reuse() }); kept > fresh-4 {
		t.Errorf("%v allocations, %v in new memory", kept, fresh)
	}
}

// A file as large as people never write does not keep its memory for the rest of a run.
func TestMemoryIsNotKeptForTheLargest(t *testing.T) {
	var s slab[Value]
	if s.cut(maxMemory + 1); len(s.whole) != maxMemory+1 {
		t.Fatal("not cut")
	}
	if s.empty(); len(s.whole) > 0 {
		t.Error("kept")
	}
	s.cut(maxMemory)
	if s.cut(1); len(s.whole) > maxMemory {
		t.Errorf("room for %d more", len(s.whole))
	}
}
