package report

import (
	"math"
	"strconv"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/typeset"
)

// term is the reader's word for a value of the platform's header; a value that
// the schema has no word for appears as it is written.
func (v voice) term(title lang.Text, value string) string {
	if title.IsZero() {
		return typeset.Inert(value)
	}
	return v.Prose(title)
}

// number is a number of the model, or a dash where there is none.
func number(n results.Number) string { return typeset.OrDash(string(n)) }

// barLength is how many characters a full bar has.
const barLength = 10

// bar draws a percentage. Only all of it fills the bar, and only none leaves
// it empty: a picture must not round a failure away.
func bar(n results.Number) string {
	percent, err := strconv.ParseFloat(string(n), 64)
	if err != nil || math.IsNaN(percent) {
		return ""
	}
	filled := int(math.Round(percent / 100 * barLength))
	if percent < 100 {
		filled = min(filled, barLength-1)
	}
	if percent > 0 {
		filled = max(filled, 1)
	}
	filled = max(0, min(filled, barLength))
	return strings.Repeat("█", filled) + strings.Repeat("░", barLength-filled)
}
