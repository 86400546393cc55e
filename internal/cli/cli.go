// Package cli is hegui's command line: flags, streams and exit codes around
// the packages that do the work.
package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/report"
	"hegui/internal/source"
	"hegui/internal/stopwatch"
	"hegui/internal/typeset"
)

// The exit codes are an API: CI distinguishes a platform that does not comply from a
// run that failed.
const (
	Compliant    = 0
	NotCompliant = 1
	Failed       = 2
)

// Env is everything that a run takes from outside.
type Env struct {
	Args           []string // without the program's name
	Stdout, Stderr io.Writer
	// Terminal reports whether Stdout is one, Width its columns, Height its lines.
	Terminal      bool
	Width, Height int
	// Watched reports whether Stderr is a terminal.
	Watched bool
	// Questions is where answers come from, nil where nobody can be asked.
	Questions io.Reader
	Getenv    func(string) string
	Now       func() time.Time
	// Spend lets the run take more memory for time, nil where nobody decides that.
	Spend func()
	// Dir is the working directory.
	Dir     string
	Version string
	// Builtin is the rulebook in the binary.
	Builtin source.Tree
}

// Main runs one command and returns its exit code.
func Main(ctx context.Context, env Env) int {
	out := &checked{to: env.Stdout}
	env.Stdout = out
	a := &app{Env: env, begun: env.Now()}
	language, err := lang.Detect(flagValue(env.Args, "lang"), env.Getenv)
	a.lang = language
	if err != nil {
		return a.fail(errors.New(a.say("不认识的语言：--lang 只能是 zh 或 en", "unknown language: --lang is zh or en")))
	}
	root := a.root()
	root.SetArgs(env.Args)
	root.SetErr(env.Stderr)
	err = root.ExecuteContext(ctx)
	a.sayTimes()
	lost := out.failed()
	switch {
	case lost != nil && (err == nil && a.code != Failed || errors.Is(err, lost)):
		return a.fail(fault("标准输出写不出：%v", "the standard output cannot be written: %v", reason(lost)))
	case err != nil:
		return a.fail(unknownCommand(root, err))
	}
	return a.code
}

// spend lets the run take more memory for time.
func (a *app) spend() {
	if a.Spend != nil {
		a.Spend()
	}
}

// checked is a writer that remembers what could not be written: help and lists are
// written by libraries and in many lines, of which none may be lost unnoticed.
type checked struct {
	to    io.Writer
	mutex sync.Mutex
	err   error
}

// Write implements io.Writer.
func (c *checked) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	if err != nil {
		c.mutex.Lock()
		defer c.mutex.Unlock()
		c.err = cmp.Or(c.err, err)
	}
	return n, err
}

// Stat describes what is written to, where that is a file.
func (c *checked) Stat() (fs.FileInfo, error) {
	if file, ok := c.to.(*os.File); ok {
		return file.Stat()
	}
	return nil, fs.ErrInvalid
}

func (c *checked) failed() error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.err
}

// app is one run of the program.
type app struct {
	Env
	lang  lang.Language
	flags flags
	// only are the paths of the platforms that the run was restricted to.
	only []string
	// files are those that the run was asked for: what is listed, not what is judged.
	files []string
	// writes are the files and folders that the run is asked to write.
	writes []string
	// committed reports whether what is judged is a commit instead of files on disk.
	committed bool
	// limited reports whether --limit is given.
	limited bool
	// part is the part of the run that is judged, nil for the whole run.
	part *report.Part
	// begun is when the run began, watch what its stages take, nil where nobody asks.
	begun time.Time
	watch *stopwatch.Watch
	code  int
}

func (a *app) say(zh, en string, args ...any) string { return lang.Say(zh, en, args...).In(a.lang) }

// fail reports why the run failed. Defects of the rulebook are one a line,
// ready for an editor to jump to.
func (a *app) fail(err error) int {
	var defects finding.Defects
	if errors.As(err, &defects) {
		for _, d := range defects {
			fmt.Fprintln(a.Stderr, d.Text().In(a.lang))
		}
		if len(defects) == 1 {
			fmt.Fprintln(a.Stderr, a.say("hegui: 规则库有 1 处缺陷", "hegui: the rulebook has 1 defect"))
			return Failed
		}
		fmt.Fprintln(a.Stderr, a.say("hegui: 规则库有 %d 处缺陷", "hegui: the rulebook has %d defects", len(defects)))
		return Failed
	}
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range several.Unwrap() {
			a.fail(one)
		}
		return Failed
	}
	var bilingual interface {
		error
		Text() lang.Text
	}
	if errors.As(err, &bilingual) {
		err = errors.New(bilingual.Text().In(a.lang))
	}
	fmt.Fprintf(a.Stderr, "hegui: %v\n", err)
	return Failed
}

// note says on the standard error what does not change the result, and must be
// known.
func (a *app) note(zh, en string, args ...any) {
	fmt.Fprintln(a.Stderr, typeset.Inert(a.say("提示：%s", "note: %s", lang.Say(zh, en, args...))))
}

// message is an error in both languages.
type message struct{ text lang.Text }

func (m *message) Error() string { return m.text.EN }

// Text is the error in both languages.
func (m *message) Text() lang.Text { return m.text }

func fault(zh, en string, args ...any) error { return &message{lang.Say(zh, en, args...)} }

// flagValue finds a flag's last value before the flags are parsed: the language
// is needed to describe them.
func flagValue(args []string, name string) (value string) {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if arg == "--"+name && i+1 < len(args) {
			value = args[i+1]
		}
		if stated, ok := strings.CutPrefix(arg, "--"+name+"="); ok {
			value = stated
		}
	}
	return value
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:               "hegui",
		Short:             a.say("把平台管理规定变成能检查的数据", "turns a regulation of IT platforms into data that a machine can check"),
		SilenceErrors:     true,
		SilenceUsage:      true,
		Version:           a.Version,
		PersistentPreRunE: given,
	}
	root.SetOut(a.Stdout) // before completion, which keeps what it finds
	root.SetVersionTemplate("hegui {{.Version}}\n")
	root.CompletionOptions.HiddenDefaultCmd = false
	a.commonFlags(root)
	a.help(root)
	root.AddCommand(a.initCommand(), a.checkCommand(), a.mergeCommand(), a.scorecardCommand(), a.forecastCommand(), a.planCommand(), a.historyCommand(), a.assessCommand(), a.gateCommand(), a.explainCommand(), a.fixCommand(), a.rulesCommand(), a.testCommand(), a.versionCommand(), a.manCommand())
	a.completion(root)
	explained(root)
	bare(root)
	a.speakHelp(root)
	return root
}
