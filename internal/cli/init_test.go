package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hegui/internal/cli"
)

// answered is one run of init on a terminal whose user types lines.
func answered(t *testing.T, dir, lines string, args ...string) ran {
	t.Helper()
	var stdout, stderr bytes.Buffer
	env := environment(dir, func(string) string { return "" }, append([]string{"init"}, args...)...)
	env.Stdout, env.Stderr, env.Questions = &stdout, &stderr, strings.NewReader(lines)
	code := cli.Main(context.Background(), env)
	return ran{code, stdout.String(), stderr.String()}
}

// On a terminal init asks for what the flags leave open, again where an answer is
// none, and takes numbers, values and words.
func TestInitAsks(t *testing.T) {
	dir := t.TempDir()
	r := answered(t, dir, "云州市医疗保障平台\n未知\n其他平台\n4\n二级\n2\n\n"+strings.Repeat("n\n", 3)+"是\n"+strings.Repeat("\n", 20), "medical", "--lang", "zh")
	if r.code != cli.Compliant {
		t.Fatalf("exit code %d: %s", r.code, r.stderr)
	}
	data, err := os.ReadFile(filepath.Join(dir, "platforms", "medical", "platform.yaml"))
	check(t, err)
	for _, line := range []string{"  zh: 云州市医疗保障平台  #", "code: medical  #", "kind: other  #", "stage: operating  #", "mlps_level: 2  #", "sensitivity:  #", "internet_facing: false  #", "public_institution: true  #"} {
		if !strings.Contains(string(data), "\n"+line) {
			t.Errorf("no line %q in\n%s", line, data)
		}
	}
	for _, said := range []string{"name.zh（回车以后再填）> ", `"未知" 不在允许的值之内`, "  6 other 其他平台\n", "internet_facing（y/n，回车以后再填）> "} {
		if !strings.Contains(r.stderr, said) {
			t.Errorf("%q is not asked in\n%s", said, r.stderr)
		}
	}
}

// Who goes away has begun nothing.
func TestInitUnanswered(t *testing.T) {
	dir := t.TempDir()
	r := answered(t, dir, "\nother\n", "medical")
	if r.code != cli.Failed || !strings.Contains(r.stderr, "hegui: stage is not answered: run it again, or use the flags") {
		t.Errorf("exit code %d: %s", r.code, r.stderr)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("it left %v, %v", entries, err)
	}
}
