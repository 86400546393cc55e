package rulebook_test

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/source"
)

func TestChoose(t *testing.T) {
	builtin := tiny(t).with("checks/overlays/province.yaml", overlay("stores.kept", "min_days", "default=90"))
	city := overlay("stores.fresh", "max_age", "default=P30D")
	lenient := strings.Replace(string(builtin["checks/policy.yaml"].Data), "minimum: 60", "minimum: 10", 1)
	none := files{"README.md": &fstest.MapFile{Data: []byte("nothing\n")}}
	for _, c := range []struct {
		name     string
		repo     files
		own      bool
		minimum  string
		overlays []string
		book     string // id of the regulation
	}{
		{"nothing of its own", none, false, "60", []string{"province"}, "tiny"},
		{"a policy", none.with("checks/policy.yaml", lenient), true, "10", []string{"province"}, "tiny"},
		{"an overlay", none.with("checks/overlays/city.yaml", city), true, "60", []string{"city", "province"}, "tiny"},
		{"an overlay of the same name", none.with("checks/overlays/province.yaml", city), true, "60", []string{"province"}, "tiny"},
		{"both", none.with("checks/policy.yaml", lenient).with("checks/overlays/city.yaml", city), true, "10", []string{"city", "province"}, "tiny"},
		{"only a stray file among the overlays", none.with("checks/overlays/README.md", "x"), false, "60", []string{"province"}, "tiny"},
		{"its whole rulebook", tiny(t).edit(t, "checks/regulation.yaml", "id: tiny", "id: own"), true, "60", nil, "own"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree, own := rulebook.Choose(c.repo.tree(), builtin.tree())
			if own != c.own {
				t.Errorf("own %v, want %v", own, c.own)
			}
			if got := rulebook.Overlays(tree); !slices.Equal(got, c.overlays) {
				t.Errorf("overlays %v, want %v", got, c.overlays)
			}
			book, err := rulebook.Load(tree, c.overlays...)
			if err != nil {
				t.Fatal(err)
			}
			if got := book.Policy.Minimum.RatString(); got != c.minimum || book.Regulation.ID != c.book {
				t.Errorf("minimum %s of %s, want %s of %s", got, book.Regulation.ID, c.minimum, c.book)
			}
		})
	}
	// The repository's overlay wins over the built-in one of the same name.
	tree, _ := rulebook.Choose(none.with("checks/overlays/province.yaml", city).tree(), builtin.tree())
	book, err := rulebook.Load(tree, "province")
	if err != nil {
		t.Fatal(err)
	}
	if got := limits(book.Check("stores.kept"), "min_days") + " | " + limits(book.Check("stores.fresh"), "max_age"); got != "30 30 60 60 60 | P30D P30D P30D P30D P30D" {
		t.Errorf("limits %s", got)
	}
	// An own regulation takes no topic from the built-in rulebook.
	partial := files{"checks/regulation.yaml": builtin["checks/regulation.yaml"]}
	tree, _ = rulebook.Choose(partial.tree(), builtin.tree())
	if _, err := rulebook.Load(tree); err == nil || !strings.Contains(err.Error(), "the schema of the topic platform is missing") {
		t.Errorf("half a rulebook is made whole: %v", err)
	}
}

// A rulebook brings its topics, and may bring its own form of any other file;
// what it lacks of these is built in.
func TestFormatsAreBuiltIn(t *testing.T) {
	builtin := source.FromFS(hegui.Rulebook)
	set, defects := schema.Load(builtin, rulebook.SchemasDir)
	if len(defects) > 0 {
		t.Fatal(defects)
	}
	whole, bare := tiny(t), files{}
	for at, file := range whole {
		if s := set.Find(strings.TrimSuffix(path.Base(at), ".schema.json")); path.Dir(at) != rulebook.SchemasDir || s == nil || s.Topic {
			bare[at] = file
		}
	}
	book, err := rulebook.Load(rulebook.Own(bare.tree(), builtin))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range set.All() {
		if has := book.Schemas.Find(s.Name) != nil; has == s.Topic && s.Name != rulebook.HeaderTopic && s.Name != "results" {
			t.Errorf("schema %s (a topic: %v) is taken over: %v", s.Name, s.Topic, has)
		}
	}
	own := bare.with("schemas/policy.schema.json", strings.Replace(string(whole["schemas/policy.schema.json"].Data), `"type": "object"`, `"type": "array"`, 1))
	if _, err := rulebook.Load(rulebook.Own(own.tree(), builtin)); err == nil {
		t.Error("the built-in schema takes the place of an own one")
	}
}

func TestDigest(t *testing.T) {
	f := tiny(t).with("checks/overlays/city.yaml", overlay("stores.fresh", "max_age", "default=P30D")).
		with("checks/overlays/province.yaml", overlay("stores.kept", "min_days", "default=90")).
		with("checks/survivors.yaml", "survivors: [{ place: stores.sets.label, operators: [remove], reason: { zh: 只供人看, en: For people only } }]\n")
	before := f.load(t, "city").Digest
	if again := f.load(t, "city").Digest; again != before || !strings.HasPrefix(before, "sha256:") {
		t.Errorf("digests %s and %s of the same files", before, again)
	}
	if f.load(t).Digest == before || f.load(t, "city", "province").Digest == before {
		t.Error("the overlays in force have no part in the digest")
	}
	for at := range f {
		comment := "\n# another byte\n"
		if strings.HasSuffix(at, ".json") {
			comment = "\n"
		}
		changed := f.with(at, string(f[at].Data)+comment).load(t, "city").Digest != before
		if want := at != "checks/overlays/province.yaml"; changed != want {
			t.Errorf("another byte in %s changes the digest: %v, want %v", at, changed, want)
		}
	}
	if f.with("checks/NOTES.md", "x").with("schemas/notes.txt", "x").load(t, "city").Digest != before {
		t.Error("a file that is not read changes the digest")
	}
}

func TestSame(t *testing.T) {
	f := tiny(t).with("checks/overlays/city.yaml", "x")
	book := f.load(t)
	if !book.Same(f.with("README.md", "x").tree()) {
		t.Error("a rulebook is not that of its own files")
	}
	if !rulebook.Same(f.tree(), tiny(t).with("checks/overlays/city.yaml", "x").with("README.md", "x").tree()) {
		t.Error("the same files are not the same")
	}
	for name, other := range map[string]files{
		"another byte":    f.edit(t, "checks/policy.yaml", "coverage: 60", "coverage: 61"),
		"one more":        f.with("checks/more.yaml", ""),
		"another overlay": f.with("checks/overlays/city.yaml", "y"),
		"no overlay":      tiny(t),
		"none":            {"README.md": &fstest.MapFile{}},
	} {
		if rulebook.Same(f.tree(), other.tree()) || rulebook.Same(other.tree(), f.tree()) || book.Same(other.tree()) {
			t.Errorf("%s is the same", name)
		}
	}
}

// outOfReach is a tree of which nothing can be had, as in a partial clone.
type outOfReach struct{ source.Tree }

func (o outOfReach) Stat(at string) (source.Entry, error) {
	return source.Entry{}, &fs.PathError{Op: "stat", Path: at, Err: source.ErrOutOfReach}
}

func (o outOfReach) Read(at string, _ int64) ([]byte, error) {
	return nil, &fs.PathError{Op: "read", Path: at, Err: source.ErrOutOfReach}
}

// A rulebook that is there and cannot be had is never exchanged for another.
func TestRulebookOutOfReachIsNotAbsent(t *testing.T) {
	builtin := tiny(t).tree()
	tree, own := rulebook.Choose(outOfReach{source.FromFS(fstest.MapFS{})}, builtin)
	if !own {
		t.Error("the built-in rulebook takes its place")
	}
	if _, err := rulebook.Load(tree); err == nil {
		t.Error("it loads")
	}
}
