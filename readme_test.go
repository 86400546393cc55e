package hegui_test

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"hegui"
	"hegui/internal/cli"
	"hegui/internal/source"
)

// sample is a block of a README with the command whose output it shows.
var sample = regexp.MustCompile("(?s)<!-- from: hegui ([^\n]*) -->\n```\n(.*?)```\n")

// What the READMEs show is what the program prints.
func TestReadmeShowsRealOutput(t *testing.T) {
	for _, name := range []string{"README.md", "README.zh.md"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		samples := sample.FindAllStringSubmatch(string(data), -1)
		if len(samples) < 2 {
			t.Errorf("%s shows only %d samples, want a finding and a scorecard", name, len(samples))
		}
		for _, s := range samples {
			if out := run(t, strings.Fields(s[1])); !strings.Contains(out, s[2]) {
				t.Errorf("%s: `hegui %s` does not print\n%s", name, s[1], s[2])
			}
		}
	}
}

func run(t *testing.T, args []string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code := cli.Main(context.Background(), cli.Env{Args: args, Stdout: &stdout, Stderr: &stderr, Dir: dir, Version: "dev",
		Getenv: func(string) string { return "" }, Now: time.Now, Builtin: source.FromFS(hegui.Rulebook)})
	if code == cli.Failed {
		t.Fatalf("hegui %v failed: %s", args, &stderr)
	}
	return stdout.String()
}
