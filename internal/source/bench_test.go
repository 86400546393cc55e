package source

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func BenchmarkFolderRead(b *testing.B) {
	root := b.TempDir()
	dir := filepath.Join(root, "platforms", "bureau", "x")
	os.MkdirAll(dir, 0o755)
	data := make([]byte, 2300)
	for i := range 8 {
		os.WriteFile(filepath.Join(dir, fmt.Sprintf("t%d.yaml", i)), data, 0o644)
	}
	tree, err := OpenDir(root)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("tree", func(b *testing.B) {
		for i := range b.N {
			if _, err := tree.Read(fmt.Sprintf("platforms/bureau/x/t%d.yaml", i%8), 1<<20); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("list", func(b *testing.B) {
		for range b.N {
			if _, err := tree.List("platforms/bureau/x"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("os", func(b *testing.B) {
		for i := range b.N {
			if _, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("t%d.yaml", i%8))); err != nil {
				b.Fatal(err)
			}
		}
	})
}
