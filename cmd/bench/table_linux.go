package main

import (
	"fmt"
	"io"
	"runtime"
)

// table prints each figure with its goal, and whether that is met.
type table struct {
	w                 io.Writer
	met, missed, open int
}

func newTable(w io.Writer) *table { return &table{w: w} }

// machine says on what was measured, and how to read the table.
func (t *table) machine() {
	fmt.Fprintf(t.w, "%d processors, %s, %s/%s\n\n| what | figure | of R | of F | goal | met |\n|---|---|---|---|---|---|\n", runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
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
		t.open++
	case figure <= goal:
		said, met = fmt.Sprintf("≤ %.4g %s", goal, unit), "yes"
		t.met++
	default:
		said, met = fmt.Sprintf("≤ %.4g %s", goal, unit), "**no**"
		t.missed++
	}
	fmt.Fprintf(t.w, "| %s | %.3g %s | %s | %s | %s | %s |\n", what, figure, unit, ratios[0], ratios[1], said, met)
}

func (t *table) end() error {
	_, err := fmt.Fprintf(t.w, "\n%d goals met, %d missed; %d figures without a goal\n", t.met, t.missed, t.open)
	return err
}
