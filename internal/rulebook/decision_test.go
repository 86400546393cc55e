package rulebook_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

// decided is an overlay with decisions, each as it stands in YAML without who,
// when and why.
func decided(decisions ...string) string {
	out := "title: { zh: 本市, en: Local }\nnote: { zh: 本市决定, en: Local decisions }\ndecisions:\n"
	for _, d := range decisions {
		out += "  - " + strings.ReplaceAll(d, "; ", "\n    ") + "\n    decided_by: 市数据局主管岗\n    on: 2026-10-08\n" +
			"    source: { zh: 云数〔2026〕18号, en: No. 18 }\n    reason: { zh: 够用, en: it is enough }\n"
	}
	return out
}

// lawful is the tiny rulebook in which stores.fresh and its limit of level 3 rest
// on a standard.
func lawful(t *testing.T) files {
	f := tiny(t)
	return f.edit(t, "checks/stores.yaml", "level3: { value: P180D, basis: { kind: default, source: { zh: 默认, en: default }, confidence: unverified } }",
		"level3: { value: P180D, basis: { source: std/9 } }")
}

// A source in both languages may be an article too: what is said is what is wrong with
// the form that was chosen, where it is.
func TestDecisionOnAHollowSource(t *testing.T) {
	content := strings.Replace(decided("effect: confirm; check: stores.fresh"), "云数〔2026〕18号", "待定", 1)
	d := tiny(t).with("checks/overlays/city.yaml", content).defects(t, "city")
	if len(d) != 1 || d[0].Line != 8 || d[0].Column != 19 {
		t.Fatalf("one hollow word is %v", d)
	}
	for _, want := range []string{`"待定" 指不到任何东西`, "写这里要填的：checks/sources.yaml 的条文，或决定所依据的文件及文号"} {
		if !strings.Contains(d[0].Message.ZH, want) {
			t.Errorf("%q does not say %q", d[0].Message.ZH, want)
		}
	}
}

func TestDecisionsReplaceLimits(t *testing.T) {
	for _, c := range []struct{ name, decision, limit, want, bases string }{
		{"looser", "effect: replace; check: stores.fresh; limit: max_age; levels: { default: P2Y }", "max_age", "P2Y P2Y P180D P180D P180D", "local local standard standard standard"},
		{"stricter", "effect: replace; check: stores.fresh; limit: max_age; levels: { default: P200D }", "max_age", "P200D P200D P180D P180D P180D", "local local standard standard standard"},
		{"several levels", "effect: replace; check: stores.kept; limit: min_days; levels: { default: 7, level3: 14, level4: 30 }", "min_days", "7 7 14 30 30", "local local local local local"},
		{"a level of its own", "effect: replace; check: stores.kept; limit: min_days; levels: { level2: 45 }", "min_days", "30 45 60 60 60", "default local default default default"},
		{"a standard's limit, tightened", "effect: replace; check: stores.fresh; limit: max_age; levels: { level3: P90D }", "max_age", "P1Y P1Y P90D P90D P90D", "default default local local local"},
	} {
		book := lawful(t).with("checks/overlays/city.yaml", decided(c.decision)).load(t, "city")
		check := book.Check(strings.Fields(c.decision)[3][:len(strings.Fields(c.decision)[3])-1])
		if got := limits(check, c.limit); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		var bases []string
		for level := 1; level <= rulebook.MaxLevel; level++ {
			bases = append(bases, check.Limits[0].At(level).Basis.Kind)
		}
		if got := strings.Join(bases, " "); got != c.bases {
			t.Errorf("%s: rests on %s, want %s", c.name, got, c.bases)
		}
		if _, defects := book.Test(); len(defects) > 0 {
			t.Errorf("%s: the base's own examples fail: %v", c.name, defects)
		}
		if !slices.Contains(book.Checks, check) || check.Overlay != "" || len(check.Decisions) != 1 {
			t.Errorf("%s: the check that is found is not the one that runs: %+v", c.name, check)
		}
	}
}

func TestDecisionsTellWhatTheyChange(t *testing.T) {
	book := lawful(t).with("checks/overlays/city.yaml", decided(
		"effect: replace; check: stores.fresh; limit: max_age; levels: { default: P2Y }",
		"effect: replace; check: stores.fresh; severity: { default: minor }",
		"effect: confirm; check: stores.kept", "effect: confirm; check: stores.kept; limit: min_days",
		"effect: drop; check: stores.safes",
	)).load(t, "city")
	var got []string
	for _, check := range book.Checks {
		for _, d := range check.Decisions {
			before, after := d.Demand(2)
			got = append(got, fmt.Sprintf("%s %s %s: %s, %s; at 3 %v, by %s on %s for %s, %s", d.Effect, check.ID, d.Subject().EN, before.EN, after.EN, d.Concerns(3), d.By, d.On, d.Reason.EN, d.Basis.Source.EN))
		}
	}
	rest := ", by 市数据局主管岗 on 2026-10-08 for it is enough, No. 18"
	want := []string{
		"confirm stores.kept check: minor, minor; at 3 true" + rest, "confirm stores.kept limit min_days: 30, 30; at 3 true" + rest,
		"replace stores.fresh limit max_age: 1 year, 2 years; at 3 false" + rest, "replace stores.fresh severity: major, minor; at 3 true" + rest,
		"drop stores.safes check: minor, dropped; at 3 true" + rest,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	fresh, kept, safes := book.Check("stores.fresh"), book.Check("stores.kept"), book.Check("stores.safes")
	if fresh.Severity.At(3) != finding.Minor || fresh.Before().Severity.At(3) != finding.Major || fresh.Drop() != nil || safes.Drop() == nil {
		t.Error("a decision has no effect, or changes the base")
	}
	if b := kept.Basis.At(1); b.Kind != "local" || b.Confidence != "read" || kept.Limits[0].At(5).Basis.Kind != "local" || fresh.Basis.At(1).Kind != "local" {
		t.Errorf("confirmed, it rests on %+v", b)
	}
}

func TestDecisionsAreRefused(t *testing.T) {
	for _, c := range []struct{ name, decision, at, en, zh string }{
		{"looser than a standard", "effect: replace; check: stores.fresh; limit: max_age; levels: { level3: P200D }", "P200D",
			`at level 3 the limit P180D rests on "GB/T 22239-2019 9" and can only be tightened: P200D is looser`, "只能收紧"},
		{"a level that reaches into a standard's", "effect: replace; check: stores.fresh; limit: max_age; levels: { default: P2Y, level4: P1Y }", "P1Y",
			`at level 4 the limit P180D rests on "GB/T 22239-2019 9"`, "等保 4 级"},
		{"looser at a higher level", "effect: replace; check: stores.fresh; limit: max_age; levels: { default: P30D }", "levels", "max_age: P180D at level 3 is looser than P30D below it", "比低一级的"},
		{"the same", "effect: replace; check: stores.kept; limit: min_days; levels: { default: 30 }", "levels", "the limit min_days is what it was: confirm it", "用 confirm 确认"},
		{"another kind", "effect: replace; check: stores.kept; limit: min_days; levels: { default: P30D }", "P30D", "the limit P30D must be of the kind of 30", "应与 30 同类"},
		{"a standard's severity lowered", "effect: replace; check: stores.second-copy; severity: { level3: minor }", "severity",
			`at level 3 check stores.second-copy rests on "GB/T 22239-2019 8" and cannot fall from blocker to minor`, "不能由“一票否决”降为“一般”"},
		{"a veto of the city's own", "effect: replace; check: stores.fresh; severity: { default: blocker }", "severity", "a basis of default/unverified bears no blocker", "撑不起一票否决"},
		{"the same severity", "effect: replace; check: stores.fresh; severity: { default: major }", "severity", "the severity is what it was: confirm it", "用 confirm 确认"},
		{"a standard's check dropped", "effect: drop; check: stores.second-copy", "effect", `check stores.second-copy rests on "GB/T 22239-2019 8" and cannot be dropped`, "不能不采用"},
		{"a check with a standard's limit dropped", "effect: drop; check: stores.fresh", "effect", `check stores.fresh rests on "GB/T 22239-2019 9"`, "不能不采用"},
		{"a standard's check confirmed", "effect: confirm; check: stores.second-copy", "check", "there is nothing to confirm", "不必确认"},
		{"no limit", "effect: replace; check: stores.kept; limit: min_age; levels: { default: 3 }", "limit", `check stores.kept has no limit "min_age"`, "没有限值"},
		{"no check", "effect: confirm; check: stores.gone", "check", `there is no check "stores.gone"`, "没有检查项"},
		{"no values", "effect: replace; check: stores.kept; limit: min_days", "effect", "to replace a limit, state limit and levels", "limit 和 levels"},
		{"nothing", "effect: replace; check: stores.kept", "effect", "replace states a severity, or a limit and its levels", "replace 要写"},
		{"two things", "effect: replace; check: stores.kept; limit: min_days; levels: { default: 7 }; severity: { default: major }", "severity", "one decision replaces one thing", "只改一样"},
		{"values confirmed", "effect: confirm; check: stores.kept; limit: min_days; levels: { default: 7 }", "levels", "only replace states levels", "只有 replace"},
		{"a severity dropped", "effect: drop; check: stores.kept; severity: { default: major }", "severity", "only replace states a severity", "只有 replace"},
		{"a limit dropped", "effect: drop; check: stores.kept; limit: min_days", "limit", "a limit alone cannot be dropped", "限值不能单独不采用"},
		{"an unknown effect", "effect: loosen; check: stores.kept", "effect", `"loosen" is none of the allowed values`, "不在允许的值之内"},
	} {
		t.Run(c.name, func(t *testing.T) {
			content := decided(c.decision)
			defects := lawful(t).with("checks/overlays/city.yaml", content).defects(t, "city")
			if len(defects) != 1 {
				t.Fatalf("%d defects: %v", len(defects), defects)
			}
			d := defects[0]
			if d.Path != "checks/overlays/city.yaml" || !strings.Contains(d.Message.EN, c.en) || !strings.Contains(d.Message.ZH, c.zh) {
				t.Errorf("%s: %s | %s", d.Path, d.Message.EN, d.Message.ZH)
			}
			if line := strings.Split(content, "\n")[d.Line-1]; !strings.Contains(line, c.at) {
				t.Errorf("%d is %q, want %q", d.Line, line, c.at)
			}
		})
	}
	for _, key := range []string{"decided_by", "on", "source", "reason"} {
		content := strings.Replace(decided("effect: confirm; check: stores.kept"), "    "+key+":", "    # "+key+":", 1)
		if d := lawful(t).with("checks/overlays/city.yaml", content).defects(t, "city"); !strings.Contains(d.Error(), `"`+key+`" is missing`) {
			t.Errorf("without %s: %v", key, d)
		}
	}
}

// Two decisions about the same thing, in one overlay or two, leave open which one
// holds; what is dropped has nothing left to decide.
func TestDecisionsConflict(t *testing.T) {
	replace, confirm := "effect: replace; check: stores.kept; limit: min_days; levels: { default: 7 }", "effect: confirm; check: stores.kept; limit: min_days"
	for _, c := range [][2]string{
		{replace, replace}, {replace, confirm}, {confirm, replace}, {"effect: confirm; check: stores.kept", "effect: confirm; check: stores.kept"},
		{"effect: replace; check: stores.kept; severity: { default: major }", "effect: confirm; check: stores.kept"},
		{"effect: drop; check: stores.kept", replace}, {confirm, "effect: drop; check: stores.kept"}, {"effect: drop; check: stores.kept", "effect: confirm; check: stores.kept"},
	} {
		two := tiny(t).with("checks/overlays/a.yaml", decided(c[0])).with("checks/overlays/b.yaml", decided(c[1]))
		d := two.defects(t, "a", "b")
		if len(d) != 1 || d[0].Path != "checks/overlays/b.yaml" || !strings.Contains(d[0].Message.EN, "stores.kept is decided already on line 5 of checks/overlays/a.yaml") {
			t.Errorf("%v: %v", c, d)
		}
		two.load(t, "a")
		two.load(t, "b")
		if d := tiny(t).with("checks/overlays/a.yaml", decided(c[0], c[1])).defects(t, "a"); len(d) != 1 {
			t.Errorf("in one overlay: %v", d)
		}
	}
	// A check and each of its limits are different things; another severity confirms
	// the check.
	book := tiny(t).with("checks/overlays/a.yaml", decided("effect: replace; check: stores.kept; severity: { default: major }", confirm)).load(t, "a")
	if kept := book.Check("stores.kept"); kept.Basis.At(1).Ours() || kept.Limits[0].At(1).Basis.Ours() || kept.Severity.At(1) != finding.Major {
		t.Errorf("still ours: %+v", kept)
	}
	// A local rule tightens what another overlay has decided, but nothing dropped.
	f := tiny(t).with("checks/overlays/b.yaml", overlay("stores.kept", "min_days", "default=40"))
	if got := limits(f.with("checks/overlays/a.yaml", decided(replace)).load(t, "a", "b").Check("stores.kept"), "min_days"); got != "40 40 60 60 60" {
		t.Errorf("tightened after a decision: %s", got)
	}
	if d := f.with("checks/overlays/c.yaml", decided("effect: drop; check: stores.kept")).defects(t, "b", "c"); len(d) != 1 || !strings.Contains(d[0].Message.EN, "check stores.kept is dropped on line 5 of checks/overlays/c.yaml") {
		t.Errorf("tightened, though dropped: %v", d)
	}
}

// No clause with points loses its last check that counts, at any level.
func TestDecisionsKeepClauses(t *testing.T) {
	for _, c := range []struct {
		decisions []string
		want      string
	}{
		{[]string{"effect: drop; check: platform.hosted"}, "this leaves clause 1.2 without a check that counts at level 1: keep at least one"},
		{[]string{"effect: replace; check: platform.hosted; severity: { default: advisory }"}, "clause 1.2"},
		{[]string{"effect: replace; check: platform.hosted; severity: { level2: advisory, level3: minor }"}, "clause 1.2 without a check that counts at level 2"},
		{[]string{"effect: drop; check: stores.mended", "effect: drop; check: stores.drilled", "effect: drop; check: stores.channels", "effect: drop; check: stores.safes"}, "clause 2.2"},
		{[]string{"effect: drop; check: stores.mended", "effect: drop; check: stores.drilled", "effect: drop; check: stores.channels"}, ""},
	} {
		f := tiny(t).with("checks/overlays/city.yaml", decided(c.decisions...))
		if c.want == "" {
			f.load(t, "city")
			continue
		}
		d := f.defects(t, "city")
		if len(d) != 1 || d[0].Path != "checks/overlays/city.yaml" || !strings.Contains(d[0].Message.EN, c.want) {
			t.Errorf("%v: %v", c.decisions, d)
		}
	}
	// A check that the overlay adds may take the place of one that it drops.
	added := strings.Replace(addedCheck("platform.labelled", ""), `clauses: ["2.2"]`, `clauses: ["1.2"]`, 1)
	f := tiny(t).with("checks/overlays/city.yaml", added+decided("effect: drop; check: platform.hosted")[len("title: { zh: 本市, en: Local }\nnote: { zh: 本市决定, en: Local decisions }\n"):])
	f.load(t, "city")
	// What remains must count under a profile in use as well.
	small := essential(t, "{ default: essential }").marked(t, "platform", "platform.hosted").marked(t, "stores", "stores.mended").
		with("checks/overlays/city.yaml", decided("effect: drop; check: stores.mended"))
	if d := small.defects(t, "city"); len(d) != 1 || d[0].Path != "checks/policy.yaml" || !strings.Contains(d[0].Message.EN, "clause 2.2") {
		t.Errorf("under a profile: %v", d)
	}
}

// A decision may rest on an article of the sources, which then lends its weight.
func TestDecisionRestsOnAnArticle(t *testing.T) {
	sources := `  - id: city-rules
    kind: local
    title: { zh: 云州市办法, en: Yunzhou rules }
    cite: { zh: 云州市办法, en: Yunzhou rules }
    issuer: 云州市政府
    in_force: { from: 2026-01-01 }
    articles: [{ id: "5", number: { zh: 第5条, en: Article 5 }, duty: { zh: 保留一周, en: kept for a week }, confidence: read }]
  - id: ended
    kind: local
    title: { zh: 旧办法, en: old rules }
    cite: { zh: 旧办法, en: old rules }
    issuer: 云州市政府
    in_force: { from: 2020-01-01, to: 2026-06-30 }
    articles: [{ id: "1", number: { zh: 第1条, en: Article 1 }, duty: { zh: 保留一周, en: kept for a week }, confidence: read }]
  - id: high
    kind: standard
    title: { zh: 高级别标准, en: standard for high levels }
    cite: { zh: 标准, en: standard }
    issuer: 标准机构
    in_force: { from: 2020-01-01 }
    articles: [{ id: "1", number: { zh: 第1条, en: Article 1 }, duty: { zh: 保留一周, en: kept for a week }, levels: [3, 4, 5], confidence: read }]
  - id: practice
    kind: assessor
    title: { zh: 惯例, en: practice }
    cite: { zh: 惯例, en: practice }
    issuer: 评估机构
    in_force: { from: 2026-01-01 }
    articles: [{ id: "1", number: { zh: 第1条, en: Article 1 }, duty: { zh: 保留一周, en: kept for a week }, confidence: read }]
`
	f := tiny(t)
	on := func(source string) files {
		return f.with("checks/sources.yaml", string(f["checks/sources.yaml"].Data)+sources).with("checks/overlays/city.yaml",
			strings.Replace(decided("effect: confirm; check: stores.kept"), "{ zh: 云数〔2026〕18号, en: No. 18 }", source, 1))
	}
	if b := on("city-rules/5").load(t, "city").Check("stores.kept").Basis.At(1); b.Kind != "local" || b.Source.EN != "Yunzhou rules Article 5" {
		t.Errorf("%+v", b)
	}
	for source, want := range map[string]string{"city-rules/6": `there is no article "city-rules/6"`, "practice/1": "assessors' practice bears no decision",
		"ended/1": "article ended/1 was in force only until 2026-06-30", "high/1": "article high/1 does not bind level 1, 2"} {
		if d := on(source).defects(t, "city"); len(d) != 1 || !strings.Contains(d[0].Message.EN, want) {
			t.Errorf("%s: %v", source, d)
		}
	}
}
