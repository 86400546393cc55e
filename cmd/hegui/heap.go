package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

const (
	// small is the memory of ordinary runs: of a few platforms at a time little is
	// alive, and more room than this buys hardly any time.
	small = 92 << 20
	// beside is what a program needs besides its heap.
	beside = 24 << 20
	// large is where no more memory is given for time: a change of a platform that is as
	// large as one may be holds about as much.
	large = 768 << 20
	// roomy is the memory of runs that go through many rulebooks: each takes as much as
	// a run of one, and most of the time went into collecting the one before.
	roomy = 256 << 20
)

// tendMemory chooses the memory that the program may take, unless its environment does,
// and again after each collection. Until that is full nothing is collected: a run of one
// platform ends before. A run that calls spend may take more.
func tendMemory() (spend func()) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	if os.Getenv("GOGC") != "" {
		debug.SetMemoryLimit(large)
		return func() {}
	}
	debug.SetGCPercent(-1)
	var least atomic.Int64
	tendHeap(&least, small)
	return func() { least.Store(roomy) }
}

// tendHeap bounds the memory until the next collection: every one finds an object that
// nobody holds, and another is left for the next.
func tendHeap(least *atomic.Int64, limit int64) {
	debug.SetMemoryLimit(limit)
	runtime.AddCleanup(new([16]byte), func(live []metrics.Sample) {
		metrics.Read(live)
		tendHeap(least, max(limitOf(live[0].Value.Uint64()), least.Load()))
	}, []metrics.Sample{{Name: "/gc/heap/live:bytes"}})
}

// limitOf is the memory for a heap of which so much is alive: it may grow by half.
func limitOf(live uint64) int64 { return int64(min(max(live+live/2+beside, small), large)) }
