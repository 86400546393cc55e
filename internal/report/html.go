package report

import (
	"io"

	pages "hegui/internal/page"
	"hegui/internal/results"
)

// htmlFormat is what an assessor opens, reads and prints: one file that asks
// for nothing else. One platform is its scorecard; several are the fleet with
// all cards below it.
type htmlFormat struct{}

func (htmlFormat) Name() string { return "html" }

func (htmlFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	all, err := pages.New(run, pages.Options{Language: o.Language, Only: o.Only, Previous: o.Previous})
	if err != nil {
		return nil, err
	}
	return &htmlReport{all.File(), w}, nil
}

type htmlReport struct {
	*pages.File
	w io.Writer
}

func (d *htmlReport) End(run *results.Results) error { return d.Write(d.w, run) }
