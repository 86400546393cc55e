package cli

import (
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/compare"
	"hegui/internal/finding"
	"hegui/internal/git"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/rulebook"
)

func (a *app) gateCommand() *cobra.Command {
	var ask question
	c := &cobra.Command{
		Use:   "gate --base REV [--head REV]",
		Short: a.say("判定一次改动：只看新问题，按主干的规则库", "judge a change: new findings only, by the rulebook of base"),
		Long: a.say(`把改动与它和主干的共同祖先相比，按主干的规则库、政策和已合并的豁免判定。下列情况拦下：
新问题达到政策的拦截级别；原始得分降得太多；低于合规线且更差；不再合规；按政策不得缩小的受检范围缩小了；规则库被改坏。
没有改动的平台不读取。--merged 评合并后的结果：主干已经前进时，只看 head 看不出来。--base 也可以写 A...B，等于 --base A --head B。什么都没有可评时不算通过，而是运行失败。
退出码：0 通过；1 拦下；2 运行失败。`,
			`Compares a change with what it and base grew from, by the rulebook, the policy and the merged waivers of base. It is stopped by:
new findings at or above the gate's severity; a raw score that drops too far; a score below the minimum that gets worse; compliance lost;
scope changes that policy blocks; a rulebook that the change breaks. Platforms that do not change are not read.
--merged judges what the merge would make, which the head alone may not show where base has gone on. --base A...B is --base A --head B. Where there is nothing to judge the run fails instead of passing.
Exit codes: 0 passed; 1 blocked; 2 the run failed.`),
		Example: "  hegui gate --base origin/main\n  hegui gate --base main --head feature --report text --report markdown=comment.md\n  hegui gate --base main...feature",
		Args:    between(0, 0),
		RunE: func(c *cobra.Command, _ []string) error {
			if a.flags.rev != "" {
				return fault("gate 不用 --rev：写 --head", "gate takes no --rev: say --head")
			}
			if err := ask.complete(); err != nil {
				return err
			}
			return a.gate(c.Context(), ask)
		},
	}
	c.Flags().StringVar(&ask.base, "base", "", a.say("改动要并入的版本，如 origin/main", "the revision that the change is to be merged into, such as origin/main"))
	c.Flags().StringVar(&ask.head, "head", "", a.say("改动所在的版本（缺省：工作区）", "the revision of the change (default: the working tree)"))
	c.Flags().BoolVar(&ask.empty, "allow-empty", false, a.say("--head 已在主干中也算通过，供钩子和推送使用", "let a --head pass that base already has, for hooks and pushes"))
	c.Flags().BoolVar(&ask.merged, "merged", false, a.say("评把 --head 并入主干后的结果，在内存里合并", "judge what merging --head into base makes, in memory"))
	a.judgingFlags(c)
	return c
}

func (a *app) gate(ctx context.Context, ask question) error {
	a.committed = ask.head != ""
	a.spend() // both sides of a change are held, and what is said of it stays
	run, err := a.judging()
	if err != nil {
		return err
	}
	s, err := a.sides(ask)
	if err != nil {
		return err
	}
	defer func() { _ = s.repo.Close() }()
	a.sayUntracked(s)
	// Both sides are judged on one day, so that nothing lapses between them.
	asOf, err := a.asOf(calendar.On(a.Now()))
	if err != nil {
		return err
	}
	book, err := a.loadRulebook(s.base)
	if err != nil {
		return err
	}
	book = book.On(asOf)
	judge := &compare.Judge{Rulebook: book, AsOf: asOf, Jobs: a.flags.jobs, Watch: a.watch}
	a.watch.Started()
	gate := results.GateRun{Base: s.base.commit.Hash, Baselines: hashes(s.baselines), Merged: ask.merged, Audience: run.audience, Bare: !slices.ContainsFunc(run.outputs, func(o output) bool { return report.ReadsPlatforms(o.format) }), Run: results.Run{Rulebook: book, AsOf: asOf.String(), Version: a.Version, Revision: s.revision()}}
	if ask.head != "" {
		gate.Head = s.head.commit.Hash
	}
	if gate.Impact, gate.Failures, err = a.impact(ctx, judge, s); err != nil {
		return err
	}
	if gate.Promised, gate.Spoilt, err = judge.Promised(s.repo.Tree(s.baselines[0]), s.headTree); err != nil {
		return err
	}
	watch := a.far(0)
	gate.Seen = watch.platform
	r := s.change(ctx, judge, gate)
	watch.end()
	switch {
	case len(r.Errors) > 0:
		a.code = Failed
	case !r.Gate.Passed:
		a.code = NotCompliant
	}
	return a.deliver(ctx, r, run.outputs)
}

func hashes(commits []git.Commit) []string {
	all := make([]string, len(commits))
	for i, c := range commits {
		all[i] = c.Hash
	}
	return all
}

// impact finds what the change does to the rulebook, nil if it leaves it alone.
// What is wrong with head's rulebook is head's fault and no error here.
func (a *app) impact(ctx context.Context, judge *compare.Judge, s *sides) (*results.RulebookImpact, []audit.Failure, error) {
	root, inside := a.rulebookDir(s.head)
	if !inside {
		return nil, nil, nil
	}
	files := s.touched(root)
	before, _, err := a.rulebookTree(s.base)
	after, _, errHead := a.rulebookTree(s.head)
	if err = errors.Join(err, errHead); err != nil || len(files) == 0 || rulebook.Same(before, after) {
		return nil, nil, err
	}
	impact := &results.RulebookImpact{Files: files}
	book, err := a.loadRulebook(s.head)
	if errors.As(err, &impact.Defects) {
		return impact, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	folders := audit.Discover(s.headTree, nil)
	heads := &audit.Auditor{Tree: s.headTree, Rulebook: book, Jobs: a.flags.jobs}
	if impact.Defects, _ = a.nobody(ctx, heads, folders); len(impact.Defects) > 0 {
		return impact, nil, nil
	}
	was, err := a.rulebookBefore(s)
	if err != nil {
		return nil, nil, err
	}
	impact.Loosened = compare.Loosened(was, book, root)
	impact.Tightened = compare.Tightened(was, book, root)
	idle, err := a.idleOverlays(s, was, root, files)
	if errors.As(err, &impact.Defects) {
		return impact, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	for _, c := range idle {
		if !slices.ContainsFunc(impact.Loosened, c.Same) {
			impact.Loosened = append(impact.Loosened, c)
		}
	}
	for i := range impact.Loosened {
		impact.Loosened[i].Blocking = !judge.Rulebook.Policy.Gate.ShowRulebook
	}
	var failures []audit.Failure
	impact.Amendments = compare.Amended(judge.Rulebook, book)
	impact.Effects, impact.Unaffected, failures = judge.Impact(ctx, s.headTree, folders, book.On(judge.AsOf))
	later, failed := judge.ImpactAhead(ctx, s.headTree, folders, book, impact.Effects)
	impact.Later = later
	return impact, append(failures, failed...), nil
}

// rulebookBefore is the rulebook that head grew from: what base has changed since
// is none of head's doing. Where that one is defective base's own stands for it.
func (a *app) rulebookBefore(s *sides) (*rulebook.Rulebook, error) {
	if len(s.baselines) > 0 {
		before, err := a.loadRulebook(s.baseline())
		var defects finding.Defects
		if err == nil || !errors.As(err, &defects) {
			return before, err
		}
	}
	return a.loadRulebook(s.base)
}

// baseline is the first of what base and head grew from.
func (s *sides) baseline() *place {
	return &place{tree: s.repo.Tree(s.baselines[0]), dir: s.base.dir, repo: s.repo, commit: s.baselines[0], judged: true}
}

// touched are the files of the rulebook that head changes.
func (s *sides) touched(root string) []string {
	var files []string
	for _, baseline := range s.baselines {
		files = append(files, compare.Touched(s.repo.Tree(baseline), s.headTree, root)...)
	}
	slices.Sort(files)
	return slices.Compact(files)
}
