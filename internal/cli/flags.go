package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// flags are those that several commands share.
type flags struct {
	repo, rulebook, asOf, lang string
	audience                   string
	overlays, reports          []string
	jobs                       int
	noColor, quiet             bool
}

func (a *app) commonFlags(root *cobra.Command) {
	f := root.PersistentFlags()
	f.StringVarP(&a.flags.repo, "repo", "C", "", a.say("仓库目录（缺省：本目录或其上第一个含 platforms/ 的目录）", "repository (default: the first folder from here upwards that holds platforms/)"))
	f.StringVar(&a.flags.rulebook, "rulebook", "", a.say("规则库目录，内含 schemas/ 和 checks/", "folder of the rulebook, which holds schemas/ and checks/"))
	f.StringArrayVar(&a.flags.overlays, "overlay", nil, a.say("启用 checks/overlays/ 下的叠加，可重复", "switch on an overlay of checks/overlays/, repeatable"))
	f.StringVar(&a.flags.lang, "lang", "", a.say("语言：zh 或 en（缺省看 LC_ALL、LC_MESSAGES、LANG）", "language: zh or en (default from LC_ALL, LC_MESSAGES, LANG)"))
	f.BoolVar(&a.flags.noColor, "no-color", false, a.say("不用颜色", "no colours"))
	f.BoolVarP(&a.flags.quiet, "quiet", "q", false, a.say("只输出问题", "print findings only"))
}

func (a *app) judgingFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&a.flags.asOf, "as-of", "", a.say("按哪一天判断，YYYY-MM-DD（缺省：上海时间的今天）", "the day to judge on, YYYY-MM-DD (default: today in Shanghai)"))
	f.StringArrayVar(&a.flags.reports, "report", nil, a.say("报告 格式[=文件]，可重复（缺省 text）", "report FORMAT[=PATH], repeatable (default text)"))
	f.StringVar(&a.flags.audience, "audience", string(results.Internal), a.say("给谁看：public、internal 或 assessor", "who will read it: public, internal or assessor"))
	f.IntVar(&a.flags.jobs, "jobs", runtime.GOMAXPROCS(0), a.say("同时检查的平台数（缺省：处理器数）", "platforms judged at a time (default: one per processor)"))
	// Help and manual must not differ from machine to machine.
	f.Lookup("jobs").DefValue = "0"
}

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
			return "", fault("-C %q 不是目录", "-C %q is no folder", a.flags.repo)
		}
		return dir, nil
	}
	for dir := a.Dir; ; dir = filepath.Dir(dir) {
		if isDir(filepath.Join(dir, audit.PlatformsDir)) {
			return dir, nil
		}
		if exists(filepath.Join(dir, ".git")) || dir == filepath.Dir(dir) {
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

// openRepo opens the tree that -C or the search for platforms/ finds.
func (a *app) openRepo() (source.Tree, string, error) {
	dir, err := a.repoDir()
	if err != nil {
		return nil, "", err
	}
	tree, err := source.OpenDir(dir)
	if err != nil {
		return nil, "", fault("仓库目录打不开：%v", "the repository cannot be opened: %v", unpathed(err))
	}
	return tree, dir, nil
}

// openRulebook picks the tree of the rulebook. own tells that it is not just
// the built-in one.
func (a *app) openRulebook(repo source.Tree) (tree source.Tree, own bool, err error) {
	if a.flags.rulebook == "" {
		tree, own = rulebook.Choose(repo, a.Builtin)
		return tree, own, nil
	}
	tree, err = a.openDir(a.flags.rulebook)
	return tree, true, err
}

// openDir opens a rulebook's folder.
func (a *app) openDir(name string) (source.Tree, error) {
	tree, err := source.OpenDir(a.abs(name))
	if err != nil {
		return nil, fault("规则库目录 %q 打不开：%v", "the rulebook %q cannot be opened: %v", name, unpathed(err))
	}
	return tree, nil
}

// loadRulebook loads the rulebook and, unless it is the built-in one, which
// this repository's tests hold to its examples, runs its examples.
func (a *app) loadRulebook(repo source.Tree) (*rulebook.Rulebook, error) {
	tree, own, err := a.openRulebook(repo)
	if err != nil {
		return nil, err
	}
	book, err := rulebook.Load(tree, a.flags.overlays...)
	if err != nil || !own || rulebook.Same(tree, a.Builtin) {
		return book, err
	}
	if _, defects := book.Test(); len(defects) > 0 {
		return nil, defects
	}
	return book, nil
}

func (a *app) audience() (results.Audience, error) {
	audience := results.Audience(a.flags.audience)
	if !slices.Contains(results.Audiences(), audience) {
		return "", fault("--audience %q 不认识：可用 public、internal、assessor", "--audience %q is unknown: want public, internal or assessor", a.flags.audience)
	}
	return audience, nil
}

func (a *app) asOf() (calendar.Date, error) {
	if a.flags.asOf == "" {
		return calendar.On(a.Now()), nil
	}
	d, err := calendar.ParseDate(a.flags.asOf)
	if err != nil || d.String() != a.flags.asOf {
		return d, fault("--as-of %q 不是日期：要写 YYYY-MM-DD", "--as-of %q is no date: want YYYY-MM-DD", a.flags.asOf)
	}
	return d, nil
}
