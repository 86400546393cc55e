package audit_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/editor"
	"hegui/internal/lang"
	"hegui/internal/source"
)

// A description that leads its owner's editor to a schema that is not its own, is
// not there or is not what hegui reads says so, and nothing else changes.
func TestSchemaLines(t *testing.T) {
	book := load(t, filepath.Join("..", "cli", "testdata", "rulebook"))
	bundle := func(name string, l lang.Language) *fstest.MapFile {
		return &fstest.MapFile{Data: editor.Bundle(book.Schemas, book.Schemas.Find(name), l)}
	}
	exported := fstest.MapFS{editor.Path("stores"): bundle("stores", lang.Chinese), editor.Path("faults"): bundle("faults", lang.English)}
	stale := fstest.MapFS{editor.Path("stores"): {Data: append(bundle("stores", lang.Chinese).Data, ' ')}, editor.Path("faults"): bundle("faults", lang.Chinese)}
	raw := fstest.MapFS{"schemas/stores.schema.json": {Data: []byte("{}")}}
	const right = "../../../schemas/editor/stores.schema.json"
	for _, c := range []struct {
		what, target string
		files        fstest.MapFS
		want         string // the finding, and what the edit writes
	}{
		{"the right one", right, exported, ""},
		{"none", "", exported, ""},
		{"another topic's", "../../../schemas/editor/faults.schema.json", exported, "editor.other_schema " + right},
		{"another topic's, beside the right one", "../../../schemas/faults.schema.json", raw, "editor.other_schema ../../../schemas/stores.schema.json"},
		{"another topic's, with none there", "../../../schemas/editor/faults.schema.json", nil, "editor.other_schema "},
		{"a wrong depth", "../../schemas/editor/stores.schema.json", exported, "editor.missing_schema " + right},
		{"out of the tree", "../../../../schemas/editor/stores.schema.json", exported, "editor.missing_schema " + right},
		{"none there", right, nil, "editor.missing_schema "},
		{"an old one", right, stale, "editor.outdated_schema "},
		{"a file that people wrote", "../../../schemas/stores.schema.json", raw, ""},
		{"an address", "https://example.org/stores.schema.json?v=1", nil, ""},
		{"an address of another topic", "https://example.org/faults.schema.json", nil, "editor.other_schema "},
		{"an address of another topic, where the right one is", "https://example.org/faults.schema.json", exported, "editor.other_schema " + right},
		{"on another disk", `file:///C:/schemas/stores.schema.json`, nil, ""},
	} {
		head := ""
		if c.target != "" {
			head = "# yaml-language-server: $schema=" + c.target + "\n"
		}
		files := fstest.MapFS{}
		place(files, "platforms/bureau/one", "one", map[string]string{"stores.yaml": head + stores("evidence/run.md")})
		for at, file := range c.files {
			files[at] = file
		}
		platforms, _ := auditor(t, source.FromFS(files)).Run(context.Background(), nil)
		got := []string{}
		for _, f := range platforms[0].Findings {
			if strings.HasPrefix(f.Check, "editor.") {
				text := ""
				if f.Edit != nil {
					text = f.Edit.Text
					line := strings.Split(head, "\n")[f.Edit.Line-1]
					if line[f.Edit.Column-1:f.Edit.EndColumn-1] != c.target {
						t.Errorf("%s: the edit replaces %q", c.what, line[f.Edit.Column-1:f.Edit.EndColumn-1])
					}
				}
				got = append(got, f.Check+" "+text)
			}
		}
		want := []string{}
		if c.want != "" {
			want = append(want, c.want)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", c.what, got, want)
		}
	}
}

// One command writes all schemas, so what all files lack is one finding.
func TestSchemaLinesTogether(t *testing.T) {
	line := func(name string) string {
		return editor.Line("platforms/one/"+name+".yaml", editor.Path(name)) + "\n"
	}
	p := only(t, map[string]string{"stores.yaml": line("stores") + stores("evidence/run.md"), "faults.yaml": line("faults") + "open: []\ndrills: []\n"}, nil)
	n := 0
	for _, f := range p.Findings {
		if strings.HasPrefix(f.Check, "editor.") {
			n++
			if !strings.HasSuffix(f.Message.EN, ": faults, stores") || f.Location.Path != "platforms/one/faults.yaml" {
				t.Errorf("%s: %s", f.Location.Path, f.Message.EN)
			}
		}
	}
	if n != 1 {
		t.Errorf("%d findings", n)
	}
}
