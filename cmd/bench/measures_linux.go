package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	"hegui/internal/corpus"
	"hegui/internal/source"
)

const mebibyte, kibibyte = 1 << 20, 1 << 10

// check measures a check of a fleet with one report in a file of work.
func (b *bench) check(f fleet, work, format string, more ...string) (cost, error) {
	args := append([]string{"check", "--as-of", b.asOf, "--report", format + "=" + filepath.Join(work, "report")}, more...)
	return measure(f.dir, 1, b.hegui, args...)
}

func (b *bench) largest() fleet { return b.fleets[len(b.fleets)-1] }

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
	above := func(c cost) float64 { return float64((c.cpu - nothing.cpu).Microseconds()) / 1000 }
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
		b.table.row("one platform, peak", float64(c.peak)/mebibyte, 0, "MiB")
	}
	return nil
}

// reports measures the time of the reports that have a goal.
func (b *bench) reports(work string) error {
	for _, f := range b.fleets {
		if f.platforms < 100 {
			continue
		}
		b.table.row(fmt.Sprintf("R, %d platforms", f.platforms), f.r.cpu.Seconds(), 0, "s")
		b.table.row(fmt.Sprintf("F, %d platforms", f.platforms), f.f.cpu.Seconds(), 0, "s")
		for _, r := range []struct {
			format string
			goal   float64
		}{{"text", 1.5}, {"jsonl", 1.5}, {"json", 2}} {
			c, err := b.check(f, work, r.format)
			if err != nil {
				return err
			}
			ofR, ofF := float64(c.cpu)/float64(f.r.cpu), float64(c.cpu)/float64(f.f.cpu)
			b.table.row(fmt.Sprintf("%s, %d platforms, CPU", r.format, f.platforms), ofF, r.goal, "F", ofR, ofF)
			b.table.row(fmt.Sprintf("%s, %d platforms, wall", r.format, f.platforms), c.wall.Seconds(), 0, "s")
			if r.format == "json" {
				info, err := os.Stat(filepath.Join(work, "report"))
				if err != nil {
					return err
				}
				b.table.row(fmt.Sprintf("json, %d platforms, a platform", f.platforms), float64(info.Size())/1000/float64(f.platforms), 600, "kB")
			}
		}
	}
	return nil
}

// memory measures the peak of every report, and its slope from the last fleet but one to
// the last.
func (b *bench) memory(work string) error {
	if len(b.fleets) < 2 {
		return nil
	}
	few, many := b.fleets[len(b.fleets)-2], b.largest()
	whole := map[string]bool{"html": true, "json": true, "oscal": true, "markdown": true}
	for _, format := range b.formats {
		less, err := b.check(few, work, format)
		if err != nil {
			return err
		}
		more, err := b.check(many, work, format)
		if err != nil {
			return err
		}
		slope := 2.0
		if whole[format] {
			slope = 40
		}
		b.table.row(fmt.Sprintf("%s, %d platforms, peak", format, many.platforms), float64(more.peak)/mebibyte, 128, "MiB")
		b.table.row(fmt.Sprintf("%s, from %d to %d, a platform more", format, few.platforms, many.platforms),
			float64(more.peak-less.peak)/kibibyte/float64(many.platforms-few.platforms), slope, "KiB")
	}
	return nil
}

// parallel measures how much sooner many workers are done. It says nothing on a machine
// that does other things.
func (b *bench) parallel(work string) error {
	n := min(runtime.NumCPU(), 8)
	one, err := b.check(b.largest(), work, "text", "--jobs", "1")
	if err != nil {
		return err
	}
	many, err := b.check(b.largest(), work, "text", "--jobs", strconv.Itoa(n))
	if err != nil {
		return err
	}
	b.table.row(fmt.Sprintf("%d workers, of the time of one by %d", n, n), float64(many.wall)*float64(n)/float64(one.wall), 1/0.9, "×")
	return nil
}

// package300 measures the assessor's package.
func (b *bench) package300(work string) error {
	if b.largest().platforms < 300 {
		return nil
	}
	tree, err := source.OpenDir(".")
	if err != nil {
		return err
	}
	dir := filepath.Join(work, "package")
	if err := corpus.Write(dir, tree, 300); err != nil {
		return err
	}
	c, err := measure(dir, 1, b.hegui, "scorecard", "-o", filepath.Join(work, "cards"), "--as-of", b.asOf)
	if err != nil {
		return err
	}
	b.table.row("scorecard, 300 platforms, peak", float64(c.peak)/mebibyte, 256, "MiB")
	return nil
}

// others measures what a shard costs that has next to nothing to judge.
func (b *bench) others(work string) error {
	f := b.largest()
	c, err := measure(f.dir, 1, b.hegui, "check", "--as-of", b.asOf, "--shard", "1/10000", "--report", "jsonl="+filepath.Join(work, "report"))
	if err != nil {
		return err
	}
	b.table.row(fmt.Sprintf("a shard with none of %d platforms, CPU", f.platforms), float64(c.cpu)/float64(f.f.cpu), 0, "F", float64(c.cpu)/float64(f.r.cpu), float64(c.cpu)/float64(f.f.cpu))
	return nil
}
