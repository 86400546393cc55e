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
	var err error
	switch args := os.Args[1:]; {
	case len(args) == 3 && args[0] == "yardstick":
		err = yardstick(args[1], args[2])
	case len(args) > 2 && args[0] == "measured":
		err = measured(args[1], args[2], args[3:]...)
	default:
		err = run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
}

// run reads the flags, measures, and writes the table.
func run() error {
	b := &bench{}
	sizes := flag.String("sizes", "1,100,1000", "numbers of platforms")
	formats := flag.String("formats", "text,jsonl,json,csv,sarif,junit,markdown,github,gitlab,oscal,html,badge", "reports that are measured")
	only := flag.String("only", "", "the parts to measure, all for none: "+strings.Join(b.names(), ", "))
	into := flag.String("into", "", "the page whose section Measured the table replaces")
	flag.Uint64Var(&b.seed, "seed", 1, "what the corpora are varied by")
	flag.StringVar(&b.asOf, "as-of", "2026-12-01", "the day to judge on")
	flag.Parse()
	if flag.NArg() != 1 {
		return errors.New("usage: bench [flags] HEGUI")
	}
	if err := b.ask(flag.Arg(0), *sizes, *formats, *only); err != nil {
		return err
	}
	var page bytes.Buffer
	b.table = &table{w: io.MultiWriter(os.Stdout, &page)}
	err := b.run()
	if *into != "" && (err == nil || errors.Is(err, b.table.failed)) {
		err = errors.Join(err, replace(*into, page.String()))
	}
	return err
}

// bench is one run of all measurements.
type bench struct {
	hegui, asOf   string
	seed          uint64
	sizes         []int // ascending
	formats, only []string
	table         *table
	fleets        []fleet
}

// part is what can be measured alone.
type part struct {
	name    string
	measure func(work string) error
}

func (b *bench) parts() []part {
	return []part{{"same", b.same}, {"start", b.start}, {"reports", b.reports}, {"parallel", b.parallel}, {"shard", b.shard},
		{"scorecard", b.scorecards}, {"conftest", b.conftest}, {"gate", b.gate}}
}

func (b *bench) names() []string {
	var all []string
	for _, p := range b.parts() {
		all = append(all, p.name)
	}
	return all
}

// ask notes what the flags ask for.
func (b *bench) ask(hegui, sizes, formats, only string) (err error) {
	if b.hegui, err = filepath.Abs(hegui); err != nil {
		return err
	}
	for _, size := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil || n < 1 {
			return fmt.Errorf("-sizes %q: %q is not a number of platforms", sizes, size)
		}
		b.sizes = append(b.sizes, n)
	}
	slices.Sort(b.sizes)
	b.formats = strings.Split(formats, ",")
	if b.only = b.names(); only != "" {
		b.only = strings.Split(only, ",")
	}
	for _, name := range b.only {
		if !slices.Contains(b.names(), name) {
			return fmt.Errorf("-only %q: want of %s", only, strings.Join(b.names(), ", "))
		}
	}
	return nil
}

func (b *bench) run() error {
	work, err := os.MkdirTemp("", "hegui-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	for _, size := range b.sizes {
		at, err := layFleet(filepath.Join(work, strconv.Itoa(size)), size, func(dir string) error { return corpus.Spoil(dir, b.seed) })
		if err != nil {
			return err
		}
		b.fleets = append(b.fleets, at)
	}
	b.table.machine(b.sizes, b.seed)
	for _, part := range b.parts() {
		if !slices.Contains(b.only, part.name) {
			continue
		}
		if err := part.measure(work); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return b.table.end()
}

func (b *bench) largest() fleet { return b.fleets[len(b.fleets)-1] }

// fleet is a corpus with its yardsticks.
type fleet struct {
	dir       string
	platforms int
	r, f      cost
}

// layFleet writes so many platforms into a folder, makes of them what people make, and
// measures the yardsticks.
func layFleet(dir string, platforms int, spoil func(dir string) error) (fleet, error) {
	f := fleet{dir: dir, platforms: platforms}
	tree, err := source.OpenDir(".")
	if err != nil {
		return f, err
	}
	defer func() { _ = tree.Close() }()
	if err := corpus.Write(dir, tree, platforms); err != nil {
		return f, err
	}
	if err := spoil(dir); err != nil {
		return f, err
	}
	for range 2 {
		if err := f.yardsticks(); err != nil {
			return f, err
		}
	}
	return f, nil
}

// yardsticks measures R and F, and keeps the least of each.
func (f *fleet) yardsticks() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	for mode, to := range map[string]*cost{"R": &f.r, "F": &f.f} {
		took, err := measure(f.dir, 0, self, "yardstick", mode, f.dir)
		if err != nil {
			return err
		}
		to.keep(took)
	}
	return nil
}
