package report

import (
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// articlesName is the taxonomy of the articles that rules rest on.
const articlesName = "sources"

// taxonomy are the articles that the rules of a run name, in the register's
// order, with the place of each; nil where they name none.
func (d *sarifReport) taxonomy(ids []string) (*sarifTaxonomy, map[string]int) {
	named := map[string]bool{}
	for _, id := range ids {
		for _, article := range d.rules[id].articles {
			named[article] = true
		}
	}
	all, places := &sarifTaxonomy{Name: articlesName, ShortDescription: sarifMessage(d.Say("检查项所依据的条文", "the articles that checks rest on"))}, map[string]int{}
	for _, in := range d.run.Rulebook.Sources {
		for _, article := range in.Articles {
			if _, placed := places[article.ID]; placed || !named[article.ID] {
				continue
			}
			places[article.ID] = len(all.Taxa)
			all.Taxa = append(all.Taxa, sarifTaxon{ID: typeset.Inert(article.ID), ShortDescription: sarifMessage(d.Prose(article.Cite)), FullDescription: sarifMessage(d.Prose(in.Title)),
				Properties: map[string]any{"kind": in.Kind, "confidence": article.Confidence, "tags": []string{d.Prose(term.BasisKinds().Long(in.Kind))}}})
		}
	}
	if len(all.Taxa) == 0 {
		return nil, nil
	}
	return all, places
}

// relationships lead from a rule to the articles that it rests on.
func relationships(r *rule, places map[string]int) []sarifRelationship {
	var all []sarifRelationship
	for _, article := range r.articles {
		if place, known := places[article]; known {
			all = append(all, sarifRelationship{Target: sarifTarget{typeset.Inert(article), place, sarifComponent{articlesName, 0}}, Kinds: []string{"relevant"}})
		}
	}
	return all
}
