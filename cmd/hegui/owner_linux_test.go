package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// On a terminal the owner of the files reads them as they are, with the lines that
// findings point at. Nobody else does: not the log of a pipeline, not a pipe, not
// who is named, not a file.
func TestOwnerReadsHisOwn(t *testing.T) {
	dir := t.TempDir()
	to := filepath.Join(dir, "platforms", "one")
	if err := os.CopyFS(to, os.DirFS(filepath.Join("..", "..", "platforms", "government-services"))); err != nil {
		t.Fatal(err)
	}
	replace(t, filepath.Join(to, "encryption.yaml"), "protocol: ssh\n    algorithms:\n      - ecdsa", "protocol: ssh\n    algorithms:\n      - ECDSA")
	replace(t, filepath.Join(to, "hardening.yaml"), "open_vulnerabilities:\n", "\topen_vulnerabilities:\n")
	const quoted, line = `"ECDSA"`, "|     open_vulnerabilities:"
	report := filepath.Join(dir, "results.json")
	for _, c := range []struct {
		name, env string
		terminal  bool
		args      []string
		owner     bool
	}{
		{"terminal", "CI=", true, nil, true},
		{"terminal and a file", "CI=", true, []string{"--report", "text", "--report", "json=" + report}, true},
		{"pipe", "CI=", false, nil, false},
		{"pipeline", "CI=true", true, nil, false},
		{"named reader", "CI=", true, []string{"--audience", "internal"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			command := exec.CommandContext(t.Context(), os.Args[0], append([]string{"check", "--as-of", "2026-12-01", "--no-color", "--limit", "0"}, c.args...)...)
			command.Dir, command.Env = dir, append(os.Environ(), asProgram+"=1", "LC_ALL=C", c.env)
			shown := said(t, command, c.terminal)
			for _, own := range []string{quoted, line} {
				if strings.Contains(shown, own) != c.owner {
					t.Errorf("%q is shown: %v, want %v\n%s", own, !c.owner, c.owner, shown)
				}
			}
			if !strings.Contains(shown, "verdict ") {
				t.Errorf("no report:\n%s", shown)
			}
		})
	}
	written, err := os.ReadFile(report)
	if err != nil || !bytes.Contains(written, []byte(`"audience":"internal"`)) || !bytes.Contains(written, []byte("[a sensitive value]")) {
		t.Errorf("the file beside the terminal is not for everybody: %v", err)
	}
}

func replace(t *testing.T, file, old, with string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil || strings.Count(string(text), old) != 1 {
		t.Fatalf("%q is not once in %s: %v", old, file, err)
	}
	write(t, file, strings.Replace(string(text), old, with, 1))
}

// said is all that a command writes to its standard output, a pseudo-terminal or a
// pipe.
func said(t *testing.T, c *exec.Cmd, terminal bool) string {
	t.Helper()
	if !terminal {
		out, _ := c.Output() // a description that does not comply is no failure here
		return string(out)
	}
	screen, theirs := pseudoTerminal(t)
	c.Stdout = theirs
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	_ = theirs.Close()
	var shown bytes.Buffer
	_, _ = io.Copy(&shown, screen) // reading ends in an error when the other side is closed
	_ = c.Wait()                   // as above
	return strings.ReplaceAll(shown.String(), "\r\n", "\n")
}

// pseudoTerminal is a real terminal of 80 columns, as its screen and its program
// see it.
func pseudoTerminal(t *testing.T) (screen, program *os.File) {
	t.Helper()
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = screen.Close() })
	fd := int(screen.Fd())
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		err = unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 40, Col: 80})
	}
	if err == nil {
		program, err = os.OpenFile(fmt.Sprint("/dev/pts/", number), os.O_RDWR|unix.O_NOCTTY, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	return screen, program
}
