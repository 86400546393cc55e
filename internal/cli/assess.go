package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"hegui/internal/assess"
	"hegui/internal/atomicfile"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/lang"
	"hegui/internal/typeset"
	"hegui/internal/workbook"
)

// maxWorkbook bounds a workbook that is read back, in its size on disk.
const maxWorkbook = 64 << 20

func (a *app) assessCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "assess",
		Short: a.say("评估人员的工作簿与结论", "the assessor's workbook and verdicts"),
	}
	c.AddCommand(a.assessImportCommand())
	return c
}

func (a *app) assessImportCommand() *cobra.Command {
	var by, on string
	var dry bool
	c := &cobra.Command{
		Use:   "import FILE.xlsx",
		Short: a.say("把工作簿里的评估结论收回到 verdicts.yaml", "take the verdicts of a workbook back into verdicts.yaml"),
		Long: a.say(`读取 hegui check --report xlsx=FILE 写出、由评估人员填过的工作簿，把结论写进各平台的 verdicts.yaml。
已有的注释、次序和其他条目保持不变。只写岗位，不写人名。
退出码：0 已写好；1 有单元格看不懂，什么都没有写；2 运行失败（文件不是工作簿、没有岗位、写不出）。`,
			`Reads a workbook that hegui check --report xlsx=FILE has written and an assessor has filled in, and writes its verdicts into
the platforms' verdicts.yaml. Comments, order and other entries stay. Posts only, never names.
Exit codes: 0 written; 1 a cell is not understood and nothing was written; 2 the run failed (no workbook, no post, unwritable file).`),
		Example: "  hegui check --audience assessor --report xlsx=examination.xlsx\n  hegui assess import examination.xlsx --by supervision-post",
		Args:    between(1, 1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.assessImport(c.Context(), args[0], by, on, dry)
		},
	}
	f := c.Flags()
	f.StringVar(&by, "by", "", a.say("评估岗位（缺省：工作簿总览里所填）", "the assessor's post (default: what the workbook's overview states)"))
	f.StringVar(&on, "on", "", a.say("评估日期 YYYY-MM-DD（缺省：工作簿总览里所填，否则今天）", "day of the examination, YYYY-MM-DD (default: what the overview states, else today)"))
	f.BoolVar(&dry, "dry-run", false, a.say("只说会改什么，不写文件", "say what would change, write nothing"))
	return c
}

func (a *app) assessImport(ctx context.Context, name, by, on string, dry bool) error {
	data, err := a.readWorkbook(name)
	if err != nil {
		return err
	}
	returned, problems, err := workbook.Read(data)
	if err != nil {
		return a.refused(name, err)
	}
	im, dir, err := a.assessed(ctx, returned, by, on)
	if err != nil {
		return err
	}
	plan, err := im.Plan(returned)
	if err != nil {
		return err
	}
	for _, note := range plan.Notes {
		a.note("%s", "%s", note)
	}
	if problems = append(problems, plan.Problems...); len(problems) > 0 {
		for _, p := range problems {
			fmt.Fprintln(a.Stderr, typeset.Inert(a.say("%s：%s", "%s: %s", p.Cell, p.Message)))
		}
		a.code = NotCompliant
		fmt.Fprintln(a.Stderr, a.say("hegui: 什么都没有写，看不懂的有 %d 处", "hegui: nothing was written: cells not understood: %d", len(problems)))
		return nil
	}
	return a.carryOut(plan, dir, dry)
}

func (a *app) readWorkbook(name string) ([]byte, error) {
	f, err := os.Open(a.abs(name))
	if err != nil {
		return nil, fault("工作簿 %q 打不开：%v", "the workbook %q cannot be opened: %v", name, reason(err))
	}
	defer func() { _ = f.Close() }() // nothing was written
	data, err := io.ReadAll(io.LimitReader(f, maxWorkbook+1))
	if err != nil {
		return nil, fault("工作簿 %q 读不了：%v", "the workbook %q cannot be read: %v", name, reason(err))
	}
	if len(data) > maxWorkbook {
		return nil, fault("工作簿 %q 太大", "the workbook %q is too large", name)
	}
	return data, nil
}

func (a *app) refused(name string, err error) error {
	var unreadable *workbook.UnreadableError
	if errors.As(err, &unreadable) {
		return fault("%q：%s", "%q: %s", name, unreadable.Text)
	}
	return err
}

// assessed audits the platforms as they are, with the facts that verdicts
// are pinned to.
func (a *app) assessed(ctx context.Context, r *workbook.Returned, by, on string) (*assess.Import, string, error) {
	today := calendar.On(a.Now())
	im := &assess.Import{By: first(by, r.By), On: first(on, r.On, today.String())}
	if len([]rune(im.By)) < 2 {
		return nil, "", fault("没有写评估岗位：用 --by，或填在工作簿总览里", "the assessor's post is not stated: use --by, or the workbook's overview")
	}
	if d, err := calendar.ParseDate(im.On); err != nil || d.String() != im.On {
		return nil, "", fault("--on %q 不是日期：要写 YYYY-MM-DD", "--on %q is not a date: want YYYY-MM-DD", im.On)
	}
	p, err := a.open()
	if err != nil {
		return nil, "", err
	}
	if p.repo != nil {
		return nil, "", fault("结论只能写进工作目录：去掉 --rev", "verdicts are written into the working tree: leave --rev out")
	}
	if im.Rulebook, err = a.loadRulebook(p); err != nil {
		return nil, "", err
	}
	im.Tree = p.tree
	auditor := &audit.Auditor{Tree: p.tree, Rulebook: im.Rulebook, AsOf: today, Jobs: 1, Pin: true}
	platforms, failures := auditor.Run(ctx, nil)
	if len(failures) > 0 {
		return nil, "", &message{failures[0].Message}
	}
	im.Platforms = platforms
	return im, p.dir, nil
}

func first(values ...string) string {
	for _, value := range values {
		if value != "" {
			return value
		}
	}
	return ""
}

// carryOut writes all the files, or only says what it would write.
func (a *app) carryOut(plan *assess.Plan, dir string, dry bool) error {
	if len(plan.Files) == 0 {
		_, err := fmt.Fprintln(a.Stdout, a.say("没有要改的", "there is nothing to change"))
		return err
	}
	for _, f := range plan.Files {
		fmt.Fprintln(a.Stdout, a.say("%s：%s，%d 条不变", "%s: %s, %d stay", f.Path, lang.Count(len(f.Changes), "条要改", "entry changes", "entries change"), f.Unchanged))
		for _, change := range f.Changes {
			if !a.flags.quiet {
				fmt.Fprintln(a.Stdout, "  "+typeset.Inert(change.In(a.lang)))
			}
		}
	}
	if dry {
		return nil
	}
	return layFiles(plan.Files, dir)
}

// layFiles writes the files into the working tree, all or none.
func layFiles(files []assess.File, dir string) error {
	folder, err := atomicfile.OpenFolder(dir)
	if err != nil {
		return unwritable(files[0].Path, err)
	}
	defer func() { _ = folder.Close() }()
	for _, f := range files {
		if err := folder.Put(f.Path, f.Content); err != nil {
			return unwritable(f.Path, err)
		}
	}
	if err := folder.Commit(); err != nil {
		return unwritable(files[0].Path, err)
	}
	return nil
}
