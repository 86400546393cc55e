package cli_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"

	"hegui/internal/cli"
	"hegui/internal/gittest"
	"hegui/internal/report"
)

// aFleet is a repository of platforms in every state: two share a code, one has
// verdicts and a waiver, one is broken, and two cannot be had at all.
func aFleet(t *testing.T) *gittest.Repo {
	t.Helper()
	g := gated(t, gittest.Files{"platforms/one/waivers.yaml": waiverOfSecondCopy})
	for _, id := range []string{"bureau/two", "bureau/three", "four", "five", "six", "lost", "also-lost"} {
		check(t, fixturePlatform(g.Dir, id))
	}
	two := "platforms/bureau/two/"
	g.Commit("all", gittest.Files{stores: edited(t, g, stores, elsewhere, ""), two + "stores.yaml": strings.ReplaceAll(read(t, g.Dir, two+"stores.yaml"), "- site: west", "- site: east"),
		"checks/overlays/city.yaml": stricter, "checks/policy.yaml": strings.Replace(read(t, g.Dir, "checks/policy.yaml"), "coverage: 60", "overlays: [city]\ncoverage: 60", 1),
		two + "verdicts.yaml": orderedAndConfirmed, "platforms/broken/platform.yaml": "name: [\n",
		"platforms/six/platform.yaml": strings.Replace(read(t, g.Dir, "platforms/six/platform.yaml"), "code: six", "code: four", 1)})
	for _, id := range []string{"lost", "also-lost"} {
		header := "platforms/" + id + "/platform.yaml"
		object := g.Git("rev-parse", "HEAD:"+header)
		check(t, os.Remove(g.Path(".git/objects/"+object[:2]+"/"+object[2:])))
	}
	return g
}

// stricter is an overlay that sets a limit.
const stricter = "title: { zh: 从严, en: Strict }\nnote: { zh: 从严, en: Strict }\nlimits:\n  - check: stores.fresh\n    limit: max_age\n" +
	"    levels: { default: { value: P60D, basis: { kind: local, source: 办法, confidence: read } } }\n"

// parts writes the parts of a run and returns their names.
func parts(t *testing.T, dir string, n int, args ...string) (names []string) {
	t.Helper()
	for i := 1; i <= n; i++ {
		name := filepath.Join(t.TempDir(), fmt.Sprintf("part-%d.jsonl", i))
		run(t, dir, append([]string{"check", "--shard", fmt.Sprintf("%d/%d", i, n), "--report", "jsonl=" + name}, args...)...)
		names = append(names, name)
	}
	return names
}

// Parts are joined into what one run writes, to the byte, in every format, for every
// audience and whatever order they come in: also what platforms have in common with
// those of other parts, and what went wrong.
func TestMergeWritesTheReportsOfOneRun(t *testing.T) {
	g := aFleet(t)
	for _, mode := range [][]string{{"--audience", "public"}, {"--audience", "internal"}, {"--audience", "assessor", "--facts"}, {"--warn-days", "300"}} {
		args := append([]string{"--rev", "HEAD", "--as-of", asOf}, mode[:2]...)
		names := parts(t, g.Dir, 3, append(args, mode[2:]...)...)
		names[0], names[2] = names[2], names[0]
		for _, format := range report.Formats() {
			if report.NeedsFacts(format) && len(mode) == 2 {
				r := run(t, g.Dir, append([]string{"merge", "--report", format.Name()}, names...)...)
				if r.code != cli.Failed || r.stdout != "" || !strings.Contains(r.stderr, "--facts") {
					t.Errorf("%s without facts: %d %s", format.Name(), r.code, r.stderr)
				}
				continue
			}
			want := run(t, g.Dir, append(append([]string{"check"}, args...), "--report", format.Name())...)
			got := run(t, g.Dir, append([]string{"merge", "--report", format.Name()}, names...)...)
			if got != want || got.code != cli.Failed || len(got.stdout) < 10 {
				t.Errorf("%s for %s: exit code %d, want %d\n%s%s%d bytes, want %d", format.Name(), mode[1], got.code, want.code, got.stderr, want.stderr, len(got.stdout), len(want.stdout))
			}
		}
	}
	said := run(t, g.Dir, append([]string{"merge"}, parts(t, g.Dir, 5, "--as-of", asOf)...)...)
	for _, line := range []string{`code "four" is also that of platform six`, `code "four" is also that of platform four`} {
		if said.code != cli.NotCompliant || strings.Count(said.stdout, line) != 1 {
			t.Errorf("%d, want once %q:\n%s", said.code, line, said.stdout)
		}
	}
}

// Names and files of bytes that are not UTF-8 are text in every report, the same before
// and after JSON, so that one such folder keeps no run from being merged; its platform is
// judged by nobody until it is renamed.
func TestMergeOfWhatIsNotUTF8(t *testing.T) {
	g := gated(t, nil)
	for _, id := range []string{"a\xfe", "a\xff", "bureau\xb2\xbf/seven", "eight"} {
		if err := fixturePlatform(g.Dir, id); errors.Is(err, syscall.EILSEQ) {
			t.Skip("no such names here: ", err)
		} else {
			check(t, err)
		}
	}
	g.Commit("all", gittest.Files{"platforms/one/stores.yaml": "\xff\xfes\x00", "platforms/eight/not\xfe.yaml": "a: b\n", "platforms/eight/evidence/\xff.md": "x"})
	args := []string{"--rev", "HEAD", "--as-of", asOf, "--audience", "assessor"}
	names := parts(t, g.Dir, 3, append(args, "--facts")...)
	for _, format := range report.Formats() {
		want := run(t, g.Dir, append(append([]string{"check"}, args...), "--report", format.Name())...)
		got := run(t, g.Dir, append([]string{"merge", "--report", format.Name()}, names...)...)
		if got != want || got.code != cli.NotCompliant || format.Name() != "xlsx" && !utf8.ValidString(got.stdout) {
			t.Errorf("%s: exit code %d, want %d\n%s%d bytes, want %d", format.Name(), got.code, want.code, got.stderr, len(got.stdout), len(want.stdout))
		}
	}
	said := run(t, g.Dir, append([]string{"merge"}, names...)...).stdout
	for _, line := range []string{
		`platforms/a\xfe:1:1: blocker: the folder's path is not text in UTF-8`, `platforms/a\xff:1:1: blocker: the folder's path is not text in UTF-8`,
		`platforms/bureau\xb2\xbf/seven:1:1: blocker: `, "fix: rename the folder in UTF-8", `platforms/eight/not\xfe.yaml:1:1: `,
	} {
		if !strings.Contains(said, line) {
			t.Errorf("want %q:\n%s", line, said)
		}
	}
}

// What is no whole run is refused, with what to do, and nothing is written.
func TestMergeRefuses(t *testing.T) {
	g := gated(t, nil)
	for _, id := range []string{"two", "three", "seven"} { // seven is in the second part of two
		check(t, fixturePlatform(g.Dir, id))
	}
	g.Commit("all", nil)
	of := func(args ...string) []string {
		return parts(t, g.Dir, 2, append([]string{"--rev", "HEAD", "--as-of", asOf}, args...)...)
	}
	own := of()
	other := func(args ...string) []string { return []string{own[0], of(args...)[1]} }
	changed := func(old, new string) []string {
		name := filepath.Join(t.TempDir(), "changed.jsonl")
		text := read(t, filepath.Dir(own[1]), filepath.Base(own[1]))
		if strings.Replace(text, old, new, 1) == text {
			t.Fatalf("%q is not in the part", old)
		}
		check(t, os.WriteFile(name, []byte(strings.Replace(text, old, new, 1)), 0o644))
		return []string{own[0], name}
	}
	another := t.TempDir()
	check(t, fixtureRulebook(another))
	write(t, another, "checks/policy.yaml", "# 另一个\n"+read(t, another, "checks/policy.yaml"))
	cut := filepath.Join(t.TempDir(), "cut.jsonl")
	whole := read(t, filepath.Dir(own[1]), filepath.Base(own[1]))
	check(t, os.WriteFile(cut, []byte(whole[:strings.LastIndex(whole, `{"summary"`)]), 0o644))
	plain := filepath.Join(t.TempDir(), "plain.jsonl")
	run(t, g.Dir, "check", "--as-of", asOf, "--report", "jsonl="+plain)
	for name, c := range map[string]struct {
		files []string
		said  string
	}{
		"missing":    {own[:1], "missing part 2/2"},
		"doubled":    {[]string{own[0], own[1], own[1]}, "part 2/2 is given twice"},
		"revision":   {[]string{own[0], parts(t, g.Dir, 2, "--as-of", asOf, "--rev", "main")[1]}, "they differ in revision"},
		"day":        {[]string{own[0], parts(t, g.Dir, 2, "--rev", "HEAD", "--as-of", "2026-12-02")[1]}, "they differ in day"},
		"audience":   {other("--audience", "assessor"), "they differ in audience"},
		"rulebook":   {other("--rulebook", another), "they differ in rulebook"},
		"facts":      {other("--facts"), "they differ in --facts"},
		"ahead":      {other("--warn-days", "30"), "they differ in --warn-days"},
		"number":     {[]string{own[0], parts(t, g.Dir, 3, "--rev", "HEAD", "--as-of", asOf)[1]}, "they differ in number of parts"},
		"restricted": {[]string{own[0], parts(t, g.Dir, 2, "--rev", "HEAD", "--as-of", asOf, "one", "two")[1]}, "they differ in what the run was restricted to"},
		"program":    {changed(`"version":"1.2.3-test"`, `"version":"1.2.4-test"`), "is damaged"},
		"damaged":    {changed(`"compliant":true`, `"compliant":false`), "is damaged"},
		"cut off":    {[]string{own[0], cut}, "is cut off"},
		"no part":    {[]string{own[0], plain}, "is cut off, or not written by hegui check --shard"},
		"no file":    {[]string{own[0], "absent.jsonl"}, "absent.jsonl"},
		"a folder":   {[]string{own[0], g.Dir}, "is not a file"},
	} {
		r := run(t, g.Dir, append([]string{"merge"}, c.files...)...)
		if r.code != cli.Failed || r.stdout != "" || !strings.Contains(r.stderr, c.said) || strings.Count(r.stderr, "\n") != 1 {
			t.Errorf("%s: %d, want %q:\n%s%s", name, r.code, c.said, r.stdout, r.stderr)
		}
	}
	if r := run(t, g.Dir, append([]string{"merge", "--lang", "zh"}, other("--facts")...)...); !strings.Contains(r.stderr, "：--facts 不同") {
		t.Errorf("in Chinese: %s", r.stderr)
	}
	// Between two parts of files that are in no repository a platform may come.
	dir := fixture(t, "one", "two")
	first := parts(t, dir, 2, "--as-of", asOf)
	check(t, fixturePlatform(dir, "five"))
	r := run(t, dir, "merge", first[0], parts(t, dir, 2, "--as-of", asOf)[1])
	if r.code != cli.Failed || !strings.Contains(r.stderr, "they differ in the list of platforms") {
		t.Errorf("a platform has come: %d %s", r.code, r.stderr)
	}
	if r := run(t, dir, append([]string{"merge", "-q"}, parts(t, dir, 2, "--as-of", asOf)...)...); r.code != cli.Compliant || !strings.HasPrefix(r.stderr, "note: the parts have not read a commit's files") {
		t.Errorf("of no commit: %d %s", r.code, r.stderr)
	}
}

// How a shard is asked for, and what it cannot be asked for.
func TestShardsAreAskedFor(t *testing.T) {
	dir := fixture(t, "one", "two")
	for _, c := range []struct {
		args []string
		said string
	}{
		{[]string{"--shard", "0/2"}, "want I/N"}, {[]string{"--shard", "3/2"}, "want I/N"}, {[]string{"--shard", "1"}, "want I/N"}, {[]string{"--shard", "01/2"}, "want I/N"},
		{[]string{"--shard", "1/10001"}, "want I/N"}, {[]string{"--shard", "1/2", "--report", "text"}, "in jsonl alone"}, {[]string{"--facts"}, "goes with --shard"},
	} {
		if r := run(t, dir, append([]string{"check", "--as-of", asOf}, c.args...)...); r.code != cli.Failed || r.stdout != "" || !strings.Contains(r.stderr, c.said) {
			t.Errorf("%q: %d %s%s", c.args, r.code, r.stdout, r.stderr)
		}
	}
	// A part without a platform is one all the same.
	platforms := 0
	for i := 1; i <= 4; i++ {
		r := run(t, dir, "check", "--as-of", asOf, "--shard", fmt.Sprintf("%d/4", i))
		if r.code != cli.Compliant || !strings.HasPrefix(r.stdout, `{"part":{"shard":{"index":`) {
			t.Errorf("%d %s%s", r.code, r.stdout, r.stderr)
		}
		platforms += strings.Count(r.stdout, `{"kept":`)
	}
	if platforms != 2 {
		t.Errorf("%d platforms in all parts, want 2", platforms)
	}
}
