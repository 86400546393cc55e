package rulebook_test

import (
	"testing"
	"time"

	"hegui"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// BenchmarkLoad is most of what a process pays before it reads a platform. It
// prints the ratio to reading the same rulebook in full, which a binary without
// known.bin pays, and a city with schemas of its own.
func BenchmarkLoad(b *testing.B) {
	tree, known := source.FromFS(hegui.Rulebook), builtinKnown(b)
	var quick, full time.Duration
	for b.Loop() {
		quick += load(b, tree, known)
		full += load(b, tree, "")
	}
	b.ReportMetric(float64(quick)/float64(full), "of-full")
	b.ReportMetric(float64(quick.Microseconds())/float64(b.N)/1000, "ms/load")
}

func load(b *testing.B, tree source.Tree, known string) time.Duration {
	start := time.Now()
	if _, err := rulebook.LoadKnown(tree, known); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}
