// Package calendar does the arithmetic of dates and ISO 8601 periods the way
// regulations count: by calendar days, months clamped to their last day, both
// ends inclusive.
package calendar

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Shanghai is the zone in which instants become days. It has had no daylight
// saving since 1991, so a fixed offset spares the binary a zone database.
func Shanghai() *time.Location { return time.FixedZone("Asia/Shanghai", 8*60*60) }

// Date is a day, or an instant on a day.
type Date struct {
	day     int // days since 1970-01-01 in Shanghai
	instant int64
	exact   bool
}

const secondsPerDay = 24 * 60 * 60

// ParseDate reads a day written YYYY-MM-DD or an instant written as RFC 3339.
func ParseDate(text string) (Date, error) {
	if len(text) == len(time.DateOnly) {
		d, ok := parseDay(text)
		if !ok {
			return Date{}, fmt.Errorf("%q is not a date: want YYYY-MM-DD", text)
		}
		return d, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date: want YYYY-MM-DD or 2006-01-02T15:04:05+08:00", text)
	}
	return At(t), nil
}

// The years that descriptions and runs may speak of. No other can be meant: 0001-01-01
// and 1900-01-01 are what programs write for nothing.
const (
	FirstYear = 1949
	LastYear  = 2100
)

// ParseDay reads a day of those years, written YYYY-MM-DD.
func ParseDay(text string) (Date, bool) {
	d, err := ParseDate(text)
	return d, err == nil && len(text) == len(time.DateOnly) && Sensible(text)
}

// Sensible reports whether a date, in the form that ParseDate reads, lies in those years.
func Sensible(text string) bool {
	year := whole(text[:4])
	return year >= FirstYear && year <= LastYear
}

// parseDay reads YYYY-MM-DD; ok is false for a day that no month has.
func parseDay(text string) (d Date, ok bool) {
	year, month, day := whole(text[:4]), whole(text[5:7]), whole(text[8:])
	if text[4] != '-' || text[7] != '-' || year < 0 || month < 1 || month > 12 || day < 1 {
		return Date{}, false
	}
	d = civil(year, time.Month(month), day)
	return d, d.day < civil(year, time.Month(month+1), 1).day
}

// whole is the number that digits write, -1 for anything else.
func whole(digits string) (n int) {
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return -1
		}
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

// At is the instant t.
func At(t time.Time) Date {
	d := On(t)
	d.instant, d.exact = t.Unix(), true
	return d
}

// On is the day of t in Shanghai.
func On(t time.Time) Date {
	year, month, day := t.In(Shanghai()).Date()
	return civil(year, month, day)
}

// civil is a day by its number: years are counted from March, so that a leap day is
// the last of its year. Months beyond the twelfth are those of later years.
func civil(year int, month time.Month, day int) Date {
	months := year*12 + int(month) - 3
	year = floorDiv(months, 12)
	sinceMarch := months - year*12
	days := 365*year + floorDiv(year, 4) - floorDiv(year, 100) + floorDiv(year, 400) + (153*sinceMarch+2)/5 + day - 1
	return Date{day: days - beforeEpoch}
}

// beforeEpoch is how many days lie between March 1st of the year 0 and 1970-01-01.
const beforeEpoch = 719_468

func floorDiv(a, b int) int {
	if a < 0 {
		a -= b - 1
	}
	return a / b
}

func (d Date) time() time.Time { return time.Unix(int64(d.day)*secondsPerDay, 0).UTC() }

// String writes the day as YYYY-MM-DD; an instant's time of day is left out.
func (d Date) String() string { return d.time().Format(time.DateOnly) }

// Day forgets the time of day.
func (d Date) Day() Date { return Date{day: d.day} }

// NextDay is the day after.
func (d Date) NextDay() Date { return Date{day: d.day + 1} }

// PreviousDay is the day before.
func (d Date) PreviousDay() Date { return Date{day: d.day - 1} }

// Before reports whether d is earlier than other. Two instants compare
// exactly, everything else by day.
func (d Date) Before(other Date) bool {
	if d.exact && other.exact {
		return d.instant < other.instant
	}
	return d.day < other.day
}

// After reports whether d is later than other.
func (d Date) After(other Date) bool { return other.Before(d) }

// Compare orders dates: -1, 0 or +1.
func (d Date) Compare(other Date) int {
	switch {
	case d.Before(other):
		return -1
	case other.Before(d):
		return 1
	}
	return 0
}

// Add returns the date a period later: months first, clamped to the month's
// last day, then days, then the time of day. Where d is a day, a time of day
// counts as the days it fills, rounded up.
func (d Date) Add(p Period) Date {
	moved := addMonths(d, p.Months)
	days := moved.day + p.Days
	if !d.exact {
		return Date{day: days + int((p.Seconds+secondsPerDay-1)/secondsPerDay)}
	}
	shift := int64(days-d.day)*secondsPerDay + p.Seconds
	return At(time.Unix(d.instant+shift, 0))
}

func addMonths(d Date, months int) Date {
	if months == 0 {
		return d
	}
	year, month, day := d.time().Date()
	last := civil(year, month+time.Month(months)+1, 1).PreviousDay()
	return Date{day: min(civil(year, month+time.Month(months), day).day, last.day)}
}

// Period is a length of time: years are 12 months, weeks 7 days.
type Period struct {
	Months, Days int
	Seconds      int64
}

// maxCount bounds each number in a period, so that no arithmetic overflows.
const maxCount = 100_000

var errPeriod = errors.New("want an ISO 8601 duration such as P90D, P1Y or PT4H")

// ParsePeriod reads an ISO 8601 duration of whole units, designators in order:
// P1Y, P6M, P2W, P90D, PT4H, P1DT12H.
func ParsePeriod(text string) (Period, error) {
	p, err := parsePeriod(text)
	if err != nil {
		return Period{}, fmt.Errorf("%q is not a period: %w", text, err)
	}
	return p, nil
}

func parsePeriod(text string) (Period, error) {
	if !strings.HasPrefix(text, "P") {
		return Period{}, errPeriod
	}
	days, clock, timed := strings.Cut(text[1:], "T")
	if timed && clock == "" || !timed && days == "" {
		return Period{}, errPeriod
	}
	var p Period
	if err := readCounts(days, "YMWD", func(n int, unit byte) {
		switch unit {
		case 'Y':
			p.Months += 12 * n
		case 'M':
			p.Months += n
		case 'W':
			p.Days += 7 * n
		case 'D':
			p.Days += n
		}
	}); err != nil {
		return Period{}, err
	}
	return p, readCounts(clock, "HMS", func(n int, unit byte) {
		switch unit {
		case 'H':
			p.Seconds += 3600 * int64(n)
		case 'M':
			p.Seconds += 60 * int64(n)
		case 'S':
			p.Seconds += int64(n)
		}
	})
}

// readCounts reads "1Y6M": each designator at most once, in order.
func readCounts(text, designators string, take func(n int, unit byte)) error {
	for text != "" {
		digits := strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' })
		if digits <= 0 {
			return errPeriod
		}
		n, err := strconv.Atoi(text[:digits])
		if err != nil || n > maxCount {
			return fmt.Errorf("more than %d of a unit", maxCount)
		}
		place := strings.IndexByte(designators, text[digits])
		if place < 0 {
			return errPeriod
		}
		take(n, text[digits])
		designators, text = designators[place+1:], text[digits+1:]
	}
	return nil
}

// longest is the length in seconds of the longest stretch of calendar that the
// period can cover: P1M is 31 days and P1Y 366, so that no promise or retention
// period looks better because of the month it starts in.
func (p Period) longest() int64 {
	return int64(longestMonths(p.Months)+p.Days)*secondsPerDay + p.Seconds
}

// longestMonths is the largest number of days in n consecutive months, over
// every start month of a leap cycle.
func longestMonths(n int) int {
	if n == 0 {
		return 0
	}
	longest := 0
	for start := range 48 {
		from := civil(2000, time.Month(1+start), 1)
		to := civil(2000, time.Month(1+start+n), 1)
		longest = max(longest, to.day-from.day)
	}
	return longest
}

// Compare orders periods by their longest calendar length: -1, 0 or +1.
func (p Period) Compare(other Period) int {
	a, b := p.longest(), other.longest()
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
