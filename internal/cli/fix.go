package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"hegui/internal/atomicfile"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/fix"
	"hegui/internal/lang"
	"hegui/internal/schema"
	"hegui/internal/source"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

func (a *app) fixCommand() *cobra.Command {
	var diff bool
	c := &cobra.Command{
		Use:   "fix [PATH|ID ...]",
		Short: a.say("改正只有一种改法的写法错误", "write right what can only have been meant one way"),
		Long: a.say(`改正平台描述里只有一种改法的写法：日期、时长、数值的形式，拼错的键，全角冒号、全角空格等看着像 YAML 的符号。
别的一概不动：注释、版面、键和值的取舍都照原样，不补没写的内容。要人来定的由 hegui check 列出。
退出码：0 没有可改的了；1 有：--diff 只看不写；2 运行失败（参数、规则库、文件写不了）。`,
			`Writes right what can only have been meant one way: the form of dates, periods and numbers, misspelt keys, full-width colons, blanks and other signs that only look like YAML's.
Nothing else is touched: comments, layout, what is stated and what is not. What takes a decision is listed by hegui check.
Exit codes: 0 nothing is left to fix; 1 something is, of which --diff shows and writes nothing; 2 the run failed (flags, rulebook, a file that cannot be written).`),
		Example: "  hegui fix --diff\n  hegui fix government-services",
		RunE:    func(c *cobra.Command, args []string) error { return a.fix(c.Context(), args, diff) },
	}
	c.Flags().BoolVar(&diff, "diff", false, a.say("只显示改动，什么都不写", "show the changes and write nothing"))
	return c
}

// fixing is one run of fix.
type fixing struct {
	*app
	*place
	diff                 bool
	changes, files, left int
}

func (a *app) fix(ctx context.Context, args []string, diff bool) error {
	if a.flags.rev != "" {
		return fault("hegui fix 改的是磁盘上的文件：去掉 --rev", "hegui fix changes the files on disk: leave --rev out")
	}
	p, err := a.open()
	if err != nil {
		return err
	}
	paths, err := a.platformPaths(p.tree, p.dir, args)
	if err != nil {
		return err
	}
	book, err := a.loadRulebook(p)
	if err != nil {
		return err
	}
	folders := audit.Discover(p.tree, paths)
	if len(folders) == 0 {
		return fault("没有平台：%s/ 下没有任何 platform.yaml", "no platforms: there is no platform.yaml below %s/", audit.PlatformsDir)
	}
	f := &fixing{app: a, place: p, diff: diff}
	schemas := append(book.Schemas.Topics(), book.Schemas.Find(audit.WaiversFile))
	auditor := &audit.Auditor{Tree: p.tree, Rulebook: book, AsOf: calendar.On(a.Now()), Jobs: 1}
	var failed []error
	for _, folder := range folders {
		beside := besideValues(ctx, auditor, folder)
		for _, s := range schemas {
			at := path.Join(folder.Path, s.Name+".yaml")
			failed = append(failed, f.file(s, at, beside[at]))
		}
	}
	f.sum()
	return errors.Join(failed...)
}

// besideValues are the findings with a certain edit that are not about how values
// are written, by file.
func besideValues(ctx context.Context, auditor *audit.Auditor, folder audit.Folder) map[string][]finding.Finding {
	out := map[string][]finding.Finding{}
	judged, _ := auditor.Judge(ctx, []audit.Folder{folder}) // what cannot be read is said where it is fixed
	for _, p := range judged {
		for _, f := range p.Findings {
			if f.Edit != nil && !term.FamilyOf(f.Check).Waits {
				out[f.Location.Path] = append(out[f.Location.Path], f)
			}
		}
	}
	return out
}

// file fixes one file, if there is one.
func (f *fixing) file(s *schema.Schema, at string, beside []finding.Finding) error {
	data, ok, err := f.read(at)
	if err != nil || !ok {
		return err
	}
	r := fix.File(s, at, data, beside...)
	if len(r.Changes) > 0 && !f.diff {
		if err := f.write(&r); err != nil {
			return err
		}
	}
	f.tell(&r)
	return nil
}

// read reads a file if there is one. What lies behind a link is not the
// platform's own.
func (f *fixing) read(at string) (data []byte, ok bool, err error) {
	entry, err := f.tree.Stat(at)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, false, nil
	case err == nil && entry.Kind != source.File:
		err = source.ErrNotRegular
	case err == nil:
		data, err = f.tree.Read(at, int64(document.DefaultLimits().Bytes))
	}
	if err != nil {
		return nil, false, fault("%s 没有改：%s", "%s was not fixed: %s", at, reason(err))
	}
	return data, true, nil
}

// write puts a fixed file into its place.
func (f *fixing) write(r *fix.Result) error {
	file, err := atomicfile.New(filepath.Join(f.dir, filepath.FromSlash(r.Path)))
	if err == nil {
		_, err = file.Write(r.New)
		if err == nil {
			err = file.Commit()
		}
		file.Discard()
	}
	if err != nil {
		return fault("%s 写不了，没有改：%s", "%s cannot be written and was not fixed: %s", r.Path, reason(err))
	}
	return nil
}

// tell prints what was, or would be, changed in a file.
func (f *fixing) tell(r *fix.Result) {
	f.left += r.Left
	if len(r.Changes) == 0 {
		return
	}
	f.files++
	f.changes += len(r.Changes)
	if f.diff {
		_, _ = io.WriteString(f.Stdout, typeset.InertLines(r.Diff())) // Main sees what is lost
		return
	}
	for _, c := range r.Changes {
		fmt.Fprintln(f.Stdout, typeset.Inert(fmt.Sprintf("%s:%d:%d: %s [%s]", r.Path, c.Line, c.Column,
			document.Quote(c.From)+" → "+document.Quote(c.To), c.Check)))
	}
}

// sum says what was done, and what is left.
func (f *fixing) sum() {
	left := lang.Say("写法没有别的问题：其余的看 hegui check", "nothing else is written wrongly: hegui check shows the rest")
	if f.left > 0 {
		left = lang.Say("还有 %s要人来定：看 hegui check", "%s left to decide: see hegui check", lang.Count(f.left, "处写法", "slip", "slips"))
	}
	done := lang.Say("%s，在 %s里", "%s in %s", lang.Count(f.changes, "处", "place", "places"), lang.Count(f.files, "个文件", "file", "files"))
	switch {
	case f.changes == 0:
		f.close("没有可改的；%s", "nothing to fix; %s", left)
	case f.diff:
		f.code = NotCompliant
		f.close("可改 %s；%s", "to fix: %s; %s", done, left)
	default:
		f.close("改了 %s；%s", "fixed: %s; %s", done, left)
	}
}

func (f *fixing) close(zh, en string, args ...any) {
	fmt.Fprintln(f.Stderr, f.say(zh, en, args...))
}
