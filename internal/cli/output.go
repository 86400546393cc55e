package cli

import (
	"errors"
	"io"
	"os"
	"strings"

	"hegui/internal/atomicfile"
	"hegui/internal/report"
	"hegui/internal/results"
)

// output is one report to write: to a file, or to standard output.
type output struct {
	format report.Format
	path   string
}

// outputs reads --report before any work is done, so that a misspelt format
// costs nothing.
func (a *app) outputs() ([]output, error) {
	wanted := a.flags.reports
	if len(wanted) == 0 {
		wanted = []string{"text"}
	}
	var out []output
	taken := map[string]bool{}
	for _, text := range wanted {
		name, path, toFile := strings.Cut(text, "=")
		format, err := report.Find(name)
		if err != nil {
			return nil, fault("不认识的报告格式 %q：可用的有 %s", "unknown report format %q: want one of %s", name, formats())
		}
		place := "" // standard output
		switch {
		case toFile && path == "":
			return nil, fault("--report %q 没有写文件", "--report %q states no file", text)
		case path == "-":
			path = ""
		case toFile:
			place = a.abs(path)
		}
		if taken[place] {
			return nil, fault("两份报告写到同一处：%q", "two reports go to the same place: %q", text)
		}
		taken[place] = true
		out = append(out, output{format, path})
	}
	return out, nil
}

// formats names all formats.
func formats() string {
	var names []string
	for _, format := range report.Formats() {
		names = append(names, format.Name())
	}
	return strings.Join(names, ", ")
}

// write writes every report that can be written and tells which cannot.
func (a *app) write(r *results.Results, outputs []output) error {
	var failed []error
	for _, o := range outputs {
		if err := a.writeOne(r, o); err != nil {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

func (a *app) writeOne(r *results.Results, o output) error {
	options := report.Options{Language: a.lang, Quiet: a.flags.quiet, Only: a.only}
	if o.path != "" {
		return a.writeFile(o.path, func(w io.Writer) error { return o.format.Write(w, r, options) })
	}
	options.Color, options.Width = a.color(), a.Width
	if err := o.format.Write(a.Stdout, r, options); err != nil {
		return fault("报告写不出：%v", "the report cannot be written: %v", unpathed(err))
	}
	return nil
}

// writeFile writes a file that appears whole or not at all.
func (a *app) writeFile(name string, write func(io.Writer) error) error {
	file, err := atomicfile.New(a.abs(name))
	if err == nil {
		defer file.Discard()
		err = write(file)
	}
	if err == nil {
		err = file.Commit()
	}
	if err != nil {
		return fault("报告 %q 写不出：%v", "the report %q cannot be written: %v", name, unpathed(err))
	}
	return nil
}

// unpathed is the cause of a file error without the absolute path.
func unpathed(err error) error {
	for {
		var path *os.PathError
		var link *os.LinkError
		switch {
		case errors.As(err, &path):
			err = path.Err
		case errors.As(err, &link):
			err = link.Err
		default:
			return err
		}
	}
}

// color follows the terminal, NO_COLOR and --no-color.
func (a *app) color() bool {
	return a.Terminal && !a.flags.noColor && a.Getenv("NO_COLOR") == "" && a.Getenv("TERM") != "dumb"
}
