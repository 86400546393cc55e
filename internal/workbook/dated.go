package workbook

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// readStyles finds the styles that show a number as a day: what is typed as 3-5 becomes
// one in many programs.
func (w *opened) readStyles(part string) error {
	w.dated = map[int]bool{}
	formats, within, style := map[string]bool{}, false, 0
	return w.scan(part, func(tag string, attr func(string) string) error {
		switch {
		case tag == "numFmt":
			formats[attr("numFmtId")] = showsDay(attr("formatCode"))
		case tag == "cellXfs":
			within = true
		case tag == "xf" && within:
			id := attr("numFmtId")
			w.dated[style] = formats[id] || isDay(id)
			style++
		}
		return nil
	}, func(tag string) error {
		within = within && tag != "cellXfs"
		return nil
	}, ignoreText)
}

// isDay reports whether a format that every program has shows a day.
func isDay(id string) bool {
	n, err := strconv.Atoi(id)
	return err == nil && (n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 31 || n == 36 || n >= 50 && n <= 58)
}

// aside is what of a format is no sign for a part of a date: texts, what stands in
// brackets, and escaped signs.
var aside = regexp.MustCompile(`"[^"]*"|\\.|\[[^\]]*\]`)

func showsDay(format string) bool {
	return strings.ContainsAny(strings.ToLower(aside.ReplaceAllString(format, "")), "yd")
}

// dayOf is the day that a number is, as spreadsheets count.
func dayOf(n float64, date1904 bool) string {
	epoch := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	if date1904 {
		epoch = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	return epoch.AddDate(0, 0, int(n)).Format(time.DateOnly)
}
