package compare_test

import (
	"slices"
	"testing"

	"hegui/internal/compare"
)

// What a schema no longer asks for counts as loosened, whatever keyword asked for it;
// what it asks for besides, and the way back, does not.
func TestLoosenedSchemas(t *testing.T) {
	before := judgeBy(t, "facts/rulebook").Rulebook
	for _, c := range []struct {
		name, text, other string
		looser, stricter  []string
	}{
		{"what went wrong is no longer marked", "      },\n      \"x-adverse\": true\n    },", "      },\n      \"x-may-be-empty\": true\n    },", []string{"faults.faults.x-adverse", "faults.faults.x-may-be-empty"}, nil},
		{"a switch", "            \"x-switch\": true", "            \"x-switch\": false", []string{"stores.stores.important.x-switch"}, nil},
		{"what a record found", "            \"type\": \"boolean\",\n            \"x-outcome\": true", "            \"type\": \"boolean\"", []string{"stores.restores.ok.x-outcome"}, nil},
		{"what is open need not be", "      \"x-adverse\": true,\n      \"x-open\": true", "      \"x-adverse\": true", []string{"faults.waiting.x-open"}, []string{"faults.waiting.x-open"}},
		{"evidence of a count", "      \"required\": [\n        \"counted\",\n        \"evidence\"\n      ]", "      \"required\": [\n        \"counted\"\n      ]", []string{"faults.known.required"}, nil},
		{"evidence of a waiver", "          \"expires\",\n          \"evidence\"\n        ],", "          \"expires\"\n        ],", []string{"waivers.waivers.required"}, nil},
		{"a reason in a word", "\"minLength\": 8,", "\"minLength\": 1,", []string{"waivers.waivers.reason.minLength"}, nil},
		{"a property that nobody knows", "  \"type\": \"object\",\n  \"additionalProperties\": false,\n  \"required\": [\n    \"waivers\"", "  \"type\": \"object\",\n  \"required\": [\n    \"waivers\"", []string{"waivers.additionalProperties"}, nil},
		{"another word", "              \"high\",\n              \"low\"\n            ],", "              \"high\",\n              \"none\",\n              \"low\"\n            ],", []string{"faults.faults.severity.enum"}, nil},
		{"what it means that nothing is stated", "            \"x-absent\": {\n              \"zh\": \"尚未修复\",\n              \"en\": \"not mended yet\"\n            }", "            \"examples\": [\"2026-01-01\"]", nil, []string{"faults.faults.closed.x-absent"}},
		{"another title", "\"title\": \"缺陷\",\n  \"x-title-en\": \"Faults\"", "\"title\": \"故障\",\n  \"x-title-en\": \"Breakdowns\"", nil, nil},
	} {
		after := judgeBy(t, "facts/rulebook", c.text, c.other).Rulebook
		subjects := func(all []compare.ScopeChange) (said []string) {
			for _, s := range all {
				said = append(said, s.Subject)
			}
			slices.Sort(said)
			return said
		}
		if got := subjects(compare.Loosened(before, after, ".")); !slices.Equal(got, c.looser) {
			t.Errorf("%s: %q, want %q", c.name, got, c.looser)
		}
		if got := subjects(compare.Loosened(after, before, ".")); !slices.Equal(got, c.stricter) {
			t.Errorf("%s, the way back: %q, want %q", c.name, got, c.stricter)
		}
	}
}
