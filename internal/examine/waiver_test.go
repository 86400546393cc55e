package examine_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"hegui/internal/audit"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/term"
)

// A misspelt id gets the nearest one, be it of a check or of a finding of ours.
func TestWaiversForMisspeltIDs(t *testing.T) {
	for wrong, right := range map[string]string{"stores.frech": "stores.fresh", "evidence.misssing": "evidence.missing", "scope.itm": "scope.item", "近期做过备份": "stores.fresh"} {
		p := examined(t, map[string]string{"waivers.yaml": strings.Replace(waiver, "stores.fresh", wrong, 1)}, nil)
		if !slices.ContainsFunc(p.Findings, func(f finding.Finding) bool {
			return f.Check == "waiver.unknown_check" && f.Remedy.EN == "did you mean "+right+"?"
		}) {
			t.Errorf("a waiver for %s does not get %s", wrong, right)
		}
	}
}

// one is the state of the only waiver of a platform, with the finding about it.
func one(t *testing.T, p *examine.Platform) (examine.WaiverState, string) {
	t.Helper()
	if len(p.Waivers) != 1 {
		t.Fatalf("%d waivers", len(p.Waivers))
	}
	for _, f := range p.Findings {
		if strings.HasPrefix(f.Check, "waiver.") || strings.HasPrefix(f.Check, "evidence.") {
			return p.Waivers[0].State, f.Check
		}
	}
	return p.Waivers[0].State, ""
}

// Nobody dispenses from a veto that law imposes; what rests on less, or is no
// veto, may be waived.
func TestStatutoryVetoesCannotBeWaived(t *testing.T) {
	for _, c := range []struct {
		kind, confidence string
		severity         finding.Severity
		want             examine.WaiverState
	}{
		{"law", "read", finding.Blocker, examine.WaiverRefused}, {"normative", "secondary", finding.Blocker, examine.WaiverRefused},
		{"standard", "read", finding.Blocker, examine.WaiverActive}, {"standard below law", "read", finding.Blocker, examine.WaiverRefused}, {"law", "read", finding.Major, examine.WaiverActive},
	} {
		book, outcomes := audited(t, map[string]string{
			"waivers.yaml": strings.Replace(waiver, "stores.fresh", "stores.second-copy", 1),
			"stores.yaml":  "sets:\n  - name: files\n    keep: 90\n    copies: [{ site: east }]\n    records: [{ date: 2026-11-01, evidence: evidence/run.md }]\n",
		})
		for i := range outcomes.Checks {
			if ruling := &outcomes.Checks[i]; ruling.Rule.ID == "stores.second-copy" {
				kind, below, _ := strings.Cut(c.kind, " below ")
				ruling.Severity, ruling.Basis, ruling.Below = c.severity, rulebook.Basis{Kind: kind, Confidence: c.confidence}, below != ""
			}
		}
		state, found := one(t, examine.Apply(book, outcomes, nil, day(t)))
		if state != c.want || (found == "waiver.statutory") != (c.want == examine.WaiverRefused) {
			t.Errorf("%+v: %s, %s", c, state, found)
		}
	}
}

// A waiver whose evidence does not hold has no effect, and says so once.
func TestUnprovedWaiversHaveNoEffect(t *testing.T) {
	old := "sets:\n  - name: files\n    keep: 90\n    copies: [{ site: east }, { site: west }]\n    records: [{ date: 2026-01-01, evidence: evidence/run.md }]\n"
	for evidence, want := range map[string]string{
		"evidence/run.md":                     "active ",
		"evidence/gone.md":                    "refused evidence.missing",
		"https://localhost/x":                 "refused evidence.address",
		"[evidence/run.md, evidence/gone.md]": "refused evidence.missing",
		"{ ref: 云数〔2026〕1号, held_by: 档案岗 }":   "active ",
	} {
		state, found := one(t, examined(t, map[string]string{"waivers.yaml": strings.Replace(waiver, "evidence/run.md", evidence, 1), "stores.yaml": old}, nil))
		if got := string(state) + " " + found; got != want {
			t.Errorf("%s: %s, want %s", evidence, got, want)
		}
	}
}

// A waiver that cannot be read has no effect; those beside it keep theirs.
func TestBrokenWaiverStandsAlone(t *testing.T) {
	old := "sets:\n  - name: files\n    keep: 90\n    copies: [{ site: east }, { site: west }]\n    records: [{ date: 2026-01-01, evidence: evidence/run.md }]\n"
	entry := strings.TrimPrefix(waiver, "waivers:\n")
	for broken, want := range map[string]string{
		strings.Replace(entry, "stores.fresh", "7", 1): "active",
		"  - nothing\n": "active",
		"zzz: 1\n":      "active",
		"waivers: []\n": "",
	} {
		p := examined(t, map[string]string{"waivers.yaml": waiver + broken, "stores.yaml": old}, nil)
		state := ""
		for _, w := range p.Waivers {
			state += string(w.State)
		}
		if state != want || !slices.ContainsFunc(p.Findings, func(f finding.Finding) bool { return f.Defect() }) {
			t.Errorf("beside %q: %q, findings %q", broken, state, told(p))
		}
	}
	if p := examined(t, map[string]string{"waivers.yaml": "waivers: []\n"}, nil); len(p.Findings) > 0 {
		t.Errorf("no waivers: %q", told(p))
	}
}

// One post under two spellings approves nothing.
func TestOnePostUnderTwoSpellings(t *testing.T) {
	old := "sets:\n  - name: files\n    keep: 90\n    copies: [{ site: east }, { site: west }]\n    records: [{ date: 2026-01-01, evidence: evidence/run.md }]\n"
	for _, post := range []string{"平台运维岗", "平台运维岗\u3000", "平台 运维岗", "平台运维岗 ", "平台运维岗。", "平台-运维岗", "平台运维岗位"} {
		text := strings.Replace(waiver, "市数据局安全岗", "\""+post+"\"", 1)
		if state, found := one(t, examined(t, map[string]string{"waivers.yaml": text, "stores.yaml": old}, nil)); state != examine.WaiverRefused || found != "waiver.self_approved" {
			t.Errorf("approved by %q: %s, %s", post, state, found)
		}
		p := examined(t, map[string]string{"waivers.yaml": text, "stores.yaml": old}, nil)
		if said := strings.Contains(fmt.Sprint(p.Findings), "are one post, written in two ways"); said != (post != "平台运维岗") {
			t.Errorf("approved by %q: told of two spellings: %v", post, said)
		}
	}
}

// A release says what it is for, or one would let every other fact through.
func TestReleasesAreNamed(t *testing.T) {
	for check, want := range map[string]string{
		"scope.switch": "waiver.unnamed", "scope.sight": "waiver.unnamed", "scope.verdict": "waiver.unnamed", "scope.platform": "", "scope.switch\n    item: stage=retired": "",
	} {
		text := strings.Replace(waiver, "stores.fresh", check, 1)
		if state, found := one(t, examined(t, map[string]string{"waivers.yaml": text}, nil)); found != want || (state == examine.WaiverRefused) != (want != "") {
			t.Errorf("%s: %s, %q", check, state, found)
		}
	}
}

// A waiver for a finding that no check makes is told what such a waiver may do,
// and never that there is no such check.
func TestWaiversOfOwnFindings(t *testing.T) {
	complaint := func(id string) string {
		if kind, isScope := strings.CutPrefix(id, examine.ScopePrefix); isScope && term.NeedsName(kind) {
			id += "\n    item: stage=retired"
		}
		p := examined(t, map[string]string{"waivers.yaml": strings.Replace(waiver, "stores.fresh", id, 1)}, nil)
		for _, f := range p.Findings {
			if strings.HasPrefix(f.Check, "waiver.") {
				return f.Check
			}
		}
		return string(p.Waivers[0].State)
	}
	want := map[term.Release]string{term.NotWaivable: "waiver.not_waivable", term.Waivable: "waiver.unused", term.Releasable: string(examine.WaiverActive)}
	for _, family := range term.Families() {
		for _, k := range []term.Kind{family.Kinds[0], family.Kinds[len(family.Kinds)-1]} {
			if id := family.ID + "." + k.ID; complaint(id) != want[family.Release] {
				t.Errorf("a waiver for %s: %s, want %s", id, complaint(id), want[family.Release])
			}
		}
		if got := complaint(family.ID + ".no_such_thing"); got != "waiver.unknown_check" {
			t.Errorf("a waiver for what %s.* never holds: %s", family.ID, got)
		}
	}
}

// A waiver counts from its approval to its last day, as long as another post
// has approved it for no longer than the policy allows, and covers something
// that fails.
func TestWaiverStates(t *testing.T) {
	for _, c := range []struct {
		name  string
		edit  []string
		state examine.WaiverState
		fault string
	}{
		{"as it stands", nil, "active", ""},
		{"its last day", []string{"2027-01-31", "2026-12-01"}, "active", ""},
		{"the day after", []string{"2027-01-31", "2026-11-30"}, "expired", "waiver.expired"},
		{"approved today", []string{"2026-11-01", "2026-12-01"}, "active", ""},
		{"approved tomorrow", []string{"2026-11-01", "2026-12-02"}, "refused", "waiver.not_yet"},
		{"ends before it begins", []string{"2027-01-31", "2026-10-31"}, "refused", "waiver.not_yet"},
		{"the longest term", []string{"2027-01-31", "2027-11-01"}, "active", ""},
		{"a day more", []string{"2027-01-31", "2027-11-02"}, "refused", "waiver.over_long"},
		{"approved by who asked", []string{"市数据局安全岗", "平台运维岗"}, "refused", "waiver.self_approved"},
		{"a check that is not", []string{"stores.fresh", "stores.frsh"}, "refused", "waiver.unknown_check"},
		{"a defect", []string{"stores.fresh", "schema.required"}, "refused", "waiver.not_waivable"},
		{"one item", []string{"check: stores.fresh", "check: stores.fresh\n    item: files"}, "active", ""},
		{"another item", []string{"check: stores.fresh", "check: stores.fresh\n    item: mail"}, "unused", "waiver.unused"},
		{"a check that passes", []string{"stores.fresh", "stores.second-copy"}, "unused", "waiver.unused"},
		{"a scope change", []string{"stores.fresh", "scope.item"}, "active", ""},
	} {
		p := examined(t, map[string]string{"stores.yaml": stale, "waivers.yaml": strings.NewReplacer(c.edit...).Replace(waiver)}, nil)
		faults := []string{}
		waived := false
		for _, f := range p.Findings {
			if strings.HasPrefix(f.Check, "waiver.") {
				faults = append(faults, f.Check)
				_, wrong, _ := strings.Cut("\n"+c.edit[1], "\n") // what is wrong is what is shown, or the whole where nothing is
				wrong = strings.TrimSpace(wrong[strings.LastIndexByte(wrong, '\n')+1:])
				if c.name == "a check that passes" {
					wrong = "id: fresh"
				}
				if f.Location.Path != "platforms/bad/waivers.yaml" || !strings.HasSuffix(f.Excerpt, wrong) {
					t.Errorf("%s: %+v %q", c.name, f.Location, f.Excerpt)
				}
			}
			waived = waived || f.Waived
		}
		if p.Waivers[0].State != c.state || strings.Join(faults, " ") != c.fault {
			t.Errorf("%s: %s %v, want %s %s", c.name, p.Waivers[0].State, faults, c.state, c.fault)
		}
		covers := c.state == "active" && c.name != "a scope change"
		if got := item(t, p, "stores.fresh", "files"); waived != covers || (got.Outcome == finding.Waived) != covers || got.Claim {
			t.Errorf("%s: waived %v, the item is %s", c.name, waived, got.Outcome)
		}
	}
}

// Of a waiver whose item nobody can judge yet nothing is said: what it waits for is told,
// and the waiver has its use when that is put right.
func TestAWaiverWaitsWithItsItem(t *testing.T) {
	p := examined(t, map[string]string{"stores.yaml": "sets: 5\n", "waivers.yaml": strings.Replace(waiver, "check: stores.fresh", "check: stores.fresh\n    item: files", 1)}, nil)
	if p.Waivers[0].State != "unused" {
		t.Errorf("the waiver is %s", p.Waivers[0].State)
	}
	for _, f := range p.Findings {
		if strings.HasPrefix(f.Check, "waiver.") {
			t.Errorf("%s: %s", f.Check, f.Message.EN)
		}
	}
}

// Nothing that Apply does changes what has been judged: it can be applied again,
// on another day or with other trust.
func TestApplyLeavesTheOutcomes(t *testing.T) {
	verdicts := given("stores.second-copy files not_met -", "stores.second-copy gone not_met -")
	for _, files := range []map[string]string{
		{"stores.yaml": stale, "waivers.yaml": waiver},
		{"stores.yaml": stale, "waivers.yaml": waiver, "verdicts.yaml": verdicts},
	} {
		applied(t, files)
	}
}

func applied(t *testing.T, files map[string]string) {
	book, outcomes := audited(t, files)
	before := fmt.Sprintf("%+v %+v", outcomes.Checks, outcomes.Findings)
	first := examine.Apply(book, outcomes, nil, day(t))
	if first.Waivers[0].State != "active" || first.Findings[0].Waived == outcomes.Findings[0].Waived && len(first.Findings) == len(outcomes.Findings) {
		t.Fatalf("the statements have no effect: %+v", first.Findings)
	}
	examine.Apply(book, outcomes, &audit.Statements{}, day(t))
	if again := examine.Apply(book, outcomes, nil, day(t)); !reflect.DeepEqual(again.Checks, first.Checks) || !reflect.DeepEqual(again.Findings, first.Findings) {
		t.Error("a second examination finds something else")
	}
	if after := fmt.Sprintf("%+v %+v", outcomes.Checks, outcomes.Findings); after != before {
		t.Error("the outcomes have changed")
	}
}
