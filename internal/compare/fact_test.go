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

// What stands under a misspelt key is not gone; what is not what stood there is.
func TestMisspeltKeys(t *testing.T) {
	stop := "blocks one: new findings at or above the gate's severity (major): 1"
	hold(t, []fact{
		{"of a list", nil, []string{faults, "faults:", "fautls:"}, []string{"new schema.additional_properties faults/fautls blocks", stop}},
		{"of a switch", nil, []string{stores, bids, strings.Replace(bids, "important", "imporant", 1)}, []string{"new schema.additional_properties stores/stores[bids]/imporant blocks", stop,
			"blocks one: was compliant and no longer is: open blockers", "blocks one: was compliant and no longer is: required clauses not met"}},
		{"of a name", nil, []string{faults, "  - id: f1", "  - idd: f1"}, []string{"new schema.additional_properties faults/faults[]/idd blocks", stop}},
		{"of a name, and less grave", nil, []string{faults, "  - id: f1\n    found: 2026-11-20\n    severity: high", "  - idd: f1\n    found: 2026-11-20\n    severity: low"}, []string{
			"new schema.additional_properties faults/faults[]/idd blocks", "scope adverse faults/faults[f1] blocks", stop, "blocks one: faults/faults[f1]/severity: high → low, without new evidence"}},
		{"of a list that has become empty", nil, []string{faults, fault, "", faults, "faults:", "fautls: []"}, []string{
			"new schema.additional_properties faults/fautls blocks", "scope adverse faults/faults[f1] blocks", stop, "blocks one: faults/faults[f1] is gone"}},
		{"of a name that a failing item has", []string{stores, "copies: 3", "copies: 1"}, []string{stores, "  - name: bids", "  - naam: bids"}, []string{"new schema.additional_properties stores/stores[]/naam blocks", stop}},
	})
}

// What is no longer looked at is withdrawn, never fixed.
func TestWithdrawn(t *testing.T) {
	bad := []string{stores, "copies: 3", "copies: 1"}
	unseen := "blocks one: stores/stores[bids]/important: true → false"
	hold(t, []fact{
		{"out of sight", bad, []string{stores, bids, strings.Replace(bids, "true", "false", 1)}, []string{"withdrawn stores.copied bids", "scope sight stores/stores[bids]/important=false blocks", unseen}},
		{"gone", bad, []string{stores, bids + "\n    owner: 招标岗\n    copies: 1\n    key_place: 三号柜\n", ""}, []string{"withdrawn stores.copied bids", "scope item stores/stores[bids]"}},
		{"out of force", bad, []string{header, "stage: operating", "stage: retired"}, []string{"withdrawn stores.copied bids", "scope switch stage=retired blocks", "blocks one: stage: operating → retired"}},
		{"fixed", bad, []string{stores, "copies: 1", "copies: 2"}, []string{"fixed stores.copied bids"}},
		{"fixed here, gone there", append(slices.Clone(bad), stores, "copies: 2", "copies: 1"), []string{stores, "    owner: 档案岗\n    copies: 1", "    owner: 档案岗\n    copies: 2", stores, bids, strings.Replace(bids, "true", "false", 1)}, []string{
			"fixed stores.copied files", "withdrawn stores.copied bids", "scope sight stores/stores[bids]/important=false blocks", unseen}},
	})
}

// Good items beside a failing one fix nothing.
func TestPadded(t *testing.T) {
	bad := []string{stores, "copies: 3", "copies: 1"}
	more := "  - { name: extra, important: true, owner: 档案岗, copies: 2 }\ninterval: P1D"
	hold(t, []fact{
		{"beside a failing one", bad, []string{stores, "interval: P1D", more}, []string{"scope item added"}},
		{"beside good ones", nil, []string{stores, "interval: P1D", more}, []string{}},
		{"and the failing one is fixed", bad, []string{stores, "interval: P1D", more, stores, "copies: 1", "copies: 2"}, []string{"fixed stores.copied bids"}},
		{"another that fails", bad, []string{stores, "interval: P1D", strings.Replace(more, "copies: 2", "copies: 1", 1)}, []string{"new stores.copied extra blocks", "blocks one: new findings at or above the gate's severity (major): 1"}},
	})
}

// What not everyone may see is hidden, and nothing else.
func TestFactsRedacted(t *testing.T) {
	hidden := judgeBy(t, "facts/rulebook", "\"title\": \"重要\",", "\"x-sensitive\": true,\n            \"title\": \"重要\",")
	for _, c := range []struct {
		judge            *compare.Judge
		subject, message string
	}{
		{judgeBy(t, "facts/rulebook"), "stores/stores[bids]/important=false", "important: true → false"},
		{hidden, "stores/stores[bids]/important=***", "important: [redacted] → [redacted]"},
	} {
		b := described(t, "facts/platform")
		got := change(t, c.judge, b, b.edited(t, stores, bids, strings.Replace(bids, "true", "false", 1)))[0].Scope[0]
		if got.Redacted != c.subject || !strings.Contains(got.Message.Redacted.EN, c.message) || !strings.Contains(got.Message.Full.EN, "true → false") {
			t.Errorf("%s, %s", got.Redacted, got.Message.Redacted.EN)
		}
	}
}

// A waiver that names no item was asked for what was known then: what it covers besides
// is shown. One that names the item was asked for that.
func TestCoveredByAWaiver(t *testing.T) {
	j, b := judgeBy(t, "facts/rulebook"), described(t, "facts/platform").with(files{waivers: entry("stores.owned")})
	head := b.edited(t, stores, "owner: 招标岗", "owner: 无")
	want(t, change(t, j, b, head), "new stores.few bids", "fixed waiver.unused stores.owned", "worse stores.owned bids")
	named := files{waivers: entry("stores.owned", "item: bids")}
	want(t, change(t, j, b.with(named), head.with(named)), "new stores.few bids", "fixed waiver.unused stores.owned/bids")
}

// A known finding must not grow without a newer date or new evidence.
func TestWorse(t *testing.T) {
	many := []string{faults, "high: 4", "high: 12"}
	hold(t, []fact{
		{"a count", many, []string{faults, "high: 12", "high: 5000"}, []string{"worse faults.counted", "scope record faults/known"}},
		{"a count of a later day", many, []string{faults, "counted: 2026-11-20\n  high: 12", "counted: 2026-11-27\n  high: 16"}, []string{"worse faults.counted", "scope record faults/known"}},
		{"a count on new evidence", many, []string{faults, "high: 12\n  evidence: evidence/scan.md", "high: 16\n  evidence: evidence/f1.md"}, []string{"worse faults.counted", "scope evidence replaced"}},
		{"a count of a later day on new evidence", many, []string{faults, "counted: 2026-11-20\n  high: 12\n  evidence: evidence/scan.md", "counted: 2026-11-27\n  high: 16\n  evidence: evidence/f1.md"}, []string{}},
		{"a lower count of a later day", many, []string{faults, "counted: 2026-11-20\n  high: 12", "counted: 2026-11-27\n  high: 11"}, []string{"scope adverse faults/known blocks", "blocks one: faults/known/high: 12 → 11, without a newer day of counting and evidence of it"}},
		{"fewer copies", []string{stores, "copies: 3", "copies: 1"}, []string{stores, "copies: 1", "copies: 0"}, []string{"worse stores.copied bids blocks",
			"blocks one: the known finding stores.copied got worse: stores/stores[bids]/copies"}},
		{"fewer copies of another", []string{stores, "copies: 3", "copies: 1"}, []string{stores, "copies: 2", "copies: 3"}, []string{}},
		{"a better figure that still fails", []string{stores, "copies: 3", "copies: 0"}, []string{stores, "copies: 0", "copies: 1"}, []string{}},
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

const (
	spring = "  - id: spring\n    date: 2026-04-01\n    scope: full\n    ok: true\n    files: 900\n    evidence: evidence/spring.md\n"
	failed = "  - id: winter\n    date: 2026-11-10\n    scope: full\n    ok: false\n    files: 10\n    evidence: evidence/f1.md\n"
	good   = "  - id: again\n    date: 2026-11-20\n    scope: full\n    ok: true\n    files: 960\n    evidence: evidence/scan.md\n"
	fault  = "  - id: f1\n    found: 2026-11-20\n    severity: high\n    note: 页面打不开\n    evidence: evidence/f1.md\n"
	ticket = "waiting:\n  - id: t1\n    received: 2026-11-25\n"
)

// failing is a platform whose newest restore of all has failed.
var failing = []string{stores, "interval: P1D\nrestores:\n", "interval: P1D\nrestores:\n" + failed}

// What went wrong stays on record: it is not taken away, moved, re-dated or called
// something else, unless new evidence says so.
func TestAdverse(t *testing.T) {
	gone := "scope adverse stores/restores[winter] blocks"
	withdrawn := "withdrawn stores.restored"
	hold(t, []fact{
		{"a failed test is gone", failing, []string{stores, failed, ""}, []string{withdrawn, gone, "blocks one: stores/restores[winter] is the newest record by which checks fail, and is gone"}},
		{"relabelled", failing, []string{stores, strings.TrimSuffix(failed, "    ok: false\n    files: 10\n    evidence: evidence/f1.md\n"), "  - id: winter\n    date: 2026-11-10\n    scope: sample\n"}, []string{withdrawn, gone, "blocks one: stores/restores[winter]/scope: full → sample, without new evidence"}},
		{"re-dated", failing, []string{stores, "2026-11-10", "2026-09-10"}, []string{withdrawn, gone, "blocks one: stores/restores[winter]/date: 2026-11-10 → 2026-09-10, without new evidence"}},
		{"rewritten", failing, []string{stores, "ok: false", "ok: true"}, []string{withdrawn, gone, "blocks one: stores/restores[winter]/ok: false → true, without new evidence"}},
		{"rewritten on new evidence", failing, []string{stores, "ok: false\n    files: 10\n    evidence: evidence/f1.md", "ok: true\n    files: 10\n    evidence: evidence/review.md", one + "/evidence/review.md", ".yaml", "复核：原记录写错\n"}, []string{"fixed stores.restored", "scope record stores/restores[winter]", "scope evidence replaced"}},
		{"rewritten on what another record rests on", failing, []string{stores, "ok: false\n    files: 10\n    evidence: evidence/f1.md", "ok: true\n    files: 10\n    evidence: evidence/scan.md"}, []string{withdrawn, gone, "scope evidence replaced", "blocks one: stores/restores[winter]/ok: false → true, without new evidence"}},
		{"rewritten on what another record rests on now", failing, []string{stores, "ok: false\n    files: 10\n    evidence: evidence/f1.md", "ok: true\n    files: 10\n    evidence: evidence/review.md", faults, "evidence: evidence/scan.md", "evidence: [evidence/scan.md, evidence/review.md]", one + "/evidence/review.md", ".yaml", "复核：原记录写错\n"},
			[]string{withdrawn, gone, "scope evidence replaced", "blocks one: stores/restores[winter]/ok: false → true, without new evidence"}},
		{"rewritten on a reference", failing, []string{stores, "ok: false\n    files: 10\n    evidence: evidence/f1.md", "ok: true\n    files: 10\n    evidence: { ref: 云档〔2026〕3号, held_by: 档案岗 }"}, []string{withdrawn, gone, "scope evidence filed=reference", "blocks one: stores/restores[winter]/ok: false → true, without new evidence"}},
		{"another name", failing, []string{stores, "id: winter", "id: third"}, []string{"scope item stores/restores[winter]"}},
		{"followed by a good one, and rolled forward", failing, []string{stores, failed, strings.Replace(good, "evidence/scan.md", "{ ref: 云档〔2026〕7号, held_by: 档案岗 }", 1)}, []string{"fixed stores.restored", "scope item records"}},
		{"followed by a good one of old evidence, and rolled forward", failing, []string{stores, failed, good}, []string{withdrawn, gone, "blocks one: stores/restores[winter] is the newest record by which checks fail, and is gone"}},
		{"followed by an older good one", failing, []string{stores, failed, strings.Replace(good, "2026-11-20", "2026-11-01", 1)}, []string{withdrawn, gone, "blocks one: stores/restores[winter] is the newest record by which checks fail, and is gone"}},
		{"a good one is gone", nil, []string{stores, spring, ""}, []string{"scope item records"}},
		{"a fault is gone", nil, []string{faults, fault, "", faults, "faults:", "faults: []"}, []string{"scope adverse faults/faults[f1] blocks", "blocks one: faults/faults[f1] is gone"}},
		{"re-dated fault", nil, []string{faults, "found: 2026-11-20", "found: 2026-11-28"}, []string{"scope adverse faults/faults[f1] blocks", "blocks one: faults/faults[f1]/found: 2026-11-20 → 2026-11-28, without new evidence"}},
		{"a worse fault", nil, []string{faults, "found: 2026-11-20", "found: 2026-06-20"}, []string{"new faults.mended f1 blocks", "scope record faults/faults[f1]", "blocks one: new findings at or above the gate's severity (major): 1"}},
		{"lesser fault", nil, []string{faults, "severity: high", "severity: low"}, []string{"scope adverse faults/faults[f1] blocks", "blocks one: faults/faults[f1]/severity: high → low, without new evidence"}},
		{"another word of a fault", nil, []string{faults, "页面打不开", "页面打开很慢"}, []string{}},
		{"a closed fault", nil, []string{faults, "severity: high\n", "severity: high\n    closed: 2026-11-25\n"}, []string{}},
		{"an old fault", []string{faults, "found: 2026-11-20", "found: 2023-11-20\n    closed: 2023-11-21"}, []string{faults, strings.Replace(fault, "found: 2026-11-20", "found: 2023-11-20\n    closed: 2023-11-21", 1), "", faults, "faults:", "faults: []"}, []string{"scope item faults/faults[f1]"}},
		{"what is open, of no count", nil, []string{faults, ticket, "waiting: []\n"}, []string{"scope adverse faults/waiting[t1] blocks", "blocks one: faults/waiting[t1] is gone"}},
		{"what is open, of a newer count", nil, []string{faults, ticket, "waiting: []\n", faults, "counted: 2026-11-26", "counted: 2026-11-30"}, []string{"scope item faults/waiting[t1]"}},
		{"what is open, and another day elsewhere", nil, []string{faults, ticket, "waiting: []\n", faults, "counted: 2026-11-20", "counted: 2026-11-30"}, []string{"scope adverse faults/waiting[t1] blocks", "scope record faults/known", "blocks one: faults/waiting[t1] is gone"}},
		{"what is open, answered before it came", nil, []string{faults, ticket, "waiting: []\n", faults, "answers: []", "answers: [{ id: t1, date: 2026-11-24, evidence: evidence/f1.md }]"}, []string{"scope adverse faults/waiting[t1] blocks", "blocks one: faults/waiting[t1] is gone"}},
		{"what is open, and another one answered", nil, []string{faults, ticket, "waiting: []\n", faults, "answers: []", "answers: [{ id: t2, date: 2026-11-29, evidence: evidence/f1.md }]"}, []string{"scope adverse faults/waiting[t1] blocks", "blocks one: faults/waiting[t1] is gone"}},
		{"what is open, answered", nil, []string{faults, ticket, "waiting: []\n", faults, "answers: []", "answers: [{ id: t1, date: 2026-11-29, evidence: evidence/f1.md }]"}, []string{"scope item faults/waiting[t1]"}},
		{"a lower count of the same day", nil, []string{faults, "high: 4", "high: 1"}, []string{"scope adverse faults/known blocks", "blocks one: faults/known/high: 4 → 1, without a newer day of counting and evidence of it"}},
		{"a lower count of a newer day, on the same evidence", nil, []string{faults, "counted: 2026-11-20\n  high: 4", "counted: 2026-11-28\n  high: 1"}, []string{"scope adverse faults/known blocks", "blocks one: faults/known/high: 4 → 1, without a newer day of counting and evidence of it"}},
		{"a lower count of a newer day", nil, []string{faults, "counted: 2026-11-20\n  high: 4\n  evidence: evidence/scan.md", "counted: 2026-11-28\n  high: 1\n  evidence: { ref: 云档〔2026〕8号, held_by: 安全岗 }"}, []string{"scope evidence filed=reference"}},
	})
}

// Figures that change with the same evidence, and demands on oneself, are shown.
func TestRecords(t *testing.T) {
	hold(t, []fact{
		{"a figure", nil, []string{stores, "files: 900", "files: 990"}, []string{"scope record stores/restores[spring]"}},
		{"a figure with new evidence", nil, []string{stores, "files: 900\n    evidence: evidence/spring.md", "files: 990\n    evidence: evidence/scan.md"}, []string{"scope evidence replaced"}},
		{"a demand", nil, []string{stores, "interval: P1D", "interval: P3D"}, []string{"scope record stores/interval=P3D"}},
		{"a higher count of the same day", nil, []string{faults, "high: 4", "high: 6"}, []string{"scope record faults/known"}},
		{"a fact of no record", nil, []string{stores, "copies: 3", "copies: 2"}, []string{}},
	})
}

// Evidence that is held less firmly is shown, all that goes one way in one line.
func TestEvidence(t *testing.T) {
	_, pin, _ := strings.Cut(described(t, "facts/platform")[stores], "evidence: { path: evidence/autumn.md")
	pin = "{ path: evidence/autumn.md" + strings.TrimSuffix(pin, "\n")
	from := func(was, is string) string { return "scope evidence " + was + "=" + is }
	hold(t, []fact{
		{"a pin", nil, []string{stores, pin, "evidence/autumn.md"}, []string{from("pinned", "filed")}},
		{"a file", nil, []string{stores, "evidence: evidence/spring.md", "evidence: { ref: 云档〔2026〕3号, held_by: 档案岗 }"}, []string{from("filed", "reference")}},
		{"two files", nil, []string{stores, "evidence: evidence/spring.md", "evidence: https://www.gov.cn/a", faults, "evidence: evidence/f1.md", "evidence: https://www.gov.cn/b"}, []string{from("filed", "address")}},
		{"another file", nil, []string{stores, "evidence: evidence/spring.md", "evidence: evidence/scan.md"}, []string{"scope evidence replaced"}},
		{"another file besides", nil, []string{stores, "evidence: evidence/spring.md", "evidence: [evidence/spring.md, evidence/scan.md]"}, []string{}},
		{"the file of a later day", nil, []string{faults, "counted: 2026-11-20\n  high: 4\n  evidence: evidence/scan.md", "counted: 2026-11-28\n  high: 4\n  evidence: evidence/f1.md"}, []string{}},
		{"an address for a file", []string{stores, "evidence: evidence/spring.md", "evidence: https://www.gov.cn/a"}, []string{stores, "evidence: https://www.gov.cn/a", "evidence: evidence/spring.md"}, []string{}},
		{"with its record", nil, []string{stores, spring, ""}, []string{"scope item records"}},
		{"all one file", nil, []string{stores, "evidence: evidence/spring.md", "evidence: evidence/f1.md", stores, pin, "evidence/f1.md", faults, "evidence: evidence/scan.md", "evidence: evidence/f1.md"}, []string{"scope evidence replaced", from("pinned", "filed")}},
		{"a pin is dropped, and the file is another", nil, []string{stores, pin, "evidence/autumn.md", one + "/evidence/autumn.md", ".yaml", "1\n"}, []string{from("pinned", "filed")}},
	})
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
	only, _, _ := strings.Cut(rejection, "  - id: owned")
	gone := "blocks one: stores.copied/files: the verdict of 监督检查岗 on 2026-11-20 (not met) is withdrawn; once merged it complies with 100.0 points"
	second := "blocks one: stores.owned/bids: the verdict of 监督检查岗 on 2026-11-20 (met) is withdrawn"
	hold(t, []fact{
		{"all gone", stated, []string{verdicts, verdicts, ""}, []string{"fixed verdict.lapsed stores.owned/bids", "scope verdict stores.copied/files blocks", "scope verdict stores.owned/bids blocks", gone, second}},
		{"one gone", stated, []string{verdicts, rejection[strings.Index(rejection, "  - id: copied"):strings.Index(rejection, "  - id: owned")], ""}, []string{"scope verdict stores.copied/files blocks", gone}},
		{"turned", stated, []string{verdicts, "verdict: not_met", "verdict: met"}, []string{"scope verdict stores.copied/files blocks",
			"blocks one: stores.copied/files: the verdict of 监督检查岗 on 2026-11-20 (not met) is changed to met; once merged it complies with 100.0 points"}},
		{"turned to worse", stated, []string{verdicts, "verdict: met", "verdict: not_met"}, []string{"fixed verdict.lapsed stores.owned/bids"}},
		{"re-dated", stated, []string{verdicts, "verdict: not_met\n    note: 查不到第二份副本\n    assessed_by: 监督检查岗\n    assessed_on: 2026-11-20", "verdict: not_met\n    note: 查不到第二份副本\n    assessed_by: 监督检查岗\n    assessed_on: 2026-11-29"}, []string{"scope verdict stores.copied/files blocks",
			"blocks one: stores.copied/files: the verdict of 监督检查岗 on 2026-11-20 (not met) is rewritten"}},
		{"added to", stated, []string{verdicts, "    note: 查不到第二份副本\n", "    note: 查不到第二份副本\n    statement: 情况属实，本月内整改\n"}, []string{}},
		{"a confirmation besides", stated, []string{verdicts, "verdicts:\n", "verdicts:\n  - id: own\n    check: stores.copied\n    item: bids\n    verdict: met\n    assessed_by: 监督检查岗\n    assessed_on: 2026-11-20\n"}, []string{"scope verdict added"}},
		{"confirmations where there were none", nil, []string{verdicts, verdicts, rejection}, []string{"scope verdict added"}},
		{"a confirmation beside a rejection of the same", stated, []string{verdicts, "verdicts:\n", "verdicts:\n  - id: own\n    check: stores.copied\n    item: files\n    verdict: met\n    assessed_by: 监督检查岗\n    assessed_on: 2026-11-20\n"}, []string{"scope verdict added"}},
		{"a rejection where there was none", nil, []string{verdicts, verdicts, only}, []string{}},
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

// A baseline that cannot be judged is compared all the same: by what can be read of
// it, or by what it was when it could be read.
func TestBaselines(t *testing.T) {
	hold(t, []fact{
		{"a header against its schema", []string{header, "kind: office\n", ""}, []string{header, "stage: operating", "kind: office\nstage: planning"}, []string{
			"fixed schema.required platform/kind", "scope switch stage=planning blocks", "blocks one: stage: operating → planning"}},
		{"and still against it", []string{header, "kind: office\n", ""}, []string{header, "stage: operating", "stage: planning"}, []string{
			"scope switch stage=planning blocks", "blocks one: stage: operating → planning"}},
		{"a header that cannot be read", []string{header, "open: true\n", "open: [\n"}, []string{header, "open: [\n", "open: true\n", header, "stage: operating", "stage: planning"}, []string{
			"fixed document.syntax platform", "scope sight platform.yaml blocks", "blocks one: platform.yaml cannot be read at the baseline, nor in any version before it: checks that cannot be compared"}},
		{"a fact that was missing, and an old one rewritten", []string{stores, "    owner: 招标岗\n", "", stores, "copies: 3", "copies: 1"}, []string{stores, "copies: 1", "owner: 无\n    copies: 1"}, []string{
			"new stores.few bids revealed", "new stores.owned bids revealed", "fixed fact.missing stores/stores[bids]/owner"}},
		{"what was hidden in an item that is rewritten", []string{stores, "copies: 3", "copies: three"}, []string{stores, "copies: three", "copies: 1"}, []string{
			"new stores.copied bids blocks", "fixed schema.type stores/stores[bids]/copies", "blocks one: new findings at or above the gate's severity (major): 1"}},
		{"still unreadable", []string{faults, "answers: []", "answers: ["}, []string{faults, "note: 页面打不开", "note: 页面打开很慢"}, []string{"scope sight faults.yaml"}},
		{"unreadable and the same", []string{faults, "answers: []", "answers: ["}, []string{stores, "owner: 档案岗", "owner: 资料岗"}, []string{}},
	})
}

// What stands in is the nearest version that can be read.
func TestStandIn(t *testing.T) {
	j, b := judgeBy(t, "facts/rulebook"), described(t, "facts/platform")
	broken := b.edited(t, header, "open: true\n", "open: [\n")
	planned := b.edited(t, header, "stage: operating", "stage: planning")
	blocked := []string{"fixed document.syntax platform", "scope switch stage=planning blocks", "blocks one: stage: operating → planning"}
	want(t, runAfter(t, j, []files{broken, b}, broken, broken, planned), blocked...)
	want(t, runAfter(t, j, []files{broken, b, planned}, broken, broken, planned), blocked...)
	want(t, runAfter(t, j, []files{planned, b}, broken, broken, planned), "fixed document.syntax platform")
	want(t, runAfter(t, j, []files{b}, broken, broken, b), "fixed document.syntax platform")
	misnamed := b.moved(stores, one+"/store.yaml").with(files{stores: ""})
	misnamed[one+"/store.yaml"] = b[stores]
	hidden := b.edited(t, stores, bids, strings.Replace(bids, "true", "false", 1))
	if got := said(runAfter(t, j, []files{b}, misnamed, misnamed, hidden)); !slices.Contains(got, "scope sight stores/stores[bids]/important=false blocks") {
		t.Errorf("behind a file under another name: %q", got)
	}
}

// A stage that is written so that it might pass for another is read in one way or not
// at all, and text that merely looks otherwise is the same.
func TestTextsThatDeceive(t *testing.T) {
	j, b := judgeBy(t, "facts/rulebook"), described(t, "facts/platform")
	utf16 := func(text string) string {
		var out strings.Builder
		for _, r := range "\ufeff" + text {
			out.Write([]byte{byte(r), byte(r >> 8)})
		}
		return out.String()
	}
	with := func(old, now string) func(string) string {
		return func(text string) string { return strings.Replace(text, old, now, 1) }
	}
	for _, c := range []struct {
		name    string
		file    string
		rewrite func(string) string
		want    string // the one new finding; empty where nothing changes
	}{
		{"a quoted key twice", header, with("stage: operating", "stage: operating\n\"stage\": planning"), "document.duplicate_key"},
		{"an escaped key twice", header, with("stage: operating", "stage: operating\n\"st\\u0061ge\": planning"), "document.duplicate_key"},
		{"a next line", header, with("stage: operating\n", "stage: operating\u0085stage: planning\n"), "document.control_character"},
		{"a line separator", header, with("stage: operating\n", "stage: operating # \u2028stage: planning\n"), "document.control_character"},
		{"UTF-16", header, utf16, "document.not_utf8"},
		{"carriage returns", header, func(text string) string { return strings.ReplaceAll(text, "\n", "\r") }, "document.control_character"},
		{"a hexadecimal number", stores, with("copies: 3", "copies: 0x3"), "schema.type"},
		{"a fraction", stores, with("copies: 3", "copies: 3.0"), "schema.type"},
		{"a quoted number", stores, with("copies: 3", `copies: "3"`), "schema.type"},
		{"on", header, with("open: true", "open: on"), "schema.type"},
		{"off", header, with("open: true", "open: off"), "schema.type"},
		{"a byte order mark", header, func(text string) string { return "\ufeff" + text }, ""},
		{"braces", header, with("stage: operating\nmlps_level: 3", "\"stage\": \"operating\"\n\"mlps_level\": 3"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := c.rewrite(b[c.file])
			if text == b[c.file] {
				t.Fatal("nothing is rewritten")
			}
			var found []string
			for _, p := range change(t, j, b, b.with(files{c.file: text})) {
				for _, f := range p.New {
					if f.Check != c.want || !f.Blocking {
						t.Errorf("%s is found, blocking: %v", f.Check, f.Blocking)
					}
					found = append(found, f.Check)
				}
				if c.want == "" && len(p.Scope)+len(p.Blocks) > 0 {
					t.Errorf("%q", said([]compare.Platform{p}))
				}
			}
			if len(found) == 0 && c.want != "" {
				t.Errorf("nothing is found, want %s", c.want)
			}
		})
	}
}
