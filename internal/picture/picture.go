// Package picture draws a platform from its own description: what it is made of,
// where that lies, what protects it, and what the checks say of each part. What is
// drawn, and from which lists, is the rulebook's to say.
package picture

import "hegui/internal/lang"

// Picture is what is drawn of a platform, before anything has its place.
type Picture struct {
	// Columns stand side by side, Parts lie in them or beside them.
	Columns []Part `json:"columns"`
	Parts   []Part `json:"parts"`
	// Unread are the topics that cannot be read: what they hold is missing here.
	Unread []string `json:"unread,omitempty"`
	// TooLarge: there is too much to draw, and nothing is drawn.
	TooLarge bool `json:"too_large,omitempty"`
}

// Part is an entry of a list.
type Part struct {
	// ID is the list's number and the entry's: no name that anyone may not see is in it.
	ID string `json:"id"`
	// List is the path of the list, Kind what its entries are called.
	List string    `json:"list"`
	Kind lang.Text `json:"kind"`
	// Name is what people call it, Key its name in the list.
	Name string `json:"name"`
	Key  string `json:"key"`
	// Says are the values that it is told apart by.
	Says []lang.Text `json:"says"`
	// Columns and Of are ids: where it lies and what it belongs to.
	Columns []string `json:"columns"`
	Of      []string `json:"of"`
	Outside bool     `json:"outside"`
	Shape   string   `json:"shape"`
	// Guards are what protects it; none where nothing is expected to.
	Guards []Guard `json:"guards"`
	State  State   `json:"state"`
	// Findings are the fingerprints of what is open about it.
	Findings []string `json:"findings"`
}

// Guard is what protects a part, or says that nothing does.
type Guard struct {
	Kind lang.Text `json:"kind"`
	// Name is empty where there is none.
	Name string    `json:"name"`
	Says lang.Text `json:"says"`
	// Open is set where it protects nothing.
	Open bool `json:"open"`
}

// Open reports whether a part that something should protect has nothing that does.
func (p *Part) Open() bool {
	for _, g := range p.Guards {
		if !g.Open {
			return false
		}
	}
	return len(p.Guards) > 0
}

// Guarded reports whether something protects the part.
func (p *Part) Guarded() bool { return len(p.Guards) > 0 && !p.Open() }

// State is what the checks say of a part.
type State string

// The states, the worst first.
const (
	// Failing: a blocker or a major check fails.
	Failing State = "failing"
	// Waiting: something is missing or unreadable, so that it cannot be judged.
	Waiting State = "waiting"
	// Lesser: only minor checks or advice fail.
	Lesser State = "lesser"
	// Waived: what fails is waived, or was put right.
	Waived State = "waived"
	// Unjudged: no check says anything.
	Unjudged State = "unjudged"
	// Met: what is judged passes.
	Met State = "met"
)

// States are all states, the worst first.
func States() []State { return []State{Failing, Waiting, Lesser, Waived, Unjudged, Met} }

// Mark is the sign of a state, which stands wherever its colour does.
func (s State) Mark() string {
	switch s {
	case Failing:
		return "○"
	case Waiting:
		return "?"
	case Lesser:
		return "◐"
	case Waived:
		return "◇"
	case Met:
		return "●"
	}
	return "–"
}

// Count is how many of the parts and columns have a state.
func (p *Picture) Count(s State) int {
	n := 0
	for _, all := range [][]Part{p.Columns, p.Parts} {
		for i := range all {
			if all[i].State == s {
				n++
			}
		}
	}
	return n
}

// Empty reports whether there is nothing to draw.
func (p *Picture) Empty() bool { return len(p.Columns)+len(p.Parts) == 0 }
