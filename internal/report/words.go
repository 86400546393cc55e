package report

import (
	"math"
	"strconv"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// term is the reader's word for a value of the platform's header; a value that
// the schema has no word for appears as it is written.
func (p *page) term(title lang.Text, value string) string {
	if title.IsZero() {
		return inert(value)
	}
	return p.prose(title)
}

// clauseVerdict is how a clause's verdict is shown.
type clauseVerdict struct {
	id   string
	text lang.Text
	// named verdicts list their clauses, always ones appear even for none.
	named, always bool
}

// verdicts are a clause's verdicts in the order of a card.
func verdicts() []clauseVerdict {
	return []clauseVerdict{
		{id: "met", text: lang.Say("符合", "met"), always: true},
		{id: "partly_met", text: lang.Say("部分符合", "partly met"), named: true, always: true},
		{id: "not_met", text: lang.Say("不符合", "not met"), named: true, always: true},
		{id: "not_applicable", text: lang.Say("不适用", "not applicable"), always: true},
		{id: "informative", text: lang.Say("不计分", "informative")},
		{id: "pending", text: lang.Say("检查待编写", "pending")},
	}
}

// number is a number of the model, or a dash where there is none.
func number(n results.Number) string {
	if n == "" {
		return "–"
	}
	return inert(string(n))
}

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
