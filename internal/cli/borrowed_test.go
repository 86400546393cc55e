package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hegui/internal/cli"
)

// A platform that is another with a code of its own is found out, also where it alone
// is asked for.
func TestACopyIsFoundOut(t *testing.T) {
	dir := t.TempDir()
	for _, id := range []string{"gov", "mine"} {
		to := filepath.Join(dir, "platforms", id)
		check(t, os.CopyFS(to, os.DirFS(filepath.Join(repository, "platforms", "government-services"))))
		header := filepath.Join(to, "platform.yaml")
		data, err := os.ReadFile(header)
		check(t, err)
		check(t, os.WriteFile(header, []byte(strings.Replace(string(data), "\ncode: gov\n", "\ncode: "+id+"\n", 1)), 0o644))
	}
	r := run(t, dir, "check", "mine", "--as-of", asOf, "--lang", "en")
	if r.code != cli.NotCompliant {
		t.Errorf("exit code %d: %s", r.code, r.stderr)
	}
	for _, said := range []string{
		`platforms/mine/platform.yaml:3:7: major: Chinese "云州市政务服务平台" is also that of platform gov [document.borrowed]`,
		`platforms/mine/platform.yaml:33:11: major: Code "gov-core" is also that of platform gov [document.borrowed]`,
		`files in evidence/ are those of platform gov, byte by byte [evidence.borrowed]`,
	} {
		if !strings.Contains(r.stdout, said) {
			t.Errorf("not said: %s in\n%s", said, r.stdout)
		}
	}
}
