package main

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strconv"
	"time"
)

// workersMost is how many workers the goals are about.
const workersMost = 8

// sides are the ways to judge the same platforms that are held against each other, each
// as the least of several runs.
type sides struct {
	one      cost // one worker, all processors: reports and collections run beside it
	many     cost // as many workers as processors
	alone    cost // one worker on one processor
	together cost // as many programs at once as processors, each as alone: until the last ends
}

// parallel measures what many workers cost beyond one, and how much sooner they are
// done than one on one processor. Part of that is the machine's, whose processors slow
// each other down: as much as programs that run at once and share nothing. Against these
// is what is lost to the ideal what no worker shares with another, as by Amdahl: what
// only one can do, and what they wait for each other.
func (b *bench) parallel(work string) error {
	n := min(runtime.NumCPU(), workersMost)
	if n == 1 {
		b.table.open("several workers", "this machine has one processor")
		return nil
	}
	took, err := b.sides(work, n)
	if err != nil {
		return err
	}
	of := func(a, b time.Duration) float64 { return float64(a) / float64(b) }
	share := float64(n) * of(took.many.Wall, took.together.Wall)
	b.table.row(fmt.Sprintf("%d workers, CPU of that of one", n), of(took.many.CPU, took.one.CPU), 1/0.9, "×")
	b.table.row(fmt.Sprintf("%d workers, wall of that of one on one processor by %d", n, n), float64(n)*of(took.many.Wall, took.alone.Wall), 0, "×")
	b.table.row(fmt.Sprintf("%d programs that share nothing, wall of that of one alone", n), of(took.together.Wall, took.alone.Wall), 0, "×")
	b.table.row(fmt.Sprintf("%d workers, wall of that of %d programs that share nothing by %d", n, n, n), share, 1/0.9, "×")
	b.table.row(fmt.Sprintf("%d workers, what they do not share", n), 100*(share-1)/float64(n-1), 3, "%")
	if n < workersMost {
		b.table.open(fmt.Sprintf("%d workers", workersMost), fmt.Sprintf("this machine has %d processors", n))
	}
	return nil
}

// sides measures all sides in turns, so that what disturbs the machine for a while
// disturbs each of them.
func (b *bench) sides(work string, n int) (least sides, err error) {
	for range 3 {
		for _, side := range []struct {
			least                     *cost
			programs, processors, job int
		}{{&least.one, 1, n, 1}, {&least.many, 1, n, n}, {&least.alone, 1, 1, 1}, {&least.together, n, 1, 1}} {
			took, err := b.programs(work, side.programs, side.processors, side.job)
			if err != nil {
				return least, err
			}
			side.least.keep(took)
		}
	}
	return least, nil
}

// programs runs a check of the largest fleet in several processes at once; wall is that of
// the slowest.
func (b *bench) programs(work string, n, processors, jobs int) (all cost, err error) {
	type result struct {
		cost
		err error
	}
	ended := make(chan result)
	for i := range n {
		go func() {
			one, err := measure(b.largest().dir, 1, "env", "GOMAXPROCS="+strconv.Itoa(processors), b.hegui, "check", "--as-of", b.asOf,
				"--report", "text="+filepath.Join(work, "report"+strconv.Itoa(i)), "--jobs", strconv.Itoa(jobs))
			ended <- result{one, err}
		}()
	}
	for range n {
		one := <-ended
		if one.err != nil {
			err = one.err
		}
		all.CPU += one.CPU
		all.Wall, all.Peak = max(all.Wall, one.Wall), max(all.Peak, one.Peak)
	}
	return all, err
}
