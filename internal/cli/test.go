package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"hegui/internal/rulebook"
	"hegui/internal/source"
)

func (a *app) testCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "test [DIR]",
		Short: a.say("运行规则库里每条规则的样例", "run the examples of every check in the rulebook"),
		Long: a.say("编译规则库，运行每条规则的样例：正例要通过，反例要恰好在所写的位置不通过。有缺陷时退出码 2。",
			"Compiles the rulebook and runs the examples of every check: good ones must pass, bad ones must fail exactly where they say. A defect exits with 2."),
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.test(args) },
	}
}

func (a *app) test(args []string) error {
	tree, err := a.rulebookToTest(args)
	if err != nil {
		return err
	}
	book, err := rulebook.Load(tree, a.flags.overlays...)
	if err != nil {
		return err
	}
	ran, defects := book.Test()
	// An overlay that nobody has switched on must hold together all the same.
	for _, name := range rulebook.Overlays(tree) {
		overlaid, err := rulebook.Load(tree, name)
		if err != nil {
			return err
		}
		_, found := overlaid.Test()
		defects = append(defects, found...)
	}
	if len(defects) > 0 {
		return defects.Sort()
	}
	_, err = fmt.Fprintln(a.Stdout, a.say("%d 条规则的 %[2]d 个样例全部符合预期", "all %[2]d examples of %[1]d checks behave as they should", len(book.Checks), ran))
	return err
}

// rulebookToTest is the folder named, else that of --rulebook or of the
// repository, else the built-in one.
func (a *app) rulebookToTest(args []string) (source.Tree, error) {
	if len(args) == 1 {
		return a.openDir(args[0])
	}
	repo, _, err := a.openRepo()
	if err != nil {
		return nil, err
	}
	tree, _, err := a.openRulebook(repo)
	return tree, err
}
