package cli_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"hegui/internal/cli"
)

// Colours are for terminals whose user has not said otherwise.
func TestColor(t *testing.T) {
	dir := fixture(t, "one")
	for _, c := range []struct {
		name     string
		terminal bool
		args     []string
		env      map[string]string
		want     bool
	}{
		{"terminal", true, nil, nil, true},
		{"no terminal", false, nil, nil, false},
		{"--no-color", true, []string{"--no-color"}, nil, false},
		{"NO_COLOR", true, nil, map[string]string{"NO_COLOR": "1"}, false},
		{"empty NO_COLOR", true, nil, map[string]string{"NO_COLOR": ""}, true},
		{"dumb terminal", true, nil, map[string]string{"TERM": "dumb"}, false},
		{"JSON", true, []string{"--report", "json"}, nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var stdout bytes.Buffer
			env := environment(dir, func(name string) string { return c.env[name] }, append([]string{"check"}, c.args...)...)
			env.Stdout, env.Stderr, env.Terminal, env.Width = &stdout, &stdout, c.terminal, 80
			if code := cli.Main(context.Background(), env); code != cli.Compliant {
				t.Fatalf("exit code %d\n%s", code, &stdout)
			}
			if got := strings.Contains(stdout.String(), "\x1b["); got != c.want {
				t.Errorf("colours %v, want %v", got, c.want)
			}
		})
	}
}

var colors = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// A report fits the terminal it is read on.
func TestWidth(t *testing.T) {
	dir := fixture(t, "one")
	withText(t, dir, "platforms/one/stores.yaml", "keep: 90", "keep: 7 # "+strings.Repeat("long ", 60))
	var stdout bytes.Buffer
	env := environment(dir, func(string) string { return "" }, "check", "-q")
	env.Stdout, env.Stderr, env.Terminal, env.Width = &stdout, &stdout, true, 60
	cli.Main(context.Background(), env)
	shown := 0
	for line := range strings.Lines(stdout.String()) {
		if plain := colors.ReplaceAllString(strings.TrimSuffix(line, "\n"), ""); strings.Contains(plain, " | ") {
			shown++
			if n := utf8.RuneCountInString(plain); n > 60 {
				t.Errorf("%d columns on a terminal of 60: %q", n, plain)
			}
		}
	}
	if shown != 2 {
		t.Errorf("%d lines of the source and its mark, want 2:\n%s", shown, &stdout)
	}
}

// broken is a stream that nobody reads any more.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("nobody listens") }

// A report that does not arrive is a failed run, whatever the verdict.
func TestBrokenStream(t *testing.T) {
	var stderr bytes.Buffer
	env := environment(fixture(t, "one"), func(string) string { return "" }, "check")
	env.Stdout, env.Stderr = broken{}, &stderr
	if code := cli.Main(context.Background(), env); code != cli.Failed {
		t.Errorf("exit code %d, want %d", code, cli.Failed)
	}
	if want := "hegui: the report cannot be written: nobody listens\n"; stderr.String() != want {
		t.Errorf("stderr %q, want %q", &stderr, want)
	}
}

// An interrupted run tells so and never passes for a clean one.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	old := filepath.Join(t.TempDir(), "old.json")
	if err := os.WriteFile(old, []byte("whole"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"check"}, {"check", "--report", "json=" + old}, {"check", "--report", "csv"}, {"check", "--report", "json=" + old, "--report", "text"},
		{"scorecard", "-o", filepath.Join(filepath.Dir(old), "cards"), "--report", "json=" + old}} {
		var stdout, stderr bytes.Buffer
		env := environment(fixture(t, "one"), func(string) string { return "" }, args...)
		env.Stdout, env.Stderr = &stdout, &stderr
		if code := cli.Main(ctx, env); code != cli.Failed {
			t.Errorf("%q: exit code %d, want %d", args, code, cli.Failed)
		}
		if !strings.Contains(stderr.String(), "interrupted") {
			t.Errorf("%q: no word of the interruption on stderr: %q", args, &stderr)
		}
		if slices.Contains(args, "csv") && stdout.Len() > 0 {
			t.Errorf("%q: a part is written: %q", args, &stdout)
		}
		if left, err := os.ReadFile(old); err != nil || string(left) != "whole" {
			t.Errorf("%q: a part takes the place of a report: %.60q, %v", args, left, err)
		}
		if left, err := os.ReadDir(filepath.Dir(old)); err != nil || slices.ContainsFunc(left, func(e os.DirEntry) bool { return strings.HasPrefix(e.Name(), ".") }) {
			t.Errorf("%q: leaves %v, %v", args, left, err)
		}
	}
}
