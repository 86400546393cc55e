package hegui_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
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

// The example city keeps an overlay and nothing else of the rulebook: every
// platform is judged by what it has decided, and says so.
func TestExampleCity(t *testing.T) {
	const city, overlay = "docs/examples/city", "lanjiang"
	dir := t.TempDir()
	for from, to := range map[string]string{city: ".", "platforms": "platforms"} {
		if err := os.CopyFS(filepath.Join(dir, to), os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"-C", dir, "--overlay", overlay, "--as-of", asOf}
	if said := run(t, append([]string{"test"}, args[:4]...)); !strings.Contains(said, "behave as they should") {
		t.Errorf("its examples: %s", said)
	}
	var report struct {
		Platforms []struct {
			Code      string
			Checks    []struct{ ID, Outcome string }
			Decisions []struct{ Check, Effect, By, On string }
		}
	}
	if err := json.Unmarshal([]byte(run(t, append([]string{"check", "--report", "json"}, args...))), &report); err != nil {
		t.Fatal(err)
	}
	effects, added := map[string]int{}, map[string]int{}
	for _, p := range report.Platforms {
		for _, d := range p.Decisions {
			effects[d.Effect]++
			if d.By == "" || d.On == "" {
				t.Errorf("%s: nobody has decided about %s", p.Code, d.Check)
			}
			i := slices.IndexFunc(p.Checks, func(c struct{ ID, Outcome string }) bool { return c.ID == d.Check })
			if i < 0 || d.Effect == "drop" && p.Checks[i].Outcome != "not_applicable" {
				t.Errorf("%s: %s of %s has no effect", p.Code, d.Effect, d.Check)
			}
		}
		for _, c := range p.Checks {
			if c.ID == "support.charter-complaint-term" {
				added[c.Outcome]++
			}
		}
	}
	if len(report.Platforms) == 0 || effects["replace"] == 0 || effects["confirm"] == 0 || effects["drop"] == 0 || added["pass"] == 0 || added["fail"] == 0 {
		t.Errorf("%d platforms, decisions %v, the added check %v", len(report.Platforms), effects, added)
	}
	if said := run(t, []string{"explain", "support.channel-on-site", "-C", dir, "--overlay", overlay}); !strings.Contains(said, "dropped") {
		t.Errorf("explain says nothing of the decision:\n%s", said)
	}
}
