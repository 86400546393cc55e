// Package mutation tests the rulebook with false facts: it takes the compliant
// baseline of the checks' examples, makes one declared fact worse at a time and
// lists every change that neither a schema nor a check notices.
package mutation

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"hegui/internal/document"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// Result is what became of all mutants.
type Result struct {
	Total  int `json:"total"`
	Killed int `json:"killed"`
	// Surviving are the mutants that nothing notices and no reviewer has
	// accepted.
	Surviving []Mutant `json:"surviving"`
	// Reviewed are those that nothing notices and a reviewer has accepted.
	Reviewed []Mutant `json:"reviewed"`
	// Stale are reviewed entries whose mutants are noticed or no longer exist.
	Stale []string `json:"stale"`
	// Idle are checks that no mutant makes fail; only their examples do.
	Idle []string `json:"idle"`
}

// Mutant is one fact made worse in one way.
type Mutant struct {
	Topic string `json:"topic"`
	// Place is the dotted path of the fact in the schemas, Pointer its place in
	// the baseline.
	Place    string `json:"place"`
	Pointer  string `json:"pointer"`
	Operator string `json:"operator"`
}

// Run mutates every topic of the baseline. jobs topics are mutated at a time;
// the result is the same for any number.
func Run(ctx context.Context, book *rulebook.Rulebook, jobs int) (*Result, error) {
	topics := book.Schemas.Topics()
	runs := make([]*mutator, len(topics))
	all, err := worlds(book)
	if err != nil {
		return nil, err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(jobs, 1))
	for i, s := range topics {
		runs[i] = newMutator(book, s, all)
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return runs[i].run()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return collect(book, runs), nil
}

func collect(book *rulebook.Rulebook, runs []*mutator) *Result {
	r := &Result{Surviving: []Mutant{}, Reviewed: []Mutant{}, Stale: []string{}, Idle: []string{}}
	reviewed := map[string]bool{}
	for _, s := range book.Survivors {
		reviewed[s.Place+" "+s.Operator] = true
	}
	met, failed := map[string]bool{}, map[string]bool{}
	for _, m := range runs {
		r.Total += m.total
		r.Killed += m.total - len(m.survivors)
		maps.Copy(failed, m.failed)
		for _, s := range m.survivors {
			key := s.Place + " " + s.Operator
			if reviewed[key] {
				met[key] = true
				r.Reviewed = append(r.Reviewed, s)
				continue
			}
			r.Surviving = append(r.Surviving, s)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(reviewed)) {
		if !met[key] {
			r.Stale = append(r.Stale, key)
		}
	}
	for _, check := range book.Checks {
		if !failed[check.ID] {
			r.Idle = append(r.Idle, check.ID)
		}
	}
	return r
}

// mutator mutates the facts of one topic.
type mutator struct {
	book   *rulebook.Rulebook
	schema *schema.Schema
	// worlds are those in which a false fact of the topic may be noticed, the
	// baseline first; checks are those that read the topic.
	worlds []*world
	checks []*rulebook.Check
	byFact map[string][]*rulebook.Check
	// keys are the texts that name list items, names the places where they do;
	// the same text elsewhere is a reference that must resolve.
	keys  map[string]bool
	names map[*schema.Type]bool

	// read are the places in schemas that some check looks at, refs the lists
	// that the names at a place come from.
	read map[string]bool
	refs map[string][]string

	total     int
	survivors []Mutant
	failed    map[string]bool
}

func newMutator(book *rulebook.Rulebook, s *schema.Schema, all []*world) *mutator {
	m := &mutator{book: book, schema: s, failed: map[string]bool{}, byFact: map[string][]*rulebook.Check{}, keys: map[string]bool{}, names: map[*schema.Type]bool{}, read: map[string]bool{}, refs: map[string][]string{}}
	for _, check := range book.Checks {
		for _, place := range check.Fields() {
			m.read[place] = true
		}
	}
	for _, w := range all {
		if w.topics[s.Name] != nil && w.concerns(s.Name) {
			m.worlds = append(m.worlds, w)
		}
	}
	for _, check := range book.Checks {
		if slices.Contains(check.Topics(), s.Name) {
			m.checks = append(m.checks, check)
		}
	}
	return m
}

func (m *mutator) run() error {
	baseline := m.worlds[0].topics
	m.index(baseline)
	for _, s := range m.book.Schemas.Topics() {
		s.Walk(baseline[s.Name], func(t *schema.Type, _ *document.Value) { m.refs[t.Name] = t.Refs })
	}
	var failure error
	m.schema.Walk(baseline[m.schema.Name], func(t *schema.Type, v *document.Value) {
		for _, l := range m.lies(t, v) {
			if failure != nil {
				return
			}
			m.total++
			noticed, err := m.noticed(l.fact, v, l.alternatives)
			if !noticed && err == nil && l.silences {
				noticed, err = m.missed(l.fact, l.alternatives)
			}
			failure = err
			if !noticed {
				m.survivors = append(m.survivors, Mutant{m.schema.Name, l.fact.Name, v.Pointer(), l.operator})
			}
		}
	})
	return failure
}

// index notes which texts are keys of list items: of the topic's own lists and
// of those that the checks hold it against.
func (m *mutator) index(baseline rulebook.Topics) {
	for _, s := range m.book.Schemas.Topics() {
		s.Walk(baseline[s.Name], func(t *schema.Type, v *document.Value) {
			if t.Kind != schema.List || t.Key == "" {
				return
			}
			if key := t.Item.Field(t.Key); key != nil {
				m.names[key.Type] = true
			}
			if s != m.schema && !m.reads(t.Name) {
				return
			}
			for _, item := range v.Items() {
				if key := item.Get(t.Key); key != nil {
					m.keys[key.Text] = true
				}
			}
		})
	}
}

// reads reports whether a check of the topic reads a list or what lies in it.
func (m *mutator) reads(list string) bool {
	return slices.ContainsFunc(m.checks, func(c *rulebook.Check) bool {
		return slices.ContainsFunc(c.Reads(), func(read string) bool { return within(read, list) })
	})
}

// readers are the checks whose judgement a fact may change: they read it, what
// it holds or what holds it, or names that come from there. The level chooses
// the limits of every check.
func (m *mutator) readers(fact string) []*rulebook.Check {
	if fact == rulebook.HeaderTopic+".mlps_level" {
		return m.book.Checks
	}
	if _, known := m.byFact[fact]; !known {
		m.byFact[fact] = slices.DeleteFunc(slices.Clone(m.book.Checks), func(c *rulebook.Check) bool {
			touched := func(read string) bool { return within(read, fact) || within(fact, read) }
			return !slices.ContainsFunc(c.Reads(), touched) && !slices.ContainsFunc(c.Fields(), func(place string) bool { return slices.ContainsFunc(m.refs[place], touched) })
		})
	}
	return m.byFact[fact]
}

// within reports whether a path is another one or leads into it.
func within(path, outer string) bool { return path == outer || strings.HasPrefix(path, outer+".") }

// noticed reports whether a schema or a check notices one of the alternatives
// to a fact, in the baseline or wherever else it stands unchanged.
func (m *mutator) noticed(t *schema.Type, v *document.Value, alternatives []*document.Value) (bool, error) {
	checks := m.readers(t.Name)
	for _, w := range m.worlds {
		place := w.topics[m.schema.Name].Find(v.Pointer())
		if place == nil || place.Text != v.Text {
			continue
		}
		if noticed, err := m.try(w, checks, []*document.Value{place}, alternatives); noticed || err != nil {
			return noticed, err
		}
	}
	return false, nil
}

// missed reports whether it is noticed that a fact is stated nowhere. That one
// item leaves out what others make up for is no lie.
func (m *mutator) missed(t *schema.Type, alternatives []*document.Value) (bool, error) {
	for _, w := range m.worlds {
		var places []*document.Value
		m.schema.Walk(w.topics[m.schema.Name], func(at *schema.Type, v *document.Value) {
			if at == t {
				places = append(places, v)
			}
		})
		if noticed, err := m.try(w, m.readers(t.Name), places, alternatives); noticed || err != nil {
			return noticed, err
		}
	}
	return false, nil
}

func (m *mutator) try(w *world, checks []*rulebook.Check, places []*document.Value, alternatives []*document.Value) (bool, error) {
	for _, alternative := range alternatives {
		topics := w.with(m.schema.Name, places, alternative)
		frames, sound := views(m.book, topics, checks)
		if !sound {
			return true, nil
		}
		after, err := judge(m.book, checks, topics, frames)
		if err != nil {
			return false, err
		}
		if w.worse(after, m.failed) {
			return true, nil
		}
	}
	return false, nil
}

// Text names a mutant for people.
func (m Mutant) Text() string {
	return fmt.Sprintf("%s%s %s (%s)", m.Topic, strings.ReplaceAll(m.Pointer, "/", "."), m.Operator, m.Place)
}
