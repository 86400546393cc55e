package git

import (
	"bytes"
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"hegui/internal/source"
)

// maxMerged bounds the size of a file that both sides changed.
const maxMerged = 8 << 20

// Merge returns the tree that merging theirs into ours would make, in memory; its
// commit is theirs. ErrConflict means that somebody has to resolve what both sides
// changed. Renames are not followed: a file that one side moved and the other
// changed is a conflict.
func (r *Repo) Merge(ours, theirs Commit) (*Revision, error) {
	bases, err := r.MergeBases(ours, theirs)
	if err != nil {
		return nil, err
	}
	x, err := r.given(ours)
	if err != nil {
		return nil, err
	}
	y, err := r.given(theirs)
	if err != nil {
		return nil, err
	}
	var trees []plumbing.Hash
	for _, base := range bases {
		o, err := r.given(base)
		if err != nil {
			return nil, err
		}
		m := &treeMerger{repo: r}
		merged, err := m.folder("", side3[plumbing.Hash]{o.tree, x.tree, y.tree})
		if err != nil {
			return nil, err
		}
		if len(m.conflicts) > 0 {
			return nil, m.conflict(ours, theirs)
		}
		trees = append(trees, merged)
	}
	// After crossed merges git would merge the bases first. Where that could matter,
	// they differ.
	if len(slices.Compact(trees)) > 1 {
		return nil, fault(ErrConflict, "%s 和 %s 互相合并过，合并结果取决于从哪个共同祖先算起；先把主干合并进改动所在的分支",
			"%s and %s have merged each other, and what they merge to depends on the common ancestor; merge base into the branch of the change first", ours.Hash, theirs.Hash)
	}
	return &Revision{repo: r, commit: theirs, tree: trees[0]}, nil
}

// side3 is the same thing in a common ancestor and on both sides.
type side3[T comparable] struct{ base, ours, theirs T }

// settled returns what is taken without looking closer: what both have, or what one
// side alone changed.
func (s side3[T]) settled() (T, bool) {
	switch {
	case s.ours == s.theirs, s.base == s.theirs:
		return s.ours, true
	case s.base == s.ours:
		return s.theirs, true
	}
	var none T
	return none, false
}

// treeMerger merges trees, and notes where that cannot be done.
type treeMerger struct {
	repo      *Repo
	conflicts []string
}

// maxConflicts is how many conflicts are named.
const maxConflicts = 5

func (m *treeMerger) conflict(ours, theirs Commit) error {
	slices.Sort(m.conflicts)
	var names []string
	for _, name := range m.conflicts[:min(len(m.conflicts), maxConflicts)] {
		names = append(names, strconv.Quote(name))
	}
	list := strings.Join(names, ", ")
	if len(m.conflicts) > maxConflicts {
		list += ", …"
	}
	return fault(ErrConflict, "%[2]s 合并不进 %[1]s，冲突的文件有 %[3]d 个：%[4]s；先把主干合并进改动所在的分支并解决冲突",
		"%[2]s does not merge into %[1]s, files in conflict: %[3]d: %[4]s; merge base into the branch of the change and resolve them first",
		ours.Hash, theirs.Hash, len(m.conflicts), list)
}

// folder merges a tree object; no hash stands for a folder that is not there.
func (m *treeMerger) folder(at string, s side3[plumbing.Hash]) (plumbing.Hash, error) {
	if hash, ok := s.settled(); ok {
		return hash, nil
	}
	var inside [3]tree
	for i, hash := range []plumbing.Hash{s.base, s.ours, s.theirs} {
		if hash.IsZero() {
			continue
		}
		var err error
		if inside[i], err = m.repo.tree(hash); err != nil {
			return plumbing.ZeroHash, err
		}
	}
	var merged []treeEntry
	for _, name := range names(inside[:]) {
		var three [3]treeEntry
		for i, t := range inside {
			three[i], _ = t.find(name)
		}
		e, err := m.entry(path.Join(at, name), side3[treeEntry]{three[0], three[1], three[2]})
		if err != nil {
			return plumbing.ZeroHash, err
		}
		if e != (treeEntry{}) {
			merged = append(merged, e)
		}
	}
	if len(merged) == 0 && at != "" {
		return plumbing.ZeroHash, nil
	}
	slices.SortFunc(merged, func(x, y treeEntry) int { return strings.Compare(x.ordered(), y.ordered()) })
	return m.repo.objects.keep(plumbing.TreeObject, treeData(merged)), nil
}

// ordered is the name by which git sorts: that of a folder ends in a slash.
func (e treeEntry) ordered() string {
	if e.kind() == source.Dir {
		return e.name + "/"
	}
	return e.name
}

// names are those of several trees, each once.
func names(trees []tree) []string {
	var all []string
	for _, t := range trees {
		for _, e := range t {
			all = append(all, e.name)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// entry merges what has one name. A file and a folder of that name are two things.
func (m *treeMerger) entry(at string, s side3[treeEntry]) (treeEntry, error) {
	if e, ok := s.settled(); ok {
		return e, nil
	}
	only := func(kind func(treeEntry) bool) side3[treeEntry] {
		var out [3]treeEntry
		for i, e := range []treeEntry{s.base, s.ours, s.theirs} {
			if kind(e) {
				out[i] = e
			}
		}
		return side3[treeEntry]{out[0], out[1], out[2]}
	}
	isDir := func(e treeEntry) bool { return e.kind() == source.Dir }
	file, err := m.file(at, only(func(e treeEntry) bool { return !isDir(e) }))
	if err != nil {
		return file, err
	}
	folders := only(isDir)
	hash, err := m.folder(at, side3[plumbing.Hash]{folders.base.hash, folders.ours.hash, folders.theirs.hash})
	if err != nil || hash.IsZero() {
		return file, err
	}
	if file != (treeEntry{}) {
		m.conflicts = append(m.conflicts, at)
	}
	return treeEntry{name: path.Base(at), mode: modeDir, hash: hash}, nil
}

// file merges a file, its mode and its lines. Links, submodules and files that are
// gone on one side have no lines to merge.
func (m *treeMerger) file(at string, s side3[treeEntry]) (treeEntry, error) {
	if e, ok := s.settled(); ok {
		return e, nil
	}
	texts := true
	for _, e := range []treeEntry{s.base, s.ours, s.theirs} {
		texts = texts && e.mode&modeKind == modeRegular
	}
	mode, agreed := side3[uint32]{s.base.mode, s.ours.mode, s.theirs.mode}.settled()
	if !texts || !agreed {
		m.conflicts = append(m.conflicts, at)
		return treeEntry{}, nil
	}
	merged := treeEntry{name: s.ours.name, mode: mode}
	var same bool
	if merged.hash, same = (side3[plumbing.Hash]{s.base.hash, s.ours.hash, s.theirs.hash}).settled(); same {
		return merged, nil
	}
	text, ok, err := m.lines(s)
	if err != nil {
		return treeEntry{}, err
	}
	if !ok {
		m.conflicts = append(m.conflicts, at)
		return treeEntry{}, nil
	}
	merged.hash = m.repo.objects.keep(plumbing.BlobObject, text)
	return merged, nil
}

// looked is how much of a file git looks at to see whether it is text.
const looked = 8000

func (m *treeMerger) lines(s side3[treeEntry]) (text []byte, ok bool, err error) {
	var three [3][]byte
	for i, e := range []treeEntry{s.base, s.ours, s.theirs} {
		three[i], err = m.repo.blob(e, maxMerged)
		if errors.Is(err, source.ErrTooLarge) {
			return nil, false, nil
		}
		if err != nil {
			return nil, false, err
		}
		if bytes.IndexByte(three[i][:min(len(three[i]), looked)], 0) >= 0 {
			return nil, false, nil
		}
	}
	text, ok = mergeText(three[0], three[1], three[2])
	return text, ok, nil
}
