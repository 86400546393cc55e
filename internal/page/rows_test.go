package page

import (
	"strings"
	"testing"

	"hegui/internal/lang"
)

// What a description says is text wherever it is in a row, and an address that is not
// https is not one to follow.
func TestRowsHoldNoMarkupOfOthers(t *testing.T) {
	const hostile = `"'><script>alert(1)</script>`
	text := lang.Same(hostile)
	one := claim{Item: hostile, Outcome: sign{Text: text, Mark: hostile, Class: hostile}, State: sign{Text: text, Class: hostile}, Against: text,
		Values: []value{{text, text}, {lang.Text{}, text}}, Places: []spot{{hostile, "javascript:alert(1)"}, {hostile, "https://example.gov.cn/" + hostile}},
		Evidence: []cited{{hostile, hostile}, {hostile, ""}}}
	row := string(rower{both, label, valueText}.named([]claim{one}))
	if strings.Contains(row, "<script") || strings.Contains(row, `"'`) || strings.Contains(row, "javascript:") {
		t.Error(row)
	}
	if links := strings.Count(row, `href="https://example.gov.cn/`); links != 1 {
		t.Errorf("%d links in %s", links, row)
	}
}
