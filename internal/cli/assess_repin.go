package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"hegui/internal/assess"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/git"
	"hegui/internal/lang"
	"hegui/internal/typeset"
)

func (a *app) assessRepinCommand() *cobra.Command {
	var dry bool
	c := &cobra.Command{
		Use:   "repin [PLATFORM...]",
		Short: a.say("把按旧式摘要绑定的结论重新绑定", "pin verdicts anew that are pinned in the form before"),
		Long: a.say(`以前的结论只绑定所读的值，不含所在记录、证据和开关。凡 git 查明从带来结论的提交到现在这些都没有改过的，改成新式摘要；
改过的、看不出来的逐条列出，由评估人员重新核查。verdicts.yaml 的其他字节不变。
退出码：0 全部重新绑定；1 有列出待复核的；2 运行失败。`,
			`Verdicts used to be pinned to the values that were read, without the record, the evidence and the switches around them. Where git
shows that none of these has changed since the commit that brought the verdict in, the digest is written in the new form; what has
changed, or cannot be told, is listed for the assessor. No other byte of verdicts.yaml changes.
Exit codes: 0 all are pinned anew; 1 some are listed for review; 2 the run failed.`),
		Example: "  hegui assess repin --dry-run\n  hegui assess repin government-services",
		RunE: func(c *cobra.Command, args []string) error {
			return a.assessRepin(c.Context(), args, dry)
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, a.say("只说会改什么，不写文件", "say what would change, write nothing"))
	return c
}

func (a *app) assessRepin(ctx context.Context, args []string, dry bool) error {
	p, err := a.open()
	if err != nil {
		return err
	}
	if p.repo != nil {
		return fault("结论只能写进工作目录：去掉 --rev", "verdicts are written into the working tree: leave --rev out")
	}
	re := &assess.Repin{Tree: p.tree, AsOf: calendar.On(a.Now())}
	if re.Rulebook, err = a.loadRulebook(p); err != nil {
		return err
	}
	re.Rulebook = re.Rulebook.On(re.AsOf)
	paths, err := a.platformPaths(p.tree, p.dir, args)
	if err != nil {
		return err
	}
	auditor := &audit.Auditor{Tree: p.tree, Rulebook: re.Rulebook, AsOf: re.AsOf, Jobs: a.flags.jobs, Pin: true}
	var failures []audit.Failure
	if re.Platforms, failures = auditor.Run(ctx, paths); len(failures) > 0 {
		return &message{failures[0].Message}
	}
	if re.Repo, err = git.Open(p.dir); err == nil {
		defer func() { _ = re.Repo.Close() }()
		re.Head, err = re.Repo.Resolve("HEAD")
	}
	if err != nil {
		re.Untold = lang.Say("没有可读的 git 历史，看不出有没有改过（%s）", "there is no git history to read, so that changes do not show (%s)", audit.TextOf(err))
	}
	plan, err := re.Plan(ctx)
	if err != nil {
		return err
	}
	for _, left := range plan.Problems {
		fmt.Fprintln(a.Stderr, typeset.Inert(a.say("%s：%s", "%s: %s", left.Cell, left.Message)))
	}
	if len(plan.Problems) > 0 {
		a.code = NotCompliant
		fmt.Fprintln(a.Stderr, a.say("hegui: 没有重新绑定、待复核的结论 %d 条", "hegui: verdicts not pinned anew, in need of review: %d", len(plan.Problems)))
	}
	return a.carryOut(plan, p.dir, dry)
}
