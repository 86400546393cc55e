package document

import (
	"reflect"
	"strings"
	"testing"
)

// FuzzParse holds what is true of any bytes at all.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"", "a: 1\n名称: 值 # x\nl:\n- a\n- \"b c\"\nm: {a: 1, 'b': [1,2,\n ]}\nn:\nb: |\n  x\n  y\n\nz: foo\n  bar\n",
		"a: &x {q: 1}\nb: *x\nc: !!str 1\nd: &e\n  k: v\nf: ! 12\ng: &h\ni: &j k\n", "a: 1\na: 2\n1: x\n<<: y\n",
		"? [a]\n: 1\n", "? a\n: b\n? |\n  x\n: - y\n", "[a: 1, {b: 2}: 3, ? c : d, [e]: f]", "%YAML 1.2\n%TAG ! x:\n---\na: !y z\n...\n# end\n",
		"a: b: c\n", "名称:值\nb: c\n", "a:\n\tb: 1\n", "a: 'x\n  y'\r\nb: \"\\u0041 \\\n  z\"\r\n", "- - - a\n    - b\n  - c\n- d\n",
		"\uFEFFa: >2-\n   x\n\n    y\n  z\n", "&a a: &b\n  - &c\n  - *b\n", "--- |\n  x\n---\n", "{a: 1, b: , c}\n", "- # x\n  # y\n  a: 1 # z\n\n# f\n- b\n",
		"!!map {a: !!seq [1]}\n", "&x [*x]\n", "a: \xb0\xa1\n", "a: @\n", "a: [\n", `{"a":{"b":["c",1.5e3,null,true]}}`,
	} {
		f.Add([]byte(text))
	}
	f.Add([]byte("\n\x00")) // as in UTF-16, behind an empty line
	f.Add([]byte(strings.Repeat("- [", 9) + strings.Repeat("]", 9)))
	f.Add([]byte(strings.Repeat("[a, b]: ", 9)))
	f.Add([]byte("[" + strings.Repeat("a,", 499) + "]"))
	limits := Limits{Bytes: 1 << 14, Depth: 16, Nodes: 500, Keys: 50, Aliases: 50}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := Parse("x", data, limits)
		for i, p := range d.Problems {
			checkProblem(t, d, p)
			if i > 0 && p.Start.before(d.Problems[i-1].Start) {
				t.Errorf("problem %d stands before the one before", i)
			}
		}
		if d.Root == nil {
			if len(d.Problems) == 0 {
				t.Fatal("neither a root nor a problem")
			}
			checkRefusal(t, d.Problems[0], data, limits)
			return
		}
		if d.Root.Parent != nil || d.Root.Pointer() != "" {
			t.Error("the root is somebody's child")
		}
		checkTree(t, d, d.Root)
		if s := newScanner(d.text, limits, &room{}); !s.scan(&problems{}) || s.i < len(d.text) {
			t.Errorf("the parser went on where the scanner stopped, at %v", s.pos)
		}
		if len(d.Problems) == 0 {
			checkLineEndings(t, d, string(data), limits)
		}
	})
}

// checkRefusal holds that a file refused for a limit is really beyond it.
func checkRefusal(t *testing.T, p Problem, data []byte, limits Limits) {
	t.Helper()
	loose := Parse("x", data, Limits{Bytes: 1 << 20, Depth: 5000, Nodes: 1 << 20, Keys: 1 << 20, Aliases: 1})
	if loose.Root == nil || len(loose.Problems) > 0 {
		return
	}
	nodes, depth, keys := measure(loose.Root)
	within := map[string]bool{
		CodeTooDeep: depth <= limits.Depth, CodeTooManyNodes: nodes <= limits.Nodes, CodeTooManyKeys: keys <= limits.Keys,
	}
	if within[p.Code] {
		t.Errorf("%s: %d nodes, %d deep, %d keys", p.Code, nodes, depth, keys)
	}
}

func measure(v *Value) (nodes, depth, keys int) {
	nodes, keys = 1+len(v.Fields()), len(v.Fields())
	children := v.Items()
	for _, f := range v.Fields() {
		children = append(children, f.Value)
	}
	for _, c := range children {
		n, d, k := measure(c)
		nodes, depth, keys = nodes+n, max(depth, d), max(keys, k)
	}
	if v.Kind == List || v.Kind == Map {
		depth++
	}
	return nodes, depth, keys
}

func checkTree(t *testing.T, d *Document, v *Value) {
	t.Helper()
	if !inside(d, v.Start()) || !inside(d, v.End()) || v.End().before(v.Start()) {
		t.Errorf("%s: %v-%v", v.Pointer(), v.Start(), v.End())
	}
	if d.Root.Find(v.Pointer()) != v {
		t.Errorf("%q does not lead to its value", v.Pointer())
	}
	checkSource(t, d, v)
	for i, item := range v.Items() {
		if item.Parent != v || item.Index() != i || v.Kind != List {
			t.Errorf("item %d of %q is not in its place", i, v.Pointer())
		}
		checkWithin(t, v, item.Start(), item.End())
		checkTree(t, d, item)
	}
	for _, f := range v.Fields() {
		if f.Value.Parent != v || f.Value.Key() != f.Key || v.Kind != Map {
			t.Errorf("key %q of %q is not in its place", f.Key, v.Pointer())
		}
		if f.Value.Start().before(f.KeyStart()) {
			t.Errorf("%q starts before its key", f.Value.Pointer())
		}
		checkWithin(t, v, f.KeyStart(), f.KeyEnd())
		checkWithin(t, v, f.Value.Start(), f.Value.End())
		checkTree(t, d, f.Value)
	}
}

func checkWithin(t *testing.T, v *Value, start, end Pos) {
	t.Helper()
	if start.before(v.Start()) || v.End().before(end) {
		t.Errorf("%v-%v is not within %q, %v-%v", start, end, v.Pointer(), v.Start(), v.End())
	}
}

// checkSource compares a value with what stands in the file at its place.
func checkSource(t *testing.T, d *Document, v *Value) {
	t.Helper()
	if v.Start().Line != v.End().Line {
		return
	}
	source := string([]rune(d.Line(v.Start().Line))[v.Start().Column-1 : v.End().Column-1])
	if strings.HasPrefix(source, "*") {
		return
	}
	switch v.Kind {
	case List, Map:
		if source != "" && strings.HasPrefix(source, "[") && v.Kind == List && !strings.HasSuffix(source, "]") {
			t.Errorf("%q is %q", v.Pointer(), source)
		}
	default:
		if v.plain && source != v.Text {
			t.Errorf("%q is %q, not %q", v.Pointer(), source, v.Text)
		}
		if !v.plain && (source == "" || strings.IndexByte(`"'|>`, source[0]) < 0) {
			t.Errorf("%q is %q, not quoted", v.Pointer(), source)
		}
		if strings.HasPrefix(source, `"`) && (len(source) < 2 || !strings.HasSuffix(source, `"`)) {
			t.Errorf("%q ends within its quotes: %q", v.Pointer(), source)
		}
	}
}

// checkLineEndings holds that LF and CRLF make no difference.
func checkLineEndings(t *testing.T, d *Document, text string, limits Limits) {
	t.Helper()
	other := strings.ReplaceAll(text, "\n", "\r\n")
	if strings.Contains(text, "\r") {
		other = strings.ReplaceAll(text, "\r\n", "\n")
	}
	limits.Bytes *= 2
	again := Parse("x", []byte(other), limits)
	if len(again.Problems) > 0 {
		t.Fatalf("with other line endings: %v", again.Problems)
	}
	if !reflect.DeepEqual(d.Root.Any(), again.Root.Any()) {
		t.Errorf("with other line endings: %#v, not %#v", again.Root.Any(), d.Root.Any())
	}
	if again.Root.Start() != d.Root.Start() || again.Root.End() != d.Root.End() {
		t.Errorf("with other line endings: %v-%v, not %v-%v", again.Root.Start(), again.Root.End(), d.Root.Start(), d.Root.End())
	}
}
