package audit_test

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/source"
)

// faulty is a tree of which some paths cannot be had. Tests run as a user whom
// no file mode stops, so that a disk cannot show this.
type faulty struct {
	source.Tree
	list, read map[string]error
	panics     string
}

func (f *faulty) List(dir string) ([]source.Entry, error) {
	if err := f.list[dir]; err != nil {
		return nil, &fs.PathError{Op: "list", Path: dir, Err: err}
	}
	return f.Tree.List(dir)
}

func (f *faulty) Read(at string, max int64) ([]byte, error) {
	if at == f.panics {
		panic("the tree fell")
	}
	if err := f.read[at]; err != nil {
		return nil, &fs.PathError{Op: "read", Path: at, Err: err}
	}
	return f.Tree.Read(at, max)
}

func TestWhatCannotBeReadIsTold(t *testing.T) {
	files := fstest.MapFS{}
	place(files, "platforms/bad", "bad", nil)
	place(files, "platforms/good", "good", nil)
	denied := func(at string) map[string]error { return map[string]error{at: fs.ErrPermission} }
	for _, c := range []struct {
		name string
		tree *faulty
		want []string // findings of the platform "bad"
		fail string   // part of the failure, if it cannot be judged at all
	}{
		{"nothing wrong", &faulty{}, nil, ""},
		{"folder of a platform", &faulty{list: denied("platforms/bad")}, []string{"platforms/bad:1:1 document.unreadable"}, ""},
		{"folder in a platform", &faulty{list: denied("platforms/bad/evidence")},
			[]string{"platforms/bad/evidence:1:1 document.unreadable", "platforms/bad/stores.yaml:6:39 evidence.missing"}, ""},
		{"file of a topic", &faulty{read: denied("platforms/bad/stores.yaml")}, []string{"platforms/bad/stores.yaml:1:1 document.unreadable"}, ""},
		{"evidence", &faulty{read: denied("platforms/bad/evidence/run.md")},
			[]string{"platforms/bad/evidence/run.md:1:1 document.unreadable", "platforms/bad/stores.yaml:6:39 evidence.unreadable"}, ""},
		{"a panic", &faulty{panics: "platforms/bad/stores.yaml"}, nil, "judging platform bad broke hegui itself, this is our defect: the tree fell"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.tree.Tree = source.FromFS(files)
			platforms, failures := auditor(t, c.tree).Run(context.Background(), nil)
			var got []string
			ids := []string{}
			for _, p := range platforms {
				ids = append(ids, p.ID)
				for _, f := range p.Findings {
					if p.ID == "good" {
						t.Errorf("the platform beside it: %s", f.Message.EN)
					}
					got = append(got, fmt.Sprintf("%s:%d:%d %s", f.Location.Path, f.Location.Line, f.Location.Column, f.Check))
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("findings %q, want %q", got, c.want)
			}
			want := []string{"bad", "good"}
			if c.fail != "" {
				want = want[1:]
				if len(failures) != 1 || failures[0].Platform != "bad" || !strings.Contains(failures[0].Message.EN, c.fail) {
					t.Errorf("failures %+v, want one that says %q", failures, c.fail)
				}
			} else if len(failures) > 0 {
				t.Errorf("failures %+v", failures)
			}
			if !slices.Equal(ids, want) {
				t.Errorf("platforms %q, want %q", ids, want)
			}
		})
	}
}
