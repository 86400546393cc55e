package cli

import (
	"context"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hegui/internal/plan"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/term"
)

func (a *app) planCommand() *cobra.Command {
	var target, by string
	c := &cobra.Command{
		Use:   "plan [PATH|ID ...]",
		Short: a.say("怎样最省力地达到目标等次、得分或合规", "the cheapest way to a grade, a score or compliance"),
		Long: a.say(`求出工作量总数最小的一组整改，使平台达到目标：先解除一票否决，再履行法定义务，然后是加分最省力的。
每一步把一个检查项全部改好，列出此后的得分、等次和结论。--by 把到那天之前会到期的也算进去。
不写 --target 时，不合规的以合规为目标，合规的以高一等为目标。
退出码：0 都能达到；1 有平台达不到；2 运行失败。`,
			`Finds the fixes with the least effort that bring a platform to a target: blockers are lifted first, then duties of law are met,
then what earns most for its effort. A step fixes one check wholly and shows score, grade and verdict after it. --by includes
what lapses until then. Without --target it is compliance, and the next better grade for a platform that complies.
Exit codes: 0 every target can be reached; 1 one cannot; 2 the run failed.`),
		Example: "  hegui plan government-services\n  hegui plan government-services --target excellent --lang zh\n  hegui plan --target 90 --by 2027-06-30 --report csv=plan.csv",
		RunE: func(c *cobra.Command, args []string) error {
			return a.plan(c.Context(), target, by, args)
		},
	}
	a.judgingFlags(c)
	c.Flags().StringVar(&target, "target", "", a.say("目标：compliant、等次的编号或名称、0 到 100 的得分（缺省：合规，已合规的高一等）", "the target: compliant, a grade by id or title, a score from 0 to 100 (default: compliance, then the next better grade)"))
	c.Flags().StringVar(&by, "by", "", a.say("到哪一天，YYYY-MM-DD（缺省：评定日期）", "the day by which, YYYY-MM-DD (default: the day of judging)"))
	return c
}

func (a *app) plan(ctx context.Context, target, by string, args []string) error {
	run, err := a.judgingIn(report.PlanFormats())
	if err != nil {
		return err
	}
	e, err := a.judge(run, args)
	if err != nil {
		return err
	}
	aim, err := targetOf(e.auditor.Rulebook.Policy, target)
	if err != nil {
		return err
	}
	on := e.auditor.AsOf
	if by != "" {
		if on, err = a.last("by", on, by); err != nil {
			return err
		}
	}
	d := a.begin(results.New(e.run), run.outputs)
	found, missed, watch := results.New(e.run), false, a.progress(len(e.folders), d)
	ctx = d.wanted(ctx)
	found.Fail(results.Prepare(ctx, e.auditor, e.folders, on, aim, func(p results.Platform) {
		found.Count(&p)
		missed = missed || !p.Plan.Reached
		d.platform(&p)
		watch.platform(&p)
	}))
	watch.end()
	switch {
	case len(found.Errors) > 0:
		a.code = Failed
	case missed:
		a.code = NotCompliant
	default:
		a.code = Compliant
	}
	return d.end(found)
}

// targetOf reads --target; nil where it is not stated.
func targetOf(policy rulebook.Policy, text string) (*plan.Target, error) {
	if text == "" {
		return nil, nil
	}
	if compliant := term.Compliance(true); slices.Contains([]string{compliant.ZH, compliant.EN}, strings.ToLower(text)) {
		return &plan.Target{}, nil
	}
	var known []string
	for _, grade := range policy.Grades {
		if slices.Contains([]string{grade.ID, grade.Title.ZH, strings.ToLower(grade.Title.EN)}, strings.ToLower(text)) {
			return &plan.Target{Grade: grade.ID}, nil
		}
		known = append(known, grade.ID)
	}
	if regexp.MustCompile(`^\d{1,3}(\.\d)?$`).MatchString(text) {
		if wanted, ok := new(big.Rat).SetString(text); ok && wanted.Cmp(big.NewRat(100, 1)) <= 0 {
			return &plan.Target{Score: wanted}, nil
		}
	}
	return nil, fault("--target %[1]q 不认识：可用 compliant、%[2]s，或 0 到 100 的得分，至多一位小数", "--target %[1]q is unknown: want compliant, one of %[2]s, or a score from 0 to 100 with at most one decimal", text, strings.Join(known, ", "))
}
