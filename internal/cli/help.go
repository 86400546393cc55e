package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

// help puts what cobra says by itself into the reader's language.
func (a *app) help(root *cobra.Command) {
	root.SetUsageTemplate(strings.NewReplacer(
		"Usage:{{if .Runnable}}", a.say("用法：", "Usage:")+"{{if and .Runnable (not .HasAvailableSubCommands)}}",
		"Aliases:", a.say("别名：", "Aliases:"),
		"Examples:", a.say("示例：", "Examples:"),
		"Available Commands:", a.say("命令：", "Commands:"),
		"Global Flags:", a.say("各命令通用的参数：", "Flags of every command:"),
		"Flags:", a.say("参数：", "Flags:"),
		"{{.UseLine}}", "{{.UseLine}}{{if .HasAvailableFlags}}"+a.say(" [参数]", " [flags]")+"{{end}}",
		"{{.CommandPath}} [command]{{end}}", "{{.CommandPath}} "+a.say("命令", "[command]")+"{{end}}",
		`Use "{{.CommandPath}} [command] --help" for more information about a command.`,
		a.say(`“{{.CommandPath}} 命令 --help”说明一个命令。`, `"{{.CommandPath}} [command] --help" explains a command.`),
	).Replace(root.UsageTemplate()))
	root.PersistentFlags().BoolP("help", "h", false, a.say("说明命令", "explain the command"))
	root.Flags().BoolP("version", "v", false, a.say("打印版本", "print the version"))
	root.SetFlagErrorFunc(unknownFlag)
	root.DisableSuggestions = true // they are ours
	root.SetHelpCommand(&cobra.Command{
		Use:   "help [COMMAND]",
		Short: a.say("说明一个命令", "explain a command"),
		RunE: func(c *cobra.Command, args []string) error {
			found, _, err := c.Root().Find(args)
			if err != nil {
				return err
			}
			return found.Help()
		},
	})
}
