package audit

import (
	"sort"
	"strings"
	"sync"

	"hegui/internal/source"
)

// file is one thing in a platform's folder, a folder or a link as well, with what is
// known of its bytes.
type file struct {
	source.Entry
	// inside is its path below the platform's folder.
	inside string
	// describes is set for the platform's descriptions.
	describes bool
	// bytes are those of a small file that was read, where kept is set.
	kept  bool
	bytes []byte
	// content is nil until it was asked for.
	content *content
}

// files are everything in a platform's folder, sorted by path.
type files []file

// find is what lies at a path below the platform's folder, nil for nothing.
func (all files) find(inside string) *file {
	i, found := sort.Find(len(all), func(i int) int { return strings.Compare(inside, all[i].inside) })
	if !found {
		return nil
	}
	return &all[i]
}

// beside reports whether a file lies in the platform's folder itself, beside its
// descriptions.
func (f *file) beside() bool { return f.Name == f.inside }

// fileAt is what lies at a path of the repository in the platform's folder, nil for
// nothing.
func (r *reading) fileAt(at string) *file {
	if below, within := strings.CutPrefix(at, r.Path); within && strings.HasPrefix(below, "/") {
		return r.files.find(below[1:])
	}
	return nil
}

// maxKept bounds the files that are kept while a platform is judged, and
// maxKeptInAll all of them: small files are read by the parser, the marking scan
// and the evidence check. They lie one behind the other in pieces of memory of
// roomForFiles bytes.
const maxKept, maxKeptInAll, roomForFiles = 64 << 10, 16 << 20, 32 << 10

// read reads a file once, however many look at it.
func (r *reading) read(f *file, limit int64) ([]byte, error) {
	if f.kept {
		return f.bytes, nil
	}
	keep := f.Size <= maxKept && r.kept+f.Size <= maxKeptInAll
	if keep && int64(cap(r.room)-len(r.room)) <= f.Size {
		r.room = r.roomFor(f.Size + 1)
	}
	var before []byte
	if keep {
		before = r.room
	}
	var room []byte
	var err error
	if r.near != nil {
		room, err = r.near.Append(before, f.Entry, limit)
	} else {
		room, err = source.AppendListed(r.Tree, before, f.Entry, limit)
	}
	if r.reach(err); err != nil {
		return nil, err
	}
	data := room[len(before):len(room):len(room)]
	if keep {
		r.room, r.kept = room, r.kept+int64(len(data))
		f.bytes, f.kept = data, true
	}
	return data, nil
}

// piece is room for small files.
type piece = [roomForFiles]byte

// pieces are those that no platform needs any more.
var pieces = sync.Pool{New: func() any { return new(piece) }}

// lists are those of files that no platform needs any more, of at most maxListed.
var lists = sync.Pool{New: func() any { list := make(files, 0, usualFiles); return &list }}

// usualFiles is room for what most platforms hold.
const usualFiles, maxListed = 256, 4096

// roomFor is empty room for so many bytes at least.
func (r *reading) roomFor(size int64) []byte {
	if size > roomForFiles {
		return make([]byte, 0, size)
	}
	p, _ := pieces.Get().(*piece)
	r.pieces = append(r.pieces, p)
	return p[:0]
}

// leave gives back the memory of a judged platform's files: documents hold copies of
// their text, and nothing else needs the bytes.
func (r *reading) leave() {
	for _, p := range r.pieces {
		pieces.Put(p)
	}
	if cap(r.files) > 0 && cap(r.files) <= maxListed {
		list := files(emptied(r.files))
		lists.Put(&list)
	}
	r.files, r.room, r.pieces = nil, nil, nil
}
