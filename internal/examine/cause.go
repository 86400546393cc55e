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
	for i := range c.Items {
		all = append(all, c.Items[i].CausedBy...)
	}
	slices.Sort(all)
	return slices.Compact(all)
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
func (e *examination) weigh() {
	waiting := map[string]*load{}
	for i := range e.Checks {
		c := &e.Checks[i]
		for j := range c.Items {
			for _, cause := range c.Items[j].CausedBy {
				if waiting[cause] == nil {
					waiting[cause] = &load{}
				}
				waiting[cause].add(c, c.Items[j].Outcome == finding.Fail)
			}
		}
	}
	for i := range e.Findings {
		f := &e.Findings[i]
		if held := waiting[f.Fingerprint]; held != nil && term.FamilyOf(f.Check).Waits {
			held.put(f)
		}
	}
}

// load is the checks that wait for one cause: open are those of which an item
// is not waived.
type load struct{ all, open []*Check }

func (l *load) add(c *Check, open bool) {
	for _, side := range []struct {
		to  *[]*Check
		put bool
	}{{&l.all, true}, {&l.open, open}} {
		if to := side.to; side.put && (len(*to) == 0 || (*to)[len(*to)-1] != c) {
			*to = append(*to, c)
		}
	}
}

func (l *load) put(f *finding.Finding) {
	weighing := l.open
	if len(l.open) == 0 && !f.Defect() {
		f.Waived, weighing = true, l.all
	}
	f.Waiting = nil
	for _, c := range l.all {
		f.Waiting = append(f.Waiting, c.Rule.ID)
	}
	f.Clauses = slices.Clip(f.Clauses)
	for _, c := range weighing {
		f.Severity = max(f.Severity, c.Severity)
		f.Clauses = append(f.Clauses, c.Rule.Clauses...)
	}
	slices.Sort(f.Clauses)
	f.Clauses = slices.Compact(f.Clauses)
}
