package git

import (
	"encoding/binary"
	"errors"
	"sort"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// index is git's index file: what it recorded about the files of a work tree,
// sorted by name.
type index struct {
	text    string // the index file; the fields of entries are read from it on demand
	entries []indexEntry
	// written is when the index was written: a file changed then or later may have
	// changed again unnoticed.
	written time.Time
	// partial: the index has a required extension that is not understood, so that
	// its entries are incomplete.
	partial bool
}

// indexEntry is a name and the offset of its other fields.
type indexEntry struct {
	name string
	at   int
}

// Offsets in an entry, and the bits of its flags.
const (
	entryHead      = 62
	entryChanged   = 0
	entryModified  = 8
	entryInode     = 20
	entryMode      = 24
	entryOwner     = 28
	entryGroup     = 32
	entrySize      = 36
	entryHash      = 40
	entryFlags     = 60
	flagExtended   = 1 << 14
	flagStage      = 3 << 12
	flagNameLength = 1<<12 - 1
	knownExtended  = 3 << 13 // skip-worktree, intent-to-add
)

var errIndex = errors.New("is not an index that hegui can read")

// parseIndex parses an index of version 2, 3 or 4.
func parseIndex(text string) (*index, error) {
	x := &index{text: text}
	if len(text) < 12+hashSize || text[:4] != "DIRC" {
		return nil, errIndex
	}
	version, count := x.number(4), int(x.number(8))
	if version < 2 || version > 4 || count > len(text)/entryHead+1 {
		return nil, errIndex
	}
	end := len(text) - hashSize // the checksum comes last
	x.entries = make([]indexEntry, 0, count)
	at := 12
	for range count {
		next, ok := x.entry(at, end, version)
		if !ok {
			return nil, errIndex
		}
		at = next
	}
	return x, x.extensions(at, end)
}

// entry parses the entry at an offset and returns the offset of the next.
func (x *index) entry(at, end int, version uint32) (next int, ok bool) {
	if end-at < entryHead {
		return 0, false
	}
	flags, begin := x.short(at+entryFlags), at+entryHead
	if flags&flagExtended != 0 {
		if version < 3 || end-begin < 2 || x.short(begin)&^knownExtended != 0 {
			return 0, false
		}
		begin += 2
	}
	prefix := ""
	if version == 4 {
		if prefix, begin, ok = x.shared(begin, end); !ok {
			return 0, false
		}
	}
	length := strings.IndexByte(x.text[begin:end], 0)
	if length < 0 {
		return 0, false
	}
	name := x.text[begin : begin+length]
	next = begin + length + 1
	if version == 4 {
		name = prefix + name
	} else {
		next = at + (begin-at+length+8)&^7
	}
	if stated := int(flags & flagNameLength); stated < flagNameLength && stated != len(name) || next > end {
		return 0, false
	}
	if !x.follows(name, flags&flagStage) {
		return 0, false
	}
	x.entries = append(x.entries, indexEntry{name, at})
	return next, true
}

// shared parses the prefix that an entry of version 4 shares with the last name:
// the number of bytes to cut from that name's end, in git's varint encoding.
func (x *index) shared(at, end int) (prefix string, next int, ok bool) {
	last := ""
	if len(x.entries) > 0 {
		last = x.entries[len(x.entries)-1].name
	}
	cut := 0
	for first := true; ; first = false {
		if at >= end || cut > len(last) {
			return "", 0, false
		}
		b := x.text[at]
		at++
		if !first {
			cut++
		}
		cut = cut<<7 | int(b&0x7f)
		if b&0x80 == 0 {
			break
		}
	}
	if cut > len(last) {
		return "", 0, false
	}
	return last[:len(last)-cut], at, true
}

// follows reports whether a name sorts after the last one. Only the stages of a
// conflict share a name.
func (x *index) follows(name string, stage uint16) bool {
	if name == "" {
		return false
	}
	if len(x.entries) == 0 {
		return true
	}
	last := x.entries[len(x.entries)-1]
	return last.name < name || last.name == name && x.short(last.at+entryFlags)&flagStage < stage
}

// extensions looks for extensions without which the entries would be misread:
// their names begin with a lower-case letter.
func (x *index) extensions(at, end int) error {
	for at < end {
		if end-at < 8 {
			return errIndex
		}
		size := int(x.number(at + 4))
		if size > end-at-8 {
			return errIndex
		}
		if first := x.text[at]; first < 'A' || first > 'Z' {
			x.partial = true
		}
		at += 8 + size
	}
	return nil
}

func (x *index) number(at int) uint32 { return binary.BigEndian.Uint32([]byte(x.text[at : at+4])) }
func (x *index) short(at int) uint16  { return binary.BigEndian.Uint16([]byte(x.text[at : at+2])) }

func (x *index) mode(e indexEntry) uint32 { return x.number(e.at + entryMode) }

func (x *index) hash(e indexEntry) plumbing.Hash {
	return plumbing.Hash([]byte(x.text[e.at+entryHash : e.at+entryHash+hashSize]))
}

// merged reports whether an entry is not one stage of a conflict.
func (x *index) merged(e indexEntry) bool { return x.short(e.at+entryFlags)&flagStage == 0 }

// find returns the entry of a name, if there is one that is not in conflict.
func (x *index) find(name string) (indexEntry, bool) {
	i := x.search(name)
	if i < len(x.entries) && x.entries[i].name == name && x.merged(x.entries[i]) {
		return x.entries[i], true
	}
	return indexEntry{}, false
}

// below returns the entries below a folder.
func (x *index) below(dir string) []indexEntry {
	if dir == "." {
		return x.entries
	}
	return x.entries[x.search(dir+"/"):x.search(dir+"0")] // 0 comes after /
}

func (x *index) search(name string) int {
	return sort.Search(len(x.entries), func(i int) bool { return x.entries[i].name >= name })
}

// noted is the stat data that the index records for a file.
type noted struct {
	modified, changed   fileTime
	inode, owner, group uint32
	size                uint32
}

// fileTime is a time as the index records it; nanos is zero where the program that
// wrote it had only seconds.
type fileTime struct{ seconds, nanos uint32 }

func timeOf(t time.Time) fileTime {
	return fileTime{uint32(t.Unix()), uint32(t.Nanosecond())}
}

// is reports whether a time on disk is the recorded one.
func (t fileTime) is(disk fileTime) bool {
	return t.seconds == disk.seconds && (t.nanos == disk.nanos || t.nanos == 0)
}

func (x *index) noted(e indexEntry) noted {
	at := func(place int) fileTime { return fileTime{x.number(e.at + place), x.number(e.at + place + 4)} }
	return noted{
		modified: at(entryModified), changed: at(entryChanged), inode: x.number(e.at + entryInode),
		owner: x.number(e.at + entryOwner), group: x.number(e.at + entryGroup), size: x.number(e.at + entrySize),
	}
}

// clean reports whether the stat data prove that a file is unchanged. A file with
// the same time as the index may have changed again within that time ("racily
// clean"); git records size zero for those that it notices.
func (x *index) clean(e indexEntry, disk noted, loose bool) bool {
	n := x.noted(e)
	if n.size != disk.size || !n.modified.is(disk.modified) {
		return false
	}
	if n.size == 0 && x.hash(e) != blobHash(nil) {
		return false
	}
	if !loose && (!n.changed.is(disk.changed) || n.inode != disk.inode || n.owner != disk.owner || n.group != disk.group) {
		return false
	}
	w := timeOf(x.written)
	if n.modified.nanos == 0 || w.nanos == 0 {
		return n.modified.seconds < w.seconds
	}
	return n.modified.seconds < w.seconds || n.modified.seconds == w.seconds && n.modified.nanos < w.nanos
}
