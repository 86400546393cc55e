package report

import (
	"cmp"
	"slices"

	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// cite is how an article is cited, of which instrument, and its place among all.
type cite struct {
	place            int
	instrument, text string
}

// cites are the articles of all instruments, by their ids.
func (d *oscal) cites() map[string]cite {
	all := map[string]cite{}
	for _, in := range d.r.Rulebook.Sources {
		for _, article := range in.Articles {
			all[article.ID] = cite{len(all), in.ID, line(d.Prose(article.Cite))}
		}
	}
	return all
}

// references lead from an observation to the instruments of the articles that
// the check rests on.
func (d *oscal) references(c *results.Check) []oscalLink {
	var cited []cite
	for _, id := range c.Articles() {
		if one, known := d.known.articles[id]; known && !slices.Contains(cited, one) {
			cited = append(cited, one)
		}
	}
	slices.SortFunc(cited, func(a, b cite) int { return cmp.Compare(a.place, b.place) })
	var links []oscalLink
	for _, one := range cited {
		links = append(links, oscalLink{Href: "#" + d.instrument(one.instrument), Rel: "reference", Text: one.text})
	}
	return links
}

// instrument is the name of an instrument's resource, which it gets when it is
// first referred to.
func (d *oscal) instrument(id string) string {
	known, ok := d.known.cited.Load(id)
	if !ok {
		known, _ = d.known.cited.LoadOrStore(id, d.only("instrument", id))
	}
	return known.(string)
}

// instruments are those that observations name.
func (d *oscal) instruments() []oscalResource {
	var all []oscalResource
	for _, in := range d.r.Rulebook.Sources {
		known, named := d.known.cited.Load(in.ID)
		if !named {
			continue
		}
		name := known.(string)
		citation := d.Prose(in.Title)
		if !in.Number.IsZero() && in.Number != in.Title {
			citation = d.Prose(in.Number) + " " + citation
		}
		all = append(all, oscalResource{UUID: name, Title: line(d.Prose(in.Title)), Description: line(d.Prose(term.BasisKinds().Long(in.Kind))),
			Props: []oscalProp{property("source", typeset.Inert(in.ID))}, Citation: oscalCitation{Text: line(citation)}})
	}
	return all
}
