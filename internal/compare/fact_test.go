package compare_test

import (
	"slices"
	"strings"
	"testing"

	"hegui/internal/compare"
)

// fact is a row of the tables below: what the platform says before and after, and
// what the change comes to.
type fact struct {
	name          string
	before, after []string // file, text, other text, …
	want          []string
}

func (f files) changed(t testing.TB, edits []string) files {
	t.Helper()
	for i := 0; i < len(edits); i += 3 {
		if strings.HasSuffix(edits[i+1], ".yaml") { // a file as a whole
			f = f.with(files{edits[i]: edits[i+2]})
			continue
		}
		f = f.edited(t, edits[i], edits[i+1], edits[i+2])
	}
	return f
}

// hold holds a table by the rulebook on facts.
func hold(t *testing.T, rows []fact) {
	t.Helper()
	j, b := judgeBy(t, "facts/rulebook"), described(t, "facts/platform")
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			before := b.changed(t, row.before)
			want(t, change(t, j, before, before.changed(t, row.after)), row.want...)
		})
	}
}

const (
	bids  = "  - name: bids\n    important: true"
	first = "  - name: files\n    important: true"
)

// A fact of the header that takes checks out of force is one entry, however many
// they are.
func TestSwitches(t *testing.T) {
	hold(t, []fact{
		{"a stage", nil, []string{header, "stage: operating", "stage: retired"}, []string{"scope switch stage=retired blocks", "blocks one: stage: operating → retired"}},
		{"a switch of two checks", nil, []string{header, "open: true", "open: false"}, []string{"scope switch open=false blocks", "blocks one: open: true → false"}},
		{"one that is no longer stated", nil, []string{header, "open: true\n", ""}, []string{"new fact.missing platform/open"}},
		{"two", nil, []string{header, "open: true", "open: false", header, "stage: operating", "stage: planning"}, []string{
			"scope switch stage=planning blocks", "scope switch open=false blocks", "blocks one: stage: operating → planning", "blocks one: open: true → false"}},
		{"the way back", []string{header, "stage: operating", "stage: retired"}, []string{header, "stage: retired", "stage: operating"}, []string{}},
		{"a fact that no check reads", nil, []string{header, "kind: office", "kind: counter"}, []string{}},
	})
}

// An item that is still stated and out of a check's sight is shown at the fact that
// took it there, and blocks where a veto looks away. It is never a repair.
func TestSight(t *testing.T) {
	hold(t, []fact{
		{"a veto looks away", nil, []string{stores, bids, strings.Replace(bids, "true", "false", 1)}, []string{
			"scope sight stores/stores[bids]/important=false blocks", "blocks one: stores/stores[bids]/important: true → false"}},
		{"only lesser checks look away", []string{header, "stage: operating", "stage: planning"}, []string{stores, bids, strings.Replace(bids, "true", "false", 1)}, []string{
			"scope sight stores/stores[bids]/important=false"}},
		{"two items", nil, []string{stores, bids, strings.Replace(bids, "true", "false", 1), stores, first, strings.Replace(first, "true", "false", 1)}, []string{
			"scope sight stores/stores[files]/important=false blocks", "scope sight stores/stores[bids]/important=false blocks",
			"blocks one: stores/stores[files]/important: true → false", "blocks one: stores/stores[bids]/important: true → false"}},
		{"a fact beside it", nil, []string{stores, bids, strings.Replace(bids, "true", "false", 1), stores, "owner: 档案岗", "owner: 资料岗"}, []string{
			"scope sight stores/stores[bids]/important=false blocks", "blocks one: stores/stores[bids]/important: true → false"}},
		{"what was not looked at", []string{stores, bids, strings.Replace(bids, "true", "false", 1)}, []string{stores, "copies: 3", "copies: 1"}, []string{}},
	})
}

// The message names the fact with its old and new value, how many checks of which
// severity look away, and what they no longer see.
func TestSightIsExplained(t *testing.T) {
	j, b := judgeBy(t, "facts/rulebook"), described(t, "facts/platform")
	got := change(t, j, b, b.edited(t, stores, bids, strings.Replace(bids, "true", "false", 1)))
	i := slices.IndexFunc(got[0].Scope, func(c compare.ScopeChange) bool { return c.Kind == "sight" })
	if i < 0 {
		t.Fatalf("%q", said(got))
	}
	c := got[0].Scope[i]
	if at := c.Location; at.Path != stores || at.Line != 7 {
		t.Errorf("it points at %s:%d", at.Path, at.Line)
	}
	if want := "stores/stores[bids]/important: true → false: checks that no longer look at bids: 2, 1 of them vetoes (stores.copied, stores.owned)"; c.Message.Full.EN != want {
		t.Errorf("%q, want %q", c.Message.Full.EN, want)
	}
}

const rejection = `verdicts:
  - id: copied
    check: stores.copied
    item: files
    verdict: not_met
    note: 查不到第二份副本
    assessed_by: 监督检查岗
    assessed_on: 2026-11-20
    fact: sha256:0000000000000000000000000000000000000000000000000000000000000000
  - id: owned
    check: stores.owned
    item: bids
    verdict: met
    assessed_by: 监督检查岗
    assessed_on: 2026-11-20
    fact: sha256:0000000000000000000000000000000000000000000000000000000000000000
`

// What an assessor has said cannot go unseen; to say worse of it is no withdrawal.
func TestVerdicts(t *testing.T) {
	stated := []string{verdicts, verdicts, rejection}
	gone := "blocks one: stores.copied/files: the verdict of 监督检查岗 on 2026-11-20 (not met) is withdrawn; once merged it complies with 100.0 points"
	second := "blocks one: stores.owned/bids: the verdict of 监督检查岗 on 2026-11-20 (met) is withdrawn"
	hold(t, []fact{
		{"all gone", stated, []string{verdicts, verdicts, ""}, []string{"fixed verdict.lapsed stores.owned/bids", "scope verdict stores.copied/files blocks", "scope verdict stores.owned/bids blocks", gone, second}},
		{"one gone", stated, []string{verdicts, rejection[strings.Index(rejection, "  - id: copied"):strings.Index(rejection, "  - id: owned")], ""}, []string{"scope verdict stores.copied/files blocks", gone}},
		{"turned", stated, []string{verdicts, "verdict: not_met", "verdict: met"}, []string{"scope verdict stores.copied/files blocks",
			"blocks one: stores.copied/files: the verdict of 监督检查岗 on 2026-11-20 (not met) is changed to met; once merged it complies with 100.0 points"}},
		{"turned to worse", stated, []string{verdicts, "verdict: met", "verdict: not_met"}, []string{"fixed verdict.lapsed stores.owned/bids"}},
		{"another layout", stated, []string{verdicts, "verdicts:\n", "# 结论\nverdicts:\n"}, []string{}},
		{"what nobody can read", []string{verdicts, verdicts, "verdicts: [\n"}, []string{verdicts, verdicts, ""}, []string{"fixed document.syntax verdicts", "scope verdict verdicts.yaml blocks",
			"blocks one: verdicts.yaml of the baseline cannot be read: no verdict in it can be compared"}},
	})
}

// A release names one verdict, or the whole of a new file.
func TestVerdictsReleased(t *testing.T) {
	j := judgeBy(t, "facts/rulebook")
	b := described(t, "facts/platform").with(files{verdicts: rejection})
	turned := b.edited(t, verdicts, "verdict: not_met", "verdict: met")
	remedy := change(t, j, b, turned)[0].Scope[0].Remedy.EN
	_, whole, _ := strings.Cut(remedy, "item: ")
	whole, _, _ = strings.Cut(whole, " ")
	for item, released := range map[string]bool{"stores.copied/files": true, whole: true, "stores.owned/bids": false, "verdicts": false} {
		leave := files{waivers: release("verdict", item)}
		got := run(t, j, b, b.with(leave), turned.with(leave))
		if c := got[0].Scope[0]; c.Released != released || c.Blocking == released {
			t.Errorf("by a release of %q: %q", item, said(got))
		}
	}
}

func release(kind, item string) string {
	return "waivers:\n  - id: leave\n    check: scope." + kind + "\n    item: \"" + item + "\"\n    reason: 市数据局已批准，见批文\n    requested_by: 运维岗\n    approved_by: 市数据局监督岗\n    approved_on: 2026-11-01\n    expires: 2027-01-31\n    evidence: evidence/spring.md\n"
}
