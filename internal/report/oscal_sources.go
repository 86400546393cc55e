package report

import (
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// references lead from an observation to the instruments of the articles that
// the check rests on.
func (d *oscal) references(c *results.Check) []oscalLink {
	named := map[string]bool{}
	for _, article := range c.Articles() {
		named[article] = true
	}
	var links []oscalLink
	for _, in := range d.r.Rulebook.Sources {
		for _, article := range in.Articles {
			if named[article.ID] {
				links = append(links, oscalLink{Href: "#" + d.instrument(in.ID), Rel: "reference", Text: line(d.Prose(article.Cite))})
			}
		}
	}
	return links
}

// instrument is the name of an instrument's resource, which it gets when it is
// first referred to.
func (d *oscal) instrument(id string) string {
	if d.cited[id] == "" {
		d.cited[id] = d.id("instrument", id)
	}
	return d.cited[id]
}

// instruments are those that observations name.
func (d *oscal) instruments() []oscalResource {
	var all []oscalResource
	for _, in := range d.r.Rulebook.Sources {
		name := d.cited[in.ID]
		if name == "" {
			continue
		}
		citation := d.Prose(in.Title)
		if !in.Number.IsZero() && in.Number != in.Title {
			citation = d.Prose(in.Number) + " " + citation
		}
		all = append(all, oscalResource{UUID: name, Title: line(d.Prose(in.Title)), Description: line(d.Prose(term.BasisKinds().Long(in.Kind))),
			Props: []oscalProp{property("source", typeset.Inert(in.ID))}, Citation: oscalCitation{Text: line(citation)}})
	}
	return all
}
