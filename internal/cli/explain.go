package cli

import (
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"hegui/internal/handbook"
	"hegui/internal/reference"
	"hegui/internal/rulebook"
	"hegui/internal/term"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain CHECK|CLAUSE|FIELD|TOPIC|SOURCE|FINDING|WORD",
		Short: a.say("说明一个检查项、条款、字段、依据或问题：要什么、为什么、出处、正反例", "what a check, clause, field, source or finding wants, why, its source, a good and a bad example"),
		Long: a.say("说明一个检查项：标题、条款、各级严重程度和限值、依据及其可信度、理由、整改办法、正反例、能否豁免；或一个条款：摘要、分值和它的检查项；或一个专题、一个字段（专题名加键名，以点相连）：写什么、怎么写、哪些检查项在哪一级读取；或一份文件、一条条文（如 csl-2025、csl-2025/23.2）：要求什么、约束谁、何时有效、可信度和据此的检查项；或 hegui 自己报告的问题，如 document.syntax 或整类 document；或检查语言里的函数、部分和关键字，如 recent、x-ref。其他的词在全部内容里按中英文查找。",
			"Explains a check: title, clauses, severity and limits by level, what they rest on and how well that is known, reason, remedy, examples, whether it can be waived; or a clause: summary, points and its checks; or a topic or a field, its keys joined by dots: what is written there, how, and which checks read it at which levels; or an instrument or an article, such as csl-2025 or csl-2025/23.2: what it demands, of whom, when it is in force, how well it is known and what rests on it; or a finding that hegui itself reports, such as document.syntax, or all of document; or a function, a part or a keyword of the check language, such as recent or x-ref. Other words are looked for in all of it, in Chinese and English."),
		Example: "  hegui explain backups.offsite-copy --lang zh\n  hegui explain 4.4.2\n  hegui explain csl-2025/23.2\n  hegui explain verdict.lapsed\n  hegui explain recent\n  hegui explain backup",
		Args:    between(1, 1),
		RunE:    func(_ *cobra.Command, args []string) error { return a.explain(args[0]) },
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			return a.ruleIDs(args), cobra.ShellCompDirectiveNoFileComp
		},
	}
}

func (a *app) explain(id string) error {
	book, err := a.openBook()
	if err != nil {
		return err
	}
	err = handbook.Explain(a.Stdout, book, id, a.handbookOptions())
	var unknown *handbook.UnknownError
	if errors.As(err, &unknown) {
		return &message{unknown.Text()}
	}
	return err
}

// openBook loads the rulebook that applies here.
func (a *app) openBook() (*rulebook.Rulebook, error) {
	p, err := a.open()
	if err != nil {
		return nil, err
	}
	return a.loadRulebook(p)
}

func (a *app) handbookOptions() handbook.Options {
	return handbook.Options{Language: a.lang, Width: a.Width}
}

// ruleIDs are what a shell may complete; a rulebook that does not load has
// none.
func (a *app) ruleIDs(args []string) []string {
	book, err := a.openBook()
	if err != nil || len(args) > 0 {
		return nil
	}
	var ids []string
	for i := range book.Regulation.Clauses {
		ids = append(ids, book.Regulation.Clauses[i].ID)
	}
	for _, check := range book.Checks {
		ids = append(ids, check.ID)
	}
	ids = slices.Concat(ids, handbook.FieldPaths(book), book.SourceIDs(), term.OwnIDs())
	return append(ids, reference.Names()...)
}
