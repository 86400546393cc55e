package git

import (
	"bytes"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"

	"hegui/internal/lang"
	"hegui/internal/source"
)

// tree is a parsed tree object, sorted by name.
type tree []treeEntry

type treeEntry struct {
	name string
	mode uint32
	hash plumbing.Hash
}

// The modes that git stores, and the mask of the kind.
const (
	modeKind     = 0o170000
	modeDir      = 0o040000
	modeRegular  = 0o100000
	modeSymlink  = 0o120000
	modeFile     = 0o100644
	modeRunnable = 0o100755
	modeGitlink  = 0o160000
)

// kind returns the kind of a mode. A submodule is Other: its files belong to
// another repository.
func (e treeEntry) kind() source.Kind {
	switch e.mode & modeKind {
	case modeRegular:
		return source.File
	case modeDir:
		return source.Dir
	case modeSymlink:
		return source.Symlink
	default:
		return source.Other
	}
}

// id identifies content and mode. The usual mode is left out, so that the id is
// git's own hash.
func (e treeEntry) id() string {
	if e.mode == modeFile || e.mode == modeDir {
		return e.hash.String()
	}
	return e.hash.String() + " " + strconv.FormatUint(uint64(e.mode), 8)
}

func (t tree) find(name string) (treeEntry, bool) {
	i := sort.Search(len(t), func(i int) bool { return t[i].name >= name })
	if i < len(t) && t[i].name == name {
		return t[i], true
	}
	return treeEntry{}, false
}

// parseTree parses a tree object and rejects names that git does not write: they
// would point elsewhere or hide another entry.
func parseTree(data []byte) (tree, error) {
	// All names share one string.
	text := string(data)
	var t tree
	for at := 0; at < len(text); {
		space := strings.IndexByte(text[at:], ' ')
		if space < 0 {
			return nil, damagedTree("")
		}
		mode, err := strconv.ParseUint(text[at:at+space], 8, 32)
		at += space + 1
		end := bytes.IndexByte(data[at:], 0)
		if err != nil || end < 0 || at+end+1+hashSize > len(data) {
			return nil, damagedTree("")
		}
		name := text[at : at+end]
		at += end + 1
		if !validName(name) {
			return nil, damagedTree(name)
		}
		t = append(t, treeEntry{name: name, mode: uint32(mode), hash: plumbing.Hash(data[at : at+hashSize])})
		at += hashSize
	}
	// Git sorts the names of folders as if they ended in a slash.
	sort.Slice(t, func(i, j int) bool { return t[i].name < t[j].name })
	for i := 1; i < len(t); i++ {
		if t[i].name == t[i-1].name {
			return nil, damagedTree(t[i].name)
		}
	}
	return t, nil
}

func validName(name string) bool {
	return name != "" && name != "." && name != ".." && !strings.Contains(name, "/") && !strings.EqualFold(name, dotGit)
}

func damagedTree(name string) error {
	return damaged(lang.Say("树对象里有无效的条目名 %q", "a tree object has the invalid entry name %q", name))
}

// treeCache caches the trees that were read lately: revisions of one repository
// have most of them in common.
type treeCache struct {
	mu         sync.Mutex
	young, old map[plumbing.Hash]tree
	entries    int
}

// maxTreeEntries is the size of one half of the cache, in entries.
const maxTreeEntries = 1 << 17

func (c *treeCache) get(hash plumbing.Hash) (tree, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.young[hash]; ok {
		return t, true
	}
	t, ok := c.old[hash]
	if ok {
		c.add(hash, t)
	}
	return t, ok
}

func (c *treeCache) put(hash plumbing.Hash, t tree) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(hash, t)
}

func (c *treeCache) add(hash plumbing.Hash, t tree) {
	if c.young == nil || c.entries > maxTreeEntries {
		c.old, c.young, c.entries = c.young, map[plumbing.Hash]tree{}, 0
	}
	c.young[hash] = t
	c.entries += len(t) + 1
}
