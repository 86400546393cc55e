package cli_test

import (
	"bytes"
	"context"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"hegui/internal/cli"
)

// A terminal sees how far a run is that takes longer than a second, and nothing of it
// afterwards; a pipe, a pipeline, -q and who sees the platforms themselves do not.
func TestProgress(t *testing.T) {
	dir := fixture(t, "one", "two", "three")
	progress := func(language string, watched, terminal bool, setting string, second time.Duration, args ...string) string {
		var stdout, stderr bytes.Buffer
		env := environment(dir, func(name string) string {
			if variable, value, _ := strings.Cut(setting, "="); name == variable {
				return value
			}
			return ""
		}, append([]string{"check", "--as-of", asOf, "--jobs", "1", "--lang", language}, args...)...)
		begun, ticks := now(), time.Duration(0)
		env.Now = func() time.Time { ticks++; return begun.Add(ticks * second) }
		env.Stdout, env.Stderr, env.Watched, env.Terminal = &stdout, &stderr, watched, terminal
		if code := cli.Main(context.Background(), env); code != cli.Compliant {
			t.Errorf("%q: exit code %d\n%s", args, code, &stderr)
		}
		return stderr.String()
	}
	file := "json=" + filepath.Join(t.TempDir(), "results.json")
	for language, want := range map[string]string{
		"en": `^\r\x1b\[K1 of 3 platforms, 0 findings, about 2 s left\r\x1b\[K2 of 3 platforms, 0 findings, about 1 s left\r\x1b\[K3 of 3 platforms, 0 findings, about 0 s left\r\x1b\[K$`,
		"zh": `^\r\x1b\[K已评定 1 个平台，共 3 个；问题 0 个；还要约 2 秒\r`,
	} {
		if said := progress(language, true, true, "", time.Second, "--report", file); !regexp.MustCompile(want).MatchString(said) {
			t.Errorf("%q", said)
		}
	}
	if said := progress("en", true, true, "", time.Hour, "--report", file); !regexp.MustCompile(`about 120 min left`).MatchString(said) {
		t.Errorf("%q", said)
	}
	for _, args := range [][]string{{"forecast", "--as-of", asOf, "--days", "1"}, {"plan", "--as-of", asOf}} {
		if said := progressOf(t, dir, append(args, "--report", file)...); !strings.HasPrefix(said, "\r\x1b[K1 of 3 platforms, 0 findings, about ") || !strings.HasSuffix(said, "\r\x1b[K") {
			t.Errorf("%q: %q", args, said)
		}
	}
	g := gated(t, nil)
	g.Commit("all", map[string]string{stores: edited(t, g, stores, elsewhere, "")})
	if said := progressOf(t, g.Dir, "gate", "--base", "HEAD~1", "--head", "HEAD", "--as-of", asOf); !regexp.MustCompile(`^\r\x1b\[K1 platform, \d+ findings\r\x1b\[K$`).MatchString(said) {
		t.Errorf("gate: %q", said)
	}
	for name, said := range map[string]string{
		"a pipe":      progress("en", false, true, "", time.Second, "--report", file),
		"a pipeline":  progress("en", true, true, "CI=true", time.Second, "--report", file),
		"no terminal": progress("en", true, true, "TERM=dumb", time.Second, "--report", file),
		"-q":          progress("en", true, true, "", time.Second, "--report", file, "-q"),
		"on view":     progress("en", true, true, "", time.Second),
		"soon enough": progress("en", true, true, "", time.Millisecond, "--report", file),
	} {
		if said != "" {
			t.Errorf("%s: %q", name, said)
		}
	}
}

// progressOf is what a terminal sees of a run each look at whose clock takes a second.
func progressOf(t *testing.T, dir string, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	env := environment(dir, func(string) string { return "" }, append(args, "--jobs", "1")...)
	begun, ticks := now(), time.Duration(0)
	env.Now = func() time.Time { ticks++; return begun.Add(ticks * time.Second) }
	env.Stdout, env.Stderr, env.Watched = &stdout, &stderr, true
	if code := cli.Main(context.Background(), env); code == cli.Failed {
		t.Errorf("%q: exit code %d\n%s", args, code, &stderr)
	}
	return stderr.String()
}
