package compare

import (
	"context"
	"slices"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/schema"
)

// What is on record of the past cannot get worse, it can only be told more truly: a restore
// that had failed after all. If that cost more than to leave the record as it was, nobody
// would correct it.

// retold is a record of the baseline and what head makes of it.
type retold struct {
	topic   *schema.Schema
	was, is *document.Value
}

// confess marks as reported what the baseline shows too once its records say what head
// lets them say, by whatever evidence. Records by which something is no longer found
// confess nothing.
func (s *scoping) confess(ctx context.Context, t Trees, trusted *tip) {
	counts := func(f New) bool { return !f.Revealed && !f.Reported && s.Rulebook.Check(f.Check) != nil }
	if !slices.ContainsFunc(s.p.New, counts) {
		return
	}
	records := s.retold()
	said := s.retell(ctx, t, trusted, records)
	if said != nil && s.spared(said) && len(records) <= maxTried {
		records = slices.DeleteFunc(records, func(one retold) bool {
			alone := s.retell(ctx, t, trusted, []retold{one})
			return alone == nil || s.spared(alone)
		})
		said = s.retell(ctx, t, trusted, records)
	}
	if said == nil || s.spared(said) {
		return
	}
	shows := s.shows(said)
	for i := range s.p.New {
		if f := &s.p.New[i]; counts(*f) && shows(&f.Finding) {
			f.Reported, f.Blocking = true, false
		}
	}
}

// retell judges the baseline with some records as head has them, nil for none.
func (s *scoping) retell(ctx context.Context, t Trees, trusted *tip, records []retold) *Side {
	rewrites := map[string]*rewrite{}
	for _, one := range records {
		if rewrites[one.topic.Name] == nil {
			rewrites[one.topic.Name] = &rewrite{with: map[*document.Value]*document.Value{}}
		}
		rewrites[one.topic.Name].with[one.was] = one.is
	}
	texts := map[string]string{}
	for topic, w := range rewrites {
		texts[topic] = w.text(s.p.Before.Documents[topic].Root)
	}
	return s.rejudge(ctx, t.Baseline, s.p.Before, texts, trusted)
}

// spared reports whether a side of the baseline lacks something that was found of it.
func (s *scoping) spared(side *Side) bool {
	shows := s.shows(side)
	return slices.ContainsFunc(s.p.Before.Open(), func(f finding.Finding) bool { return !shows(&f) })
}

// retold are the records that head states otherwise, the outermost ones.
func (s *scoping) retold() (all []retold) {
	for _, topic := range s.Rulebook.Schemas.Topics() {
		r := s.register(topic)
		if r == nil || !s.p.Before.Documents[topic.Name].Sound() {
			continue
		}
		is := map[string]*document.Value{}
		topic.Walk(r.is.Root, func(_ *schema.Type, v *document.Value) { is[topic.Root.KeyedPath(v)] = v })
		within := func(v *document.Value) bool {
			return slices.ContainsFunc(all, func(o retold) bool { return o.topic == topic && o.was.Holds(v) })
		}
		topic.Walk(r.was.Root, func(t *schema.Type, v *document.Value) {
			now := is[topic.Root.KeyedPath(v)]
			if v.Kind == document.Map && now != nil && now.Canonical() != v.Canonical() && onRecord(t) && !within(v) {
				all = append(all, retold{topic, v, now})
			}
		})
	}
	return all
}

// onRecord reports whether an object says what happened, or counts what is open.
func onRecord(t *schema.Type) bool {
	return isRecord(t) || t.Of != nil && t.Of.Adverse || t.Open
}

// records reports whether a fact of the baseline belongs to what is on record.
func (r *register) records(e *edit) bool {
	for v := e.was.Parent; v != nil; v = v.Parent {
		if t := r.kinds[v]; t != nil && v.Kind == document.Map && onRecord(t) {
			return true
		}
	}
	return false
}
