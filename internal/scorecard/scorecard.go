// Package scorecard lays out what an assessor gets: a folder with a page over
// all platforms, a page for each, and the same results for programs and
// spreadsheets.
package scorecard

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"hegui/internal/report"
	"hegui/internal/results"
)

// indexFile is the page that a folder is opened by.
const indexFile = "index.html"

// product is a report that stands in the package, beside the pages.
type product struct {
	format, name string
	// each tells that every platform has its own.
	each bool
}

// products are the reports of a package.
func products() []product {
	return []product{
		{format: "json", name: "results.json"},
		{format: "xlsx", name: "scorecards.xlsx"},
		{format: "badge", name: "badge.svg", each: true},
	}
}

// Write lays the package of a run into a folder, which it makes if need be. What
// an earlier run laid there and this one does not is removed; a folder that
// holds anything else is refused with a RefusedError. Several files are written
// at a time, jobs of them.
func Write(ctx context.Context, dir string, r *results.Results, o report.Options, jobs int) error {
	pages, err := report.NewPages(r, o)
	if err != nil {
		return err
	}
	out, err := open(dir)
	if err != nil {
		return err
	}
	defer func() { _ = out.Close() }()
	p := &writer{folder: out, results: r, options: o, pages: pages, sums: map[string]string{}}
	if err := p.everything(ctx, max(jobs, 1)); err != nil {
		return err
	}
	return out.settle(p.sums)
}

// writer is a package on its way to the disk.
type writer struct {
	folder  *folder
	results *results.Results
	options report.Options
	pages   *report.Pages

	mutex sync.Mutex
	sums  map[string]string // hashes by name
}

func (w *writer) everything(ctx context.Context, jobs int) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(jobs)
	put := func(name string, write func(io.Writer) error) {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return w.file(name, write)
		})
	}
	var files []string
	for _, product := range products() {
		if !product.each {
			files = append(files, product.name)
		}
	}
	put(indexFile, func(out io.Writer) error {
		return w.pages.Index(out, func(i int) string { return path.Join(PagePath(w.results.Platforms[i].ID), indexFile) }, files)
	})
	for i := range w.results.Platforms {
		at := PagePath(w.results.Platforms[i].ID)
		home := strings.Repeat("../", strings.Count(at, "/")+1) + indexFile
		put(path.Join(at, indexFile), func(out io.Writer) error { return w.pages.Card(out, i, home) })
	}
	for _, product := range products() {
		format, err := report.Find(product.format)
		if err != nil {
			return errors.Join(err, group.Wait())
		}
		if !product.each {
			put(product.name, func(out io.Writer) error { return format.Write(out, w.results, w.options) })
			continue
		}
		for i := range w.results.Platforms {
			name := path.Join(PagePath(w.results.Platforms[i].ID), product.name)
			put(name, func(out io.Writer) error { return format.Write(out, w.results.Only(i), w.options) })
		}
	}
	return group.Wait()
}

func (w *writer) file(name string, write func(io.Writer) error) error {
	file, err := w.folder.Create(name)
	if err != nil {
		return err
	}
	sum := sha256.New()
	buffered := bufio.NewWriter(io.MultiWriter(file, sum))
	err = write(buffered)
	if err := errors.Join(err, buffered.Flush(), file.Close()); err != nil {
		return err
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.sums[name] = hex.EncodeToString(sum.Sum(nil))
	return nil
}
