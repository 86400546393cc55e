package cli_test

import (
	"bytes"
	"context"
	"errors"
	"regexp"
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
	var stdout, stderr bytes.Buffer
	env := environment(fixture(t, "one"), func(string) string { return "" }, "check")
	env.Stdout, env.Stderr = &stdout, &stderr
	if code := cli.Main(ctx, env); code != cli.Failed {
		t.Errorf("exit code %d, want %d", code, cli.Failed)
	}
	if text := stdout.String() + stderr.String(); !strings.Contains(text, "interrupted") {
		t.Errorf("no word of the interruption:\n%s", text)
	}
}
