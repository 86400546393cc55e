package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"gopkg.in/yaml.v3"
)

// cost is what a process took.
type cost struct {
	CPU, Wall time.Duration
	Peak      int64 // bytes
	Code      int
	Said      string
}

// measure runs a program to its end in a folder. It may end with a code of at most
// worst.
func measure(dir string, worst int, program string, args ...string) (cost, error) {
	return measureInto(os.DevNull, dir, worst, program, args...)
}

// measureInto is measure with what the program writes in a file. A small process starts
// it: the peak that Linux reports of a process is at least that of what started it.
func measureInto(file, dir string, worst int, program string, args ...string) (took cost, err error) {
	self, err := os.Executable()
	if err != nil {
		return took, err
	}
	c := exec.Command(self, append([]string{"measured", file, program}, args...)...)
	c.Dir = dir
	out, err := c.Output()
	if err == nil {
		err = json.Unmarshal(out, &took)
	}
	if err != nil {
		return took, fmt.Errorf("measure %s %q: %w", program, args, err)
	}
	if took.Code > worst || took.Code < 0 {
		return took, fmt.Errorf("%s %q: exit code %d\n%s", program, args, took.Code, took.Said)
	}
	return took, nil
}

// measured runs a program with its output in a file, and writes what it took.
func measured(file, program string, args ...string) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() { _ = out.Close() }()
	c := exec.Command(program, args...)
	var said bytes.Buffer
	c.Stdout, c.Stderr = out, &said
	begun := time.Now()
	err = c.Run()
	took := cost{Wall: time.Since(begun)}
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		return err
	}
	usage := c.ProcessState.SysUsage().(*syscall.Rusage)
	took.CPU, took.Peak = c.ProcessState.UserTime()+c.ProcessState.SystemTime(), usage.Maxrss<<10
	took.Code, took.Said = c.ProcessState.ExitCode(), said.String()
	return json.NewEncoder(os.Stdout).Encode(took)
}

// least is the cheapest of several measurements: what disturbs only adds.
func least(times int, measure func() (cost, error)) (best cost, err error) {
	for range times {
		one, err := measure()
		if err != nil {
			return best, err
		}
		best.keep(one)
	}
	return best, nil
}

// keep keeps the cheaper of two measurements in each respect, but the higher peak. The
// zero cost is none.
func (c *cost) keep(other cost) {
	if *c == (cost{}) {
		*c = other
		return
	}
	c.CPU, c.Wall, c.Peak = min(c.CPU, other.CPU), min(c.Wall, other.Wall), max(c.Peak, other.Peak)
}

// yardstick is what a run is compared with: R reads every file of the fleet, F decodes
// every topic, nothing starts and ends.
func yardstick(mode, dir string) error {
	if mode == "nothing" {
		return nil
	}
	return filepath.WalkDir(filepath.Join(dir, "platforms"), func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		topic := filepath.Ext(file) == ".yaml"
		if mode == "F" && !topic {
			return nil
		}
		data, err := os.ReadFile(file)
		if err == nil && mode == "F" {
			var node yaml.Node
			_ = yaml.Unmarshal(data, &node) // some are broken
		}
		return err
	})
}
