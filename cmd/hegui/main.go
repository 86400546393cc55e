// Command hegui checks descriptions of IT platforms against the
// regulation. It only wires streams, signals and the exit code.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/term"

	"hegui"
	"hegui/internal/cli"
	"hegui/internal/memory"
	"hegui/internal/source"
)

// version is set by make and by the release; without it the build says which
// commit it is of.
var version string

func main() {
	os.Exit(run())
}

func run() int {
	spend := memory.Tend()
	// Whoever reads the text may stop reading: the other reports are written all the
	// same.
	signal.Ignore(syscall.SIGPIPE)
	ctx, interrupted := untilSignal()
	dir, err := os.Getwd()
	if err != nil {
		fmt.Fprintf(os.Stderr, "hegui: the working directory: %v\n", err)
		return cli.Failed
	}
	width, height, err := term.GetSize(int(os.Stdout.Fd()))
	var questions io.Reader
	if term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stderr.Fd())) {
		questions = os.Stdin
	}
	code := cli.Main(ctx, cli.Env{
		Questions: questions,
		Args:      os.Args[1:], Stdout: os.Stdout, Stderr: os.Stderr, Watched: term.IsTerminal(int(os.Stderr.Fd())), Terminal: err == nil, Width: width, Height: height,
		Getenv: os.Getenv, Now: time.Now, Spend: spend, Dir: dir, Version: built(), Builtin: source.FromFS(hegui.Rulebook),
	})
	if signalled := interrupted(); signalled != 0 && code == cli.Failed {
		return signalled
	}
	return code
}

// built is the version of this program. A bare go build stamps the commit; only
// what was built from no repository at all is called dev.
func built() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "dev"
}

// untilSignal is a context that the first signal ends; code is then the exit
// code that shells know it by, 130 or 143, and 0 before. A second signal ends the
// program at once.
func untilSignal() (ctx context.Context, code func() int) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	var seen atomic.Int32
	go func() {
		if number, ok := (<-signals).(syscall.Signal); ok {
			seen.Store(128 + int32(number))
		}
		signal.Stop(signals)
		cancel()
	}()
	return ctx, func() int { return int(seen.Load()) }
}
