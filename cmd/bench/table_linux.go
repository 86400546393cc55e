package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
)

// table prints each figure with its goal, and whether that is met.
type table struct {
	w io.Writer
	// others are figures without a goal, unmeasured goals without a figure.
	met, missed, others, unmeasured int
	// failed is why the run has failed although its other figures stand.
	failed error
}

// machine says on what was measured, and how to read the table.
func (t *table) machine(sizes []int, seed uint64) {
	fmt.Fprintf(t.w, "%d processors, %s, %s/%s; %s platforms, varied by seed %d.\n\n| what | figure | of R | of F | goal | met |\n|---|---|---|---|---|---|\n", runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH, strings.ReplaceAll(strings.Trim(fmt.Sprint(sizes), "[]"), " ", ", "), seed)
}

// row prints a figure. beside are its ratios to R and F, goal is what it must not
// exceed, 0 for a figure without a goal.
func (t *table) row(what string, figure, goal float64, unit string, beside ...float64) {
	ratios := [2]string{"", ""}
	for i, ratio := range beside {
		ratios[i] = fmt.Sprintf("%.2f", ratio)
	}
	said, met := "", ""
	switch {
	case goal == 0:
		t.others++
	case figure <= goal:
		said, met = fmt.Sprintf("≤ %.4g %s", goal, unit), "yes"
		t.met++
	default:
		said, met = fmt.Sprintf("≤ %.4g %s", goal, unit), "**no**"
		t.missed++
	}
	shown := fmt.Sprintf("%.3g", figure)
	if figure >= 1000 {
		shown = fmt.Sprintf("%.0f", figure)
	}
	fmt.Fprintf(t.w, "| %s | %s | %s | %s | %s | %s |\n", what, strings.TrimSpace(shown+" "+unit), ratios[0], ratios[1], said, met)
}

// end counts the goals. It fails where what they are compared with could not be had.
func (t *table) end() error {
	_, err := fmt.Fprintf(t.w, "\n%d goals met, %d missed, %d not measured; %d figures without a goal\n", t.met, t.missed, t.unmeasured, t.others)
	return errors.Join(err, t.failed)
}

// open prints why something that has a goal is not measured.
func (t *table) open(what, why string) {
	t.unmeasured++
	fmt.Fprintf(t.w, "| %s | not measured: %s |  |  |  | **no** |\n", what, why)
}

// replace puts the table into the section of a page that says what was measured.
func replace(page, measured string) error {
	const heading = "\n## Measured\n\n"
	data, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(data), heading)
	_, after, more := strings.Cut(rest, "\n## ")
	if !found || !more {
		return fmt.Errorf("%s has no section Measured before another", page)
	}
	return os.WriteFile(page, []byte(before+heading+measured+"\n## "+after), 0o644)
}
