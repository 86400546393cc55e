package cli_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"hegui"
	"hegui/internal/cli"
	"hegui/internal/source"
)

var update = flag.Bool("update", false, "rewrite scripts and goldens to what the program prints")

// now is 2 o'clock on 2026-12-01 in Shanghai and still November in UTC: a run
// that takes its day from the wrong zone shows.
func now() time.Time { return time.Date(2026, time.November, 30, 18, 0, 0, 0, time.UTC) }

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"hegui": func() {
		dir, err := os.Getwd()
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(cli.Failed)
		}
		os.Exit(cli.Main(context.Background(), environment(dir, os.Getenv, os.Args[1:]...)))
	}})
}

// environment is a run on no terminal at a fixed time.
func environment(dir string, getenv func(string) string, args ...string) cli.Env {
	return cli.Env{Args: args, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: getenv, Now: now, Dir: dir,
		Version: "1.2.3-test", Builtin: source.FromFS(hegui.Rulebook)}
}

// ran is one run of the program inside the test.
type ran struct {
	code           int
	stdout, stderr string
}

// run runs the program inside the test, in English unless args say otherwise.
func run(t testing.TB, dir string, args ...string) ran {
	t.Helper()
	var stdout, stderr bytes.Buffer
	env := environment(dir, func(string) string { return "" }, args...)
	env.Stdout, env.Stderr = &stdout, &stderr
	code := cli.Main(context.Background(), env)
	return ran{code, stdout.String(), stderr.String()}
}

// fixtureRulebook lays the tests' own tiny rulebook into dir. The schemas of
// rulebooks are the repository's, so that they never drift; what dir already
// holds stays.
func fixtureRulebook(dir string) error {
	for _, name := range []string{"check", "common", "overlay", "policy", "regulation", "retired", "sources", "verdicts", "waivers"} {
		file := filepath.Join("schemas", name+".schema.json")
		if err := lay(filepath.Join("..", "..", file), filepath.Join(dir, file), nil); err != nil {
			return err
		}
	}
	return layAll(filepath.Join("testdata", "rulebook"), dir, nil)
}

// fixturePlatform lays a platform into dir that complies with the fixture's
// rulebook; its code is the last element of its id, made fit for one.
func fixturePlatform(dir, id string) error {
	fit := filepath.Base(id)
	if !regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`).MatchString(fit) {
		fit = "x" + hex.EncodeToString([]byte(fit))
	}
	code := strings.NewReplacer("code: CODE", "code: "+fit)
	return layAll(filepath.Join("testdata", "platform"), filepath.Join(dir, "platforms", id), code)
}

func layAll(from, to string, change *strings.Replacer) error {
	return filepath.WalkDir(from, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(from, file)
		if err != nil {
			return err
		}
		return lay(file, filepath.Join(to, name), change)
	})
}

func lay(from, to string, change *strings.Replacer) error {
	if _, err := os.Lstat(to); err == nil {
		return nil
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if change != nil {
		data = []byte(change.Replace(string(data)))
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}

// fixture is a repository with the fixture's rulebook and these platforms.
func fixture(t testing.TB, ids ...string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := fixtureRulebook(dir); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if err := fixturePlatform(dir, id); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// write writes a file of a repository.
func write(t testing.TB, dir, name, content string) {
	t.Helper()
	at := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// read reads a file of a repository.
func read(t testing.TB, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
