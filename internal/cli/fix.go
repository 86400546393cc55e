package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"

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
	f := fixing{app: a}
	c := &cobra.Command{
		Use:   "fix [PATH|ID ...]",
		Short: a.say("改正只有一种改法的写法错误", "write right what can only have been meant one way"),
		Long: a.say(`改正平台描述里只有一种改法的写法：日期、时长、数值的形式，拼错的键，全角冒号、全角空格等看着像 YAML 的符号。
别的一概不动：注释、版面、键和值的取舍都照原样，不补没写的内容。要人来定的由 hegui check 列出。
写出文件名时只改这个文件。--order 另把每个映射的键按模式的次序排列，注释和空行随键走；次序不同不算问题，不加这个参数就不动。
退出码：0 没有可改的了；1 有：--diff 只看不写；2 运行失败（参数、规则库、文件写不了）。`,
			`Writes right what can only have been meant one way: the form of dates, periods and numbers, misspelt keys, full-width colons, blanks and other signs that only look like YAML's.
Nothing else is touched: comments, layout, what is stated and what is not. What takes a decision is listed by hegui check.
A file that is named is the only one touched. --order also puts the keys of each map into the schema's order, with their comments and blank lines; another order is no fault, and nothing is moved without the flag.
Exit codes: 0 nothing is left to fix; 1 something is, of which --diff shows and writes nothing; 2 the run failed (flags, rulebook, a file that cannot be written).`),
		Example: "  hegui fix --diff\n  hegui fix government-services\n  hegui fix platforms/government-services/backups.yaml --order",
		RunE:    func(c *cobra.Command, args []string) error { return f.run(c.Context(), args) },
	}
	c.Flags().BoolVar(&f.diff, "diff", false, a.say("只显示改动，什么都不写", "show the changes and write nothing"))
	c.Flags().BoolVar(&f.order, "order", false, a.say("键按模式的次序排列", "put keys into the order of the schema"))
	return c
}

// fixing is one run of fix.
type fixing struct {
	*app
	*place
	diff, order            bool
	changes, changed, left int
}

func (f *fixing) run(ctx context.Context, args []string) (err error) {
	if f.flags.rev != "" {
		return fault("hegui fix 改的是磁盘上的文件：去掉 --rev", "hegui fix changes the files on disk: leave --rev out")
	}
	if f.place, err = f.open(); err != nil {
		return err
	}
	paths, err := f.platformPaths(f.tree, f.dir, args)
	if err != nil {
		return err
	}
	book, err := f.loadRulebook(f.place)
	if err != nil {
		return err
	}
	folders := audit.Discover(f.tree, paths)
	if len(folders) == 0 {
		return fault("没有平台：%s/ 下没有任何 platform.yaml", "no platforms: there is no platform.yaml below %s/", audit.PlatformsDir)
	}
	schemas := append(book.Schemas.Topics(), book.Schemas.Find(audit.WaiversFile))
	if err := f.described(schemas); err != nil {
		return err
	}
	auditor := &audit.Auditor{Tree: f.tree, Rulebook: book, AsOf: calendar.On(f.Now()), Jobs: 1}
	var failed []error
	for _, folder := range folders {
		beside := besideValues(ctx, auditor, folder)
		for _, s := range schemas {
			if at := path.Join(folder.Path, s.Name+".yaml"); f.meant(folder.Path, at) {
				failed = append(failed, f.file(s, at, beside[at]))
			}
		}
	}
	f.sum()
	return errors.Join(failed...)
}

// described refuses a file that no schema describes: of it nobody knows what is
// right.
func (f *fixing) described(schemas []*schema.Schema) error {
	for _, named := range f.files {
		if !slices.ContainsFunc(schemas, func(s *schema.Schema) bool { return path.Base(named) == s.Name+".yaml" }) {
			return fault("%s 不是描述文件，hegui fix 不改它", "%s is not a description: hegui fix does not touch it", named)
		}
	}
	return nil
}

// meant reports whether a file of a platform is to be fixed: all of them, unless
// some are named.
func (f *fixing) meant(folder, at string) bool {
	return slices.Contains(f.files, at) || !slices.ContainsFunc(f.files, func(named string) bool { return path.Dir(named) == folder })
}

// besideValues are findings that carry a certain edit but are not about how a value is
// written, by file.
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
	if f.order {
		f.inOrder(s, &r)
	}
	if len(r.Changes) > 0 && !f.diff {
		if err := f.write(&r); err != nil {
			return err
		}
	}
	f.tell(&r)
	return nil
}

// inOrder puts the keys of a file into order too, and says where that cannot be.
func (f *fixing) inOrder(s *schema.Schema, r *fix.Result) {
	ordered, kept := fix.Order(s, r.Path, r.New)
	r.New, r.Changes = ordered.New, append(r.Changes, ordered.Changes...)
	for _, k := range kept {
		f.note("%s:%d:%d 的键没有重排：%s", "%s:%d:%d: the keys were not put into order: %s", r.Path, k.Line, k.Column, k.Why)
	}
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
	f.changed++
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
	done := lang.Say("%s，在 %s里", "%s in %s", lang.Count(f.changes, "处", "place", "places"), lang.Count(f.changed, "个文件", "file", "files"))
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
