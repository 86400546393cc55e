package report

import (
	"cmp"
	"slices"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// rule is a check as the platforms of a run show it. Limits, bases and
// severities differ with the platform's level; a rule holds all that occur.
type rule struct {
	id            string
	title         lang.Text
	severity      finding.Severity
	clauses       []string
	bases, limits []string
	sources       []lang.Text
	articles      []string
	explained     bool // by hegui explain
}

// rule is the one with an id, made where it is not known yet.
func (d *sarifReport) rule(id string) *rule {
	if d.rules[id] == nil {
		d.rules[id] = &rule{id: id}
	}
	return d.rules[id]
}

// found adds what a finding says of its check.
func (r *rule) found(f *finding.Finding) {
	r.severity = max(r.severity, f.Severity)
	r.clauses = union(r.clauses, f.Clauses...)
	r.explained = r.explained || len(f.Clauses) > 0
}

// add adds what a check says of itself on one platform.
func (r *rule) add(c *results.Check) {
	r.title, r.explained = c.Title, true
	r.severity = max(r.severity, c.Severity)
	r.clauses = union(r.clauses, c.Clauses...)
	r.bases = union(r.bases, c.Basis.Kind+"/"+c.Basis.Confidence)
	if !c.Basis.Source.IsZero() && !slices.Contains(r.sources, c.Basis.Source) {
		r.sources = append(r.sources, c.Basis.Source)
	}
	r.articles = union(r.articles, c.Articles()...)
	for _, limit := range c.Limits {
		r.limits = union(r.limits, limit.Name+"="+limit.Value)
	}
}

// union adds what is new, in order of appearance.
func union(all []string, more ...string) []string {
	for _, s := range more {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

func (v voice) sarifRule(r *rule) sarifRule {
	_, own, named := term.Find(r.id)
	title := cmp.Or(strings.TrimSpace(v.Prose(r.title)), v.Prose(own.Title), typeset.Inert(r.id))
	lines := v.ruleLines(r)
	plain, marked := []string{title}, []string{"**" + said(title) + "**"}
	for _, line := range lines {
		plain, marked = append(plain, line), append(marked, "- "+typeset.Markdown(line))
	}
	// A single backquoted command of ours: no backquote can stand in the id.
	if r.explained || named {
		command := "hegui explain " + strings.ReplaceAll(typeset.Inert(r.id), "`", "'")
		plain, marked = append(plain, command), append(marked, "- `"+command+"`")
	}
	tags := []string{}
	for _, clause := range r.clauses {
		tags = append(tags, v.Say("条款 %s", "clause %s", typeset.Inert(clause)))
	}
	return sarifRule{
		ID: typeset.Inert(r.id), ShortDescription: sarifMessage(title),
		FullDescription:      sarifMessage(strings.Join(append([]string{title}, lines...), v.Say("；", "; "))),
		Help:                 sarifText{Text: sarifMessage(strings.Join(plain, "\n")).Text, Markdown: strings.Join(marked, "\n") + "\n"},
		DefaultConfiguration: sarifConfiguration{Level: sarifLevel(r.severity)},
		Properties: map[string]any{
			"severity": r.severity, "clauses": list(r.clauses), "basis": list(r.bases), "limits": list(r.limits), "tags": tags,
		},
	}
}

// ruleLines are what a rule rests on.
func (v voice) ruleLines(r *rule) []string {
	var lines []string
	add := func(zh, en string, values []string) {
		if len(values) > 0 {
			lines = append(lines, v.Say(zh, en, v.List(values, maxNamed)))
		}
	}
	var sources []string
	for _, source := range r.sources {
		sources = append(sources, v.Prose(source))
	}
	lines = append(lines, v.Say("严重程度：%s", "severity: %s", r.severity.Text()))
	add("条款：%s", "clauses: %s", r.clauses)
	add("依据：%s", "source: %s", sources)
	add("限值：%s", "limits: %s", r.limits)
	return lines
}

// list copies a list; the copy is never nil.
func list[T any](items []T) []T { return append(make([]T, 0, len(items)), items...) }
