package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/git"
	"hegui/internal/lang"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/scorecard"
)

func (a *app) scorecardCommand() *cobra.Command {
	var dir, history string
	var previous []string
	c := &cobra.Command{
		Use:   "scorecard -o DIR [PATH|ID ...]",
		Short: a.say("给评估人员的一套材料：网页、表格、数据", "the assessor's package: pages, spreadsheet, data"),
		Long: a.say(`与 check 一样评定，把结果写成一个目录：打开 index.html 看全部平台，每个平台一页，可以打印签字。
目录要么是新的，要么是本命令写过的；已撤平台的页面会被删掉。
--previous 与上一次评定比较：每个问题要么已整改，要么未整改，要么新增，要么反复。再写更早的评定，就看得出哪些问题
整改之后又出现。
退出码与 check 相同：0 全部合规；1 有平台不合规；2 运行失败。`,
			`Judges as check does and writes the results into a folder: index.html is the page over all platforms, each platform has
a page to read, print and sign. The folder is new, or one that this command made; pages of platforms that are gone are
removed.
--previous compares with an earlier examination: every finding is fixed, still open, new or came back. Those before it,
given as well, tell what had been fixed and came back.
Exit codes are those of check: 0 all comply; 1 a platform does not; 2 the run failed.`),
		Example: "  hegui scorecard -o scorecards\n  hegui scorecard -o scorecards government-services --lang zh\n  hegui scorecard -o scorecards --as-of 2026-12-01 --previous 2026-06-01",
		RunE: func(c *cobra.Command, args []string) error {
			return a.scorecard(c.Context(), dir, history, previous, args)
		},
	}
	a.judgingFlags(c)
	c.Flags().StringVarP(&dir, "output", "o", "", a.say("写到哪个目录", "the folder to write"))
	c.Flags().StringArrayVar(&previous, "previous", nil, a.say("与哪一次评定比较：git 版本，或日期 YYYY-MM-DD（那天最后的提交，按那天判断）；可重复，写更早的评定",
		"the examination to compare with: a git revision, or a date YYYY-MM-DD (its last commit, judged on that day); repeatable, for those before it"))
	c.Flags().StringVar(&history, "history", "", a.say("卡上加得分走势和各条记录的来历，从哪一天或哪个版本起（只写 --history 为一年）",
		"also show how scores and records came to be, from a day or revision on (--history alone: a year)"))
	c.Flags().Lookup("history").NoOptDefVal = year
	return c
}

func (a *app) scorecard(ctx context.Context, dir, history string, previous, args []string) error {
	if dir == "" {
		return fault("要用 -o 写明目录", "name the folder with -o")
	}
	run, err := a.judging()
	if err != nil {
		return err
	}
	if err := a.apart(dir); err != nil {
		return err
	}
	run.pin, run.reads = true, results.Everything // pages and workbooks are part of the package
	a.spend()
	e, err := a.judge(run, args)
	if err != nil {
		return err
	}
	e.look(horizon)
	var failed []audit.Failure
	if history != "" {
		if e.past, failed, err = a.past(ctx, e.place, history, e.auditor.AsOf, args); err != nil {
			return err
		}
	}
	options := report.Options{Language: a.lang, Pretty: a.flags.pretty, Only: a.only}
	var before *earlier
	if len(previous) > 0 {
		if before, err = a.previous(ctx, run, e.auditor.AsOf, previous); err != nil {
			return err
		}
		options.Previous = before.names
	}
	if len(a.flags.reports) == 0 {
		run.outputs = nil
	}
	d := a.begin(results.New(e.run), run.outputs)
	d.add(a.packageSink(ctx, dir, results.New(e.run).For(run.audience), options))
	e.failures = failed
	r, err := a.report(ctx, e, d, before)
	if err != nil || len(run.outputs) > 0 || a.flags.quiet {
		return err
	}
	platforms := lang.Count(r.Summary.Platforms, "个平台", "platform", "platforms")
	_, err = fmt.Fprintln(a.Stdout, a.say("%[1]s，合规 %[2]d 个：打开 %[3]s/index.html", "%[1]s, %[2]d compliant: open %[3]s/index.html", platforms, r.Summary.Compliant, dir))
	return err
}

// packageSink begins the package as one of the reports of a run.
func (a *app) packageSink(ctx context.Context, dir string, run *results.Results, o report.Options) *sink {
	s := &sink{audience: results.Audience(run.Audience), commit: func() error { return nil }, discard: func() {}, refuse: func(err error) error { return refusal(dir, err) }}
	pack, err := scorecard.Begin(ctx, a.abs(dir), run, o, a.flags.jobs)
	if err != nil {
		s.err = err
		return s
	}
	s.Report = pack
	return s
}

// refusal says why a package is not written, without the path of this machine.
func refusal(dir string, err error) error {
	return fault("评定卡写不到 %[1]q：%[2]s", "scorecards cannot be written to %[1]q: %[2]s", dir, reason(err))
}

// earlier is an examination that platforms are compared with, nil for none.
type earlier struct {
	*results.Earlier
	// names are how a later run names the same examination and those before it.
	names    []string
	failures []audit.Failure
}

func (e *earlier) compare(p *results.Platform) {
	if e != nil {
		e.Compare(p)
	}
}

// sum notes what the platforms were, and which could not be judged then and are missing
// in the comparison.
func (e *earlier) sum(run *results.Results, restricted bool) {
	if e != nil {
		run.Fail(e.failures)
		run.Summary.Previous = e.Summary(restricted)
	}
}

// then is the place and the day of an earlier examination, and its name.
type then struct {
	*place
	asOf calendar.Date
	name string
}

// previous judges what was examined before, the oldest first, by today's rulebook, so
// that only what the platforms did makes a difference.
func (a *app) previous(ctx context.Context, run judging, asOf calendar.Date, when []string) (*earlier, error) {
	now, err := a.open()
	if err != nil {
		return nil, err
	}
	book, err := a.loadRulebook(now)
	if err != nil {
		return nil, err
	}
	var all []then
	for _, one := range when {
		t, err := a.placeThen(now, one)
		if err != nil {
			return nil, err
		}
		if asOf.Before(t.asOf) {
			return nil, fault("--previous %[1]q 是 %[2]s，晚于本次的 %[3]s：上一次评定要在本次之前", "--previous %[1]q is of %[2]s, later than the %[3]s that is judged now: name one before it", one, t.asOf, asOf)
		}
		all = append(all, t)
	}
	slices.SortStableFunc(all, func(a, b then) int { return strings.Compare(a.asOf.String(), b.asOf.String()) })
	before := &earlier{}
	// All platforms: one that has moved since is found by its code.
	run.pin = false
	for _, t := range all {
		e, err := a.examination(run, t.place, book, t.asOf, nil)
		if err != nil {
			return nil, err
		}
		before.Earlier = results.NewEarlier(results.New(e.run), before.Earlier)
		before.failures = append(before.failures, results.Each(ctx, e.auditor, e.folders, results.Reach, func(p results.Platform) { before.Add(&p) })...)
		before.names = append([]string{t.name}, before.names...)
	}
	return before, nil
}

// placeThen finds an earlier examination: the files as they were at a revision or on a
// day. Without git history a day means today's files, judged as of that day.
func (a *app) placeThen(now *place, when string) (t then, err error) {
	day, err := time.ParseInLocation(time.DateOnly, when, calendar.Shanghai())
	if err != nil {
		if t.place, err = a.openRevision(now.dir, when); err != nil {
			return t, err
		}
		return then{t.place, calendar.On(t.commit.When), t.commit.Hash}, nil
	}
	t.place, err = a.lastOn(now, day)
	return then{t.place, calendar.On(day), when}, err
}

// lastOn is what stood at the end of a day.
func (a *app) lastOn(now *place, day time.Time) (*place, error) {
	repo, from := now.repo, now.commit
	if repo == nil {
		var err error
		if repo, err = git.Open(now.dir); errors.Is(err, git.ErrNoRepo) {
			return now, nil
		} else if err != nil {
			return nil, err
		}
		if from, err = repo.Resolve("HEAD"); err != nil {
			return nil, err
		}
	}
	commit, err := repo.LastBefore(from, day.AddDate(0, 0, 1).Add(-time.Nanosecond))
	if err != nil {
		return nil, err
	}
	return &place{tree: repo.Tree(commit), dir: now.dir, repo: repo, commit: commit}, nil
}
