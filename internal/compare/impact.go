package compare

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/score"
	"hegui/internal/source"
)

// Effect is what another rulebook makes of a platform.
type Effect struct{ Before, After Side }

// Turn is a check of which one side has open findings that the other has not.
type Turn struct {
	// Finding is the first of them, Items how many there are.
	Finding *finding.Finding
	Items   int
	// Fails is set where the other rulebook has them, not j's.
	Fails bool
}

// Turns are the checks that turn, those that fail first, the severest of them first.
func (e *Effect) Turns() []Turn {
	return append(beyond(&e.After, &e.Before, true), beyond(&e.Before, &e.After, false)...)
}

// beyond are the open findings that one side has and the other has not, one turn for
// each check and severity, the severest first.
func beyond(side, other *Side, fails bool) (all []Turn) {
	stood := map[string]int{}
	for _, print := range prints(other) {
		stood[print]++
	}
	open := side.Open()
	for i := range open {
		f := &open[i]
		if print := f.Fingerprint + f.Severity.String(); stood[print] > 0 {
			stood[print]--
			continue
		}
		at := slices.IndexFunc(all, func(t Turn) bool { return t.Finding.Check == f.Check && t.Finding.Severity == f.Severity })
		if at < 0 {
			at, all = len(all), append(all, Turn{Finding: f, Fails: fails})
		}
		all[at].Items++
	}
	slices.SortStableFunc(all, func(a, b Turn) int { return cmp.Compare(b.Finding.Severity, a.Finding.Severity) })
	return all
}

// Impact judges platforms of a tree by two rulebooks, j's and another, and
// returns those that fare differently and the number of the others. Everything
// counts as it stands in the tree: it shows what a merge would do.
func (j *Judge) Impact(ctx context.Context, tree source.Tree, folders []audit.Folder, other *rulebook.Rulebook) (effects []Effect, unaffected int, failures []audit.Failure) {
	found := make([]*Effect, len(folders))
	failed := make([][]audit.Failure, len(folders))
	var group errgroup.Group
	group.SetLimit(max(j.Jobs, 1))
	for i, f := range folders {
		group.Go(func() error {
			found[i], failed[i] = j.effect(ctx, tree, f, other)
			return nil
		})
	}
	_ = group.Wait() // failures are kept in failed
	for i := range folders {
		failures = append(failures, failed[i]...)
		switch {
		case found[i] != nil:
			effects = append(effects, *found[i])
		case len(failed[i]) == 0:
			unaffected++
		}
	}
	return effects, unaffected, failures
}

// Later is the impact on a day on which something that is announced comes into force.
type Later struct {
	On         calendar.Date
	Effects    []Effect
	Unaffected int
}

// maxLater is how many days ahead a change of the rulebook is looked at.
const maxLater = 12

// ImpactAhead is the impact on the days on which something of either rulebook comes
// into force that is only announced on j's; now is the impact on that day, which is
// not told twice.
func (j *Judge) ImpactAhead(ctx context.Context, tree source.Tree, folders []audit.Folder, other *rulebook.Rulebook, now []Effect) (all []Later, failures []audit.Failure) {
	days := slices.Concat(j.Rulebook.Ahead(j.AsOf), other.Ahead(j.AsOf))
	slices.SortFunc(days, calendar.Date.Compare)
	days = slices.Compact(days)
	known := map[string][]string{}
	for _, e := range now {
		known[e.After.ID] = e.differences()
	}
	for _, day := range days[:min(len(days), maxLater)] {
		then := *j
		then.AsOf, then.Rulebook = day, j.Rulebook.On(day)
		effects, unaffected, failed := then.Impact(ctx, tree, folders, other.On(day))
		failures = append(failures, failed...)
		later := Later{On: day, Unaffected: unaffected}
		for _, e := range effects {
			told := known[e.After.ID]
			if slices.ContainsFunc(e.differences(), func(print string) bool { return !slices.Contains(told, print) }) {
				later.Effects = append(later.Effects, e)
			} else {
				later.Unaffected++
			}
		}
		if len(later.Effects) > 0 {
			all = append(all, later)
		}
	}
	return all, failures
}

// differences are the open findings that only one side of an effect has.
func (e *Effect) differences() []string {
	before, after := prints(&e.Before), prints(&e.After)
	only := func(all, others []string, sign string) (out []string) {
		for _, one := range all {
			if !slices.Contains(others, one) {
				out = append(out, sign+one)
			}
		}
		return out
	}
	return append(only(after, before, "+"), only(before, after, "-")...)
}

// effect is nil where both rulebooks find the same.
func (j *Judge) effect(ctx context.Context, tree source.Tree, f audit.Folder, other *rulebook.Rulebook) (*Effect, []audit.Failure) {
	before, failures := j.judged(ctx, tree, f, j.Rulebook)
	after, failed := j.judged(ctx, tree, f, other)
	if failures = append(failures, failed...); len(failures) > 0 || alike(before, after) {
		return nil, failures
	}
	return &Effect{*before, *after}, nil
}

func (j *Judge) judged(ctx context.Context, tree source.Tree, f audit.Folder, book *rulebook.Rulebook) (*Side, []audit.Failure) {
	auditor := &audit.Auditor{Tree: tree, Rulebook: book, AsOf: j.AsOf}
	judged, failures := auditor.Judge(ctx, []audit.Folder{f})
	if len(judged) == 0 {
		return nil, failures
	}
	return side(book, examine.Apply(book, judged[0], nil, j.AsOf)), failures
}

func alike(a, b *Side) bool {
	return a.Score.Compliant == b.Score.Compliant && a.Score.Grade.ID == b.Score.Grade.ID &&
		score.Format(a.Score.Raw) == score.Format(b.Score.Raw) && slices.Equal(prints(a), prints(b))
}

// prints are the open findings of a side with their severities, sorted.
func prints(s *Side) []string {
	var all []string
	for _, f := range s.Open() {
		all = append(all, f.Fingerprint+f.Severity.String())
	}
	slices.Sort(all)
	return all
}

// Touched lists the files of the rulebook below a folder that a change touches,
// in order, and those that it adds to be read by nobody.
func Touched(before, after source.Hashed, root string) []string {
	var all []string
	for _, dir := range []string{rulebook.ChecksDir, rulebook.SchemasDir} {
		dir = path.Join(root, dir)
		for _, at := range source.Differ(before, after, dir) {
			if strings.HasSuffix(at, ".yaml") || strings.HasSuffix(at, ".json") || at == dir {
				all = append(all, at)
			}
		}
	}
	stood := rulebook.Unread(source.Sub(before, root))
	for _, d := range rulebook.Unread(source.Sub(after, root)) {
		if !slices.Contains(stood, d) {
			all = append(all, path.Join(root, d.Path))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
