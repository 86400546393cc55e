package report

import (
	"io"

	"hegui/internal/results"
	"hegui/internal/workbook"
)

// xlsxFormat is the workbook that an assessor works in.
type xlsxFormat struct{}

func (xlsxFormat) Name() string { return "xlsx" }

func (xlsxFormat) Write(w io.Writer, r *results.Results, o Options) error {
	return workbook.Write(w, r, o.Language)
}

// NeedsFacts reports whether a format shows what each outcome rests on, which
// is only worked out where somebody asks for it.
func NeedsFacts(f Format) bool { return f.Name() == xlsxFormat{}.Name() }
