package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// most is how many platforms the repositories have that the gate is measured on: a work
// tree of millions of files measures the disk.
const most = 1000

// gate measures changes of one platform and of all.
func (b *bench) gate(string) error {
	var fleets []*fleet
	for i := range b.fleets {
		if f := &b.fleets[i]; f.platforms <= most {
			fleets = append(fleets, f)
		}
	}
	if len(fleets) < 2 {
		b.table.open("gate", "it wants two sizes of at most 1000")
		return nil
	}
	large, err := b.gateOne(fleets)
	if err != nil {
		return err
	}
	if err := b.worktree(large); err != nil {
		return err
	}
	c, err := b.gated(large, "--head", "all")
	if err != nil {
		return err
	}
	b.cpu(fmt.Sprintf("gate, all of %d platforms changed, CPU", large.platforms), *large, c, 0)
	b.table.row(fmt.Sprintf("gate, all of %d platforms changed, peak", large.platforms), float64(c.Peak)/mebibyte, large.settled(256), "MiB")
	if large.platforms < settled {
		b.table.open("the goals of the gate", "they want a size of 1000")
	}
	return nil
}

// gateOne measures the change of one platform in every fleet, all in turns, and returns the
// largest. Flat has a goal between fleets of many: of a single platform git has nothing to
// store its files as differences from.
func (b *bench) gateOne(fleets []*fleet) (*fleet, error) {
	for _, f := range fleets {
		if err := versioned(f.dir); err != nil {
			return nil, err
		}
	}
	took := make([]cost, len(fleets))
	for range 20 {
		for i, f := range fleets {
			one, err := b.gated(f, "--head", "one")
			if err != nil {
				return nil, err
			}
			took[i].keep(one)
		}
	}
	last := len(fleets) - 1
	large := fleets[last]
	b.table.row(fmt.Sprintf("gate, one of %d platforms changed, CPU", large.platforms), float64(took[last].CPU.Milliseconds()), 0, "ms")
	for i, f := range fleets[:last] {
		goal := 1.1
		if f.platforms < many {
			goal = 0
		}
		b.table.row(fmt.Sprintf("… of that of one of %d", f.platforms), float64(took[last].CPU)/float64(took[i].CPU), goal, "×")
	}
	return large, nil
}

// gated measures the gate on a repository.
func (b *bench) gated(f *fleet, args ...string) (cost, error) {
	return measure(f.dir, 1, b.hegui, append([]string{"gate", "--base", "main", "--as-of", b.asOf}, args...)...)
}

// worktree measures the gate on a change that is in no commit yet, beside git status.
func (b *bench) worktree(f *fleet) error {
	if err := touch(f.dir, 1); err != nil {
		return err
	}
	status, err := least(3, func() (cost, error) { return measure(f.dir, 0, "git", "status", "--porcelain") })
	if err != nil {
		return err
	}
	c, err := least(3, func() (cost, error) { return b.gated(f) })
	if err != nil {
		return err
	}
	b.table.row(fmt.Sprintf("gate, the work tree of %d platforms, CPU of git status", f.platforms), float64(c.CPU)/float64(status.CPU), f.settled(2), "×")
	return nil
}

// versioned makes a repository of a fleet, with a branch that changes one platform and
// one that changes all.
func versioned(dir string) error {
	steps := [][]string{{"init", "-q", "-b", "main"}, {"add", "-A"}, {"commit", "-q", "-m", "all"}, {"gc", "-q"}}
	for _, step := range steps {
		if err := git(dir, step...); err != nil {
			return err
		}
	}
	for branch, platforms := range map[string]int{"one": 1, "all": most} {
		if err := git(dir, "checkout", "-q", "-b", branch, "main"); err != nil {
			return err
		}
		if err := touch(dir, platforms); err != nil {
			return err
		}
		if err := git(dir, "commit", "-q", "-a", "-m", branch); err != nil {
			return err
		}
	}
	return git(dir, "checkout", "-q", "main")
}

// git runs git, whatever its user has configured.
func git(dir string, args ...string) error {
	c := exec.Command("git", append([]string{"-c", "user.name=bench", "-c", "user.email=bench@example.com", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false", "-c", "gc.auto=0"}, args...)...)
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("git %q: %w: %s", args, err, bytes.TrimSpace(out))
	}
	return nil
}

// touch changes a file of each of the first platforms, at most so many.
func touch(dir string, platforms int) error {
	return filepath.WalkDir(filepath.Join(dir, "platforms"), func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Name() != "backups.yaml" {
			return err
		}
		if platforms--; platforms < 0 {
			return fs.SkipAll
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		return os.WriteFile(file, append([]byte("# touched\n"), data...), 0o644)
	})
}
