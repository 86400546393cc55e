package compare_test

import (
	"strings"
	"testing"

	"hegui/internal/compare"
)

// A check that is asked for only from a later day on asks for less until then; to ask
// from an earlier one is stricter.
func TestPuttingOffIsLooser(t *testing.T) {
	const fresh = "id: stores.fresh\n"
	from := func(day string) *compare.Judge { return judge(t, fresh, fresh+"    effective_on: "+day+"\n") }
	always, june, july := judge(t).Rulebook, from("2027-06-01").Rulebook, from("2027-07-01").Rulebook
	if got := compare.Loosened(june, always, "."); len(got) > 0 {
		t.Errorf("from the beginning: %v", got)
	}
	if got := compare.Loosened(july, june, "."); len(got) > 0 {
		t.Errorf("a month earlier: %v", got)
	}
	if got := compare.Loosened(always, june, "."); len(got) != 1 || got[0].Subject != "stores.fresh" || !strings.Contains(got[0].Message.Full.EN, "always → 2027-06-01") {
		t.Errorf("from a day on: %v", got)
	}
	if got := compare.Loosened(june, july, "."); len(got) != 1 || !strings.Contains(got[0].Message.Full.EN, "2027-06-01 → 2027-07-01") {
		t.Errorf("a month later: %v", got)
	}
}
