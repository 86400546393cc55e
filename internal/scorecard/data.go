package scorecard

import (
	"compress/gzip"
	"errors"
	"io"

	"hegui/internal/report"
	"hegui/internal/results"
)

// dataFile are the results for programs, one platform a line, as check --report jsonl
// writes them.
const dataFile = "results.jsonl.gz"

// packedLines are results on their way into a compressed file.
type packedLines struct {
	report.Report
	packer *gzip.Writer
}

// beginData begins the results for programs. The file has no name and no time in it,
// so that the same results are the same bytes.
func beginData(w io.Writer, run *results.Results, o report.Options) (report.Report, error) {
	format, err := report.Find("jsonl")
	if err != nil {
		return nil, err
	}
	packer, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	lines, err := format.Begin(packer, run, o)
	return &packedLines{lines, packer}, err
}

// Platform adds a platform without what only pages and workbooks show.
func (d *packedLines) Platform(p *results.Platform) error { return d.Report.Platform(p.Plain()) }

// End ends the lines and the file.
func (d *packedLines) End(run *results.Results) error {
	return errors.Join(d.Report.End(run), d.packer.Close())
}
