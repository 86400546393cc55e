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
	"hash"
	"io"
	"path"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"hegui/internal/page"
	"hegui/internal/report"
	"hegui/internal/results"
)

// indexFile is the page that a folder is opened by.
const indexFile = "index.html"

// Package is a package on its way. Like a report it takes the platforms one by
// one and keeps none of them.
type Package struct {
	folder  *folder
	run     *results.Results
	options report.Options
	pages   *page.Pages
	index   *page.Index
	whole   []*part
	badge   report.Format

	group *errgroup.Group
	ctx   context.Context
	mutex sync.Mutex
	sums  map[string]string // hashes by name
}

// part is a report over all platforms.
type part struct {
	name   string
	begin  func(io.Writer, *results.Results, report.Options) (report.Report, error)
	report report.Report
	file   *file
}

// Begin begins the package of a run in a folder, which it makes if need be. What
// an earlier run laid there and this one does not is removed in the end; a
// folder that holds anything else is refused with a RefusedError. Several files
// are written at a time, jobs of them.
func Begin(ctx context.Context, dir string, run *results.Results, o report.Options, jobs int) (*Package, error) {
	p := &Package{run: run, options: o, whole: parts(), sums: map[string]string{}}
	p.group, p.ctx = errgroup.WithContext(ctx)
	p.group.SetLimit(max(jobs, 1))
	var err error
	if p.pages, err = page.NewPackage(run, page.Options{Language: o.Language, Only: o.Only, Previous: o.Previous}); err != nil {
		return nil, err
	}
	p.index = p.pages.Index()
	if p.badge, err = report.Find("badge"); err != nil {
		return nil, err
	}
	if p.folder, err = open(dir); err != nil {
		return nil, err
	}
	for _, part := range p.whole {
		var err error
		if part.file, err = p.create(part.name); err == nil {
			part.report, err = part.begin(part.file, p.run, p.options)
		}
		if err != nil {
			return nil, errors.Join(err, p.Close())
		}
	}
	return p, nil
}

// parts are the reports over all platforms.
func parts() []*part {
	return []*part{{name: dataFile, begin: beginData}, {name: "scorecards.xlsx", begin: beginWorkbooks}, {name: calendarFile, begin: beginCalendar}}
}

// Platform adds a platform: its page, its badge, its workbook, its part of all else.
func (p *Package) Platform(platform *results.Platform) error {
	at := PagePath(platform.ID)
	p.index.Add(platform, path.Join(at, indexFile))
	home := strings.Repeat("../", strings.Count(at, "/")+1) + indexFile
	p.group.Go(func() error { return p.card(at, platform, home) })
	p.put(path.Join(at, "badge.svg"), func(out io.Writer) error { return p.drawBadge(out, platform) })
	p.put(path.Join(at, calendarFile), func(out io.Writer) error { return p.datesOf(out, platform) })
	p.put(workbookPath(platform.ID), func(out io.Writer) error { return p.fillWorkbook(out, platform) })
	for _, part := range p.whole {
		if err := part.report.Platform(platform); err != nil {
			return err
		}
	}
	return p.failed()
}

// failed is what went wrong in a file that is written meanwhile, itself and not that
// it ended the others.
func (p *Package) failed() error {
	if p.ctx.Err() == nil {
		return nil
	}
	if err := p.group.Wait(); err != nil {
		return err
	}
	return p.ctx.Err()
}

// drawBadge writes the badge of one platform.
func (p *Package) drawBadge(out io.Writer, platform *results.Platform) error {
	one := *p.run
	one.Platforms = []results.Platform{*platform}
	one.Count(platform)
	return report.Write(out, p.badge, &one, p.options)
}

// card writes the pages of a platform into its folder.
func (p *Package) card(at string, platform *results.Platform, home string) error {
	card, err := p.pages.Card(platform, page.Place{Home: home, Workbook: path.Base(workbookPath(platform.ID)), Calendar: calendarFile})
	if err != nil {
		return err
	}
	for _, leaf := range page.Leaves() {
		if err := p.write(path.Join(at, string(leaf)), func(out io.Writer) error { return card.Write(out, leaf) }); err != nil {
			return err
		}
	}
	return nil
}

// put writes a file beside the others.
func (p *Package) put(name string, write func(io.Writer) error) {
	p.group.Go(func() error { return p.write(name, write) })
}

func (p *Package) write(name string, write func(io.Writer) error) error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	file, err := p.create(name)
	if err != nil {
		return err
	}
	if err := write(file); err != nil {
		return errors.Join(err, file.file.Close())
	}
	return file.close()
}

// End writes what counts over all platforms, and lays the package.
func (p *Package) End(run *results.Results) error {
	var files []string
	for _, part := range p.whole {
		files = append(files, part.name)
		if err := errors.Join(part.report.End(run), part.file.close()); err != nil {
			return errors.Join(err, p.group.Wait())
		}
	}
	for _, asset := range p.pages.Assets() {
		p.put(asset.Name, func(out io.Writer) error {
			_, err := io.WriteString(out, asset.Content)
			return err
		})
	}
	p.put(indexFile, func(out io.Writer) error { return p.index.Write(out, run, files) })
	if err := p.group.Wait(); err != nil {
		return err
	}
	return p.folder.settle(p.sums)
}

// Close gives back what the package uses; unless it has ended, nothing of it
// stays.
func (p *Package) Close() error {
	_ = p.group.Wait() // End has said what went wrong
	var err error
	for _, part := range p.whole {
		if part.report != nil {
			err = errors.Join(err, part.report.Close())
		}
		if part.file != nil {
			_ = part.file.file.Close() // closed already, if all went well
		}
	}
	return errors.Join(err, p.folder.Close())
}

// file is a file of the package, hashed while it is written.
type file struct {
	*bufio.Writer
	file io.Closer
	sum  hash.Hash
	note func(sum string)
}

func (p *Package) create(name string) (*file, error) {
	created, err := p.folder.Create(name)
	if err != nil {
		return nil, err
	}
	f := &file{file: created, sum: sha256.New(), note: func(sum string) {
		p.mutex.Lock()
		defer p.mutex.Unlock()
		p.sums[name] = sum
	}}
	f.Writer = bufio.NewWriter(io.MultiWriter(created, f.sum))
	return f, nil
}

func (f *file) close() error {
	if err := errors.Join(f.Flush(), f.file.Close()); err != nil {
		return err
	}
	f.note(hex.EncodeToString(f.sum.Sum(nil)))
	return nil
}
