package compare_test

import (
	"slices"
	"strings"
	"testing"

	"hegui/internal/audit"
	"hegui/internal/compare"
	"hegui/internal/finding"
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

// Whatever a check asks for less of is told with its levels, and the way back is not;
// conditions, which only a reader can weigh, are told both ways.
func TestLoosenedChecks(t *testing.T) {
	const kept, fresh = "    severity: { default: minor }\n    waivable: false", "default: { value: P1Y, basis: { kind: default"
	for name, c := range map[string]struct {
		from, to string
		looser   []string
		stricter []string // what the way back is told as
	}{
		"severity of a level":  {"severity: { default: major, level3: blocker }", "severity: { default: major }", []string{"stores.second-copy: levels 3 to 5): blocker → major", "stores.second-copy: a blocker → not in it"}, nil},
		"a limit":              {fresh, "default: { value: P400D, basis: { kind: default", []string{"stores.fresh: levels 1 to 2): 1 year → 400 days"}, nil},
		"a limit of one level": {"level3: { value: P90D", "level3: { value: P120D", []string{"stores.fresh: levels 3 to 5): 90 days → 120 days"}, nil},
		"waivable":             {kept, "    severity: { default: minor }", []string{"stores.kept: not waivable → can be waived"}, nil},
		"weight":               {kept, kept + "\n    weight: 1", []string{"stores.kept: that of its severity → 1"}, []string{"stores.kept: 1 → that of its severity"}},
		"condition": {"assert: set.keep >= limits.min_days", "assert: set.keep > limits.min_days", []string{"stores.kept: set.keep >= limits.min_days → set.keep > limits.min_days"},
			[]string{"stores.kept: set.keep > limits.min_days → set.keep >= limits.min_days"}},
		"the words of a message": {"is kept for {set.keep} days only", "goes after {set.keep} days", nil, nil},
		"the least score":        {"\nminimum: 60", "\nminimum: 50", []string{"minimum: 60.0 → 50.0"}, nil},
		"the term of waivers":    {"max_term: P1Y", "max_term: P2Y", []string{"waiver.max_term: 1 year → 2 years"}, nil},
	} {
		before, after := judge(t).Rulebook, judge(t, c.from, c.to).Rulebook
		told := func(all []compare.ScopeChange) (said []string) {
			for _, s := range all {
				text := s.Message.Full.EN
				what, _, _ := strings.Cut(text, " → ")
				if i := strings.LastIndex(text, "(levels "); i >= 0 {
					text = text[i+1:]
				} else if i := strings.LastIndex(what, ": "); i >= 0 {
					text = text[i+2:]
				}
				said = append(said, s.Subject+": "+text)
			}
			return said
		}
		if got := told(compare.Loosened(before, after, ".")); !slices.Equal(got, c.looser) {
			t.Errorf("%s: %q, want %q", name, got, c.looser)
		}
		if got := told(compare.Loosened(after, before, ".")); !slices.Equal(got, c.stricter) {
			t.Errorf("%s, the way back: %q, want %q", name, got, c.stricter)
		}
		// What is stricter the way back is listed where it is stated, old beside new.
		tightened := compare.Tightened(after, before, ".")
		if len(tightened) != len(c.looser)-len(c.stricter) {
			t.Errorf("%s, tightened the way back: %v", name, tightened)
		}
		for _, s := range tightened {
			if s.Location.Line == 1 || !strings.Contains(s.Message.Full.EN, " → ") {
				t.Errorf("%s: tightened at %v: %s", name, s.Location, s.Message.Full.EN)
			}
		}
	}
}

// What a rulebook announces is shown on its day with the platforms that fare otherwise
// then, and not before.
func TestImpactAhead(t *testing.T) {
	const examples = "    examples:\n      - good: {}\n      - bad:\n          set: { /stores/sets/0/keep"
	announced := "    tightened: [{ limit: min_days, effective_on: 2027-03-01, levels: { default: { value: 4000, basis: { kind: default, source: fixture, confidence: unverified } }, " +
		"level3: { value: 4000, basis: { kind: default, source: fixture, confidence: unverified } } } }]\n"
	j, other := judge(t), judge(t, examples, announced+examples)
	tree := base(t).tree()
	folders := audit.Discover(tree, nil)
	now, same, failures := j.Impact(t.Context(), tree, folders, other.Rulebook.On(j.AsOf))
	if len(now) != 0 || same != 1 || len(failures) != 0 {
		t.Errorf("today %d platforms fare otherwise, %d do not: %v", len(now), same, failures)
	}
	later, failures := j.ImpactAhead(t.Context(), tree, folders, other.Rulebook, now)
	if len(later) != 1 || later[0].On.String() != "2027-03-01" || len(later[0].Effects) != 1 || len(failures) != 0 {
		t.Fatalf("%+v: %v", later, failures)
	}
	e := later[0].Effects[0]
	if !slices.ContainsFunc(e.After.Findings, func(f finding.Finding) bool { return f.Check == "stores.kept" }) ||
		slices.ContainsFunc(e.Before.Findings, func(f finding.Finding) bool { return f.Check == "stores.kept" }) {
		t.Errorf("before %v, after %v", e.Before.Findings, e.After.Findings)
	}
}
