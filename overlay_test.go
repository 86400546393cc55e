package hegui_test

import (
	"strings"
	"testing"
)

// A finding under a city's stricter limit cites the city's ordinance, and only
// where the overlay is switched on.
func TestOverlayIsCited(t *testing.T) {
	args := []string{"check", "city-operations", "--as-of", asOf, "--lang", "zh"}
	const check, ordinance = "[support.complaints-closed]", "安阳市政务服务条例"
	base := run(t, args)
	if strings.Contains(base, ordinance) {
		t.Errorf("the base cites %s", ordinance)
	}
	overlaid := run(t, append(args, "--overlay", "anyang"))
	_, after, found := strings.Cut(overlaid, check)
	if finding, _, _ := strings.Cut(after, "\n\n"); !found || !strings.Contains(finding, ordinance) {
		t.Errorf("the finding %s does not cite %s:\n%s", check, ordinance, finding)
	}
}
