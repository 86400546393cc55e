package rulebook_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

const localBasis = "basis: { kind: local, source: 云州市办法, confidence: read }"

// overlay writes an overlay that states one limit: its levels as they stand in
// YAML, without their basis.
func overlay(check, limit string, levels ...string) string {
	var out strings.Builder
	fmt.Fprintf(&out, "title: { zh: 本市, en: Local }\nnote: { zh: 本市规定, en: Local rules }\nlimits:\n  - check: %s\n    limit: %s\n    levels:\n", check, limit)
	for _, level := range levels {
		key, value, _ := strings.Cut(level, "=")
		fmt.Fprintf(&out, "      %s: { value: %s, %s }\n", key, value, localBasis)
	}
	return out.String()
}

// limits writes a check's limit at every level.
func limits(check *rulebook.Check, name string) string {
	i := slices.IndexFunc(check.Limits, func(l rulebook.LimitRule) bool { return l.Name == name })
	var out []string
	for level := 1; level <= rulebook.MaxLevel; level++ {
		out = append(out, check.Limits[i].At(level).Value)
	}
	return strings.Join(out, " ")
}

func TestOverlayTightens(t *testing.T) {
	base := tiny(t)
	for _, c := range []struct{ name, limit, want string }{
		{"no overlay", "", "P1Y P1Y P180D P180D P180D"},
		{"default only, level keeps the stricter", overlay("stores.fresh", "max_age", "default=P200D"), "P200D P200D P180D P180D P180D"},
		{"default reaches the stated level", overlay("stores.fresh", "max_age", "default=P100D"), "P100D P100D P100D P100D P100D"},
		{"one level", overlay("stores.fresh", "max_age", "default=P1Y", "level3=P90D"), "P1Y P1Y P90D P90D P90D"},
		{"a level that the base does not state", overlay("stores.fresh", "max_age", "default=P1Y", "level2=P300D"), "P1Y P300D P180D P180D P180D"},
		{"a level above", overlay("stores.fresh", "max_age", "default=P1Y", "level4=P30D"), "P1Y P1Y P180D P30D P30D"},
		{"equal lengths in other words", overlay("stores.fresh", "max_age", "default=P12M", "level3=P90D"), "P1Y P1Y P90D P90D P90D"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := base
			var names []string
			if c.limit != "" {
				f, names = f.with("checks/overlays/city.yaml", c.limit), []string{"city"}
			}
			book := f.load(t, names...)
			check := book.Check("stores.fresh")
			if got := limits(check, "max_age"); got != c.want {
				t.Errorf("limits %s, want %s", got, c.want)
			}
			if want := strings.Join(names, ""); check.Overlay != want {
				t.Errorf("tightened by %q, want %q", check.Overlay, want)
			}
			if !slices.Contains(book.Checks, check) {
				t.Error("the check that is found is not the one that runs")
			}
			if ran, defects := book.Test(); len(defects) > 0 || ran == 0 {
				t.Errorf("the base's own examples fail: %v", defects)
			}
		})
	}
	book := base.with("checks/overlays/city.yaml", overlay("stores.kept", "min_days", "default=30", "level2=45", "level5=90")).load(t, "city")
	if got, want := limits(book.Check("stores.kept"), "min_days"), "30 45 60 60 90"; got != want {
		t.Errorf("a min_ is tightened to %s, want %s", got, want)
	}
	check := book.Check("stores.kept")
	if got := check.Limits[0].At(5).Basis.Kind + " " + check.Limits[0].At(4).Basis.Kind; got != "local default" {
		t.Errorf("bases %s: each value must keep its own", got)
	}
}

func TestOverlayIsRefused(t *testing.T) {
	base := tiny(t)
	for _, c := range []struct{ name, content, at, en, zh string }{
		{"looser default", overlay("stores.fresh", "max_age", "default=P2Y"), "P2Y", "an overlay may only tighten: P2Y is looser than P1Y", "叠加只能收紧"},
		{"looser level", overlay("stores.fresh", "max_age", "default=P30D", "level3=P181D"), "P181D", "P181D is looser than P180D", "P181D 比原来的 P180D 宽"},
		{"looser minimum", overlay("stores.kept", "min_days", "default=29"), "29", "29 is looser than 30; it rests on nothing but a default or practice: loosen it under decisions", "29 比原来的 30 宽；它只有默认值或评估惯例可依，要放宽写在 decisions 里"},
		{"looser than an inherited level", overlay("stores.kept", "min_days", "default=40", "level4=59"), "59", "59 is looser than 60", "宽"},
		{"looser than at the level below", overlay("stores.fresh", "max_age", "default=P30D", "level3=P60D"), "P60D", "max_age: P60D at level 3 is looser than P30D below it", "等保 3 级的 P60D 比低一级的 P30D 还宽"},
		{"misspelt check", overlay("stores.frech", "max_age", "default=P1D"), "stores.frech", "did you mean stores.fresh?", "是不是 stores.fresh？"},
		{"no change", overlay("stores.fresh", "max_age", "default=P1Y"), "P1Y", "the limit P1Y is what it was: nothing is tightened", "没有收紧"},
		{"unknown check", overlay("stores.gone", "max_age", "default=P1D"), "stores.gone", `there is no check "stores.gone"`, "没有检查项"},
		{"unknown limit", overlay("stores.fresh", "max_size", "default=P1D"), "max_size", `check stores.fresh has no limit "max_size": it has max_age`, "没有限值 \"max_size\"：有 max_age"},
		{"another kind", overlay("stores.fresh", "max_age", "default=30"), "30", "the limit 30 must be of the kind of P1Y", "应与 P1Y 同类"},
		{"no default", overlay("stores.fresh", "max_age", "level3=P1D"), "levels:", `"default" is missing`, `缺少 "default"`},
		{"nothing in it", "title: { zh: 本市, en: Local }\nnote: { zh: 本市规定, en: Local rules }\n", "title", "one of these is missing: limits, checks, decisions", "缺少 limits, checks, decisions 之一"},
	} {
		t.Run(c.name, func(t *testing.T) {
			defects := base.with("checks/overlays/city.yaml", c.content).defects(t, "city")
			if len(defects) != 1 {
				t.Fatalf("%d defects: %v", len(defects), defects)
			}
			d := defects[0]
			if d.Path != "checks/overlays/city.yaml" || !strings.Contains(d.Message.EN, c.en) || !strings.Contains(d.Message.ZH, c.zh) {
				t.Errorf("%s: %s | %s", d.Path, d.Message.EN, d.Message.ZH)
			}
			line := strings.Split(c.content, "\n")[d.Line-1]
			if !strings.HasPrefix(line[d.Column-1:], c.at) {
				t.Errorf("%d:%d is %q, want %q", d.Line, d.Column, line[d.Column-1:], c.at)
			}
		})
	}
	if d := base.defects(t, "nowhere"); len(d) != 1 || d[0].Path != "checks/overlays" || !strings.Contains(d[0].Message.EN, `there is no overlay "nowhere"`) {
		t.Errorf("an overlay that is not there: %v", d)
	}
	named := base.edit(t, "checks/policy.yaml", "coverage: 60", "overlays: [nowhere]\ncoverage: 60")
	if d := named.defects(t); len(d) != 1 || d[0].Path != "checks/policy.yaml" || d[0].Line != 8 || d[0].Column != 12 {
		t.Errorf("an overlay that the policy names: %v", d)
	}
}

// What refers to a checks file that cannot be read is not wrong as well.
func TestOverlayOverAnUnreadableFile(t *testing.T) {
	base := tiny(t).edit(t, "checks/stores.yaml", "  - id: stores.fresh", "\t- id: stores.fresh")
	for _, content := range []string{overlay("stores.fresh", "max_age", "default=P30D"), addedCheck("stores.labelled", "")} {
		if d := base.with("checks/overlays/city.yaml", content).defects(t, "city"); len(d) != 1 || d[0].Path != "checks/stores.yaml" {
			t.Errorf("one tab is %v", d)
		}
	}
}

// check is a check that an overlay adds.
func addedCheck(id, extra string) string {
	return `title: { zh: 本市, en: Local }
note: { zh: 本市规定, en: Local rules }
checks:
  - id: ` + id + `
    clauses: ["2.2"]
    severity: { default: major }
    title: { zh: 有标注, en: Is labelled }
    rationale: { zh: 要标注, en: Sets are to be labelled }
    remedy: { zh: 标注, en: label it }
    effort: small
    basis: { default: { kind: local, source: 云州市办法, confidence: read } }
    each: [{ set: stores.sets }]
    assert: set.label != ""
    at: set.label
    message: { zh: 没有标注, en: no label }
    examples:
      - good: { set: { /stores/sets/0/label: box } }
      - bad: { set: { /stores/sets/0/label: "" }, at: /stores/sets/0/label }
` + extra
}

func TestOverlayAddsChecks(t *testing.T) {
	base := tiny(t)
	book := base.with("checks/overlays/city.yaml", addedCheck("stores.labelled", "")).load(t, "city")
	check := book.Check("stores.labelled")
	if check == nil || check.Overlay != "city" || check.Topic != "stores" || check.Path != "checks/overlays/city.yaml" {
		t.Fatalf("the check is not added as one of the overlay: %+v", check)
	}
	if last := book.Checks[len(book.Checks)-1]; last != check || len(book.Checks) != len(base.load(t).Checks)+1 {
		t.Errorf("%s is last of %d checks", last.ID, len(book.Checks))
	}
	if _, defects := book.Test(); len(defects) > 0 {
		t.Errorf("its examples do not run on the topic's baseline: %v", defects)
	}
	for _, c := range []struct{ content, want string }{
		{addedCheck("stores.fresh", ""), "id stores.fresh is used twice: the first is on line 22 of checks/stores.yaml"},
		{addedCheck("shelves.labelled", ""), `there is no topic "shelves"`},
		{addedCheck("check.labelled", ""), `there is no topic "check"`},
		{strings.Replace(addedCheck("stores.labelled", ""), "set.label !=", "set.lable !=", 1), `stores.sets has no field "lable" (did you mean "label"?)`},
		{strings.Replace(addedCheck("stores.labelled", ""), "{ default: major }", "{ default: blocker }", 1), "a basis of local/read bears no blocker"},
	} {
		defects := base.with("checks/overlays/city.yaml", c.content).defects(t, "city")
		if len(defects) != 1 || defects[0].Path != "checks/overlays/city.yaml" || !strings.Contains(defects[0].Message.EN, c.want) {
			t.Errorf("want %q, got %v", c.want, defects)
		}
	}
	// A second overlay may tighten what the first has added, and may not add it
	// again.
	limited := strings.Replace(addedCheck("stores.labelled", ""), `set.label != ""`, "set.label.size() >= limits.min_runes", 1)
	limited = strings.Replace(limited, "    examples:", "    limits: { min_runes: { default: { value: 2, "+localBasis+" } } }\n    examples:", 1)
	two := base.with("checks/overlays/a.yaml", limited).with("checks/overlays/b.yaml", overlay("stores.labelled", "min_runes", "default=3"))
	if got := limits(two.load(t, "a", "b").Check("stores.labelled"), "min_runes"); got != "3 3 3 3 3" {
		t.Errorf("limits %s", got)
	}
	twice := base.with("checks/overlays/a.yaml", limited).with("checks/overlays/b.yaml", addedCheck("stores.labelled", ""))
	if d := twice.defects(t, "a", "b"); !strings.Contains(d.Error(), "id stores.labelled is used twice") {
		t.Errorf("added twice: %v", d)
	}
}

// Two overlays that tighten the same limit: the stricter holds, in whichever
// order they come.
func TestTwoOverlays(t *testing.T) {
	base := tiny(t)
	strict, mild := overlay("stores.fresh", "max_age", "default=P30D"), overlay("stores.fresh", "max_age", "default=P60D", "level4=P20D")
	for _, order := range [][2]string{{strict, mild}, {mild, strict}} {
		book := base.with("checks/overlays/a.yaml", order[0]).with("checks/overlays/b.yaml", order[1]).load(t, "b", "a", "b")
		if got := limits(book.Check("stores.fresh"), "max_age"); got != "P30D P30D P30D P20D P20D" {
			t.Errorf("limits %s", got)
		}
		if !slices.Equal(book.Overlays, []string{"a", "b"}) {
			t.Errorf("overlays %v", book.Overlays)
		}
		if _, defects := book.Test(); len(defects) > 0 {
			t.Errorf("the examples fail: %v", defects)
		}
	}
	// One that asks for nothing more than the other has no part in the limit.
	book := base.with("checks/overlays/a.yaml", strict).with("checks/overlays/b.yaml", overlay("stores.fresh", "max_age", "default=P60D")).load(t, "a", "b")
	if check := book.Check("stores.fresh"); check.Overlay != "a" || limits(check, "max_age") != "P30D P30D P30D P30D P30D" {
		t.Errorf("by %s: %s", check.Overlay, limits(check, "max_age"))
	}
}

// Overlays are in force when the policy switches them on or the run names them.
func TestOverlaysInForce(t *testing.T) {
	f := tiny(t).with("checks/overlays/city.yaml", overlay("stores.fresh", "max_age", "default=P30D")).
		with("checks/overlays/province.yaml", overlay("stores.kept", "min_days", "default=90"))
	on := f.edit(t, "checks/policy.yaml", "required_clauses: []", "required_clauses: []\noverlays: [province]")
	for _, c := range []struct {
		f     files
		named []string
		want  []string
	}{
		{f, nil, nil}, {f, []string{"city"}, []string{"city"}}, {on, nil, []string{"province"}},
		{on, []string{"city"}, []string{"city", "province"}}, {on, []string{"province"}, []string{"province"}},
	} {
		book := c.f.load(t, c.named...)
		if !slices.Equal(book.Overlays, c.want) {
			t.Errorf("in force %v, want %v", book.Overlays, c.want)
		}
		if tightened := limits(book.Check("stores.fresh"), "max_age") == "P30D P30D P30D P30D P30D"; tightened != slices.Contains(c.want, "city") {
			t.Errorf("with %v the city's limit holds: %v", c.want, tightened)
		}
	}
	if got := rulebook.Overlays(f.tree()); !slices.Equal(got, []string{"city", "province"}) {
		t.Errorf("overlays %v", got)
	}
	if got := rulebook.Overlays(tiny(t).tree()); len(got) != 0 {
		t.Errorf("overlays %v of a rulebook without", got)
	}
}

func TestByLevel(t *testing.T) {
	b := rulebook.ByLevel[string]{Levels: []int{0, 2, 4}, Values: []string{"default", "two", "four"}}
	for level, want := range []string{"default", "default", "two", "two", "four", "four", "four"} {
		if got := b.At(level); got != want {
			t.Errorf("level %d: %s, want %s", level, got, want)
		}
	}
	if got := (rulebook.ByLevel[finding.Severity]{}).At(3); got != finding.Advisory {
		t.Errorf("nothing stated gives %v", got)
	}
}
