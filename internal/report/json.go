package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"hegui/internal/finding"
	"hegui/internal/results"
)

// jsonFormat writes the whole model as schemas/results.schema.json describes it.
type jsonFormat struct{}

func (jsonFormat) Name() string { return "json" }

// Write writes platform after platform: the whole text of many would be moved
// again and again while it grows, and be held three times over.
func (jsonFormat) Write(w io.Writer, r *results.Results, _ Options) error {
	shell := *r
	shell.Platforms = nil
	var out bytes.Buffer
	if err := indented(&out, "", withLists(&shell)); err != nil {
		return err
	}
	// Line breaks in texts are escaped, so that this is the key and nothing else.
	before, after, found := bytes.Cut(out.Bytes(), []byte("\n  \"platforms\": []"))
	if !found {
		return errors.New("the results have no list of platforms")
	}
	if _, err := fmt.Fprintf(w, "%s\n  \"platforms\": [", before); err != nil {
		return err
	}
	if err := writePlatforms(w, r.Platforms); err != nil {
		return err
	}
	end := "]"
	if len(r.Platforms) > 0 {
		end = "\n  ]"
	}
	_, err := fmt.Fprintf(w, "%s%s", end, after)
	return err
}

// writePlatforms makes as many texts at a time as there are processors, and
// writes them in the platforms' order.
func writePlatforms(w io.Writer, platforms []results.Platform) error {
	texts := make([]bytes.Buffer, runtime.GOMAXPROCS(0))
	separator := "\n    "
	for batch := range slices.Chunk(platforms, len(texts)) {
		var group errgroup.Group
		for i, p := range batch {
			group.Go(func() error {
				texts[i].Reset()
				stateLists(&p)
				return indented(&texts[i], "    ", &p)
			})
		}
		if err := group.Wait(); err != nil {
			return err
		}
		for i := range batch {
			if _, err := fmt.Fprintf(w, "%s%s", separator, bytes.TrimSuffix(texts[i].Bytes(), []byte("\n"))); err != nil {
				return err
			}
			separator = ",\n    "
		}
	}
	return nil
}

func indented(out *bytes.Buffer, prefix string, v any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent(prefix, "  ")
	// JSON is not HTML: who puts it into a page escapes it there.
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}

// withLists returns a copy in which every list is stated, be it as []: to a
// reader null would be a second way of saying "none".
func withLists(r *results.Results) *results.Results {
	stated := *r
	stated.Rulebook.Overlays = list(r.Rulebook.Overlays)
	stated.Rulebook.Sections, stated.Rulebook.Grades = list(r.Rulebook.Sections), list(r.Rulebook.Grades)
	stated.Errors = list(r.Errors)
	stated.Platforms = each(r.Platforms, stateLists)
	return &stated
}

// stateLists gives a platform copies of its lists.
func stateLists(p *results.Platform) {
	p.Reasons = list(p.Reasons)
	p.Grade.Vetoes = list(p.Grade.Vetoes)
	p.Chapters = list(p.Chapters)
	p.Evidence = list(p.Evidence)
	p.Waivers = list(p.Waivers)
	p.Clauses = each(p.Clauses, func(c *results.Clause) { c.Checks, c.Home = list(c.Checks), list(c.Home) })
	p.Verdicts, p.ClauseVerdicts = list(p.Verdicts), list(p.ClauseVerdicts)
	p.Findings = each(p.Findings, func(f *finding.Finding) { f.Clauses = list(f.Clauses) })
	p.Checks = each(p.Checks, func(c *results.Check) {
		c.Clauses, c.Items, c.Limits = list(c.Clauses), list(c.Items), list(c.Limits)
	})
}

// list copies a list, so that the caller's stays as it is; the copy is never nil.
func list[T any](items []T) []T {
	return append(make([]T, 0, len(items)), items...)
}

// each copies a list and mends every item of the copy.
func each[T any](items []T, mend func(*T)) []T {
	mended := list(items)
	for i := range mended {
		mend(&mended[i])
	}
	return mended
}
