package cli_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hegui/internal/cli"
)

// No report takes the place of what the run reads, or comes to lie among it, however its
// place is spelt; nothing is judged, and every file stays as it was.
func TestReportsSpareWhatIsRead(t *testing.T) {
	g := gated(t, nil)
	file := "platforms/one/stores.yaml"
	link := func(name, to string) {
		t.Helper()
		if err := os.Symlink(to, filepath.Join(g.Dir, name)); err != nil {
			t.Skip("links cannot be made here: ", err)
		}
	}
	link("folder", "platforms/one")
	link("stores.json", filepath.Join(g.Dir, file))
	link("dangling.json", "folder/new.json")
	link("twice", "stores.json")
	if err := os.Link(filepath.Join(g.Dir, file), filepath.Join(g.Dir, "twin.json")); err != nil {
		t.Skip("links cannot be made here: ", err)
	}
	if r := run(t, g.Dir, "check", "--as-of", asOf, "--shard", "1/1", "--report", "jsonl=part.jsonl"); r.code != 0 {
		t.Fatal(r.stderr)
	}
	before, part := read(t, g.Dir, file), read(t, g.Dir, "part.jsonl")
	const among = ", among the files that the run reads: name another place\n"
	for at, want := range map[string]string{
		file: "platforms/" + among, "platforms/report.json": "platforms/" + among, "./checks/../" + file: "platforms/" + among,
		filepath.Join(g.Dir, file): "platforms/" + among, "folder/stores.yaml": "platforms/" + among, "folder/new.json": "platforms/" + among,
		"stores.json": "platforms/" + among, "dangling.json": "platforms/" + among, "twice": "platforms/" + among, "twin.json": "platforms/" + among,
		"checks/policy.yaml": "checks/" + among, "checks/new.yaml": "checks/" + among, "schemas/stores.schema.json": "schemas/" + among,
		".git/HEAD": "is among git's own data: name another place\n", ".git/hooks/pre-commit": "is among git's own data: name another place\n",
	} {
		for _, command := range []string{"check --as-of=" + asOf, "forecast --as-of=" + asOf, "plan --as-of=" + asOf, "history", "gate --base=main", "merge part.jsonl", "check --rev=main"} {
			r := run(t, g.Dir, append(strings.Fields(command), "--report", "json="+at)...)
			if r.code != 2 || r.stdout != "" || !strings.HasPrefix(r.stderr, `hegui: "`+at+`" is `) || !strings.HasSuffix(r.stderr, want) || strings.Count(r.stderr, "\n") != 1 {
				t.Errorf("%s to %s: %d %q", command, at, r.code, r.stderr)
			}
		}
		if r := run(t, g.Dir, "scorecard", "--as-of", asOf, "-o", at); r.code != 2 || !strings.HasSuffix(r.stderr, want) {
			t.Errorf("-o %s: %d %q", at, r.code, r.stderr)
		}
	}
	for _, args := range []string{
		"merge part.jsonl --report json=part.jsonl", "merge part.jsonl --report json=./checks/../part.jsonl",
		"scorecard -o cards --report json=cards/index.html --as-of=" + asOf, "scorecard -o cards --report json=cards/new/x.json --as-of=" + asOf,
		"check --report json=a.json --report csv=./a.json", "check --report json=a.json --report csv=./A.JSON", "check --report json=part.jsonl --report csv=" + filepath.Join(g.Dir, "part.jsonl"),
	} {
		if r := run(t, g.Dir, strings.Fields(args)...); r.code != 2 || r.stdout != "" || strings.Count(r.stderr, "\n") != 1 {
			t.Errorf("%s: %d %q", args, r.code, r.stderr)
		}
	}
	if read(t, g.Dir, file) != before || read(t, g.Dir, "part.jsonl") != part {
		t.Error("what is read was written to")
	}
	if _, err := os.Lstat(filepath.Join(g.Dir, "platforms/one/new.json")); err == nil {
		t.Error("a report was written through a link")
	}
	if r := run(t, g.Dir, "check", "--as-of", asOf, "--report", "json=checks.json", "--report", "csv=platforms.csv", "--report", "text="+filepath.Join(t.TempDir(), "CHECKS.json")); r.code != 0 {
		t.Errorf("beside the folders: %d %q", r.code, r.stderr)
	}
}

// A report to the file that the standard output goes to would leave one of the two.
func TestReportsSpareStandardOutput(t *testing.T) {
	dir := gated(t, nil).Dir
	out, err := os.Create(filepath.Join(dir, "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = out.Close() }()
	var stderr strings.Builder
	env := environment(dir, func(string) string { return "" }, "check", "--as-of", asOf, "--report", "text", "--report", "json=out")
	env.Stdout, env.Stderr = out, &stderr
	if code := cli.Main(context.Background(), env); code != 2 || stderr.String() != "hegui: two reports go to the same place: \"json=out\"\n" {
		t.Errorf("%d %q", code, stderr.String())
	}
}
