package report

import (
	"io"

	"hegui/internal/jsontext"
	"hegui/internal/results"
)

// jsonFormat writes the whole model as schemas/results.schema.json describes it.
type jsonFormat struct{}

func (jsonFormat) Name() string { return "json" }

func (jsonFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	d := &jsonReport{jsonStream: jsonStream{w: w, pretty: o.Pretty}, run: run}
	d.open("", "{")
	d.value("schema_version", run.SchemaVersion)
	d.value("tool", run.Tool)
	d.value("rulebook", run.Rulebook)
	d.value("as_of", run.AsOf)
	d.value("audience", run.Audience)
	d.value("revision", run.Revision)
	d.open("platforms", "[")
	return d, d.err
}

// jsonReport writes platforms as they come; the totals follow them.
type jsonReport struct {
	nothing
	jsonStream
	run    *results.Results
	drafts drafts
}

func (d *jsonReport) Platform(p *results.Platform) error { return d.Lay(p)() }

// Lay implements Early: no platform's JSON depends on another.
func (d *jsonReport) Lay(p *results.Platform) (write func() error) {
	if d.pretty {
		var text jsontext.Writer
		p.WriteJSON(&text)
		shown, err := d.broken(text.Bytes())
		return func() error {
			d.json(shown, err)
			return d.err
		}
	}
	text := d.drafts.begin()
	p.WriteJSON(text.JSON)
	return func() error {
		d.draft(&d.drafts, text)
		return d.err
	}
}

func (d *jsonReport) End(run *results.Results) error {
	d.close("]")
	if d.run.Gate != nil {
		d.value("gate", d.run.Gate)
	}
	if run.History != nil {
		d.value("history", run.History)
	}
	if run.WhatIf != nil {
		d.value("what_if", run.WhatIf)
	}
	d.value("summary", run.Summary)
	d.value("errors", run.Errors)
	d.close("}")
	return d.err
}
