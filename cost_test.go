package hegui_test

import (
	"testing"

	"hegui"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// A platform on which the checks have used up what all of them may cost is the
// description's fault: the next check says so, applies, and does not break.
func TestSpentPurseIsNoDefect(t *testing.T) {
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	check := book.Checks[0]
	for _, candidate := range book.Checks {
		if candidate.When != "" && len(candidate.Each) > 0 {
			check = candidate
			break
		}
	}
	frame, level, err := book.Frame(book.Baseline(), check.AsOf())
	if err != nil {
		t.Fatal(err)
	}
	spent := 0
	for range 1_000_000 {
		judgement, err := check.Judge(frame, level)
		if err != nil {
			t.Fatalf("a spent purse is told as a defect of the check: %v", err)
		}
		if !judgement.TooCostly {
			continue
		}
		if !judgement.Applies {
			t.Error("a check that is too costly no longer applies")
		}
		// The first runs dry half-way, the next already at its condition.
		if spent++; spent == 2 {
			return
		}
	}
	t.Error("the purse is never spent")
}
