// Command bench measures whole processes of hegui against the goals that
// docs/performance.md states, and prints them as a table. Every ratio is to a yardstick
// of the same run: R, reading every byte that a check must read, and F, decoding the
// topics with yaml.v3 and nothing else.
//
//	bench [-sizes 1,100,1000] [-formats text,jsonl,…] [-only gate,…] [-seed N] [-into PAGE] HEGUI
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"hegui/internal/corpus"
	"hegui/internal/source"
)

func main() {
	if len(os.Args) == 4 && os.Args[1] == "yardstick" {
		exit(yardstick(os.Args[2], os.Args[3]))
	}
	if len(os.Args) > 3 && os.Args[1] == "measured" {
		exit(measured(os.Args[2], os.Args[3], os.Args[4:]...))
	}
	sizes := flag.String("sizes", "1,100,1000", "numbers of platforms, the largest last")
	formats := flag.String("formats", "text,jsonl,json,csv,sarif,junit,markdown,github,gitlab,oscal,html,badge", "reports whose memory is measured")
	seed := flag.Uint64("seed", 1, "what the corpora are varied by")
	only := flag.String("only", "", "the parts to measure, all for none: same, start, reports, parallel, shard, scorecard, conftest, gate")
	into := flag.String("into", "", "the page whose section Measured the table replaces")
	asOf := flag.String("as-of", "2026-12-01", "the day to judge on")
	flag.Parse()
	if flag.NArg() != 1 {
		exit(fmt.Errorf("usage: bench [flags] HEGUI"))
	}
	hegui, err := filepath.Abs(flag.Arg(0))
	if err != nil {
		exit(err)
	}
	b := &bench{hegui: hegui, formats: strings.Split(*formats, ","), only: strings.FieldsFunc(*only, func(r rune) bool { return r == ',' }), asOf: *asOf, seed: *seed, table: &table{}}
	var page bytes.Buffer
	b.table.w = io.MultiWriter(os.Stdout, &page)
	err = b.run(*sizes)
	if *into != "" && (err == nil || errors.Is(err, b.table.failed)) {
		err = errors.Join(err, replace(*into, page.String()))
	}
	exit(err)
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
	seed        uint64
	formats     []string
	only        []string
	table       *table
	fleets      []fleet
}

// fleet is a corpus with its yardsticks.
type fleet struct {
	dir       string
	platforms int
	r, f      cost
}

func (b *bench) run(sizes string) error {
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
		at, err := layFleet(filepath.Join(work, size), tree, n, func(dir string) error { return corpus.Spoil(dir, b.seed) })
		if err != nil {
			return err
		}
		b.fleets = append(b.fleets, at)
	}
	b.table.machine(sizes, b.seed)
	for _, part := range []struct {
		name    string
		measure func(work string) error
	}{{"same", b.same}, {"start", b.start}, {"reports", b.reports}, {"parallel", b.parallel}, {"shard", b.shard}, {"scorecard", b.scorecards}, {"conftest", b.conftest}, {"gate", b.gate}} {
		if len(b.only) > 0 && !slices.Contains(b.only, part.name) {
			continue
		}
		if err := part.measure(work); err != nil {
			return err
		}
	}
	return b.table.end()
}

// layFleet writes so many platforms into a folder, makes of them what people make, and
// measures the yardsticks.
func layFleet(dir string, tree source.Tree, platforms int, spoil func(dir string) error) (fleet, error) {
	f := fleet{dir: dir, platforms: platforms}
	if err := corpus.Write(dir, tree, platforms); err != nil {
		return f, err
	}
	if err := spoil(dir); err != nil {
		return f, err
	}
	self, err := os.Executable()
	if err != nil {
		return f, err
	}
	for mode, to := range map[string]*cost{"R": &f.r, "F": &f.f} {
		if *to, err = least(2, func() (cost, error) { return measure(dir, 0, self, "yardstick", mode, dir) }); err != nil {
			return f, err
		}
	}
	return f, nil
}
