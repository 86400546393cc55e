package document

import (
	"reflect"
	"testing"

	"hegui/internal/pack"
)

func TestUnpackIsParse(t *testing.T) {
	for _, text := range []string{
		"a: 1\nb: [x, 2.5, true, null, '']\n", "- {键: 值}\n- |\n  两行\n  文字\n- *none\n", "x: &a {y: 1}\nz: *a\n", "", "{}", "[]", "text", "\"a\\tb\": 'it''s'\n",
		"{\"$schema\": \"x\", \"n\": -1e3, \"big\": 123456789012345678901234567890}\n", "a:\n  - b:\n    - c: ~\n# end\n",
	} {
		want := Parse("f.yaml", []byte(text), DefaultLimits())
		if want.Root == nil || len(want.Problems) > 0 {
			continue
		}
		w := pack.NewWriter()
		want.Pack(w)
		got := Unpack("f.yaml", func() []byte { return []byte(text) }, pack.NewReader(string(w.Bytes())))
		if got.Root.Document() != got {
			t.Errorf("%q comes back as values of no file", text)
		}
		if !reflect.DeepEqual(normal(got.Root), normal(want.Root)) {
			t.Errorf("%q comes back changed", text)
		}
		if got.Path != want.Path || got.Lines() != want.Lines() || got.Line(1) != want.Line(1) || got.Line(2) != want.Line(2) {
			t.Errorf("%q comes back with other lines", text)
		}
	}
}

// normal makes empty lists and no lists the same, and leaves the file out.
func normal(v *Value) *Value {
	if len(v.Items())+len(v.Fields()) == 0 {
		v.inner = nil
	} else {
		v.inner.document = nil
	}
	for _, item := range v.Items() {
		normal(item)
	}
	for _, field := range v.Fields() {
		normal(field.Value)
	}
	return v
}
