package hegui_test

import (
	"testing"

	"hegui"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// What the regulation asks for was counted clause by clause, 180 duties in all.
// The list may part one of them further, or add what a clause implies, but none
// may go. Loading holds the list and the checks to each other.
func TestEveryDutyOfTheRegulationIsListed(t *testing.T) {
	counted := map[string]int{
		"1.1": 1, "1.2": 1, "1.3.1": 5, "1.3.2": 4, "1.3.3": 5, "1.3.4": 5,
		"2.1.1": 3, "2.1.2": 9, "2.2.1": 7, "2.2.2": 8, "2.3.1": 9, "2.3.2": 4,
		"3.1.1": 4, "3.1.2": 5, "3.2.1": 4, "3.2.2": 9, "3.3.1": 5, "3.3.2": 6, "3.4.1": 5, "3.4.2": 7, "3.5.1": 8, "3.5.2": 7,
		"4.1.1": 5, "4.1.2": 2, "4.2.1": 5, "4.2.2": 5, "4.3.1": 4, "4.3.2": 4, "4.4.1": 4, "4.4.2": 4, "4.5.1": 3, "4.5.2": 3,
		"5.1.1": 6, "5.1.2": 5, "5.2.1": 5, "5.2.2": 3, "5.3.1": 1,
	}
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	all := 0
	for _, clause := range book.Regulation.Clauses {
		all += counted[clause.ID]
		if len(clause.Duties) < counted[clause.ID] {
			t.Errorf("%s lists %d duties of clause %s, which has %d", rulebook.DutiesFile, len(clause.Duties), clause.ID, counted[clause.ID])
		}
		seen := map[string]bool{}
		for _, duty := range clause.Duties {
			if seen[duty.Text.ZH] || seen[duty.Text.EN] {
				t.Errorf("clause %s lists %q twice", clause.ID, duty.Text.ZH)
			}
			seen[duty.Text.ZH], seen[duty.Text.EN] = true, true
		}
	}
	if all != 180 {
		t.Errorf("the clauses have %d duties together, 180 were counted", all)
	}
}
