package examine

import (
	"slices"

	"hegui/internal/audit"
	"hegui/internal/finding"
)

// Room is the memory in which one platform after the other is examined. Its zero value
// is empty.
type Room struct {
	checks []Check
	items  []Item
	// loads are what checks wait for, places their places by the fingerprints of the
	// causes, clauses those of one.
	loads   []load
	places  map[string]int
	clauses []string
}

// maxRoom bounds the items, and what they wait for, that a room is kept with: far more
// than most platforms have.
const maxRoom = 4096

// Leave forgets the platform that was examined, so that the room keeps nothing else in
// memory.
func (r *Room) Leave() {
	if max(cap(r.items), cap(r.loads)) > maxRoom {
		*r = Room{}
	}
	clear(r.checks)
	clear(r.items)
}

// begin copies what has been judged, but for the findings.
func (r *Room) begin(outcomes *audit.Platform) *Platform {
	n := 0
	for i := range outcomes.Checks {
		n += len(outcomes.Checks[i].Items)
	}
	r.checks, r.items = slices.Grow(r.checks[:0], len(outcomes.Checks)), slices.Grow(r.items[:0], n)
	for i := range outcomes.Checks {
		c, from := &outcomes.Checks[i], len(r.items) // the items of all checks lie side by side
		for j := range c.Items {
			item := ItemOf(&c.Items[j])
			item.Claim = item.Outcome == finding.Pass || item.Outcome == finding.NotApplicable
			r.items = append(r.items, item)
		}
		r.checks = append(r.checks, Check{Ruling: &c.Ruling, Outcome: c.Outcome, Applies: c.Applies, Items: slices.Clip(r.items[from:])})
	}
	return &Platform{Described: outcomes.Described, Findings: outcomes.Findings, Upcoming: outcomes.Upcoming, Checks: r.checks}
}
