package results

import (
	"hegui/internal/audit"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// Chapter is a chapter's share of the score, in percent of its points.
type Chapter struct {
	ID     string    `json:"id"`
	Title  lang.Text `json:"title"`
	Points Number    `json:"points"`
	Score  Number    `json:"score"`
	// Gained are the points that its clauses earn, four decimals.
	Gained Number `json:"gained"`
}

// Clause is the verdict on one clause.
type Clause struct {
	ID     string    `json:"id"`
	Title  lang.Text `json:"title"`
	Points Number    `json:"points"`
	// Score is in percent of the clause's points, null when it is not scored.
	Score Number `json:"score"`
	// Verdict is met, partly_met, not_met, not_applicable, informative or pending.
	Verdict string `json:"verdict"`
	// Reason says why a clause is not applicable or informative.
	Reason  lang.Text `json:"reason,omitzero"`
	Waived  bool      `json:"waived"`
	Checks  []string  `json:"checks"`
	Chapter string    `json:"chapter"`
	// Section is the section that the clause stands in, empty if in none.
	Section string `json:"section"`
	// Home are the checks that make the score, those of which it is the first clause:
	// attained, the sum of weight times attainment with up to four decimals, over weight.
	// Both are null when it is not scored.
	Home     []string `json:"home"`
	Weight   Number   `json:"weight"`
	Attained Number   `json:"attained"`
	// Gained are the points that the clause earns, four decimals.
	Gained Number `json:"gained"`
	// Elsewhere are the failing checks that keep the clause from being met, though they
	// make the score of another one.
	Elsewhere []Elsewhere `json:"elsewhere,omitempty"`
}

// Counted reports whether a card counts a verdict on clauses even where no
// clause has it.
func Counted(verdict string) bool { return verdict != "informative" && verdict != "pending" }

// Check is the outcome of one check.
type Check struct {
	*Demand
	Outcome finding.Outcome `json:"outcome"`
	// Attainment is 1 when every item passes, else half the share of those that do,
	// with up to four decimals; null when not applicable.
	Attainment Number `json:"attainment"`
	Items      []Item `json:"items"`
	// CausedBy are the fingerprints of the findings that its items wait for.
	CausedBy []string `json:"caused_by"`
	// Attained is weight times attainment with up to four decimals, null when not
	// applicable.
	Attained Number `json:"attained"`
	// Reason names the fact that makes the check not applicable.
	Reason lang.Text `json:"reason,omitzero"`

	// idle is set when nothing is asked of the platform, whatever it has.
	idle bool
}

// Item is the outcome of a check on one item.
type Item struct {
	Item    string          `json:"item"`
	Outcome finding.Outcome `json:"outcome"`
	// State is what an assessor's verdicts make of the item, empty for none.
	State examine.State `json:"state,omitempty"`
	// Fact is the digest of what the outcome rests on, where it was asked for.
	Fact string `json:"fact,omitempty"`
	// CausedBy are the fingerprints of the findings without which the item could
	// not be judged; it has no finding of its own.
	CausedBy []string `json:"caused_by,omitempty"`
	// Declared are the values that the outcome rests on as the description states
	// them, Evidence the names of the platform's evidence that is cited for them;
	// both where the fact was asked for.
	Declared []*audit.Declared `json:"declared,omitempty"`
	Evidence []string          `json:"evidence,omitempty"`
	// Hidden is set when the audience may not see the item's name.
	Hidden bool `json:"-"`

	redacted  string
	sensitive bool
	// open is the evidence that all may know of.
	open []string
	keys []string
}
