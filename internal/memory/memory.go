// Package memory chooses how much memory the program takes before it collects what
// nobody holds. It does so before most packages are initialised, as these leave enough
// behind for a collection of its own: Go initialises packages whose imports are in the
// order of their names, and those with large tables import more than this one.
package memory

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// usual is the percentage of the environment, or Go's own. Until Tend nothing is collected.
var usual = debug.SetGCPercent(-1)

const (
	// small is the memory of ordinary runs: of a few platforms at a time little is
	// alive, and more room than this buys hardly any time.
	small = 92 << 20
	// roomy is that of runs which make many objects for a short time, in which a third
	// of the time went into collecting them: with the program itself less than 256 MiB.
	roomy = 216 << 20
	// large is where no more memory is given for time: a change of a platform that is as
	// large as one may be holds about as much.
	large = 768 << 20
)

// Tend chooses the memory that the program may take, unless its environment does,
// and again after each collection. Until that is full nothing is collected: a run of one
// platform ends before. A run that calls spend is given more memory for time from the
// next collection on.
func Tend() (spend func()) {
	if os.Getenv("GOMEMLIMIT") != "" {
		debug.SetGCPercent(usual)
		return func() {}
	}
	if os.Getenv("GOGC") != "" {
		debug.SetGCPercent(usual)
		debug.SetMemoryLimit(large)
		return func() {}
	}
	var least atomic.Int64
	least.Store(small)
	bound(&least, small, 0)
	return func() { least.Store(roomy) }
}

// bound bounds the memory until the next collection: every one finds an object that
// nobody holds, and another is left for the next. Of what a collection finds alive a part
// was made while it went, which is the more the slower it is: what was alive the time
// before is no less.
func bound(least *atomic.Int64, limit, before int64) {
	debug.SetMemoryLimit(limit)
	runtime.AddCleanup(new([16]byte), func(heap []metrics.Sample) {
		metrics.Read(heap)
		live, goal := int64(heap[0].Value.Uint64()), int64(heap[1].Value.Uint64())
		beside := limit - goal
		next := limitOf(min(live, before), beside, least.Load())
		debug.SetGCPercent(percentOf(live, next-beside))
		bound(least, next, live)
	}, []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/gc/heap/goal:bytes"}})
}

// leastGrowth and mostGrowth are the percentages by which the heap may grow at least, and at
// most where next to nothing is alive.
const leastGrowth, mostGrowth = 20, 1 << 20

// limitOf is the memory for a heap of which so much is alive: it may grow by a fifth, and
// not by more, as many workers have much alive at once. So much lies beside it: what is no
// heap, and holes where the rulebook was compiled, which are as large as all that is alive
// where it is no remembered one.
func limitOf(live, beside, least int64) int64 {
	return min(max(live+live*leastGrowth/100+beside, least), large)
}

// percentOf is the percentage by which a heap may grow that is full at the limit. It makes
// no collection begin sooner: without one the runtime lets the heap grow without bound
// while a collection goes that finds more than the one before.
func percentOf(live, goal int64) int {
	return int(min(max((goal-live)*100/max(live, 1)+1, leastGrowth), mostGrowth))
}
