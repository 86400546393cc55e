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
	Summary results.Summary `json:"summary"`
	// Rulebook has what is the same for all platforms; of a part the first line has it.
	Rulebook *results.Rulebook `json:"rulebook,omitempty"`
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
	w      io.Writer
	drafts drafts
	run    *results.Results
}

func (d *jsonlReport) Platform(p *results.Platform) error { return d.Lay(p)() }

// Lay implements Early: no line depends on another.
func (d *jsonlReport) Lay(p *results.Platform) (write func() error) {
	text := d.drafts.begin()
	d.line(p).WriteJSON(text.JSON)
	return func() error { return d.drafts.write(d.w, text) }
}

// line is the line of a platform, under a gate with what the change does to it.
func (d *jsonlReport) line(p *results.Platform) results.Line {
	g := d.run.Gate
	if g == nil {
		return d.run.Line(p)
	}
	own := *p
	line := d.run.Line(&own)
	line.Findings = findings(d.run.Listed(p))
	if at := slices.IndexFunc(g.Platforms, func(c results.GatePlatform) bool { return c.ID == p.ID }); at >= 0 {
		line.Gate = &g.Platforms[at]
	}
	return line
}

func (d *jsonlReport) End(run *results.Results) error {
	last := runLine{Summary: run.Summary, Rulebook: &d.run.Rulebook, Errors: run.Errors, Findings: findings(d.run.Listed(nil)), WhatIf: run.WhatIf}
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
