// Command bench measures whole processes of hegui against the goals that
// docs/performance.md states, and prints them as a table. Every ratio is to a yardstick
// of the same run: R, reading every byte that a check must read, and F, decoding the
// topics with yaml.v3 and nothing else.
//
//	bench [-sizes 1,100,1000] [-formats text,jsonl,…] [-seed N] HEGUI
package main

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"

	"hegui/internal/corpus"
	"hegui/internal/source"
)

func main() {
	if len(os.Args) == 4 && os.Args[1] == "yardstick" {
		exit(yardstick(os.Args[2], os.Args[3]))
	}
	sizes := flag.String("sizes", "1,100,1000", "numbers of platforms, the largest last")
	formats := flag.String("formats", "text,jsonl,json,csv,sarif,junit,markdown,github,gitlab,oscal,html,badge", "reports whose memory is measured")
	seed := flag.Uint64("seed", 1, "what the corpora are varied by")
	asOf := flag.String("as-of", "2026-12-01", "the day to judge on")
	flag.Parse()
	if flag.NArg() != 1 {
		exit(fmt.Errorf("usage: bench [flags] HEGUI"))
	}
	b := &bench{hegui: flag.Arg(0), formats: strings.Split(*formats, ","), asOf: *asOf, table: newTable(os.Stdout)}
	exit(b.run(*sizes, *seed))
}

func exit(err error) {
	if err == nil {
		os.Exit(0)
	}
	fmt.Fprintln(os.Stderr, "bench:", err)
	os.Exit(2)
}

// bench is one run of all measurements.
type bench struct {
	hegui, asOf string
	formats     []string
	table       *table
	fleets      []fleet
}

// fleet is a corpus with its yardsticks.
type fleet struct {
	dir       string
	platforms int
	r, f      cost
}

func (b *bench) run(sizes string, seed uint64) error {
	work, err := os.MkdirTemp("", "hegui-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	tree, err := source.OpenDir(".")
	if err != nil {
		return err
	}
	for _, size := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			return err
		}
		at, err := layFleet(work, tree, n, seed)
		if err != nil {
			return err
		}
		b.fleets = append(b.fleets, at)
	}
	b.table.machine()
	for _, measure := range []func(work string) error{b.same, b.start, b.reports, b.memory, b.parallel, b.package300, b.others} {
		if err := measure(work); err != nil {
			return err
		}
	}
	return b.table.end()
}

func layFleet(work string, tree source.Tree, n int, seed uint64) (fleet, error) {
	f := fleet{dir: fmt.Sprintf("%s/%d", work, n), platforms: n}
	if err := corpus.Write(f.dir, tree, n); err != nil {
		return f, err
	}
	if err := corpus.Spoil(f.dir, seed); err != nil {
		return f, err
	}
	self, err := os.Executable()
	if err != nil {
		return f, err
	}
	for mode, to := range map[string]*cost{"R": &f.r, "F": &f.f} {
		if *to, err = measure(f.dir, 0, self, "yardstick", mode, f.dir); err != nil {
			return f, err
		}
	}
	return f, nil
}
