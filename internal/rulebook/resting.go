package rulebook

import "slices"

// Rest is a demand that names an article.
type Rest struct {
	Check *Check
	// Limit is the name of the limit that rests on the article, empty where the
	// check itself does.
	Limit string
	// Carried demands get kind and confidence from the article; others name it for
	// support.
	Carried bool
	// Risk: the article is no demand but a risk that a failure of the check may be.
	Risk bool
}

// Showing are the checks that would show a risk, by its article, in the rulebook's
// order.
func (r *Rulebook) Showing() map[string][]Rest {
	all := map[string][]Rest{}
	for _, check := range r.Checks {
		for _, article := range check.Risks {
			all[article.ID] = append(all[article.ID], Rest{Check: check, Risk: true})
		}
	}
	return all
}

// Named are the articles that demands name.
func (r *Rulebook) Named() map[string]bool {
	named := map[string]bool{}
	for _, check := range r.Checks {
		for i := range check.Basis.Values {
			check.Basis.Values[i].names(named)
		}
		for _, rule := range check.Limits {
			for i := range rule.Values {
				rule.Values[i].Basis.names(named)
			}
		}
	}
	return named
}

func (b *Basis) names(named map[string]bool) {
	for _, article := range b.Articles {
		named[article] = true
	}
}

// Resting are the demands by the articles that they name, in the rulebook's
// order. A demand that names one at several levels stands once.
func (r *Rulebook) Resting() map[string][]Rest {
	all := map[string][]Rest{}
	for _, check := range r.Checks {
		rest(all, check, "", check.Basis.Values)
		for _, rule := range check.Limits {
			bases := make([]Basis, len(rule.Values))
			for i, limit := range rule.Values {
				bases[i] = limit.Basis
			}
			rest(all, check, rule.Name, bases)
		}
	}
	return all
}

func rest(all map[string][]Rest, check *Check, limit string, bases []Basis) {
	for _, basis := range bases {
		for i, article := range basis.Articles {
			at := slices.IndexFunc(all[article], func(r Rest) bool { return r.Check == check && r.Limit == limit })
			if at < 0 {
				all[article] = append(all[article], Rest{Check: check, Limit: limit, Carried: i == 0})
			} else if i == 0 {
				all[article][at].Carried = true
			}
		}
	}
}
