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

	"hegui/internal/results"
)

// jsonFormat writes the whole model as schemas/results.schema.json describes it.
type jsonFormat struct{}

func (jsonFormat) Name() string { return "json" }

// Write writes platform after platform: the whole text of many would be moved
// again and again while it grows, and be held three times over.
func (jsonFormat) Write(w io.Writer, r *results.Results, _ Options) error {
	shell := *r
	shell.Platforms = []results.Platform{}
	var out bytes.Buffer
	if err := indented(&out, "", &shell); err != nil {
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
