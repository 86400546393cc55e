package assess_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/assess"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/git"
	"hegui/internal/gittest"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// hosted is the small rulebook, in which a contract has evidence beside the date
// that its check reads, and a platform with such a contract.
func hosted(t *testing.T) (*rulebook.Rulebook, gittest.Files) {
	t.Helper()
	files, platform := fstest.MapFS{}, fstest.MapFS{}
	for _, name := range []string{"check", "common", "policy", "regulation", "retired", "sources", "verdicts", "waivers"} {
		add(t, files, filepath.Join("..", "..", "schemas", name+".schema.json"), "schemas/"+name+".schema.json")
	}
	add(t, files, filepath.Join("..", "cli", "testdata", "rulebook"), ".")
	schema := files["schemas/hosting.schema.json"]
	schema.Data = []byte(strings.Replace(string(schema.Data), `"signed": {`, `"evidence": { "$ref": "common.schema.json#/$defs/evidence", "title": "合同", "x-title-en": "Contract", `+
		`"description": "托管合同", "x-description-en": "The contract.", "examples": ["evidence/contract.md"] }, "signed": {`, 1))
	book, err := rulebook.Load(source.FromFS(files))
	if err != nil {
		t.Fatal(err)
	}
	add(t, platform, filepath.Join("..", "cli", "testdata", "platform"), "platforms/one")
	all := gittest.Files{"platforms/one/hosting.yaml": "host: 托管方\nsigned: 2026-03-01\nevidence: evidence/contract.md\n", "platforms/one/evidence/contract.md": "signed\n"}
	for name, f := range platform {
		all[name] = strings.Replace(string(f.Data), "hosted: false", "hosted: true", 1)
	}
	return book, all
}

func pinned(fact, note string) string {
	return "verdicts: # of last year\n  - { id: a, check: stores.fresh, item: files, verdict: not_met, note: 不符, assessed_by: 监督检查岗, assessed_on: 2026-11-20, fact: \"sha256:" + strings.Repeat("0", 64) + "\" }\n" +
		"  - id: b\n    check: hosting.contract\n    verdict: met\n    note: " + note + "\n    assessed_by: 监督检查岗\n    assessed_on: 2026-11-20\n    fact: '" + fact + "' # as noted\n"
}

// A verdict that is pinned in the form before is pinned anew only where git shows
// that nothing has changed since it came in, by whatever way it came.
func TestRepin(t *testing.T) {
	book, files := hosted(t)
	day, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	judged := func(tree source.Tree) *audit.Platform {
		t.Helper()
		platforms, failures := (&audit.Auditor{Tree: tree, Rulebook: book, AsOf: day, Pin: true}).Run(context.Background(), nil)
		if len(failures) > 0 || len(platforms) != 1 {
			t.Fatalf("%d platforms, failures %v", len(platforms), failures)
		}
		return platforms[0]
	}
	item := func(p *audit.Platform) audit.Item {
		for _, c := range p.Checks {
			if c.Rule.ID == "hosting.contract" {
				return c.Items[0]
			}
		}
		t.Fatal("no item")
		return audit.Item{}
	}
	plain := fstest.MapFS{file: {Data: []byte(pinned("sha256:"+strings.Repeat("0", 64), "看过"))}}
	for name, text := range files {
		plain[name] = &fstest.MapFile{Data: []byte(text)}
	}
	old := item(judged(source.FromFS(plain))).Pin().Former
	verdicts, contract, gone := pinned(old, "看过"), "platforms/one/evidence/contract.md", gittest.Gone
	for name, c := range map[string]struct {
		// then is what happens after the first commit.
		then func(*gittest.Repo) *gittest.Repo
		// why begins the reason against it, empty where it is pinned anew.
		why string
	}{
		"unchanged": {func(r *gittest.Repo) *gittest.Repo { r.Commit("verdicts", gittest.Files{file: verdicts}); return r }, ""},
		"with another layout": {func(r *gittest.Repo) *gittest.Repo {
			r.Commit("verdicts", gittest.Files{file: verdicts})
			r.Commit("layout", gittest.Files{file: strings.Replace(verdicts, "看过", "又看过", 1), "platforms/one/hosting.yaml": "# now\nevidence: evidence/contract.md\nsigned: \"2026-03-01\"\nhost: 托管方\n"})
			return r
		}, ""},
		"exchanged and back": {func(r *gittest.Repo) *gittest.Repo {
			r.Commit("verdicts", gittest.Files{file: verdicts})
			r.Commit("other", gittest.Files{contract: "other\n"})
			r.Commit("back", gittest.Files{contract: "signed\n"})
			return r
		}, ""},
		"evidence exchanged": {func(r *gittest.Repo) *gittest.Repo {
			r.Commit("verdicts", gittest.Files{file: verdicts})
			r.Commit("other", gittest.Files{contract: "other\n"})
			return r
		}, "the record, its evidence or a switch has changed since"},
		"another party": {func(r *gittest.Repo) *gittest.Repo {
			r.Commit("verdicts", gittest.Files{file: verdicts})
			r.Commit("other", gittest.Files{"platforms/one/hosting.yaml": "host: 另一方\nsigned: 2026-03-01\nevidence: evidence/contract.md\n"})
			return r
		}, "the record, its evidence or a switch has changed since"},
		"exchanged on disk only": {func(r *gittest.Repo) *gittest.Repo {
			r.Commit("verdicts", gittest.Files{file: verdicts})
			r.Write(gittest.Files{contract: "other\n"})
			return r
		}, "the record, its evidence or a switch has changed since"},
		"rewritten after an exchange": {func(r *gittest.Repo) *gittest.Repo {
			r.Commit("verdicts", gittest.Files{file: verdicts})
			r.Commit("other", gittest.Files{contract: "other\n", file: strings.Replace(verdicts, "看过", "又看过", 1)})
			return r
		}, "the record, its evidence or a switch has changed since"},
		"put back after an exchange": {func(r *gittest.Repo) *gittest.Repo {
			r.Commit("verdicts", gittest.Files{file: verdicts})
			r.Commit("gone", gittest.Files{file: gone, contract: "other\n"})
			r.Commit("back", gittest.Files{file: verdicts})
			return r
		}, "the record, its evidence or a switch has changed since"},
		"exchanged on a branch": {func(r *gittest.Repo) *gittest.Repo {
			r.Branch("side")
			r.Checkout("side")
			r.Commit("verdicts", gittest.Files{file: verdicts})
			r.Commit("other", gittest.Files{contract: "other\n"})
			r.Checkout("main")
			r.Merge("merged", "side")
			return r
		}, "the record, its evidence or a switch has changed since"},
		"on another fact": {func(r *gittest.Repo) *gittest.Repo {
			r.Commit("verdicts", gittest.Files{file: strings.Replace(verdicts, old, "sha256:"+strings.Repeat("1", 64), 1)})
			return r
		}, "when commit "},
		"with the folder": {func(r *gittest.Repo) *gittest.Repo {
			r.Commit("verdicts", gittest.Files{file: verdicts})
			moved := gittest.Files{"platforms/two/verdicts.yaml": verdicts, file: gone}
			for name, text := range files {
				moved[strings.Replace(name, "/one/", "/two/", 1)], moved[name] = text, gone
			}
			r.Commit("moved", moved)
			return r
		}, "the platform's folder came or moved with commit "},
		"not committed": {func(r *gittest.Repo) *gittest.Repo { r.Write(gittest.Files{file: verdicts}); return r }, "the verdict is not committed yet"},
		"in a shallow clone": {func(r *gittest.Repo) *gittest.Repo {
			r.Commit("verdicts", gittest.Files{file: verdicts})
			r.Commit("more", gittest.Files{"README": "x\n"})
			return r.Clone("--depth=1")
		}, "history is cut off"},
	} {
		t.Run(name, func(t *testing.T) {
			first := gittest.Init(t)
			first.Commit("platform", files)
			r := c.then(first)
			repo, err := git.Open(r.Dir)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = repo.Close() }()
			head, err := repo.Resolve("HEAD")
			if err != nil {
				t.Fatal(err)
			}
			tree, err := source.OpenDir(r.Dir)
			if err != nil {
				t.Fatal(err)
			}
			p := judged(tree)
			plan, err := (&assess.Repin{Tree: tree, Rulebook: book, AsOf: day, Platforms: []*audit.Platform{p}, Repo: repo, Head: head}).Plan(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if c.why != "" {
				if len(plan.Files) > 0 || len(plan.Problems) != 1 || !strings.HasPrefix(plan.Problems[0].Message.EN, "hosting.contract: "+c.why) {
					t.Fatalf("%d files, problems %v, want %q", len(plan.Files), plan.Problems, c.why)
				}
				return
			}
			if len(plan.Files) != 1 || len(plan.Problems) > 0 {
				t.Fatalf("%d files, problems %v", len(plan.Files), plan.Problems)
			}
			before, err := tree.Read(file, 1<<20)
			if want := strings.Replace(string(before), old, item(p).Pin().Fact, 1); err != nil || string(plan.Files[0].Content) != want || !strings.Contains(want, "'v2:sha256:") {
				t.Errorf("%s, want %s (%v)", plan.Files[0].Content, want, err)
			}
		})
	}
	// Without git nothing shows.
	plain[file] = &fstest.MapFile{Data: []byte(verdicts)}
	tree := source.FromFS(plain)
	re := &assess.Repin{Tree: tree, Rulebook: book, AsOf: day, Platforms: []*audit.Platform{judged(tree)}, Untold: lang.Say("没有 git", "no git")}
	if plan, err := re.Plan(context.Background()); err != nil || len(plan.Files) > 0 || len(plan.Problems) != 1 || !strings.HasPrefix(plan.Problems[0].Message.EN, "hosting.contract: no git") {
		t.Errorf("%+v (%v)", plan, err)
	}
}
