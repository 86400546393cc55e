package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// copied lays the described platform of government services below a folder, with a
// code of its own.
func copied(t *testing.T, dir, code string) {
	t.Helper()
	to := filepath.Join(dir, "platforms", code)
	check(t, os.CopyFS(to, os.DirFS(filepath.Join(repository, "platforms", "government-services"))))
	header := filepath.Join(to, "platform.yaml")
	data, err := os.ReadFile(header)
	check(t, err)
	check(t, os.WriteFile(header, []byte(strings.Replace(string(data), "\ncode: gov\n", "\ncode: "+code+"\n", 1)), 0o644))
}

// A platform that is another with a code of its own is found out: where it alone is
// asked for, and at the gate, which reads no platform that stays the same.
func TestACopyIsFoundOut(t *testing.T) {
	g := gittest.Init(t)
	copied(t, g.Dir, "gov")
	g.Git("add", "-A")
	g.CommitIndex("gov")
	copied(t, g.Dir, "mine")
	for _, args := range [][]string{{"check", "mine"}, {"gate", "--base", "HEAD"}} {
		r := run(t, g.Dir, append(args, "--as-of", asOf, "--lang", "en")...)
		if r.code != cli.NotCompliant {
			t.Errorf("%s: exit code %d: %s", args, r.code, r.stderr)
		}
		for _, said := range []string{
			`platforms/mine/platform.yaml:3:7: major: Name "云州市政务服务平台" is also that of platform gov [document.borrowed]`,
			`platforms/mine/platform.yaml:33:11: major: Code "gov-core" is also that of platform gov [document.borrowed]`,
			`files in evidence/ are those of platform gov, byte by byte [evidence.borrowed]`,
		} {
			if !strings.Contains(r.stdout, said) {
				t.Errorf("%s does not say: %s in\n%s", args, said, r.stdout)
			}
		}
	}
}
