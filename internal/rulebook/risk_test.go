package rulebook_test

import (
	"strings"
	"testing"
)

// risky is the tiny rulebook with an instrument that describes two risks, of which
// one check would show one.
func risky(t *testing.T, articles, check string) files {
	t.Helper()
	f := tiny(t)
	return f.with("checks/sources.yaml", string(f["checks/sources.yaml"].Data)+`
  - id: list
    kind: assessor
    title: { zh: 风险清单, en: List of risks }
    cite: { zh: 清单, en: list }
    issuer: { zh: 机构, en: A body }
    in_force: { from: 2026-01-01 }
    risks: true
    articles:
`+articles).edit(t, "checks/stores.yaml", "  - id: stores.kept\n", "  - id: stores.kept\n"+check)
}

const (
	lostRisk  = "      - { id: lost, number: L, levels: [3], duty: { zh: 数据丢失, en: data is lost }, confidence: read }\n"
	otherRisk = "      - { id: fire, number: F, duty: { zh: 失火, en: fire }, confidence: read, unchecked: { zh: 另管, en: another matter } }\n"
)

func TestChecksShowRisks(t *testing.T) {
	book := risky(t, lostRisk+otherRisk, "    risks: [list/lost]\n").load(t)
	check, on := book.Check("stores.kept"), day(t, "2026-12-01")
	for level, want := range map[int]int{2: 0, 3: 1, 4: 0, -1: 1} {
		if got := check.RisksAt(level, on); len(got) != want {
			t.Errorf("at level %d: %v", level, got)
		}
	}
	if len(check.RisksAt(3, day(t, "2025-12-31"))) != 0 {
		t.Error("a risk counts before its list is in force")
	}
	if shown := book.Showing(); len(shown) != 1 || shown["list/lost"][0].Check != check || !shown["list/lost"][0].Risk || len(book.Resting()["list/lost"]) != 0 {
		t.Errorf("%v", shown)
	}
}

func TestRisksAreRefused(t *testing.T) {
	named := "    risks: [list/lost]\n"
	for _, c := range []struct{ name, articles, check, path, want string }{
		{"no such article", lostRisk, "    risks: [list/lots]\n", "checks/stores.yaml", `there is no article "list/lots" in checks/sources.yaml: did you mean "list/lost"?`},
		{"a demand", lostRisk, "    risks: [std/8]\n", "checks/stores.yaml", `"std/8" is a demand and no risk`},
		{"at no level of the check", lostRisk, named + "    when: platform.mlps_level < 3\n", "checks/stores.yaml", `the check applies at no level at which there is the risk "list/lost"`},
		{"no check and no reason", lostRisk, "", "checks/sources.yaml", "no check would show the risk list/lost"},
		{"a check and a reason", lostRisk + otherRisk, "    risks: [list/lost, list/fire]\n", "checks/sources.yaml", "check stores.kept would show the risk list/fire: delete unchecked"},
	} {
		d := risky(t, c.articles, c.check).defects(t)
		if d[0].Path != c.path || !strings.Contains(d[0].Message.EN, c.want) {
			t.Errorf("%s: %v", c.name, d)
		}
	}
	f := tiny(t).edit(t, "checks/sources.yaml", "duty: { zh: 要异地, en: Elsewhere }", "duty: { zh: 要异地, en: Elsewhere }, unchecked: { zh: 不查, en: not looked at }")
	if d := f.defects(t); len(d) != 1 || !strings.Contains(d[0].Message.EN, "article std/8 is a demand: only a risk states unchecked") {
		t.Error(d)
	}
}
