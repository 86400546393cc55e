package source

import (
	"encoding/binary"
	"hash/maphash"
)

// Sizes are those of the files of a folder when it was listed, in two or three bytes
// each. A folder that holds the same names again is listed without a look at each file:
// a size may then be as old as these, as it may be anyway when the file is read.
type Sizes struct {
	names  uint64
	packed []byte
}

// naming is of this run alone, so that nobody can contrive names of one hash.
var naming = maphash.MakeSeed()

// SizesOf remembers a listing.
func SizesOf(entries []Entry) Sizes {
	s := Sizes{names: namesOf(entries)}
	for _, e := range entries {
		s.packed = binary.AppendUvarint(s.packed, uint64(e.Size))
	}
	return s
}

// namesOf is a hash of the names in a folder and of what lies there.
func namesOf(entries []Entry) uint64 {
	var h maphash.Hash
	h.SetSeed(naming)
	for _, e := range entries {
		_, _ = h.WriteString(e.Name)
		_, _ = h.Write([]byte{0, byte(e.Kind)})
	}
	return h.Sum64()
}

// fill states the sizes in a listing, if it is of the same names.
func (s Sizes) fill(entries []Entry) bool {
	if len(s.packed) == 0 || namesOf(entries) != s.names {
		return false
	}
	packed := s.packed
	for i := range entries {
		size, n := binary.Uvarint(packed)
		entries[i].Size, packed = int64(size), packed[n:]
	}
	return true
}

// Relister is a tree of which sizes are worth remembering.
type Relister interface {
	// Relist is List of a folder whose sizes are known unless its names have changed.
	Relist(dir string, known Sizes) ([]Entry, error)
	// Reread is Append of a file that was listed with this size: where it still is one of
	// that size, it is not looked at before it is read.
	Reread(to []byte, path string, size, max int64) ([]byte, error)
}

// AppendListed is Append of a file as it was listed.
func AppendListed(tree Tree, to []byte, listed Entry, max int64) ([]byte, error) {
	if relister, ok := tree.(Relister); ok && listed.Kind == File {
		return relister.Reread(to, listed.Path, listed.Size, max)
	}
	return Append(tree, to, listed.Path, max)
}

// Unlisted is the size of a file that nobody has listed.
const Unlisted = -1
