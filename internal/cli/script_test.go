package cli_test

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestScripts runs the scripts in testdata/script. Each has the fixture's
// rulebook in its folder, unless it brings files of its own, and these commands
// besides testscript's:
//
//	exits CODE COMMAND ARG…  the command ends with this exit code and names no
//	                         absolute path; its streams are in out and err, the
//	                         rulebook's digest masked
//	silent STREAM…           the last command said nothing there
//	lines N PATTERN          so many lines of standard output match
//	platform ID…             lays a compliant platform into platforms/ID
//	change FILE OLD NEW      replaces the one place where OLD stands
//	make FILE KIND           writes a file that no script can hold
//	linkto FILE TARGET       makes a symbolic link
//	unpack FILE.gz           lays what is packed in it beside it
//	fill, name, rearrange, repeat
//	                         what an assessor does to a workbook (assessor_test.go)
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                filepath.Join("testdata", "script"),
		UpdateScripts:      *update,
		RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"} {
				env.Setenv(name, "")
			}
			return fixtureRulebook(env.WorkDir)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "platform": layPlatforms, "change": change, "make": makeFile, "linkto": link,
			"silent": silent, "lines": lines, "unpack": unpack,
			"fill": fill, "name": name, "rearrange": rearrange, "repeat": repeat, "pins": pins, "prepend": prepend,
		},
	})
}

// unpack lays the content of a packed file beside it.
func unpack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: unpack FILE.gz")
	}
	packed, err := gzip.NewReader(strings.NewReader(ts.ReadFile(args[0])))
	ts.Check(err)
	content, err := io.ReadAll(packed)
	ts.Check(err)
	ts.Check(os.WriteFile(strings.TrimSuffix(ts.MkAbs(args[0]), ".gz"), content, 0o644))
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARG…]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	// A script can write neither a newline nor an escape into an argument.
	for i, arg := range args {
		args[i] = unquote(arg)
	}
	code := 0
	var failed *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &failed):
		code = failed.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d\nstdout:\n%s\nstderr:\n%s", code, want, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
	work := ts.Getenv("WORK")
	for stream, file := range map[string]string{"stdout": "out", "stderr": "err"} {
		text := ts.ReadFile(stream)
		// No output may tell where on this machine the run took place.
		if strings.Contains(text, work) {
			ts.Fatalf("%s names an absolute path:\n%s", stream, text)
		}
		ts.Check(os.WriteFile(filepath.Join(work, file), []byte(masked(text)), 0o644))
	}
}

var digest = regexp.MustCompile(`sha256(:|&#58;)[0-9a-f]{12,64}`)

// masked hides the rulebook's digest, since a part of the fixture's rulebook is
// the repository's own and moves, and the revision that this repository is at.
func masked(text string) string {
	return revision.ReplaceAllString(digest.ReplaceAllString(text, "sha256:DIGEST"), "")
}

var revision = regexp.MustCompile(` · (?:revision|版本) [0-9a-f]{12}(?: \(with uncommitted changes\)|（有未提交的改动）)?`)

func unquote(arg string) string {
	if plain, err := strconv.Unquote(arg); err == nil && strings.HasPrefix(arg, `"`) {
		return plain
	}
	return arg
}

func layPlatforms(ts *testscript.TestScript, _ bool, args []string) {
	for _, id := range args {
		ts.Check(fixturePlatform(ts.Getenv("WORK"), unquote(id)))
	}
}

func change(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: change FILE OLD NEW")
	}
	content, from := ts.ReadFile(args[0]), unquote(args[1])
	if strings.Count(content, from) != 1 {
		ts.Fatalf("%q stands %d times in %s, want once", from, strings.Count(content, from), args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(content, from, unquote(args[2]), 1)), 0o644))
}

func link(ts *testscript.TestScript, _ bool, args []string) {
	at := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(at), 0o755))
	ts.Check(os.Symlink(args[1], at))
}

func silent(ts *testscript.TestScript, _ bool, args []string) {
	for _, stream := range args {
		if text := ts.ReadFile(stream); text != "" {
			ts.Fatalf("%s is not empty:\n%s", stream, text)
		}
	}
}

// lines holds standard output to have exactly N lines that match.
func lines(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	pattern, err := regexp.Compile(args[1])
	ts.Check(err)
	got := 0
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		if pattern.MatchString(strings.TrimSuffix(line, "\n")) {
			got++
		}
	}
	if got != want {
		ts.Fatalf("%d lines match %s, want %d:\n%s", got, args[1], want, ts.ReadFile("stdout"))
	}
}

// makeFile writes what would not survive in a text archive.
func makeFile(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: make FILE KIND")
	}
	ts.Check(makeHostile(ts.MkAbs(args[0]), args[1]))
}
