package page

import (
	"slices"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
)

// facets are the words by which a row is found again: its severity, its state, its
// topic and its clauses.
type facets []string

// Facets are the words as an attribute has them.
func (f facets) Facets() string { return strings.Join(f, " ") }

// The words of topics and clauses begin alike, so that none of them is taken for one
// of another kind.
const (
	topicFacet  = "t-"
	clauseFacet = "c-"
)

// facet is one question to filter by, with the answers that occur.
type facet struct {
	Name    string
	Title   lang.Text
	Answers []answer
}

type answer struct {
	Word string
	Text lang.Text
	N    int
}

// sieve is what the rows of a part of the card are filtered by.
type sieve struct {
	Anchor string
	Facets []facet
	N      int
}

// FindingSieve filters findings.
func (c *card) FindingSieve() sieve {
	var rows []facets
	for i := range c.Findings {
		rows = append(rows, c.Findings[i].facets)
	}
	states := []answer{{Word: "open", Text: lang.Say("待整改", "open")}, {Word: "repeated", Text: lang.Say("屡查屡犯", "repeated")}, {Word: "waived", Text: term.Outcomes().Text("waived")}}
	for _, standing := range results.Standings() {
		states = append(states, answer{Word: standingFacet(standing), Text: term.Standings().Text(string(standing))})
	}
	return c.sieve("findings", rows, states)
}

// ClaimSieve filters checks.
func (c *card) ClaimSieve() sieve {
	var rows []facets
	for i := range c.Checks {
		rows = append(rows, c.checks[c.Checks[i].ID].facets)
	}
	var states []answer
	for _, w := range term.Outcomes().Words {
		states = append(states, answer{Word: w.ID, Text: w.Text})
	}
	for _, state := range append([]string{""}, examinedStates()...) {
		states = append(states, answer{Word: examinedFacet(state), Text: term.ClaimStates().Text(state)})
	}
	return c.sieve("claims", rows, states)
}

// standingFacet is the word of what has become of a finding since.
func standingFacet(s results.Standing) string { return "s-" + plainly(string(s)) }

// examinedFacet is the word of what an assessor has made of a claim, which may be
// called as an outcome is.
func examinedFacet(state string) string {
	if state == "" {
		return "x-none"
	}
	return "x-" + plainly(state)
}

// sieve asks for what occurs in the rows.
func (c *card) sieve(part string, rows []facets, states []answer) sieve {
	var severities, topics, clauses []answer
	for _, s := range finding.Severities() {
		severities = append(severities, answer{Word: s.String(), Text: s.Text()})
	}
	for _, t := range c.Run.Rulebook.Topics {
		topics = append(topics, answer{Word: topicFacet + plainly(t.ID), Text: t.Title})
	}
	for i := range c.Clauses {
		clauses = append(clauses, answer{Word: clauseFacet + plainly(c.Clauses[i].ID), Text: lang.Say("%s %s", "%s %s", c.Clauses[i].ID, c.Clauses[i].Title)})
	}
	s := sieve{Anchor: c.Anchor(part), N: len(rows), Facets: []facet{
		{Name: "severity", Title: term.Severities().Title, Answers: severities},
		{Name: "clause", Title: lang.Say("条款", "clause"), Answers: clauses},
		{Name: "topic", Title: lang.Say("专题", "topic"), Answers: topics},
		{Name: "state", Title: lang.Say("状态", "state"), Answers: states},
	}}
	times := map[string]int{}
	for _, row := range rows {
		for _, word := range row {
			times[word]++
		}
	}
	for i := range s.Facets {
		answers := s.Facets[i].Answers
		for j := range answers {
			answers[j].N = times[answers[j].Word]
		}
		s.Facets[i].Answers = slices.DeleteFunc(answers, func(a answer) bool { return a.N == 0 })
	}
	return s
}

// facetsOf are the words of a finding.
func (c *card) facetsOf(f *listed) facets {
	words := facets{f.Severity.String(), topicFacet + plainly(c.topicOf(f.Finding))}
	for _, id := range f.Clauses {
		words = append(words, clauseFacet+plainly(id))
	}
	switch {
	case f.Waived:
		words = append(words, "waived")
	case f.Repeated:
		words = append(words, "open", "repeated")
	default:
		words = append(words, "open")
	}
	if c.Previous != nil {
		for i := range c.Previous.Changes {
			if now := &c.Previous.Changes[i]; now.Fingerprint == f.Fingerprint && now.Location == f.Location {
				words = append(words, standingFacet(now.Standing))
				break
			}
		}
	}
	return words
}

// topicOf is the topic of a finding: its check's, else that of the file it is in.
func (c *card) topicOf(f *finding.Finding) string {
	topic, _, _ := strings.Cut(f.Check, ".")
	if c.checks[f.Check] == nil {
		file := f.Location.Path[strings.LastIndexByte(f.Location.Path, '/')+1:]
		topic, _, _ = strings.Cut(file, ".")
	}
	return topic
}

// facetsOfCheck are the words of a check with all its items.
func facetsOfCheck(k *results.Check) facets {
	topic, _, _ := strings.Cut(k.ID, ".")
	words := facets{k.Severity.String(), topicFacet + plainly(topic)}
	for _, id := range k.Clauses {
		words = append(words, clauseFacet+plainly(id))
	}
	add := func(word string) {
		if !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	add(plainly(string(k.Outcome)))
	for i := range k.Items {
		add(plainly(string(k.Items[i].Outcome)))
		add(examinedFacet(string(k.Items[i].State)))
	}
	return words
}
