// Command hegui checks descriptions of municipal IT platforms against the
// regulation. It only wires streams, signals and the exit code.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/term"

	"hegui"
	"hegui/internal/cli"
	"hegui/internal/source"
)

// version is set by the release build.
var version = "dev"

func main() {
	os.Exit(run())
}

func run() int {
	if os.Getenv("GOGC") == "" {
		// The live heap is tiny, so that the collector would run all the time.
		debug.SetGCPercent(400)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	dir, err := os.Getwd()
	if err != nil {
		fmt.Fprintf(os.Stderr, "hegui: the working directory: %v\n", err)
		return cli.Failed
	}
	width, _, err := term.GetSize(int(os.Stdout.Fd()))
	return cli.Main(ctx, cli.Env{
		Args: os.Args[1:], Stdout: os.Stdout, Stderr: os.Stderr, Terminal: err == nil, Width: width,
		Getenv: os.Getenv, Now: time.Now, Dir: dir, Version: version, Builtin: source.FromFS(hegui.Rulebook),
	})
}
