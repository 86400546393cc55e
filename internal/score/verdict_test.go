package score

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

const (
	advisory = finding.Advisory
	minor    = finding.Minor
	major    = finding.Major
	blocker  = finding.Blocker
)

func TestClauseVerdicts(t *testing.T) {
	type one struct {
		severity finding.Severity
		clauses  string
		items    string
	}
	for name, c := range map[string]struct {
		mark    string
		checks  []one
		verdict Verdict
		waived  bool
		score   string
	}{
		"all pass":                     {"", []one{{major, "1.1", "p"}, {minor, "1.1", "pp"}}, Met, false, "100"},
		"not applicable is left out":   {"", []one{{major, "1.1", "p"}, {major, "1.1", "-"}, {major, "1.1", "n"}}, Met, false, "100"},
		"one of three fails":           {"", []one{{major, "1.1", "pp"}, {major, "1.1", "p"}, {major, "1.1", "f"}}, PartlyMet, false, "200/3"},
		"one of two fails":             {"", []one{{major, "1.1", "p"}, {major, "1.1", "f"}}, NotMet, false, "50"},
		"on the floor":                 {"", []one{{major, "1.1", "p"}, {major, "1.1", "p"}, {major, "1.1", "p"}, {major, "1.1", "f"}, {major, "1.1", "f"}}, PartlyMet, false, "60"},
		"below the floor":              {"", []one{{major, "1.1", "p"}, {blocker, "1.1", "pp"}, {blocker, "2.1 1.1", "p"}, {major, "1.1", "f"}, {minor, "1.1", "f"}, {major, "1.1", "f"}}, NotMet, false, "500/9"},
		"some items of one fail":       {"", []one{{major, "1.1", "pf"}}, NotMet, false, "25"},
		"all attainments 0":            {"", []one{{major, "1.1", "f"}, {minor, "1.1", "ff"}}, NotMet, false, "0"},
		"a blocker fails":              {"", []one{{blocker, "1.1", "f"}, {major, "1.1", "p"}}, NotMet, false, "100/3"},
		"a blocker fails in part":      {"", []one{{blocker, "1.1", "pf"}, {major, "1.1", "p"}}, NotMet, false, "50"},
		"a blocker fails, part waived": {"", []one{{blocker, "1.1", "fw"}, {major, "1.1", "p"}}, NotMet, false, "100/3"},
		"a rectified blocker":          {"", []one{{blocker, "1.1", "r"}, {major, "1.1", "p"}}, NotMet, false, "100/3"},
		"a waived blocker":             {"", []one{{blocker, "1.1", "w"}, {major, "1.1", "p"}}, NotMet, true, "100/3"},
		"a waived blocker among many":  {"", []one{{blocker, "1.1", "w"}, {blocker, "1.1", "p"}, {blocker, "1.1", "p"}}, PartlyMet, true, "200/3"},
		"a part waived blocker":        {"", []one{{blocker, "1.1", "pw"}}, NotMet, true, "25"},
		"everything waived":            {"", []one{{major, "1.1", "w"}, {minor, "1.1", "ww"}}, NotMet, true, "0"},
		"waived counts as failed":      {"", []one{{minor, "1.1", "w"}, {major, "1.1", "p"}}, PartlyMet, true, "500/7"},
		"cited from elsewhere":         {"", []one{{major, "1.1", "p"}, {major, "2.1 1.1", "f"}}, PartlyMet, false, "100"},
		"a blocker from elsewhere":     {"", []one{{major, "1.1", "p"}, {blocker, "2.1 1.1", "f"}}, NotMet, false, "100"},
		"only from elsewhere":          {"", []one{{major, "2.1 1.1", "p"}}, Met, false, "null"},
		"broken topic":                 {"", []one{{minor, "1.1", "!"}, {major, "1.1", "p"}}, PartlyMet, false, "500/7"},
		"broken topic, blocker":        {"", []one{{blocker, "1.1", "!"}, {major, "1.1", "p"}}, NotMet, false, "100/3"},
		"advisory says nothing":        {"", []one{{major, "1.1", "p"}, {advisory, "1.1", "f"}}, Met, false, "100"},
		"advisory alone":               {"", []one{{advisory, "1.1", "f"}, {major, "1.1", "-"}}, Informative, false, "null"},
		"advisory at home":             {"", []one{{advisory, "1.1", "p"}, {major, "2.1 1.1", "f"}}, NotMet, false, "null"},
		"no condition holds":           {"", []one{{major, "1.1", "-"}, {advisory, "1.1", "-"}}, NotApplicable, false, "null"},
		"no items":                     {"", []one{{major, "1.1", "n"}}, NotApplicable, false, "null"},
		"no checks":                    {"", nil, NotApplicable, false, "null"},
		"informative":                  {"informative", nil, Informative, false, "null"},
		"pending":                      {"pending", nil, Pending, false, "null"},
		"pending though cited":         {"pending", []one{{major, "1.1", "f"}}, Pending, false, "null"},
		"cited twice by one check":     {"", []one{{major, "1.1 1.1", "p"}}, Met, false, "100"},
	} {
		t.Run(name, func(t *testing.T) {
			var checks []examine.Check
			for i, o := range c.checks {
				checks = append(checks, check("t."+string(rune('a'+i)), o.severity, o.clauses, o.items))
			}
			reg := regulation(t, strings.TrimSpace("1.1 10 "+c.mark), "2.1 0")
			got := Compute(reg, city(), platform(checks...)).Clauses[0]
			if got.Verdict != c.verdict || got.Waived != c.waived || exact(got.Score) != c.score {
				t.Errorf("%s, waived %v, score %s; want %s, %v, %s",
					got.Verdict, got.Waived, exact(got.Score), c.verdict, c.waived, c.score)
			}
			judged := got.Verdict == Met || got.Verdict == PartlyMet || got.Verdict == NotMet
			if got.Reason.IsZero() != judged {
				t.Errorf("verdict %s has the reason %+v", got.Verdict, got.Reason)
			}
			wantBilingual(t, got.Reason)
		})
	}
}

// wantBilingual holds a text that says anything to saying it in both languages.
func wantBilingual(t *testing.T, text lang.Text) {
	t.Helper()
	han := func(r rune) bool { return unicode.Is(unicode.Han, r) }
	if !text.IsZero() && (!strings.ContainsFunc(text.ZH, han) || strings.ContainsFunc(text.EN, han) || text.EN == "") {
		t.Errorf("not in both languages: %+v", text)
	}
}

func TestClauseNamesItsChecks(t *testing.T) {
	r := Compute(regulation(t, "1.1 10", "2.1 0"), city(), platform(
		check("t.z", major, "1.1", "p"), check("t.a", minor, "2.1 1.1", "-"), check("t.m", advisory, "1.1 2.1", "p"),
	))
	for i, want := range []struct{ checks, home string }{{"t.z t.a t.m", "t.z t.m"}, {"t.a t.m", "t.a"}} {
		got := r.Clauses[i]
		if !slices.Equal(got.Checks, strings.Fields(want.checks)) || !slices.Equal(got.Home, strings.Fields(want.home)) {
			t.Errorf("clause %s: checks %v, home %v; want %+v", got.ID, got.Checks, got.Home, want)
		}
	}
}

func TestReasonNamesTheFact(t *testing.T) {
	level := check("t.a", major, "1.1", "-")
	level.Rule.When = "platform.mlps_level >= 3"
	again := check("t.b", major, "1.1", "-")
	again.Rule.When = level.Rule.When
	empty := check("t.c", major, "1.1", "n")
	empty.Rule.Each = append(empty.Rule.Each, rulebook.Range{Name: "set", List: "backups.sets"})
	r := Compute(regulation(t, "1.1 10"), city(), platform(level, again, empty))
	want := lang.Text{
		ZH: "条件不成立：platform.mlps_level >= 3；没有可检查的对象：backups.sets",
		EN: "does not hold: platform.mlps_level >= 3; nothing to check in backups.sets",
	}
	if got := r.Clauses[0].Reason; got != want {
		t.Errorf("reason %+v, want %+v", got, want)
	}
}
