// Package compare judges a change: what stands in head and did not at the
// baseline, what is no longer looked at, and whether that stops the change. It
// reads no platform whose folder is the same on both sides.
package compare

import (
	"context"
	"iter"
	"path"
	"slices"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/score"
	"hegui/internal/source"
	"hegui/internal/stopwatch"
)

// Trees are the sides of a change.
type Trees struct {
	// Baseline is what base and head grew from, Tip base as it is now, whose
	// waivers and verdicts count, Head what is judged.
	Baseline, Tip, Head source.Hashed
	// Past are the trees that the baseline itself grew from, the nearest first, as
	// far as they are known. A file that cannot be read at the baseline is compared as
	// the nearest of them has it that can be read.
	Past iter.Seq[source.Hashed]
}

// Judge says by what and when a change is judged. The rulebook is that of
// base's tip, never that of head.
type Judge struct {
	Rulebook *rulebook.Rulebook
	AsOf     calendar.Date
	Jobs     int
	// Watch says where the time goes, nil where nobody asks.
	Watch *stopwatch.Watch
}

// Kind is what a change does to a platform.
type Kind string

// The kinds of change.
const (
	Added   Kind = "added"
	Removed Kind = "removed"
	Moved   Kind = "moved"
	Changed Kind = "changed"
)

// Platform is what a change does to one platform.
type Platform struct {
	Kind Kind
	// Before and After are nil for an added and a removed platform.
	Before, After *Side
	// New are findings that head has and the baseline had not, Fixed the other
	// way round; Withdrawn are those of which head leaves nothing to be found,
	// Unchanged stand on both sides. Waived findings are in none.
	New       []New
	Fixed     []finding.Finding
	Withdrawn []finding.Finding
	Unchanged []finding.Finding
	// Worse are those of the unchanged ones that the change lets grow.
	Worse []Worse
	Scope []ScopeChange
	// Idle are the entries of base's file of releases that have no effect.
	Idle []examine.Release
	// Blocks says what in this platform stops the change.
	Blocks []lang.Marked

	// strict is the baseline judged under head's stricter header, nil where head's is
	// not stricter.
	strict *Side
	// released is set when a release lets a new platform in.
	released bool
	// names are the things that head has renamed.
	names *renames
	// past stands in for files that cannot be read at the baseline.
	past map[string]*document.Document
}

// Side is a platform as it is judged on one side.
type Side struct {
	*examine.Platform
	Score score.Result
	// Merged is what the platform would come to with its own verdicts and waivers
	// as they stand in head, nil where that makes no difference.
	Merged *score.Result

	reach *examine.Reach
}

// New is a finding that the baseline had not.
type New struct {
	finding.Finding
	// Revealed is set when the baseline could not have it: what it is about was
	// hidden by a broken file, and is not rewritten by the change.
	Revealed bool
	// Blocking is set when the finding alone stops the change, Released when a
	// release in base lets it through.
	Blocking, Released bool
	// Reported is set for what the change puts on record itself, Stricter for what the
	// baseline would show under head's stricter header.
	Reported, Stricter bool
}

// ID is the platform's id in head, else at the baseline.
func (p *Platform) ID() string { return p.side().ID }

func (p *Platform) side() *Side {
	if p.After != nil {
		return p.After
	}
	return p.Before
}

// Each judges the change between two trees and hands over what finish makes of each
// platform that it touches, in the order of their ids, those of head first. finish
// runs beside the judging; what it does not keep is let go with both sides.
func Each[T any](ctx context.Context, j *Judge, t Trees, finish func(*Platform) T, hand func(T)) []audit.Failure {
	was, is := audit.Changed(t.Baseline, t.Head)
	before, after := j.auditor(t.Baseline), j.auditor(t.Head)
	if introduces(t, is) {
		before.Among, after.Among = audit.Discover(t.Baseline, nil), audit.Discover(t.Head, nil)
	}
	trusted := newTip(t.Tip, t.Head, j.Rulebook.Schemas.Find(audit.WaiversFile))
	var failed []audit.Failure
	judge := func(x, y *audit.Platform) compared[T] {
		p, err := j.changed(ctx, x, y, before, t, trusted)
		return compared[T]{p.ID(), finish(&p), err}
	}
	failures := audit.StreamPairs(ctx, before, after, match(before.Identified(ctx, was), after.Identified(ctx, is)), judge, func(c compared[T]) {
		if c.err != nil {
			failed = append(failed, audit.Failure{Platform: c.id, Message: lang.Say("平台 %s 的改动无法比较，规则库有缺陷：%v", "the change of platform %s cannot be compared, the rulebook is defective: %v", c.id, c.err)})
		}
		hand(c.value)
	})
	return append(append(failures, failed...), trusted.failures()...)
}

// changed judges the change of one platform. What head calls otherwise has its new name
// on both sides, unless that name by itself is what makes things worse.
func (j *Judge) changed(ctx context.Context, x, y *audit.Platform, auditor *audit.Auditor, t Trees, trusted *tip) (_ Platform, err error) {
	names := j.renames(x, y)
	if len(names.all) > 0 {
		then, tree, err := names.baseline(auditor, x, t.Baseline)
		switch {
		case err != nil:
			return Platform{After: j.side(y, trusted, names)}, err
		case worsens(x, then):
			names = &renames{book: j.Rulebook}
		default:
			x, t.Baseline = then, tree
		}
	}
	return j.compare(ctx, Platform{Before: j.side(x, trusted, names), After: j.side(y, trusted, names), names: names}, t, trusted)
}

// compared is what finish makes of a platform, and why that is not all.
type compared[T any] struct {
	id    string
	value T
	err   error
}

// introduces reports whether a change adds a header: only then can untouched platforms
// have come to share anything with another.
func introduces(t Trees, is []audit.Folder) bool {
	return slices.ContainsFunc(is, func(f audit.Folder) bool {
		return !source.Same(t.Baseline, t.Head, path.Join(f.Path, rulebook.HeaderTopic+".yaml"))
	})
}

func (j *Judge) auditor(tree source.Tree) *audit.Auditor {
	return &audit.Auditor{Tree: tree, Rulebook: j.Rulebook, AsOf: j.AsOf, Jobs: j.Jobs, Watch: j.Watch}
}

// side is a judged platform, nil for none, with what the tip says of it.
func (j *Judge) side(p *audit.Platform, trusted *tip, names *renames) *Side {
	if p == nil {
		return nil
	}
	defer j.Watch.Time(stopwatch.Score)()
	merged := names.statements(trusted.statements(p.Code, p.Path))
	s := side(j.Rulebook, examine.Apply(j.Rulebook, p, merged, j.AsOf))
	if p.Statements.Verdicts.Canonical() != merged.Verdicts.Canonical() {
		s.Merged = &side(j.Rulebook, examine.Apply(j.Rulebook, p, nil, j.AsOf)).Score
	}
	return s
}

func side(book *rulebook.Rulebook, p *examine.Platform) *Side {
	return &Side{Platform: p, Score: score.Compute(book.Regulation, book.Policy, p), reach: p.Reach()}
}

func (j *Judge) compare(ctx context.Context, p Platform, t Trees, trusted *tip) (_ Platform, err error) {
	p.Kind = p.kind()
	if p.After != nil {
		p.findings(j.Rulebook.Policy.Gate.Severity)
	}
	if p.Before != nil && p.After != nil {
		j.stoodAs(&p, t)
	}
	if p.Before != nil {
		p.Scope, err = j.scope(&p, t)
	}
	j.release(ctx, &p, trusted)
	if p.Before == nil {
		j.admit(&p)
	} else if p.After != nil && err == nil {
		err = j.tolerate(ctx, &p, t, trusted)
	}
	p.Blocks = j.blocks(&p)
	return p, err
}

func (p *Platform) kind() Kind {
	switch {
	case p.Before == nil:
		return Added
	case p.After == nil:
		return Removed
	case p.Before.ID != p.After.ID:
		return Moved
	}
	return Changed
}

// match finds each platform of head at the baseline: by its folder, as long as
// its code is the same or cannot be read, else by its code. A platform that
// takes over the folder of another is a new one. What is found on one side only is
// neither gone nor new as long as the other has one that cannot be had.
func match(before, after []audit.Folder) []audit.Pair {
	partner, taken := make([]*audit.Folder, len(after)), make([]bool, len(before))
	find := func(fits func(b, a *audit.Folder) bool) {
		for k := range after {
			if partner[k] != nil {
				continue
			}
			for i := range before {
				if !taken[i] && fits(&before[i], &after[k]) {
					partner[k], taken[i] = &before[i], true
					break
				}
			}
		}
	}
	find(func(b, a *audit.Folder) bool {
		return b.ID == a.ID && (b.Code == a.Code || b.Code == "" || a.Code == "")
	})
	find(func(b, a *audit.Folder) bool { return b.Code == a.Code && a.Code != "" })
	var pairs []audit.Pair
	lost := func(f audit.Folder) bool { return f.OutOfReach() }
	sure := struct{ before, after bool }{!slices.ContainsFunc(before, lost), !slices.ContainsFunc(after, lost)}
	for k := range after {
		if partner[k] != nil || sure.before || after[k].OutOfReach() {
			pairs = append(pairs, audit.Pair{Before: partner[k], After: &after[k]})
		}
	}
	for i := range before {
		if !taken[i] && (sure.after || before[i].OutOfReach()) {
			pairs = append(pairs, audit.Pair{Before: &before[i]})
		}
	}
	return pairs
}
