package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"

	"hegui/internal/results"
)

// Part says which part of a run is written, and what there is in all parts.
type Part struct {
	Shard results.Shard
	// IDs are the platforms of the whole run in their order.
	IDs []string
	// Facts keeps what pages and workbooks show.
	Facts bool
	// Until is the last day that is looked ahead to, "" for none.
	Until string
}

// partReport writes a part of a run: first what it is a part of, then for each
// platform the line of the whole run and one of what other reports read besides, so
// that every report can be written from all parts.
type partReport struct {
	nothing
	to     io.Writer
	drafts drafts
	hash   hash.Hash
	run    *results.Results
	ids    []string
}

// partLine is the first line of a part, which the lines of a whole run do not have.
type partLine struct {
	Part *results.Part `json:"part"`
}

func beginPart(w io.Writer, run *results.Results, p *Part, only []string) (Report, error) {
	d := &partReport{hash: sha256.New(), run: run}
	first := run.Part(p.Shard, p.IDs)
	first.Only, first.Facts, first.Until = only, p.Facts, p.Until
	d.to = io.MultiWriter(d.hash, w)
	return d, d.encode(partLine{first})
}

func (d *partReport) Platform(p *results.Platform) error { return d.Lay(p)() }

// Lay implements Early: no line depends on another.
func (d *partReport) Lay(p *results.Platform) (write func() error) {
	text, id := d.drafts.begin(), p.ID
	d.run.Line(p.Unasked()).WriteJSON(text.JSON)
	text.JSON.Open('{')
	text.JSON.Value("kept", p.Keep())
	text.JSON.Close('}')
	text.JSON.End()
	return func() error {
		d.ids = append(d.ids, id)
		return d.drafts.write(d.to, text)
	}
}

func (d *partReport) End(run *results.Results) error {
	return d.encode(runLine{Summary: run.Summary, Errors: run.Errors, End: run.PartEnd(d.ids, "sha256:"+hex.EncodeToString(d.hash.Sum(nil)))})
}

func (d *partReport) encode(line any) error {
	encoder := json.NewEncoder(d.to)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(line)
}
