package document

import "testing"

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
	fresh := testing.AllocsPerRun(5, func() { Parse("x", data, Limits{}) })
	if kept := testing.AllocsPerRun(5, func() { m.Parse("x", data, Limits{}); m.Reuse() }); kept > fresh-4 {
		t.Errorf("%v allocations, %v in new memory", kept, fresh)
	}
}
