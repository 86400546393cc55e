package git

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/packfile"

	"hegui/internal/lang"
	"hegui/internal/source"
)

// maxChain bounds the length of a delta chain, as git does.
const maxChain = 4095

// pack is a pack file and its index. Every read gives its own offset, so that many
// goroutines can share it.
type pack struct {
	index *packIndex
	file  *os.File
	size  int64
}

// openPack opens a pack; name has no extension.
func openPack(name string) (*pack, error) {
	file, err := os.Open(name + ".pack")
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	index, err := openPackIndex(name + ".idx")
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &pack{index: index, file: file, size: info.Size()}, nil
}

func (p *pack) close() error { return errors.Join(p.file.Close(), p.index.file.Close()) }

func (p *pack) damaged() error {
	return damaged(lang.Say("包文件 %s 读不出来", "pack %s cannot be read", filepath.Base(p.file.Name())))
}

// scanners pools the readers of packs, which allocate a lot.
var scanners = sync.Pool{New: func() any { return packfile.NewScanner(bytes.NewReader(nil)) }}

// at reads the header of the object at an offset and passes on the scanner,
// positioned at its content.
func (p *pack) at(offset int64, use func(*packfile.ObjectHeader, *packfile.Scanner) error) error {
	scanner := scanners.Get().(*packfile.Scanner)
	defer scanners.Put(scanner)
	scanner.Reset(io.NewSectionReader(p.file, 0, p.size))
	head, err := scanner.SeekObjectHeader(offset)
	if err != nil {
		return p.damaged()
	}
	return use(head, scanner)
}

// object reads the object at an offset. Most are stored as a delta against
// another, which may be a delta too: the chain is read down to a base that is
// stored whole or cached, then the deltas are applied on the way up.
func (p *pack) object(offset, max int64, known *baseCache) (object, error) {
	type delta struct {
		at   int64
		data []byte
	}
	var chain []delta
	var whole object
	for {
		if len(chain) > maxChain {
			return object{}, p.damaged()
		}
		if base, ok := known.get(p, offset); ok {
			whole = base
			break
		}
		kind, data, next, err := p.stored(offset, most(len(chain), max))
		if err != nil {
			return object{}, err
		}
		if next == 0 {
			whole = object{kind, data}
			if len(chain) > 0 {
				known.put(p, offset, whole)
			}
			break
		}
		chain = append(chain, delta{offset, data})
		offset = next
	}
	for i := len(chain) - 1; i >= 0; i-- {
		target, ok := deltaSize(chain[i].data)
		if !ok {
			return object{}, p.damaged()
		}
		if target > most(i, max) {
			return object{}, source.ErrTooLarge
		}
		data, err := packfile.PatchDelta(whole.data, chain[i].data)
		if err != nil || int64(len(data)) != target {
			return object{}, p.damaged()
		}
		whole.data = data
		if i > 0 {
			known.put(p, chain[i].at, whole)
		}
	}
	if int64(len(whole.data)) > max {
		return object{}, source.ErrTooLarge
	}
	return whole, nil
}

// most is the size limit at one place in a delta chain: max for the object itself,
// maxInflated for its bases.
func most(place int, max int64) int64 {
	if place == 0 {
		return max
	}
	return maxInflated
}

// stored reads what is stored at an offset: an object, or a delta against the
// object at the offset next.
func (p *pack) stored(offset, max int64) (kind plumbing.ObjectType, data []byte, next int64, err error) {
	err = p.at(offset, func(head *packfile.ObjectHeader, scanner *packfile.Scanner) (err error) {
		kind = head.Type
		limit := max
		switch head.Type {
		case plumbing.OFSDeltaObject:
			if next, limit = head.OffsetReference, maxInflated; next == 0 {
				return p.damaged()
			}
		case plumbing.REFDeltaObject:
			limit = maxInflated
			if next, err = p.index.find(head.Reference); err != nil {
				return p.damaged()
			}
		case plumbing.CommitObject, plumbing.TreeObject, plumbing.BlobObject, plumbing.TagObject:
		default:
			return p.damaged()
		}
		if head.Length > limit {
			return source.ErrTooLarge
		}
		var content bytes.Buffer
		content.Grow(int(min(head.Length, 1<<20)) + bytes.MinRead)
		if n, _, err := scanner.NextObject(&content); err != nil || n != head.Length {
			return p.damaged()
		}
		data = content.Bytes()
		return nil
	})
	return kind, data, next, err
}

// objectSize returns the size of the object at an offset. A delta begins with the
// size of its result.
func (p *pack) objectSize(offset int64) (size int64, err error) {
	err = p.at(offset, func(head *packfile.ObjectHeader, scanner *packfile.Scanner) error {
		if head.Type != plumbing.OFSDeltaObject && head.Type != plumbing.REFDeltaObject {
			size = head.Length
			return nil
		}
		content, err := scanner.ReadObject()
		if err != nil {
			return p.damaged()
		}
		defer func() { _ = content.Close() }()
		begin := make([]byte, 2*binary.MaxVarintLen64)
		n, err := io.ReadFull(content, begin)
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return p.damaged()
		}
		var ok bool
		if size, ok = deltaSize(begin[:n]); !ok {
			return p.damaged()
		}
		return nil
	})
	return size, err
}

// deltaSize parses the size of a delta's result, which follows that of its base.
func deltaSize(delta []byte) (size int64, ok bool) {
	_, n := binary.Uvarint(delta)
	if n <= 0 {
		return 0, false
	}
	after, m := binary.Uvarint(delta[n:])
	return int64(after), m > 0 && int64(after) >= 0
}

// baseCache caches delta bases, which neighbours in a pack share. The half that
// was not used lately is dropped at once.
type baseCache struct {
	mu         sync.Mutex
	young, old map[baseKey]object
	bytes      int64
}

type baseKey struct {
	pack   *pack
	offset int64
}

// maxBases is the size of one half of the cache, in bytes.
const maxBases = 16 << 20

func (c *baseCache) get(p *pack, offset int64) (object, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := baseKey{p, offset}
	if got, ok := c.young[key]; ok {
		return got, true
	}
	got, ok := c.old[key]
	if ok {
		c.add(key, got)
	}
	return got, ok
}

func (c *baseCache) put(p *pack, offset int64, o object) {
	if len(o.data) > maxBases/4 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(baseKey{p, offset}, o)
}

func (c *baseCache) add(key baseKey, o object) {
	if c.young == nil || c.bytes > maxBases {
		c.old, c.young, c.bytes = c.young, map[baseKey]object{}, 0
	}
	c.young[key] = o
	c.bytes += int64(len(o.data))
}
