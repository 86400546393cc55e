package rulebook_test

import (
	"fmt"
	"strings"
	"testing"

	"hegui/internal/rulebook"
)

// A series says of each rulebook what loading it alone says, whatever came before it, and
// knows which of them judge alike.
func TestSeriesIsLoadingEach(t *testing.T) {
	const stores, policy, topic = "checks/stores.yaml", "checks/policy.yaml", "schemas/stores.schema.json"
	base := tiny(t)
	var series rulebook.Series
	before := ""
	for _, step := range []struct {
		name  string
		files files
		alike bool // to the one before
	}{
		{"the first", base, false},
		{"again", base, true},
		{"words", base.edit(t, stores, "zh: 留得够久", "zh: 要留得够久"), true},
		{"a message", base.edit(t, stores, "is kept for {set.keep} days only", "is only kept for {set.keep} days"), true},
		{"an example", base.edit(t, stores, "/stores/sets/0/keep: 59", "/stores/sets/0/keep: 58"), true},
		{"a broken message", base.edit(t, stores, "is kept for {set.keep} days only", "is kept for {set.kept} days only"), false},
		{"mended", base, false},
		{"a limit", base.edit(t, stores, "value: 60", "value: 90"), false},
		{"another kind of limit", base.edit(t, stores, "set.keep >= limits.min_days", "double(set.keep) >= limits.min_days").edit(t, stores, "value: 30", "value: 30.5").edit(t, stores, "value: 60", "value: 60.5"), false},
		{"a condition", base.edit(t, stores, "platform.mlps_level >= 2", "platform.mlps_level >= 3"), false},
		{"a schema that describes nothing", base.with("schemas/other.schema.json", `{"$schema": "https://json-schema.org/draft/2020-12/schema"}`), false},
		{"a topic", base.edit(t, topic, `"order": 2`, `"order": 3`), false},
		{"a broken schema", base.with(topic, "{"), false},
		{"a topic back", base, false},
		{"a broken policy", base.edit(t, policy, "minimum: 60", "minimum: many"), false},
		{"a policy", base.edit(t, policy, "minimum: 60", "minimum: 70"), false},
		{"a broken baseline", base.with("checks/baseline/stores.yaml", "sets: 1\n"), false},
		{"the end", base, false},
	} {
		want, wanted := rulebook.Load(step.files.tree())
		got, err := series.Load(step.files.tree())
		if fmt.Sprint(err) != fmt.Sprint(wanted) {
			t.Errorf("%s: %v, alone %v", step.name, err, wanted)
		}
		if strings.Contains(step.name, "broken") != (wanted != nil) {
			t.Fatalf("%s: %v", step.name, wanted)
		}
		if wanted != nil || err != nil {
			before = ""
			continue
		}
		for i, check := range want.Checks {
			compare(t, step.name, got, got.Checks[i], want, check)
		}
		ran, faults := got.Test()
		if all, alone := want.Test(); got.Digest != want.Digest || ran != all || fmt.Sprint(faults) != fmt.Sprint(alone) {
			t.Errorf("%s: %s, %d examples, %v; alone %s, %d, %v", step.name, got.Digest, ran, faults, want.Digest, all, alone)
		}
		if alike := got.Judges() == before; alike != step.alike {
			t.Errorf("%s: judges alike: %v", step.name, alike)
		}
		before = got.Judges()
	}
}

// What did not change is not compiled again.
func TestSeriesKeeps(t *testing.T) {
	var series rulebook.Series
	base := tiny(t)
	compiled := map[string]bool{}
	for i, files := range []files{base, base.edit(t, "checks/stores.yaml", "set.keep >= limits.min_days", "set.keep > limits.min_days"), base.edit(t, "checks/policy.yaml", "minimum: 60", "minimum: 70")} {
		book, err := series.Load(files.tree())
		if err != nil {
			t.Fatal(err)
		}
		fresh := 0
		for _, check := range book.Checks {
			if program := fmt.Sprintf("%p", check.Condition()); !compiled[program] {
				compiled[program] = true
				fresh++
			}
		}
		if want := []int{len(book.Checks), 1, 1}[i]; fresh != want {
			t.Errorf("%d: %d conditions compiled, want %d", i, fresh, want)
		}
	}
}
