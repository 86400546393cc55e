package document

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"hegui/internal/trial"
)

// taken is the document that is read from the scanner's tokens alone, nil where the
// text is left to the parser.
func taken(data []byte, limits Limits) *Document {
	d := newDocument("")
	var found problems
	if len(data) > limits.Bytes || !d.read(data, &found) || d.refuseConflicts(&found) {
		return nil
	}
	if s := newScanner(d.text, limits, &room{}); !s.scan(&found) || !d.direct(s, limits, nil, &room{}) {
		return nil
	}
	return d
}

// Took is for the tests that need packages which need this one.
func Took(data []byte) bool { return taken(data, DefaultLimits()) != nil }

// differ is what the parser has otherwise than the subset, empty where it has
// nothing: values, kinds, places, parents and counts. Where the text was left to it,
// it read it in both cases. took reports that it was not.
func differ(data []byte, limits Limits) (took bool, difference string) {
	d := taken(data, limits)
	if d == nil {
		return false, ""
	}
	whole := parseAs("", data, limits, nil, false)
	switch {
	case len(whole.Problems) > 0:
		return true, fmt.Sprintf("the parser finds %v", whole.Problems)
	case d.Nodes != whole.Nodes || d.aliased != whole.aliased:
		return true, fmt.Sprintf("%d nodes, not %d", d.Nodes, whole.Nodes)
	case d.Root.Document() != d || d.text != whole.text || d.Lines() != whole.Lines() || !slices.Equal(d.lines, whole.lines):
		return true, "the root has lost its document"
	}
	return true, differs(d.Root, whole.Root)
}

// differs goes through two values side by side.
func differs(v, whole *Value) string {
	a, b := *v, *whole
	for _, one := range []*Value{&a, &b} {
		one.inner, one.Parent = nil, nil
	}
	if !reflect.DeepEqual(a, b) || (v.Items() == nil) != (whole.Items() == nil) || len(v.Items()) != len(whole.Items()) || len(v.Fields()) != len(whole.Fields()) {
		return fmt.Sprintf("%q is %+v, not %+v", whole.Pointer(), a, b)
	}
	for i, item := range v.Items() {
		if item.Parent != v {
			return fmt.Sprintf("%q is not its parent's", item.Pointer())
		}
		if difference := differs(item, whole.Items()[i]); difference != "" {
			return difference
		}
	}
	for i, field := range v.Fields() {
		other := whole.Fields()[i]
		if field.Value.Parent != v || field.Key != other.Key || field.KeyStart() != other.KeyStart() || field.KeyEnd() != other.KeyEnd() {
			return fmt.Sprintf("the key %+v is not %+v", field, other)
		}
		if difference := differs(field.Value, other.Value); difference != "" {
			return difference
		}
	}
	return ""
}

// seeds are the texts that mutants are made of: the project's own, those that other
// tests are about, and those of the YAML test suite.
func seeds(t testing.TB) [][]byte {
	own := ownFiles(t)
	var texts [][]byte
	for _, path := range slices.Sorted(maps.Keys(own)) {
		texts = append(texts, own[path])
	}
	for _, text := range odd() {
		texts = append(texts, []byte(text))
	}
	return append(texts, suite(t)...)
}

// suite are the texts of the YAML test suite.
func suite(t testing.TB) (texts [][]byte) {
	data, err := os.ReadFile(filepath.Join("testdata", "yaml-test-suite.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		var text string
		if line := lines.Bytes(); line[0] != '#' {
			if err := json.Unmarshal(line, &text); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			texts = append(texts, []byte(text))
		}
	}
	if len(texts) < 400 {
		t.Fatalf("only %d texts of the suite", len(texts))
	}
	return texts
}

// snippets are what the grammar turns on.
var snippets = strings.Split(": |:|- |-|# | #|#|\n|\n\n|\n  | |  |    |\t|'|\"|''|[|]|{|}|,|, |[]|{}| >\n|>-\n|? |?|&a |*a|!!str |! |\\|\\n|\\\"|\\\\|\\u4e00|---|---\n|...|%|@|`|~|null|true|1|-1.5|0x1|.inf|1e400|<<|<<: |字|：|“|\u3000|\r\n|a: |\"a\": |a|:a|?a|-a|x:|- - |- a: ||+|>\n|2", "|")

// mutant is some lines of a seed, moved to the left, with a few changes.
func mutant(random *rand.Rand, seeds [][]string) []byte {
	text := window(random, seeds)
	if random.IntN(8) == 0 {
		text += window(random, seeds)
	}
	for range random.IntN(3) {
		at := random.IntN(len(text) + 1)
		to := min(len(text), at+1+random.IntN(1+random.IntN(12)))
		switch random.IntN(7) {
		case 0:
			text = text[:at] + text[to:]
		case 1, 2, 3:
			text = text[:at] + snippets[random.IntN(len(snippets))] + text[at:]
		case 4:
			text = text[:at] + snippets[random.IntN(len(snippets))] + text[to:]
		case 5:
			text = text[:at] + strings.Repeat(text[at:to], 2) + text[to:]
		case 6:
			text = indented(random, text)
		}
	}
	if random.IntN(50) == 0 {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return []byte(text)
}

// window is some lines of a seed without the first one's indentation.
func window(random *rand.Rand, seeds [][]string) string {
	lines := seeds[random.IntN(len(seeds))]
	from := random.IntN(len(lines))
	to := min(len(lines), from+1+random.IntN(10))
	left := indentOf(lines[from])
	var text strings.Builder
	for _, line := range lines[from:to] {
		text.WriteString(line[min(left, indentOf(line)):])
	}
	return text.String()
}

// indented is a text with one line moved.
func indented(random *rand.Rand, text string) string {
	lines := strings.SplitAfter(text, "\n")
	i := random.IntN(len(lines))
	if lines[i] = strings.TrimLeft(lines[i], " "); random.IntN(4) > 0 {
		lines[i] = strings.Repeat(" ", random.IntN(9)) + lines[i]
	}
	return strings.Join(lines, "")
}

// byLine are the texts by their lines.
func byLine(texts [][]byte) (lines [][]string) {
	for _, text := range texts {
		if len(text) > 0 {
			lines = append(lines, slices.Collect(strings.Lines(string(text))))
		}
	}
	return lines
}

// What is read without the parser is read as the parser reads it.
func TestSubsetIsWhatTheParserReads(t *testing.T) {
	for _, seed := range seeds(t) {
		for _, text := range [][]byte{seed, bytes.TrimSuffix(seed, []byte("\n")), bytes.ReplaceAll(seed, []byte("\n"), []byte("\r\n"))} {
			if _, difference := differ(text, DefaultLimits()); difference != "" {
				t.Errorf("%.200q: %s", text, difference)
			}
		}
	}
}

// So are mutants, of which HEGUI_LONG=250 tries ten million.
func TestSubsetOfMutants(t *testing.T) {
	random, texts := trial.Random(t), byLine(seeds(t))
	tries, took, wrong := trial.Tries(t, 40_000), 0, 0
	for range tries {
		text := mutant(random, texts)
		took1, difference := differ(text, DefaultLimits())
		if took1 {
			took++
		}
		if difference != "" {
			if wrong++; wrong <= 20 {
				t.Errorf("%q: %s", text, difference)
			}
		}
	}
	t.Logf("%d taken, %d left to the parser, %d wrong", took, tries-took, wrong)
	if took < tries/10 {
		t.Errorf("only %d of %d mutants are within the subset", took, tries)
	}
}

// One variable leaves every file to the parser.
func TestFullYAMLIsTheParsers(t *testing.T) {
	data := description()
	cost := func() float64 { return testing.AllocsPerRun(5, func() { Parse("x", data, Limits{}) }) }
	quick, want := cost(), Parse("x", data, Limits{})
	t.Setenv(fullVariable, "1")
	if full := cost(); full < 20*quick {
		t.Errorf("%v allocations with the parser, %v without", full, quick)
	}
	if difference := differs(Parse("x", data, Limits{}).Root, want.Root); difference != "" {
		t.Error(difference)
	}
}

// FuzzSubset looks for a text that is read otherwise without the parser.
func FuzzSubset(f *testing.F) {
	for _, text := range append(suite(f), []byte("a: [:b]\n"), []byte("a: {:b: c}\n")) {
		f.Add(text)
	}
	for _, text := range odd() {
		f.Add([]byte(text))
	}
	limits := Limits{Bytes: 1 << 14, Depth: 16, Nodes: 500, Keys: 50, Aliases: 50}
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, difference := differ(data, limits); difference != "" {
			t.Error(difference)
		}
	})
}
