package results

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// reader reads platforms as they were written and puts back what is written only once:
// what the rulebook says of all checks, limits that share their check's basis, and
// which checks are at home in a clause. Version 2.0 wrote all of it with every
// platform.
type reader struct {
	checks map[string]*CheckRule
	cites  map[string]rulebook.Cite
	// texts are the memory of texts that were read: what is read of them are copies.
	texts sync.Pool
}

func newReader(book *Rulebook) *reader {
	r := &reader{checks: map[string]*CheckRule{}, cites: map[string]rulebook.Cite{}}
	for i := range book.Checks {
		r.checks[book.Checks[i].ID] = &book.Checks[i]
	}
	for i := range book.Sources {
		in := &book.Sources[i]
		for _, a := range in.Articles {
			r.cites[a.ID] = rulebook.Cite{Instrument: in.ID, Full: a.Cite, Number: a.Number}
		}
	}
	return r
}

func (r *reader) platform(text []byte) (p Platform, err error) {
	p.Checks = make([]Check, 0, len(r.checks)) // a list that grows is copied over and over
	if err := json.Unmarshal(text, &p); err != nil {
		return p, err
	}
	home := make(map[string][]string, len(p.Clauses))
	for i := range p.Checks {
		c := &p.Checks[i]
		if c.Demand == nil {
			return p, fmt.Errorf("check %d of platform %q has no id", i, p.ID)
		}
		for j := range c.Items {
			if slices.Contains(c.Items[j].Declared, nil) {
				return p, fmt.Errorf("check %q of platform %q rests on what is not there", c.ID, p.ID)
			}
		}
		if err := r.demand(c.Demand); err != nil {
			return p, fmt.Errorf("check %q of platform %q: %w", c.ID, p.ID, err)
		}
		if len(c.Clauses) > 0 {
			home[c.Clauses[0]] = append(home[c.Clauses[0]], c.ID)
		}
	}
	for i := range p.Clauses {
		if c := &p.Clauses[i]; c.Home == nil {
			c.Home = list(home[c.ID])
		}
	}
	return p, nil
}

func (r *reader) demand(d *Demand) (err error) {
	if d.Title.IsZero() {
		rule := r.checks[d.ID]
		if rule == nil {
			return fmt.Errorf("the rulebook has no such check")
		}
		d.Title, d.Effort = rule.Title, rule.Effort
	}
	if d.Basis.Source, err = r.source(&d.Basis); err != nil {
		return err
	}
	for i := range d.Limits {
		b := &d.Limits[i].Basis
		if b.Equal(rulebook.Basis{}) {
			*b = d.Basis
		} else if b.Source, err = r.source(b); err != nil {
			return err
		}
	}
	return nil
}

// source is how a basis is cited.
func (r *reader) source(b *rulebook.Basis) (lang.Text, error) {
	if !b.Source.IsZero() || len(b.Articles) == 0 {
		return b.Source, nil
	}
	cites := make([]rulebook.Cite, len(b.Articles))
	for i, id := range b.Articles {
		cite, known := r.cites[id]
		if !known {
			return lang.Text{}, fmt.Errorf("the rulebook has no article %q", id)
		}
		cites[i] = cite
	}
	return rulebook.Cited(cites), nil
}
