package cli

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"hegui/internal/lang"
)

// between accepts at least and at most so many arguments, and otherwise says how many
// there must be.
func between(least, most int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		n := len(args)
		if least <= n && n <= most {
			return nil
		}
		want := lang.Say(" %d 个", "%d", least)
		switch {
		case most == 0:
			want = lang.Say(" 0 个", "none")
		case most == math.MaxInt:
			want = lang.Say("至少 %d 个", "at least %d", least)
		case least < most:
			want = lang.Say("至多 %d 个", "at most %d", most)
		}
		return fault("参数个数不对：要%s，写了 %d 个；用法：%s", "wrong number of arguments: want %s, found %d; usage: %s", want, n, c.CommandPath()+strings.TrimPrefix(c.Use, c.Name()))
	}
}

// wrongFlag says what is wrong with how a flag is written.
func wrongFlag(err error) error {
	var value *pflag.InvalidValueError
	var bare *pflag.ValueRequiredError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &value):
		return fault("--%s 的值 %q 不对：要写%s", "--%s %q is not valid: want %s", value.GetFlag().Name, value.GetValue(), kindOf(value.GetFlag()))
	case errors.As(err, &bare):
		return fault("--%s 后面没有写值", "--%s states no value", bare.GetSpecifiedName())
	case errors.As(err, &syntax):
		return fault("参数 %q 的写法不对：要写 --名称 或 --名称=值", "the flag %q is not well formed: want --name or --name=value", syntax.GetSpecifiedFlag())
	}
	return fault("参数有误：%v", "%v", err)
}

// kindOf is what a flag's value must be.
func kindOf(f *pflag.Flag) lang.Text {
	switch f.Value.Type() {
	case "int":
		return lang.Say("整数", "a whole number")
	case "bool":
		return lang.Say(" true 或 false", "true or false")
	}
	return lang.Say("文字", "a text")
}

// speakHelp puts into the reader's words what the library writes into help by
// itself: the kinds of values and their defaults.
func (a *app) speakHelp(root *cobra.Command) {
	library := root.HelpFunc()
	root.SetHelpFunc(func(c *cobra.Command, args []string) {
		var page bytes.Buffer
		c.SetOut(&page)
		library(c, args)
		c.SetOut(a.Stdout)
		_, _ = fmt.Fprint(a.Stdout, a.spoken(page.String())) // a stream that fails is noticed by itself
	})
}

// spoken keeps the columns: a Chinese character is as wide as two letters.
func (a *app) spoken(page string) string {
	kinds := strings.NewReplacer(" stringArray ", a.say(" 多个文字    ", " stringArray "), " string ", a.say(" 文字   ", " string "), " int ", a.say(" 数  ", " int "))
	page = regexp.MustCompile(`(?m)^(\s+(?:-\w, )?\s*--[\w-]+ )(stringArray|string|int)( )`).ReplaceAllStringFunc(page, kinds.Replace)
	return regexp.MustCompile(` \(default "?([^")]*)"?\)`).ReplaceAllString(page, a.say("（缺省 $1）", " (default $1)"))
}

// completion says in both languages what the library says of its scripts.
func (a *app) completion(root *cobra.Command) {
	root.InitDefaultCompletionCmd("completion", "--help") // anything that asks for it
	for _, c := range root.Commands() {
		if c.Name() != "completion" {
			continue
		}
		c.Short = a.say("生成命令行补全脚本", "write a script that completes commands in a shell")
		c.Long = c.Short
		c.Use = "completion SHELL"
		for _, shell := range c.Commands() {
			shell.Short = a.say("%s 的补全脚本", "the script for %s", shell.Name())
			shell.Long = a.say("把 %s 的补全脚本写到标准输出。放到哪里，见该 shell 的说明；只在本次会话里用：\n\n%s", "Writes the script for %s to the standard output. Where it goes is in the shell's manual; for this session only:\n\n%s",
				shell.Name(), session(shell.Name()))
			shell.Args = between(0, 0)
			if f := shell.Flags().Lookup("no-descriptions"); f != nil {
				f.Usage = a.say("补全时不带说明", "complete without descriptions")
			}
		}
	}
}

// explained makes every command that only has subcommands print its help, and refuse an
// unknown subcommand, which the library would answer with help and exit code 0.
func explained(c *cobra.Command) {
	for _, below := range c.Commands() {
		explained(below)
	}
	if c.HasParent() && c.HasSubCommands() && !c.Runnable() {
		c.Args = cobra.ArbitraryArgs
		c.RunE = func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return c.Help()
			}
			return notBelow(c, args[0])
		}
	}
}

// bare keeps the library from adding "[flags]" to usage lines: the template does.
func bare(c *cobra.Command) {
	c.DisableFlagsInUseLine = true
	for _, below := range c.Commands() {
		bare(below)
	}
}

// session is the line that loads the completion script into a running shell.
func session(shell string) string {
	switch shell {
	case "fish":
		return "  hegui completion fish | source"
	case "powershell":
		return "  hegui completion powershell | Out-String | Invoke-Expression"
	}
	return "  source <(hegui completion " + shell + ")"
}
