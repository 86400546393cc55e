package main

import (
	"bytes"
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The program that make builds starts where nothing else is: no libraries, no
// shell, no home, no user database, no time zones.
func TestStartsInAnEmptyRoot(t *testing.T) {
	root := t.TempDir()
	program := filepath.Join(root, "hegui")
	build(t, ".", program, "-ldflags", "-s -w -X main.version=1.2.3")
	file, err := elf.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if libraries, err := file.ImportedLibraries(); err == nil && len(libraries) > 0 {
		t.Errorf("wants the libraries %v", libraries)
	}
	for _, part := range file.Progs {
		if part.Type == elf.PT_INTERP {
			t.Error("wants a dynamic loader")
		}
	}
	platforms := filepath.Join("..", "..", "platforms", "city-operations")
	if err := os.CopyFS(filepath.Join(root, "platforms", "city"), os.DirFS(platforms)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ args, says string }{
		{"version", "hegui 1.2.3\n"},
		{"check --as-of 2026-12-01 --lang en", "verdict  compliant"},
		// More than is kept in memory where there is a folder for temporary files.
		{"check --as-of 2026-12-01 --report json --pretty", "\n  \"errors\": []"},
	} {
		said := inRoot(t, root, strings.Fields(c.args)...)
		if !strings.Contains(said, c.says) {
			t.Errorf("hegui %s says no %q:\n%.1000s", c.args, c.says, said)
		}
	}
}

// A program that is built in a clone and given no version says of which commit
// it is.
func TestVersionOfABareBuild(t *testing.T) {
	clone, program := t.TempDir(), filepath.Join(t.TempDir(), "hegui")
	if out, err := exec.CommandContext(t.Context(), "git", "clone", "-q", "--shared", filepath.Join("..", ".."), clone).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	build(t, filepath.Join(clone, "cmd", "hegui"), program)
	out, err := exec.CommandContext(t.Context(), program, "version").Output()
	if err != nil || !strings.HasPrefix(string(out), "hegui v") {
		t.Errorf("%s%v", out, err)
	}
}

// build builds the program of a folder as make and a release do.
func build(t *testing.T, dir, program string, flags ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", slices.Concat([]string{"build", "-trimpath", "-pgo=checks.pgo"}, flags, []string{"-o", program, "."})...)
	command.Dir, command.Env = dir, append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// inRoot runs the program of a folder as if there were nothing but the folder.
func inRoot(t *testing.T, root string, args ...string) string {
	t.Helper()
	chroot := []string{"chroot", root, "/hegui"}
	if os.Geteuid() != 0 {
		chroot = append([]string{"sudo", "-n"}, chroot...)
	}
	command := exec.CommandContext(t.Context(), chroot[0], append(chroot[1:], args...)...)
	command.Env = []string{"PATH=" + os.Getenv("PATH")}
	var out, errs bytes.Buffer
	command.Stdout, command.Stderr = &out, &errs
	if err := command.Run(); err != nil {
		t.Fatalf("%v: %v\n%s", command.Args, err, errs.String())
	}
	return out.String()
}
