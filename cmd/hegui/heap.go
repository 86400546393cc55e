package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// small is what the heap of ordinary runs may grow to before it is collected: the
	// live one is tiny, so that the collector would run all the time.
	small = 128 << 20
	// roomy and thrifty are the percentages by which a tiny heap and a large one may
	// grow.
	roomy, thrifty = 400, 50
	// softLimit is where the collector stops giving memory for time: a change of a
	// platform that is as large as one may be holds about as much.
	softLimit = 768 << 20
)

// tendHeap chooses after each collection how far the heap may grow until the next
// one: every collection finds an object that nobody holds, and another is left for
// the next.
func tendHeap(percent int) {
	debug.SetGCPercent(percent)
	runtime.AddCleanup(new([16]byte), func(live []metrics.Sample) {
		metrics.Read(live)
		tendHeap(growth(live[0].Value.Uint64()))
	}, []metrics.Sample{{Name: "/gc/heap/live:bytes"}})
}

// growth is the percentage by which a heap may grow of which so much is alive.
func growth(live uint64) int {
	room := 100 * (float64(small)/math.Max(float64(live), 1) - 1)
	return int(math.Min(math.Max(room, thrifty), roomy))
}
