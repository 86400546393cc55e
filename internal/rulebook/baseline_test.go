package rulebook_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

// one holds a rulebook to a single defect, at a place and with these words.
func one(t *testing.T, found finding.Defects, at, zh, en string) {
	t.Helper()
	if len(found) != 1 {
		t.Fatalf("%d defects, want 1:\n%v", len(found), found)
	}
	d := found[0]
	if got := fmt.Sprintf("%s:%d:%d", d.Path, d.Line, d.Column); got != at {
		t.Errorf("the defect is at %s, want %s", got, at)
	}
	if !strings.Contains(d.Message.ZH, zh) || !strings.Contains(d.Message.EN, en) {
		t.Errorf("the defect is\n%s\n%s\nwant\n%s\n%s", d.Message.ZH, d.Message.EN, zh, en)
	}
}

// A new required fact is two edits, the schema and the baseline; without the
// second it is one defect, however many examples it breaks.
func TestNewRequiredFactIsTwoEdits(t *testing.T) {
	const fact = `"asset_number": { "type": "string", "title": "资产编号", "x-title-en": "Asset number",
		"description": "资产台账里的编号。", "x-description-en": "Its number in the register of assets.", "examples": ["ZC-2026-001"] }, `
	checks, examples := builtinFiles(t).load(t).Checks, 0
	for _, check := range checks {
		examples += len(check.Examples())
	}
	f := builtinFiles(t).edit(t, "schemas/platform.schema.json", "  \"required\": [\n    \"name\",\n    \"code\"", "  \"required\": [\n    \"asset_number\",\n    \"name\",\n    \"code\"").
		edit(t, "schemas/platform.schema.json", "  \"properties\": {\n    \"name\": {\n", "  \"properties\": {\n    "+fact+"\n    \"name\": {\n")
	platform := rulebook.BaselineDir + "/platform.yaml"
	start := 1 + strings.Count(string(f[platform].Data[:strings.Index(string(f[platform].Data), "\nname:")+1]), "\n")
	one(t, f.defects(t), fmt.Sprintf("%s:%d:1", platform, start),
		fmt.Sprintf(`缺少 "asset_number"（资产编号）；补上 asset_number（如 ZC-2026-001）：资产台账里的编号。（使 %d 个检查项的 %d 个样例失效）`, len(checks), examples),
		fmt.Sprintf(`"asset_number" is missing (Asset number); add asset_number (such as ZC-2026-001): Its number in the register of assets. (breaks %d examples of %d checks)`, examples, len(checks)))

	book := f.with(platform, string(f[platform].Data)+"asset_number: ZC-2026-001\n").load(t)
	if ran, defects := book.Test(); len(defects) > 0 || ran != examples {
		t.Errorf("%d of %d examples ran: %v", ran, examples, defects)
	}
}

func TestDefectsOfTheBaseline(t *testing.T) {
	const stores, platform = rulebook.BaselineDir + "/stores.yaml", rulebook.BaselineDir + "/platform.yaml"
	without := func(names ...string) files {
		f := maps.Clone(tiny(t))
		for _, name := range names {
			delete(f, name)
		}
		return f
	}
	for _, c := range []struct {
		name       string
		files      files
		at, zh, en string
	}{
		{"against the schema", tiny(t).edit(t, stores, "keep: 60", "keep: long"), stores + ":3:11", "使 7 个检查项的 14 个样例失效", "breaks 14 examples of 7 checks"},
		{"does not parse", tiny(t).edit(t, stores, "keep: 60", "\tkeep: 60"), stores + ":3:5", "（使 7 个检查项的", "(breaks 14 examples of 7 checks)"},
		{"missing topic", without(stores), stores + ":1:1", "缺少这个文件：按模式 stores 写出它", "the file is missing: write what the schema stores describes"},
		{"the header breaks all", tiny(t).edit(t, platform, "code: tiny", "code: Tiny!"), platform + ":2:7", "使 8 个检查项的 16 个样例失效", "breaks 16 examples of 8 checks"},
		{"unknown topic", tiny(t).with(rulebook.BaselineDir+"/store.yaml", "sets: []\n"), rulebook.BaselineDir + "/store.yaml:1:1", `没有叫 "store" 的专题`, `there is no topic "store"`},
		{"missing as a whole", without(stores, platform), rulebook.BaselineDir + ":1:1", "读不了合规基线", "cannot read the compliant baseline"},
	} {
		t.Run(c.name, func(t *testing.T) { one(t, c.files.defects(t), c.at, c.zh, c.en) })
	}
}

// A baseline that does not comply spoils every example of the check that says
// so: that is told once, at the fact.
func TestBaselineComplies(t *testing.T) {
	const stores = rulebook.BaselineDir + "/stores.yaml"
	_, defects := tiny(t).edit(t, stores, "keep: 60", "keep: 1").load(t).Test()
	one(t, defects, stores+":3:11", "stores.kept：基线本身不符合：", "stores.kept: the baseline itself does not comply: ")
	_, defects = tiny(t).edit(t, stores, "date: 2026-11-01", "date: 2020-11-01").load(t).Test()
	one(t, defects, stores+":5:14", "基线本身不符合：", "(breaks ")
}

// What is known of the built-in checks says nothing of another baseline.
func TestKnownReadsAnotherBaseline(t *testing.T) {
	known := builtinKnown(t)
	f := builtinFiles(t)
	at := rulebook.BaselineDir + "/backups.yaml"
	if book := f.loadKnown(t, known); book.Baseline()["backups"] == nil {
		t.Error("the known baseline lacks a topic")
	}
	if book := f.with(at, "# another\n"+string(f[at].Data)).loadKnown(t, known); book.Baseline()["backups"].Fields()[0].KeyStart().Line != 3 {
		t.Error("another baseline is not read")
	}
	found := f.with(at, string(f[at].Data)+"spare: true\n").defectsKnown(t, known)
	one(t, found, fmt.Sprintf("%s:%d:1", at, strings.Count(string(f[at].Data), "\n")+1), `"spare"`, "breaks ")
}
