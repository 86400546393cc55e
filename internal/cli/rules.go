package cli

import "github.com/spf13/cobra"

func (a *app) rulesCommand() *cobra.Command { return &cobra.Command{Use: "rules"} }
