package cli_test

import (
	"bytes"
	"context"
	"strings"
	"syscall"
	"testing"

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
