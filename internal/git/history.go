package git

import (
	"bytes"
	"container/heap"
	"iter"
	"slices"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"hegui/internal/lang"
)

// take follows one ~n or ^n.
func (r *Repo) take(rev string, c commit, s stride) (commit, error) {
	if s.parent {
		if s.n == 0 {
			return c, nil
		}
		return r.parent(rev, c, s.n)
	}
	var err error
	for range s.n {
		if c, err = r.parent(rev, c, 1); err != nil {
			return c, err
		}
	}
	return c, nil
}

func (r *Repo) parent(rev string, c commit, n int) (commit, error) {
	if n > len(c.parents) {
		e := fault(ErrNoRevision, "没有版本 %q：提交 %s 没有第 %d 个父提交",
			"there is no revision %q: commit %s has no parent %d", rev, c.Hash, n).about(rev)
		if c.cut && n <= len(c.Parents) {
			return commit{}, e.deepen()
		}
		return commit{}, e
	}
	return r.commit(c.parents[n-1])
}

// LastBefore finds the newest commit, along first parents, that was committed no
// later than until.
func (r *Repo) LastBefore(from Commit, until time.Time) (Commit, error) {
	c, err := r.given(from)
	for err == nil && c.When.After(until) {
		if len(c.parents) == 0 {
			e := fault(ErrNoRevision, "%s 之前没有提交", "there is no commit before %s", until.Format(time.DateOnly))
			if c.cut {
				return Commit{}, e.deepen()
			}
			return Commit{}, e
		}
		c, err = r.commit(c.parents[0])
	}
	return c.Commit, err
}

// Ancestors are the commits that one grew from along first parents, the nearest
// first. It ends where history does, or can no longer be read: what comes before
// is not known then.
func (r *Repo) Ancestors(from Commit) iter.Seq[Commit] {
	return func(yield func(Commit) bool) {
		c, err := r.given(from)
		for err == nil && len(c.parents) > 0 {
			if c, err = r.commit(c.parents[0]); err == nil && !yield(c.Commit) {
				return
			}
		}
	}
}

// Line is a commit and all that it grew from along first parents, the newest first. An
// error ends it where there is more that cannot be read: at the edge of a shallow
// clone, ErrShallow.
func (r *Repo) Line(from Commit) iter.Seq2[Commit, error] {
	return func(yield func(Commit, error) bool) {
		c, err := r.given(from)
		for err == nil {
			if !yield(c.Commit, nil) {
				return
			}
			if c.cut {
				err = r.edge(c.Commit)
				break
			}
			if len(c.parents) == 0 {
				return
			}
			c, err = r.commit(c.parents[0])
		}
		yield(Commit{}, err)
	}
}

// All is a commit and all that it grew from, the newest first and none before what
// grew from it. It ends in an error like Line, once everything that can be read has come.
func (r *Repo) All(from Commit) iter.Seq2[Commit, error] {
	return func(yield func(Commit, error) bool) {
		read, heirs, err := r.reach(from)
		var ready byTime
		for _, c := range read {
			if heirs[c.hash] == 0 {
				heap.Push(&ready, &mark{commit: *c})
			}
		}
		for len(ready) > 0 {
			m := heap.Pop(&ready).(*mark)
			if !yield(m.Commit, nil) {
				return
			}
			for _, parent := range m.parents {
				if heirs[parent]--; heirs[parent] == 0 && read[parent] != nil {
					heap.Push(&ready, &mark{commit: *read[parent]})
				}
			}
		}
		if err != nil {
			yield(Commit{}, err)
		}
	}
}

// reach reads all that a commit grew from, and how many commits grew directly from
// each.
func (r *Repo) reach(from Commit) (read map[plumbing.Hash]*commit, heirs map[plumbing.Hash]int, edge error) {
	read, heirs = map[plumbing.Hash]*commit{}, map[plumbing.Hash]int{}
	first, err := r.given(from)
	if err != nil {
		return read, heirs, err
	}
	for waiting := []commit{first}; len(waiting) > 0; {
		c := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if read[c.hash] != nil {
			continue
		}
		read[c.hash] = &c
		if c.cut && edge == nil {
			edge = r.edge(c.Commit)
		}
		for _, parent := range c.parents {
			heirs[parent]++
			if read[parent] != nil {
				continue
			}
			before, err := r.commit(parent)
			if err != nil {
				edge = err
				continue
			}
			waiting = append(waiting, before)
		}
	}
	return read, heirs, edge
}

// edge says that history is cut off at a commit.
func (r *Repo) edge(c Commit) error {
	return fault(ErrShallow, "历史在提交 %s 处被截断", "history is cut off at commit %s", c.Hash).deepen()
}

// given reads the commit that a caller passes in.
func (r *Repo) given(c Commit) (commit, error) {
	hash, ok := parseHash(c.Hash)
	if !ok {
		return commit{}, badRevision(c.Hash, lang.Say("不是完整的哈希", "is not a full hash"))
	}
	return r.peel(c.Hash, hash)
}

// MergeBases returns the best common ancestors of two commits, sorted by hash:
// those that are not ancestors of another. A criss-cross merge has several. Where a
// shallow clone could hide a nearer one that is ErrShallow.
func (r *Repo) MergeBases(a, b Commit) ([]Commit, error) {
	one, err := r.given(a)
	if err != nil {
		return nil, err
	}
	other, err := r.given(b)
	if err != nil {
		return nil, err
	}
	w := &walker{repo: r, read: map[plumbing.Hash]commit{one.hash: one, other.hash: other}}
	bases, err := w.common(one.hash, other.hash)
	if err != nil {
		return nil, err
	}
	// Of two commits of which one is the other's ancestor nothing can be nearer.
	certain := len(bases) == 1 && (bases[0] == one.hash || bases[0] == other.hash)
	switch {
	case len(bases) == 0 && w.cut:
		return nil, fault(ErrShallow, "%s 和 %s 没有共同的祖先", "%s and %s have no common ancestor", a.Hash, b.Hash).deepen()
	case len(bases) == 0:
		return nil, fault(ErrUnrelated, "%s 和 %s 没有共同的祖先", "%s and %s have no common ancestor", a.Hash, b.Hash)
	case !certain && (w.hiding || w.cut && len(bases) > 1):
		return nil, fault(ErrShallow, "%s 和 %s 的共同祖先不能确定：更近的可能在被截断的历史里", "the common ancestor of %s and %s is not certain: a nearer one may be in the history that is cut off",
			a.Hash, b.Hash).deepen()
	}
	slices.SortFunc(bases, func(x, y plumbing.Hash) int { return bytes.Compare(x[:], y[:]) })
	commits := make([]Commit, len(bases))
	for i, hash := range bases {
		commits[i] = w.read[hash].Commit
	}
	return commits, nil
}

// walker walks the histories of commits together.
type walker struct {
	repo *Repo
	read map[plumbing.Hash]commit
	// cut is set when it reached the edge of a shallow clone, hiding when it did so
	// from one side alone: behind that edge the other side may be.
	cut, hiding bool
}

// side says from which commits another has been reached.
type side uint8

const (
	left side = 1 << iota
	right
	// stale marks ancestors of a common ancestor: nothing new is behind them.
	stale
)

// common finds the best common ancestors.
func (w *walker) common(a, b plumbing.Hash) ([]plumbing.Hash, error) {
	seen, err := w.paint(a, []plumbing.Hash{b})
	if err != nil {
		return nil, err
	}
	var bases []plumbing.Hash
	for hash, m := range seen {
		if m.side == left|right {
			bases = append(bases, hash)
		}
		w.hiding = w.hiding || m.cut && m.side&(left|right) != left|right
	}
	if len(bases) < 2 {
		return bases, nil
	}
	// With wrong clocks an ancestor may be visited before its descendant.
	redundant := map[plumbing.Hash]bool{}
	for i, hash := range bases {
		others := slices.Delete(slices.Clone(bases), i, i+1)
		seen, err := w.paint(hash, others)
		if err != nil {
			return nil, err
		}
		if seen[hash].side&right != 0 {
			redundant[hash] = true
		}
		for _, other := range others {
			if seen[other].side&left != 0 {
				redundant[other] = true
			}
		}
	}
	return slices.DeleteFunc(bases, func(hash plumbing.Hash) bool { return redundant[hash] }), nil
}

// mark is a commit that a walk has reached.
type mark struct {
	commit
	side   side
	queued int // how often it is in the queue
}

// paint walks from one commit and from others, newest first, and marks each commit
// by the side from which it was reached, until only ancestors of common ancestors
// are left. A common ancestor is itself marked stale only if it turns out to be
// the ancestor of another.
func (w *walker) paint(one plumbing.Hash, others []plumbing.Hash) (map[plumbing.Hash]*mark, error) {
	seen := map[plumbing.Hash]*mark{}
	var waiting byTime
	fresh := 0 // how many in the queue are not stale
	reach := func(hash plumbing.Hash, from side) error {
		m := seen[hash]
		if m == nil {
			c, err := w.commit(hash)
			if err != nil {
				return err
			}
			m = &mark{commit: c}
			seen[hash] = m
		}
		if m.side&from == from {
			return nil
		}
		if m.side&stale == 0 && from&stale != 0 {
			fresh -= m.queued
		}
		m.side |= from
		m.queued++
		if m.side&stale == 0 {
			fresh++
		}
		heap.Push(&waiting, m)
		return nil
	}
	if err := reach(one, left); err != nil {
		return nil, err
	}
	for _, other := range others {
		if err := reach(other, right); err != nil {
			return nil, err
		}
	}
	for fresh > 0 {
		m := heap.Pop(&waiting).(*mark)
		m.queued--
		if m.side&stale == 0 {
			fresh--
		}
		from := m.side
		if from == left|right {
			from |= stale
		}
		for _, parent := range m.parents {
			if err := reach(parent, from); err != nil {
				return nil, err
			}
		}
	}
	return seen, nil
}

func (w *walker) commit(hash plumbing.Hash) (commit, error) {
	c, ok := w.read[hash]
	if !ok {
		var err error
		if c, err = w.repo.commit(hash); err != nil {
			return c, err
		}
		w.read[hash] = c
	}
	w.cut = w.cut || c.cut
	return c, nil
}

// byTime is a heap of commits, newest first.
type byTime []*mark

func (q byTime) Len() int           { return len(q) }
func (q byTime) Less(i, j int) bool { return q[i].When.After(q[j].When) }
func (q byTime) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }

// Push implements heap.Interface.
func (q *byTime) Push(x any) { *q = append(*q, x.(*mark)) }

// Pop implements heap.Interface.
func (q *byTime) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}
