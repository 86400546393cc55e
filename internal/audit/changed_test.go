package audit_test

import (
	"crypto/sha256"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/audit"
	"hegui/internal/source"
)

// hashed gives a tree hashes, but for the paths that it keeps silent about, and
// notes what is listed.
type hashed struct {
	source.Tree
	silent string
	listed []string
}

func (h *hashed) List(dir string) ([]source.Entry, error) {
	h.listed = append(h.listed, dir)
	return h.Tree.List(dir)
}

func (h *hashed) Hash(at string) (string, error) {
	entry, err := h.Stat(at)
	if err != nil || h.silent != "" && strings.HasPrefix(at, h.silent) {
		return "", err
	}
	if entry.Kind != source.Dir {
		data, err := h.Read(at, 1<<20)
		return fmt.Sprintf("%x", sha256.Sum256(data)), err
	}
	entries, err := h.Tree.List(at)
	sum := sha256.New()
	for _, e := range entries {
		inner, _ := h.Hash(e.Path)
		fmt.Fprintln(sum, e.Name, inner)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)), err
}

// A gate looks at the platforms whose folders differ, as they lie on each side,
// and into no others.
func TestChanged(t *testing.T) {
	base := map[string]string{"a/platform.yaml": "1", "a/evidence/x.md": "1", "b/c/platform.yaml": "1", "b/d/platform.yaml": "1", "plain/x.txt": "1", "old.yaml": "1"}
	for _, c := range []struct {
		name    string
		change  map[string]string // "" deletes
		was, is string
	}{
		{"nothing", nil, "", ""},
		{"a file", map[string]string{"a/platform.yaml": "2"}, "a", "a"},
		{"evidence", map[string]string{"a/evidence/x.md": "2"}, "a", "a"},
		{"a file inside a bureau", map[string]string{"b/d/platform.yaml": "2"}, "b/d", "b/d"},
		{"a new file", map[string]string{"b/c/stores.yaml": "1"}, "b/c", "b/c"},
		{"a new platform", map[string]string{"b/e/platform.yaml": "1"}, "", "b/e"},
		{"a new bureau", map[string]string{"x/y/platform.yaml": "1"}, "", "x/y"},
		{"one that is gone", map[string]string{"b/c/platform.yaml": ""}, "b/c", ""},
		{"one that has moved", map[string]string{"a/platform.yaml": "", "a/evidence/x.md": "", "z/platform.yaml": "1", "z/evidence/x.md": "1"}, "a", "z"},
		{"a folder that becomes one", map[string]string{"plain/platform.yaml": "1"}, "", "plain"},
		{"a description outside", map[string]string{"stray.yaml": "1"}, "", "stray.yaml"},
		{"a description outside that stands no longer", map[string]string{"old.yaml": ""}, "old.yaml", ""},
		{"what is none", map[string]string{"plain/x.txt": "2"}, "", ""},
		{"two", map[string]string{"a/platform.yaml": "2", "b/d/platform.yaml": "2"}, "a b/d", "a b/d"},
	} {
		for _, silent := range []string{"", "platforms"} {
			trees := [2]*hashed{}
			for i, changes := range []map[string]string{nil, c.change} {
				files := fstest.MapFS{}
				for at, text := range base {
					files[path.Join("platforms", at)] = &fstest.MapFile{Data: []byte(text)}
				}
				for at, text := range changes {
					files[path.Join("platforms", at)] = &fstest.MapFile{Data: []byte(text)}
					if text == "" {
						delete(files, path.Join("platforms", at))
					}
				}
				trees[i] = &hashed{Tree: source.FromFS(files), silent: silent}
			}
			was, is := audit.Changed(trees[0], trees[1])
			if ids(was) != c.was || ids(is) != c.is {
				t.Errorf("%s, silent %q: %q and %q, want %q and %q", c.name, silent, ids(was), ids(is), c.was, c.is)
			}
			if silent == "" && !strings.HasPrefix(c.was+c.is, "a") && slices.Contains(trees[1].listed, "platforms/a") {
				t.Errorf("%s: the platform a is looked into: %q", c.name, trees[1].listed)
			}
		}
	}
}

func ids(folders []audit.Folder) string {
	var all []string
	for _, f := range folders {
		all = append(all, f.ID)
	}
	return strings.Join(all, " ")
}
