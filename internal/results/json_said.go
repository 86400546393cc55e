package results

import (
	"slices"
	"sync"
	"sync/atomic"

	"hegui/internal/jsontext"
	"hegui/internal/rulebook"
)

// said is what the rulebook says of checks, by their place, for several platforms at once.
type said struct {
	mutex  sync.Mutex
	checks []*levels
}

// first is what is said of so many checks.
func (s *said) first(n int) []*levels {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for len(s.checks) < n {
		s.checks = append(s.checks, &levels{})
	}
	return s.checks[:n:n]
}

// levels are the constants of a check at all levels that have occurred.
type levels struct{ latest atomic.Pointer[constants] }

// constants are what the rulebook says of a check at one level, and the JSON of it: what
// stands before the outcome, and what stands behind the items.
type constants struct {
	*Demand
	*Grounds

	head, rest []byte

	// before are those of another level, at the end of so many others.
	before *constants
	others int
}

// of are the constants of a check, which has the same at the same level whatever the
// platform: those of an earlier platform, if they are the same, or else made anew. There
// are no more of them than levels.
func (l *levels) of(c *Check) *constants {
	latest := l.latest.Load()
	for known := latest; known != nil; known = known.before {
		if known.are(c) {
			return known
		}
	}
	one := constantsOf(c)
	if latest != nil && latest.others < rulebook.MaxLevel {
		one.before, one.others = latest, latest.others+1
	}
	l.latest.CompareAndSwap(latest, one) // else another platform was faster
	return one
}

func constantsOf(c *Check) *constants {
	one := &constants{Demand: c.Demand, Grounds: c.Grounds}
	var head, rest jsontext.Writer
	head.String("id", c.ID)
	head.Text("title", c.Title)
	head.Strings("clauses", c.Clauses)
	rest.Value("limits", c.Limits)
	rest.Value("basis", c.Basis)
	one.head, _ = head.Bytes()
	one.rest, _ = rest.Bytes()
	return one
}

// are reports whether a check has these.
func (k *constants) are(c *Check) bool {
	if k.Demand == c.Demand && k.Grounds == c.Grounds {
		return true
	}
	return k.ID == c.ID && k.Title == c.Title && (k.Clauses == nil) == (c.Clauses == nil) && slices.Equal(k.Clauses, c.Clauses) && same(&k.Basis, &c.Basis) &&
		(k.Limits == nil) == (c.Limits == nil) && slices.EqualFunc(k.Limits, c.Limits, func(a, b rulebook.Limit) bool {
		return a.Name == b.Name && a.Value == b.Value && same(&a.Basis, &b.Basis)
	})
}

func same(a, b *rulebook.Basis) bool {
	return a.Kind == b.Kind && a.Source == b.Source && a.Confidence == b.Confidence && a.Note == b.Note && slices.Equal(a.Articles, b.Articles)
}
