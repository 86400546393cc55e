package cli_test

import (
	"slices"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// Whatever a change does to the rules, those of base judge it. Each of these
// covers a deed that head's own rules do not find, or it would prove nothing.
func TestChangeCannotChooseItsJudge(t *testing.T) {
	noSecond := []string{stores, elsewhere, ""}
	old := []string{stores, "2026-11-01", "2026-07-01"}
	unstated := []string{stores, "    keep: 90\n", ""}
	for _, c := range []struct {
		name    string
		deed    []string
		file    string
		changes []string
		found   string
	}{
		{"a severity", noSecond, "checks/stores.yaml", []string{
			"severity: { default: major, level3: blocker }", "severity: { default: advisory }",
			"      level3: { source: copies-2019/8.1 }\n", ""}, "stores.second-copy"},
		{"a limit", old, "checks/stores.yaml", []string{"level3: { value: P90D", "level3: { value: P1Y", "date: 2026-08-01", "date: 2025-08-01"}, "stores.fresh"},
		{"an assertion", noSecond, "checks/stores.yaml", []string{"c.site != platform.site", "c.site == platform.site", "remove: [/stores/sets/0/copies/1]", "remove: [/stores/sets/0/copies/0]"}, "stores.second-copy"},
		{"a condition", noSecond, "checks/stores.yaml", []string{"    each: [{ set: stores.sets }]\n    assert: set.copies", "    when: platform.site == \"north\"\n    each: [{ set: stores.sets }]\n    assert: set.copies",
			"      - good: {}\n      - bad:\n          remove: [/stores/sets/0/copies/1]", "      - good: { set: { /platform/site: north } }\n      - bad:\n          set: { /platform/site: north, /stores/sets/0/copies/0/site: north }\n          remove: [/stores/sets/0/copies/1]"}, "stores.second-copy"},
		{"the policy", old, "checks/policy.yaml", []string{"severity: major", "severity: blocker", "max_drop: 2", "max_drop: 100", "minimum: 60", "minimum: 0", "required_clauses: [\"2.1.1\"]", "required_clauses: []"}, "stores.fresh"},
		{"the weights", old, "checks/policy.yaml", []string{"major: 5", "major: 2", "severity: major", "severity: blocker", "max_drop: 2", "max_drop: 100"}, "stores.fresh"},
		{"a schema", unstated, "schemas/stores.schema.json", []string{"          \"name\",\n          \"keep\"\n", "          \"name\"\n"}, "schema.required"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := gated(t, nil)
			g.Commit("the deed", gittest.Files{c.deed[0]: edited(t, g, c.deed[0], c.deed[1:]...)})
			gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
			g.Commit("its cover", gittest.Files{c.file: edited(t, g, c.file, c.changes...)})
			own := run(t, g.Dir, "gate", "--as-of", asOf, "--base", "HEAD~1", "--head", "HEAD", "--rulebook", ".")
			if own.code == cli.Failed || strings.Contains(own.stdout, "rulebook.defect") {
				t.Fatalf("the cover does not hold together:\n%s%s", own.stdout, own.stderr)
			}
			j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
			want(t, "new", j.checks(), []string{c.found})
			if j.Impact == nil || !slices.Equal(j.Impact.Files, []string{c.file}) {
				t.Errorf("impact %+v", j.Impact)
			}
		})
	}
}

// Rules that nobody would read stop the change that brings them, and every run once
// they are merged; pages beside the rules stop nothing.
func TestRulesThatNobodyReads(t *testing.T) {
	for _, c := range []struct {
		name  string
		files gittest.Files
		told  string // empty where nothing is wrong
	}{
		{"a policy under another ending", gittest.Files{"checks/policy.yml": "minimum: 90\n"}, "checks/policy.yml:1:1: nothing reads \"policy.yml\", and what it asks for would have no effect; did you mean checks/policy.yaml?"},
		{"a topic alone", gittest.Files{"checks/accounts.yaml": "checks: []\n"}, "without checks/regulation.yaml only checks/policy.yaml, checks/overlays/NAME.yaml and checks/waivers/CODE.yaml are read"},
		{"overlays in a folder of another name", gittest.Files{"checks/overlay/city.yaml": "limits: []\n"}, "did you mean checks/overlays?"},
		{"a folder in capitals", gittest.Files{"Checks/policy.yaml": "minimum: 90\n"}, "rename it to checks"},
		{"pages and hidden files", gittest.Files{"checks/README.md": "x", "checks/.editor.yaml": "x", "checks/waivers/approvals/1.md": "x"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := trading(t)
			g.Branch("change")
			g.Commit("change", c.files)
			if c.told == "" {
				gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD")
				return
			}
			want(t, "new", gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD").checks(), []string{"rulebook.defect"})
			for _, args := range [][]string{{"check"}, {"check", "--rev", "HEAD"}, {"rules"}, {"gate", "--base", "HEAD"}} {
				if r := run(t, g.Dir, append(args, "--lang", "en")...); r.code != cli.Failed || !strings.Contains(r.stderr, c.told) {
					t.Errorf("%v: %d %s%s, want %q", args, r.code, r.stdout, r.stderr, c.told)
				}
			}
		})
	}
}

// An amended article is shown with what rests on it.
func TestAmendedArticles(t *testing.T) {
	g := gated(t, nil)
	g.Commit("amended", gittest.Files{"checks/sources.yaml": edited(t, g, "checks/sources.yaml", "en: Backups have a copy elsewhere", "en: Backups have a copy in another city", "id: \"8.4\"", "id: \"8.6\"")})
	j := gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD")
	var got []string
	for _, a := range j.Impact.Articles {
		got = append(got, a.Change+" "+a.ID+": "+strings.Join(a.Rests, ", "))
	}
	want(t, "articles", got, []string{"changed copies-2019/8.1: stores.second-copy", "added copies-2019/8.6: ", "removed copies-2019/8.4: "})
	r := run(t, g.Dir, "gate", "--as-of", asOf, "--base", "main", "--head", "HEAD")
	if !strings.Contains(r.stdout, "changed GB/T 0-2019 8.1 (copies-2019/8.1): stores.second-copy\n") {
		t.Errorf("the text does not say it:\n%s", r.stdout)
	}
}

// A check that head deletes still judges head.
func TestDeletedCheckJudges(t *testing.T) {
	g := gated(t, nil)
	all := read(t, g.Dir, "checks/stores.yaml")
	from, to := strings.Index(all, "  - id: stores.fresh"), strings.Index(all, "  - id: stores.kept")
	g.Commit("no such check", gittest.Files{"checks/stores.yaml": all[:from] + all[to:], stores: edited(t, g, stores, "2026-11-01", "2026-01-01")})
	if r := run(t, g.Dir, "check", "--as-of", asOf); r.code != cli.Compliant {
		t.Fatalf("by its own rules head does not comply: %s", r.stdout)
	}
	j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
	want(t, "new", j.checks(), []string{"stores.fresh"})
	if len(j.Impact.Platforms) != 1 || j.Impact.Unaffected != 0 {
		t.Errorf("impact %+v", j.Impact)
	}
}

// Without a rulebook of its own head would be judged by the built-in one, which
// knows nothing of these topics.
func TestDeletedRulebookJudges(t *testing.T) {
	g := gated(t, nil)
	g.Commit("no rules", gittest.Files{"checks": gittest.Gone, "schemas": gittest.Gone, stores: edited(t, g, stores, elsewhere, "")})
	j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
	want(t, "new", j.checks(), []string{"stores.second-copy"})
}

// A broken rulebook in head stops the change; one in base is our fault.
func TestDefectiveRulebook(t *testing.T) {
	g := gated(t, nil)
	g.Commit("broken", gittest.Files{"checks/stores.yaml": edited(t, g, "checks/stores.yaml", "set.keep >= limits.min_days", "set.keeep >= limits.min_days")})
	j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
	want(t, "new", j.checks(), []string{"rulebook.defect"})
	if !j.Findings[0].Blocking || j.Findings[0].Location.Path != "checks/stores.yaml" || len(j.Impact.Defects) != 1 {
		t.Errorf("%+v %+v", j.Findings[0], j.Impact)
	}
	g.Branch("next")
	g.Commit("innocent", gittest.Files{"README": "x"})
	r := run(t, g.Dir, "gate", "--as-of", asOf, "--base", "change", "--head", "HEAD")
	if r.code != cli.Failed || !strings.Contains(r.stderr, "checks/stores.yaml:") {
		t.Errorf("exit code %d\n%s", r.code, r.stderr)
	}
	// An example that no longer holds is a defect as well.
	g.Checkout("main")
	g.Branch("third")
	g.Commit("loose", gittest.Files{"checks/stores.yaml": edited(t, g, "checks/stores.yaml", "level3: { value: 60", "level3: { value: 50")})
	want(t, "new", gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD").checks(), []string{"rulebook.defect"})
}

// An honest change of the rules passes and shows what it will do.
func TestRulebookImpact(t *testing.T) {
	g := gated(t, nil)
	g.Commit("stricter", gittest.Files{
		"checks/stores.yaml":          edited(t, g, "checks/stores.yaml", "level3: { value: 60", "level3: { value: 100", "keep: 59", "keep: 90"),
		"checks/baseline/stores.yaml": edited(t, g, "checks/baseline/stores.yaml", "keep: 90", "keep: 365"),
	})
	j := gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD")
	if j.Impact == nil || len(j.Impact.Platforms) != 1 || j.Impact.Platforms[0].ID != "one" {
		t.Fatalf("impact %+v", j.Impact)
	}
	g.Checkout("main")
	g.Branch("comment")
	g.Commit("a comment", gittest.Files{"checks/stores.yaml": "# a comment\n" + read(t, g.Dir, "checks/stores.yaml")})
	if j := gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD"); j.Impact == nil || len(j.Impact.Platforms) != 0 || j.Impact.Unaffected != 1 {
		t.Errorf("impact %+v", j.Impact)
	}
	g.Checkout("main")
	g.Branch("none")
	g.Commit("elsewhere", gittest.Files{"docs/x.md": "x"})
	if j := gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD"); j.Impact != nil || len(j.Platforms) != 0 {
		t.Errorf("%+v", j)
	}
}

// A change that only announces is no regress, and shows who will fare differently on
// the day. What was announced is asked for: moved or withdrawn it is less.
func TestAnnouncedRules(t *testing.T) {
	const city = "checks/overlays/city.yaml"
	announced := "title: { zh: 从严, en: Strict }\nnote: { zh: 从严, en: Strict }\neffective_on: 2027-03-01\nlimits:\n  - check: stores.kept\n    limit: min_days\n    levels: { default: { value: 100, basis: { kind: local, source: 办法, confidence: read } } }\n"
	g := gated(t, nil)
	g.Commit("announced", gittest.Files{city: announced, "checks/policy.yaml": edited(t, g, "checks/policy.yaml", "coverage: 60", "overlays: [city]\ncoverage: 60")})
	j := gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD")
	if i := j.Impact; i == nil || len(i.Platforms) != 0 || i.Unaffected != 1 || len(i.Later) != 1 || i.Later[0].On != "2027-03-01" || len(i.Later[0].Platforms) != 1 || i.Later[0].Platforms[0].ID != "one" {
		t.Errorf("impact %+v", j.Impact)
	}
	shown := run(t, g.Dir, "gate", "--as-of", asOf, "--base", "main", "--head", "HEAD")
	if !strings.Contains(shown.stdout, "from 2027-03-01 on, when what is announced comes into force") || !strings.Contains(shown.stdout, "platforms that would fare differently that day: 1, others: 0") {
		t.Error(shown.stdout)
	}
	g.Git("branch", "-f", "main", "HEAD")
	for name, c := range map[string]struct {
		files gittest.Files
		says  string
	}{
		"moved":     {gittest.Files{city: strings.Replace(announced, "2027-03-01", "2028-03-01", 1)}, "limit min_days of check stores.kept (Backups are kept long enough) (levels 1 to 2): 100 → 30"},
		"laxer":     {gittest.Files{city: strings.Replace(announced, "100", "80", 1)}, "100 → 80"},
		"withdrawn": {gittest.Files{"checks/policy.yaml": edited(t, g, "checks/policy.yaml", "overlays: [city]\n", "")}, "policy's overlays: city → –"},
		"postponed": {gittest.Files{"checks/faults.yaml": edited(t, g, "checks/faults.yaml", "id: faults.drilled\n", "id: faults.drilled\n    effective_on: 2099-01-01\n")}, "day of check faults.drilled"},
	} {
		g.Checkout("main")
		g.Branch(name)
		g.Commit(name, c.files)
		j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
		var said []string
		for _, scope := range j.Scope_changes {
			said = append(said, scope.Message.EN)
		}
		if !strings.Contains(strings.Join(said, "\n"), c.says) {
			t.Errorf("%s: %q", name, said)
		}
	}
}

// A --rulebook inside the repository is read at base's tip; where base has none
// the one that base would be judged by otherwise judges.
func TestRulebookFolder(t *testing.T) {
	g := gated(t, nil)
	g.Checkout("main")
	g.Git("mv", "checks", "schemas", "-k", ".")
	g.Git("rm", "-rq", "--cached", "checks", "schemas")
	for _, dir := range []string{"checks", "schemas"} {
		g.Write(gittest.Files{"rules/x": "x"})
		g.Git("add", dir)
		g.Git("mv", dir, "rules/"+dir)
	}
	g.Commit("in a folder", nil)
	g.Branch("other")
	policy := edited(t, g, "rules/checks/policy.yaml", "severity: major", "severity: blocker", "max_drop: 2", "max_drop: 100", "required_clauses: [\"2.1.1\"]", "required_clauses: []", "minimum: 60", "minimum: 0")
	g.Commit("own judge", gittest.Files{"rules/checks/policy.yaml": policy, stores: edited(t, g, stores, "2026-11-01", "2026-01-01")})
	j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD", "--rulebook", "rules")
	want(t, "new", j.checks(), []string{"stores.fresh"})
	want(t, "files", j.Impact.Files, []string{"rules/checks/policy.yaml"})
	gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--rulebook", "rules")
	if r := run(t, g.Dir, "check", "--rev", "main", "--rulebook", "rules", "--as-of", asOf, "-q"); r.code != cli.Compliant {
		t.Errorf("check at a revision: %d %s%s", r.code, r.stdout, r.stderr)
	}
}

// Whoever names a rulebook is judged by that one or not at all; only a change may
// bring it.
func TestRulebookFolderThatIsMissing(t *testing.T) {
	g := gated(t, nil)
	if r := run(t, g.Dir, "check", "--rev", "main", "--rulebook", "rules", "--as-of", asOf); r.code != cli.Failed || r.stdout != "" {
		t.Errorf("%d %s", r.code, r.stdout)
	}
	g.Commit("a remark", gittest.Files{stores: "# 备注\n" + read(t, g.Dir, stores)})
	gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD", "--rulebook", "rules")
}

// What a change takes from the rulebook is listed, old and new, and stops it
// unless base's policy says that it is only shown.
func TestLoosenedRulebook(t *testing.T) {
	const city = "checks/overlays/city.yaml"
	decision := "title: { zh: 本市, en: City }\nnote: { zh: 决定, en: Decisions }\ndecisions:\n  - effect: drop\n    check: faults.drilled\n    decided_by: 市数据局主管岗\n    on: 2026-10-08\n" +
		"    source: { zh: 云数〔2026〕18号, en: No. 18 }\n    reason: { zh: 不需要, en: not needed }\n"
	strict := "title: { zh: 从严, en: Strict }\nnote: { zh: 从严, en: Strict }\nlimits:\n  - check: stores.fresh\n    limit: max_age\n    levels: { default: { value: P60D, basis: { kind: local, source: 办法, confidence: read } } }\n"
	for _, c := range []struct {
		name     string
		file     string
		changes  []string
		loosened []string
	}{
		{"a limit", "checks/stores.yaml", []string{"level3: { value: P90D", "level3: { value: P180D", "date: 2026-08-01", "date: 2026-05-01"},
			[]string{"check stores.fresh", "limit max_age of", "(levels 3 to 5): 90 days → 180 days"}},
		{"a severity", "checks/faults.yaml", []string{"id: faults.mended\n    clauses: [\"2.1.2\"]\n    severity: { default: major }", "id: faults.mended\n    clauses: [\"2.1.2\"]\n    severity: { default: minor }"},
			[]string{"severity of check faults.mended", "major → minor"}},
		{"a condition", "checks/stores.yaml", []string{"set.keep >= limits.min_days", "set.keep + 1 >= limits.min_days", "keep: 59", "keep: 58"}, []string{"has another assert, which only a reader can weigh", "set.keep >= limits.min_days → set.keep + 1 >= limits.min_days"}},
		{"a waiver", "checks/stores.yaml", []string{"    waivable: false\n", ""}, []string{"not waivable → can be waived"}},
		{"a minimum", "checks/policy.yaml", []string{"minimum: 60", "minimum: 50"}, []string{"policy's minimum: 60.0 → 50.0"}},
		{"what the gate stops", "checks/policy.yaml", []string{"severity: major", "severity: blocker"}, []string{"policy's gate.severity: major → blocker"}},
		{"that it is only shown", "checks/policy.yaml", []string{"max_drop: 2", "max_drop: 2\n  rulebook: show"}, []string{"policy's gate.rulebook: block → show"}},
		{"how far a score may fall", "checks/policy.yaml", []string{"max_drop: 2", "max_drop: 100"}, []string{"policy's gate.max_drop: 2.0 → 100.0"}},
		{"how long a waiver may run", "checks/policy.yaml", []string{"max_term: P1Y", "max_term: P50Y"}, []string{"policy's waiver.max_term: 1 year → 50 years"}},
		{"a required clause", "checks/policy.yaml", []string{"required_clauses: [\"2.1.1\"]", "required_clauses: []"}, []string{"policy's required_clauses: 2.1.1 → –"}},
		{"a clause's points", "checks/policy.yaml", []string{"\"2.1.1\": 50", "\"2.1.1\": 20", "\"2.1.2\": 20", "\"2.1.2\": 50"}, []string{"policy's points.2.1.1: 50.0 → 20.0"}},
		{"an overlay", "checks/policy.yaml", []string{"overlays: [strict]\n", ""}, []string{"limit max_age of check stores.fresh", "60 days → 90 days", "policy's overlays: strict → –"}},
		{"a limit of an overlay that only other runs switch on", "checks/overlays/strict.yaml", []string{"value: P60D", "value: P80D"}, []string{"limit max_age of check stores.fresh", "60 days → 80 days"}},
		{"what marks bad things", "schemas/faults.schema.json", []string{"      \"x-adverse\": true,\n", "      \"x-may-be-empty\": true,\n"}, []string{"schema of faults.open: x-adverse: true → –"}},
		{"what a waiver must state", "schemas/waivers.schema.json", []string{"          \"expires\",\n", ""}, []string{"schema of waivers.waivers: required: id check reason requested_by approved_by approved_on expires evidence → id check"}},
		{"graver ones count for fewer points", "checks/policy.yaml", []string{"minor: 2,", "minor: 5,"}, []string{"policy's weights.minor: 2 → 5"}},
		{"what a check adds to points", "checks/stores.yaml", []string{"id: stores.fresh\n", "id: stores.fresh\n    weight: 1\n"}, []string{"weight of check stores.fresh", "that of its severity → 1"}},
		{"whose points a check counts in", "checks/stores.yaml", []string{"id: stores.kept\n    clauses: [\"2.1.1\"]", "id: stores.kept\n    clauses: [\"2.1.2\", \"2.1.1\"]"}, []string{"clause that check stores.kept", "counts in: 2.1.1 → 2.1.2"}},
		{"a clause's points, by a check less", "checks/stores.yaml", []string{"id: stores.kept\n    clauses: [\"2.1.1\"]", "id: stores.kept\n    clauses: [\"2.1.2\"]"}, []string{"clause of check stores.kept", ": 2.1.1 → 2.1.2"}},
		{"a check, by decision", "checks/policy.yaml", []string{"overlays: [strict]", "overlays: [city, strict]"}, []string{"check faults.drilled", "minor → dropped (市数据局主管岗, 2026-10-08)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := gated(t, nil)
			g.Checkout("main")
			files := gittest.Files{city: decision, "checks/overlays/strict.yaml": strict}
			if strings.Contains(c.changes[0], "overlays:") {
				files["checks/policy.yaml"] = edited(t, g, "checks/policy.yaml", "coverage: 60", "overlays: [strict]\ncoverage: 60")
			}
			g.Commit("overlays", files)
			g.Branch("looser")
			g.Commit("looser", gittest.Files{c.file: edited(t, g, c.file, c.changes...)})
			j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
			var said []string
			for _, scope := range j.Scope_changes {
				if scope.Kind != "policy" || scope.Platform != "" || !scope.Blocking {
					t.Errorf("%+v", scope)
				}
				said = append(said, scope.Message.EN)
			}
			for _, part := range c.loosened {
				if !strings.Contains(strings.Join(said, "\n"), part) {
					t.Errorf("%q does not say %q", said, part)
				}
			}
			if len(j.Blocks) != len(said) {
				t.Errorf("blocks %v", j.Blocks)
			}
			// Stricter is never looser, where that can be told; an overlay that is switched
			// off is one less, whatever it decided.
			want := cli.Compliant
			if strings.Contains(c.name, "condition") || strings.Contains(c.name, "points") || strings.Contains(c.name, "decision") {
				want = cli.NotCompliant
			}
			g.Commit("back", gittest.Files{c.file: g.Git("show", "main:"+c.file) + "\n"})
			gate(t, g.Dir, want, "--base", "HEAD~1", "--head", "HEAD")
		})
	}
	// An overlay that is gone can be switched on by nobody.
	g := gated(t, nil)
	g.Checkout("main")
	g.Commit("an overlay", gittest.Files{"checks/overlays/strict.yaml": strict})
	g.Branch("gone")
	g.Commit("gone", gittest.Files{"checks/overlays/strict.yaml": gittest.Gone})
	want(t, "an overlay is gone", gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD").scopes(), []string{"policy:overlays.strict blocks"})
	// Base's policy may have it shown only.
	g = gated(t, nil)
	g.Checkout("main")
	g.Commit("shown", gittest.Files{"checks/policy.yaml": edited(t, g, "checks/policy.yaml", "max_drop: 2", "max_drop: 2\n  rulebook: show")})
	g.Branch("looser")
	g.Commit("looser", gittest.Files{"checks/policy.yaml": edited(t, g, "checks/policy.yaml", "minimum: 60", "minimum: 50")})
	j := gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD")
	if len(j.Scope_changes) != 1 || j.Scope_changes[0].Blocking {
		t.Errorf("%+v", j.Scope_changes)
	}
	// What base has tightened meanwhile is not the change's doing.
	g.Checkout("main")
	g.Branch("behind")
	g.Commit("a comment", gittest.Files{"checks/stores.yaml": "# a comment\n" + read(t, g.Dir, "checks/stores.yaml")})
	g.Checkout("main")
	g.Commit("stricter", gittest.Files{"checks/policy.yaml": edited(t, g, "checks/policy.yaml", "minimum: 60", "minimum: 70")})
	if j := gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "behind"); len(j.Scope_changes) != 0 {
		t.Errorf("%+v", j.Scope_changes)
	}
}

// Whom the built-in rulebook judges, and on what it rests, loosens as well; and sources
// that leave a profile without checks are defects that are told.
func TestLoosenedStanding(t *testing.T) {
	g := trading(t)
	if r := run(t, g.Dir, "rules", "--export", "."); r.code != cli.Compliant {
		t.Fatal(r.stderr)
	}
	g.Commit("its own rulebook", nil)
	for name, c := range map[string]struct{ file, from, to, told string }{
		"no longer essential": {"checks/accounts.yaml", "    profile: essential\n", "", "in the essential profile: marked so in the rulebook → not in it"},
		"no duty of law":      {"checks/data.yaml", "level3: { source: [csl-2025/23.4, gb22239-2019/8.1.10.2.c] }", "level3: { source: gb22239-2019/8.1.10.2.c }", "a duty of law → a standard"},
		"a law is a standard": {"checks/sources.yaml", "  - id: csl-2025\n    kind: law", "  - id: csl-2025\n    kind: standard", "under the profile essential clause"},
	} {
		t.Run(name, func(t *testing.T) {
			g.Branch(strings.ReplaceAll(name, " ", "-"), "main")
			g.Commit(name, gittest.Files{c.file: strings.Replace(read(t, g.Dir, c.file), c.from, c.to, 1)})
			j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
			var said []string
			for _, s := range j.Scope_changes {
				said = append(said, s.Message.EN)
			}
			for _, f := range j.Findings {
				said = append(said, f.Message.EN)
			}
			if !strings.Contains(strings.Join(said, "\n"), c.told) {
				t.Errorf("%q does not say %q", said, c.told)
			}
		})
	}
}

// A check under another id is the same check where the retired ids say so, and as
// long as it asks for the same.
func TestRenamedCheck(t *testing.T) {
	const entry = "retired:\n  - { id: stores.kept, successor: stores.retained, since: 2026-12-01 }\n"
	for _, c := range []struct {
		name    string
		retired string
		changes []string
		want    string
	}{
		{"said so", entry, nil, ""},
		{"in silence", "", nil, "check stores.kept (Backups are kept long enough): minor → gone"},
		{"and asks for less", entry, []string{"value: 60", "value: 40", "keep: 59", "keep: 39"}, "(levels 3 to 5): 60 → 40"},
		{"and asks for something else", entry, []string{"set.keep >= limits.min_days", "set.keep + 1 >= limits.min_days", "keep: 59", "keep: 58"}, "has another assert"},
	} {
		g := gated(t, nil)
		files := gittest.Files{"checks/stores.yaml": edited(t, g, "checks/stores.yaml", append([]string{"id: stores.kept", "id: stores.retained"}, c.changes...)...)}
		if c.retired != "" {
			files["checks/retired.yaml"] = c.retired
		}
		g.Commit("renamed", files)
		code := cli.NotCompliant
		if c.want == "" {
			code = cli.Compliant
		}
		j := gate(t, g.Dir, code, "--base", "main", "--head", "HEAD")
		said := ""
		for _, scope := range j.Scope_changes {
			said += scope.Message.EN
		}
		if !strings.Contains(said, c.want) || (said == "") != (c.want == "") {
			t.Errorf("%s: %q, want %q", c.name, said, c.want)
		}
	}
}
