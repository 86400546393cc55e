package audit

import (
	"context"
	"errors"
	"path"
	"slices"

	"golang.org/x/sync/errgroup"

	"hegui/internal/document"
	"hegui/internal/source"
)

// twins are the ids of the platforms that share their code with others, with
// the ids of those.
func twins(folders []Folder) map[string][]string {
	first, twins := map[string]string{}, map[string][]string{}
	for _, f := range folders {
		other, taken := first[f.Code]
		switch {
		case f.Code == "":
		case !taken:
			first[f.Code] = f.ID
		default:
			twins[f.ID] = append(twins[f.ID], other)
			twins[other] = append(twins[other], f.ID)
		}
	}
	return twins
}

// Identified are the folders with the codes of their platforms, as far as these can
// be read: a look at every header, so that no platform waits for the last one. Large
// headers are read one at a time, and no more of them than the run may read.
func (a *Auditor) Identified(ctx context.Context, folders []Folder) []Folder {
	folders = slices.Clone(folders)
	large := make([]bool, len(folders))
	free := allowance{free: 512 << 10, most: 512 << 20}
	var group errgroup.Group
	group.SetLimit(max(a.Jobs, 1))
	for i := range folders {
		group.Go(func() error {
			if f := &folders[i]; ctx.Err() == nil && f.broken.IsZero() {
				large[i] = a.identify(f, free.free)
			}
			return nil
		})
	}
	_ = group.Wait() // none of them fails
	for i := range folders {
		f := &folders[i]
		if !large[i] || ctx.Err() != nil {
			continue
		}
		if header, err := a.Tree.Stat(path.Join(f.Path, headerFile)); err == nil && free.covers(header.Size) {
			free.take(header.Size)
			a.identify(f, int64(document.DefaultLimits().Bytes))
		}
	}
	return folders
}

// identify reads a platform's code as far as it can be read in a header of at most
// max bytes. A panic here occurs again, and is reported, where the platform is
// judged.
func (a *Auditor) identify(f *Folder, max int64) (tooLarge bool) {
	defer func() { _ = recover() }()
	data, err := a.Tree.Read(path.Join(f.Path, headerFile), max)
	switch {
	case source.OutOfReach(err):
		f.err = err
	case err == nil:
		f.Code = stringOf(document.Parse(headerFile, data, document.DefaultLimits()).Root.Get("code"))
	}
	return errors.Is(err, source.ErrTooLarge)
}

// OutOfReach reports whether a platform is there and cannot be had, so that nobody
// can say which it is.
func (f *Folder) OutOfReach() bool { return source.OutOfReach(f.err) }
