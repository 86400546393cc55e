package cli_test

import (
	"regexp"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

const lfsPointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"

// Evidence that is none is a new finding, however it is laid out.
func TestEvidenceThatIsNone(t *testing.T) {
	for _, c := range []struct {
		name, evidence string
		files          gittest.Files
		found          string
	}{
		{"another platform's", "../two/evidence/run.md", nil, "evidence.outside"},
		{"through this platform's folder", "evidence/../../two/evidence/run.md", nil, "evidence.outside"},
		{"absolute", "/etc/hosts", nil, "evidence.outside"},
		{"a link to another platform's", "evidence/other.md", gittest.Files{"platforms/one/evidence/other.md": "-> ../../two/evidence/run.md"}, "evidence.symlink"},
		{"below a linked folder", "linked/run.md", gittest.Files{"platforms/one/linked": "-> ../two/evidence"}, "evidence.symlink"},
		{"a folder", "evidence", nil, "evidence.not_regular"},
		{"nothing", "evidence/gone.md", nil, "evidence.missing"},
		{"an empty file", "evidence/empty.md", gittest.Files{"platforms/one/evidence/empty.md": ""}, "evidence.empty"},
		{"a pointer to what nobody has", "evidence/big.zip", gittest.Files{"platforms/one/evidence/big.zip": lfsPointer}, "evidence.lfs_pointer"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := gated(t, gittest.Files{"platforms/two/evidence/run.md": "运行记录"})
			files := gittest.Files{stores: edited(t, g, stores, "evidence/run.md", c.evidence)}
			for name, content := range c.files {
				files[name] = content
			}
			g.Commit("evidence", files)
			for _, head := range [][]string{{"--head", "HEAD"}, nil} {
				want(t, "new", gate(t, g.Dir, cli.NotCompliant, append([]string{"--base", "main"}, head...)...).checks(), []string{c.found})
			}
		})
	}
}

// A submodule is not part of the repository, be it in the place of evidence or
// of a whole platform.
func TestSubmodules(t *testing.T) {
	other := gittest.Init(t)
	other.Commit("content", gittest.Files{"run.md": "运行记录"})
	g := gated(t, nil)
	g.Submodule(other, "platforms/one/module")
	g.Commit("evidence in a submodule", gittest.Files{stores: edited(t, g, stores, "evidence/run.md", "module")})
	want(t, "new", gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD").checks(), []string{"evidence.not_regular"})
	g.Commit("evidence inside one", gittest.Files{stores: edited(t, g, stores, "evidence: module", "evidence: module/run.md")})
	want(t, "new", gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD").checks(), []string{"evidence.missing"})
	g = gated(t, nil)
	g.Git("rm", "-rq", "platforms/one")
	g.Write(gittest.Files{"platforms/one": gittest.Gone})
	g.Submodule(other, "platforms/one")
	g.Commit("a platform's place", nil)
	j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
	if len(j.Findings) == 0 || j.Findings[0].Check != "document.unreadable" {
		t.Errorf("%+v", j)
	}
}

// A platform behind a link is no platform.
func TestLinkedPlatform(t *testing.T) {
	g := gated(t, nil)
	g.Git("mv", "platforms/one", "kept")
	g.Commit("behind a link", gittest.Files{"platforms/one": "-> ../kept"})
	j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
	if len(j.Findings) == 0 || j.Findings[0].Check != "document.unreadable" {
		t.Errorf("%+v", j)
	}
}

// There are no settings but the rulebook's: files that look like some change
// nothing.
func TestNoSettings(t *testing.T) {
	g := gated(t, nil)
	settings := "severity: none\ngate: { severity: none, max_drop: 100 }\nrulebook: rules\nexclude: [platforms]\n"
	files := gittest.Files{stores: edited(t, g, stores, elsewhere, "")}
	for _, name := range []string{".hegui.yaml", ".hegui.yml", "hegui.yaml", ".hegui/config.yaml", "platforms/.hegui.toml", "platforms/one/.hegui/policy.txt", ".heguiignore", "platforms/.heguiignore"} {
		files[name] = settings
	}
	g.Commit("settings", files)
	for _, head := range [][]string{{"--head", "HEAD"}, nil} {
		j := gate(t, g.Dir, cli.NotCompliant, append([]string{"--base", "main"}, head...)...)
		want(t, "new", j.checks(), []string{"stores.second-copy"})
	}
}

// No name of a file becomes a command of the log that shows it.
func TestNamesAreNoCommands(t *testing.T) {
	g := gated(t, nil)
	files := gittest.Files{}
	for _, name := range []string{"a\n::error::owned.yaml", "::error::owned.yaml", "b:c.yaml", "%0A::error::x.yaml", "`x` | y <b>.yaml", "\x1b[31mred.yaml", "\u202egnp.yaml", "##[error]x.yaml"} {
		files["platforms/one/"+name] = "x: 1\n"
		files["platforms/one/evidence/"+name] = "机密★十年\n"
	}
	g.Commit("names", files)
	// A file that a forge reads names files as they are.
	isJSON := map[string]bool{"sarif": true, "gitlab": true}
	ours := regexp.MustCompile(`^::(error|warning|notice) (file|title)=`)
	for _, format := range []string{"text", "github", "markdown", "sarif", "gitlab", "csv", "junit"} {
		for _, head := range [][]string{{"--head", "HEAD"}, nil} {
			r := run(t, g.Dir, append([]string{"gate", "--as-of", asOf, "--base", "main", "--report", format}, head...)...)
			if r.code != cli.NotCompliant {
				t.Fatalf("%s: exit code %d\n%s", format, r.code, r.stderr)
			}
			if strings.Contains(r.stdout, "\x1b") || !isJSON[format] && (strings.Contains(r.stdout, "\u202e") || strings.Contains(r.stdout, "##[error]")) {
				t.Errorf("%s obeys a name", format)
			}
			for _, line := range strings.Split(r.stdout, "\n") {
				if strings.HasPrefix(strings.TrimSpace(line), "::") && (format != "github" || !ours.MatchString(line)) {
					t.Errorf("%s: the line %q is a command", format, line)
				}
			}
		}
	}
}
