package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"hegui/internal/rulebook"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: a.say("版本和内置规则库", "version and built-in rulebook"),
		Args:  between(0, 0),
		RunE: func(*cobra.Command, []string) error {
			book, err := rulebook.Identify(a.Builtin)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.Stdout, "hegui %s\n%s\n", a.Version, a.say("内置规则库 %s（%d 个检查项） %s", "built-in rulebook %s (%d checks) %s", book.Regulation, book.Checks, book.Digest))
			return err
		},
	}
}
