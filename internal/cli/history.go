package cli

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/git"
	"hegui/internal/lang"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/timeline"
)

// past holds what a history is asked for.
type past struct {
	since, until, rulebookAt, per string
	// notAfter is the last day that is looked at, whatever until says; zero for any.
	notAfter    calendar.Date
	all, claims bool
}

func (a *app) historyCommand() *cobra.Command {
	var ask past
	c := &cobra.Command{
		Use:   "history [PATH|ID ...]",
		Short: a.say("得分、等次和结论怎样一步步变成今天这样", "how score, grade and verdict came to be, commit after commit"),
		Long: a.say(`沿第一父提交逐个评定，每个提交按自己那天（上海时间的提交日）和自己的规则库；规则库改动会标出，以免把要求变严当成平台变差。
平台挪了目录，只要代号不变就仍是同一条线。规则库有缺陷的提交显示为断开，并写明原因。
没有改动的平台不重评：工作量随改动增长，不随提交数乘平台数增长。浅克隆看不到的历史会说明，退出码为 2。
退出码：0 评完；2 运行失败，或历史不全。`,
			`Judges commit after commit along first parents, each on its own day (that of the commit in Shanghai) and by its own rulebook.
Changes of the rulebook are marked, so that nobody takes a stricter rule for a worse platform. A platform that moves keeps its
line as long as its code stays. A commit with a defective rulebook is a gap with its reason. What did not change is not judged
again: the work grows with the changes. History that a shallow clone does not have is said, with exit code 2.
Exit codes: 0 judged; 2 the run failed, or the history is not whole.`),
		Example: "  hegui history\n  hegui history government-services --since 2026-01-01 --report svg=trend.svg\n  hegui history --since v1.0 --rulebook-at HEAD --per month --report csv=history.csv",
		RunE: func(c *cobra.Command, args []string) error {
			return a.history(c.Context(), ask, args)
		},
	}
	a.judgingFlags(c)
	f := c.Flags()
	f.StringVar(&ask.since, "since", "", a.say("从哪一天或哪个版本起（缺省：最后一个提交之前一年）", "the first day or revision (default: a year before the last commit)"))
	f.StringVar(&ask.until, "until", "", a.say("到哪一天或哪个版本为止（缺省 HEAD）", "the last day or revision (default: HEAD)"))
	f.BoolVar(&ask.all, "all-commits", false, a.say("也评合并进来的各个提交，不只第一父提交", "judge the commits that were merged as well, not only first parents"))
	f.StringVar(&ask.per, "per", "", a.say("每天 day、每月 month 或每年 year 只评最后一个提交", "judge only the last commit of each day, month or year"))
	f.StringVar(&ask.rulebookAt, "rulebook-at", "", a.say("都按这个版本的规则库评定（缺省各按自己的）", "judge all by the rulebook of this revision (default: each by its own)"))
	f.BoolVar(&ask.claims, "claims", false, a.say("不评定，只列出带日期的记录是哪个单位在哪个提交写进来、最近改过的（缺省看全部历史）", "judge nothing and list by whose commit each dated record came, and last changed (default: all of history)"))
	return c
}

func (a *app) history(ctx context.Context, ask past, args []string) error {
	run, err := a.judgingIn(report.HistoryFormats(ask.claims))
	if err != nil {
		return err
	}
	asOf, err := a.asOf(calendar.Date{})
	if err != nil {
		return err
	}
	h, failures, err := a.readPast(ctx, ask, asOf, args)
	if err != nil {
		return err
	}
	switch {
	case h.Book == nil && len(h.Moments) > 0:
		return fault("没有一个提交能评定；最后一个：%s", "no commit can be judged; the last one: %s", h.Moments[len(h.Moments)-1].Gap)
	case len(h.Lines) == 0:
		return fault("这段历史里没有这样的平台", "there is no such platform in this history")
	}
	found := results.New(results.Run{Rulebook: h.Book, AsOf: h.Moments[len(h.Moments)-1].On.String(), Version: a.Version, Revision: &results.Revision{Commit: h.Moments[len(h.Moments)-1].Commit}})
	found.History = results.Past(h)
	found.Fail(failures)
	if a.code = Compliant; len(found.Errors) > 0 {
		a.code = Failed
	}
	return a.deliver(ctx, found, run.outputs)
}

// readPast judges each commit on its own day, or all on asOf if that is set. What a
// shallow clone cuts off is a failure: the history is not whole then.
func (a *app) readPast(ctx context.Context, ask past, asOf calendar.Date, args []string) (*timeline.History, []audit.Failure, error) {
	walk, err := a.walk(ask)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = walk.tip.repo.Close() }() // nothing was written
	commits, edge, err := walk.commits()
	if err != nil {
		return nil, nil, err
	}
	historian := timeline.Historian{Jobs: a.flags.jobs, AsOf: asOf, Claims: ask.claims, Wanted: a.wanted(walk.tip, args)}
	h, failures := historian.Read(ctx, a.snapshots(walk, commits))
	if edge != nil {
		failures = append(failures, audit.Failure{Message: audit.TextOf(edge)})
	}
	return h, failures, nil
}

// walk is which commits are to be judged.
type walk struct {
	past
	tip *place
	// first and last bound the days; start is the revision to begin with, nil for none.
	first, last calendar.Date
	start       *git.Commit
	// rules is where every rulebook is read, nil for each commit's own.
	rules *place
}

// walk resolves the ends of a history before any work is done.
func (a *app) walk(ask past) (w *walk, err error) {
	if !slices.Contains([]string{"", "day", "month", "year"}, ask.per) {
		return nil, fault("--per %q 不认识：%s", "--per %q is unknown: %s", ask.per, wants(ask.per, []string{"day", "month", "year"}, func(per string) lang.Text {
			return map[string]lang.Text{"day": lang.Say("日", "daily"), "month": lang.Say("月", "monthly"), "year": lang.Say("年", "yearly")}[per]
		}))
	}
	dir, err := a.repoDir()
	if err != nil {
		return nil, err
	}
	if err := a.spare(dir); err != nil {
		return nil, err
	}
	w = &walk{past: ask}
	tip := a.flags.rev
	if tip == "" {
		tip = "HEAD"
	}
	var dated bool
	if w.last, dated = calendar.ParseDay(ask.until); !dated && ask.until != "" {
		if a.flags.rev != "" {
			return nil, fault("--rev 和 --until 版本 只用一个", "state --rev or a revision as --until, not both")
		}
		tip = ask.until
	}
	if w.tip, err = a.openRevision(dir, tip); err != nil {
		return nil, err
	}
	if !dated {
		w.last = calendar.On(w.tip.commit.When)
	}
	if none := (calendar.Date{}); ask.notAfter != none && ask.notAfter.Before(w.last) {
		w.last = ask.notAfter
	}
	if w.first, dated = calendar.ParseDay(ask.since); !dated {
		if w.first = w.last.Add(calendar.Period{Days: -horizon}); ask.claims {
			w.first = calendar.Date{}
		}
		if ask.since != "" {
			start, err := w.tip.repo.Resolve(ask.since)
			if err != nil {
				return nil, err
			}
			w.start = &start
		}
	}
	if ask.claims && ask.rulebookAt == "" {
		w.rules = w.tip // where a record came from depends on no rulebook
	}
	if ask.rulebookAt != "" {
		w.rules, err = placeAt(w.tip.repo, dir, ask.rulebookAt)
	}
	return w, err
}

// commits are those to judge, the oldest first, and what keeps others from being read.
func (w *walk) commits() (chosen []git.Commit, edge, err error) {
	line := w.tip.repo.Line
	known := map[string]bool{} // what came before the start
	if w.all {
		line = w.tip.repo.All
		if w.start != nil {
			for c, fault := range line(*w.start) {
				known[c.Hash] = fault == nil && c.Hash != w.start.Hash
			}
		}
	}
	periods := map[string]bool{}
	begun := false
	for c, fault := range line(w.tip.commit) {
		if fault != nil {
			if edge = fault; !errors.Is(fault, git.ErrShallow) {
				return nil, nil, fault
			}
			break
		}
		on := calendar.On(c.When)
		begun = w.start == nil && on.Before(w.first) || w.start != nil && c.Hash == w.start.Hash || begun
		period := w.period(on)
		if !on.After(w.last) && !known[c.Hash] && (w.start != nil || !on.Before(w.first)) && (period == "" || !periods[period]) {
			periods[period] = true
			chosen = append(chosen, c)
		}
		if begun && w.start != nil && !w.all {
			break
		}
	}
	switch {
	case w.start != nil && !begun && edge == nil:
		return nil, nil, fault("--since 的提交 %s 不在 %s 的历史里；合并进来的要加 --all-commits", "the commit of --since, %s, is not in the history of %s; with --all-commits what was merged is too", w.start.Hash, w.tip.commit.Hash)
	case begun:
		edge = nil // what is cut off came before
	}
	if len(chosen) == 0 {
		return nil, nil, &noCommit{message{lang.Say("%s 至 %s 没有提交", "there is no commit from %s to %s", w.first, w.last)}}
	}
	slices.Reverse(chosen)
	return chosen, edge, nil
}

// noCommit is the error of a history without a commit on the days that are looked at.
type noCommit struct{ message }

// period names the period that a day lies in; empty where every commit counts.
func (w *walk) period(on calendar.Date) string {
	text := on.String()
	switch w.per {
	case "day":
		return text
	case "month":
		return text[:len("2006-01")]
	case "year":
		return text[:len("2006")]
	}
	return ""
}

// snapshots are the commits with the rulebook of each. A rulebook chosen for all
// commits must pass its examples; those of the commits need not, since their authors
// answer for them.
func (a *app) snapshots(w *walk, commits []git.Commit) iter.Seq[timeline.Snapshot] {
	var series rulebook.Series
	return func(yield func(timeline.Snapshot) bool) {
		watch := a.far(len(commits))
		defer watch.end()
		for _, c := range commits {
			at := &place{tree: w.tip.repo.Tree(c), dir: w.tip.dir, repo: w.tip.repo, commit: c}
			s := timeline.Snapshot{Commit: c.Hash, Domain: c.Domain, Signed: c.Signed, On: calendar.On(c.When), Tree: w.tip.repo.Tree(c), Book: a.bookOf(at),
				Load: func() (*rulebook.Rulebook, error) { return a.loadNext(&series, at) }}
			if w.rules != nil {
				s.Book, s.Load = a.bookOf(w.rules), func() (*rulebook.Rulebook, error) { return a.loadRulebook(w.rules) }
			}
			if !yield(s) {
				return
			}
			watch.commit()
		}
	}
}

// loadNext loads the rulebook of one commit after another. From the second on the run
// may use more memory: a rulebook takes as much as a whole run, and most of the time
// went into collecting the one before.
func (a *app) loadNext(series *rulebook.Series, p *place) (*rulebook.Rulebook, error) {
	tree, _, err := a.rulebookTree(p)
	if err != nil {
		return nil, err
	}
	if series.Loaded() {
		a.spend()
	}
	book, err := series.Load(tree, a.flags.overlays...)
	if err != nil {
		return nil, cmp.Or(lost(tree), err)
	}
	return book, nil
}

// bookOf is equal for places with the same rulebook.
func (a *app) bookOf(p *place) string {
	dir, inside := a.rulebookDir(p)
	if !inside {
		return ""
	}
	tree := p.repo.Tree(p.commit)
	key := ""
	for _, folder := range []string{rulebook.SchemasDir, rulebook.ChecksDir} {
		hash, err := tree.Hash(path.Join(dir, folder))
		if err == nil && hash == "" {
			hash = p.commit.Hash
		}
		key += folder + " " + hash + " "
	}
	return key
}

// wanted chooses the platforms that arguments name: by the id that they have or had, and
// by the code of those that are there at the last commit.
func (a *app) wanted(tip *place, args []string) func(id, code string) bool {
	if len(args) == 0 {
		return nil
	}
	codes := map[string]bool{}
	var ids []string
	for _, arg := range args {
		id := strings.TrimPrefix(strings.Trim(arg, "/"), audit.PlatformsDir+"/")
		ids = append(ids, id)
		if code := audit.CodeAt(tip.tree, path.Join(audit.PlatformsDir, id)); code != "" {
			codes[code] = true
		}
	}
	return func(id, code string) bool {
		return codes[code] || slices.ContainsFunc(ids, func(wanted string) bool { return id == wanted || strings.HasPrefix(id, wanted+"/") })
	}
}
