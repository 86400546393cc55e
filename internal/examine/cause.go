package examine

import (
	"slices"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/term"
)

// CausedBy are the fingerprints of what the check's items wait for, sorted.
func (c *Check) CausedBy() []string {
	var all []string
	various := false
	for i := range c.Items {
		switch one := c.Items[i].CausedBy; {
		case len(all) == 0:
			all = slices.Clip(one)
		case !slices.Equal(all, one): // all wait for the same, mostly
			all, various = append(all, one...), true
		}
	}
	if various {
		slices.Sort(all)
		all = slices.Compact(all)
	}
	return all
}

// FailsItself reports whether an item of the check fails, unwaived, for what is
// stated; others only wait.
func (c *Check) FailsItself() bool {
	return slices.ContainsFunc(c.Items, func(i Item) bool { return i.Outcome == finding.Fail && len(i.CausedBy) == 0 })
}

// Holds reports whether the item is, or stands for, the one that these keys
// name: where a list is absent, one item waits for all of it.
func (i *Item) Holds(name string) bool {
	return i.Name == name || len(i.CausedBy) > 0 && (i.Name == "" || strings.HasPrefix(name, i.Name+"/"))
}

// weigh makes what checks wait for as severe as the severest of them that is not
// waived, and lets it bear their clauses. What is missed only by waived checks
// is waived with them; a defect never is.
func (r *Room) weigh(p *Platform) {
	n := r.load(p)
	names := make([]string, 0, 2*n)
	for i := range p.Findings {
		f := &p.Findings[i]
		if at, held := r.places[f.Fingerprint]; held && term.FamilyOf(f.Check).Waits {
			names = r.put(&r.loads[at], f, names)
		}
	}
}

// load is the checks that wait for one cause: open are those of which an item
// is not waived.
type load struct{ all, open []*Check }

// load finds what checks wait for, and counts how many wait for each.
func (r *Room) load(p *Platform) (n int) {
	if r.loads = r.loads[:0]; r.places == nil {
		r.places = map[string]int{}
	}
	clear(r.places)
	for i := range p.Checks {
		c := &p.Checks[i]
		for j := range c.Items {
			item := &c.Items[j]
			for _, cause := range item.CausedBy {
				at, known := r.places[cause]
				if !known {
					at = len(r.loads)
					r.places[cause] = at
					r.loads = slices.Grow(r.loads, 1)[:at+1] // with the lists of one before
					r.loads[at] = load{r.loads[at].all[:0], r.loads[at].open[:0]}
				}
				n += r.loads[at].add(c, item.Outcome == finding.Fail)
			}
		}
	}
	return n
}

// add adds a check that waits, and returns how many more they are.
func (l *load) add(c *Check, open bool) (more int) {
	if len(l.all) == 0 || l.all[len(l.all)-1] != c {
		l.all, more = append(l.all, c), 1
	}
	if open && (len(l.open) == 0 || l.open[len(l.open)-1] != c) {
		l.open = append(l.open, c)
	}
	return more
}

// put makes a finding bear a load. Its lists lie behind those of others.
func (r *Room) put(l *load, f *finding.Finding, names []string) []string {
	weighing := l.open
	if len(l.open) == 0 && !f.Defect() {
		f.Waived, weighing = true, l.all
	}
	from := len(names)
	for _, c := range l.all {
		names = append(names, c.Rule.ID)
	}
	f.Waiting = slices.Clip(names[from:])
	r.clauses = append(r.clauses[:0], f.Clauses...)
	for _, c := range weighing {
		f.Severity = max(f.Severity, c.Severity)
		r.clauses = append(r.clauses, c.Rule.Clauses...)
	}
	slices.Sort(r.clauses)
	if all := slices.Compact(r.clauses); !slices.Equal(all, f.Clauses) {
		from = len(names)
		names = append(names, all...)
		f.Clauses = slices.Clip(names[from:])
	}
	return names
}
