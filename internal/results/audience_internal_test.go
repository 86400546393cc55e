package results

import (
	"testing"

	"hegui/internal/lang"
)

// A gate is cut for whom its results are cut.
func TestGateIsCutWithItsResults(t *testing.T) {
	r := &Results{Gate: &Gate{Blocks: []lang.Text{lang.Same("10.0.0.1 is gone")}, redacted: []lang.Text{lang.Same("an address is gone")}}}
	for audience, want := range map[Audience]string{Assessor: "10.0.0.1 is gone", Internal: "an address is gone", Public: "the change must not be merged"} {
		if got := r.For(audience).Gate.Blocks; len(got) != 1 || got[0].EN != want {
			t.Errorf("%s reads %v, want %q", audience, got, want)
		}
	}
}
