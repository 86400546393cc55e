package cli

import (
	"errors"
	"os"
	"slices"
	"strings"

	"hegui/internal/atomicfile"
	"hegui/internal/audit"
	"hegui/internal/lang"
	"hegui/internal/report"
	"hegui/internal/results"
)

// output is one report to write: to a file, or to standard output.
type output struct {
	format   report.Format
	path     string
	audience results.Audience
	// unasked leaves out what was worked out for other reports alone.
	unasked bool
}

// outputs reads --report before any work is done, so that a misspelt format
// costs nothing.
func (a *app) outputs(known []report.Format) ([]output, error) {
	audience, err := a.audience()
	if err != nil {
		return nil, err
	}
	wanted := a.flags.reports
	if len(wanted) == 0 {
		wanted = []string{"text"}
	}
	var out []output
	var taken []string
	for _, text := range wanted {
		name, path, toFile := strings.Cut(text, "=")
		which := slices.IndexFunc(known, func(f report.Format) bool { return f.Name() == name })
		if which < 0 {
			if before, file, colon := strings.Cut(text, ":"); colon && slices.Contains(names(known), before) {
				return nil, fault("--report %q 不认识：格式和文件之间写等号，%s=%s", "--report %q is unknown: write an equals sign between format and file, %s=%s", text, before, file)
			}
			return nil, fault("不认识的报告格式 %q：%s", "unknown report format %q: %s", name, wants(name, names(known), nil))
		}
		format := known[which]
		place := "" // standard output
		switch {
		case toFile && path == "":
			return nil, fault("--report %q 没有写文件", "--report %q states no file", text)
		case path == "-":
			path = ""
		case toFile:
			place = led(a.abs(path))
		}
		if slices.ContainsFunc(taken, func(other string) bool { return alike(place, other) || a.samePlace(place, other) }) {
			return nil, fault("两份报告写到同一处：%q", "two reports go to the same place: %q", text)
		}
		taken = append(taken, place)
		if path != "" {
			a.writes = append(a.writes, path)
		}
		out = append(out, output{format: format, path: path, audience: audience})
		if path == "" && report.Shown(format) && a.readsOwn() {
			out[len(out)-1].audience = results.Assessor
		}
	}
	return out, nil
}

// names are those of formats.
func names(formats []report.Format) (all []string) {
	for _, format := range formats {
		all = append(all, format.Name())
	}
	return all
}

// unpathed is the cause of a file error without its path, which would show this
// machine.
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

// reason is the cause of a file error in both languages, as far as it has them.
func reason(err error) lang.Text {
	var spool *atomicfile.SpoolError
	if errors.As(err, &spool) {
		return lang.Say("临时文件写不下（%s）：用环境变量 TMPDIR 指一个有空间的目录", "a temporary file cannot be written (%s): name a folder with room in the variable TMPDIR", reason(spool.Cause))
	}
	return audit.TextOf(unpathed(err))
}

// readsOwn reports whether the reader has the files that are judged, so that nothing
// need be hidden: a person at a terminal does. A log or a pipe may go on to others, and
// a revision need not be on disk.
func (a *app) readsOwn() bool {
	return a.Terminal && a.flags.audience == "" && a.flags.rev == "" && !a.committed && !a.automated()
}

// automated reports whether a pipeline runs the program: whoever reads its log
// need not have the files.
func (a *app) automated() bool {
	switch a.Getenv("CI") {
	case "", "0", "false":
		return false
	}
	return true
}

// color follows the terminal, NO_COLOR and --no-color.
func (a *app) color() bool {
	return a.Terminal && !a.flags.noColor && a.Getenv("NO_COLOR") == "" && a.Getenv("TERM") != "dumb"
}
