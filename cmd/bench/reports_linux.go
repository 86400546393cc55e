package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// many is the number of platforms from which ratios to R and F mean something, settled
// that from which memory depends on platforms alone: before, all that varies has not
// been met.
const many, settled = 100, 1000

// settled is a goal that is about 1,000 platforms and more, none for fewer.
func (f fleet) settled(goal float64) float64 {
	if f.platforms < settled {
		return 0
	}
	return goal
}

// timed are the reports whose CPU has a goal, in F.
var timed = map[string]float64{"text": 1.5, "jsonl": 1.5, "json": 2}

// whole are the reports that need the whole fleet, and so keep something of each platform.
var whole = map[string]bool{"html": true, "json": true, "oscal": true, "markdown": true, "badge": true}

// reports measures time and memory of every report.
func (b *bench) reports(work string) error {
	took := map[string][]pace{}
	for _, f := range b.fleets {
		if f.platforms < many {
			continue
		}
		b.table.row(fmt.Sprintf("R, %d platforms", f.platforms), f.r.CPU.Seconds(), 0, "s")
		b.table.row(fmt.Sprintf("F, %d platforms", f.platforms), f.f.CPU.Seconds(), 0, "s")
		for _, format := range b.formats {
			c, beside, err := b.reported(f, work, format)
			if err != nil {
				return err
			}
			took[format] = append(took[format], pace{c, beside.f})
			what := fmt.Sprintf("%s, %d platforms, ", format, f.platforms)
			b.cpu(what+"CPU", beside, c, f.settled(timed[format]))
			b.table.row(what+"wall", c.Wall.Seconds(), 0, "s")
			b.table.row(what+"peak", float64(c.Peak)/mebibyte, 128, "MiB")
			if format == "json" {
				info, err := os.Stat(filepath.Join(work, "report"))
				if err != nil {
					return err
				}
				b.table.row(what+"a platform", float64(info.Size())/1000/float64(f.platforms), 600, "kB")
			}
		}
	}
	b.growth(took)
	return nil
}

// pace is what a report took, and what F took beside it.
type pace struct{ report, f cost }

// reported measures one report in turns with the yardsticks of the fleet, and three times
// where its time has a goal: a machine that does other things is slow for a while, and
// then is so for both.
func (b *bench) reported(f fleet, work, format string) (c cost, beside fleet, err error) {
	times := 1
	if timed[format] > 0 {
		times = 3
	}
	beside = fleet{dir: f.dir, platforms: f.platforms}
	for range times {
		if err := beside.yardsticks(); err != nil {
			return c, beside, err
		}
		one, err := b.check(f, work, format)
		if err != nil {
			return c, beside, err
		}
		c.keep(one)
	}
	return c, beside, nil
}

// growth compares the two largest fleets: what a platform more takes of memory, and
// whether it takes as much time, in F, as those before.
func (b *bench) growth(took map[string][]pace) {
	var fleets []fleet
	for _, f := range b.fleets {
		if f.platforms >= many {
			fleets = append(fleets, f)
		}
	}
	if len(fleets) < 2 {
		b.table.open("growth", "it wants two sizes of 100 and more")
		return
	}
	few, more := fleets[len(fleets)-2], fleets[len(fleets)-1]
	platforms := float64(more.platforms - few.platforms)
	for _, format := range b.formats {
		paces := took[format]
		before, after := paces[len(paces)-2], paces[len(paces)-1]
		what := fmt.Sprintf("%s, from %d to %d platforms, ", format, few.platforms, more.platforms)
		slope := 2.0
		if whole[format] {
			slope = 40
		}
		b.table.row(what+"memory of a platform more", float64(after.report.Peak-before.report.Peak)/kibibyte/platforms, few.settled(slope), "KiB")
		of := func(p pace) float64 { return float64(p.report.CPU) / float64(p.f.CPU) }
		goal := few.settled(1.1)
		if timed[format] > 0 {
			goal = 1.1
		}
		b.table.row(what+"CPU of one, in F", of(after)/of(before), goal, "×")
	}
	if few.platforms < settled {
		b.table.open("memory of a platform more", "it wants sizes of 1000 and more")
	}
}

// cpu prints what a process took as a ratio to F, beside that to R.
func (b *bench) cpu(what string, f fleet, c cost, goal float64) {
	of := func(yardstick time.Duration) float64 { return float64(c.CPU) / float64(yardstick) }
	b.table.row(what, of(f.f.CPU), goal, "F", of(f.r.CPU), of(f.f.CPU))
}
