package calendar

import (
	"strconv"
	"strings"

	"hegui/internal/lang"
)

// Text writes the period for people: 90 天, 1 year 6 months.
func (p Period) Text() lang.Text {
	seconds := p.Seconds
	parts := []struct {
		n               int64
		zh, one, plural string
	}{
		{int64(p.Months / 12), "年", "year", "years"},
		{int64(p.Months % 12), "个月", "month", "months"},
		{int64(p.Days), "天", "day", "days"},
		{seconds / 3600, "小时", "hour", "hours"},
		{seconds % 3600 / 60, "分钟", "minute", "minutes"},
		{seconds % 60, "秒", "second", "seconds"},
	}
	var zh, en []string
	for _, part := range parts {
		if part.n == 0 {
			continue
		}
		word := part.plural
		if part.n == 1 {
			word = part.one
		}
		n := strconv.FormatInt(part.n, 10)
		zh, en = append(zh, n+" "+part.zh), append(en, n+" "+word)
	}
	if len(zh) == 0 {
		return lang.Say("0 天", "0 days")
	}
	return lang.Text{ZH: strings.Join(zh, " "), EN: strings.Join(en, " ")}
}
