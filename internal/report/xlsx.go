package report

import (
	"io"

	"hegui/internal/results"
	"hegui/internal/workbook"
)

// xlsxFormat is the workbook that an assessor works in.
type xlsxFormat struct{}

func (xlsxFormat) Name() string { return "xlsx" }

func (xlsxFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	book, err := workbook.Begin(run, o.Language)
	if err != nil {
		return nil, err
	}
	return &xlsxReport{book, w}, nil
}

type xlsxReport struct {
	*workbook.Writer
	w io.Writer
}

func (d *xlsxReport) End(run *results.Results) error { return d.Writer.End(d.w, run) }

// NeedsFacts reports whether a format shows what each outcome rests on, which
// is only worked out where somebody asks for it.
func NeedsFacts(f Format) bool {
	return f.Name() == xlsxFormat{}.Name() || f.Name() == htmlFormat{}.Name()
}
