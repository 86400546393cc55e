package rulebook_test

import (
	"fmt"
	"strings"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// register are sources for the tiny rulebook.
const register = `sources:
  - id: safety-law
    kind: law
    title: 安全法
    cite: { zh: 安全法（2025修正）, en: Safety Law (2025) }
    issuer: 立法机关
    in_force: { from: 2026-01-01 }
    articles:
      - { id: "23.2", number: 第23条(二), duty: { zh: 要备份, en: Back up }, confidence: read }
      - { id: "24", number: { zh: 第24条, en: art. 24 }, duty: { zh: 要演练, en: Drill }, in_force: { from: 2026-03-01, to: 2027-12-31 }, confidence: read }
  - id: std-2019
    kind: standard
    title: { zh: 备份要求, en: Requirements for backups }
    cite: GB/T 0-2019
    number: GB/T 0-2019
    issuer: { zh: 标准机构, en: Standards body }
    in_force: { from: 2019-12-01 }
    articles:
      - { id: 8.1.a, number: 8.1 a, duty: { zh: 要异地, en: Elsewhere }, binds: { zh: 运营者, en: operators }, levels: [3, 4], confidence: secondary }
`

const secondCopyBasis = "{ default: { source: std/8 } }"

func registered(t testing.TB, basis string) files {
	return tiny(t).with(rulebook.SourcesFile, register).edit(t, "checks/stores.yaml", secondCopyBasis, basis)
}

func TestBasisRestsOnArticles(t *testing.T) {
	f := registered(t, "{ default: { source: safety-law/24 }, level3: { source: [std-2019/8.1.a, safety-law/23.2], note: { zh: 整库, en: The whole store } } }")
	for name, book := range map[string]*rulebook.Rulebook{"read": f.loadKnown(t, ""), "known": f.loadKnown(t, known(t, f.tree()))} {
		check := book.Check("stores.second-copy")
		for level, want := range map[int]rulebook.Basis{
			1: {Kind: "law", Source: lang.Text{ZH: "安全法（2025修正）第24条", EN: "Safety Law (2025) art. 24"}, Confidence: "read", Articles: []string{"safety-law/24"}},
			3: {Kind: "standard", Source: lang.Text{ZH: "GB/T 0-2019 8.1 a、安全法（2025修正）第23条(二)", EN: "GB/T 0-2019 8.1 a; Safety Law (2025) 第23条(二)"}, Confidence: "secondary",
				Articles: []string{"std-2019/8.1.a", "safety-law/23.2"}, Note: lang.Text{ZH: "整库", EN: "The whole store"}},
		} {
			if got := check.Basis.At(level); !got.Equal(want) {
				t.Errorf("%s, level %d: %+v, want %+v", name, level, got, want)
			}
		}
		if got := describe(book); got != "safety-law 2026-01-01– 23.2, safety-law/24 2026-03-01–2027-12-31, std-2019/8.1.a 2019-12-01– [3 4] 运营者" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// describe is what of the articles no basis shows.
func describe(book *rulebook.Rulebook) string {
	law, day := book.Article("safety-law/23.2"), book.Article("safety-law/24")
	item := book.Article("std-2019/8.1.a")
	return fmt.Sprintf("%s %s– 23.2, %s %s–%s, %s %s– %v %s", law.Instrument.ID, law.InForce.From, day.ID, day.InForce.From, day.InForce.To, item.ID, item.InForce.From, item.Levels, item.Binds.ZH)
}

// A default of ours confirms nothing, whatever is written beside it.
func TestDefaultIsUnverified(t *testing.T) {
	book := registered(t, "{ default: { source: safety-law/23.2 } }").
		edit(t, "checks/stores.yaml", "P1Y, basis: { kind: default, source: { zh: 默认, en: default }, confidence: unverified }", "P1Y, basis: { kind: default, source: { zh: 默认, en: default }, confidence: read }").
		edit(t, "checks/stores.yaml", "P180D, basis: { kind: default, source: { zh: 默认, en: default }, confidence: unverified }", "P180D, basis: { kind: default, source: { zh: 默认, en: default } }").load(t)
	for _, limit := range book.Check("stores.fresh").Limits[0].Values {
		if limit.Basis.Confidence != "unverified" || limit.Basis.Articles != nil {
			t.Errorf("%s rests on %+v", limit.Value, limit.Basis)
		}
	}
}

// Checks are remembered with the sources that they rest on.
func TestKnownChecksOfOtherSources(t *testing.T) {
	f := registered(t, "{ default: { source: safety-law/23.2 } }")
	remembered := known(t, f.tree())
	changed := f.edit(t, rulebook.SourcesFile, `number: 第23条(二)`, `number: 第23条(三)`)
	if got := changed.loadKnown(t, remembered).Check("stores.second-copy").Basis.At(1).Source.ZH; got != "安全法（2025修正）第23条(三)" {
		t.Errorf("cites %s", got)
	}
	if f.load(t).Digest == changed.load(t).Digest {
		t.Error("another article leaves the digest as it was")
	}
	gone := f.edit(t, rulebook.SourcesFile, `id: "23.2"`, `id: "23.4"`)
	if d := gone.defectsKnown(t, remembered); len(d) != 1 || d[0].Path != "checks/stores.yaml" {
		t.Errorf("an article that is gone: %v", d)
	}
}

// A basis speaks for the levels up to the next one that is stated, but only for
// those that the check may apply at.
func TestArticleBindsWhereTheCheckApplies(t *testing.T) {
	binding := "number: 8.1 a, duty: { zh: 要异地, en: Elsewhere }, binds: { zh: 运营者, en: operators }, levels: [3, 4]"
	for _, c := range []struct{ levels, when, unbound string }{
		{"2, 3, 4", "platform.mlps_level >= 2", ""},
		{"3, 4", "platform.mlps_level >= 2", "2"},
		{"2", "platform.mlps_level in [2]", ""},
		{"2", "platform.mlps_level in [2, 4]", "4"},
		{"1, 3, 4", "!(platform.mlps_level == 2)", ""},
		{"3, 4", `platform.stage == "operating" && platform.mlps_level > 2`, ""},
		{"3, 4", `platform.stage == "operating" || platform.mlps_level > 2`, "1, 2"},
		{"3, 4", `platform.mlps_level > 2 ? true : platform.stage == "operating"`, "1, 2"},
		{"1, 2, 3", "platform.mlps_level < 4", ""},
	} {
		f := registered(t, "{ default: { source: std-2019/8.1.a } }").
			edit(t, rulebook.SourcesFile, binding, strings.Replace(binding, "3, 4", c.levels, 1)).
			edit(t, "checks/stores.yaml", "when: platform.mlps_level >= 2", "when: '"+c.when+"'").
			edit(t, "checks/stores.yaml", "severity: { default: major, level3: blocker }", "severity: { default: major }")
		_, err := rulebook.Load(f.tree())
		switch {
		case c.unbound == "" && err != nil && strings.Contains(err.Error(), "does not bind"):
			t.Errorf("%s on levels %s: %v", c.when, c.levels, err)
		case c.unbound != "" && (err == nil || !strings.Contains(err.Error(), "does not bind level "+c.unbound+", which")):
			t.Errorf("%s on levels %s: %v, want level %s unbound", c.when, c.levels, err, c.unbound)
		}
	}
}

// An overlay's checks and limits rest on articles under the same rules.
func TestOverlayRestsOnArticles(t *testing.T) {
	tightened := func(article string) files {
		return registered(t, "{ default: { source: safety-law/23.2 } }").with("checks/overlays/city.yaml",
			strings.Replace(overlay("stores.fresh", "max_age", "default=P30D"), localBasis, "basis: { source: "+article+" }", 1))
	}
	book := tightened("safety-law/24").load(t, "city")
	if got := book.Check("stores.fresh").Limits[0].At(1).Basis; got.Kind != "law" || len(got.Articles) != 1 {
		t.Errorf("rests on %+v", got)
	}
	if d := tightened("std-2019/8.1.a").defects(t, "city"); len(d) != 1 || d[0].Path != "checks/overlays/city.yaml" || !strings.Contains(d.Error(), "does not bind level 1, 2, which") {
		t.Errorf("below its level: %v", d)
	}
	if d := tightened("safety-law/25").defects(t, "city"); len(d) != 1 || !strings.Contains(d.Error(), `did you mean "safety-law/24"?`) {
		t.Errorf("unknown: %v", d)
	}
}
