package report

import (
	"regexp"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/rulebook"
)

func TestDotenv(t *testing.T) {
	for _, c := range []struct {
		name, want string
		results    *results.Results
	}{
		{"nothing", "passed=false\ncompliant=false\nscore=\nblocking=0\nnew_findings=0\nscope_changes=0\ntouched=true\nblockers=0\nstatutory_unmet=0\nprofile=\n", noPlatforms()},
		{"none judged", "passed=false\ncompliant=false\nscore=\nblocking=0\nnew_findings=0\nscope_changes=0\ntouched=true\nblockers=0\nstatutory_unmet=0\nprofile=\n", &results.Results{}},
		{"the lowest score", "passed=true\ncompliant=true\nscore=9.5\nblocking=0\nnew_findings=0\nscope_changes=0\ntouched=true\nblockers=0\nstatutory_unmet=0\nprofile=full\n", scored("89.9", "9.5", "100.0", "")},
		{"one that does not comply", "passed=false\ncompliant=false\nscore=9.5\nblocking=1\nnew_findings=0\nscope_changes=0\ntouched=true\nblockers=0\nstatutory_unmet=0\nprofile=full\n", lacking(scored("89.9", "9.5"))},
		{"a run that failed", "passed=false\ncompliant=false\nscore=89.9\nblocking=0\nnew_findings=0\nscope_changes=0\ntouched=true\nblockers=0\nstatutory_unmet=0\nprofile=full\n", failing(scored("89.9"))},
		{"a change that touches nothing", "passed=true\ncompliant=true\nscore=\nblocking=0\nnew_findings=0\nscope_changes=0\ntouched=false\nblockers=0\nstatutory_unmet=0\nprofile=\n", &results.Results{Gate: &results.Gate{Passed: true}}},
		{"a change that passes and leaves a platform lacking", "passed=true\ncompliant=false\nscore=9.5\nblocking=0\nnew_findings=0\nscope_changes=0\ntouched=true\nblockers=0\nstatutory_unmet=0\nprofile=full\n", passing(lacking(scored("89.9", "9.5")))},
		{"a change that is blocked", "passed=false\ncompliant=true\nscore=89.9\nblocking=2\nnew_findings=1\nscope_changes=1\ntouched=true\nblockers=0\nstatutory_unmet=0\nprofile=full\n", blocked(scored("89.9"))},
	} {
		if got := render(t, "dotenv", c.results, Options{}); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Ten lines are ten lines, whatever a platform is called.
func TestDotenvTakesNothingFromAPlatform(t *testing.T) {
	line := regexp.MustCompile(`\Apassed=(true|false)\ncompliant=(true|false)\nscore=([0-9]+\.[0-9])?\nblocking=[0-9]+\nnew_findings=[0-9]+\nscope_changes=[0-9]+\ntouched=(true|false)\nblockers=[0-9]+\nstatutory_unmet=[0-9]+\nprofile=((essential|full)(,full)?)?\n\z`)
	if got := render(t, "dotenv", cityResults(), Options{}); !line.MatchString(got) {
		t.Errorf("%q", got)
	}
	hostile := scored("1.0")
	hostile.Platforms[0].ID, hostile.Platforms[0].Name = "x\ncompliant=true", lang.Say("x\ncompliant=true", "x\ncompliant=true")
	if got := render(t, "dotenv", hostile, Options{}); !line.MatchString(got) {
		t.Errorf("%q", got)
	}
}

func scored(scores ...results.Number) *results.Results {
	r := &results.Results{Summary: results.Summary{Platforms: len(scores), Compliant: len(scores)}}
	for _, score := range scores {
		r.Platforms = append(r.Platforms, results.Platform{Compliant: true, Profile: rulebook.Full, Score: results.Score{Raw: score}})
	}
	return r
}

func failing(r *results.Results) *results.Results {
	r.Errors = []lang.Text{lang.Say("坏了", "broken")}
	return r
}

func lacking(r *results.Results) *results.Results {
	r.Summary.Compliant--
	return r
}

func passing(r *results.Results) *results.Results {
	r.Gate = &results.Gate{Passed: true, Platforms: make([]results.GatePlatform, len(r.Platforms))}
	return r
}

func blocked(r *results.Results) *results.Results {
	r.Gate = &results.Gate{New: results.Counts{Major: 1}, Blocks: make([]lang.Text, 2), ScopeChanges: make([]results.ScopeChange, 1), Findings: make([]results.GateFinding, 1)}
	return r
}
