package page

import (
	"html/template"
	"strings"
	"unicode/utf8"

	"hegui/internal/lang"
	"hegui/internal/typeset"
)

// label is a name before what it names.
func label(t lang.Text) template.HTML {
	return spoken(lang.Text{ZH: typeset.Prose(t, lang.Chinese) + "：", EN: typeset.Prose(t, lang.English) + ": "})
}

// recordsShown is how many characters of a list of records a page shows. The workbook
// shows more, and the place leads to all.
const recordsShown = 100

// valueText is a declared value; what is the same in both languages is written once.
func valueText(t lang.Text) template.HTML {
	zh, en := typeset.Prose(t, lang.Chinese), typeset.Prose(t, lang.English)
	if i, j := strings.Index(zh, "[{"), strings.Index(en, "[{"); i >= 0 && j >= 0 {
		return spoken(lang.Text{ZH: zh[:i], EN: en[:j]}) + template.HTML(template.HTMLEscapeString(cut(zh[i:], recordsShown))) // escaped here
	}
	colon := lang.Say("：", ": ")
	before, names, _ := strings.Cut(zh, colon.ZH)
	if entries, same, _ := strings.Cut(en, colon.EN); names != "" && names == same {
		return spoken(lang.Text{ZH: before + colon.ZH, EN: entries + colon.EN}) + template.HTML(template.HTMLEscapeString(names)) // escaped here
	}
	return both(t)
}

// cut is a text that ends in an ellipsis where it is longer than n characters.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
