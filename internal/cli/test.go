package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"hegui/internal/mutation"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

func (a *app) testCommand() *cobra.Command {
	var mutate bool
	var format string
	c := &cobra.Command{
		Use:   "test [DIR]",
		Short: a.say("运行规则库里每个检查项的样例，或做变异测试", "run the examples of every check in the rulebook, or mutation"),
		Long: a.say(`编译规则库，运行每个检查项的样例：正例要通过，反例要恰好在所写的位置不通过。有缺陷时退出码 2。
--mutate 把合规基线里的每个事实逐一删除、清空、说反、变旧、超限，列出模式和检查项都没有察觉的变异；
有未经审查（checks/survivors.yaml）的存活变异时退出码 1。`,
			`Compiles the rulebook and runs the examples of every check: good ones must pass, bad ones must fail exactly where they say. A defect exits with 2.
--mutate removes, empties, falsifies, ages and exceeds each fact of the compliant baselines, one at a time, and lists what neither a schema nor
a check notices. A survivor that nobody has reviewed (checks/survivors.yaml) exits with 1.`),
		Args: between(0, 1),
		RunE: func(c *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return fault("--format %q 不认识：可用 text、json", "--format %q is unknown: want text or json", format)
			}
			tree, err := a.rulebookToTest(args)
			if err != nil {
				return err
			}
			if mutate {
				return a.mutate(c.Context(), tree, format)
			}
			return a.test(tree)
		},
	}
	c.Flags().BoolVar(&mutate, "mutate", false, a.say("变异测试", "mutation"))
	c.Flags().StringVar(&format, "format", "text", a.say("变异结果的格式：text 或 json", "format of the mutation's result: text or json"))
	return c
}

func (a *app) test(tree source.Tree) error {
	book, err := rulebook.Load(tree, a.flags.overlays...)
	if err != nil {
		return err
	}
	ran, defects := book.Test()
	// An overlay that is not in force must be valid as well.
	for _, name := range rulebook.Overlays(tree) {
		overlaid, err := rulebook.Load(tree, name)
		if err != nil {
			return err
		}
		_, found := overlaid.TestAdded()
		defects = append(defects, found...)
	}
	if len(defects) > 0 {
		return defects.Sort()
	}
	_, err = fmt.Fprintln(a.Stdout, a.say("%d 个检查项的 %[2]d 个样例全部符合预期", "all %[2]d examples of %[1]d checks behave as they should", len(book.Checks), ran))
	return err
}

func (a *app) mutate(ctx context.Context, tree source.Tree, format string) error {
	book, err := rulebook.Load(tree, a.flags.overlays...)
	if err != nil {
		return err
	}
	r, err := mutation.Run(ctx, book, runtime.GOMAXPROCS(0))
	if err != nil {
		return fault("变异测试失败：%v", "the mutation failed: %v", reason(err))
	}
	if len(r.Surviving)+len(r.Stale) > 0 {
		a.code = NotCompliant
	}
	if format == "json" {
		encoder := json.NewEncoder(a.Stdout)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(r)
	}
	return a.tellMutants(r)
}

func (a *app) tellMutants(r *mutation.Result) error {
	for _, m := range r.Surviving {
		fmt.Fprintln(a.Stdout, a.say("存活：%s", "survives: %s", m.Text()))
	}
	for _, key := range r.Stale {
		fmt.Fprintln(a.Stdout, a.say("审查清单已过时：%s", "reviewed, yet noticed or gone: %s", key))
	}
	for _, id := range r.Idle {
		fmt.Fprintln(a.Stdout, a.say("没有变异能让它失败：%s", "no mutant fails it: %s", id))
	}
	_, err := fmt.Fprintln(a.Stdout, a.say("共 %d 个变异，察觉 %d 个，存活 %d 个，经审查存活 %d 个", "%d mutants: %d killed, %d surviving, %d reviewed",
		r.Total, r.Killed, len(r.Surviving), len(r.Reviewed)))
	return err
}

// rulebookToTest is the folder named, else that of --rulebook or of the
// repository, else the built-in one.
func (a *app) rulebookToTest(args []string) (source.Tree, error) {
	if len(args) == 1 {
		return a.openDir(args[0])
	}
	p, err := a.open()
	if err != nil {
		return nil, err
	}
	tree, _, err := a.rulebookTree(p)
	return tree, err
}
