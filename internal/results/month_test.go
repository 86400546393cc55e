package results_test

import (
	"fmt"
	"testing"

	"hegui/internal/calendar"
	"hegui/internal/finding"
	"hegui/internal/results"
)

// A strip goes over the end of a year, ends with the forecast, and has twelve months at
// most; each counts what lapses in it, and keeps the verdict where nothing does.
func TestMonths(t *testing.T) {
	day := func(on string, compliant bool, to ...finding.Outcome) results.ForecastDay {
		d := results.ForecastDay{Outlook: results.Outlook{On: on, Compliant: compliant}}
		for _, outcome := range to {
			d.Changes = append(d.Changes, results.Lapse{To: outcome, Severity: finding.Blocker})
		}
		return d
	}
	f := &results.Forecast{Until: "2028-03-01", Now: results.Outlook{On: "2027-11-30", Compliant: true}, Days: []results.ForecastDay{
		day("2027-12-31", false, finding.Fail, finding.Pass), day("2028-02-29", true, finding.Pass),
	}}
	if got, want := fmt.Sprint(f.Months()), "[{2027-11 0 0 true} {2027-12 1 1 false} {2028-01 0 0 false} {2028-02 0 0 true} {2028-03 0 0 true}]"; got != want {
		t.Errorf("months %s, want %s", got, want)
	}
	if days := f.Within(calendar.Period{Months: 1}); len(days) != 0 {
		t.Errorf("within a month of the last day of November lapses %v", days)
	}
	if days := f.Within(calendar.Period{Months: 1, Days: 1}); len(days) != 1 || len(days[0].Changes) != 1 {
		t.Errorf("a day later lapses %v", days)
	}
	f.Until = "2038-01-01"
	if got := f.Months(); len(got) != 12 || got[11].Name != "2028-10" {
		t.Errorf("the last of %d months is %s", len(got), got[len(got)-1].Name)
	}
}
