package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"hegui"
	"hegui/internal/calendar"
	"hegui/internal/corpus"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// conftestModule is who we are compared with, from the module proxy and outside go.mod.
const conftestModule = "github.com/open-policy-agent/conftest@v0.71.1"

// simple is how many rules the small policy has.
const simple = 48

// found is a finding of either program: which check finds what where.
type found struct{ Check, Platform, Item string }

// conftest compares us with Conftest. Where it cannot be had, or finds other things, the
// other figures stand and the run has failed.
func (b *bench) conftest(work string) error {
	if err := b.compare(work); err != nil {
		b.table.failed = fmt.Errorf("nothing is compared with Conftest: %w", err)
		b.table.open("Conftest", "the run has failed, see its last line")
	}
	return nil
}

// compare measures Conftest with a policy that finds what as many of our checks find,
// and with one of as many rules as we have.
func (b *bench) compare(work string) error {
	program, err := installed(work)
	if err != nil {
		return fmt.Errorf("it cannot be had: %w", err)
	}
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		return err
	}
	f, err := b.compared(work)
	if err != nil {
		return err
	}
	ours, err := b.check(f, work, "jsonl", "--audience", "assessor") // who sees every item by its name
	if err != nil {
		return err
	}
	findings, err := ourFindings(filepath.Join(work, "report"))
	if err != nil {
		return err
	}
	for _, size := range []struct {
		most, rules int
		cpu, peak   float64
	}{{simple, simple, 1, 0}, {len(book.Checks), len(book.Checks), 1.0 / 5, 1.0 / 12}} {
		theirs, p, err := b.theirs(work, f.dir, program, book, size.most, size.rules, findings)
		if err != nil {
			return err
		}
		what := fmt.Sprintf("Conftest, %d rules (%d different), %d platforms, ", len(p.rules), p.checks, f.platforms)
		b.table.row(what+"findings that both have", float64(p.findings), 0, "")
		b.cpu(what+"CPU", f, theirs, 0)
		b.table.row("… ours of it", float64(ours.CPU)/float64(theirs.CPU), f.settled(size.cpu), "×")
		b.table.row(what+"peak", float64(theirs.Peak)/mebibyte, 0, "MiB")
		b.table.row("… ours of it", float64(ours.Peak)/float64(theirs.Peak), f.settled(size.peak), "×")
	}
	if f.platforms < settled {
		b.table.open("the goals against Conftest", "they want a size of 1000")
	}
	return nil
}

// installed is Conftest, built into a folder of its own.
func installed(work string) (string, error) {
	bin := filepath.Join(work, "bin")
	c := exec.Command("go", "install", conftestModule)
	c.Dir, c.Env = work, append(os.Environ(), "GOBIN="+bin, "GOFLAGS=", "CGO_ENABLED=0")
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, bytes.TrimSpace(out))
	}
	return filepath.Join(bin, "conftest"), nil
}

// compared is a fleet as large as the largest, at most 1,000, of which some fail and none
// is broken: Conftest ends where it cannot read a file.
func (b *bench) compared(work string) (fleet, error) {
	return layFleet(filepath.Join(work, "compared"), min(b.largest().platforms, most), func(dir string) error { return corpus.Fail(dir, b.seed) })
}

// theirs measures Conftest with a policy, once it has found what we have.
func (b *bench) theirs(work, dir, program string, book *rulebook.Rulebook, most, rules int, ours map[found]bool) (cost, *policy, error) {
	day, err := calendar.ParseDate(b.asOf)
	if err != nil {
		return cost{}, nil, err
	}
	p, err := newPolicy(book, day, most, rules)
	if err != nil {
		return cost{}, nil, err
	}
	file, out := filepath.Join(work, "policy.rego"), filepath.Join(work, "conftest.json")
	if err := os.WriteFile(file, []byte(p.text.String()), 0o644); err != nil {
		return cost{}, nil, err
	}
	took, err := measureInto(out, dir, 1, program, "test", "--combine", "--ignore", "/evidence/", "--policy", file, "--output", "json", "platforms")
	if err != nil {
		return took, p, err
	}
	theirs, err := theirFindings(out)
	if err != nil {
		return took, p, err
	}
	return took, p, p.same(ours, theirs)
}

// same holds every rule to the findings of its check.
func (p *policy) same(ours, theirs map[found]bool) error {
	of := map[string][]found{}
	for f := range ours {
		of[f.Check] = append(of[f.Check], f)
	}
	want := map[found]bool{}
	for rule, check := range p.rules {
		for _, f := range of[check] {
			want[found{rule, f.Platform, f.Item}] = true
		}
	}
	switch {
	case len(want) == 0:
		return fmt.Errorf("none of the %d checks finds anything: there is nothing to compare", p.checks)
	case !maps.Equal(want, theirs):
		return fmt.Errorf("the same checks find other things:\n%s%s", only("hegui", want, theirs), only("conftest", theirs, want))
	}
	p.findings = len(want)
	return nil
}

// only lists what one program alone finds.
func only(who string, these, those map[found]bool) string {
	var lines []string
	for f := range these {
		if !those[f] {
			lines = append(lines, fmt.Sprintf("%s alone: %s, %s, %q\n", who, f.Check, f.Platform, f.Item))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// ourFindings reads what hegui has written in lines.
func ourFindings(file string) (map[found]bool, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	all := map[found]bool{}
	lines := bufio.NewReader(f)
	for decoder := json.NewDecoder(lines); decoder.More(); {
		var platform struct {
			ID       string
			Findings []struct{ Check, Item string }
		}
		if err := decoder.Decode(&platform); err != nil {
			return nil, err
		}
		for _, one := range platform.Findings {
			all[found{one.Check, platform.ID, one.Item}] = true
		}
	}
	return all, nil
}

// theirFindings reads what Conftest has written.
func theirFindings(file string) (map[found]bool, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var results []struct {
		Failures []struct{ Metadata found }
	}
	if err := json.Unmarshal(data, &results); err != nil {
		return nil, fmt.Errorf("read what Conftest has found: %w", err)
	}
	all := map[found]bool{}
	for _, r := range results {
		for _, failure := range r.Failures {
			all[failure.Metadata] = true
		}
	}
	return all, nil
}
