package score

import (
	"hegui/internal/examine"
	"hegui/internal/rulebook"
)

// citations say of each clause, by its place, which checks cite it and which are at home
// in it, each in the rulebook's order. Platforms that are held to the same checks have the
// same.
type citations struct {
	rules []*rulebook.Check
	// places are those of the clauses, checks those of the checks, by their ids.
	places, checks map[string]int
	cited, home    []citing
	// most is the number of checks that cite one clause.
	most int
}

// citing are some checks: their places, and their ids.
type citing struct {
	at  []int
	ids []string
}

func cite(clauses []rulebook.Clause, checks []examine.Check) *citations {
	c := &citations{rules: make([]*rulebook.Check, len(checks)), places: make(map[string]int, len(clauses)), checks: make(map[string]int, len(checks)),
		cited: make([]citing, len(clauses)), home: make([]citing, len(clauses))}
	for i := range clauses {
		c.places[clauses[i].ID] = i
		c.cited[i].ids, c.home[i].ids = []string{}, []string{}
	}
	for i := range checks {
		rule := checks[i].Rule
		c.rules[i], c.checks[rule.ID] = rule, i
		for j, clause := range rule.Clauses {
			at, known := c.places[clause]
			if !known {
				continue
			}
			if j == 0 {
				c.home[at].add(i, rule.ID)
			}
			// A clause that a check cites twice is cited once.
			if had := c.cited[at].at; len(had) == 0 || had[len(had)-1] != i {
				c.cited[at].add(i, rule.ID)
			}
			c.most = max(c.most, len(c.cited[at].at))
		}
	}
	return c
}

// Citing are the places among a platform's checks of those that cite a clause, by its
// place.
func (r *Result) Citing(clause int) []int { return r.cited[clause].at }

func (c *citing) add(at int, id string) { c.at, c.ids = append(c.at, at), append(c.ids, id) }

// among are the checks of a platform, behind those of a list.
func (c *citing) among(checks []examine.Check, list []*examine.Check) []*examine.Check {
	for _, i := range c.at {
		list = append(list, &checks[i])
	}
	return list
}

// are reports whether these are of these checks.
func (c *citations) are(checks []examine.Check) bool {
	if len(c.rules) != len(checks) {
		return false
	}
	for i := range checks {
		if checks[i].Rule != c.rules[i] {
			return false
		}
	}
	return true
}
