package report

import (
	"io"

	"hegui/internal/atomicfile"
	"hegui/internal/results"
)

// jsonFormat writes the whole model as schemas/results.schema.json describes it.
type jsonFormat struct{}

func (jsonFormat) Name() string { return "json" }

func (jsonFormat) Begin(w io.Writer, run *results.Results, _ Options) (Report, error) {
	d := &jsonReport{w: w, run: run}
	d.list = jsonStream{w: &d.Spool, depth: 2}
	return d, nil
}

// jsonReport keeps the platforms until the summary is known, which stands
// before them.
type jsonReport struct {
	atomicfile.Spool
	w    io.Writer
	run  *results.Results
	list jsonStream
}

func (d *jsonReport) Platform(p *results.Platform) error {
	d.list.value("", p)
	return d.list.err
}

func (d *jsonReport) End(run *results.Results) error {
	j := jsonStream{w: d.w}
	j.open("", "{")
	j.value("schema_version", d.run.SchemaVersion)
	j.value("tool", d.run.Tool)
	j.value("rulebook", d.run.Rulebook)
	j.value("as_of", d.run.AsOf)
	j.value("audience", d.run.Audience)
	j.value("revision", d.run.Revision)
	j.value("summary", run.Summary)
	j.open("platforms", "[")
	j.kept(&d.Spool, d.list)
	j.close("]")
	if d.run.Gate != nil {
		j.value("gate", d.run.Gate)
	}
	j.value("errors", run.Errors)
	j.close("}")
	return j.err
}
