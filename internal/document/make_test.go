package document

import (
	"reflect"
	"testing"
)

// A description has thousands of values: what is kept of each is a sixth of all memory
// that a run takes.
func TestLittleIsKeptOfAValue(t *testing.T) {
	if size := reflect.TypeFor[Value]().Size(); size > 64 {
		t.Errorf("a value is %d bytes", size)
	}
	if size := reflect.TypeFor[Field]().Size(); size > 40 {
		t.Errorf("a field is %d bytes", size)
	}
}

// Lists and maps are counted as the scanner goes, in whatever way they are written:
// where it counted too few the text would be left to the parser.
func TestRoomForEveryListAndMap(t *testing.T) {
	for _, text := range []string{
		"a:\n- b: 1\n  c:\n  - d\n  - - e\n    - f: {g: [h, {}]}\n", "- - a\n  - b:\n    - c\n- []\n", "{a: [b, {c: d}]}\n", "a:\n  b:\n  - c\nd:\n- e\n",
	} {
		if taken([]byte(text), DefaultLimits()) == nil {
			t.Errorf("%q is left to the parser", text)
		}
	}
}

func TestValuesKnowTheirPlaceAmongTheirSiblings(t *testing.T) {
	root := Parse("f.yaml", []byte("a: [x, y, z]\nb: {c: 1, d: 2.5}\n"), Limits{}).Root
	copied := root.Copy()
	if copied.Document() != root.Document() || copied.Find("/b/d").Float() != 2.5 || copied.Find("/b/d").Start() != (Pos{2, 14}) {
		t.Error("a copy of the root has lost something")
	}
	list, object := copied.Get("a"), copied.Get("b")
	last := list.Items()[2]
	list.SetItems(list.Items()[1:])
	if last.Index() != 1 || last.Pointer() != "/a/1" || last.Key() != "" {
		t.Errorf("the last item is %d, %q", last.Index(), last.Pointer())
	}
	object.SetFields(object.Fields()[1:])
	d := object.Get("d")
	if d.Key() != "d" || d.Index() != 0 || d.Pointer() != "/b/d" {
		t.Errorf("the field that is left is %q", d.Key())
	}
	if d.Become(NewInt(7)); d.Pointer() != "/b/d" || d.Int() != 7 || d.Float() != 0 || d.Text != "7" {
		t.Errorf("%s is %d", d.Pointer(), d.Int())
	}
	if len(root.Get("a").Items()) != 3 || root.Find("/b/d").Float() != 2.5 || root.Find("/b/c").Key() != "c" {
		t.Error("what was copied is changed")
	}
	if other := NewList(root.Find("/b/d")); other.Items()[0].Pointer() != "/b/d" {
		t.Error("an item of a list that no file holds has lost its place")
	}
}
