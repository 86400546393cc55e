package rulebook_test

import (
	"testing"
	"time"

	"hegui"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// BenchmarkLoad is most of what a process pays before it reads a platform. It
// prints the ratio to reading the same rulebook in full, which a city with
// schemas of its own pays.
func BenchmarkLoad(b *testing.B) {
	known := source.FromFS(hegui.Rulebook)
	builtin := builtinFiles(b)
	at := "schemas/waivers.schema.json"
	unknown := builtin.with(at, string(builtin[at].Data)+"\n").tree()
	var quick, full time.Duration
	for b.Loop() {
		quick += load(b, known)
		full += load(b, unknown)
	}
	b.ReportMetric(float64(quick)/float64(full), "of-full")
	b.ReportMetric(float64(quick.Microseconds())/float64(b.N)/1000, "ms/load")
}

func load(b *testing.B, tree source.Tree) time.Duration {
	start := time.Now()
	if _, err := rulebook.Load(tree); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}
