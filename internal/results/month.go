package results

import (
	"fmt"
	"strconv"

	"hegui/internal/calendar"
	"hegui/internal/finding"
)

// Month is what a forecast says of one month.
type Month struct {
	Name string // YYYY-MM
	// Worse counts the items that lapse, Blockers those of them that are blockers.
	Worse, Blockers int
	// Compliant is the verdict at its end.
	Compliant bool
}

// maxMonths is how many months a strip shows.
const maxMonths = 12

// Months are those from the first day to the last, at most twelve.
func (f *Forecast) Months() []Month {
	var out []Month
	complies := f.Now.Compliant
	for name := monthOf(f.Now.On); len(out) < maxMonths && name <= monthOf(f.Until); name = nextMonth(name) {
		m := Month{Name: name}
		for i := range f.Days {
			if d := &f.Days[i]; monthOf(d.On) == name {
				m.count(d)
				complies = d.Compliant
			}
		}
		m.Compliant = complies
		out = append(out, m)
	}
	return out
}

func (m *Month) count(d *ForecastDay) {
	for i := range d.Changes {
		if l := &d.Changes[i]; l.Worse() {
			m.Worse++
			if l.Severity == finding.Blocker {
				m.Blockers++
			}
		}
	}
}

// monthOf is the month of a day of the model.
func monthOf(day string) string { return day[:len("2006-01")] }

func nextMonth(name string) string {
	year, _ := strconv.Atoi(name[:len("2006")])
	month, _ := strconv.Atoi(name[len("2006-"):])
	return fmt.Sprintf("%04d-%02d", year+month/12, month%12+1)
}

// Within are the days with outcomes that change for the worse, up to a period after the
// first day.
func (f *Forecast) Within(p calendar.Period) (days []ForecastDay) {
	from, err := calendar.ParseDate(f.Now.On)
	if err != nil {
		return nil
	}
	last := from.Add(p).String()
	for _, d := range f.Days {
		if d.On > last {
			break
		}
		worse := d
		worse.Changes = nil
		for _, l := range d.Changes {
			if l.Worse() {
				worse.Changes = append(worse.Changes, l)
			}
		}
		if len(worse.Changes) > 0 {
			days = append(days, worse)
		}
	}
	return days
}
