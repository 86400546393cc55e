package document_test

import (
	"os"
	"path/filepath"
	"testing"

	"hegui/internal/corpus"
	"hegui/internal/document"
	"hegui/internal/source"
)

// Nearly all that people write, and all that is made for trials of size, is within the
// subset.
func TestSubsetTakesWhatPeopleWrite(t *testing.T) {
	repo, err := source.OpenDir(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := corpus.Write(dir, repo, 12); err != nil {
		t.Fatal(err)
	}
	for _, root := range []string{filepath.Join("..", "..", "platforms"), filepath.Join("..", "..", "checks"), dir} {
		files, took := 0, 0
		err := filepath.WalkDir(root, func(path string, _ os.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".yaml" {
				return err
			}
			data, err := os.ReadFile(path)
			if files++; document.Took(data) {
				took++
			} else {
				t.Logf("%s is left to the parser", path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if t.Logf("%s: %d of %d files", root, took, files); took*100 < files*95 {
			t.Errorf("%s: only %d of %d files are read without the parser", root, took, files)
		}
	}
}
