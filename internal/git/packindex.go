package git

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync/atomic"

	"github.com/go-git/go-git/v5/plumbing"

	"hegui/internal/lang"
)

// packIndex maps hashes to offsets in a pack: sorted hashes, divided by their
// first byte into 256 buckets. A bucket is read when it is first needed.
type packIndex struct {
	file    *os.File
	fanout  [256]uint32 // how many hashes begin with this byte or a smaller one
	size    int64
	buckets [256]atomic.Pointer[bucket]
}

// bucket contains the hashes that begin with one byte, and their offsets.
type bucket struct {
	names   []byte // hashSize bytes each
	offsets []byte // 4 bytes each
}

const (
	hashSize   = len(plumbing.Hash{})
	packHead   = 8
	packFanout = 256 * 4
	// packEntry is the size of a hash, a checksum and an offset.
	packEntry = hashSize + 4 + 4
)

func openPackIndex(name string) (*packIndex, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	index := &packIndex{file: file}
	if err := index.open(); err != nil {
		_ = file.Close()
		return nil, err
	}
	return index, nil
}

func (x *packIndex) open() error {
	info, err := x.file.Stat()
	if err != nil {
		return err
	}
	x.size = info.Size()
	head := make([]byte, packHead+packFanout)
	if _, err := x.file.ReadAt(head, 0); err != nil {
		return x.damaged()
	}
	if !bytes.HasPrefix(head, []byte("\xfftOc")) || binary.BigEndian.Uint32(head[4:]) != 2 {
		return fault(ErrUnsupported, "%s 是旧格式的包索引：请运行 git gc", "pack index %s has an old format: run git gc", filepath.Base(x.file.Name()))
	}
	for i := range x.fanout {
		x.fanout[i] = binary.BigEndian.Uint32(head[packHead+4*i:])
		if i > 0 && x.fanout[i] < x.fanout[i-1] {
			return x.damaged()
		}
	}
	if packHead+packFanout+int64(x.count())*int64(packEntry) > x.size {
		return x.damaged()
	}
	return nil
}

func (x *packIndex) count() uint32 { return x.fanout[255] }

func (x *packIndex) damaged() error {
	return damaged(lang.Say("包索引 %s 读不出来", "pack index %s cannot be read", filepath.Base(x.file.Name())))
}

// bucket reads the hashes that begin with a byte.
func (x *packIndex) bucket(first byte) (*bucket, error) {
	if b := x.buckets[first].Load(); b != nil {
		return b, nil
	}
	var from uint32
	if first > 0 {
		from = x.fanout[first-1]
	}
	n := x.fanout[first] - from
	b := &bucket{names: make([]byte, int(n)*hashSize), offsets: make([]byte, int(n)*4)}
	names := int64(packHead + packFanout)
	offsets := names + int64(x.count())*int64(hashSize+4)
	if _, err := x.file.ReadAt(b.names, names+int64(from)*int64(hashSize)); err != nil {
		return nil, x.damaged()
	}
	if _, err := x.file.ReadAt(b.offsets, offsets+int64(from)*4); err != nil {
		return nil, x.damaged()
	}
	x.buckets[first].Store(b)
	return b, nil
}

func (b *bucket) len() int            { return len(b.names) / hashSize }
func (b *bucket) name(i int) []byte   { return b.names[i*hashSize : (i+1)*hashSize] }
func (b *bucket) offset(i int) uint32 { return binary.BigEndian.Uint32(b.offsets[4*i:]) }

// search returns the position of the first hash that is not smaller.
func (b *bucket) search(hash []byte) int {
	return sort.Search(b.len(), func(i int) bool { return bytes.Compare(b.name(i), hash) >= 0 })
}

// find returns an object's offset in the pack, errMissing when it is not there.
func (x *packIndex) find(hash plumbing.Hash) (int64, error) {
	b, err := x.bucket(hash[0])
	if err != nil {
		return 0, err
	}
	i := b.search(hash[:])
	if i >= b.len() || !bytes.Equal(b.name(i), hash[:]) {
		return 0, errMissing
	}
	offset := b.offset(i)
	if offset&(1<<31) == 0 {
		return int64(offset), nil
	}
	return x.far(offset &^ (1 << 31))
}

// far reads an offset of more than 31 bits, from a table of its own after the
// others.
func (x *packIndex) far(place uint32) (int64, error) {
	table := packHead + packFanout + int64(x.count())*int64(packEntry)
	var raw [8]byte
	if _, err := x.file.ReadAt(raw[:], table+int64(place)*8); err != nil {
		return 0, x.damaged()
	}
	offset := int64(binary.BigEndian.Uint64(raw[:]))
	if offset < 0 {
		return 0, x.damaged()
	}
	return offset, nil
}

// withPrefix returns the hashes that begin with some hexadecimal digits, two at
// least.
func (x *packIndex) withPrefix(digits string) ([]plumbing.Hash, error) {
	low, err := hex.DecodeString((digits + strings.Repeat("0", 2*hashSize))[:2*hashSize])
	if err != nil {
		return nil, err
	}
	b, err := x.bucket(low[0])
	if err != nil {
		return nil, err
	}
	var found []plumbing.Hash
	for i := b.search(low); i < b.len(); i++ {
		hash := plumbing.Hash(b.name(i))
		if !strings.HasPrefix(hash.String(), digits) {
			break
		}
		found = append(found, hash)
	}
	return found, nil
}
