// Package report writes results in the formats that people and programs read:
// one file per format behind one interface. A format computes nothing; what it
// shows stands in the model. What came from a platform is hostile input, and
// every format makes it inert for its own reader.
package report

import (
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
	// Width is that of the terminal in columns, 0 if there is none.
	Width int
	// Quiet leaves out what explains a verdict and keeps what has to be mended.
	Quiet bool
	// Only are the platforms that the run was restricted to, as it was told;
	// Previous is the examination that it compares with. Pages tell them so that
	// they can be made again.
	Only     []string
	Previous string
}

// Format is one way to write results.
type Format interface {
	// Name is what `--report` calls the format.
	Name() string
	// Write writes all of r. The same results and options give the same bytes.
	Write(w io.Writer, r *results.Results, o Options) error
}

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
