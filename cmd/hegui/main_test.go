//go:build unix

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asProgram makes the test binary the program itself.
const asProgram = "HEGUI_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(run())
	}
	os.Exit(m.Run())
}

var code = regexp.MustCompile(`(?m)^code: .*$`)

// platforms are more than wait for a text that nobody reads: the run stays amid them.
const platforms = 5

// city is a folder with platforms.
func city(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for i := range platforms {
		to := filepath.Join(dir, "platforms", fmt.Sprint("p", i))
		if err := os.CopyFS(to, os.DirFS(filepath.Join("..", "..", "platforms", "city-operations"))); err != nil {
			t.Fatal(err)
		}
		header := filepath.Join(to, "platform.yaml")
		text, err := os.ReadFile(header)
		if err != nil {
			t.Fatal(err)
		}
		write(t, header, code.ReplaceAllString(string(text), fmt.Sprint("code: p", i)))
	}
	return dir
}

// process is a run of the program.
type process struct {
	*exec.Cmd
	t      *testing.T
	stdout io.ReadCloser
	stderr bytes.Buffer
}

// start starts the program in a folder. Its standard output is a pipe.
func start(t *testing.T, dir string, args ...string) *process {
	t.Helper()
	return begin(t, dir, exec.CommandContext(t.Context(), os.Args[0], args...))
}

func begin(t *testing.T, dir string, c *exec.Cmd) *process {
	t.Helper()
	p := &process{Cmd: c, t: t}
	c.Dir, c.Env = dir, append(os.Environ(), asProgram+"=1", "LC_ALL=C")
	if c.Stderr == nil {
		c.Stderr = &p.stderr
	}
	var err error
	if p.stdout, err = c.StdoutPipe(); err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// busy waits until the program writes its text: nobody reads on, so that it stays
// amid its work.
func (p *process) busy() {
	p.t.Helper()
	if _, err := io.ReadFull(p.stdout, make([]byte, 1)); err != nil {
		p.t.Fatalf("%v\n%s", err, p.stderr.String())
	}
}

// end reads what is left and returns the exit code.
func (p *process) end() int {
	p.t.Helper()
	if _, err := io.Copy(io.Discard, p.stdout); err != nil {
		p.t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := p.Wait(); err != nil && !errors.As(err, &exit) {
		p.t.Fatal(err)
	}
	return p.ProcessState.ExitCode()
}

func (p *process) signal(s os.Signal) {
	p.t.Helper()
	if err := p.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// wantLine holds a run to its one line of reason.
func (p *process) wantLine(says string) {
	p.t.Helper()
	if line := p.stderr.String(); !strings.HasPrefix(line, "hegui: ") || !strings.Contains(line, says) || strings.Count(line, "\n") != 1 {
		p.t.Errorf("stderr %q, want one line with %q", line, says)
	}
}

// contents are the files below a folder.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[rel] = string(data)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return out
}

// wantNothingElse holds a folder to what it held, leftovers included.
func wantNothingElse(t *testing.T, dir string, before map[string]string) {
	t.Helper()
	if after := contents(t, dir); !maps.Equal(before, after) {
		t.Errorf("there are %q, want as before %q", slices.Sorted(maps.Keys(after)), slices.Sorted(maps.Keys(before)))
	}
}

const day = "--as-of=2026-12-01"

// The first signal ends a run in order: it says why, and leaves no file that looks
// finished, of whatever format, nor half a package.
func TestSignals(t *testing.T) {
	for signal, code := range map[os.Signal]int{os.Interrupt: 130, syscall.SIGTERM: 143} {
		t.Run(signal.String(), func(t *testing.T) {
			dir := city(t)
			write(t, filepath.Join(dir, "old.csv"), "of an earlier run")
			before := contents(t, dir)
			p := start(t, dir, "scorecard", "-o", "cards", day, "--report=text", "--report=json=new.json", "--report=csv=old.csv", "--report=badge=new.svg")
			p.busy()
			p.signal(signal)
			time.Sleep(200 * time.Millisecond) // until it has heard it
			if got := p.end(); got != code {
				t.Errorf("exit code %d, want %d", got, code)
			}
			p.wantLine("the run was interrupted: no report was written")
			wantNothingElse(t, dir, before)
		})
	}
}

// The second signal ends it at once.
func TestSecondSignal(t *testing.T) {
	p := start(t, city(t), "check", day)
	p.busy()
	p.signal(os.Interrupt)
	time.Sleep(200 * time.Millisecond)
	p.signal(os.Interrupt)
	var exit *exec.ExitError
	if err := p.Wait(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGINT {
		t.Errorf("%v", err)
	}
}

// Whoever stops reading the text does not keep the other reports from being
// written.
func TestClosedPipe(t *testing.T) {
	dir := city(t)
	p := start(t, dir, "check", day, "--report=text", "--report=json=x.json")
	p.busy()
	if err := p.stdout.Close(); err != nil {
		t.Fatal(err)
	}
	if code := exitCode(t, p.Wait()); code != 2 {
		t.Errorf("exit code %d", code)
	}
	p.wantLine("the report cannot be written: broken pipe")
	var report struct{ Platforms []any }
	if err := json.Unmarshal([]byte(contents(t, dir)["x.json"]), &report); err != nil || len(report.Platforms) != platforms {
		t.Errorf("%v, %d platforms", err, len(report.Platforms))
	}
}

func exitCode(t *testing.T, err error) int {
	t.Helper()
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return exit.ExitCode()
}

// limited runs the program where no file may grow beyond some kilobytes, as on a disk
// that is full.
func limited(t *testing.T, dir string, args ...string) *process {
	t.Helper()
	sh := exec.CommandContext(t.Context(), "sh", append([]string{"-c", `ulimit -f 16; exec "$0" "$@"`, os.Args[0]}, args...)...)
	return begin(t, dir, sh)
}

// On a full disk a run leaves what stood there, and nothing besides.
func TestFullDisk(t *testing.T) {
	dir := city(t)
	if code := start(t, dir, "scorecard", "-o", "cards", "platforms/p1", day, "-q").end(); code > 1 {
		t.Fatalf("exit code %d", code)
	}
	write(t, filepath.Join(dir, "old.json"), "of an earlier run")
	before := contents(t, dir)
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"check", "platforms/p1", "--report=json=old.json"}, `the report "old.json" cannot be written: file too large`},
		{[]string{"check", "platforms/p1", "--report=json=new.json"}, `the report "new.json" cannot be written: file too large`},
		{[]string{"scorecard", "platforms/p1", "-o", "cards"}, `scorecards cannot be written to "cards": file too large`},
		// Other files are under way when the first of them fails.
		{[]string{"scorecard", "-o", "cards"}, `scorecards cannot be written to "cards": file too large`},
		{[]string{"scorecard", "-o", "new/cards"}, `scorecards cannot be written to "new/cards": file too large`},
	} {
		p := limited(t, dir, append(c.args, "-q", day)...)
		if code := p.end(); code != 2 {
			t.Errorf("%q: exit code %d", c.args, code)
		}
		p.wantLine(c.says)
		wantNothingElse(t, dir, before)
	}
}

// While one run writes into a folder another is refused, and the first one's package
// is whole; one that is killed leaves the package before it, and nothing that stays.
func TestTwoRunsIntoOneFolder(t *testing.T) {
	dir := city(t)
	cards := filepath.Join(dir, "cards")
	begin := func() *process {
		p := start(t, dir, "scorecard", "-o", "cards", day, "--report=text")
		p.busy()
		return p
	}
	first := begin()
	other := start(t, dir, "scorecard", "-o", "cards", "platforms/p1", day)
	if code := other.end(); code != 2 {
		t.Errorf("exit code %d", code)
	}
	other.wantLine(`scorecards cannot be written to "cards": another run is writing to this folder`)
	if code := first.end(); code > 1 {
		t.Fatalf("exit code %d\n%s", code, first.stderr.String())
	}
	wantPackage(t, cards)
	killed := begin()
	killed.signal(os.Kill)
	_ = killed.Wait() // it was killed
	wantPackage(t, cards)
	if code := begin().end(); code > 1 {
		t.Fatalf("exit code %d", code)
	}
	wantPackage(t, cards)
	if left, err := filepath.Glob(filepath.Join(cards, ".hegui*")); err != nil || len(left) > 0 {
		t.Errorf("%q is left, %v", left, err)
	}
}

// wantPackage holds a package to its own list.
func wantPackage(t *testing.T, dir string) {
	t.Helper()
	have := contents(t, dir)
	lines := slices.Collect(strings.Lines(have["hegui.sha256"]))
	for _, line := range lines {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if got := sha256.Sum256([]byte(have[name])); hex.EncodeToString(got[:]) != sum {
			t.Errorf("%s is not the one of the list", name)
		}
	}
	if len(lines) < 2*platforms {
		t.Errorf("the list has %d files", len(lines))
	}
}

// What the packages leave behind when they are initialised is not worth a collection,
// unless the environment asks for one.
func TestStartCollectsNothing(t *testing.T) {
	for percent, collects := range map[string]bool{"": false, "1": true} {
		p := exec.CommandContext(t.Context(), os.Args[0], "--help")
		p.Env = append(os.Environ(), asProgram+"=1", "GODEBUG=gctrace=1", "GOGC="+percent)
		out, err := p.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if got := bytes.Contains(out, []byte("gc 1 @")); got != collects {
			t.Errorf("with GOGC=%s the start collects: %t", percent, got)
		}
	}
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
