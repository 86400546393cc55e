package report

import (
	"regexp"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/results"
)

func TestDotenv(t *testing.T) {
	for _, c := range []struct {
		name, want string
		results    *results.Results
	}{
		{"nothing", "compliant=false\nscore=\nnew_findings=0\nblockers=0\nstatutory_unmet=0\n", noPlatforms()},
		{"none judged", "compliant=false\nscore=\nnew_findings=0\nblockers=0\nstatutory_unmet=0\n", &results.Results{}},
		{"the lowest score", "compliant=true\nscore=9.5\nnew_findings=0\nblockers=0\nstatutory_unmet=0\n", scored("89.9", "9.5", "100.0", "")},
		{"a run that failed", "compliant=false\nscore=89.9\nnew_findings=0\nblockers=0\nstatutory_unmet=0\n", failing(scored("89.9"))},
		{"a change that passed", "compliant=true\nscore=\nnew_findings=0\nblockers=0\nstatutory_unmet=0\n", &results.Results{Gate: &results.Gate{Passed: true}}},
		{"a change that is blocked", "compliant=false\nscore=89.9\nnew_findings=1\nblockers=0\nstatutory_unmet=0\n", blocked(scored("89.9"))},
	} {
		if got := render(t, "dotenv", c.results, Options{}); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Five lines are five lines, whatever a platform is called.
func TestDotenvTakesNothingFromAPlatform(t *testing.T) {
	line := regexp.MustCompile(`\Acompliant=(true|false)\nscore=([0-9]+\.[0-9])?\nnew_findings=[0-9]+\nblockers=[0-9]+\nstatutory_unmet=[0-9]+\n\z`)
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
		r.Platforms = append(r.Platforms, results.Platform{Compliant: true, Score: results.Score{Raw: score}})
	}
	return r
}

func failing(r *results.Results) *results.Results {
	r.Errors = []lang.Text{lang.Say("坏了", "broken")}
	return r
}

func blocked(r *results.Results) *results.Results {
	r.Gate = &results.Gate{New: results.Counts{Major: 1}}
	return r
}
