package compare_test

import (
	"strings"
	"testing"

	"hegui/internal/compare"
)

// entry is a file of waivers with one entry; more are lines of it besides those
// that every one has.
func entry(check string, more ...string) string {
	lines := append([]string{"id: r1", "check: " + check, "reason: 机房搬迁，暂时做不到", "requested_by: 平台运维岗", "approved_by: 市数据局安全岗", "approved_on: 2026-11-01", "expires: 2027-01-31",
		"evidence: { ref: 云数〔2026〕1号, held_by: 档案岗 }"}, more...)
	return "waivers:\n  - " + strings.Join(lines, "\n    ") + "\n"
}

const (
	supervisors = "checks/waivers/one.yaml"
	alone       = "effect: gate"
)

// A release in base lets through the gate what it names, and changes nothing of
// verdict and score.
func TestRelease(t *testing.T) {
	j := judge(t)
	b := base(t)
	west := "      - site: west\n    records:\n      - date: 2026-11-01"
	worse := func(f files) files { return f.edited(t, stores, west, west[len("      - site: west\n"):]) }
	lost := []string{"new stores.second-copy files blocks", "scope item stores/sets[files]/copies[west]",
		"blocks one: new findings at or above the gate's severity (major): 1", "blocks one: the raw score falls", "blocks one: was compliant and no longer is: open blockers", "blocks one: was compliant and no longer is: required clauses not met"}
	passes := []string{"new stores.second-copy files released", "scope item stores/sets[files]/copies[west]"}
	gone := []string{"new fact.missing faults released", "scope topic faults blocks", "blocks one: the topic faults.yaml is gone"}
	broken := []string{"new document.syntax faults blocks", "blocks one: new findings at or above the gate's severity (major): 1", "blocks one: the raw score falls"}
	for _, c := range []struct {
		name, file, release string
		change              func(files) files
		want                []string
	}{
		{"of a check", supervisors, entry("stores.second-copy", alone), worse, passes},
		{"of an item", supervisors, entry("stores.second-copy", alone, "item: files"), worse, passes},
		{"in the platform's own file", waivers, entry("stores.second-copy", alone), worse, passes},
		{"of another item", supervisors, entry("stores.second-copy", alone, "item: bids"), worse, lost},
		{"of another check", supervisors, entry("stores.kept", alone), worse, lost},
		{"for another platform", "checks/waivers/two.yaml", entry("stores.second-copy", alone), worse, lost},
		{"that is no release", supervisors, entry("stores.second-copy"), worse, lost},
		{"that has lapsed", supervisors, strings.Replace(entry("stores.second-copy", alone), "2027-01-31", "2026-11-30", 1), worse, lost},
		{"that runs too long", supervisors, strings.Replace(entry("stores.second-copy", alone), "2027-01-31", "2028-01-31", 1), worse, lost},
		{"approved by who asks", supervisors, strings.Replace(entry("stores.second-copy", alone), "市数据局安全岗", "平台运维岗", 1), worse, lost},
		{"of a fact that is missing", supervisors, entry("fact.missing", alone), func(f files) files { return f.with(files{faults: ""}) }, gone},
		{"of a broken file", supervisors, entry("document.syntax", alone), func(f files) files { return f.with(files{faults: "open: ["}) }, broken},
		{"of a switch", supervisors, entry("scope.switch", "item: hosted=false"), func(f files) files { return f.edited(t, header, "hosted: true", "hosted: false") }, []string{"scope switch hosted=false released"}},
		{"of a platform that goes", supervisors, entry("scope.platform"), func(f files) files { return f.with(files{one: ""}) }, []string{"removed one", "scope platform one released"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := b.with(files{c.file: c.release})
			got := change(t, j, before, c.change(before))
			want(t, got, c.want...)
			for _, p := range got {
				if p.After == nil {
					continue
				}
				for _, f := range p.After.Findings {
					if f.Waived {
						t.Errorf("the release waives %s", f.Check)
					}
				}
				if with := change(t, j, b, c.change(b)); len(with) != 1 || p.After.Score.Raw.Cmp(with[0].After.Score.Raw) != 0 || p.After.Score.Compliant != with[0].After.Score.Compliant {
					t.Error("the release changes score or verdict")
				}
			}
			// What the change itself brings releases nothing.
			if own := change(t, j, b, c.change(before)); len(own) > 0 && len(c.want) > 0 && !strings.Contains(strings.Join(said(own), "\n"), "blocks") {
				t.Errorf("the change releases itself: %q", said(own))
			}
		})
	}
}

// A file of releases that cannot be used stops the run: silence would block, or
// release, without a reason.
func TestReleaseFault(t *testing.T) {
	j := judge(t)
	b := base(t)
	for text, told := range map[string]string{"waivers: [": "checks/waivers/one.yaml:1", "waivers:\n  - id: r1\n": "checks/waivers/one.yaml:2"} {
		tip := b.with(files{supervisors: text})
		_, failures := judgedAll(j, compare.Trees{Baseline: tip.tree(), Tip: tip.tree(), Head: tip.edited(t, header, "hosted: true", "hosted: false").tree()})
		if len(failures) != 1 || !strings.Contains(failures[0].Message.EN, told) {
			t.Errorf("%q: %v", text, failures)
		}
	}
}

// What a new platform must do is the policy's to say; a waiver of it can stand in
// base before it does.
func TestNewcomer(t *testing.T) {
	b := base(t)
	west := "      - site: west\n    records:\n      - date: 2026-11-01"
	newcomer := func(f files) files {
		return f.moved(one, "platforms/two").edited(t, "platforms/two/platform.yaml", "code: one", "code: two")
	}
	old, poor := newcomer(b.edited(t, faults, "2026-11-20", "2026-01-20")), newcomer(b.edited(t, stores, west, west[len("      - site: west\n"):]))
	broken := newcomer(b.with(files{faults: "open: ["}))
	comply, findings, show := "max_drop: 2", "max_drop: 2\n  new_platform: findings", "max_drop: 2\n  new_platform: show"
	refused := []string{"blocks two: the new platform does not comply: open blockers", "blocks two: the new platform does not comply: required clauses not met"}
	count := "blocks two: new findings at or above the gate's severity (major): 1"
	const file = "checks/waivers/two.yaml"
	for _, c := range []struct {
		name, policy string
		files        files
		release      string
		want         []string
	}{
		{"a finding", comply, old, "", []string{"added two", "new faults.mended f1"}},
		{"a finding where none may be", findings, old, "", []string{"added two", "new faults.mended f1 blocks", count}},
		{"one that is released", findings, old, entry("faults.mended", alone), []string{"added two", "new faults.mended f1 released"}},
		{"one that does not comply", comply, poor, "", append([]string{"added two", "new stores.second-copy files"}, refused...)},
		{"its finding is released", comply, poor, entry("stores.second-copy", alone), []string{"added two", "new stores.second-copy files released"}},
		{"it is released", comply, poor, entry("scope.new_platform"), []string{"added two", "new stores.second-copy files released"}},
		{"it is shown", show, poor, "", []string{"added two", "new stores.second-copy files"}},
		{"a broken file", show, broken, "", []string{"added two", "new document.syntax faults blocks", count}},
		{"a broken file that is released", comply, broken, entry("scope.new_platform"), []string{"added two", "new document.syntax faults blocks", count}},
		{"a waiver that base has already", findings, old.with(files{"platforms/two/waivers.yaml": entry("faults.mended")}), entry("faults.mended"), []string{"added two"}},
		{"a waiver that only it has", findings, old.with(files{"platforms/two/waivers.yaml": entry("faults.mended")}), "", []string{"added two", "new faults.mended f1 blocks", count}},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := b.with(files{file: c.release})
			want(t, change(t, judge(t, "max_drop: 2", c.policy), before, before.with(c.files)), c.want...)
		})
	}
}
