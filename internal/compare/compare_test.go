package compare_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"hegui/internal/audit"
	"hegui/internal/compare"
	"hegui/internal/finding"
	"hegui/internal/score"
)

// Each change comes to its findings, to what is no longer looked at, and to the
// reasons that stop it.
func TestChange(t *testing.T) {
	j := judge(t)
	b := base(t)
	west := "      - site: west\n    records:\n      - date: 2026-11-01"
	two := b.moved(one, "platforms/two").edited(t, "platforms/two/platform.yaml", "code: one", "code: two")
	for _, c := range []struct {
		name string
		head files
		want []string
	}{
		{"nothing", b, []string{}},
		{"a comment", b.with(files{header: "# x\n" + b[header]}), []string{}},
		{"a blocker", b.edited(t, stores, west, west[len("      - site: west\n"):]), []string{
			"new stores.second-copy files blocks", "scope item stores/sets[files]/copies[west]",
			"blocks one: new findings at or above the gate's severity (major): 1", "blocks one: the raw score falls", "blocks one: was compliant and no longer is: open blockers", "blocks one: was compliant and no longer is: required clauses not met"}},
		{"a minor finding", b.with(files{stores: strings.Replace(b[stores], "keep: 90", "keep: 50", 1)}), []string{"new stores.kept files", "blocks one: the raw score falls"}},
		{"a platform", b.with(files{one: ""}), []string{"removed one", "scope platform one blocks", "blocks one: platform one is gone"}},
		{"a topic", b.with(files{faults: ""}), []string{"new fact.missing faults blocks", "scope topic faults blocks",
			"blocks one: new findings at or above the gate's severity (major): 1", "blocks one: the raw score falls", "blocks one: the topic faults.yaml is gone"}},
		{"a broken file", b.with(files{faults: "open: ["}), []string{"new document.syntax faults blocks",
			"blocks one: new findings at or above the gate's severity (major): 1", "blocks one: the raw score falls"}},
		{"a switch", b.edited(t, header, "hosted: true", "hosted: false"), []string{"scope switch hosted=false blocks", "blocks one: hosted: true → false"}},
		{"a level", b.edited(t, header, "mlps_level: 3", "mlps_level: 2"), []string{"scope switch mlps_level=2 blocks", "blocks one: mlps_level: 3 → 2"}},
		{"an item", b.edited(t, faults, "open:\n  - id: f1\n    found: 2026-11-20\n", "open: []\n"), []string{"scope adverse faults/open[f1] blocks", "blocks one: faults/open[f1] is gone"}},
		{"an item and what lies in it", b.with(files{stores: strings.Split(b[stores], "  - name: bids")[0]}), []string{"scope item stores/sets[bids]"}},
		{"a list of a broken file", b.edited(t, faults, "  - id: d1\n    ok: true", "  - id: [d1]\n    ok: true"), []string{"new schema.type faults/drills[]/id blocks", "scope item faults/drills[d1]",
			"blocks one: new findings at or above the gate's severity (major): 1"}},
		{"another name", b.edited(t, faults, "id: d1", "id: d2"), []string{"scope item faults/drills[d1]"}},
		{"a new platform", b.with(two), []string{"added two"}},
		{"a new platform with a finding", b.with(two.edited(t, "platforms/two/faults.yaml", "2026-11-20", "2026-01-20")), []string{"added two", "new faults.mended f1"}},
		{"a new platform that does not comply", b.with(two.edited(t, "platforms/two/stores.yaml", west, west[len("      - site: west\n"):])), []string{"added two", "new stores.second-copy files",
			"blocks two: the new platform does not comply: open blockers", "blocks two: the new platform does not comply: required clauses not met"}},
	} {
		t.Run(c.name, func(t *testing.T) { want(t, change(t, j, b, c.head), c.want...) })
		t.Run(c.name+", mended", func(t *testing.T) {
			for _, p := range change(t, j, c.head, b) {
				for _, f := range p.New {
					if !f.Revealed || f.Blocking {
						t.Errorf("the way back has the finding %s %s", f.Check, f.Item)
					}
				}
			}
		})
	}
}

// A platform is found again by its folder and its code; either may change, not
// both.
func TestMatch(t *testing.T) {
	j := judge(t)
	b := base(t)
	old := func(f files, at string) files { return f.edited(t, at+"/faults.yaml", "2026-11-20", "2026-01-20") }
	bad := old(b, one)
	two := b.moved(one, "platforms/two").edited(t, "platforms/two/platform.yaml", "code: one", "code: two")
	both := b.with(two)
	swapped := b.moved(one, "platforms/two").with(two.moved("platforms/two", one))
	for _, c := range []struct {
		name         string
		before, head files
		want         []string
	}{
		{"moved", b, b.moved(one, "platforms/a/one"), []string{"moved a/one"}},
		{"moved with a finding", bad, bad.moved(one, "platforms/a/one"), []string{"moved a/one"}},
		{"moved and worse", b, old(b.moved(one, "platforms/a/one"), "platforms/a/one"), []string{"moved a/one", "new faults.mended f1 blocks",
			"blocks a/one: new findings at or above the gate's severity (major): 1", "blocks a/one: the raw score falls"}},
		{"another code", bad, bad.edited(t, header, "code: one", "code: other"), []string{"added one", "new faults.mended f1", "removed one", "scope platform one blocks", "blocks one: platform one is gone"}},
		{"the other's folder", both, swapped, []string{"moved one", "moved two"}},
		{"one takes the other's folder", both, b.moved(one, "platforms/two"), []string{"moved two", "removed two", "scope platform two blocks", "blocks two: platform two is gone"}},
		{"a code that cannot be read", bad, bad.edited(t, header, "code: one", "code: [one"), []string{"new document.syntax platform blocks"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := change(t, j, c.before, c.head)
			if c.name == "a code that cannot be read" {
				// The same platform: nothing is added or gone, only broken.
				if len(got) != 1 || got[0].Kind != compare.Changed || !slices.Contains(said(got), c.want[0]) {
					t.Errorf("%q", said(got))
				}
				return
			}
			lines := said(got)
			slices.Sort(lines)
			slices.Sort(c.want)
			if !slices.Equal(lines, c.want) {
				t.Errorf("%q, want %q", lines, c.want)
			}
		})
	}
}

// Findings are sets that count: of two alike one may be new, and the one that
// reads as before is the old one.
func TestFindingsCount(t *testing.T) {
	j := judge(t)
	b := base(t)
	worse := b.with(files{stores: strings.Replace(b[stores], "keep: 90", "keep: 50", 1)})
	both := b.with(files{stores: strings.ReplaceAll(b[stores], "keep: 90", "keep: 50")})
	want(t, change(t, j, worse, both), "new stores.kept bids")
	want(t, change(t, j, both, worse), "fixed stores.kept bids")
	// Another value is the same finding, which may be worse; another order none at all.
	want(t, change(t, j, worse, b.with(files{stores: strings.Replace(b[stores], "keep: 90", "keep: 55", 1)})))
	want(t, change(t, j, worse, b.with(files{stores: strings.Replace(b[stores], "keep: 90", "keep: 40", 1)})), "worse stores.kept files")
	i := strings.Index(both[stores], "  - name: files")
	k := strings.Index(both[stores], "  - name: bids")
	want(t, change(t, j, both, both.with(files{stores: both[stores][:i] + both[stores][k:] + both[stores][i:k]})))
	for _, p := range change(t, j, worse, worse.with(files{header: "# x\n" + worse[header]})) {
		if len(p.Unchanged) != 1 || p.Unchanged[0].Check != "stores.kept" {
			t.Errorf("unchanged: %+v", p.Unchanged)
		}
	}
}

// What a defect hid at the baseline is shown when it is mended and does not stop
// the change; what it could not hide does.
func TestRevealed(t *testing.T) {
	j := judge(t)
	b := base(t)
	bad := b.edited(t, faults, "2026-11-20", "2026-01-20")
	broken := b.with(files{faults: "open: ["})
	misspelt := bad.with(files{faults: strings.Replace(bad[faults], "open:", "opne:", 1)})
	beside := b.with(files{faults: b[faults] + "opne: []\n"})
	want(t, change(t, j, broken, bad), "new faults.mended f1 revealed", "fixed document.syntax faults", "scope sight faults.yaml")
	if got := said(change(t, j, misspelt, bad)); !slices.Contains(got, "new faults.mended f1 revealed") {
		t.Errorf("behind a misspelt key: %q", got)
	}
	worse := bad.edited(t, faults, "2026-01-20", "2025-01-20")
	if got := said(change(t, j, misspelt, worse)); !slices.Contains(got, "new faults.mended f1 blocks") {
		t.Errorf("behind a misspelt key, and rewritten: %q", got)
	}
	if got := said(change(t, j, beside, bad)); !slices.Contains(got, "new faults.mended f1 blocks") {
		t.Errorf("beside a key that hides nothing: %q", got)
	}
	// A fault of form was hidden as well; a marking is found in any text.
	want(t, change(t, j, broken, b.edited(t, faults, "ok: true", "ok: 1")), "new schema.type faults/drills[d1]/ok revealed", "fixed document.syntax faults", "scope sight faults.yaml")
	if got := said(change(t, j, broken, b.with(files{faults: b[faults] + "# 机密★\n"}))); !slices.ContainsFunc(got, func(line string) bool {
		return strings.HasPrefix(line, "new document.") && strings.HasSuffix(line, " blocks")
	}) {
		t.Errorf("a marking: %q", got)
	}
	// A header that could not be read took nothing out of force.
	if got := said(change(t, j, b.with(files{header: b[header] + "x: [\n"}), b.edited(t, header, "hosted: true", "hosted: false"))); slices.ContainsFunc(got, func(line string) bool { return strings.HasPrefix(line, "scope switch") }) {
		t.Errorf("behind a broken header: %q", got)
	}
	// A file that is mended hides nothing of another one.
	other := bad.with(files{stores: strings.Replace(b[stores], "2026-11-01", "2025-11-01", 1)})
	if got := said(change(t, j, broken, other)); !slices.Contains(got, "new stores.fresh files blocks") {
		t.Errorf("of another file: %q", got)
	}
}

// The policy of base says which findings, drops and scope changes stop a change.
func TestPolicy(t *testing.T) {
	b := base(t)
	minor := b.with(files{stores: strings.Replace(b[stores], "keep: 90", "keep: 50", 1)})
	renamed := b.edited(t, faults, "id: d1", "id: d2")
	off := b.edited(t, header, "hosted: true", "hosted: false")
	want(t, change(t, judge(t, "max_drop: 2", "max_drop: 50"), b, minor), "new stores.kept files")
	want(t, change(t, judge(t, "max_drop: 2", "max_drop: 50", "severity: major", "severity: minor"), b, minor), "new stores.kept files blocks", "blocks one: new findings at or above the gate's severity (minor): 1")
	want(t, change(t, judge(t, "item: warn", "item: block"), b, renamed), "scope item faults/drills[d1] blocks", `blocks one: faults/drills[d1] is now called "d2" (places: 1)`)
	want(t, change(t, judge(t, "switch: block", "switch: warn"), b, off), "scope switch hosted=false")
	// Below the minimum any drop is too much.
	low := judge(t, "max_drop: 2", "max_drop: 50", "minimum: 60", "minimum: 99")
	if got := said(change(t, low, minor, minor.edited(t, faults, "ok: true", "ok: false"))); !slices.ContainsFunc(got, func(line string) bool { return strings.HasPrefix(line, "blocks one: the score of") }) {
		t.Errorf("below the minimum: %q", got)
	}
	if got := said(change(t, low, minor, minor.with(files{header: "# x\n" + minor[header]}))); slices.ContainsFunc(got, func(line string) bool { return strings.HasPrefix(line, "blocks") }) {
		t.Errorf("below the minimum, unchanged: %q", got)
	}
}

// A waiver releases a scope change, and a finding, once base's tip has it.
func TestWaiversOfTip(t *testing.T) {
	j := judge(t)
	b := base(t)
	waiver := func(check, item string) string {
		return "waivers:\n  - id: leave\n    check: " + check + "\n    item: " + item + "\n    reason: 已批准停用，见批文\n    requested_by: 运维岗\n    approved_by: 市数据局监督岗\n    approved_on: 2026-11-01\n    expires: 2027-01-31\n    evidence: evidence/run.md\n"
	}
	off := b.edited(t, header, "hosted: true", "hosted: false")
	leave := files{waivers: waiver("scope.switch", "hosted=false")}
	blocked := []string{"scope switch hosted=false blocks", "blocks one: hosted: true → false"}
	for _, c := range []struct {
		name      string
		tip, head files
		want      []string
	}{
		{"no waiver", b, off, blocked},
		{"in the tip and in head", b.with(leave), off.with(leave), []string{"scope switch hosted=false released"}},
		{"in the tip alone", b.with(leave), off, blocked},
		{"for another fact", b.with(files{waivers: waiver("scope.switch", "mlps_level=2")}), off.with(files{waivers: waiver("scope.switch", "mlps_level=2")}), blocked},
		{"for another kind", b.with(files{waivers: waiver("scope.topic", "hosted=false")}), off.with(files{waivers: waiver("scope.topic", "hosted=false")}), blocked},
		{"a platform, in the tip alone", b.with(files{waivers: waiver("scope.platform", "one")}), b.with(files{one: ""}), []string{"removed one", "scope platform one released"}},
		{"another platform, in the tip alone", b.with(files{waivers: waiver("scope.platform", "two")}), b.with(files{one: ""}), []string{"removed one", "scope platform one blocks", "blocks one: platform one is gone"}},
	} {
		t.Run(c.name, func(t *testing.T) { want(t, run(t, j, b, c.tip, c.head), c.want...) })
	}
	// The platform's own waivers move with it; those of another in its place, and
	// those of a broken file, are none.
	moved := func(f files) files { return f.moved(one, "platforms/a/one") }
	want(t, run(t, j, b, b.with(leave), moved(off.with(leave))), "moved a/one", "scope switch hosted=false released")
	for name, tip := range map[string]files{
		"another platform's": b.with(leave).edited(t, header, "code: one", "code: other"),
		"a broken file's":    b.with(files{waivers: leave[waivers] + "  - id: [\n"}),
		"one with a fault":   b.with(files{waivers: leave[waivers] + "waivers: []\n"}),
	} {
		if got := said(run(t, j, b, tip, off.with(leave))); !slices.Contains(got, blocked[0]) {
			t.Errorf("%s: %q", name, got)
		}
	}
	other := b.with(files{waivers: waiver("scope.platform", "one")}).edited(t, header, "code: one", "code: other")
	want(t, run(t, j, b, other, b.with(files{one: ""})), "removed one", "scope platform one blocks", "blocks one: platform one is gone")
	// Its own leave is none.
	own := off.with(leave)
	if got := said(run(t, j, b, b, own)); !slices.Contains(got, blocked[0]) {
		t.Errorf("in head alone: %q", got)
	}
}

// Another rulebook's effect is that of a merge: on each platform of the tree, and
// only where it differs.
func TestImpact(t *testing.T) {
	b := base(t)
	two := b.moved(one, "platforms/two").edited(t, "platforms/two/platform.yaml", "code: one", "code: two")
	all := b.with(two.with(files{"platforms/two/stores.yaml": strings.ReplaceAll(b[stores], "keep: 90", "keep: 120")}))
	stricter := judge(t, "level3: { value: 60,", "level3: { value: 100,").Rulebook
	effects, same, failures := judge(t).Impact(context.Background(), all.tree(), audit.Discover(all.tree(), nil), stricter)
	if len(failures) > 0 || same != 1 || len(effects) != 1 {
		t.Fatalf("%d effects, %d the same, failures %v", len(effects), same, failures)
	}
	e := effects[0]
	if e.Before.ID != "one" || len(e.Before.Open()) != 0 || len(e.After.Open()) != 2 || e.After.Score.Raw.Cmp(e.Before.Score.Raw) >= 0 {
		t.Errorf("%s goes from %s to %s with %d findings", e.Before.ID, score.Format(e.Before.Score.Raw), score.Format(e.After.Score.Raw), len(e.After.Open()))
	}
	if turns := e.Turns(); len(turns) != 1 || !turns[0].Fails || turns[0].Items != 2 || turns[0].Finding.Severity != finding.Minor {
		t.Errorf("turns %+v", turns)
	}
	// What weighs otherwise is an effect, though the findings are the same.
	bad := b.edited(t, faults, "2026-11-20", "2026-01-20")
	effects, _, _ = judge(t, "2.1.2\": 20", "2.1.2\": 0", "1.2\": 20", "1.2\": 40").Impact(context.Background(), bad.tree(), audit.Discover(bad.tree(), nil), judge(t, "2.1.2\": 20", "2.1.2\": 0", "1.2\": 20", "1.2\": 40", "severity: { default: major }\n    title: { zh: 缺陷", "severity: { default: minor }\n    title: { zh: 缺陷").Rulebook)
	if len(effects) != 1 {
		t.Fatalf("another severity has %d effects", len(effects))
	}
	if turns := effects[0].Turns(); len(turns) != 2 || !turns[0].Fails || turns[1].Fails || turns[0].Finding.Check != turns[1].Finding.Check || turns[0].Finding.Severity == turns[1].Finding.Severity {
		t.Errorf("another severity turns %+v", turns)
	}
	if effects, same, _ := judge(t).Impact(context.Background(), all.tree(), audit.Discover(all.tree(), nil), judge(t).Rulebook); len(effects) != 0 || same != 2 {
		t.Errorf("the same rulebook has %d effects", len(effects))
	}
}

// A change touches the rulebook where its files differ, below the folder of the
// repository alone.
func TestTouched(t *testing.T) {
	before := files{"checks/a.yaml": "a: 1", "schemas/a.schema.json": "{}", "checks/notes.md": "x", "platforms/one/platform.yaml": "a: 1"}
	after := files{"checks/a.yaml": "a: 2", "checks/overlays/b.yaml": "b: 1", "checks/notes.md": "y", "platforms/one/platform.yaml": "a: 2"}
	if got, want := compare.Touched(before.tree(), after.tree(), "."), []string{"checks/a.yaml", "checks/overlays/b.yaml", "schemas/a.schema.json"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := compare.Touched(before.tree(), before.tree(), "."); len(got) != 0 {
		t.Errorf("nothing has changed: %q", got)
	}
}
