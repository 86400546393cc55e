package examine_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hegui/internal/audit"
	"hegui/internal/examine"
	"hegui/internal/finding"
)

const twoSets = `sets:
  - name: files
    keep: 90
    copies: [{ site: east }, { site: west }]
    records: [{ date: 2026-11-01, evidence: evidence/run.md }]
  - name: mail
    keep: 90
    copies: [{ site: east }, { site: west }]
    records: [{ date: 2026-11-01, evidence: evidence/run.md }]
`

// given writes verdicts, each as "check item verdict fact [note]"; "-" stands for
// nothing.
func given(entries ...string) string {
	var out strings.Builder
	out.WriteString("verdicts:\n")
	for i, entry := range entries {
		f := strings.Fields(entry)
		fmt.Fprintf(&out, "  - id: v%d\n    check: %s\n", i, f[0])
		if f[1] != "-" {
			fmt.Fprintf(&out, "    item: %s\n", f[1])
		}
		note := "现场所见"
		if len(f) > 4 {
			note = f[4]
		}
		fmt.Fprintf(&out, "    verdict: %s\n    note: %s\n    assessed_by: 监督检查岗\n    assessed_on: 2026-11-20\n", f[2], note)
		if f[3] != "-" {
			fmt.Fprintf(&out, "    fact: %s\n", f[3])
		}
	}
	return out.String()
}

func item(t *testing.T, p *examine.Platform, check, name string) examine.Item {
	t.Helper()
	for _, c := range p.Checks {
		if c.Rule.ID != check {
			continue
		}
		for _, item := range c.Items {
			if item.Name == name {
				return item
			}
		}
	}
	t.Fatalf("%s has no item %q", check, name)
	return examine.Item{}
}

// pin is the digest of what a check reads of an item.
func pin(t *testing.T, files map[string]string, check, name string) string {
	t.Helper()
	with := map[string]string{"verdicts.yaml": given("stores.none - not_examined -")}
	for file, text := range files {
		with[file] = text
	}
	fact := item(t, examined(t, with, nil), check, name).Pin().Fact
	if !strings.HasPrefix(fact, "v2:sha256:") {
		t.Fatalf("%s %s has the fact %q", check, name, fact)
	}
	return fact
}

// told are the findings of a platform: check, item, place.
func told(p *examine.Platform) []string {
	out := []string{}
	for _, f := range p.Findings {
		out = append(out, fmt.Sprintf("%s %s %s:%d", f.Check, f.Item, strings.TrimPrefix(f.Location.Path, "platforms/bad/"), f.Location.Line))
	}
	return out
}

func TestVerdicts(t *testing.T) {
	stores := map[string]string{"stores.yaml": twoSets}
	fresh := pin(t, stores, "stores.fresh", "files")
	kept := pin(t, stores, "stores.kept", "files")
	if fresh == kept {
		t.Fatal("two checks that read different facts share a digest")
	}
	for _, c := range []struct {
		name    string
		entries []string
		state   examine.State // of the first verdict
		item    examine.State // of stores.fresh files
		want    []string
	}{
		{"confirmed", []string{"stores.fresh files met " + fresh}, "verified", "verified", nil},
		{"partly", []string{"stores.fresh files partly_met " + fresh}, "partly", "partly", nil},
		{"not applicable", []string{"stores.fresh files not_applicable " + fresh}, "not_applicable", "not_applicable", nil},
		{"not applicable for no reason", []string{"stores.fresh files not_applicable " + fresh + " 无"}, "needs_review", "needs_review", []string{"verdict.unreasoned stores.fresh/files verdicts.yaml:2"}},
		{"not examined", []string{"stores.fresh files not_examined -"}, "not_examined", "not_examined", nil},
		{"another fact", []string{"stores.fresh files met " + kept}, "needs_review", "needs_review", []string{"verdict.lapsed stores.fresh/files verdicts.yaml:2"}},
		{"no fact", []string{"stores.fresh files met -"}, "needs_review", "needs_review", []string{"verdict.lapsed stores.fresh/files verdicts.yaml:2"}},
		{"rejected", []string{"stores.fresh files not_met " + fresh}, "rejected", "rejected", []string{"stores.fresh files stores.yaml:5"}},
		{"rejected on another fact", []string{"stores.fresh files not_met " + kept}, "rejected", "rejected", []string{"stores.fresh files stores.yaml:5"}},
		{"rejected as a whole", []string{"stores.fresh - not_met -"}, "rejected", "rejected",
			[]string{"stores.fresh files stores.yaml:5", "stores.fresh mail stores.yaml:9"}},
		{"confirmed as a whole", []string{"stores.fresh - met " + fresh}, "unused", "", []string{"verdict.unused stores.fresh verdicts.yaml:2"}},
		{"confirmed and rejected", []string{"stores.fresh files met " + fresh, "stores.fresh files not_met -"}, "verified", "rejected", []string{"stores.fresh files stores.yaml:5"}},
		{"rejected and confirmed", []string{"stores.fresh files not_met -", "stores.fresh files met " + fresh}, "rejected", "rejected", []string{"stores.fresh files stores.yaml:5"}},
		{"a check that is not", []string{"stores.frsh files met " + fresh}, "unused", "", []string{"verdict.unused stores.frsh/files verdicts.yaml:2"}},
		{"an item that is gone", []string{"stores.fresh gone met " + fresh}, "unused", "", []string{"verdict.unused stores.fresh/gone verdicts.yaml:2"}},
		{"an item that is gone, rejected", []string{"stores.fresh gone not_met -"}, "rejected", "", []string{"stores.fresh gone verdicts.yaml:2"}},
	} {
		p := examined(t, map[string]string{"stores.yaml": twoSets, "verdicts.yaml": given(c.entries...)}, nil)
		if got := p.Verdicts[0].State; got != c.state {
			t.Errorf("%s: the verdict is %s, want %s", c.name, got, c.state)
		}
		if got := item(t, p, "stores.fresh", "files").State; got != c.item {
			t.Errorf("%s: the item is %q, want %q", c.name, got, c.item)
		}
		if got := told(p); !slices.Equal(got, append([]string{}, c.want...)) {
			t.Errorf("%s: findings %q, want %q", c.name, got, c.want)
		}
		for _, f := range p.Findings {
			if strings.HasPrefix(f.Check, "verdict.") != (f.Severity == finding.Advisory) {
				t.Errorf("%s: %s is %s", c.name, f.Check, f.Severity)
			}
			if f.Check == "stores.fresh" && f.Message.EN != "found not met by the assessor: 现场所见" {
				t.Errorf("%s: %q", c.name, f.Message.EN)
			}
		}
		if c := p.Checks[slices.IndexFunc(p.Checks, func(c examine.Check) bool { return c.Rule.ID == "stores.fresh" })]; (c.Outcome == finding.Fail) != slices.ContainsFunc(c.Items, func(i examine.Item) bool { return i.State == examine.Rejected }) {
			t.Errorf("the check is %s", c.Outcome)
		}
	}
}

// A verdict on what is not there, or was given later than the day that is
// asked about, has no effect and says so; on a topic that is broken it keeps
// silent, for that is told there.
func TestVerdictsWithoutEffect(t *testing.T) {
	later := strings.Replace(given("stores.fresh files met -"), "2026-11-20", "2026-12-02", 1)
	for _, c := range []struct {
		name, stores, verdicts string
		state                  examine.State
		want                   []string
	}{
		{"an item of what does not apply", twoSets, given("hosting.contract core met -"), "unused", []string{"verdict.unused hosting.contract/core verdicts.yaml:2"}},
		{"given tomorrow", twoSets, later, "unused", []string{"verdict.not_yet stores.fresh/files verdicts.yaml:2"}},
		{"given today", twoSets, strings.Replace(later, "12-02", "12-01", 1), "needs_review", []string{"verdict.lapsed stores.fresh/files verdicts.yaml:2"}},
		{"broken", "sets: [\n", given("stores.fresh files met -"), "needs_review", []string{"document.syntax stores stores.yaml:1"}},
		{"broken and rejected", "sets: [\n", given("stores.fresh files not_met -"), "rejected", []string{"document.syntax stores stores.yaml:1"}},
	} {
		p := examined(t, map[string]string{"stores.yaml": c.stores, "verdicts.yaml": c.verdicts}, nil)
		if got := p.Verdicts[0].State; got != c.state {
			t.Errorf("%s: the verdict is %s, want %s", c.name, got, c.state)
		}
		if got := told(p); !slices.Equal(got, c.want) {
			t.Errorf("%s: findings %q, want %q", c.name, got, c.want)
		}
		for _, check := range p.Checks {
			if causes := check.CausedBy(); len(causes) > 0 && (len(check.Items) != 1 || check.Outcome != finding.Fail) {
				t.Errorf("%s: %s has %d items and is %s", c.name, check.Rule.ID, len(check.Items), check.Outcome)
			}
		}
	}
}

// That a check does not apply is a claim: it is confirmed on the facts that take it
// out of reach, and rejected like any other. A check that is not there for anybody
// has no claim.
func TestNotApplicableIsAClaim(t *testing.T) {
	fact := pin(t, nil, "hosting.contract", "")
	header, err := os.ReadFile(filepath.Join("..", "cli", "testdata", "platform", "platform.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	hosted := map[string]string{"platform.yaml": strings.NewReplacer("CODE", "bad", "hosted: false", "hosted: true").Replace(string(header))}
	for _, c := range []struct {
		name, verdict string
		files         map[string]string
		state         examine.State
		outcome       finding.Outcome
		want          []string
	}{
		{"confirmed", "not_applicable " + fact, nil, "verified", finding.NotApplicable, nil},
		{"confirmed as met", "met " + fact, nil, "verified", finding.NotApplicable, nil},
		{"met in part", "partly_met " + fact, nil, "disagreement", finding.NotApplicable, []string{"verdict.disagrees hosting.contract verdicts.yaml:2"}},
		{"on no fact", "not_applicable -", nil, "needs_review", finding.NotApplicable, []string{"verdict.lapsed hosting.contract verdicts.yaml:2"}},
		{"not examined", "not_examined -", nil, "not_examined", finding.NotApplicable, nil},
		{"rejected", "not_met -", nil, "rejected", finding.Fail, []string{"hosting.contract  platform.yaml:8"}},
		{"a flipped switch", "not_applicable " + fact, hosted, "needs_review", finding.Fail, []string{"fact.missing hosting platform.yaml:1", "verdict.lapsed hosting.contract verdicts.yaml:2"}},
	} {
		files := map[string]string{"verdicts.yaml": given("hosting.contract - " + c.verdict)}
		maps.Copy(files, c.files)
		p := examined(t, files, nil)
		check := p.Checks[slices.IndexFunc(p.Checks, func(c examine.Check) bool { return c.Rule.ID == "hosting.contract" })]
		if p.Verdicts[0].State != c.state || check.Outcome != c.outcome || check.Applies != (c.outcome == finding.Fail) {
			t.Errorf("%s: the verdict is %s, the check is %s and applies: %v", c.name, p.Verdicts[0].State, check.Outcome, check.Applies)
		}
		if got := told(p); !slices.Equal(got, append([]string{}, c.want...)) {
			t.Errorf("%s: findings %q, want %q", c.name, got, c.want)
		}
	}
}

// A confirmation of what the description fails is shown with both reasons, and
// changes nothing.
func TestDisagreement(t *testing.T) {
	stores := map[string]string{"stores.yaml": strings.Replace(twoSets, "keep: 90", "keep: 1", 1)}
	fact := pin(t, stores, "stores.kept", "files")
	stores["verdicts.yaml"] = given("stores.kept files met " + fact)
	p := examined(t, stores, nil)
	failed := item(t, p, "stores.kept", "files")
	if failed.Outcome != finding.Fail || failed.State != examine.Disagreement || p.Verdicts[0].State != examine.Disagreement {
		t.Errorf("%+v, the verdict is %s", failed, p.Verdicts[0].State)
	}
	i := slices.IndexFunc(p.Findings, func(f finding.Finding) bool { return f.Check == "verdict.disagrees" })
	if i < 0 || p.Findings[i].Severity != finding.Advisory || !strings.HasPrefix(p.Findings[i].Message.EN, `the verdict of 2026-11-20 is "met" (现场所见), but by the description: backup set files is kept`) {
		t.Errorf("%+v", p.Findings)
	}
	stores["verdicts.yaml"] = given("stores.kept files met " + pin(t, nil, "stores.kept", "files"))
	if got := told(examined(t, stores, nil)); !slices.Contains(got, "verdict.lapsed stores.kept/files verdicts.yaml:2") {
		t.Errorf("given on another fact: %q", got)
	}
}

// What a claim rests on is what its check reads, not how it is written nor
// what stands beside it.
func TestFactsStay(t *testing.T) {
	stores := map[string]string{"stores.yaml": twoSets}
	with := func(pairs ...string) map[string]string {
		return map[string]string{"stores.yaml": strings.NewReplacer(pairs...).Replace(twoSets)}
	}
	before := pin(t, stores, "stores.fresh", "files")
	for name, files := range map[string]map[string]string{
		"another layout": {"stores.yaml": `# other words
sets:
  - { name: mail, keep: 90, copies: [{ site: west }, { site: east }], records: [{ evidence: evidence/run.md, date: "2026-11-01" }] }
  - { records: [{ evidence: evidence/run.md, date: 2026-11-01 }], copies: [{ site: east }, { site: west }], name: files, keep: 90 }
`},
		"what the check does not read": with("keep: 90", "keep: 120"),
		"another topic":                {"stores.yaml": twoSets, "faults.yaml": "open: []\ndrills: [{ id: d1, ok: true }]\n"},
		"another file":                 {"stores.yaml": twoSets, "note.md": "beside\n"},
	} {
		if got := pin(t, files, "stores.fresh", "files"); got != before {
			t.Errorf("%s changes the fact", name)
		}
	}
	for name, files := range map[string]map[string]string{
		"a date":               with("2026-11-01", "2026-11-02"),
		"another record":       with("records: [", "records: [{ date: 2026-10-01, evidence: evidence/run.md }, "),
		"the evidence's bytes": {"stores.yaml": twoSets, "evidence/run.md": "the backup did not run\n"},
	} {
		if got := pin(t, files, "stores.fresh", "files"); got == before {
			t.Errorf("%s does not change the fact", name)
		}
	}
}

// A waiver answers for a rejected item as for any other that fails.
func TestRejectedItemsCanBeWaived(t *testing.T) {
	p := examined(t, map[string]string{"verdicts.yaml": given("stores.fresh files not_met -"), "waivers.yaml": waiver}, nil)
	if got := item(t, p, "stores.fresh", "files"); got.Outcome != finding.Waived || got.State != examine.Rejected || !got.Claim {
		t.Errorf("%+v", got)
	}
	if len(p.Findings) != 1 || !p.Findings[0].Waived {
		t.Errorf("findings %+v", p.Findings)
	}
}

// A verdict that cannot be read confirms nothing, and may be the rejection of a veto.
func TestBrokenVerdicts(t *testing.T) {
	for text, want := range map[string]string{
		"verdicts: [":                      "document.syntax",
		"verdicts:\n  - { check: 1 }\n":    "schema.required",
		given("stores.fresh - splendid -"): "schema.enum",
	} {
		p := examined(t, map[string]string{"verdicts.yaml": text}, nil)
		if len(p.Findings) == 0 || !slices.ContainsFunc(p.Findings, func(f finding.Finding) bool { return f.Check == want && f.Severity == finding.Blocker }) {
			t.Errorf("%q: %q, want %s", text, told(p), want)
		}
		if p.Examined || len(p.Verdicts) > 0 {
			t.Errorf("%q: %+v", text, p.Verdicts)
		}
	}
}

// A confirmation counts where it stands in both copies, a rejection wherever
// the trusted copy has it.
func TestVerdictsAreTrusted(t *testing.T) {
	fact := pin(t, nil, "stores.fresh", "files")
	met, notMet := given("stores.fresh files met "+fact), given("stores.fresh files not_met "+fact)
	for _, c := range []struct {
		name, head, trusted string
		states              []examine.State
		item                examine.State
		findings            int
	}{
		{"confirmed in both", met, met, []examine.State{"verified"}, "verified", 0},
		{"confirmed in head alone", met, "", []examine.State{"pending"}, "", 0},
		{"confirmed in base alone", "", met, nil, "", 0},
		{"rejected in both", notMet, notMet, []examine.State{"rejected"}, "rejected", 1},
		{"rejected in head alone", notMet, "", []examine.State{"pending"}, "", 0},
		{"rejected in base alone", "", notMet, []examine.State{"rejected"}, "rejected", 1},
		{"a rejection turned", met, notMet, []examine.State{"pending", "rejected"}, "rejected", 1},
		{"a rejection made unreadable", "verdicts: 5\n", notMet, []examine.State{"rejected"}, "rejected", 2},
		{"a copy of another shape", met, "verdicts: [[a], b, { verdict: not_met }]\n", []examine.State{"pending"}, "", 0},
	} {
		files := map[string]string{"verdicts.yaml": c.head}
		if c.head == "" {
			files = nil
		}
		p := examined(t, files, copyOf(t, "verdicts", c.trusted))
		var states []examine.State
		for _, v := range p.Verdicts {
			states = append(states, v.State)
		}
		if !slices.Equal(states, c.states) {
			t.Errorf("%s: %v, want %v", c.name, states, c.states)
		}
		if got := item(t, p, "stores.fresh", "files").State; got != c.item || len(p.Findings) != c.findings {
			t.Errorf("%s: the item is %q, findings %q", c.name, got, told(p))
		}
	}
	if p := examined(t, nil, &audit.Statements{}); p.Examined {
		t.Error("without verdicts nothing is examined")
	}
}
