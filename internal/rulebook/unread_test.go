package rulebook_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/rulebook"
)

// What looks like a rule and is read by nobody is told, with the name that was meant;
// what people and their programs keep beside is not.
func TestUnread(t *testing.T) {
	const text = "x: 1\n"
	none, link, module := files{"README.md": &fstest.MapFile{}}, &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte("rules")}, &fstest.MapFile{Mode: fs.ModeIrregular}
	put := func(f files, at string, file *fstest.MapFile) files {
		f = f.with(at, "")
		f[at] = file
		return f
	}
	ours := tiny(t)
	for _, c := range []struct {
		name string
		repo files
		// told is where, and what of the message.
		told []string
	}{
		{"another ending", none.with("checks/policy.yml", text), []string{"checks/policy.yml: did you mean checks/policy.yaml?"}},
		{"capitals", none.with("checks/Policy.YAML", text), []string{"checks/Policy.YAML: did you mean checks/policy.yaml?"}},
		{"an ending that was hidden", none.with("checks/policy.yaml.txt", text), []string{"checks/policy.yaml.txt: did you mean checks/policy.yaml?"}},
		{"no ending", none.with("checks/policy", text), []string{"checks/policy: did you mean checks/policy.yaml?"}},
		{"another form", none.with("checks/policy.json", "{}"), []string{"checks/policy.json: did you mean checks/policy.yaml?"}},
		{"another alphabet", none.with("checks/p\u043elicy.yaml", text), []string{"checks/p\u043elicy.yaml: did you mean checks/policy.yaml?"}},
		{"a regulation under another ending", none.with("checks/regulation.yml", text).with("checks/stores.yaml", text), []string{"checks/regulation.yml: did you mean checks/regulation.yaml?", "checks/stores.yaml: without checks/regulation.yaml only"}},
		{"a topic alone", none.with("checks/accounts.yaml", text), []string{"checks/accounts.yaml: without checks/regulation.yaml only"}},
		{"a topic beside a policy", none.with("checks/policy.yaml", string(ours["checks/policy.yaml"].Data)).with("checks/accounts.yaml", text), []string{"checks/accounts.yaml: without checks/regulation.yaml only"}},
		{"a whole rulebook but for its regulation", without(ours, "checks/regulation.yaml"), []string{"checks/baseline: nothing reads checks/baseline, checks/platform.yaml, checks/sources.yaml, checks/stores.yaml, schemas/check.schema.json"}},
		{"a folder of another name", none.with("checks/overlay/city.yaml", text), []string{"checks/overlay: did you mean checks/overlays?"}},
		{"releases in a folder of another name", none.with("checks/waiver/one.yaml", text), []string{"checks/waiver: did you mean checks/waivers?"}},
		{"an overlay under another ending", none.with("checks/overlays/city.yml", text), []string{"checks/overlays/city.yml: did you mean checks/overlays/city.yaml?"}},
		{"a release under another ending", none.with("checks/waivers/one.YAML", text), []string{"checks/waivers/one.YAML: did you mean checks/waivers/one.yaml?"}},
		{"an overlay in a folder", none.with("checks/overlays/city/limits.yaml", text), []string{"checks/overlays/city: is a folder"}},
		{"an overlay that is a folder", none.with("checks/overlays/city.yaml/x.md", text), []string{"checks/overlays/city.yaml: is a folder"}},
		{"an overlay that is a link", put(none, "checks/overlays/city.yaml", link), []string{"checks/overlays/city.yaml: is a symbolic link"}},
		{"overlays elsewhere", put(none, "checks/overlays", link), []string{"checks/overlays: put what it holds into checks/overlays/"}},
		{"a rulebook of another repository", put(none, "checks", module), []string{"checks: put what it holds into checks/"}},
		{"a folder in capitals", none.with("Checks/policy.yaml", text), []string{"Checks: rename it to checks"}},
		{"a schema alone", none.with("schemas/stores.schema.json", string(ours["schemas/stores.schema.json"].Data)), []string{"schemas/stores.schema.json: without checks/regulation.yaml only"}},
		{"a schema under another ending", ours.with("schemas/stores.schema.yaml", text), []string{"schemas/stores.schema.yaml: rename it to stores.schema.json"}},
		{"a topic of one's own under another ending", ours.with("checks/stores.yml", text), []string{"checks/stores.yml: did you mean checks/stores.yaml?"}},
		{"a baseline under another ending", ours.with("checks/baseline/stores.yml", text), []string{"checks/baseline/stores.yml: did you mean checks/baseline/stores.yaml?"}},

		{"pages, hidden files and copies of an editor", none.with("checks/README.md", text).with("checks/LICENSE", text).with("checks/.yamllint.yaml", text).with("checks/.idea/x.yaml", text).
			with("checks/policy.yaml~", text).with("checks/policy.yaml.bak", text).with("checks/policy.md", text).with("checks/notes/2026.md", text).
			with("checks/waivers/approvals/1.pdf", text).with("checks/overlays/README.md", text).with("schemas/editor/accounts.schema.json", "{}").with("schemas/api.schema.json", "{}"), nil},
		{"a script of that name", none.with("checks", "#!/bin/sh\n"), nil},
		{"another program's folder", none.with("Checks/lint.yaml", text), nil},
		{"a whole rulebook", ours.with("checks/README.md", text).with("schemas/editor/x.schema.json", "{}").with("schemas/openapi.yaml", text), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			told := rulebook.Unread(c.repo.tree())
			if len(told) != len(c.told) {
				t.Fatalf("told %v, want %q", told, c.told)
			}
			for i, d := range told {
				at, said, _ := strings.Cut(c.told[i], ": ")
				if d.Path != at || !strings.Contains(d.Message.EN, said) {
					t.Errorf("%s: %s, want %q", d.Path, d.Message.EN, c.told[i])
				}
			}
			tree, own := rulebook.Choose(c.repo.tree(), tiny(t).tree())
			_, err := rulebook.Load(tree)
			if (err != nil) != (len(c.told) > 0) || err != nil && !own {
				t.Errorf("loading says %v", err)
			}
			if len(c.told) > 0 && rulebook.Same(tree, tiny(t).tree()) {
				t.Error("it is the same as the built-in one")
			}
		})
	}
}

func without(f files, at string) files {
	out := f.with(at, "")
	delete(out, at)
	return out
}
