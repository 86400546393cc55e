package rulebook_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

const headerYAML = `{ name: { zh: 平台, en: Platform }, code: tiny, kind: office, stage: operating, mlps_level: %d, sensitivity: internal, site: east, hosted: true }`

const storesYAML = `
sets:
  - { name: files, keep: 60, copies: [{ site: east, medium: disk }, { site: west, medium: tape }], records: [{ id: run, date: 2026-11-01, evidence: e.md }] }
faults: []
drills: [{ id: spring, ok: true }]
channels: [ssh]
safes: [{ name: small, place: room 1, evidence: e.md }]
`

// judge judges one check on the stores as they stand, changed by an example's
// way of patching; an empty text leaves the topic out.
func judge(t *testing.T, book *rulebook.Rulebook, check string, level int, stores string) rulebook.Judgement {
	t.Helper()
	topics := map[string]*document.Value{"platform": parse(t, fmt.Sprintf(headerYAML, level))}
	if stores != "" {
		topics["stores"] = parse(t, stores)
	}
	frame, stated := book.Frame(topics, day(t, "2026-12-01"))
	if stated != level {
		t.Fatalf("level %d", stated)
	}
	j, err := book.Check(check).Judge(frame, stated)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// frameOn shows the stores on a day, at level 3.
func frameOn(t *testing.T, book *rulebook.Rulebook, stores, on string) (*rulebook.Frame, int) {
	t.Helper()
	return book.Frame(map[string]*document.Value{"platform": parse(t, fmt.Sprintf(headerYAML, 3)), "stores": parse(t, stores)}, day(t, on))
}

// told writes a judgement: each item's name, outcome, place and message.
func told(j rulebook.Judgement) string {
	if !j.Applies {
		return "does not apply"
	}
	var out []string
	for _, item := range j.Items {
		text := item.Name() + " " + string(item.Outcome)
		if item.Outcome == finding.Fail && item.Place != nil {
			text += " at " + item.Place.Pointer()
		}
		for i, absent := range item.Absent {
			text = strings.Split(text, " at ")[0]
			text += []string{" for ", " and "}[min(i, 1)] + absent.Path()
		}
		if !item.Message.Full.IsZero() {
			text += ": " + item.Message.Full.EN + " | " + item.Message.Full.ZH
		}
		out = append(out, strings.TrimSpace(text))
	}
	return strings.Join(out, "; ")
}

// What an outcome rests on is what the check reads of the item, and nothing
// that stands beside it.
func TestJudgeKnowsItsFacts(t *testing.T) {
	book := tiny(t).load(t)
	for _, c := range []struct{ check, stores, want string }{
		{"stores.kept", storesYAML, "files: set.keep=/sets/0/keep"},
		{"stores.fresh", storesYAML, "files: set.records=/sets/0/records"},
		{"stores.mended", storesYAML, ": stores.faults=/faults"},
		{"stores.channels", storesYAML, "ssh: channel=/channels/0"},
		{"stores.second-copy", storesYAML, "files/east: platform.site=/site set.copies=/sets/0/copies platform.mlps_level=/mlps_level; " +
			"files/west: platform.site=/site set.copies=/sets/0/copies platform.mlps_level=/mlps_level"},
	} {
		topics := map[string]*document.Value{"platform": parse(t, fmt.Sprintf(headerYAML, 3)), "stores": parse(t, c.stores)}
		frame, level := book.Frame(topics, day(t, "2026-12-01"))
		frame.Pin()
		j, err := book.Check(c.check).Judge(frame, level)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, item := range j.Items {
			text := item.Name() + ":"
			for _, fact := range item.Facts {
				text += " " + fact.Path + "=" + fact.Value.Pointer()
			}
			got = append(got, text)
		}
		slices.Sort(got)
		if told := strings.Join(got, "; "); told != c.want {
			t.Errorf("%s rests on %s, want %s", c.check, told, c.want)
		}
	}
	for _, item := range judge(t, book, "stores.kept", 3, storesYAML).Items {
		if item.Facts != nil {
			t.Error("facts that nobody asked for")
		}
	}
}

func TestJudge(t *testing.T) {
	book := tiny(t).load(t)
	with := func(old, text string) string {
		if strings.Count(storesYAML, old) != 1 {
			t.Fatalf("%q does not stand once", old)
		}
		return strings.Replace(storesYAML, old, text, 1)
	}
	second := "copies: [{ site: east, medium: disk }, { site: west, medium: tape }], "
	for _, c := range []struct {
		name, check string
		level       int
		stores      string
		want        string
	}{
		{"passes", "stores.kept", 3, storesYAML, "files pass"},
		{"fails at its place", "stores.kept", 3, with("keep: 60", "keep: 59"), "files fail at /sets/0/keep: set files is kept for 59 days only | 备份集 files 只留 59 天"},
		{"a lower level asks for less", "stores.kept", 2, with("keep: 60", "keep: 59"), "files pass"},
		{"topic absent", "stores.kept", 3, "", "fail for stores"},
		{"list absent", "stores.kept", 3, "drills: []", "fail for stores.sets"},
		{"field absent", "stores.kept", 3, with("keep: 60, ", ""), "files fail for stores.sets[0].keep"},
		{"list is empty where it may not", "stores.kept", 3, "sets: []", "fail for stores.sets"},
		{"adverse list is empty", "stores.mended", 3, storesYAML, "pass"},
		{"list that may be empty is", "stores.drilled", 3, with("[{ id: spring, ok: true }]", "[]"), "not_applicable"},
		{"some pass, some do not", "stores.drilled", 3, with("[{ id: spring, ok: true }]", "[{ id: spring, ok: true }, { id: fall, ok: false }]"),
			"spring pass; fall fail at /drills/1: drill fall failed | 演练 fall 失败"},
		{"two steps name both", "stores.second-copy", 3, storesYAML, "files/east pass; files/west pass"},
		{"inner list absent", "stores.second-copy", 3, with(second, ""), "files fail for stores.sets[0].copies"},
		{"inner list empty", "stores.second-copy", 3, with(second, "copies: [], "), "files fail for stores.sets[0].copies"},
		{"when does not hold", "stores.second-copy", 1, "sets: []", "does not apply"},
		{"texts are their own names", "stores.channels", 3, with("[ssh]", "[tls, ftp]"),
			"tls pass; ftp fail at /channels/1: channel ftp of tls, ftp is not safe | 通道 ftp 不安全，共 2 条"},
		{"absent text in a message", "stores.second-copy", 3, with(second, "copies: [{ site: east, medium: disk }], "),
			"files/east fail at /sets/0/copies/0: copy east (not stated) of set files has no other elsewhere | 备份集 files 的副本 east（未填写）没有异地副本"},
		{"at points at the nearest stated parent", "stores.fresh", 3, with("date: 2026-11-01", "date: 2025-11-01"),
			"files fail at /sets/0/records: set files was not backed up within 180 days | 备份集 files 在 180 天 内没有备份"},
		{"an adverse fact with its remedy absent", "stores.mended", 3, with("faults: []", "faults: [{ id: f1, found: 2026-10-01 }]"),
			"f1 fail at /faults/0: fault f1 is not mended | 故障 f1 未修复"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := told(judge(t, book, c.check, c.level, c.stores)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Where the header hides whether or how a check applies, it applies, at its
// strictest, and fails for that; other checks are judged.
func TestHeaderIsSilent(t *testing.T) {
	book := tiny(t).load(t)
	for _, c := range []struct{ check, header, want string }{
		{"stores.second-copy", "", "fail for platform"},
		{"stores.kept", "", "fail for platform"},
		{"stores.fresh", "{ site: east }", "fail for platform.mlps_level"},
		{"stores.drilled", "", "spring pass"},
		{"stores.drilled", "{ site: east }", "spring pass"},
		{"stores.second-copy", "{ mlps_level: 3 }", "files/east fail for platform.site; files/west fail for platform.site"},
	} {
		topics := map[string]*document.Value{"stores": parse(t, storesYAML)}
		if c.header != "" {
			topics["platform"] = parse(t, c.header)
		}
		frame, level := book.Frame(topics, day(t, "2026-12-01"))
		if (level == rulebook.NoLevel) != !strings.Contains(c.header, "level") {
			t.Errorf("%q: level %d", c.header, level)
		}
		j, err := book.Check(c.check).Judge(frame, level)
		if got := told(j); err != nil || got != c.want {
			t.Errorf("%s under %q: %s (%v), want %s", c.check, c.header, got, err, c.want)
		}
	}
}

// A judgement knows the days on which it may change.
func TestJudgementFlips(t *testing.T) {
	book := tiny(t).load(t)
	for _, c := range []struct{ check, stores, want string }{
		{"stores.fresh", storesYAML, "[2027-05-01]"},
		{"stores.fresh", strings.Replace(storesYAML, "2026-11-01", "2027-01-10", 1), "[2027-01-10]"},
		{"stores.fresh", strings.Replace(storesYAML, "2026-11-01", "2020-01-10", 1), "[]"},
		{"stores.mended", strings.Replace(storesYAML, "faults: []", "faults: [{ id: a, found: 2026-01-01, mended: 2027-03-04 }, { id: b, found: 2026-01-01, mended: 2026-12-01 }]", 1), "[2027-03-04]"},
		{"stores.kept", storesYAML, "[]"},
	} {
		if got := fmt.Sprint(judge(t, book, c.check, 3, c.stores).Flips); got != c.want {
			t.Errorf("%s: flips %s, want %s", c.check, got, c.want)
		}
	}
}

// What is sensitive is in no redacted message and no redacted name.
func TestJudgeMarksWhatIsSensitive(t *testing.T) {
	book := tiny(t).load(t)
	bad := strings.NewReplacer("[ssh]", "[ftp]", "{ name: small,", "{ name: big,", "{ site: west, medium: tape }", "{ site: east-2, medium: tape, address: hush-street }").Replace(storesYAML)
	for _, c := range []struct{ check, open, redacted, shown string }{
		{"stores.channels", "channel ftp of ftp is not safe", "channel [redacted] of [redacted] is not safe", "***"},
		{"stores.safes", "safe big at room 1", "safe [redacted] at [redacted]", "***"},
	} {
		item := judge(t, book, c.check, 3, bad).Items[0]
		if item.Message.Full.EN != c.open || item.Message.Redacted.EN != c.redacted {
			t.Errorf("%s: %q and %q", c.check, item.Message.Full.EN, item.Message.Redacted.EN)
		}
		if item.RedactedName() != c.shown || item.Name() == c.shown {
			t.Errorf("%s: %+v", c.check, item)
		}
	}
	j := judge(t, book, "stores.second-copy", 3, strings.Replace(bad, "site: east-2", "site: east", 1))
	for _, item := range j.Items {
		if strings.Contains(item.Message.Redacted.ZH+item.Message.Redacted.EN, "hush") || item.RedactedName() != item.Name() {
			t.Errorf("%+v", item)
		}
	}
}

// A description that makes a check too costly fails it; the next check starts
// with its own budget.
func TestJudgeTooCostly(t *testing.T) {
	book := tiny(t).edit(t, "checks/stores.yaml", "assert: drill.ok", "assert: stores.drills.all(a, stores.drills.all(b, a.ok == b.ok)) && drill.ok").load(t)
	var long strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&long, "{ id: d%d, ok: true }, ", i)
	}
	stores := strings.Replace(storesYAML, "{ id: spring, ok: true }", long.String(), 1)
	topics := map[string]*document.Value{"platform": parse(t, fmt.Sprintf(headerYAML, 3)), "stores": parse(t, stores)}
	frame, level := book.Frame(topics, day(t, "2026-12-01"))
	j, err := book.Check("stores.drilled").Judge(frame, level)
	if err != nil || !j.TooCostly || !j.Applies || len(j.Items) > 0 {
		t.Errorf("%+v, %v", j, err)
	}
	if next, err := book.Check("stores.kept").Judge(frame, level); err != nil || next.TooCostly || told(next) != "files pass" {
		t.Errorf("the next check: %s, %v", told(next), err)
	}
}
