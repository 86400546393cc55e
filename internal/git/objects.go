package git

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/objfile"

	"hegui/internal/lang"
	"hegui/internal/source"
)

// maxInflated bounds the size of commits, tags, trees and delta bases; the size of
// a file is for the caller to limit.
const maxInflated = 1 << 28

// errMissing: an object is neither in a pack nor loose.
var errMissing = errors.New("no such object")

// object is one object's kind and content.
type object struct {
	kind plumbing.ObjectType
	data []byte
}

// objects is the object database of a repository, alternates included. Pack
// indexes are read bucket by bucket when needed, so that opening a large
// repository costs nothing. It is safe for use by many goroutines.
//
// go-git's own storage reads every index as a whole and keeps one file position
// per open pack, which goroutines cannot share.
type objects struct {
	dirs  []string
	bases baseCache

	mu    sync.RWMutex
	packs []*pack
	known map[string]bool // paths of packs
	read  bool            // whether the folders have been searched for packs
	made  map[plumbing.Hash]object
}

// openObjects finds a repository's object folders.
func openObjects(dir string) (*objects, error) {
	o := &objects{known: map[string]bool{}}
	return o, o.add(dir, 0)
}

// maxBorrowed bounds a chain of alternates, as git does.
const maxBorrowed = 5

func (o *objects) add(dir string, depth int) error {
	dir = filepath.Clean(dir)
	if depth > maxBorrowed || slices.Contains(o.dirs, dir) {
		return nil
	}
	o.dirs = append(o.dirs, dir)
	text, err := os.ReadFile(filepath.Join(dir, "info", "alternates"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for line := range strings.SplitSeq(string(text), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if !filepath.IsAbs(line) {
			line = filepath.Join(dir, line)
		}
		if err := o.add(line, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// close closes all packs.
func (o *objects) close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	var errs []error
	for _, p := range o.packs {
		errs = append(errs, p.close())
	}
	o.packs, o.known, o.read = nil, map[string]bool{}, false
	return errors.Join(errs...)
}

// all returns the packs found so far.
func (o *objects) all() ([]*pack, error) {
	o.mu.RLock()
	packs, read := o.packs, o.read
	o.mu.RUnlock()
	if read {
		return packs, nil
	}
	_, err := o.look()
	if err != nil {
		return nil, err
	}
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.packs, nil
}

// look opens new packs and reports whether there are any: git may pack a
// repository while it is read.
func (o *objects) look() (found bool, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	// The slice is copied: others may be reading the old one.
	packs := slices.Clone(o.packs)
	for _, dir := range o.dirs {
		indexes, err := filepath.Glob(filepath.Join(quoteGlob(dir), "pack", "pack-*.idx"))
		if err != nil {
			return false, err
		}
		for _, index := range indexes {
			name := strings.TrimSuffix(index, ".idx")
			if o.known[name] {
				continue
			}
			p, err := openPack(name)
			if errors.Is(err, fs.ErrNotExist) {
				continue // removed since the folder was read
			}
			if err != nil {
				return false, err
			}
			o.known[name] = true
			packs = append(packs, p)
			found = true
		}
	}
	o.packs, o.read = packs, true
	return found, nil
}

// quoteGlob keeps a folder's name from being taken for a pattern.
func quoteGlob(dir string) string {
	return strings.NewReplacer(`*`, `[*]`, `?`, `[?]`, `[`, `[[]`).Replace(dir)
}

// keep adds an object that is nowhere on disk, as the outcome of a merge.
func (o *objects) keep(kind plumbing.ObjectType, data []byte) plumbing.Hash {
	hash := objectHash(kind, data)
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.made == nil {
		o.made = map[plumbing.Hash]object{}
	}
	o.made[hash] = object{kind, data}
	return hash
}

// kept returns an object that is only in memory.
func (o *objects) kept(hash plumbing.Hash) (object, bool) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	got, ok := o.made[hash]
	return got, ok
}

// get reads an object: errMissing when there is none, source.ErrTooLarge when it
// has more than max bytes.
func (o *objects) get(hash plumbing.Hash, max int64) (object, error) {
	if got, ok := o.kept(hash); ok {
		if int64(len(got.data)) > max {
			return object{}, source.ErrTooLarge
		}
		return got, nil
	}
	var got object
	err := o.visit(hash, func(p *pack, offset int64) (err error) {
		got, err = p.object(offset, max, &o.bases)
		return err
	}, func(file io.Reader) (err error) {
		got, err = readLoose(file, hash, max)
		return err
	})
	return got, err
}

// size returns an object's size, inflating only its beginning.
func (o *objects) size(hash plumbing.Hash) (int64, error) {
	if got, ok := o.kept(hash); ok {
		return int64(len(got.data)), nil
	}
	var size int64
	err := o.visit(hash, func(p *pack, offset int64) (err error) {
		size, err = p.objectSize(offset)
		return err
	}, func(file io.Reader) error {
		_, n, err := openLoose(file, hash, func(io.Reader) error { return nil })
		size = n
		return err
	})
	return size, err
}

// visit calls packed or loose for the place where an object is stored.
func (o *objects) visit(hash plumbing.Hash, packed func(*pack, int64) error, loose func(io.Reader) error) error {
	for again := range 2 {
		packs, err := o.all()
		if err != nil {
			return err
		}
		for _, p := range packs {
			offset, err := p.index.find(hash)
			if err == nil {
				return packed(p, offset)
			}
			if !errors.Is(err, errMissing) {
				return err
			}
		}
		err = o.visitLoose(hash, loose)
		if !errors.Is(err, errMissing) {
			return err
		}
		if again > 0 {
			break
		}
		found, err := o.look()
		if err != nil {
			return err
		}
		if !found {
			break
		}
	}
	return errMissing
}

func (o *objects) visitLoose(hash plumbing.Hash, loose func(io.Reader) error) error {
	name := hash.String()
	for _, dir := range o.dirs {
		file, err := os.Open(filepath.Join(dir, name[:2], name[2:]))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		return errors.Join(loose(file), file.Close())
	}
	return errMissing
}

// readLoose reads a loose object.
func readLoose(file io.Reader, hash plumbing.Hash, max int64) (object, error) {
	var data []byte
	kind, size, err := openLoose(file, hash, func(content io.Reader) (err error) {
		data, err = io.ReadAll(content)
		return err
	}, max)
	if err == nil && int64(len(data)) != size {
		err = damagedObject(hash)
	}
	return object{kind, data}, err
}

// openLoose reads the header of a loose object and passes its content on, limited
// to the size in the header.
func openLoose(file io.Reader, hash plumbing.Hash, use func(io.Reader) error, max ...int64) (plumbing.ObjectType, int64, error) {
	reader, err := objfile.NewReader(file)
	if err != nil {
		return 0, 0, damagedObject(hash)
	}
	defer func() { _ = reader.Close() }()
	kind, size, err := reader.Header()
	if err != nil || size < 0 {
		return 0, 0, damagedObject(hash)
	}
	for _, most := range max {
		if size > most {
			return 0, 0, source.ErrTooLarge
		}
	}
	if err := use(io.LimitReader(reader, size)); err != nil {
		return 0, 0, damagedObject(hash)
	}
	return kind, size, nil
}

func damagedObject(hash plumbing.Hash) error {
	return damaged(lang.Say("对象 %s 读不出来", "object %s cannot be read", hash))
}

// withPrefix returns the hashes of all objects that begin with some hexadecimal
// digits, sorted, each once.
func (o *objects) withPrefix(digits string) ([]plumbing.Hash, error) {
	packs, err := o.all()
	if err != nil {
		return nil, err
	}
	var found []plumbing.Hash
	for _, p := range packs {
		some, err := p.index.withPrefix(digits)
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	for _, dir := range o.dirs {
		files, err := os.ReadDir(filepath.Join(dir, digits[:2]))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			name := digits[:2] + file.Name()
			if raw, err := hex.DecodeString(name); err == nil && len(raw) == len(plumbing.Hash{}) && strings.HasPrefix(name, digits) {
				found = append(found, plumbing.Hash(raw))
			}
		}
	}
	slices.SortFunc(found, func(a, b plumbing.Hash) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(found), nil
}
