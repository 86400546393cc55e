package hegui_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

// Games that once paid, or that reviewers tried, each by itself: what is made
// worse at first, the edit, and the check that must fail after it. Where no
// description can show what an edit took away, seen says that a gate does.
func TestKnownGamesDoNotPay(t *testing.T) {
	r := openRepo(t)
	d := r.platforms[slices.IndexFunc(r.platforms, func(d described) bool { return d.path == "platforms/government-services" })]
	failed := map[string]string{"/backups/sets/0/restore_tests/-": "{id: failed, date: 2026-11-25, scope: full, ok: false, duration: PT3H, evidence: evidence/backups-restore-202609.md}"}
	older := "{id: older, date: 2026-10-01, scope: full, ok: true, duration: PT1H, evidence: evidence/backups-restore-202609.md}"
	onePost := map[string]string{"/encryption/keys/custodian": "系统管理岗"} // whose post administers the system
	for _, c := range []struct {
		name        string
		start, edit map[string]string
		remove      []string
		waive       string
		still       string
		seen        bool
	}{
		{name: "a failed test is dated ahead", start: failed, edit: map[string]string{"/backups/sets/0/restore_tests/2/date": "2027-11-25"}, still: "backups.restore-samples"},
		{name: "a failed test is hidden by an older good one", start: failed, edit: map[string]string{"/backups/sets/0/restore_tests/-": older}, still: "backups.restore-samples"},
		{name: "a failed test has no date", start: failed, remove: []string{"/backups/sets/0/restore_tests/2/date"}, still: "backups.restore-samples"},
		{name: "nobody knows what a failed test restored", start: failed, remove: []string{"/backups/sets/0/restore_tests/2/scope"}, still: "backups.restore-full"},
		{name: "one post is written in two ways", start: onePost, edit: map[string]string{"/encryption/keys/custodian": "\"系统管理岗\u3000\""}, still: "encryption.key-custody"},
		{name: "a post that says nothing is another", start: onePost, edit: map[string]string{"/encryption/keys/custodian": "\"\u3000\""}, still: "encryption.key-custody"},
		{name: "a misspelt site is no other", start: map[string]string{"/backups/sets/0/copies/1/site": "dc-east"}, edit: map[string]string{"/backups/sets/0/copies/1/site": "dc-est"}, still: "backups.offsite-copy"},
		{name: "nor is any other from a misspelt one", start: map[string]string{"/backups/sets/0/copies/1/site": "dc-east"}, edit: map[string]string{"/platform/primary_site": "dc-est"}, still: "backups.offsite-copy"},
		{name: "a veto is waived by the change itself", start: map[string]string{"/backups/sets/0/copies/1/site": "dc-east"}, waive: "backups.offsite-copy", still: "backups.offsite-copy"},
		{name: "a failed test is taken away", start: failed, remove: []string{"/backups/sets/0/restore_tests/2"}, seen: true},
		{name: "a failed test is another set's", start: failed, remove: []string{"/backups/sets/0/restore_tests/2"}, edit: map[string]string{"/backups/sets/2/restore_tests/-": failed["/backups/sets/0/restore_tests/-"]}, still: "backups.restore-samples"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := &game{repo: r, in: d}
			g.in.topics = patched(t, example(t, c.start, nil), d.topics)
			g.before = r.judge(t, d, g.in.topics, asOf)
			if pristine := r.judge(t, d, d.topics, asOf); g.before.exact.Cmp(pristine.exact) >= 0 {
				t.Fatal("the start is not worse than the platform as it is described")
			}
			g.topics = patched(t, example(t, c.edit, c.remove), g.in.topics)
			if c.waive != "" {
				g.waive(c.waive)
			}
			after := g.judgeEdit(t)
			if c.seen {
				if paid(g.before, after) == "" || !g.seen(t) {
					t.Errorf("it pays %q, and a gate shows it: %v", paid(g.before, after), g.seen(t))
				}
				return
			}
			if better := paid(g.before, after); better != "" {
				t.Error(better)
			}
			for _, check := range after.audited.Checks {
				if check.Rule.ID == c.still && check.Outcome != finding.Fail {
					t.Errorf("%s is %s", c.still, check.Outcome)
				}
			}
		})
	}
}

// An edit that does improve something is told from one that does not.
func TestWhatPaysIsNoticed(t *testing.T) {
	r := openRepo(t)
	d := r.platforms[slices.IndexFunc(r.platforms, func(d described) bool { return d.path == "platforms/government-services" })]
	good := r.judge(t, d, d.topics, asOf)
	for _, c := range []struct{ pointer, worse, want string }{
		{"/backups/sets/1/copies/1/site", "dc-east", "it becomes compliant"},
		{"/backups/sets/2/interval", "P9D", "the grade rises"},
	} {
		before := r.judge(t, d, patched(t, example(t, map[string]string{c.pointer: c.worse}, nil), d.topics), asOf)
		if got := paid(before, good); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s set right pays %q, want %q", c.pointer, got, c.want)
		}
		if got := paid(good, before); got != "" {
			t.Errorf("%s set wrong pays %q", c.pointer, got)
		}
	}
}

func example(t *testing.T, set map[string]string, remove []string) rulebook.Example {
	t.Helper()
	e := rulebook.Example{Remove: remove}
	for _, pointer := range slices.Sorted(maps.Keys(set)) {
		doc := document.Parse("edit.yaml", []byte("value: "+set[pointer]+"\n"), document.DefaultLimits())
		if !doc.Sound() {
			t.Fatalf("%s: %v", pointer, doc.Problems)
		}
		e.Set = append(e.Set, rulebook.Assignment{Pointer: pointer, Value: doc.Root.Get("value")})
	}
	return e
}
