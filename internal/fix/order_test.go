package fix_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"testing"

	"hegui/internal/document"
	"hegui/internal/fix"
	"hegui/internal/schema"
	"hegui/internal/trial"
)

// What is put into the schema's order takes its comments along; what cannot be
// moved without doubt stays, and is said.
func TestOrder(t *testing.T) {
	set := schemas(t)
	for _, test := range []struct {
		name, wrong, right string
		kept               []string
	}{
		{"in order", "sets:\n  - name: a\n    interval: P1D\nplaces: []\n", "", nil},
		{"comments and blank lines", "# yaml-language-server: $schema=x\nplaces: []  # none\n\n# the sets\nsets:\n  - interval: P1D # daily\n    # what it is called\n    name: a\n    # of the item\n  - name: b\n# end\n",
			"# yaml-language-server: $schema=x\n# the sets\nsets:\n    # what it is called\n  - name: a\n    interval: P1D # daily\n    # of the item\n  - name: b\n\nplaces: []  # none\n# end\n", nil},
		{"a header", "# all of it\n\nplaces: []\nsets: []\n", "# all of it\n\nsets: []\nplaces: []\n", nil},
		{"text, line ends, no last one", "\uFEFFplaces: []\r\nsets:\r\n  - note: |\r\n      # no comment\r\n      x\r\n    name: a", "\uFEFFsets:\r\n  - note: |\r\n      # no comment\r\n      x\r\n    name: a\r\nplaces: []", []string{"a key that nobody knows"}},
		{"comment of the file or the key", "# all of it?\nplaces: []\nsets:\n  - interval: P1D\n    name: a\n", "# all of it?\nplaces: []\nsets:\n  - name: a\n    interval: P1D\n", []string{"2:1 the comment at the top"}},
		{"braces", "sets:\n  - {interval: P1D, name: a}\n  - interval: P1D\n    name: {\n      interval: P1D,\n      name: b }\n", "sets:\n  - {interval: P1D, name: a}\n  - name: {\n      interval: P1D,\n      name: b }\n    interval: P1D\n", []string{"2:5 keys in braces"}},
		{"anchors", "places: &a []\nsets: *a\n", "", []string{"1:1 the file has anchors"}},
		{"what cannot be read", "places：[]\nsets: []\n", "", []string{"1:1 the file is not written well"}},
		{"another document's end", "places: []\nsets: []\n...\n", "", []string{"1:1 the file has anchors, aliases or a rare layout"}},
		{"a question", "? places\n: []\nsets: []\n", "", []string{"the keys are not each on a line"}},
		{"dashes of their own line", "sets:\n  -\n    interval: P1D\n    name: a\n  -\n    name: b\n", "", []string{"a rare layout"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, kept := fix.Order(set.Find("backups"), "backups.yaml", []byte(test.wrong))
			want := test.right
			if want == "" {
				want = test.wrong
			}
			if string(r.New) != want {
				t.Errorf("got\n%s\nwant\n%s", r.New, want)
			}
			if (len(r.Changes) > 0) != (test.right != "") {
				t.Error(r.Changes)
			}
			if len(kept) != len(test.kept) {
				t.Fatal(kept)
			}
			for i, k := range kept {
				if said := fmt.Sprintf("%d:%d %s", k.Line, k.Column, k.Why.EN); !strings.Contains(said, test.kept[i]) {
					t.Errorf("%s, want %s", said, test.kept[i])
				}
			}
		})
	}
}

// writer writes a random description of a schema: its keys in any order, each with
// a comment of its own above it, behind it or below it.
type writer struct {
	strings.Builder
	*rand.Rand
	keys int
}

func (w *writer) object(t *schema.Type, indent int, first string) {
	fields := slices.Clone(t.Fields)
	w.Shuffle(len(fields), func(i, j int) { fields[i], fields[j] = fields[j], fields[i] })
	blank := strings.Repeat(" ", indent)
	for i, f := range fields[:1+w.IntN(min(len(fields), 5))] {
		w.keys++
		before := blank
		switch {
		case i == 0 && first != "":
			if before = first; w.IntN(3) == 0 {
				of := w.IntN(2)
				fmt.Fprintf(w, "%s# %s %d\n", blank[2*of:], []string{"above", "item"}[of], w.keys)
			}
		case w.IntN(3) == 0 && w.keys > 1:
			fmt.Fprintf(w, "%s%s# above %d\n", strings.Repeat("\n", w.IntN(2)), blank, w.keys)
		case w.IntN(5) == 0 && w.keys > 1:
			w.WriteByte('\n')
		}
		fmt.Fprintf(w, "%s%s:", before, f.Name)
		w.value(f.Type, indent)
	}
}

func (w *writer) value(t *schema.Type, indent int) {
	blank, remark := strings.Repeat(" ", indent), fmt.Sprintf("  # key %d\n", w.keys)
	switch {
	case t.Kind == schema.Object && w.IntN(6) > 0:
		w.WriteString(remark)
		w.object(t, indent+2, "")
	case t.Kind == schema.List && t.Item.Kind == schema.Object && w.IntN(6) > 0:
		w.WriteString(remark)
		for range 1 + w.IntN(2) {
			w.object(t.Item, indent+4, blank+"  - ")
		}
	default:
		for _, one := range []string{
			fmt.Sprintf(" |%s\n%s  # text %d\n\n%s  x\n", []string{"", "-"}[w.IntN(2)], blank, w.keys, blank), fmt.Sprintf(" [a,%s%s  b]\n", remark, blank),
			" {ref: a, held_by: b}" + remark, remark, fmt.Sprintf(" v%d%s%s  # below %d\n", w.keys, remark, blank, w.keys), fmt.Sprintf(" v%d%s", w.keys, remark),
		} {
			if w.IntN(4) == 0 {
				w.WriteString(one)
				return
			}
		}
		w.WriteString(remark)
	}
}

// TestOrderKeepsAll holds of random descriptions that they say the same in order,
// that every comment is where it was of its key, and that twice is once.
func TestOrderKeepsAll(t *testing.T) {
	random := trial.Random(t)
	moved, tries := 0, trial.Tries(t, 400)
	topics := schemas(t).Topics()
	for range tries {
		s := topics[random.IntN(len(topics))]
		w := &writer{Rand: random}
		w.object(s.Root, 0, "")
		data := w.String()
		before := document.Parse("x.yaml", []byte(data), document.Limits{})
		if !before.Sound() {
			t.Fatalf("%s\n%v", data, before.Problems)
		}
		r, kept := fix.Order(s, "x.yaml", []byte(data))
		for _, k := range kept {
			if !strings.Contains(k.Why.EN, "braces") && !strings.Contains(k.Why.EN, "nobody knows") {
				t.Fatalf("%s\n%v", data, k)
			}
		}
		after := document.Parse("x.yaml", r.New, document.Limits{})
		if !after.Sound() || before.Root.Canonical() != after.Root.Canonical() {
			t.Fatalf("%s\nbecame\n%s", data, r.New)
		}
		if got, want := remarks(string(r.New)), remarks(data); !slices.Equal(got, want) {
			t.Fatalf("%s\nbecame\n%s\nremarks %q, were %q", data, r.New, got, want)
		}
		s.Walk(after.Root, func(t2 *schema.Type, v *document.Value) {
			if names := t2.Names(); t2.Kind == schema.Object && v.Kind == document.Map && v.Start() == v.Fields()[0].KeyStart() &&
				!slices.IsSortedFunc(v.Fields(), func(a, b document.Field) int { return slices.Index(names, a.Key) - slices.Index(names, b.Key) }) {
				t.Fatalf("%s\nbecame\n%s, not in order at %d", data, r.New, v.Start().Line)
			}
		})
		if again, _ := fix.Order(s, "x.yaml", r.New); len(again.Changes) > 0 || string(again.New) != string(r.New) {
			t.Fatalf("twice\n%s\nis\n%s", r.New, again.New)
		}
		if len(r.Changes) > 0 {
			moved++
		}
	}
	if moved < tries/4 {
		t.Errorf("%d of %d descriptions were not in order", moved, tries)
	}
}

// remarks are the comments of a description, each with the key that it is of: the
// one below "above", the one before "key" and "below".
func remarks(text string) []string {
	var out []string
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		_, remark, found := strings.Cut(line, "# ")
		at := i
		for strings.HasPrefix(remark, "above") && (at == i || strings.Contains(lines[at], "# above")) {
			at++
		}
		for strings.HasPrefix(remark, "below") && strings.Contains(lines[at], "# below") {
			at--
		}
		if found {
			key, _, _ := strings.Cut(strings.TrimLeft(lines[at], " -"), ":")
			if strings.HasPrefix(remark, "item") {
				key = "" // it is not of any
			}
			out = append(out, remark+" of "+key)
		}
	}
	sort.Strings(out)
	return out
}
