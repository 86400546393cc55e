package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// cards is the number of platforms of the package that has goals.
const cards = 300

// scorecards measures the assessor's package.
func (b *bench) scorecards(work string) error {
	if b.largest().platforms < cards {
		b.table.open("scorecard, 300 platforms", "it wants a size of as many")
		return nil
	}
	f, err := layFleet(filepath.Join(work, "package"), cards, func(string) error { return nil })
	if err != nil {
		return err
	}
	out := filepath.Join(work, "cards")
	c, err := measure(f.dir, 1, b.hegui, "scorecard", "-o", out, "--as-of", b.asOf)
	if err != nil {
		return err
	}
	all, first, err := sizes(out)
	if err != nil {
		return err
	}
	b.cpu("scorecard, 300 platforms, CPU", f, c, 0)
	b.table.row("scorecard, 300 platforms, peak", float64(c.Peak)/mebibyte, 256, "MiB")
	b.table.row("scorecard, 300 platforms, the package", float64(all)/1e6, 200, "MB")
	b.table.row("scorecard, the largest first page of a card", float64(first)/1000, 250, "kB")
	return os.RemoveAll(out)
}

// sizes are that of a package, and that of the largest first page in it.
func sizes(dir string) (all, first int64, err error) {
	err = fs.WalkDir(os.DirFS(dir), ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		all += info.Size()
		if path.Base(file) == "index.html" && path.Dir(file) != "." {
			first = max(first, info.Size())
		}
		return nil
	})
	return all, first, err
}
