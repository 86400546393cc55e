package results_test

import (
	"reflect"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/results"
)

func found(prints ...string) []finding.Finding {
	var out []finding.Finding
	for _, p := range prints {
		waived := p[0] == '~'
		if waived {
			p = p[1:]
		}
		out = append(out, finding.Finding{Fingerprint: p, Waived: waived})
	}
	return out
}

func once(asOf string, platforms ...results.Platform) *results.Results {
	return &results.Results{AsOf: asOf, Platforms: platforms}
}

func compare(before, now *results.Results) {
	earlier := results.NewEarlier(before)
	for i := range before.Platforms {
		earlier.Add(&before.Platforms[i])
	}
	for i := range now.Platforms {
		earlier.Compare(&now.Platforms[i])
	}
}

// Findings compare as multisets; a waived one stands without being counted.
func TestCompareFindings(t *testing.T) {
	for _, c := range []struct {
		name         string
		before, now  []finding.Finding
		repeated     []string
		fixed, fresh int
	}{
		{"nothing", nil, nil, []string{}, 0, 0},
		{"stands", found("a", "b"), found("b", "a"), []string{"b", "a"}, 0, 0},
		{"gone and come", found("a"), found("b"), []string{}, 1, 1},
		{"twice then, thrice now", found("a", "a"), found("a", "a", "a"), []string{"a", "a"}, 0, 1},
		{"thrice then, once now", found("a", "a", "a"), found("a"), []string{"a"}, 2, 0},
		{"waived since", found("a"), found("~a"), []string{}, 0, 0},
		{"the waiver ended", found("~a"), found("a"), []string{"a"}, 0, 0},
		{"waived and gone", found("~a"), nil, []string{}, 0, 0},
		{"waived and new", nil, found("~a"), []string{}, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			now := once("2026-12-01", results.Platform{Code: "gov", Findings: c.now})
			compare(once("2026-06-01", results.Platform{Code: "gov", Findings: c.before}), now)
			p := now.Platforms[0].Previous
			if !reflect.DeepEqual(p.Repeated, c.repeated) || p.Fixed != c.fixed || p.New != c.fresh {
				t.Errorf("repeated %v, fixed %d, new %d; want %v, %d, %d", p.Repeated, p.Fixed, p.New, c.repeated, c.fixed, c.fresh)
			}
		})
	}
}

// Platforms are the same by their code, wherever their folders lie.
func TestComparePlatforms(t *testing.T) {
	before := once("2026-06-01",
		results.Platform{ID: "old/gov", Code: "gov", Score: results.Score{Raw: "70.0"}, Grade: results.Grade{ID: "pass"}, Compliant: true,
			Clauses: []results.Clause{{ID: "1", Verdict: "met"}, {ID: "2", Verdict: "met"}}},
		results.Platform{ID: "x", Code: "twin", Score: results.Score{Raw: "1.0"}}, results.Platform{ID: "y", Code: "twin", Score: results.Score{Raw: "2.0"}},
		results.Platform{ID: "broken"}, results.Platform{ID: "gone", Code: "gone"})
	before.Revision = &results.Revision{Commit: "abc"}
	now := once("2026-12-01",
		results.Platform{ID: "new/gov", Code: "gov", Clauses: []results.Clause{{ID: "1", Verdict: "not_met"}, {ID: "2", Verdict: "met"}, {ID: "3", Verdict: "met"}}},
		results.Platform{ID: "y", Code: "twin"}, results.Platform{ID: "z", Code: "twin"}, results.Platform{ID: "other"}, results.Platform{ID: "fresh", Code: "fresh"})
	compare(before, now)
	gov := now.Platforms[0].Previous
	if gov == nil || gov.AsOf != "2026-06-01" || gov.Revision.Commit != "abc" || gov.Score.Raw != "70.0" || gov.Grade.ID != "pass" || !gov.Compliant ||
		!reflect.DeepEqual(gov.Verdicts, []results.VerdictChange{{Clause: "1", Before: "met", After: "not_met"}}) {
		t.Errorf("a platform that moved: %+v", gov)
	}
	if twin := now.Platforms[1].Previous; twin == nil || twin.Score.Raw != "2.0" {
		t.Errorf("of two with one code the one with the same id: %+v", twin)
	}
	for _, p := range now.Platforms[2:] {
		if p.Previous != nil {
			t.Errorf("%s has no earlier self, got %+v", p.ID, p.Previous)
		}
	}
}
