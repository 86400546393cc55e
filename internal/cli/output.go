package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"

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
			return nil, err
		}
		if toFile && path == "" {
			return nil, fault("--report %s 没有写文件", "--report %s states no file", text)
		}
		if taken[path] {
			return nil, fault("两份报告写到同一处：%s", "two reports go to the same place: %s", text)
		}
		taken[path] = true
		out = append(out, output{format, path})
	}
	return out, nil
}

func (a *app) write(r *results.Results, outputs []output) error {
	for _, o := range outputs {
		options := report.Options{Language: a.lang, Quiet: a.flags.quiet}
		if o.path == "" {
			options.Color, options.Width = a.color(), a.Width
			if err := o.format.Write(a.Stdout, r, options); err != nil {
				return fault("报告写不出：%v", "the report cannot be written: %v", err)
			}
			continue
		}
		write := func(w io.Writer) error { return o.format.Write(w, r, options) }
		if err := a.writeFile(o.path, write); err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes beside the place and renames, so that no reader ever sees
// half a report.
func (a *app) writeFile(name string, write func(io.Writer) error) error {
	refuse := func(err error) error {
		return fault("报告 %s 写不出：%v", "the report %s cannot be written: %v", name, unpathed(err))
	}
	var content bytes.Buffer
	if err := write(&content); err != nil {
		return refuse(err)
	}
	target := a.abs(name)
	temporary, err := os.CreateTemp(filepath.Dir(target), ".hegui-*")
	if err != nil {
		return refuse(err)
	}
	defer os.Remove(temporary.Name())
	_, err = temporary.Write(content.Bytes())
	if closeErr := temporary.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Chmod(temporary.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(temporary.Name(), target)
	}
	if err != nil {
		return refuse(err)
	}
	return nil
}

// unpathed is the cause of a file error without the absolute path.
func unpathed(err error) error {
	for {
		switch e := err.(type) {
		case *os.PathError:
			err = e.Err
		case *os.LinkError:
			err = e.Err
		default:
			return err
		}
	}
}

// color follows the terminal, NO_COLOR and --no-color.
func (a *app) color() bool {
	return a.Terminal && !a.flags.noColor && a.Getenv("NO_COLOR") == "" && a.Getenv("TERM") != "dumb"
}
