package source

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// descriptor is a file or folder that is open. It costs no more system calls than are
// stated here, where an os.File is asked whether it can be waited for.
type descriptor int

func selfOf(root *os.Root) (*os.File, error) { return root.Open(".") }

// beneath opens a path below the root with one openat2 call, in which the kernel
// rejects links and paths out of the folder. ok is false where the kernel cannot
// do so and the path must be walked element by element.
func (f *Folder) beneath(name string, flags uint64) (d descriptor, ok bool, err error) {
	if f.self == nil {
		return 0, false, nil
	}
	how := within(flags)
	return openBeneath(int(f.self.Fd()), name, &how)
}

func openBeneath(dir int, name string, how *unix.OpenHow) (d descriptor, ok bool, err error) {
	for {
		fd, err := unix.Openat2(dir, name, how)
		switch {
		case err == nil:
			return descriptor(fd), true, nil
		case errors.Is(err, unix.EINTR) || errors.Is(err, unix.EAGAIN):
			continue
		case errors.Is(err, unix.ENOENT), errors.Is(err, unix.EACCES):
			return 0, true, err
		}
		// For any other error the walk finds the exact reason.
		return 0, false, nil
	}
}

// within never leads out of the folder that it begins at, nor through a link.
func within(flags uint64) unix.OpenHow {
	return unix.OpenHow{Flags: flags | unix.O_CLOEXEC, Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS | unix.RESOLVE_NO_MAGICLINKS}
}

// openDir is a folder of a tree that is open.
type openDir struct {
	name string
	open bool
	descriptor
}

// read appends a file that lies there as it was listed; ok is false where it does not, and
// whoever asks may find out why.
func (o *openDir) read(tree *Folder, to []byte, listed Entry, max int64) (data []byte, ok bool) {
	dir, inside := strings.CutSuffix(listed.Path, "/"+listed.Name)
	if !inside || !o.enter(tree, dir) {
		return nil, false
	}
	how := within(uint64(openFlags))
	d, ok, err := openBeneath(int(o.descriptor), listed.Name, &how)
	if !ok || err != nil {
		return nil, false
	}
	defer d.close()
	return d.asListed(to, listed.Size, max)
}

// enter opens a folder unless it is open.
func (o *openDir) enter(tree *Folder, name string) bool {
	if o.open && o.name == name {
		return true
	}
	o.leave()
	d, ok, err := tree.beneath(name, unix.O_PATH|unix.O_DIRECTORY)
	if !ok || err != nil {
		return false
	}
	*o = openDir{name, true, d}
	return true
}

func (o *openDir) leave() {
	if o.open {
		o.close()
	}
	*o = openDir{}
}

func (f *Folder) readBeneath(to []byte, name string, listed, max int64) (data []byte, ok bool, err error) {
	d, ok, err := f.beneath(name, uint64(openFlags))
	if !ok || err != nil {
		return nil, ok, err
	}
	defer d.close()
	if data, ok := d.asListed(to, listed, max); ok {
		return data, true, nil
	}
	entry, err := d.entry(name)
	if err == nil {
		err = entry.Readable(max)
	}
	if err != nil {
		return nil, true, err
	}
	data, err = readCapped(to, d, entry.Size, max)
	return data, true, err
}

// asListed appends a file that has the size that was listed. Whatever else has taken its
// place is left as it was opened: pipes and folders have no bytes at a place, and one byte
// more is asked for than a file of that size has.
func (d descriptor) asListed(to []byte, listed, max int64) (data []byte, ok bool) {
	if listed < 0 || listed > min(max, maxGrown) {
		return nil, false
	}
	from := len(to)
	to = slices.Grow(to, int(listed)+1)
	if n, err := unix.Pread(int(d), to[from:from+int(listed)+1], 0); err != nil || int64(n) != listed {
		return nil, false
	}
	return to[:from+int(listed)], true
}

// statBeneath opens no more than the name: neither pipes nor devices notice.
func (f *Folder) statBeneath(name string) (entry Entry, ok bool, err error) {
	d, ok, err := f.beneath(name, unix.O_PATH|unix.O_NOFOLLOW)
	if !ok || err != nil {
		return Entry{}, ok, err
	}
	defer d.close()
	entry, err = d.entry(name)
	return entry, true, err
}

func (f *Folder) listBeneath(name string, known Sizes) (entries []Entry, ok bool, err error) {
	d, ok, err := f.beneath(name, unix.O_RDONLY|unix.O_DIRECTORY)
	if !ok || err != nil {
		return nil, ok, err
	}
	defer d.close()
	var listing [namesAtOnce]byte
	for more := true; more; {
		n, err := d.names(listing[:])
		if err != nil {
			return nil, true, err
		}
		entries = named(entries, name, listing[:n])
		more = n > 0
	}
	sortByName(entries)
	if !known.fill(entries) {
		entries, err = d.describe(entries)
	}
	return entries, true, err
}

// names reads the next names of an open folder, none after the last.
func (d descriptor) names(to []byte) (int, error) {
	for {
		n, err := unix.Getdents(int(d), to)
		if !errors.Is(err, unix.EINTR) {
			return n, err
		}
	}
}

// namesAtOnce is room for the names that are read in one go.
const namesAtOnce = 8 << 10

// What the kernel says of a name in a folder begins with the inode, its own length and the type.
const (
	recordLength = 16
	recordType   = 18
	recordName   = 19
	leastRecord  = 24
	usualRecord  = 48
	usualName    = 24
)

// named appends the names that were read, each with what the file system says lies there.
// Their paths lie side by side in one text.
func named(entries []Entry, dir string, names []byte) []Entry {
	if dir += "/"; dir == "./" {
		dir = ""
	}
	entries = slices.Grow(entries, len(names)/usualRecord)
	var paths strings.Builder
	var room [namesAtOnce / leastRecord]int
	from, ends := len(entries), room[:0]
	paths.Grow(len(names) / usualRecord * (usualName + len(dir)))
	for len(names) > 0 {
		record := names[:binary.NativeEndian.Uint16(names[recordLength:])]
		names = names[len(record):]
		base, _, _ := bytes.Cut(record[recordName:], []byte{0})
		if absent := binary.NativeEndian.Uint64(record) == 0; absent || string(base) == "." || string(base) == ".." {
			continue
		}
		paths.WriteString(dir)
		paths.Write(base)
		ends = append(ends, paths.Len())
		entries = append(entries, Entry{}.as(kindOfType(record[recordType]), 0))
	}
	text, begin := paths.String(), 0
	for i, end := range ends {
		e := &entries[from+i]
		e.Path, e.Name = text[begin:end], text[begin+len(dir):end]
		begin = end
	}
	return entries
}

// describe looks at what lies in an open folder under these names.
func (d descriptor) describe(named []Entry) ([]Entry, error) {
	there := named[:0]
	for _, entry := range named {
		var stat unix.Stat_t
		switch err := unix.Fstatat(int(d), entry.Name, &stat, unix.AT_SYMLINK_NOFOLLOW); {
		case errors.Is(err, unix.ENOENT): // removed since
		case err != nil:
			return nil, err
		default:
			there = append(there, entry.as(kindOfStat(&stat), stat.Size))
		}
	}
	return there, nil
}

// entry describes what is open.
func (d descriptor) entry(name string) (Entry, error) {
	var stat unix.Stat_t
	if err := unix.Fstat(int(d), &stat); err != nil {
		return Entry{}, err
	}
	return newEntry(name).as(kindOfStat(&stat), stat.Size), nil
}

// Read implements io.Reader.
func (d descriptor) Read(to []byte) (int, error) {
	for {
		n, err := unix.Read(int(d), to)
		switch {
		case errors.Is(err, unix.EINTR):
		case err != nil:
			return 0, err
		case n == 0 && len(to) > 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
}

func (d descriptor) close() { _ = unix.Close(int(d)) }

func kindOfStat(stat *unix.Stat_t) Kind {
	switch stat.Mode & unix.S_IFMT {
	case unix.S_IFREG:
		return File
	case unix.S_IFDIR:
		return Dir
	case unix.S_IFLNK:
		return Symlink
	default:
		return Other
	}
}

// kindOfType is the kind that a listing states. Not every file system states one: what
// is then taken for something else is not what was remembered.
func kindOfType(stated byte) Kind {
	switch stated {
	case unix.DT_REG:
		return File
	case unix.DT_DIR:
		return Dir
	case unix.DT_LNK:
		return Symlink
	default:
		return Other
	}
}
