package compare

import (
	"context"
	"errors"
	"io/fs"
	"math/big"
	"path"
	"slices"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/score"
	"hegui/internal/source"
	"hegui/internal/term"
)

// release lets through what a release in base names. Verdict and score stay what
// they are.
func (j *Judge) release(ctx context.Context, p *Platform, trusted *tip) {
	for _, w := range j.releases(ctx, p, trusted) {
		kind, isScope := strings.CutPrefix(w.Check, examine.ScopePrefix)
		for i := range p.Scope {
			if c := &p.Scope[i]; isScope && c.Kind == kind && c.named(w.Item) {
				c.Blocking, c.Released = false, true
			}
		}
		p.released = p.released || w.Check == examine.NewPlatform
		if w.Effect != examine.GateEffect {
			continue
		}
		covers := func(f *finding.Finding) bool { return f.Check == w.Check && (w.Item == "" || w.Item == f.Item) }
		for i := range p.New {
			if f := &p.New[i]; covers(&f.Finding) {
				f.Blocking, f.Released = false, true
			}
		}
		for i := range p.Worse {
			if f := &p.Worse[i]; covers(&f.Finding) {
				f.Blocking, f.Released = false, true
			}
		}
	}
}

// named reports whether a release is for this change.
func (c *ScopeChange) named(item string) bool {
	if item == "" {
		return !term.NeedsName(c.Kind)
	}
	return item == c.Subject || item == c.bundle
}

// releases are those in force: of the platform's own file where head has it as base
// does, and of the supervisors' file in base. A platform that is gone has no file in
// head, so that those of base's tip suffice.
func (j *Judge) releases(ctx context.Context, p *Platform, trusted *tip) []examine.Waiver {
	side := p.side()
	var all []examine.Waiver
	for _, w := range j.supervised(trusted.tree, side.Platform, trusted.supervised(side.Code)) {
		switch {
		case w.State != examine.WaiverActive:
			p.Idle = append(p.Idle, w)
		case w.Lets:
			all = append(all, w.Waiver)
		case !slices.ContainsFunc(side.Waivers, func(own examine.Waiver) bool { return own.Check == w.Check && own.Item == w.Item }):
			w.Message = lang.Say("豁免写在平台自己的 waivers.yaml 里才起作用", "a waiver takes effect in the platform's own waivers.yaml")
			w.Remedy = lang.Say("原样抄到那里；只过门禁的，写 effect: gate", "copy it there as it is; where it shall let the change through the gate alone, state effect: gate")
			p.Idle = append(p.Idle, w)
		}
	}
	own := side.Waivers
	if p.After == nil {
		own = nil
		auditor := &audit.Auditor{Tree: trusted.tree, Rulebook: j.Rulebook, AsOf: j.AsOf}
		stands, _ := auditor.Judge(ctx, []audit.Folder{{ID: p.Before.ID, Path: p.Before.Path}})
		if i := slices.IndexFunc(stands, func(t *audit.Platform) bool { return t.ID == p.Before.ID && t.Code == p.Before.Code }); i >= 0 {
			own = examine.Apply(j.Rulebook, stands[i], nil, j.AsOf).Waivers
		}
	}
	return append(all, slices.DeleteFunc(slices.Clone(own), func(w examine.Waiver) bool { return w.State != examine.WaiverActive })...)
}

// supervised are the entries of a supervisors' file of a tree, with what they cite.
func (j *Judge) supervised(tree source.Tree, of *examine.Platform, file *document.Value) []examine.Release {
	auditor := &audit.Auditor{Tree: tree, Rulebook: j.Rulebook, AsOf: j.AsOf}
	return examine.Releases(j.Rulebook, of, file, j.AsOf, func(entry *document.Value) (message, remedy lang.Text) {
		return auditor.Unproved(rulebook.WaiversDir, entry)
	})
}

// Promised are the releases that a change adds to the supervisors' files, by the code
// that names the file; they have no effect until they are merged. A file that cannot be
// used is a defect.
func (j *Judge) Promised(before, after source.Hashed) (all []Promise, defects finding.Defects, err error) {
	waivers := j.Rulebook.Schemas.Find(audit.WaiversFile)
	for _, at := range source.Differ(before, after, rulebook.WaiversDir) {
		code, isYAML := strings.CutSuffix(path.Base(at), ".yaml")
		if !isYAML || path.Dir(at) != rulebook.WaiversDir {
			continue
		}
		root, fault, err := Supervised(after, at, waivers)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, nil, err
		case fault != nil:
			defects = append(defects, *fault)
			continue
		}
		stood := map[string]bool{}
		was, _, _ := Supervised(before, at, waivers) // what base has of it is base's matter
		for _, entry := range was.ListAt(audit.WaiversFile) {
			stood[entry.Canonical()] = true
		}
		entries := root.ListAt(audit.WaiversFile)
		for i, w := range j.supervised(after, &examine.Platform{}, root) {
			if !stood[entries[i].Canonical()] {
				w.State = examine.WaiverPending
				all = append(all, Promise{code, w})
			}
		}
	}
	return all, defects, nil
}

// Promise is a release that waits for its merge.
type Promise struct {
	Code string
	examine.Release
}

// excuse scores a platform as if the findings that a change is allowed to bring were
// not there: items that fail only by these come out as they did before.
func (j *Judge) excuse(p *Platform, excused []finding.Finding) score.Result {
	if len(excused) == 0 {
		return p.After.Score
	}
	about := map[string]bool{}
	for i := range excused {
		about[excused[i].Identity()] = true
	}
	head := *p.After.Platform
	head.Findings = slices.DeleteFunc(slices.Clone(head.Findings), func(f finding.Finding) bool { return about[f.Identity()] })
	head.Checks = slices.Clone(head.Checks)
	for i := range head.Checks {
		c := &head.Checks[i]
		c.Items = slices.Clone(c.Items)
		for k := range c.Items {
			item := &c.Items[k]
			waits := slices.ContainsFunc(excused, func(f finding.Finding) bool { return slices.Contains(item.CausedBy, f.Fingerprint) })
			if waits || item.Outcome == finding.Fail && about[finding.Fingerprint(c.Rule.ID, "", item.Keys...)] {
				item.Outcome, item.CausedBy = p.stood(i, item), nil
			}
		}
		c.Outcome = c.Sum()
	}
	return score.Compute(j.Rulebook.Regulation, j.Rulebook.Policy, &head)
}

// stood is what an item of a check came to before, not applicable where there was no
// such item or it could not be judged either.
func (p *Platform) stood(check int, item *examine.Item) finding.Outcome {
	if p.Before == nil {
		return finding.NotApplicable
	}
	for _, was := range p.Before.Checks[check].Items {
		if slices.Equal(was.Keys, item.Keys) && len(was.CausedBy) == 0 {
			return was.Outcome
		}
	}
	return finding.NotApplicable
}

// footing are the results that the gate compares; neither is the platform's own score.
type footing struct{ before, after score.Result }

func (f *footing) drop() *big.Rat {
	return new(big.Rat).Sub(orZero(f.before.Raw), orZero(f.after.Raw))
}

// footing is what the platform came to, and what it would come to without what may
// pass.
func (j *Judge) footing(p *Platform) *footing {
	f := &footing{before: p.Before.Score, after: j.excuse(p, p.passing())}
	if p.strict != nil {
		f.before = p.strict.Score
	}
	return f
}

// passing are the new findings that do not stop the change.
func (p *Platform) passing() (all []finding.Finding) {
	for _, f := range p.New {
		if f.Released || f.Reported {
			all = append(all, f.Finding)
		}
	}
	return all
}
