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

// Identified are the folders with the codes of their platforms, as far as they can be
// read.
func (a *Auditor) Identified(ctx context.Context, folders []Folder) []Folder {
	folders = slices.Clone(folders)
	a.headers(ctx, folders, func(i int, root *document.Value, err error) {
		if folders[i].Code = stringOf(root.Get("code")); source.OutOfReach(err) {
			folders[i].err = err
		}
	})
	return folders
}

// headers looks at the header of every folder, several at a time, so that no platform
// waits for the last one. Large ones are read one at a time, and no more of them than
// the run may read.
func (a *Auditor) headers(ctx context.Context, folders []Folder, look func(i int, root *document.Value, err error)) {
	large := make([]bool, len(folders))
	free := allowance{free: 512 << 10, most: 512 << 20}
	var group errgroup.Group
	group.SetLimit(max(a.Jobs, 1))
	for i := range folders {
		group.Go(func() error {
			if ctx.Err() == nil && folders[i].broken.IsZero() {
				large[i] = a.header(folders[i].Path, free.free, func(root *document.Value, err error) { look(i, root, err) })
			}
			return nil
		})
	}
	_ = group.Wait() // none of them fails
	for i := range folders {
		if !large[i] || ctx.Err() != nil {
			continue
		}
		if header, err := a.Tree.Stat(path.Join(folders[i].Path, headerFile)); err == nil && free.covers(header.Size) {
			free.take(header.Size)
			a.header(folders[i].Path, int64(document.DefaultLimits().Bytes), func(root *document.Value, err error) { look(i, root, err) })
		}
	}
}

// header looks at a header of at most max bytes, as far as it can be read. A panic here
// occurs again, and is reported, where the platform is judged.
func (a *Auditor) header(folder string, max int64, look func(root *document.Value, err error)) (tooLarge bool) {
	defer func() { _ = recover() }()
	data, err := a.Tree.Read(path.Join(folder, headerFile), max)
	if errors.Is(err, source.ErrTooLarge) {
		return true
	}
	var root *document.Value
	if err == nil {
		root = document.Parse(headerFile, data, document.DefaultLimits()).Root
	}
	look(root, err)
	return false
}

// Lost is why a platform, or a folder of some, is there and cannot be had; nil for one
// that can.
func (f *Folder) Lost() error {
	if !f.OutOfReach() {
		return nil
	}
	return f.err
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
