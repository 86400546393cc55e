package document

import (
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

	"gopkg.in/yaml.v3"

	"hegui/internal/trial"
)

// writer writes one tree as YAML in ways that must not matter.
type writer struct {
	random *rand.Rand
	strings.Builder
}

func (w *writer) one(n int) bool { return w.random.IntN(n) == 0 }

// block writes a value after "key:" or "-", indented by more than indent.
func (w *writer) block(v any, indent int) {
	switch v := v.(type) {
	case map[string]any:
		if len(v) > 0 && !w.one(5) {
			w.blockMap(v, indent+1+w.random.IntN(4))
			return
		}
	case []any:
		if len(v) > 0 && !w.one(5) {
			w.blockList(v, indent+1+w.random.IntN(4))
			return
		}
	case string:
		if strings.Contains(v, "\n") && w.one(2) {
			pad := strings.Repeat(" ", indent+2)
			w.WriteString(" |-\n" + pad + strings.ReplaceAll(v, "\n", "\n"+pad) + "\n")
			return
		}
	}
	w.WriteString(" ")
	w.flow(v)
	w.comment()
}

func (w *writer) comment() {
	if w.one(4) {
		w.WriteString(" # 注释: [x")
	}
	w.WriteString("\n")
	for w.one(6) {
		w.WriteString("# {\n\n")
	}
}

func (w *writer) blockMap(m map[string]any, indent int) {
	w.comment()
	keys := slices.Sorted(maps.Keys(m))
	w.random.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	for _, k := range keys {
		w.WriteString(strings.Repeat(" ", indent))
		w.text(k)
		w.WriteString(":")
		w.block(m[k], indent)
	}
}

func (w *writer) blockList(list []any, indent int) {
	w.comment()
	for _, item := range list {
		w.WriteString(strings.Repeat(" ", indent) + "-")
		w.block(item, indent)
	}
}

func (w *writer) flow(v any) {
	switch v := v.(type) {
	case map[string]any:
		w.WriteString("{")
		for i, k := range slices.Sorted(maps.Keys(v)) {
			if i > 0 {
				w.WriteString(", ")
			}
			w.text(k)
			w.WriteString(": ")
			w.flow(v[k])
		}
		w.WriteString("}")
	case []any:
		w.WriteString("[")
		for i, item := range v {
			if i > 0 {
				w.WriteString(",")
			}
			w.flow(item)
		}
		w.WriteString("]")
	case string:
		w.text(v)
	case nil:
		w.WriteString("null")
	default:
		fmt.Fprint(w, v)
	}
}

func (w *writer) text(s string) {
	switch {
	case !strings.ContainsAny(s, " \n'\"-:") && s != "" && s != "1" && s != "true" && w.one(2):
		w.WriteString(s)
	case !strings.Contains(s, "\n") && w.one(2):
		w.WriteString("'" + strings.ReplaceAll(s, "'", "''") + "'")
	default:
		quoted, _ := json.Marshal(s)
		w.Write(quoted)
	}
}

func tree(random *rand.Rand, depth int) any {
	texts := []string{"", "x", "名称", "a b", "it's", `say "x"`, "1", "true", "a: b", "- x", "两行\n文字", "a\n\n  b"}
	n := random.IntN(8)
	if depth == 0 {
		n = 7
	}
	switch {
	case n < 4:
		m := map[string]any{}
		for range random.IntN(5) {
			m[texts[random.IntN(9)]] = tree(random, depth-1)
		}
		return m
	case n < 6:
		list := []any{}
		for range random.IntN(4) {
			list = append(list, tree(random, depth-1))
		}
		return list
	}
	return []any{nil, true, int64(random.IntN(99) - 50), 1.5, texts[random.IntN(len(texts))], texts[random.IntN(len(texts))]}[random.IntN(6)]
}

// However a tree is written down (order of keys, indentation, quotes, flow or
// block, comments, line endings), it reads the same, and every value stands
// where the file says.
func TestOneTreeWrittenInManyWays(t *testing.T) {
	random := trial.Random(t)
	for range trial.Tries(t, 200) {
		want := map[string]any{"root": tree(random, 4)}
		for range 4 {
			w := &writer{random: random}
			w.blockMap(want, 0)
			text := w.String()
			if w.one(3) {
				text = strings.ReplaceAll(text, "\n", "\r\n")
			}
			d := parse(text)
			if len(d.Problems) > 0 {
				t.Fatalf("%s\n%v", text, d.Problems)
			}
			if got := d.Root.Any(); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s\n got %#v\nwant %#v", text, got, want)
			}
			checkTree(t, d, d.Root)
		}
	}
}

// ownFiles are the project's own YAML and JSON files.
func ownFiles(t testing.TB) map[string][]byte {
	files := map[string][]byte{}
	for _, dir := range []string{"schemas", "checks", "platforms"} {
		_ = filepath.WalkDir(filepath.Join("..", "..", dir), func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".yaml") && !strings.HasSuffix(path, ".json") {
				return nil
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files[path] = data
			return nil
		})
	}
	return files
}

// The scan and the parser agree on the project's own files: every scalar's
// place holds its text.
func TestOwnFilesAgreeWithTheirPlaces(t *testing.T) {
	for path, data := range ownFiles(t) {
		d := Parse(path, data, Limits{})
		if d.Root == nil {
			// Whether the files are right is another test's business.
			t.Logf("%s: %v", path, d.Problems)
			continue
		}
		checkTree(t, d, d.Root)
	}
}

func description() []byte {
	var b strings.Builder
	b.WriteString("# yaml-language-server: $schema=../x.json\nsets:\n")
	for i := range 200 {
		fmt.Fprintf(&b, "  - name: 备份集%d\n    interval: P1D # 每日\n    encrypted: true\n    copies: [{site: dc-east, medium: disk}, {site: \"dc-west\", medium: tape}]\n"+
			"    records:\n      - date: 2026-10-0%d\n        evidence: evidence/backup-%d.pdf\n        note: |\n          一切正常\n", i, i%9+1, i)
	}
	return []byte(b.String())
}

// BenchmarkParse against BenchmarkParseFull shows what is saved within the subset,
// and this against BenchmarkBareNodes what positions and guards cost beside the parser
// that they stand around.
func BenchmarkParse(b *testing.B) { benchmark(b, true) }

func BenchmarkParseFull(b *testing.B) { benchmark(b, false) }

func benchmark(b *testing.B, subset bool) {
	data := description()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if d := parseAs("x", data, Limits{}, nil, subset); len(d.Problems) > 0 {
			b.Fatal(d.Problems)
		}
	}
}

func BenchmarkBareNodes(b *testing.B) {
	data := description()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		var node yaml.Node
		if err := yaml.Unmarshal(data, &node); err != nil {
			b.Fatal(err)
		}
	}
}
