// Package compare judges a change: what stands in head and did not at the
// baseline, what is no longer looked at, and whether that stops the change. It
// reads no platform whose folder is the same on both sides.
package compare

import (
	"context"
	"iter"
	"slices"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/score"
	"hegui/internal/source"
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

// Change is what a change does to all platforms that it touches.
type Change struct {
	// Platforms are in the order of their ids, those of head first.
	Platforms []Platform
	Failures  []audit.Failure
}

// Blocks says what stops the change, one sentence a reason.
func (c *Change) Blocks() []lang.Marked {
	var all []lang.Marked
	for i := range c.Platforms {
		all = append(all, c.Platforms[i].Blocks...)
	}
	return all
}

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
	// Blocks says what in this platform stops the change.
	Blocks []lang.Marked

	// strict is the baseline under head's stricter header, nil where it is none.
	strict *Side
	// released is set when a release lets a new platform in.
	released bool
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

// Run judges the change between two trees.
func (j *Judge) Run(ctx context.Context, t Trees) *Change {
	was, is := audit.Changed(t.Baseline, t.Head)
	trusted := newTip(t.Tip, t.Head, j.Rulebook.Schemas.Find(audit.WaiversFile))
	held := audit.NewHolding() // both sides are, until they are compared
	before, failedBefore := j.judge(ctx, t.Baseline, was, trusted, held)
	after, failedAfter := j.judge(ctx, t.Head, is, trusted, held)
	c := &Change{Failures: append(failedBefore, failedAfter...)}
	for _, pair := range match(before, after) {
		// What could not be read is neither gone nor new.
		if pair.after == nil && len(failedAfter) > 0 || pair.before == nil && len(failedBefore) > 0 {
			continue
		}
		p, err := j.compare(ctx, pair, t, trusted)
		if err != nil {
			c.Failures = append(c.Failures, audit.Failure{Platform: p.ID(), Message: lang.Say("平台 %s 的改动无法比较，规则库有缺陷：%v", "the change of platform %s cannot be compared, the rulebook is defective: %v", p.ID(), err)})
		}
		c.Platforms = append(c.Platforms, p)
	}
	if trusted.fault != nil {
		c.Failures = append(c.Failures, audit.Failure{Message: lang.Say("主干的文件读不了：%s", "base cannot be read: %s", audit.TextOf(trusted.fault))})
	}
	if !trusted.spoilt.IsZero() {
		c.Failures = append(c.Failures, audit.Failure{Message: lang.Say("主干的放行文件用不了，由监管岗位先改正：%s", "a file of releases in base cannot be used, the supervising post has to fix it first: %s", trusted.spoilt)})
	}
	return c
}

func (j *Judge) judge(ctx context.Context, tree source.Tree, folders []audit.Folder, trusted *tip, held *audit.Admission) (sides []*Side, failures []audit.Failure) {
	auditor := &audit.Auditor{Tree: tree, Rulebook: j.Rulebook, AsOf: j.AsOf, Jobs: j.Jobs, Admission: held}
	finish := func(p *audit.Platform) *Side {
		merged := trusted.statements(p.Code, p.Path)
		s := side(j.Rulebook, examine.Apply(j.Rulebook, p, merged, j.AsOf))
		if p.Statements.Verdicts.Canonical() != merged.Verdicts.Canonical() {
			s.Merged = &side(j.Rulebook, examine.Apply(j.Rulebook, p, nil, j.AsOf)).Score
		}
		return s
	}
	failures = audit.Stream(ctx, auditor, folders, finish, func(s *Side) { sides = append(sides, s) })
	return sides, failures
}

func side(book *rulebook.Rulebook, p *examine.Platform) *Side {
	return &Side{Platform: p, Score: score.Compute(book.Regulation, book.Policy, p)}
}

func (j *Judge) compare(ctx context.Context, pair pair, t Trees, trusted *tip) (p Platform, err error) {
	p = Platform{Kind: pair.kind(), Before: pair.before, After: pair.after}
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

// pair is one platform on both sides; one of them may be nil.
type pair struct{ before, after *Side }

func (p pair) kind() Kind {
	switch {
	case p.before == nil:
		return Added
	case p.after == nil:
		return Removed
	case p.before.ID != p.after.ID:
		return Moved
	}
	return Changed
}

// match finds each platform of head at the baseline: by its folder, as long as
// its code is the same or cannot be read, else by its code. A platform that
// takes over the folder of another is a new one.
func match(before, after []*Side) []pair {
	var pairs []pair
	taken := map[*Side]bool{}
	partner := map[*Side]*Side{}
	find := func(fits func(b, a *Side) bool) {
		for _, a := range after {
			if partner[a] != nil {
				continue
			}
			i := slices.IndexFunc(before, func(b *Side) bool { return !taken[b] && fits(b, a) })
			if i >= 0 {
				partner[a], taken[before[i]] = before[i], true
			}
		}
	}
	find(func(b, a *Side) bool {
		return b.ID == a.ID && (b.Code == a.Code || b.Code == "" || a.Code == "")
	})
	find(func(b, a *Side) bool { return b.Code == a.Code && a.Code != "" })
	for _, a := range after {
		pairs = append(pairs, pair{partner[a], a})
	}
	for _, b := range before {
		if !taken[b] {
			pairs = append(pairs, pair{b, nil})
		}
	}
	slices.SortStableFunc(pairs, func(x, y pair) int {
		if (x.after == nil) != (y.after == nil) {
			if x.after == nil {
				return 1
			}
			return -1
		}
		return strings.Compare(x.id(), y.id())
	})
	return pairs
}

func (p pair) id() string {
	if p.after != nil {
		return p.after.ID
	}
	return p.before.ID
}
