package report

import (
	"io"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/workbook"
)

// xlsxFormat is the workbook that an assessor works in.
type xlsxFormat struct{}

func (xlsxFormat) Name() string { return "xlsx" }

func (xlsxFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	return &xlsxReport{w: w, language: o.Language, all: *run}, nil
}

// xlsxReport holds all platforms: the workbook's sheets are filled one after
// the other.
type xlsxReport struct {
	nothing
	w        io.Writer
	language lang.Language
	all      results.Results
}

func (d *xlsxReport) Platform(p *results.Platform) error {
	d.all.Platforms = append(d.all.Platforms, *p)
	return nil
}

func (d *xlsxReport) End(run *results.Results) error {
	d.all.Summary, d.all.Errors = run.Summary, run.Errors
	return workbook.Write(d.w, &d.all, d.language)
}

// NeedsFacts reports whether a format shows what each outcome rests on, which
// is only worked out where somebody asks for it.
func NeedsFacts(f Format) bool { return f.Name() == xlsxFormat{}.Name() }
