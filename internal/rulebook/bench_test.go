package rulebook_test

import (
	"testing"

	"hegui"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// BenchmarkLoad is most of what a process pays before it reads a platform.
func BenchmarkLoad(b *testing.B) {
	tree := source.FromFS(hegui.Rulebook)
	for b.Loop() {
		if _, err := rulebook.Load(tree); err != nil {
			_ = err
		}
	}
}
