package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

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
	c.AddCommand(a.assessImportCommand(), a.assessRepinCommand())
	return c
}

func (a *app) assessImportCommand() *cobra.Command {
	var options importing
	c := &cobra.Command{
		Use:   "import FILE.xlsx|DIR ...",
		Short: a.say("把工作簿里的评估结论收回到 verdicts.yaml", "take the verdicts of workbooks back into verdicts.yaml"),
		Long: a.say(`读取 hegui scorecard 或 hegui check --report xlsx=FILE 写出、由评估人员填过的工作簿，把结论写进各平台的 verdicts.yaml。
可以给几个文件，也可以给目录：目录里的工作簿全部收回。已有的注释、次序和其他条目保持不变。只写岗位，不写人名。
退出码：0 已写好；1 有单元格看不懂，什么都没有写；2 运行失败（文件不是工作簿、没有岗位、写不出）。`,
			`Reads workbooks that hegui scorecard or hegui check --report xlsx=FILE has written and an assessor has filled in, and writes
their verdicts into the platforms' verdicts.yaml. Several files may be named, and folders, whose workbooks are all taken.
Comments, order and other entries stay. Posts only, never names.
Exit codes: 0 written; 1 a cell is not understood and nothing was written; 2 the run failed (no workbook, no post, unwritable file).`),
		Example: "  hegui scorecard -o scorecards --audience assessor\n  hegui assess import scorecards/platforms --by supervision-post",
		Args:    between(1, math.MaxInt),
		RunE: func(c *cobra.Command, args []string) error {
			err := a.assessImport(c.Context(), args, options)
			if errors.Is(err, context.Canceled) {
				return fault("收回被中断，什么都没有写", "the import was interrupted: nothing was written")
			}
			return err
		},
	}
	f := c.Flags()
	f.StringVar(&options.by, "by", "", a.say("评估岗位（缺省：工作簿总览里所填）", "the assessor's post (default: what the workbook's overview states)"))
	f.StringVar(&options.on, "on", "", a.say("评估日期 YYYY-MM-DD（缺省：工作簿总览里所填，否则今天）", "day of the examination, YYYY-MM-DD (default: what the overview states, else today)"))
	f.BoolVar(&options.dry, "dry-run", false, a.say("只说会改什么，不写文件", "say what would change, write nothing"))
	return c
}

// importing are the flags of an import: who examined and when, for workbooks that do
// not say so.
type importing struct {
	by, on string
	dry    bool
}

func (a *app) assessImport(ctx context.Context, args []string, options importing) error {
	today := calendar.On(a.Now()).String()
	if err := options.check(today); err != nil {
		return err
	}
	books, problems, err := a.returned(ctx, args, options, today)
	if err != nil {
		return err
	}
	im, dir, err := a.assessed(ctx)
	if err != nil {
		return err
	}
	plan, err := im.Plan(books...)
	if err != nil {
		return err
	}
	for _, note := range plan.Notes {
		a.note("%s", "%s", note)
	}
	if problems = append(problems, plan.Problems...); len(problems) > 0 {
		a.notUnderstood(problems)
		return nil
	}
	if len(plan.Unsigned) > 0 {
		return unsigned(plan.Unsigned[0])
	}
	return a.carryOut(plan, dir, options.dry)
}

// check holds the flags to what a verdict file takes.
func (o importing) check(today string) error {
	if why := workbook.PostFault(o.by); !why.IsZero() {
		return fault("--by：%s", "--by: %s", why)
	}
	if o.on == "" {
		return nil
	}
	if _, ok := calendar.ParseDay(o.on); !ok {
		return notDay("on", o.on)
	}
	if o.on > today {
		return fault("--on %s 在今天（%s）之后：评估日期不能是将来", "--on %s is after today, %s: an examination cannot be in the future", o.on, today)
	}
	return nil
}

// maxTold is how many faulty cells are listed; the rest is counted.
const maxTold = 200

// notUnderstood lists the cells that stop the import.
func (a *app) notUnderstood(problems []workbook.Problem) {
	for _, p := range problems[:min(len(problems), maxTold)] {
		fmt.Fprintln(a.Stderr, typeset.Inert(a.say("%s：%s", "%s: %s", p.Cell, p.Message)))
	}
	a.code = NotCompliant
	fmt.Fprintln(a.Stderr, a.say("hegui: 什么都没有写，看不懂的有 %d 处", "hegui: nothing was written: cells not understood: %d", len(problems)))
}

func unsigned(b *assess.Workbook) error {
	if b.Name != "" {
		return fault("%q 没有写评估岗位：用 --by，或填在工作簿总览里", "the assessor's post is not stated in %q: use --by, or the workbook's overview", b.Name)
	}
	return fault("没有写评估岗位：用 --by，或填在工作簿总览里", "the assessor's post is not stated: use --by, or the workbook's overview")
}

// returned reads the workbooks of files and folders, one by one.
func (a *app) returned(ctx context.Context, args []string, options importing, today string) (books []*assess.Workbook, problems []workbook.Problem, err error) {
	files, err := a.workbooks(args)
	if err != nil {
		return nil, nil, err
	}
	for _, file := range files {
		data, err := a.readWorkbook(file.name)
		if err != nil {
			return nil, nil, err
		}
		r, found, err := workbook.Read(ctx, data)
		if index := (*workbook.UnreadableError)(nil); errors.As(err, &index) && file.listed {
			a.note("跳过 %q：%s", "skipped %q: %s", file.name, index.Text)
			continue
		}
		if err != nil {
			return nil, nil, a.refused(file.name, err)
		}
		b := &assess.Workbook{Returned: r, By: first(options.by, r.By.Value), On: first(options.on, r.On.Value, today)}
		if len(files) > 1 {
			b.Name = file.name
		}
		problems = append(problems, a.inputs(b, options, found, today)...)
		books = append(books, b)
	}
	return books, problems, nil
}

// inputs are the problems of a workbook's cells, with those of its overview unless a
// flag states the same.
func (a *app) inputs(b *assess.Workbook, options importing, found []workbook.Problem, today string) []workbook.Problem {
	for _, note := range b.Notes {
		a.note("%s", "%s", note)
	}
	if options.by == "" {
		found = append(slices.Clone(b.Returned.By.Problems), found...)
	}
	if options.on == "" {
		found = append(slices.Clone(b.Returned.On.Problems), found...)
		switch on := b.Returned.On; {
		case on.Lost && len(b.Answers) > 0:
			found = append(found, workbook.Problem{Cell: a.say("总览", "Overview"), Message: lang.Say("填评估日期的格子不见了：用 --on 写明", "the cell for the day of the examination is gone: state it with --on")})
		case on.Value > today:
			found = append(found, workbook.Problem{Cell: on.Cell, Message: lang.Say("评估日期 %s 在今天（%s）之后：写已经过去的日期", "the day of the examination, %s, is after today, %s: state a day that has been", on.Value, today)})
		}
	}
	for i := range found {
		found[i].Cell = b.Place(found[i].Cell)
	}
	return found
}

// workbookFile is a workbook to take back; listed is set where its folder was named.
type workbookFile struct {
	name   string
	listed bool
}

// workbooks are the files that are named, and those in the folders that are, by name.
func (a *app) workbooks(args []string) ([]workbookFile, error) {
	var out []workbookFile
	for _, arg := range args {
		info, err := os.Stat(a.abs(arg))
		if err != nil {
			return nil, fault("工作簿 %q 打不开：%v", "the workbook %q cannot be opened: %v", arg, reason(err))
		}
		if !info.IsDir() {
			out = append(out, workbookFile{name: arg})
			continue
		}
		before := len(out)
		err = fs.WalkDir(os.DirFS(a.abs(arg)), ".", func(name string, entry fs.DirEntry, err error) error {
			// A program that has a workbook open lays a file beside it that is none.
			if err == nil && entry.Type().IsRegular() && strings.EqualFold(path.Ext(name), ".xlsx") && !strings.HasPrefix(path.Base(name), "~$") {
				out = append(out, workbookFile{name: filepath.Join(arg, filepath.FromSlash(name)), listed: true})
			}
			return err
		})
		if err != nil {
			return nil, fault("目录 %q 读不了：%v", "the folder %q cannot be read: %v", arg, reason(err))
		}
		if len(out) == before {
			return nil, fault("目录 %q 里没有工作簿（.xlsx）", "the folder %q holds no workbook (.xlsx)", arg)
		}
	}
	return out, nil
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

// assessed audits the platforms as they are on disk, with the facts that verdicts are
// pinned to.
func (a *app) assessed(ctx context.Context) (*assess.Import, string, error) {
	p, err := a.open()
	if err != nil {
		return nil, "", err
	}
	if p.repo != nil {
		return nil, "", fault("结论只能写进工作目录：去掉 --rev", "verdicts are written into the working tree: leave --rev out")
	}
	im := &assess.Import{Tree: p.tree}
	if im.Rulebook, err = a.loadRulebook(p); err != nil {
		return nil, "", err
	}
	im.Rulebook = im.Rulebook.On(calendar.On(a.Now()))
	auditor := &audit.Auditor{Tree: p.tree, Rulebook: im.Rulebook, AsOf: calendar.On(a.Now()), Jobs: 1, Pin: true}
	platforms, failures := auditor.Run(ctx, nil)
	if err := ctx.Err(); err != nil {
		return nil, "", err
	}
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

// carryOut writes all the files, or none in a dry run, and then prints what has
// changed: a reader who closes the pipe stops no writing.
func (a *app) carryOut(plan *assess.Plan, dir string, dry bool) error {
	if len(plan.Files) == 0 {
		_, err := fmt.Fprintln(a.Stdout, a.say("没有要改的", "there is nothing to change"))
		return err
	}
	if !dry {
		if err := layFiles(plan.Files, dir); err != nil {
			return err
		}
	}
	for _, f := range plan.Files {
		fmt.Fprintln(a.Stdout, a.say("%s：%s，%d 条不变", "%s: %s, %d stay", f.Path, lang.Count(len(f.Changes), "条要改", "entry changes", "entries change"), f.Unchanged))
		for _, change := range f.Changes {
			if !a.flags.quiet {
				fmt.Fprintln(a.Stdout, "  "+typeset.Inert(change.In(a.lang)))
			}
		}
	}
	return nil
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
