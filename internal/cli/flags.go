package cli

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/finding"
	"hegui/internal/form"
	"hegui/internal/lang"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/source"
	"hegui/internal/term"
)

// flags are those that several commands share.
type flags struct {
	repo, rulebook, asOf, lang string
	rev                        string
	audience, shard            string
	overlays, reports          []string
	jobs                       int
	severity, group            string
	limit                      int
	statistics                 bool
	noColor, quiet, pretty     bool
	facts, verbose             bool
}

func (a *app) commonFlags(root *cobra.Command) {
	f := root.PersistentFlags()
	f.StringVarP(&a.flags.repo, "repo", "C", "", a.say("仓库目录（缺省：本目录或其上第一个含 platforms/ 的目录）", "repository (default: the first folder from here upwards that holds platforms/)"))
	f.StringVar(&a.flags.rev, "rev", "", a.say("读哪个 git 版本：分支、标签、提交（缺省：磁盘上的文件）", "the git revision to read: branch, tag, commit (default: the files on disk)"))
	f.StringVar(&a.flags.rulebook, "rulebook", "", a.say("规则库目录，内含 schemas/ 和 checks/", "folder of the rulebook, which holds schemas/ and checks/"))
	f.StringArrayVar(&a.flags.overlays, "overlay", nil, a.say("启用 checks/overlays/ 下的叠加，可重复", "switch on an overlay of checks/overlays/, repeatable"))
	f.StringVar(&a.flags.lang, "lang", "", a.say("语言：zh 或 en（缺省看 LC_ALL、LC_MESSAGES、LANG）", "language: zh or en (default from LC_ALL, LC_MESSAGES, LANG)"))
	f.BoolVar(&a.flags.noColor, "no-color", false, a.say("不用颜色", "no colours"))
	f.BoolVarP(&a.flags.quiet, "quiet", "q", false, a.say("只输出问题", "print findings only"))
}

func (a *app) judgingFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&a.flags.asOf, "as-of", "", a.say("按哪一天判断，YYYY-MM-DD（缺省：上海时间的今天；有 --rev 时是该版本的提交日）", "the day to judge on, YYYY-MM-DD (default: today in Shanghai, a revision's own day with --rev)"))
	f.StringVar(&a.flags.audience, "audience", "", a.say("给谁看：public、internal 或 assessor（缺省 internal；在终端上看磁盘上的文件，什么都不隐去）",
		"who will read it: public, internal or assessor (default internal; on a terminal nothing of the files on disk is hidden)"))
	a.reportFlags(c)
}

// reportFlags are those of every command that writes reports of a run.
func (a *app) reportFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringArrayVar(&a.flags.reports, "report", nil, a.say("报告 格式[=文件]，可重复（缺省 text）", "report FORMAT[=PATH], repeatable (default text)"))
	f.BoolVar(&a.flags.pretty, "pretty", false, a.say("给程序的报告也换行缩进，便于人看", "break and indent the lines of reports for programs as well"))
	f.BoolVarP(&a.flags.verbose, "verbose", "v", false, a.say("在标准错误上说明时间用在哪里", "say on the standard error where the time went"))
	f.IntVar(&a.flags.jobs, "jobs", runtime.GOMAXPROCS(0), a.say("同时评定的平台数（缺省：处理器数）", "platforms judged at a time (default: one per processor)"))
	// Help and manual must not differ from machine to machine.
	f.Lookup("jobs").DefValue = "0"
}

// viewFlags are those that choose what the text lists; verdict, score and exit code
// do not depend on them.
func (a *app) viewFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&a.flags.severity, "severity", "", a.say("文字报告里至少列到哪一级：blocker、major、minor 或 advisory（缺省全部）；不影响结论", "the least severity that the text lists: blocker, major, minor or advisory (default: all); no verdict depends on it"))
	f.IntVar(&a.flags.limit, "limit", 0, a.say("文字报告里每个平台至多列几组问题，0 为全部（缺省：终端上以一屏为限，否则全部）", "how many groups of equal findings the text lists of a platform, 0 for all (default: what fits the terminal, else all)"))
	f.StringVar(&a.flags.group, "group", "", a.say("文字报告里问题的归类：file、clause 或 severity（缺省只按严重程度排序）", "put the findings of the text together by file, clause or severity (default: in order of severity)"))
	f.BoolVar(&a.flags.statistics, "statistics", false, a.say("文字报告末尾列出每个检查项有几个问题", "list at the end of the text how many findings each check has"))
}

// view is what the flags ask the text to list.
func (a *app) view() (v report.View, err error) {
	v = report.View{Limit: a.flags.limit, Fit: !a.limited, Group: a.flags.group, Statistics: a.flags.statistics, Files: a.files}
	known := false
	if v.Severity, known = finding.ParseSeverity(a.flags.severity); !known && a.flags.severity != "" {
		return v, fault("--severity %q 不认识：%s", "--severity %q is unknown: %s", a.flags.severity, wants(a.flags.severity, severities(), term.Severities().Text))
	}
	if v.Group != "" && !slices.Contains(report.Groups(), v.Group) {
		return v, fault("--group %q 不认识：%s", "--group %q is unknown: %s", v.Group, wants(v.Group, report.Groups(), groupName))
	}
	if a.flags.limit < 0 {
		return v, fault("--limit 至少是 0", "--limit must be at least 0")
	}
	return v, nil
}

// given rejects what is stated and empty: a variable that is not set must not
// choose what a flag left out chooses.
func given(c *cobra.Command, args []string) (err error) {
	if c.DisableFlagParsing {
		return nil // a shell asks for completions
	}
	c.Flags().Visit(func(f *pflag.Flag) {
		values := []string{f.Value.String()}
		if several, ok := f.Value.(pflag.SliceValue); ok {
			values = several.GetSlice()
		}
		if err == nil && slices.ContainsFunc(values, blank) {
			err = fault("--%s 写了却是空的：写上值，或去掉这个参数", "--%s is given and empty: state its value, or leave the flag out", f.Name)
		}
	})
	if err == nil && slices.ContainsFunc(args, blank) {
		err = fault("有一个参数是空的：写上值，或去掉它", "an argument is empty: state it, or leave it out")
	}
	return err
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }

// abs is a path as the user meant it, from the working directory.
func (a *app) abs(path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(a.Dir, path)
}

// repoDir is -C, else the nearest folder upwards that holds platforms/. The
// search stops at the repository's own edge.
func (a *app) repoDir() (string, error) {
	if a.flags.repo != "" {
		dir := a.abs(a.flags.repo)
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return "", fault("-C %q 不是目录", "-C %q is not a folder", a.flags.repo)
		}
		return dir, nil
	}
	for dir := a.Dir; ; dir = filepath.Dir(dir) {
		if isDir(filepath.Join(dir, audit.PlatformsDir)) {
			return dir, nil
		}
		if exists(filepath.Join(dir, ".git")) {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return a.Dir, nil
		}
	}
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// rulebookDir is the rulebook's folder in the tree of a place. inside is false
// for a --rulebook outside it, which is the same for every revision.
func (a *app) rulebookDir(p *place) (name string, inside bool) {
	if a.flags.rulebook == "" {
		return ".", true
	}
	rel, err := filepath.Rel(realPath(p.dir), realPath(a.abs(a.flags.rulebook)))
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// rulebookTree picks the tree of the rulebook. own reports whether it is not just
// the built-in one. A --rulebook inside a repository is read at the revision
// that is judged; of a change, a side without it has what it has otherwise.
func (a *app) rulebookTree(p *place) (tree source.Tree, own bool, err error) {
	name, inside := a.rulebookDir(p)
	switch {
	case a.flags.rulebook != "" && (p.repo == nil || !inside):
		tree, err = a.openDir(a.flags.rulebook)
		return tree, true, err
	case name != ".":
		if _, err := p.tree.Stat(name); !p.judged || !errors.Is(err, fs.ErrNotExist) {
			return rulebook.Own(source.Sub(p.tree, name), a.Builtin), true, nil // loading it reports what is wrong
		}
	}
	tree, own = rulebook.Choose(p.tree, a.Builtin)
	return tree, own, nil
}

// openDir opens a rulebook's folder.
func (a *app) openDir(name string) (source.Tree, error) {
	tree, err := source.OpenDir(a.abs(name))
	if err != nil {
		return nil, fault("规则库目录 %q 打不开：%v", "the rulebook %q cannot be opened: %v", name, reason(err))
	}
	return rulebook.Own(tree, a.Builtin), nil
}

// loadRulebook loads the rulebook and, unless it is the built-in one, which
// this repository's tests hold to its examples, runs its examples.
func (a *app) loadRulebook(p *place) (*rulebook.Rulebook, error) {
	tree, own, err := a.rulebookTree(p)
	if err != nil {
		return nil, err
	}
	book, err := rulebook.Load(tree, a.flags.overlays...)
	if err != nil {
		return nil, cmp.Or(lost(tree), err)
	}
	if !own || book.Same(a.Builtin) {
		return book, nil
	}
	if _, defects := book.Test(); len(defects) > 0 {
		return nil, defects
	}
	return book, nil
}

// lost is why files of a rulebook that exist cannot be read: then none of its defects
// is the rulebook's own.
func lost(tree source.Tree) error {
	return cmp.Or(source.Lost(tree, rulebook.SchemasDir), source.Lost(tree, rulebook.ChecksDir))
}

// audience is who will read the reports, unless they are shown to the owner.
func (a *app) audience() (results.Audience, error) {
	audience := cmp.Or(results.Audience(a.flags.audience), results.Internal)
	if !slices.Contains(results.Audiences(), audience) {
		return "", fault("--audience %q 不认识：%s", "--audience %q is unknown: %s", a.flags.audience, wants(a.flags.audience, audiences(), term.Audiences().Text))
	}
	return audience, nil
}

// severities are the words for the least severity to list, the gravest first.
func severities() (all []string) {
	for _, s := range finding.Severities() {
		all = append(all, s.String())
	}
	return all
}

func audiences() (all []string) {
	for _, one := range results.Audiences() {
		all = append(all, string(one))
	}
	return all
}

// groupName is what people call that by which findings are put together.
func groupName(group string) lang.Text {
	switch group {
	case report.ByFile:
		return lang.Say("文件", "file")
	case report.ByClause:
		return lang.Say("条款", "clause")
	}
	return lang.Say("严重程度", "severity")
}

// notDay is the error of a flag whose value is not a day.
func notDay(flag, text string) error {
	if day, ok := form.Date(text); ok && calendar.Sensible(day) {
		return fault("--%s %q 不是日期：写 %s", "--%s %q is not a date: write %s", flag, text, day)
	}
	return fault("--%s %q 不是日期：要写 YYYY-MM-DD，%d 至 %d 年", "--%s %q is not a date: want YYYY-MM-DD, %d to %d", flag, text, calendar.FirstYear, calendar.LastYear)
}

// asOf is the day of --as-of, else the given one.
func (a *app) asOf(otherwise calendar.Date) (calendar.Date, error) {
	if a.flags.asOf == "" {
		return otherwise, nil
	}
	d, ok := calendar.ParseDay(a.flags.asOf)
	if !ok {
		return d, notDay("as-of", a.flags.asOf)
	}
	return d, nil
}
