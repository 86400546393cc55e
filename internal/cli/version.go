package cli

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"hegui/internal/rulebook"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: a.say("版本和内置规则库", "version and built-in rulebook"),
		Args:  between(0, 0),
		RunE: func(*cobra.Command, []string) error {
			book, err := rulebook.Load(a.Builtin)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.Stdout, "hegui %s\n%s\n", a.Version, a.say("内置规则库 %s（%d 个检查项） %s", "built-in rulebook %s (%d checks) %s", book.Regulation.ID, len(book.Checks), book.Digest))
			return err
		},
	}
}

func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man DIR",
		Short: a.say("把手册页写到目录 DIR", "write the manual pages into DIR"),
		Args:  between(1, 1),
		RunE: func(c *cobra.Command, args []string) error {
			date := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
			// A fixed date keeps the pages the same from build to build.
			header := &doc.GenManHeader{Title: "HEGUI", Section: "1", Source: "hegui " + a.Version, Date: &date}
			if err := doc.GenManTree(c.Root(), header, a.abs(args[0])); err != nil {
				return fault("手册页写不出：%v", "the manual pages cannot be written: %v", reason(err))
			}
			return nil
		},
	}
}
