package form

import (
	"fmt"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/lang"
)

// unit is a unit of time: its designator, behind T for those of the clock, and
// the words for it.
type unit struct {
	designator string
	clock      bool
	words      []string
}

// units are the units of time, longest first. The letter m says nothing: it is
// the month's and the minute's.
func units() []unit {
	say := func(text lang.Text, more ...string) []string {
		return append([]string{text.ZH, text.EN, text.EN + "s"}, more...)
	}
	return []unit{
		{"Y", false, say(lang.Say("年", "year"), "y", "yr")},
		{"M", false, append(say(lang.Say("个月", "month")), lang.Say("月", "mo").ZH)},
		{"W", false, append(say(lang.Say("周", "week")), lang.Say("星期", "w").ZH, lang.Say("个星期", "w").ZH, "w")},
		{"D", false, append(say(lang.Say("天", "day")), lang.Say("日", "d").ZH, "d")},
		{"H", true, append(say(lang.Say("小时", "hour")), lang.Say("个小时", "h").ZH, lang.Say("时", "hr").ZH, "h", "hr", "hrs")},
		{"M", true, append(say(lang.Say("分钟", "minute")), lang.Say("分", "min").ZH, "min", "mins")},
		{"S", true, append(say(lang.Say("秒", "second")), lang.Say("秒钟", "sec").ZH, "s", "sec", "secs")},
	}
}

// step is a number with what stands before the next one.
var step = pattern(`^(\d+) ?([^\d ]+) ?`)

// Period is a length of time as an ISO 8601 duration: 90 天 is P90D, 4h is PT4H,
// and so is how often something is done: 每月一次 is P1M.
func Period(text string) (right string, ok bool) {
	text = strings.ToLower(plain(text))
	if right, ok := fraction(text); ok {
		return right, true
	}
	if each, ok := interval(text); ok {
		text = each
	}
	if right = called()[text]; right != "" {
		return right, true
	}
	if whole, half := strings.CutSuffix(text, lang.Say("年半", "and a half").ZH); half && whole != "" {
		text = whole + lang.Say("年6个月", "6 months").ZH
	}
	if right, ok = designated(text); ok {
		return right, true
	}
	if value, rest, found := chinese(text); found && rest != text {
		text = value.Num().String() + rest
	}
	days, time, known := "", "", units()
	for text != "" {
		m := step().FindStringSubmatch(text)
		if m == nil {
			return "", false
		}
		at := place(known, m[2])
		if at < 0 {
			return "", false
		}
		part := fmt.Sprint(number(m[1])) + known[at].designator
		if known[at].clock {
			time += part
		} else {
			days += part
		}
		known, text = known[at+1:], text[len(m[0]):]
	}
	return checked(days, time)
}

// decimals is a length of time with a fraction; onClock one as a clock shows it.
var (
	decimals = pattern(`^(\d{1,4})\.(\d{1,2}) ?([^\d ]+)$`)
	onClock  = pattern(`^(\d{1,3}):(\d\d):(\d\d)$`)
)

// fraction is a length of time that no duration is written as: 1.5 小时 is PT1H30M, 03:05:00
// is PT3H5M.
func fraction(text string) (right string, ok bool) {
	seconds := 0
	if m := onClock().FindStringSubmatch(text); m != nil {
		seconds = number(m[1])*3600 + number(m[2])*60 + number(m[3])
	} else if m := decimals().FindStringSubmatch(text); m != nil {
		each := map[string]int{"H": 3600, "D": 86_400}
		at := place(units(), m[3])
		if at < 0 || each[units()[at].designator] == 0 {
			return "", false
		}
		share := number((m[2] + "0")[:2])
		all := each[units()[at].designator]
		if seconds = number(m[1])*all + share*all/100; share*all%100 != 0 {
			return "", false
		}
	}
	if seconds == 0 || seconds%60 != 0 {
		return "", false
	}
	days, hours, minutes := "", seconds/3600, seconds/60%60
	if hours >= 24 && strings.Contains(text, lang.Say("天", "day").ZH) {
		days, hours = fmt.Sprintf("%dD", hours/24), hours%24
	}
	time := ""
	for _, part := range []struct {
		n      int
		letter string
	}{{hours, "H"}, {minutes, "M"}} {
		if part.n > 0 {
			time += fmt.Sprint(part.n) + part.letter
		}
	}
	return checked(days, time)
}

// place is that of the unit with a word, -1 for none.
func place(known []unit, word string) int {
	for i, u := range known {
		for _, w := range u.words {
			if w == word {
				return i
			}
		}
	}
	return -1
}

// designated repairs a duration with its letters in lower case, without its P, or with
// the T where it does not belong.
func designated(text string) (right string, ok bool) {
	letters, found := strings.CutPrefix(strings.ReplaceAll(strings.ToUpper(text), " ", ""), "P")
	if !found && !strings.Contains(letters, "Y") { // behind years an M is the month's
		return "", false
	}
	if right, ok = checked(letters, ""); ok {
		return right, true
	}
	days, time, timed := strings.Cut(letters, "T")
	switch {
	case timed && days == "":
		return checked(time, "") // PT30D
	case !timed:
		return checked("", days) // P4H
	}
	return "", false
}

func checked(days, time string) (string, bool) {
	right := "P" + days
	if time != "" {
		right += "T" + time
	}
	_, err := calendar.ParsePeriod(right)
	return right, err == nil
}

// frequency is how often something is done, said of every length of time or of
// one that it is done in once. 每隔 is none of these: it may count the one between.
func frequency() lang.Text {
	return lang.Say(`^(?:每 ?([^隔 ].*?)(?: ?[一1] ?次)?|([^每].*?) ?[一1] ?次)$`, `^(?:every|each|once (?:a|an|per|every)) (.+)$`)
}

var often = pattern(frequency().ZH + "|" + frequency().EN)

// interval is the length of time in a frequency.
func interval(text string) (each string, ok bool) {
	m := often().FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	if each = m[1] + m[2] + m[3]; place(units(), each) >= 0 {
		each = "1" + each
	}
	return each, true
}

// called are the periods that have a name of their own.
func called() map[string]string {
	out := map[string]string{}
	for right, words := range map[string][]lang.Text{
		"PT1H": {lang.Same("hourly")}, "P1D": {lang.Same("daily")}, "P1W": {lang.Same("weekly")}, "P1M": {lang.Same("monthly")},
		"P3M":   {lang.Say("季度", "quarter"), lang.Say("一个季度", "a quarter"), lang.Say("季", "quarterly")},
		"P6M":   {lang.Say("半年", "half a year"), lang.Say("半年度", "half-yearly")},
		"P1Y":   {lang.Say("年度", "yearly"), lang.Same("annually")},
		"PT30M": {lang.Say("半小时", "half an hour")}, "PT12H": {lang.Say("半天", "half a day")},
	} {
		for _, word := range words {
			out[word.ZH], out[word.EN] = right, right
		}
	}
	return out
}
