package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/compare"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/rulebook"
)

// horizon is how far a forecast looks where nobody says, farthest how far it can be
// asked to look.
const (
	horizon  = 365
	farthest = 10 * 366
)

func (a *app) forecastCommand() *cobra.Command {
	var until string
	var days int
	c := &cobra.Command{
		Use:   "forecast [PATH|ID ...]",
		Short: a.say("什么时候什么会到期：描述不动，合规也会变", "what lapses when: compliance decays while nobody changes anything"),
		Long: a.say(`描述和规则库都不变，往后哪一天哪个检查项会变、为什么、最迟哪天动手、变了之后得分、等次和结论是什么。
每一天的结果都与在那天评定相同。--report ics=文件 写成日历，提前 30 天和 7 天提醒。
退出码：0 评完；2 运行失败。到期不是错，不影响退出码。`,
			`While neither descriptions nor rulebook change: on which day to come which check turns, why, by when to begin, and score,
grade and verdict after it. Each day is what judging on that day would find. --report ics=FILE writes a calendar with
reminders 30 and 7 days before.
Exit codes: 0 judged; 2 the run failed. What lapses is no fault and changes no exit code.`),
		Example: "  hegui forecast\n  hegui forecast government-services --days 90 --lang zh\n  hegui forecast --until 2027-12-31 --report ics=lapses.ics --report csv=lapses.csv",
		RunE: func(c *cobra.Command, args []string) error {
			if c.Flags().Changed("until") && c.Flags().Changed("days") {
				return fault("--until 和 --days 只用一个", "state --until or --days, not both")
			}
			return a.forecast(c.Context(), until, days, args)
		},
	}
	a.judgingFlags(c)
	c.Flags().StringVar(&until, "until", "", a.say("看到哪一天，YYYY-MM-DD", "the last day to look at, YYYY-MM-DD"))
	c.Flags().IntVar(&days, "days", horizon, a.say("往后看多少天", "how many days to look ahead"))
	return c
}

func (a *app) forecast(ctx context.Context, until string, days int, args []string) error {
	run, err := a.judgingIn(report.ForecastFormats())
	if err != nil {
		return err
	}
	if days < 1 || days > farthest {
		return fault("--days 要在 1 到 %d 之间", "--days must be between 1 and %d", farthest)
	}
	e, err := a.judge(run, args)
	if err != nil {
		return err
	}
	e.look(days)
	if until != "" {
		last, err := a.last("until", e.auditor.AsOf, until)
		if err != nil {
			return err
		}
		e.until = &last
	}
	without, err := a.without(e.place)
	if err != nil {
		return err
	}
	d := a.begin(results.New(e.run), run.outputs)
	found, watch := results.New(e.run), a.progress(len(e.folders), d)
	ctx = d.wanted(ctx)
	found.Fail(e.each(ctx, func(p results.Platform) {
		found.Count(&p)
		d.platform(&p)
		watch.platform(&p)
	}))
	watch.end()
	if without != nil {
		tried, failures := a.whatIf(ctx, e, without)
		found.WhatIf = tried
		found.Fail(failures)
	}
	a.code = Compliant
	if len(found.Errors) > 0 {
		a.code = Failed
	}
	return d.end(found)
}

// without is the rulebook without the overlays named by --overlay, nil where none was
// named.
func (a *app) without(p *place) (*rulebook.Rulebook, error) {
	if len(a.flags.overlays) == 0 {
		return nil, nil
	}
	tree, _, err := a.rulebookTree(p)
	if err != nil {
		return nil, err
	}
	book, err := rulebook.Load(tree)
	if err != nil {
		return nil, err
	}
	for _, name := range a.flags.overlays {
		if slices.Contains(book.Overlays, name) {
			a.note("叠加 %q 已由 checks/policy.yaml 启用：有它没它没有不同", "the overlay %q is switched on by checks/policy.yaml: with and without it are the same", name)
		}
	}
	return book, nil
}

// whatIf judges by the rulebook with the overlays that were named and without.
func (a *app) whatIf(ctx context.Context, e *examination, without *rulebook.Rulebook) (*results.WhatIf, []audit.Failure) {
	on := e.auditor.AsOf
	judge := &compare.Judge{Rulebook: without.On(on), AsOf: on, Jobs: a.flags.jobs}
	effects, unaffected, failures := judge.Impact(ctx, e.auditor.Tree, e.folders, e.auditor.Rulebook)
	later, failed := judge.ImpactAhead(ctx, e.auditor.Tree, e.folders, e.auditor.Rulebook, effects)
	return results.NewWhatIf(a.flags.overlays, on, effects, unaffected, later), append(failures, failed...)
}

// last is the last day to look at, that of a flag.
func (a *app) last(flag string, from calendar.Date, text string) (calendar.Date, error) {
	day, ok := calendar.ParseDay(text)
	switch {
	case !ok:
		return day, notDay(flag, text)
	case !from.Before(day):
		return day, fault("--%s %s 不在评定日期 %s 之后", "--%s %s is not after the day of judging, %s", flag, text, from)
	case from.Add(calendar.Period{Days: farthest}).Before(day):
		return day, fault("--%s 最多到 %s", "--%s may be at most %s", flag, from.Add(calendar.Period{Days: farthest}))
	}
	return day, nil
}
