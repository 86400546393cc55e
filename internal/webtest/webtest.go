// Package webtest lets tests hand a report to readers that are not ours: npm
// packages whose versions its lock file fixes. Only tests import it; hegui
// itself needs no node.
package webtest

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"hegui/internal/trial"
)

// Install is the command that installs what the tests need.
const Install = "make webtest (or npm ci --prefix internal/webtest)"

// Dir is this folder, wherever below the module the test runs. The test fails when
// the packages are not installed; make quick, which needs none, leaves it out.
func Dir(t testing.TB) string {
	t.Helper()
	trial.NeedsPrograms(t)
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for !exists(filepath.Join(dir, "go.mod")) {
		if filepath.Dir(dir) == dir {
			t.Fatal("the test runs outside the module")
		}
		dir = filepath.Dir(dir)
	}
	dir = filepath.Join(dir, "internal", "webtest")
	// npm writes this file last.
	if !exists(filepath.Join(dir, "node_modules", ".package-lock.json")) {
		t.Fatalf("the npm packages of internal/webtest are not installed: run %s", Install)
	}
	return dir
}

// Node runs a script of this folder and returns what it prints; the test fails
// with the script's own words when it fails.
func Node(t testing.TB, script string, args ...string) []byte {
	t.Helper()
	return Run(t, "node", append([]string{filepath.Join(known(t), script)}, args...)...)
}

// known is this folder, all of whose scripts the test has looked at: else go test
// would take its old result for that of a changed script.
func known(t testing.TB) string {
	t.Helper()
	dir := Dir(t)
	scripts, err := filepath.Glob(filepath.Join(dir, "*.*js"))
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range append(scripts, filepath.Join(dir, "package-lock.json")) {
		if _, err := os.ReadFile(script); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Passes reports whether a script of this folder ends well: for what it has to
// refuse.
func Passes(t testing.TB, script string, args ...string) bool {
	t.Helper()
	command := exec.CommandContext(t.Context(), "node", append([]string{filepath.Join(known(t), script)}, args...)...)
	err := command.Run()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return err == nil
}

// Run runs a program and returns what it prints; the test fails with the
// program's own words when it fails.
func Run(t testing.TB, program string, args ...string) []byte {
	t.Helper()
	var stderr bytes.Buffer
	command := exec.CommandContext(t.Context(), program, args...)
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", filepath.Base(program), err, out, stderr.Bytes())
	}
	return out
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}
