package scorecard

import (
	"io"

	"hegui/internal/report"
	"hegui/internal/results"
)

// calendarFile are the days on which something lapses: an event for each, of all
// platforms, and of each beside its page.
const calendarFile = "lapses.ics"

func beginCalendar(w io.Writer, run *results.Results, o report.Options) (report.Report, error) {
	return report.Calendar(report.EachDay).Begin(w, run, o)
}

// datesOf writes the calendar of one platform.
func (p *Package) datesOf(out io.Writer, platform *results.Platform) error {
	one := *p.run
	one.Platforms = []results.Platform{*platform}
	return report.Write(out, report.Calendar(report.EachPlatform), &one, p.options)
}
