package rulebook

import "slices"

// Unconfirmed is a demand that rests, at one level at least, on nothing but our
// default or assessors' practice, and about which no city has decided.
type Unconfirmed struct {
	Check *Check
	// Limit is nil where the check itself is unconfirmed.
	Limit *LimitRule
}

// Unconfirmed lists what is still only ours, in the rulebook's order, each check
// before its limits.
func (r *Rulebook) Unconfirmed() []Unconfirmed {
	var out []Unconfirmed
	for _, c := range r.Checks {
		if c.Drop() != nil {
			continue
		}
		if slices.ContainsFunc(c.Basis.Values, Basis.Ours) {
			out = append(out, Unconfirmed{Check: c})
		}
		for i := range c.Limits {
			if rule := &c.Limits[i]; slices.ContainsFunc(rule.Values, func(l Limit) bool { return l.Basis.Ours() }) {
				out = append(out, Unconfirmed{c, rule})
			}
		}
	}
	return out
}
