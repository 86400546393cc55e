// Package report writes results in the formats that people and programs read:
// one file per format behind one interface. A format computes nothing; what it
// shows is in the model. What came from a platform is hostile input, and
// every format makes it inert for its own reader.
package report

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// Options say how a report is written. The zero value is English, without
// colour, for lines of a usual length.
type Options struct {
	Language lang.Language
	// Color allows the terminal's colours; only formats for a terminal use them.
	Color bool
	// Width is that of the terminal in columns, Height in lines, 0 if there is none.
	Width, Height int
	// View is what the text lists of the findings.
	View View
	// Pretty breaks the lines of formats for programs and indents them.
	Pretty bool
	// Quiet leaves out what explains a verdict and keeps what has to be fixed.
	Quiet bool
	// Only are the platforms that the run was restricted to, as its arguments
	// named them; Previous are the examinations that it compares with. Pages state both
	// so that they can be reproduced.
	Only     []string
	Previous []string
	// Part is set where the lines of a part of a run are written.
	Part *Part
}

// Format is one way to write results.
type Format interface {
	// Name is what `--report` calls the format.
	Name() string
	// Begin begins a report. Of the run it knows all but platforms, summary and
	// errors; what a gate has found it knows.
	Begin(w io.Writer, run *results.Results, o Options) (Report, error)
}

// ReadsPlatforms reports whether a format shows more of a change than the gate's own
// part.
func ReadsPlatforms(f Format) bool {
	switch f.(type) {
	case textFormat, markdownFormat:
		return false
	}
	return true
}

// Reads is what a format reads of a platform besides what all do.
func Reads(f Format) results.Reads {
	switch f.(type) {
	case textFormat:
		return results.FirstSteps
	case jsonFormat, jsonlFormat, xlsxFormat:
		return results.Ledger | results.Items
	case oscalFormat:
		return results.Items
	case sarifFormat, junitFormat, githubFormat, gitlabFormat, csvFormat, badgeFormat, dotenvFormat:
		return 0
	}
	return results.Everything
}

// TellsAll reports whether a format says all that is known of a platform, also what only
// other formats ask for.
func TellsAll(f Format) bool {
	switch f.(type) {
	case jsonFormat, jsonlFormat:
		return true
	}
	return false
}

// Report is a report on its way. It keeps no platform, so that of many only one
// need be held at a time. Only a report that has ended without an error is
// whole.
type Report interface {
	// Platform reports a platform; they come in the order of the run.
	Platform(p *results.Platform) error
	// End reports what is known now: the run's summary and errors.
	End(run *results.Results) error
	// Close gives back what the report uses, whether it has ended or not.
	Close() error
}

// Early is a report that prepares platforms ahead of their turn. Lay is called for many
// platforms at once; the functions that it returns are called in the order of the run,
// and afterwards the report keeps nothing of the platform but copies.
type Early interface {
	Report
	Lay(p *results.Platform) (write func() error)
}

// Lay prepares a platform for a report as far as possible ahead of its turn; calling
// write finishes it. kept says that the report may still use the platform after write.
func Lay(r Report, p *results.Platform) (write func() error, kept bool) {
	if early, ok := r.(Early); ok {
		return early.Lay(p), false
	}
	return func() error { return r.Platform(p) }, true
}

// Write writes all of r. The same results and options give the same bytes.
func Write(w io.Writer, f Format, r *results.Results, o Options) error {
	report, err := f.Begin(w, r.Begun(), o)
	if err != nil {
		return err
	}
	for i := range r.Platforms {
		if err := report.Platform(&r.Platforms[i]); err != nil {
			return errors.Join(err, report.Close())
		}
	}
	return errors.Join(report.End(r), report.Close())
}

// nothing is the Close of a report that holds no resources.
type nothing struct{}

func (nothing) Close() error { return nil }

// Formats are all formats, in the order in which help lists them.
func Formats() []Format {
	return []Format{
		textFormat{},
		jsonFormat{},
		jsonlFormat{},
		sarifFormat{},
		junitFormat{},
		markdownFormat{},
		githubFormat{},
		gitlabFormat{},
		csvFormat{},
		xlsxFormat{},
		htmlFormat{},
		oscalFormat{},
		badgeFormat{},
		dotenvFormat{},
	}
}

// Find returns the format with a name; the error lists those that exist.
func Find(name string) (Format, error) {
	var known []string
	for _, format := range Formats() {
		if format.Name() == name {
			return format, nil
		}
		known = append(known, format.Name())
	}
	return nil, fmt.Errorf("unknown report format %q: want one of %s", name, strings.Join(known, ", "))
}
