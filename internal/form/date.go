// Package form reads what people write for a value and gives the form that a
// description wants: 2026年9月12日 is 2026-09-12, 90 天 is P90D. Its functions never
// guess: what could mean two things, or nothing, has no right form.
package form

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/unicode/norm"

	"hegui/internal/calendar"
	"hegui/internal/lang"
)

// writtenDay is a day in numerals.
func writtenDay() lang.Text {
	return lang.Say(`^([〇零一二三四五六七八九]{4}) ?年 ?([一二三四五六七八九十]{1,2}) ?月 ?([一二三四五六七八九十]{1,3}) ?[日号]`, `^(\d{4}) (\d\d) (\d\d)`)
}

// plain is a text as it would be typed on an ordinary keyboard: full-width signs
// narrow, blanks of every kind single, none at the ends, and no sign that would end a sentence.
func plain(text string) string {
	narrow := strings.NewReplacer("。", ".", "，", ",", "、", ",", "–", "-", "—", "-", "−", "-").Replace(norm.NFKC.String(text))
	return strings.TrimRight(strings.Join(strings.Fields(narrow), " "), ".,; ")
}

// pattern compiles a regular expression when it is first asked for: most runs meet nothing
// that is written so.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

var (
	dateParts = pattern(`^(\d{4}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{1,2})`)
	dateRun   = pattern(`^(\d{4})(\d\d)(\d\d)`)
	monthOnly = pattern(`^(\d{4}) ?[-/.] ?(\d{1,2}) ?-?$`)
	yearLast  = pattern(`^(\d{1,2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{4})$`)
	shortYear = pattern(`^(\d\d) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{1,2})$`)
	yearless  = pattern(`^(\d{1,2})-(\d{1,2})$`)
	written   = pattern(writtenDay().ZH)
	clock     = pattern(`^[ T]?(\d{1,2}):(\d\d)(?::(\d\d))?$`)
)

// dated is a plain text in which the characters for year, month and day divide the
// parts of a date.
func dated(text string) string {
	text = strings.Map(func(r rune) rune {
		switch r {
		case '年', '月':
			return '-'
		case '日', '号':
			return -1
		}
		return r
	}, spelled(plain(text)))
	return strings.TrimSpace(strings.ReplaceAll(text, "--", "-"))
}

// spelled is a text whose day is written in digits: of one in Chinese numerals
// (二〇二六年九月十二日) or with the name of the month.
func spelled(text string) string {
	if m := written().FindStringSubmatch(text); m != nil {
		year := strings.Map(func(r rune) rune { return '0' + rune(numeral(r)) }, m[1])
		month, _, _ := chinese(m[2])
		day, _, _ := chinese(m[3])
		return fmt.Sprintf("%s-%s-%s%s", year, month.Num(), day.Num(), text[len(m[0]):])
	}
	for _, layout := range []string{"January 2 2006", "Jan 2 2006", "2 January 2006", "2 Jan 2006"} {
		if t, err := time.Parse(layout, strings.NewReplacer(",", "", "Sept ", "Sep ").Replace(text)); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	return text
}

// day is what the beginning of a text says of a day, and what follows it.
type day struct {
	year, month, day int
	rest             string
}

func parseDay(text string) (d day, ok bool) {
	text = dated(text)
	m := dateParts().FindStringSubmatch(text)
	if m == nil {
		m = dateRun().FindStringSubmatch(text)
	}
	if m == nil {
		return d, false
	}
	d.rest = text[len(m[0]):]
	if d.rest != "" && d.rest[0] >= '0' && d.rest[0] <= '9' {
		return d, false
	}
	d.year, d.month, d.day = number(m[1]), number(m[2]), number(m[3])
	return d, true
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// number is that of a few digits.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// exists reports whether the calendar has the day.
func (d day) exists() bool {
	t := d.time()
	return t.Year() == d.year && t.Month() == time.Month(d.month) && t.Day() == d.day
}

func (d day) time() time.Time {
	return time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
}

// Date is a day as YYYY-MM-DD. An instant is the day on which it falls in China.
func Date(text string) (right string, ok bool) {
	if moment, err := time.Parse(time.RFC3339, strings.TrimSpace(text)); err == nil {
		return calendar.On(moment).String(), true
	}
	d, ok := parseDay(text)
	if either := readings(text); !ok && len(either) == 1 {
		return either[0], true
	}
	if !ok || !d.exists() || d.rest != "" && !clock().MatchString(d.rest) {
		return "", false
	}
	return d.time().Format(time.DateOnly), true
}

// readings are the days that a text which ends with the year may mean: 25/12/2026 is
// one of two months alone where the other does not exist.
func readings(text string) (days []string) {
	m := yearLast().FindStringSubmatch(dated(text))
	if m == nil {
		return nil
	}
	first, second := number(m[1]), number(m[2])
	for _, d := range []day{{number(m[3]), second, first, ""}, {number(m[3]), first, second, ""}} {
		if right := d.time().Format(time.DateOnly); d.exists() && !slices.Contains(days, right) {
			days = append(days, right)
		}
	}
	return days
}

// DateFault says what a text that begins as a date lacks, and what to write; zero
// for any other text.
func DateFault(text string) (remedy lang.Text) {
	if m := monthOnly().FindStringSubmatch(dated(text)); m != nil {
		return lang.Say("补上日：写 %[1]s-%02[2]d-DD，DD 是两位的日", "add the day: write %[1]s-%02[2]d-DD, DD being the two digits of the day", m[1], number(m[2]))
	}
	d, ok := parseDay(text)
	switch {
	case !ok:
		return yearFault(text)
	case d.month < 1 || d.month > 12:
		return lang.Say("没有 %d 月：写日历上有的日期，如 YYYY-MM-DD", "there is no month %d: write a day of the calendar as YYYY-MM-DD", d.month)
	case !d.exists():
		last := time.Date(d.year, time.Month(d.month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
		return lang.Say("%d 年 %d 月只有 %d 天：写日历上有的日期，如 YYYY-MM-DD", "%[1]d-%02[2]d has only %[3]d days: write a day of the calendar as YYYY-MM-DD", d.year, d.month, last)
	case strings.ContainsFunc(d.rest, isDigit) && !strings.Contains(d.rest, ":"):
		return lang.Say("只写一天，如 %s；是一段时间的，写完成的那一天", "write one day, such as %s; of a span of time the one on which it ended", d.time().Format(time.DateOnly))
	case d.rest != "" && !strings.Contains(d.rest, ":"): // a time of day has other faults
		return lang.Say("只写 %s；说明另起，写在“ # ”后面", "write %s alone; a remark goes behind \" # \"", d.time().Format(time.DateOnly))
	}
	return remedy
}

// yearFault says what to write where the year is not what the text begins with.
func yearFault(text string) (remedy lang.Text) {
	if days := readings(text); len(days) == 2 {
		return lang.Say("哪个是月说不准：写 %s 或 %s", "which is the month cannot be told: write %s or %s", days[0], days[1])
	}
	text = dated(text)
	if m := shortYear().FindStringSubmatch(text); m != nil {
		if d := (day{2000 + number(m[1]), number(m[2]), number(m[3]), ""}); d.exists() {
			return lang.Say("年写四位：写 %s，若是 %d 年", "write the year in four digits: %s, if the year is %d", d.time().Format(time.DateOnly), d.year)
		}
	}
	if m := yearless().FindStringSubmatch(text); m != nil {
		return lang.Say("补上年：写 YYYY-%02d-%02d", "add the year: write YYYY-%02d-%02d", number(m[1]), number(m[2]))
	}
	return remedy
}

// hourly is a time of day in words, behind a day: 15时40分, 下午3:40.
func hourly() lang.Text {
	return lang.Say(`[ T]?(?:上午|早上|凌晨|(下午|晚上|晚))? ?(\d{1,2}) ?[:时点] ?(?:(\d{1,2}) ?分?|整)?(?: ?(\d{1,2}) ?秒)?$`, ` (\d{1,2}):(\d\d)$`)
}

var spoken = pattern(hourly().ZH)

// timed is a text whose time of day is written in digits and colons.
func timed(text string) string {
	if text = strings.TrimSpace(norm.NFKC.String(text)); !strings.ContainsFunc(text, func(r rune) bool { return r > 0x7f }) {
		return text
	}
	m := spoken().FindStringSubmatch(text)
	if m == nil {
		return text
	}
	hour := number(m[2])
	if m[1] != "" && hour < 12 {
		hour += 12
	}
	return fmt.Sprintf("%s %02d:%02d:%02d", strings.TrimSpace(text[:len(text)-len(m[0])]), hour, number(m[3]), number(m[4]))
}

// Moment is a day and time of day as RFC 3339. zoned is false where the text
// states no zone: the form is then that of the time in China.
func Moment(text string) (right string, zoned, ok bool) {
	text = timed(text)
	if moment, err := time.Parse("2006-01-02T15:04Z07:00", strings.TrimSpace(text)); err == nil {
		return moment.Format(time.RFC3339), true, true
	}
	if _, err := time.Parse(time.RFC3339, text); err == nil {
		return text, true, true
	}
	d, ok := parseDay(text)
	m := clock().FindStringSubmatch(d.rest)
	if !ok || !d.exists() || m == nil || number(m[1]) > 23 || number(m[2]) > 59 || number(m[3]) > 59 {
		return "", false, false
	}
	at := time.Date(d.year, time.Month(d.month), d.day, number(m[1]), number(m[2]), number(m[3]), 0, calendar.Shanghai())
	return at.Format(time.RFC3339), false, true
}
