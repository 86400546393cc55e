package audit_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/source"
)

// What belongs to one platform alone is found wherever another states it; evidence
// that several may share is not.
func TestBorrowed(t *testing.T) {
	files := fstest.MapFS{}
	for id, system := range map[string]string{"a": "core", "b": "core", "c": "other", "d": "own"} {
		place(files, "platforms/"+id, id, nil)
		header := files["platforms/"+id+"/platform.yaml"]
		header.Data = []byte(strings.Replace(string(header.Data), "code: core", "code: "+system, 1))
	}
	evidence := func(id string, n int, text string) {
		for i := range n {
			files[fmt.Sprintf("platforms/%s/evidence/more-%d.md", id, i)] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	evidence("a", 5, "seen")
	evidence("b", 5, "kept")
	evidence("c", 5, "seen")
	for i := range 5 { // two of d's eight files besides the one that all have
		files[fmt.Sprintf("platforms/d/evidence/own-%d.md", i)] = &fstest.MapFile{Data: []byte("its own")}
	}
	evidence("d", 2, "seen")
	a := auditor(t, source.FromFS(files))
	a.Rulebook = load(t, filepath.Join("..", "cli", "testdata", "rulebook"), `"description": "系统的短名",`, `"description": "系统的短名", "x-own": true,`)
	platforms, failures := a.Run(context.Background(), nil)
	if len(failures) > 0 {
		t.Fatal(failures)
	}
	var got []string
	for _, p := range platforms {
		for _, f := range p.Findings {
			if strings.HasSuffix(f.Check, ".borrowed") {
				got = append(got, p.ID+": "+f.Check+": "+f.Message.EN)
			}
		}
	}
	want := []string{
		`a: document.borrowed: Code "core" is also that of platform b`,
		`a: evidence.borrowed: 6 of the 6 files in evidence/ are those of platform c, byte by byte`,
		`b: document.borrowed: Code "core" is also that of platform a`,
		`c: evidence.borrowed: 6 of the 6 files in evidence/ are those of platform a, byte by byte`,
	}
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
