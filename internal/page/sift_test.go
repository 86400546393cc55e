package page

import (
	"slices"
	"strings"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
)

// A filter offers what occurs, with how often; topics, clauses and states of the same name
// are different words, and a word is one word whatever a description is called.
func TestSieve(t *testing.T) {
	c := &card{Platform: &results.Platform{}, Run: &results.Results{}, checks: map[string]*check{}}
	c.Run.Rulebook.Topics = []results.Section{{ID: "open", Title: lang.Same("open")}, {ID: "backups", Title: lang.Same("backups")}, {ID: "a b", Title: lang.Same("a b")}}
	c.Clauses = []results.Clause{{ID: "4.4.2"}, {ID: "major"}}
	at := finding.Location{Path: "platforms/one/backups.yaml"}
	for _, f := range []*finding.Finding{
		{Check: "document.syntax", Severity: finding.Blocker, Location: at},
		{Check: "document.syntax", Severity: finding.Blocker, Location: finding.Location{Path: "platforms/one/a b.yaml"}},
		{Check: "document.syntax", Severity: finding.Major, Location: at, Waived: true, Clauses: []string{"major"}},
		{Check: "document.syntax", Severity: finding.Major, Location: at, Clauses: []string{"4.4.2", "9.9"}},
	} {
		l := listed{Finding: f, card: c}
		l.facets = c.facetsOf(&l)
		c.Findings = append(c.Findings, l)
	}
	got := c.FindingSieve()
	words := map[string][]string{}
	for _, facet := range got.Facets {
		for _, a := range facet.Answers {
			words[facet.Name] = append(words[facet.Name], a.Word)
			if strings.ContainsAny(a.Word, " <&\"") || a.N < 1 {
				t.Errorf("%s: %q, %d times", facet.Name, a.Word, a.N)
			}
		}
	}
	if got.N != 4 || !slices.Equal(words["severity"], []string{"blocker", "major"}) || !slices.Equal(words["clause"], []string{"c-4.4.2", "c-major"}) ||
		len(words["topic"]) != 2 || words["topic"][0] != "t-backups" || !slices.Equal(words["state"], []string{"open", "waived"}) {
		t.Errorf("%d findings, %v", got.N, words)
	}
	if n := got.Facets[0].Answers[0].N; n != 2 {
		t.Errorf("%d blockers", n)
	}
}
