package scorecard

import (
	"errors"
	"io"
	"path"

	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/workbook"
)

// workbookPath is the workbook of a platform, beside its page. It is named after the
// platform, so that it can be sent about among others.
func workbookPath(id string) string {
	at := PagePath(id)
	return path.Join(at, path.Base(at)+".xlsx")
}

// fillWorkbook writes the workbook of one platform, which an assessor works in.
func (p *Package) fillWorkbook(out io.Writer, platform *results.Platform) error {
	w, err := workbook.Begin(p.run, p.options.Language)
	if err != nil {
		return err
	}
	if err := w.Platform(platform); err != nil {
		return errors.Join(err, w.Close())
	}
	return errors.Join(w.End(out, p.run), w.Close())
}

// workbooks is the workbook that leads to those of the platforms.
type workbooks struct {
	*workbook.Writer
	to io.Writer
}

func beginWorkbooks(to io.Writer, run *results.Results, o report.Options) (report.Report, error) {
	w, err := workbook.BeginIndex(run, o.Language)
	if err != nil {
		return nil, err
	}
	return &workbooks{w, to}, nil
}

// Platform adds the row of a platform.
func (w *workbooks) Platform(p *results.Platform) error { return w.Entry(p, workbookPath(p.ID)) }

// End writes the workbook.
func (w *workbooks) End(run *results.Results) error { return w.Writer.End(w.to, run) }
