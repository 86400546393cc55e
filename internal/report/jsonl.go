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

// runLine is what belongs to no platform. It has no id and comes last: a file
// without it is incomplete.
type runLine struct {
	Summary  results.Summary   `json:"summary"`
	Passed   *bool             `json:"passed,omitempty"`
	Blocks   []lang.Text       `json:"blocks,omitempty"`
	Findings []finding.Finding `json:"findings,omitempty"`
	Errors   []lang.Text       `json:"errors,omitempty"`
	WhatIf   *results.WhatIf   `json:"what_if,omitempty"`
	// End is that of a part of a run.
	End *results.PartEnd `json:"end,omitempty"`
}

func (jsonlFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	if o.Part != nil {
		return beginPart(w, run, o.Part, o.Only)
	}
	return &jsonlReport{w: w, run: run}, nil
}

type jsonlReport struct {
	nothing
	w       io.Writer
	encoder results.Encoder
	run     *results.Results
}

func (d *jsonlReport) Platform(p *results.Platform) error {
	own := *p
	line := d.run.Line(&own)
	if g := d.run.Gate; g != nil {
		line.Findings = findings(d.run.Listed(p))
		if at := slices.IndexFunc(g.Platforms, func(c results.GatePlatform) bool { return c.ID == p.ID }); at >= 0 {
			line.Gate = &g.Platforms[at]
		}
	}
	text, err := d.encoder.Line(line)
	if err == nil {
		_, err = d.w.Write(text)
	}
	return err
}

func (d *jsonlReport) End(run *results.Results) error {
	last := runLine{Summary: run.Summary, Errors: run.Errors, Findings: findings(d.run.Listed(nil)), WhatIf: run.WhatIf}
	if g := d.run.Gate; g != nil {
		last.Passed, last.Blocks = &g.Passed, g.Blocks
	}
	encoder := json.NewEncoder(d.w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(last)
}

// findings are what is listed.
func findings(listed []results.Listed) []finding.Finding {
	all := make([]finding.Finding, len(listed))
	for i, l := range listed {
		all[i] = *l.Finding
	}
	return all
}
