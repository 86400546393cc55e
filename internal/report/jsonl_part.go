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
	encoder *json.Encoder
	hash    hash.Hash
	run     *results.Results
	ids     []string
}

// partLine and keptLine are the lines of a part that are of no whole.
type partLine struct {
	Part *results.Part `json:"part"`
}

type keptLine struct {
	Kept *results.Kept `json:"kept"`
}

func beginPart(w io.Writer, run *results.Results, p *Part, only []string) (Report, error) {
	d := &partReport{hash: sha256.New(), run: run}
	first := run.Part(p.Shard, p.IDs)
	first.Only, first.Facts, first.Until = only, p.Facts, p.Until
	d.encoder = json.NewEncoder(io.MultiWriter(d.hash, w))
	d.encoder.SetEscapeHTML(false)
	return d, d.encoder.Encode(partLine{first})
}

func (d *partReport) Platform(p *results.Platform) error {
	d.ids = append(d.ids, p.ID)
	if err := d.encoder.Encode(d.run.Line(p.Unasked())); err != nil {
		return err
	}
	return d.encoder.Encode(keptLine{p.Keep()})
}

func (d *partReport) End(run *results.Results) error {
	return d.encoder.Encode(runLine{Summary: run.Summary, Errors: run.Errors, End: run.PartEnd(d.ids, "sha256:"+hex.EncodeToString(d.hash.Sum(nil)))})
}
