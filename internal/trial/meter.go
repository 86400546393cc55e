package trial

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Meter counts the statements that tests of one package execute: a measure of
// work that is the same on every machine, however busy, and sees into libraries.
type Meter struct{ binary string }

// NewMeter builds the tests of the calling package so that they count what they
// execute in the named packages. make quick leaves that out: it builds them all a
// second time.
func NewMeter(t testing.TB, packages ...string) Meter {
	t.Helper()
	if testing.Short() {
		t.Skip("make quick does not count statements; make test does")
	}
	m := Meter{filepath.Join(t.TempDir(), "metered.exe")}
	run(t, "go", "test", "-c", "-cover", "-covermode=count", "-coverpkg="+strings.Join(packages, ","), "-o", m.binary, ".")
	return m
}

// Steps runs one test, or one of its subtests, and returns how many statements
// it has executed.
func (m Meter) Steps(t testing.TB, test ...string) (steps int) {
	t.Helper()
	for i, name := range test {
		test[i] = "^" + regexp.QuoteMeta(strings.ReplaceAll(name, " ", "_")) + "$"
	}
	profile := filepath.Join(t.TempDir(), "profile")
	out := run(t, m.binary, "-test.v", "-test.run="+strings.Join(test, "/"), "-test.coverprofile="+profile)
	if !bytes.Contains(out, []byte("--- PASS")) {
		t.Fatalf("no test %s", strings.Join(test, "/"))
	}
	counted, err := os.ReadFile(profile)
	if err != nil {
		t.Fatal(err)
	}
	// A line is a place, its number of statements, how often they were executed.
	for line := range strings.Lines(string(counted)) {
		var place string
		var statements, times int
		if n, _ := fmt.Sscan(line, &place, &statements, &times); n == 3 {
			steps += statements * times
		}
	}
	return steps
}

func run(t testing.TB, program string, args ...string) []byte {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %q: %v\n%s", filepath.Base(program), args, err, out)
	}
	return out
}
