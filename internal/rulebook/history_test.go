package rulebook_test

import (
	"fmt"
	"strings"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

const (
	checksFile = "checks/stores.yaml"
	faultsStep = "each: [{ fault: stores.faults }]"
)

// bounded is the tiny rulebook whose faults are judged as far back as the
// policy looks.
func bounded(t *testing.T) files {
	return tiny(t).edit(t, checksFile, faultsStep, "each: [{ fault: stores.faults, dated: fault.found, within: history }]").
		edit(t, "checks/policy.yaml", "minimum: 60", "minimum: 60\nhistory: P1Y")
}

func withFaults(list string) string {
	return strings.Replace(storesYAML, "faults: []", "faults: ["+list+"]", 1)
}

// What lies too far back is not judged; a list of which nothing is left counts
// as if it were stated to be empty. What is dated ahead stays in sight.
func TestHistoryHasAWindow(t *testing.T) {
	book := bounded(t).load(t)
	forEver := tiny(t).edit(t, checksFile, faultsStep, "each: [{ fault: stores.faults, dated: fault.found, within: history }]").load(t)
	open := bounded(t).edit(t, checksFile, "within: history }", "within: history, settled: fault.mended }").load(t)
	own := tiny(t).edit(t, checksFile, faultsStep, "each: [{ fault: stores.faults, dated: fault.found, within: P30D }]").load(t)
	for _, c := range []struct {
		name   string
		book   *rulebook.Rulebook
		faults string
		want   string
	}{
		{"in the window", book, "{ id: a, found: 2025-12-01 }", "a fail at /faults/0: fault a is not mended | 故障 a 未修复 [2026-12-02]"},
		{"a day too old", book, "{ id: a, found: 2025-11-30 }", "pass []"},
		{"one of two", book, "{ id: a, found: 2024-01-01 }, { id: b, found: 2026-11-01, mended: 2026-11-02 }", "b pass [2027-11-02]"},
		{"without a window in the policy", forEver, "{ id: a, found: 2015-01-01, mended: 2015-01-02 }", "a pass []"},
		{"the check's own window", own, "{ id: a, found: 2026-10-01 }, { id: b, found: 2026-11-20, mended: 2026-11-20 }", "b pass [2026-12-21]"},
		{"dated ahead, as a term may be", book, "{ id: a, found: 2027-02-01, mended: 2026-01-01 }", "a pass [2027-02-01]"},
		{"old and open", open, "{ id: a, found: 2015-01-01 }", "a fail at /faults/0: fault a is not mended | 故障 a 未修复 []"},
		{"old and settled", open, "{ id: a, found: 2015-01-01, mended: 2015-01-02 }", "pass []"},
		{"old, to be settled tomorrow", open, "{ id: a, found: 2015-01-01, mended: 2026-12-02 }", "a fail at /faults/0: fault a is not mended | 故障 a 未修复 [2026-12-02] future /faults/0/mended"},
		{"without its date", book, "{ id: a, mended: 2015-01-02 }", "a pass []"},
		{"nothing happened", book, "", "pass []"},
	} {
		j := judge(t, c.book, "stores.mended", 3, withFaults(c.faults))
		got := fmt.Sprint(told(j), " ", j.Flips)
		for _, at := range j.Future {
			got += " future " + at.Pointer()
		}
		if got != c.want {
			t.Errorf("%s: got  %s\nwant %s", c.name, got, c.want)
		}
	}
}

// A list that has to say something has to say something recent, and one that
// may honestly be empty may be so by now.
func TestEmptiedByTheWindow(t *testing.T) {
	records := tiny(t).edit(t, checksFile, "each: [{ set: stores.sets }]\n    assert: set.records.exists(r, recent(r.date, limits.max_age))",
		"each: [{ set: stores.sets }, { run: set.records, dated: run.date, within: P2Y }]\n    assert: recent(run.date, limits.max_age)").load(t)
	old := strings.Replace(storesYAML, "date: 2026-11-01", "date: 2020-11-01", 1)
	want := "files fail at /sets/0/records: nothing recent is on record: there is nothing to examine | 近来没有记录，没有可核的内容"
	if got := told(judge(t, records, "stores.fresh", 3, old)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	filtered := tiny(t).edit(t, checksFile, faultsStep, `each: [{ fault: 'stores.faults.filter(f, f.id != "x")', dated: fault.found, within: P1Y }]`).load(t)
	for faults, want := range map[string]string{"{ id: a, found: 2020-01-01 }": "pass", "{ id: x, found: 2026-11-01 }": "not_applicable", "{ id: x, found: 2026-11-01 }, { id: a, found: 2020-01-01 }": "pass"} {
		if got := told(judge(t, filtered, "stores.mended", 3, withFaults(faults))); got != want {
			t.Errorf("%s: %s, want %s", faults, got, want)
		}
	}
}

// What can no longer be made good is rectified, once that has happened and not
// before the thing itself; only history can be, and silence never is.
func TestRectified(t *testing.T) {
	book, plain := bounded(t).load(t), tiny(t).load(t)
	const late = "id: a, found: 2026-05-01, mended: 2027-05-01"
	for _, c := range []struct {
		name    string
		book    *rulebook.Rulebook
		faults  string
		outcome finding.Outcome
		flips   string
	}{
		{"failed", book, "{ " + late + " }", finding.Fail, "[2027-05-01 2027-05-02]"},
		{"rectified", book, "{ " + late + ", rectified: { date: 2026-06-01, evidence: e.md } }", finding.Rectified, "[2027-05-01 2027-05-02]"},
		{"to be rectified", book, "{ " + late + ", rectified: { date: 2027-01-01, evidence: e.md } }", finding.Fail, "[2027-01-01 2027-05-01 2027-05-02]"},
		{"rectified before it happened", book, "{ " + late + ", rectified: { date: 2026-04-01, evidence: e.md } }", finding.Fail, "[2027-05-01 2027-05-02]"},
		{"rectified without evidence", book, "{ " + late + ", rectified: { date: 2026-06-01 } }", finding.Fail, "[2027-05-01 2027-05-02]"},
		{"rectified with evidence that is none", book, "{ " + late + ", rectified: { date: 2026-06-01, evidence: ' ' } }", finding.Fail, "[2027-05-01 2027-05-02]"},
		{"silent", book, "{ id: a, found: 2026-05-01, rectified: { date: 2026-06-01, evidence: e.md } }", finding.Fail, "[2027-05-02]"},
		{"good anyway", book, "{ id: a, found: 2026-05-01, mended: 2026-05-02, rectified: { date: 2026-06-01, evidence: e.md } }", finding.Pass, "[2027-05-02]"},
		{"no history", plain, "{ " + late + ", rectified: { date: 2026-06-01, evidence: e.md } }", finding.Fail, "[2027-05-01]"},
	} {
		j := judge(t, c.book, "stores.mended", 3, withFaults(c.faults))
		if len(j.Items) != 1 || j.Items[0].Outcome != c.outcome || fmt.Sprint(j.Flips) != c.flips || c.outcome == finding.Rectified && !j.Items[0].Message.Full.IsZero() {
			t.Errorf("%s: %s, flips %s", c.name, told(j), j.Flips)
		}
	}
}

// What an outer step says was rectified is, for all that is examined of it.
func TestOuterStepIsRectified(t *testing.T) {
	book := tiny(t).edit(t, checksFile, faultsStep, `each: [{ fault: stores.faults, dated: fault.found }, { part: '["a", "b"]' }]`).load(t)
	j := judge(t, book, "stores.mended", 3, withFaults("{ id: a, found: 2026-05-01, mended: 2027-05-01, rectified: { date: 2026-06-01, evidence: e.md } }"))
	if len(j.Items) != 2 || j.Items[0].Outcome != finding.Rectified || j.Items[1].Outcome != finding.Rectified {
		t.Error(told(j))
	}
}

// Between flips a judgement of history does not change.
func TestHistoryFlipsAreExact(t *testing.T) {
	book := bounded(t).load(t)
	stores := withFaults("{ id: a, found: 2026-11-25, mended: 2026-12-03 }, { id: b, found: 2026-12-04, mended: 2026-12-04 }, { id: c, found: 2025-12-05, mended: 2026-12-10, rectified: { date: 2026-12-02, evidence: e.md } }")
	on := func(text string) (string, []string) {
		frame, level := frameOn(t, book, stores, text)
		j, err := book.Check("stores.mended").Judge(frame, level)
		if err != nil {
			t.Fatal(err)
		}
		var flips []string
		for _, flip := range j.Flips {
			flips = append(flips, flip.String())
		}
		return fmt.Sprint(told(j), len(j.Future)), flips
	}
	changes := 0
	answer, flips := on("2026-12-01")
	for d := 2; d <= 20; d++ {
		today := fmt.Sprintf("2026-12-%02d", d)
		next, following := on(today)
		if next != answer {
			changes++
			if len(flips) == 0 || flips[0] != today {
				t.Errorf("it changes on %s, foretold for %v: %s, then %s", today, flips, answer, next)
			}
		}
		answer, flips = next, following
	}
	if changes != 4 {
		t.Errorf("%d changes", changes)
	}
}

// A check asks for the newest record as any other condition, and the loader
// says at the place what would let an older success hide a failure.
func TestChecksAskTheNewest(t *testing.T) {
	const old = "assert: set.records.exists(r, recent(r.date, limits.max_age))"
	migrated := tiny(t).edit(t, checksFile, old, "assert: set.records.newest(r, r.date, true, recent(r.date, limits.max_age) && r.ok)").
		edit(t, checksFile, "date: 2026-01-01 }, at: /stores/sets/0/records }", "date: 2026-01-01 }, at: /stores/sets/0/records/0 }").
		edit(t, rulebook.BaselineDir+"/stores.yaml", "records: [{ id: run, date: 2026-11-01, evidence: evidence/run.md }]", "records: [{ id: run, date: 2026-11-01, ok: true, evidence: evidence/run.md }]").load(t)
	if ran, defects := migrated.Test(); ran == 0 || len(defects) > 0 {
		t.Errorf("%d examples: %v", ran, defects)
	}
	records := func(list string) string {
		return strings.Replace(storesYAML, "records: [{ id: run, date: 2026-11-01, evidence: e.md }]", "records: ["+list+"]", 1)
	}
	for list, want := range map[string]string{
		"{ id: a, date: 2026-10-01, ok: true }":                                         "files pass [2027-03-31]",
		"{ id: a, date: 2026-10-01, ok: true }, { id: b, date: 2026-11-01, ok: false }": "files fail [2027-05-01]",
		"{ id: a, date: 2026-10-01, ok: false }, { id: b, date: 2026-11-01, ok: true }": "files pass [2027-05-01]",
		"{ id: a, date: 2026-10-01, ok: false }, { id: b, date: 2026-12-24, ok: true }": "files fail [2026-12-24] 2026-12-24",
	} {
		j := judge(t, migrated, "stores.fresh", 3, records(list))
		got := fmt.Sprint("files ", j.Items[0].Outcome, " ", j.Flips)
		for _, at := range j.Future {
			got += " " + at.Text
		}
		if len(j.Items) != 1 || got != want {
			t.Errorf("%s: %s, want %s", list, got, want)
		}
	}
	for list, want := range map[string]string{
		"{ id: a, date: 2026-10-01, ok: true }, { id: b, date: 2026-11-01, ok: false }": "files fail at /sets/0/records/1: set files was not backed up within 180 days (the newest is of 2026-11-01) | 备份集 files 在 180 天 内没有备份（最近一次是 2026-11-01）",
		"{ id: a, date: 2027-01-01, ok: true }":                                         "files fail for stores.sets[0].records[0].date",
	} {
		if got := told(judge(t, migrated, "stores.fresh", 3, records(list))); got != want {
			t.Errorf("%s: %s, want %s", list, got, want)
		}
	}
	for _, c := range []struct{ text, at, zh, en string }{
		{"assert: set.records.exists(r, recent(r.date, limits.max_age) && r.ok)", ".ok", "请写 记录.newest(", "write records.newest("},
		{"assert: '!set.records.newest(r, r.date, true, r.ok) && limits.max_age > period(\"P1D\")'", "(r, r.date", "不得用在取反", "must not stand under a negation"},
		{"assert: set.records.newest(r, r.date, recent(r.date, limits.max_age), r.ok)", "(r.date, limits", "不得看日子", "must not depend on the day"},
	} {
		f := tiny(t).edit(t, checksFile, old, c.text)
		defects := f.defects(t)
		content := string(f[checksFile].Data)
		before := content[:strings.Index(content, c.text)+strings.Index(c.text, c.at)]
		line, column := strings.Count(before, "\n")+1, len([]rune(before[strings.LastIndexByte(before, '\n')+1:]))+1
		if d := defects[0]; len(defects) != 1 || d.Line != line || d.Column != column || !strings.Contains(d.Message.ZH, c.zh) || !strings.Contains(d.Message.EN, c.en) {
			t.Errorf("%s: want line %d, column %d: %v", c.text, line, column, defects)
		}
	}
}

// A range that could not be measured is refused where it is written.
func TestRangeDefects(t *testing.T) {
	for step, want := range map[string]string{
		"{ fault: stores.faults, dated: fault.found, within: soon }":                        `within wants history, for what the policy says, or a duration such as P2Y, not "soon"`,
		"{ fault: stores.faults, within: P1Y }":                                             "within wants dated beside it: the date of an item, such as fault.date",
		"{ fault: stores.faults, dated: fault.id }":                                         "dated wants a date of the item, such as fault.date",
		"{ fault: stores.faults, dated: platform.code }":                                    "dated wants a date of the item, such as fault.date",
		"{ fault: stores.faults, dated: fault.nope }":                                       `stores.faults has no field "nope"; it has id, found, mended, rectified`,
		"{ fault: stores.faults, dated: fault.found, settled: fault.mended }":               "settled wants within beside it",
		"{ fault: stores.faults, dated: fault.found, within: P1Y, settled: fault.id }":      "settled wants a fact that an item may leave out, such as fault.closed",
		"{ fault: stores.faults, dated: fault.found, within: P1Y, settled: platform.code }": "settled wants a fact that an item may leave out, such as fault.closed",
		"{ fault: stores.faults, more: stores.sets }":                                       "a step of each wants one name with its list",
		"{ dated: fault.found, within: P1Y }":                                               "a step of each wants one name with its list",
	} {
		defects := tiny(t).edit(t, checksFile, faultsStep, "each: ["+step+"]").defects(t)
		if len(defects) != 1 || !strings.Contains(defects[0].Message.EN, want) || defects[0].Path != checksFile || defects[0].Line < 60 {
			t.Errorf("%s: %v, want %s", step, defects, want)
		}
	}
}
