package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal is a terminal: what a program is given, and what somebody sees of it.
func terminal(t *testing.T) (given, seen *os.File) {
	t.Helper()
	seen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = seen.Close() })
	number, err := unix.IoctlGetUint32(int(seen.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(seen.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		given, err = os.OpenFile(fmt.Sprint("/dev/pts/", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	return given, seen
}

// A run of more than a second says on a terminal how far it is and takes it back; what
// is no terminal sees nothing of it.
func TestProgressOnATerminal(t *testing.T) {
	t.Setenv("CI", "")
	dir := city(t)
	slowly := func(p *process) int {
		p.busy()
		time.Sleep(1500 * time.Millisecond)
		return p.end()
	}
	given, seen := terminal(t)
	c := exec.CommandContext(t.Context(), os.Args[0], "check", "--jobs", "1")
	c.Stderr = given
	p := begin(t, dir, c)
	if err := given.Close(); err != nil {
		t.Fatal(err)
	}
	code := slowly(p)
	said, err := io.ReadAll(seen)
	if err != nil && !errors.Is(err, syscall.EIO) { // which is how a terminal ends
		t.Fatal(err)
	}
	if want := fmt.Sprintf(`^\r\x1b\[K\d of %d platforms, \d+ findings, about \d+ s left(\r\x1b\[K\d of [^\r\n]*)*\r\x1b\[K$`, platforms); !regexp.MustCompile(want).Match(said) {
		t.Errorf("a terminal sees %q", said)
	}
	piped := start(t, dir, "check", "--jobs", "1")
	if other := slowly(piped); other != code || piped.stderr.Len() > 0 {
		t.Errorf("exit code %d, want %d; a pipe gets %q", other, code, piped.stderr.String())
	}
}
