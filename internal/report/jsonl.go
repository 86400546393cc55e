package report

import (
	"encoding/json"
	"io"
	"slices"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
)

// jsonlFormat writes one platform a line, as `platforms` of the JSON report
// holds it, so that a program can read a large fleet without holding all of it.
type jsonlFormat struct{}

func (jsonlFormat) Name() string { return "jsonl" }

// platformLine is a platform that knows what it was judged by. Under a gate its
// findings are the new ones.
type platformLine struct {
	AsOf     string            `json:"as_of"`
	Rulebook string            `json:"rulebook"`
	Revision *results.Revision `json:"revision"`
	*results.Platform
	Gate *results.GatePlatform `json:"gate,omitempty"`
}

// runLine is what belongs to no platform; it has no id and comes last.
type runLine struct {
	Passed   *bool             `json:"passed,omitempty"`
	Blocks   []lang.Text       `json:"blocks,omitempty"`
	Findings []finding.Finding `json:"findings,omitempty"`
	Errors   []lang.Text       `json:"errors,omitempty"`
}

func (jsonlFormat) Write(w io.Writer, r *results.Results, _ Options) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	narrowed := *r
	narrowed.Platforms = slices.Clone(r.Platforms)
	changes := map[string]*results.GatePlatform{}
	last := runLine{Errors: r.Errors}
	if g := r.Gate; g != nil {
		for i := range g.Platforms {
			changes[g.Platforms[i].ID] = &g.Platforms[i]
		}
		last.Passed, last.Blocks = &g.Passed, g.Blocks
		last.Findings = narrow(&narrowed)
	}
	for i := range narrowed.Platforms {
		line := platformLine{
			AsOf: r.AsOf, Rulebook: r.Rulebook.Digest, Revision: r.Revision,
			Platform: &narrowed.Platforms[i], Gate: changes[narrowed.Platforms[i].ID],
		}
		if err := encoder.Encode(line); err != nil {
			return err
		}
	}
	if last.Passed == nil && len(last.Errors) == 0 {
		return nil
	}
	return encoder.Encode(last)
}

// narrow leaves each platform of a gate its new findings and returns those that
// belong to none.
func narrow(r *results.Results) (others []finding.Finding) {
	for i := range r.Platforms {
		r.Platforms[i].Findings = []finding.Finding{}
	}
	for _, l := range r.Listed() {
		f := *l.Finding
		if l.Platform == nil {
			others = append(others, f)
			continue
		}
		l.Platform.Findings = append(l.Platform.Findings, f)
	}
	return others
}
