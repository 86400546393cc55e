package calendar

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hegui/internal/trial"
)

func date(t *testing.T, text string) Date {
	t.Helper()
	d, err := ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func period(t *testing.T, text string) Period {
	t.Helper()
	p, err := ParsePeriod(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAddClampsMonths(t *testing.T) {
	for _, c := range []struct{ from, period, want string }{
		{"2026-01-31", "P1M", "2026-02-28"},
		{"2024-01-31", "P1M", "2024-02-29"},
		{"2024-02-29", "P1Y", "2025-02-28"},
		{"2025-12-31", "P2M", "2026-02-28"},
		{"2026-03-31", "P1M1D", "2026-05-01"},
		{"2026-11-30", "P90D", "2027-02-28"},
		{"2026-11-30", "P2W", "2026-12-14"},
		{"2026-11-30", "PT4H", "2026-12-01"},
		{"2026-11-30", "PT1S", "2026-12-01"},
		{"2026-11-30", "PT24H", "2026-12-01"},
		{"2026-11-30", "PT24H1S", "2026-12-02"},
		{"1969-12-31", "P1D", "1970-01-01"},
		{"1968-01-31", "P1M", "1968-02-29"},
		{"2026-11-30", "P100000D", "2300-09-15"}, // the largest count
	} {
		if got := date(t, c.from).Add(period(t, c.period)).String(); got != c.want {
			t.Errorf("%s + %s = %s, want %s", c.from, c.period, got, c.want)
		}
	}
}

func TestInstantsKeepTheirTime(t *testing.T) {
	found := date(t, "2026-03-01T23:30:00+08:00")
	limit := found.Add(period(t, "PT4H"))
	if in := date(t, "2026-03-02T03:30:00+08:00"); limit.Before(in) {
		t.Error("the end of the period does not count")
	}
	if late := date(t, "2026-03-02T03:30:01+08:00"); !limit.Before(late) {
		t.Error("a second too late counts")
	}
	if utc := date(t, "2026-03-01T17:00:00Z"); utc.String() != "2026-03-02" {
		t.Errorf("17:00Z is %s in Shanghai, want 2026-03-02", utc)
	}
	if found.Before(date(t, "2026-03-01")) || date(t, "2026-03-01").Before(found) {
		t.Error("an instant and its own day differ")
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"", "P", "PT", "P1", "1Y", "P1YT", "P0.5D", "P1D2D", "P1D1Y", "PT1H1H", "P-1D", "P1H", "PT1D", "P100001D", "P99999999999999999999D", "P1,5Y", " P1Y"} {
		if p, err := ParsePeriod(text); err == nil {
			t.Errorf("%q is read as %+v", text, p)
		}
	}
	for _, text := range []string{"", "2026-02-30", "2026-1-1", "20260101", "2026-01-01 10:00", "2026-01-01T10:00:00"} {
		if d, err := ParseDate(text); err == nil {
			t.Errorf("%q is read as %s", text, d)
		}
	}
}

func TestCompareMeasuresTheLongest(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"P1Y", "P12M", 0}, {"P366D", "P1Y", 0}, {"P365D", "P1Y", -1},
		{"P6M", "P184D", 0}, {"P180D", "P6M", -1}, {"P1M", "P30D", 1},
		{"P3M", "P92D", 0}, {"PT24H", "P1D", 0}, {"P1W", "P7D", 0}, {"P4Y", "P1461D", 0},
	} {
		if got := period(t, c.a).Compare(period(t, c.b)); got != c.want {
			t.Errorf("%s against %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestPeriodText(t *testing.T) {
	for text, want := range map[string]string{
		"P90D": "90 天/90 days", "P1Y6M": "1 年 6 个月/1 year 6 months", "P2Y": "2 年/2 years",
		"P25M": "2 年 1 个月/2 years 1 month", "P1DT2H": "1 天 2 小时/1 day 2 hours",
		"PT7199S": "1 小时 59 分钟 59 秒/1 hour 59 minutes 59 seconds", "PT1M1S": "1 分钟 1 秒/1 minute 1 second",
		"PT90M": "1 小时 30 分钟/1 hour 30 minutes", "P0D": "0 天/0 days",
	} {
		if got := period(t, text).Text(); got.ZH+"/"+got.EN != want {
			t.Errorf("%s reads %q", text, got)
		}
	}
}

// Adding a period agrees with the clock's own calendar wherever no month is
// clamped, and never steps past the month that was meant.
func TestAddAgainstTime(t *testing.T) {
	trial.Check(t, 100, func(t *rapid.T) {
		start := time.Date(rapid.IntRange(1950, 2100).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")),
			rapid.IntRange(1, 28).Draw(t, "day"), 0, 0, 0, 0, Shanghai())
		months, days := rapid.IntRange(0, 60).Draw(t, "months"), rapid.IntRange(0, 1000).Draw(t, "days")
		got := On(start).Add(Period{Months: months, Days: days})
		if want := start.AddDate(0, months, days).Format(time.DateOnly); got.String() != want {
			t.Fatalf("%s + %d months %d days = %s, want %s", start.Format(time.DateOnly), months, days, got, want)
		}
	})
}

func FuzzParsePeriod(f *testing.F) {
	for _, seed := range []string{"P1Y2M3W4DT5H6M7S", "PT", "P1D1D", "P99999999999D"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ParsePeriod(text)
		if err == nil && (p.Months < 0 || p.Days < 0 || p.Seconds < 0) {
			t.Fatalf("%q is negative: %+v", text, p)
		}
	})
}

// A day is what the standard library reads as one, and the same: on every day of
// four centuries and more, and with every sign in every place.
func TestDaysAreThoseOfTheStandardLibrary(t *testing.T) {
	check := func(text string) {
		want, err := time.Parse(time.DateOnly, text)
		if got, ok := ParseDate(text); (ok == nil) != (err == nil) || err == nil && got != On(want) {
			t.Errorf("%q is read as %v, %v, not %v", text, got, ok, err)
		}
	}
	for year := 1890; year <= 2310; year++ {
		for month := range 14 {
			for _, day := range []int{0, 1, 9, 28, 29, 30, 31, 32} {
				check(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
			}
		}
	}
	for _, text := range []string{"0000-01-01", "0000-02-29", "9999-12-31", "2026-1-001"} {
		check(text)
	}
	for at := range len(time.DateOnly) {
		for sign := range rune(128) {
			check("2026-11-27"[:at] + string(sign) + "2026-11-27"[at+1:])
		}
	}
}
