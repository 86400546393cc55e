package page

import (
	"strings"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/rulebook"
)

// What a description says is text wherever it is in a row, and an address that is not
// https is not one to follow.
func TestRowsHoldNoMarkupOfOthers(t *testing.T) {
	const hostile = `"'><script>alert(1)</script>`
	text, mark := lang.Same(hostile), sign{Text: lang.Same(hostile), Mark: hostile, Class: hostile}
	limits := []rulebook.Limit{{Name: hostile, Value: hostile, Overlay: hostile}}
	claims := []claim{{Item: hostile, Outcome: mark, State: mark, Against: text,
		Values: []value{{text, text}, {lang.Text{}, text}}, Places: []spot{{hostile, "javascript:alert(1)"}, {hostile, "https://example.gov.cn/" + hostile}},
		Evidence: []cited{{hostile, hostile}, {hostile, ""}}}}
	records := []record{{Item: hostile, State: mark, Verdict: text, Parts: []part{{text, text}}, By: hostile, On: hostile}}
	judged := &results.Check{Demand: &results.Demand{ID: hostile, Title: text, Limits: limits}, Reason: text, CausedBy: []string{hostile}, Attainment: hostile, Attained: hostile}
	found := &finding.Finding{Check: hostile, Title: text, Message: text, Remedy: text, Source: text, Item: hostile, Clauses: []string{hostile},
		Location: finding.Location{Path: hostile, Line: 1}, Waived: true}
	w := inFull()
	rows := string(w.check(&check{Check: judged, Anchor: hostile, Outcome: mark, Named: claims, Records: records, Fields: []lang.Text{text}, facets: facets{hostile}}) +
		w.check(&check{Check: judged, Only: &claims[0]}) +
		w.finding(&listed{Finding: found, Anchor: hostile, Class: hostile, Repeated: true, CheckTitle: text, CheckAnchor: hostile, Effort: hostile, Limits: limits,
			Before: hostile, Marked: hostile, After: hostile, facets: facets{hostile}, card: &card{}}) +
		w.problem(&problem{ProblemRow: results.ProblemRow{Problem: &results.Problem{}, Said: text, Basis: text, Bears: text, Advice: text, Effort: hostile},
			Class: hostile, Link: hostile, Shown: []string{hostile}, More: 1, Place: hostile, Others: 1, Clause: text}))
	if strings.Contains(rows, "<script") || strings.Contains(rows, `"'`) || strings.Contains(rows, "javascript:") {
		t.Error(rows)
	}
	if links := strings.Count(rows, `href="https://example.gov.cn/`); links != 2 {
		t.Errorf("%d links in %s", links, rows)
	}
}
