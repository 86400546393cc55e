package audit

import (
	"context"
	"slices"
	"strings"

	"hegui/internal/source"
)

// Pair is one platform on both sides of a change; one of them may be nil.
type Pair struct{ Before, After *Folder }

// StreamPairs judges both sides of each platform and hands over what finish makes of
// them, like Stream: only a few platforms are held at a time, however many a change
// touches. A platform that fails on either side is not handed over.
func StreamPairs[T any](ctx context.Context, before, after *Auditor, pairs []Pair, finish func(before, after *Platform) T, hand func(T)) []Failure {
	was, is := before.alike(ctx, pairs, func(p Pair) *Folder { return p.Before }), after.alike(ctx, pairs, func(p Pair) *Folder { return p.After })
	return stream(ctx, after.Jobs, forPairs(), pairs, func(p Pair, t *ticket) (value T, failures []Failure) {
		x, y := &half{Auditor: before, folder: p.Before, others: was}, &half{Auditor: after, folder: p.After, others: is}
		for _, h := range []*half{x, y} {
			failures = append(failures, h.do(func() error { h.reading = h.begin(*h.folder); h.reading.enter(t); return nil })...)
		}
		t.pass()
		if len(failures) > 0 {
			return value, failures
		}
		for _, h := range []*half{x, y} {
			failures = append(failures, h.do(h.judge)...)
		}
		if len(failures) == 0 {
			failures = contain(p.id(), func() error { value = finish(x.judged, y.judged); return nil })
		}
		return value, failures
	}, hand)
}

// Again judges a platform anew, as another tree has it, among the same others.
func (a *Auditor) Again(p *Platform, tree source.Tree) (*Platform, error) {
	anew := &Auditor{Tree: tree, Rulebook: a.Rulebook, AsOf: a.AsOf}
	r := anew.begin(Folder{ID: p.ID, Path: p.Path})
	r.nodes, r.hashes, r.heavy = int(r.load.nodes()), true, make(chan struct{}, 1)
	return r.finish(p.among)
}

// id is the platform's in head, else at the baseline.
func (p Pair) id() string {
	if p.After != nil {
		return p.After.ID
	}
	return p.Before.ID
}

// alike is what the platforms of one side have in common.
func (a *Auditor) alike(ctx context.Context, pairs []Pair, side func(Pair) *Folder) map[string]others {
	var folders []Folder
	for _, p := range pairs {
		if f := side(p); f != nil {
			folders = append(folders, *f)
		}
	}
	slices.SortFunc(folders, func(x, y Folder) int { return strings.Compare(x.ID, y.ID) })
	return a.others(ctx, folders)
}

// half is one side of a pair while it is judged.
type half struct {
	*Auditor
	folder  *Folder
	others  map[string]others
	reading *reading
	judged  *Platform
}

// do does something for a side, nothing where the platform is not there.
func (h *half) do(something func() error) []Failure {
	if h.folder == nil {
		return nil
	}
	return contain(h.folder.ID, something)
}

func (h *half) judge() (err error) {
	h.judged, err = h.reading.finish(h.others[h.folder.ID])
	h.reading.leave()
	h.reading = nil
	return err
}
