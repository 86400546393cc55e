package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
)

const mebibyte, kibibyte = 1 << 20, 1 << 10

// check measures a check of a fleet with one report in a file of work.
func (b *bench) check(f fleet, work, format string, more ...string) (cost, error) {
	args := append([]string{"check", "--as-of", b.asOf, "--report", format + "=" + filepath.Join(work, "report")}, more...)
	return measure(f.dir, 1, b.hegui, args...)
}

// same holds a run with one worker to the bytes of a run with many, before anything is
// measured.
func (b *bench) same(work string) error {
	f := b.fleets[min(1, len(b.fleets)-1)]
	var first []byte
	for _, jobs := range []string{"1", "7"} {
		if _, err := b.check(f, work, "jsonl", "--jobs", jobs); err != nil {
			return err
		}
		data, err := os.ReadFile(filepath.Join(work, "report"))
		if err != nil {
			return err
		}
		if first == nil {
			first = data
		}
		if !bytes.Equal(first, data) {
			return fmt.Errorf("%s workers write other results", jobs)
		}
	}
	return nil
}

// start measures what has nothing to judge, or one platform.
func (b *bench) start(work string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	nothing, err := least(20, func() (cost, error) { return measure(work, 0, self, "yardstick", "nothing", work) })
	if err != nil {
		return err
	}
	above := func(c cost) float64 { return float64((c.CPU - nothing.CPU).Microseconds()) / 1000 }
	for _, args := range [][]string{{"version"}, {"--help"}, {"completion", "bash"}} {
		c, err := least(20, func() (cost, error) { return measure(work, 0, b.hegui, args...) })
		if err != nil {
			return err
		}
		b.table.row("`"+args[0]+"`, CPU above nothing", above(c), 20, "ms")
	}
	if f := b.fleets[0]; f.platforms == 1 {
		c, err := least(20, func() (cost, error) { return b.check(f, work, "text") })
		if err != nil {
			return err
		}
		b.table.row("one platform, CPU above nothing", above(c), 35, "ms")
		b.table.row("one platform, peak", float64(c.Peak)/mebibyte, 0, "MiB")
	}
	return nil
}

// shard measures what a shard costs that has next to nothing to judge.
func (b *bench) shard(work string) error {
	f := b.largest()
	c, err := measure(f.dir, 1, b.hegui, "check", "--as-of", b.asOf, "--shard", "1/10000", "--report", "jsonl="+filepath.Join(work, "report"))
	if err != nil {
		return err
	}
	b.cpu(fmt.Sprintf("a shard with none of %d platforms, CPU", f.platforms), f, c, 0)
	return nil
}
