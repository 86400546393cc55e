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

// -v says on the standard error where the time went, and changes nothing that is
// written; without it nothing is said.
func TestVerbose(t *testing.T) {
	g := gated(t, nil)
	g.Commit("all", map[string]string{stores: edited(t, g, stores, elsewhere, "")})
	part := filepath.Join(t.TempDir(), "part.jsonl")
	runs := func(args ...string) ran {
		var stdout, stderr bytes.Buffer
		env := environment(g.Dir, func(string) string { return "" }, args...)
		env.Now, env.Stdout, env.Stderr = time.Now, &stdout, &stderr
		code := cli.Main(context.Background(), env)
		return ran{code, stdout.String(), stderr.String()}
	}
	judging := []string{"start", "read", "parse", "schemas", "evidence", "checks", "score", "reports"}
	for _, c := range []struct {
		args   []string
		stages []string
	}{
		{[]string{"check", "--rev", "HEAD"}, judging},
		{[]string{"check", "--rev", "HEAD", "--lang", "zh"}, []string{"启动", "读取", "解析", "对照模式", "证据", "检查项", "得分", "报告"}},
		{[]string{"check", "--rev", "HEAD", "--report", "json"}, judging},
		{[]string{"check", "--rev", "HEAD", "--shard", "1/1", "--report", "jsonl=" + part}, judging},
		{[]string{"merge", part}, []string{"start", "reports"}},
		{[]string{"gate", "--base", "HEAD~1", "--head", "HEAD", "--as-of", asOf}, judging},
		{[]string{"scorecard", "--rev", "HEAD", "-o", filepath.Join(t.TempDir(), "cards")}, judging},
	} {
		silent, said := runs(c.args...), runs(append(c.args, "-v")...)
		if silent.code == cli.Failed || silent.code != said.code || silent.stdout != said.stdout {
			t.Errorf("%q: -v changes what is written, or code %d to %d", c.args, silent.code, said.code)
		}
		head, times, _ := strings.Cut(strings.TrimPrefix(said.stderr, silent.stderr), "\n")
		if strings.Contains(silent.stderr, head) || !regexp.MustCompile(`\d\.\d{3} (s|秒)`).MatchString(head) {
			t.Errorf("%q: %q, and without -v %q", c.args, said.stderr, silent.stderr)
		}
		for _, stage := range c.stages {
			line := regexp.MustCompile(`(?m)^  ` + stage + ` +(\d+\.\d{3}) (s|秒)\n`)
			if !line.MatchString(times) {
				t.Errorf("%q: no time of %q in %q", c.args, stage, times)
			}
			times = line.ReplaceAllString(times, "")
		}
		if times != "" {
			t.Errorf("%q: also %q", c.args, times)
		}
	}
}
