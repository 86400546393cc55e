package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"hegui/internal/cli"
)

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// What a command prints is all that it is run for: lost, it has failed, be it the
// libraries' help or a report.
func TestStandardOutputThatIsFull(t *testing.T) {
	dir := gated(t, nil).Dir
	for _, command := range []string{
		"--help", "check --help", "help gate", "--version", "version", "rules", "rules --format json", "rules --sources", "explain stores.fresh", "test", "completion bash",
		"check", "check --report json", "check --report xlsx", "check --report text --report json=x.json", "gate --base main", "scorecard -o cards",
	} {
		var stderr bytes.Buffer
		args := strings.Fields(command)
		if strings.HasPrefix(command, "check") || strings.HasPrefix(command, "gate") || strings.HasPrefix(command, "scorecard") {
			args = append(args, "--as-of="+asOf)
		}
		env := environment(dir, func(string) string { return "" }, args...)
		env.Stdout, env.Stderr = full{}, &stderr
		code := cli.Main(context.Background(), env)
		if line := stderr.String(); code != cli.Failed || !strings.HasSuffix(line, "cannot be written: no space left on device\n") || strings.Count(line, "\n") != 1 {
			t.Errorf("%s: %d %q", command, code, line)
		}
	}
	if !strings.Contains(read(t, dir, "x.json"), `"platforms"`) {
		t.Error("the report beside was not written")
	}
}

// Once nobody reads what a run writes it judges on for nobody; a report beside that can
// still be written is written of all platforms.
func TestARunEndsWhenNobodyReads(t *testing.T) {
	dir := gated(t, nil).Dir
	for i := range 60 {
		check(t, fixturePlatform(dir, fmt.Sprintf("more/p%d", i)))
	}
	parts := parts(t, dir, 1, "--as-of", asOf)
	for _, command := range []string{"check", "scorecard --report text", "merge " + parts[0]} {
		// Every stage of every platform asks the watch what time it is.
		steps := func(to io.Writer, args ...string) (n int) {
			var count atomic.Int64
			args = append(strings.Fields(command), args...)
			if !strings.HasPrefix(command, "merge") {
				args = append(args, "--as-of="+asOf, "--jobs=1")
			}
			if strings.HasPrefix(command, "scorecard") {
				args = append(args, "-o", "platforms.txt/cards") // which cannot be written either
			}
			env := environment(dir, func(string) string { return "" }, append(args, "-v")...)
			env.Stdout, env.Stderr, env.Now = to, io.Discard, func() time.Time { count.Add(1); return now() }
			cli.Main(context.Background(), env)
			return int(count.Load())
		}
		check(t, os.WriteFile(filepath.Join(dir, "platforms.txt"), nil, 0o644))
		whole, cut, beside := steps(io.Discard), steps(full{}), 0
		if beside = whole; command == "check" {
			beside = steps(full{}, "--report=text", "--report=json=beside.json")
		}
		if cut > whole/3 || beside < whole {
			t.Errorf("%s: %d steps where nobody reads, of %d; %d with a report beside", command, cut, whole, beside)
		}
	}
}
