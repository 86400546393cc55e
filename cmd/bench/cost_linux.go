package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
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
	cpu, wall time.Duration
	peak      int64 // bytes
}

// measure runs a program to its end in a folder. It may end with a code of at most
// worst.
func measure(dir string, worst int, program string, args ...string) (cost, error) {
	c := exec.Command(program, args...)
	var said bytes.Buffer
	c.Dir, c.Stdout, c.Stderr = dir, io.Discard, &said
	begun := time.Now()
	err := c.Run()
	took := cost{wall: time.Since(begun)}
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) || c.ProcessState.ExitCode() > worst || c.ProcessState.ExitCode() < 0 {
		return took, fmt.Errorf("%s %q: %w\n%s", program, args, err, &said)
	}
	usage := c.ProcessState.SysUsage().(*syscall.Rusage)
	took.cpu, took.peak = c.ProcessState.UserTime()+c.ProcessState.SystemTime(), usage.Maxrss<<10
	return took, nil
}

// least is the cheapest of several measurements: what disturbs only adds.
func least(times int, measure func() (cost, error)) (best cost, err error) {
	for i := range times {
		one, err := measure()
		if err != nil {
			return best, err
		}
		if i == 0 || one.cpu < best.cpu {
			best.cpu = one.cpu
		}
		if i == 0 || one.wall < best.wall {
			best.wall = one.wall
		}
		best.peak = max(best.peak, one.peak)
	}
	return best, nil
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
