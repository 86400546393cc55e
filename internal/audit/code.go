package audit

import (
	"context"
	"errors"
	"path"
	"slices"

	"golang.org/x/sync/errgroup"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// Identified are the folders with the codes of their platforms and what else nobody
// may share, as far as it can be read: a look at every header, so that no platform waits for the last one. Large
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
				f.files = a.evidenceFiles(f)
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

// identify reads what a header of at most max bytes shows, as far as it can be read. A panic here occurs again, and is reported, where the platform is
// judged.
func (a *Auditor) identify(f *Folder, max int64) (tooLarge bool) {
	defer func() { _ = recover() }()
	data, err := a.Tree.Read(path.Join(f.Path, headerFile), max)
	switch {
	case source.OutOfReach(err):
		f.err = err
	case err == nil:
		root := document.Parse(headerFile, data, document.DefaultLimits()).Root
		f.Code = stringOf(root.Get("code"))
		ownValues(a.Rulebook.Schemas.Find(rulebook.HeaderTopic), root, func(key string, _ lang.Text, _ *document.Value) { f.own = append(f.own, key) })
	}
	return errors.Is(err, source.ErrTooLarge)
}

// OutOfReach reports whether a platform is there and cannot be had, so that nobody
// can say which it is.
func (f *Folder) OutOfReach() bool { return source.OutOfReach(f.err) }

// CodeAt is the code of the platform in a folder, empty where it has none that can be
// read.
func CodeAt(tree source.Tree, folder string) string {
	limits := document.DefaultLimits()
	data, err := tree.Read(path.Join(folder, headerFile), int64(limits.Bytes))
	if err != nil {
		return ""
	}
	return stringOf(document.Parse(headerFile, data, limits).Root.Get("code"))
}
