package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// Attacks on a gate that reviewers have tried, each one row: a change that makes a
// platform worse, or lets it seem better, and what must be said of it. They run in
// real repositories, by the rulebook on facts.

const (
	assets   = "platforms/one/stores.yaml"
	problems = "platforms/one/faults.yaml"
	opinion  = "platforms/one/verdicts.yaml"
	minor    = "  - name: bids\n    important: true\n    owner: 招标岗\n    copies: 3"
)

// stated is a repository with the rulebook on facts and a platform that complies.
func stated(t testing.TB) *gittest.Repo {
	t.Helper()
	g := gittest.Init(t)
	for _, name := range []string{"check", "common", "overlay", "policy", "regulation", "retired", "sources", "verdicts", "waivers"} {
		file := filepath.Join("schemas", name+".schema.json")
		if err := lay(filepath.Join("..", "..", file), g.Path(file), nil); err != nil {
			t.Fatal(err)
		}
	}
	facts := filepath.Join("testdata", "facts")
	if err := layAll(filepath.Join(facts, "rulebook"), g.Dir, nil); err != nil {
		t.Fatal(err)
	}
	if err := layAll(filepath.Join(facts, "platform"), g.Path("platforms/one"), strings.NewReplacer("code: CODE", "code: one")); err != nil {
		t.Fatal(err)
	}
	g.Commit("base", nil)
	return g
}

// attack is a history of base, then the change: files with texts in place of others.
type attack struct {
	name   string
	base   [][]string // commits: file, text, other text, …
	change []string
	code   int
	// told are scope changes and findings, as kind:subject state, "new CHECK", "worse
	// CHECK"; all that the gate says of them.
	told []string
}

func TestAttacks(t *testing.T) {
	rejected := []string{opinion, "", "verdicts:\n  - id: copied\n    check: stores.copied\n    item: files\n    verdict: not_met\n    note: 查不到第二份副本\n    assessed_by: 监督检查岗\n    assessed_on: 2026-11-20\n    fact: sha256:" + strings.Repeat("0", 64) + "\n"}
	unimportant := []string{assets, "  - name: bids\n    important: true", "  - name: bids\n    important: false"}
	failed := []string{assets, "restores:\n", "restores:\n  - id: winter\n    date: 2026-11-10\n    scope: full\n    ok: false\n    files: 10\n    evidence: evidence/f1.md\n"}
	stricter := []string{"schemas/platform.schema.json", "    \"sensitivity\"\n", "    \"sensitivity\",\n    \"open\"\n", header, "open: true\n", ""}
	known, err := os.ReadFile(filepath.Join("testdata", "facts", "platform", "evidence", "f1.md"))
	if err != nil {
		t.Fatal(err)
	}
	faultRecord, springRecord := string(known), read(t, filepath.Join("testdata", "facts", "platform"), "evidence/spring.md")
	twin := strings.Replace(read(t, filepath.Join("testdata", "facts", "platform"), "platform.yaml"), "CODE", "one", 1)
	other := strings.Replace(twin, "code: one", "code: two", 1)
	store := "stores:\n" + minor + "\ninterval: P1D\nrestores:\n  - id: spring\n    date: 2026-04-01\n    scope: full\n    ok: true\n    files: 90\n    evidence: evidence/two.md\n"
	faultless := "faults: []\nwaiting: []\ncounted: 2026-11-26\nanswers: []\nknown:\n  counted: 2026-11-20\n  high: 0\n  evidence: evidence/scan.md\n"
	ownerless := func(item string) string {
		return strings.Replace(strings.Replace(waiverOfSecondCopy, "stores.second-copy", "stores.owned", 1), "    reason:", "    item: "+item+"\n    reason:", 1)
	}
	for _, c := range []attack{
		// A broken or outdated baseline.
		{"a field that a newer rulebook requires, and a stage", [][]string{stricter}, []string{header, "stage: operating", "open: true\nstage: planning"}, 1, []string{"switch:stage=planning blocks"}},
		{"a header that stays broken, and a stage", [][]string{stricter}, []string{header, "stage: operating", "stage: planning"}, 1, []string{"switch:stage=planning blocks"}},
		{"a header that nobody could read, and a stage", [][]string{{header, "open: true", "open: ["}}, []string{header, "open: [", "open: true", header, "stage: operating", "stage: planning"}, 1, []string{"switch:stage=planning blocks"}},
		{"a header that is mended", [][]string{{header, "open: true", "open: ["}}, []string{header, "open: [", "open: true"}, 0, nil},
		{"a topic that nobody could read, and a copy less", [][]string{{assets, "interval: P1D", "interval: ["}}, []string{assets, "interval: [", "interval: P1D", assets, "copies: 3", "copies: 1"}, 1, []string{"new stores.copied"}},
		{"a topic that nobody could read, and a switch", [][]string{{assets, "interval: P1D", "interval: ["}}, append([]string{assets, "interval: [", "interval: P1D"}, unimportant...), 1, []string{"sight:stores/stores[bids]/important=false blocks"}},
		{"a topic that stays unreadable", [][]string{{problems, "answers: []", "answers: ["}}, []string{problems, "high: 4", "high: 3"}, 0, []string{"sight:faults.yaml warned"}},
		{"an item against its schema, and fewer copies", [][]string{{assets, "copies: 3", "copies: three"}}, []string{assets, "copies: three", "copies: 1"}, 1, []string{"new stores.copied"}},
		// An assessor's rejection.
		{"a rejection is deleted", [][]string{rejected}, []string{opinion, "-", ""}, 1, []string{"verdict:stores.copied/files blocks"}},
		{"a rejection is turned", [][]string{rejected}, []string{opinion, "not_met", "met"}, 1, []string{"verdict:stores.copied/files blocks"}},
		{"a rejection is of something else", [][]string{rejected}, []string{opinion, "item: files", "item: bids"}, 1, []string{"verdict:stores.copied/files blocks"}},
		// Facts that act as switches elsewhere than in the header.
		{"a store is no longer important", nil, unimportant, 1, []string{"sight:stores/stores[bids]/important=false blocks"}},
		{"a failing veto looks away", [][]string{{assets, "copies: 3", "copies: 1"}}, unimportant, 1, []string{"sight:stores/stores[bids]/important=false blocks"}},
		{"no store is important", nil, append([]string{assets, "  - name: files\n    important: true", "  - name: files\n    important: false"}, unimportant...), 1,
			[]string{"sight:stores/stores[files]/important=false blocks", "sight:stores/stores[bids]/important=false blocks"}},
		{"a switch that is no longer stated", nil, []string{assets, "  - name: bids\n    important: true\n", "  - name: bids\n"}, 1, []string{"new fact.missing"}},
		// A waiver was asked for what was known then.
		{"a waived finding that grows", [][]string{{problems, "high: 4", "high: 12"}, {"platforms/one/waivers.yaml", "", strings.Replace(waiverOfSecondCopy, "stores.second-copy", "faults.counted", 1)}},
			[]string{problems, "high: 12", "high: 5000"}, 0, []string{"record:faults/known warned", "worse faults.counted"}},
		// A loosened rulebook.
		{"a limit", nil, []string{"checks/stores.yaml", "value: P7D", "value: P30D", "checks/stores.yaml", "/stores/interval: P8D", "/stores/interval: P31D"}, 1, []string{"policy:stores.often blocks"}},
		{"a policy on scope", nil, []string{"checks/policy.yaml", "switch: block", "switch: warn"}, 1, []string{"policy:gate.scope_changes.switch blocks"}},
		// A known finding without an end.
		{"fewer copies still", [][]string{{assets, "copies: 3", "copies: 1"}}, []string{assets, "copies: 1", "copies: 0"}, 1, []string{"worse stores.copied"}},
		{"a count that is called the same day's", [][]string{{problems, "high: 4", "high: 12"}}, []string{problems, "high: 12", "high: 5000"}, 0, []string{"record:faults/known warned", "worse faults.counted"}},
		{"the truth of a later day", [][]string{{problems, "high: 4", "high: 12"}}, []string{problems, "counted: 2026-11-20\n  high: 12\n  evidence: evidence/scan.md", "counted: 2026-11-30\n  high: 16\n  evidence: evidence/f1.md"}, 0, nil},
		{"a later day of the same evidence", [][]string{{problems, "high: 4", "high: 12"}}, []string{problems, "counted: 2026-11-20\n  high: 12", "counted: 2026-11-30\n  high: 16"}, 0, []string{"record:faults/known warned", "worse faults.counted"}},
		// Evidence.
		{"a pin is dropped", nil, []string{assets, "evidence: { path: evidence/autumn.md", "evidence: evidence/autumn.md #"}, 0, []string{"evidence:pinned=filed warned"}},
		{"a file is another one", nil, []string{assets, "evidence: evidence/spring.md", "evidence: evidence/scan.md"}, 0, []string{"evidence:replaced warned"}},
		{"a file of the same name holds something else", nil, []string{"platforms/one/evidence/spring.md", "", "恢复记录，另一份\n"}, 0, []string{"evidence:rewritten warned"}},
		{"a pin and its file", nil, []string{assets, "54fbf76393c84aae0863361e609c948fd257c781594f7c46adf06ea61987cc7f", "4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865", "platforms/one/evidence/autumn.md", "", "1\n"}, 0, []string{"evidence:rewritten warned"}},
		{"a file becomes an address", nil, []string{assets, "evidence: evidence/spring.md", "evidence: https://www.gov.cn/a"}, 0, []string{"evidence:filed=address warned"}},
		// What went wrong.
		{"a failed test is gone", [][]string{failed}, []string{assets, failed[2], failed[1]}, 1, []string{"adverse:stores/restores[winter] blocks"}},
		{"a failed test is a sample", [][]string{failed}, []string{assets, "2026-11-10\n    scope: full", "2026-11-10\n    scope: sample"}, 1, []string{"adverse:stores/restores[winter] blocks"}},
		{"a failed test was long ago", [][]string{failed}, []string{assets, "2026-11-10", "2026-03-10"}, 1, []string{"adverse:stores/restores[winter] blocks"}},
		{"a fault was found later", nil, []string{problems, "found: 2026-11-20", "found: 2026-11-29"}, 1, []string{"adverse:faults/faults[f1] blocks"}},
		{"a fault is lesser, as its record now says", nil, []string{problems, "severity: high", "severity: low", "platforms/one/evidence/f1.md", "", "复核：影响面小，降为低\n"}, 1, []string{"adverse:faults/faults[f1] blocks", "evidence:rewritten warned"}},
		{"a fault is lesser, as a copy of its record says", nil, []string{problems, "severity: high", "severity: low", problems, "evidence: evidence/f1.md", "evidence: evidence/f1-copy.md", "platforms/one/evidence/f1-copy.md", "", faultRecord}, 1, []string{"adverse:faults/faults[f1] blocks", "evidence:replaced warned"}},
		{"a fault is lesser, as a new record says", nil, []string{problems, "severity: high", "severity: low", problems, "evidence: evidence/f1.md", "evidence: [evidence/f1.md, evidence/review.md]", "platforms/one/evidence/review.md", "", "复核：影响面小，降为低\n"}, 0, []string{"record:faults/faults[f1] warned"}},
		{"a ticket was never there", nil, []string{problems, "waiting:\n  - id: t1\n    received: 2026-11-25\n", "waiting: []\n"}, 1, []string{"adverse:faults/waiting[t1] blocks"}},
		// What was withstood already.
		{"a stage", nil, []string{header, "stage: operating", "stage: retired"}, 1, []string{"switch:stage=retired blocks"}},
		{"a second key of the same name", nil, []string{header, "stage: operating", "stage: operating\nstage: planning"}, 1, []string{"new document.duplicate_key"}},
		{"an octal number", nil, []string{assets, "copies: 3", "copies: 0o3"}, 1, []string{"new schema.type"}},
		{"a word for yes", nil, []string{header, "open: true", "open: yes"}, 1, []string{"new schema.type"}},
		{"a merge key", nil, []string{assets, minor, "  - <<: { important: false }\n    name: bids\n    owner: 招标岗\n    copies: 3"}, 1, []string{"new document.merge_key"}},
		{"a second document", nil, []string{assets, "interval: P1D", "interval: P1D\n---\ninterval: P9D"}, 1, []string{"new document.multiple_documents"}},
		{"a tag", nil, []string{header, "open: true", "open: !!str true"}, 1, []string{"new schema.type"}},
		{"a topic behind a link", nil, []string{assets, "-", "", "platforms/one/assets.md", "", "x\n", assets, "", "-> assets.md"}, 1, []string{"new document.unreadable"}},
		{"a topic by another ending", nil, []string{assets, "-", "", "platforms/one/stores.yml", "", "x: 1\n"}, 1, []string{"topic:stores blocks", "new document.unknown_file"}},
		{"a topic in capitals", nil, []string{assets, "-", "", "platforms/one/Stores.yaml", "", "x: 1\n"}, 1, []string{"topic:stores blocks", "new document.unknown_file"}},
		{"a topic in Cyrillic", nil, []string{assets, "-", "", "platforms/one/st\u043eres.yaml", "", "x: 1\n"}, 1, []string{"topic:stores blocks", "new document.unknown_file"}},
		{"a platform inside another", nil, []string{"platforms/one/two/platform.yaml", "", "code: two\n"}, 1, []string{"new document.nested_platform"}},
		{"a platform under a taken code", nil, []string{"platforms/two/platform.yaml", "", twin}, 1, []string{"new document.duplicate_code"}},
		{"retired and taken away", nil, []string{"platforms/one", "-", ""}, 1, []string{"platform:one blocks"}},
		{"all platforms behind a link", nil, []string{"platforms", "-", "", "kept/one/platform.yaml", "", "code: one\n", "platforms", "", "-> kept"}, 1, []string{"platform:one blocks", "new document.unreadable"}},
		{"evidence of another name", nil, []string{assets, "evidence/spring.md", "evidence/restored.md", "platforms/one/evidence/spring.md", "-", "", "platforms/one/evidence/restored.md", "", springRecord}, 0, nil},
		{"an item is gone from a topic against its schema", [][]string{{assets, "interval: P1D", "interval: soon"}}, []string{assets, minor + "\n    key_place: 三号柜\n", ""}, 0, []string{"item:stores/stores[bids] warned"}},
		{"a header that stays broken, and a level", [][]string{stricter}, []string{header, "mlps_level: 3", "mlps_level: 1"}, 0, []string{"record:mlps_level=1 warned"}},
		{"one of two rejections is dropped", [][]string{{opinion, "", rejected[2] + strings.Replace(strings.TrimPrefix(rejected[2], "verdicts:\n"), "id: copied\n    check: stores.copied\n    item: files", "id: bids\n    check: stores.copied\n    item: bids", 1)}}, []string{opinion, "", rejected[2]}, 1, []string{"verdict:stores.copied/bids blocks"}},
		{"a failing store is gone", [][]string{{assets, "copies: 3", "copies: 1"}}, []string{assets, strings.Replace(minor, "copies: 3", "copies: 1", 1) + "\n    key_place: 三号柜\n", ""}, 0, []string{"item:stores/stores[bids] warned"}},
		// Names that look alike, and folders that are easily overlooked.
		{"a topic in decomposed letters", nil, []string{assets, "-", "", "platforms/one/sto\u0302res.yaml", "", "x: 1\n"}, 1, []string{"topic:stores blocks", "new document.unknown_file"}},
		{"evidence in decomposed letters", [][]string{{assets, "evidence/spring.md", "evidence/\u00e9.md", "platforms/one/evidence/\u00e9.md", "", springRecord}}, []string{"platforms/one/evidence/\u00e9.md", "-", "", "platforms/one/evidence/e\u0301.md", "", springRecord}, 1, []string{"new evidence.missing"}},
		{"a platform beside its decomposed twin", [][]string{{"platforms/\u00e9/platform.yaml", "", other, "platforms/\u00e9/stores.yaml", "", store, "platforms/\u00e9/faults.yaml", "", faultless}}, []string{"platforms/e\u0301/platform.yaml", "", other}, 1, []string{"new document.duplicate_code"}},
		{"a platform behind a link", nil, []string{"platforms/one", "-", "", "kept/one/platform.yaml", "", twin, "platforms/one", "", "-> ../kept/one"}, 1, []string{"platform:one blocks", "new document.unreadable"}},
		{"a hidden folder", nil, []string{"platforms/.two/platform.yaml", "", other}, 1, nil},
		{"a platform that goes into a hidden folder", nil, []string{"platforms/one", "-", "", "platforms/.one/platform.yaml", "", twin, "platforms/.one/faults.yaml", "", faultless}, 1, []string{"topic:stores blocks", "adverse:faults/faults[f1] blocks", "adverse:faults/waiting[t1] blocks", "adverse:faults/known blocks", "new evidence.missing", "new fact.missing"}},
		// More than one platform, and a waiver that names no item.
		{"a platform is split", nil, []string{assets, minor + "\n    key_place: 三号柜\n", "", "platforms/two/platform.yaml", "", other, "platforms/two/stores.yaml", "", store, "platforms/two/faults.yaml", "", faultless, "platforms/two/evidence/two.md", "", "恢复记录\n", "platforms/two/evidence/scan.md", "", "扫描记录\n"}, 0, []string{"item:stores/stores[bids] warned"}},
		{"what fails is split off", [][]string{{assets, "copies: 3", "copies: 1"}}, []string{assets, strings.Replace(minor, "copies: 3", "copies: 1", 1) + "\n    key_place: 三号柜\n", "", "platforms/two/platform.yaml", "", other, "platforms/two/stores.yaml", "", strings.Replace(store, "copies: 3", "copies: 1", 1), "platforms/two/faults.yaml", "", faultless, "platforms/two/evidence/two.md", "", "恢复记录\n", "platforms/two/evidence/scan.md", "", "扫描记录\n"}, 1, []string{"item:stores/stores[bids] warned"}},
		{"a waiver of all covers one more", [][]string{{assets, "owner: 档案岗", "owner: 无", "platforms/one/waivers.yaml", "", strings.Replace(waiverOfSecondCopy, "stores.second-copy", "stores.owned", 1)}}, []string{assets, "owner: 招标岗", "owner: 无"}, 0, []string{"worse stores.owned"}},
		{"a waiver of something else covers it by its new name", [][]string{{assets, "owner: 招标岗", "owner: 无", "platforms/one/waivers.yaml", "", ownerless("tenders")}}, []string{assets, "name: bids", "name: tenders"}, 0, []string{"item:stores/stores[bids] warned", "worse stores.owned"}},
		{"a waiver goes along with a name", [][]string{{assets, "owner: 招标岗", "owner: 无", "platforms/one/waivers.yaml", "", ownerless("bids")}}, []string{assets, "name: bids", "name: tenders", "platforms/one/waivers.yaml", "", ownerless("tenders")}, 0, []string{"item:stores/stores[bids] warned"}},
		// Another name for the same thing is no change, and hides none.
		{"a store has another name", nil, []string{assets, "name: bids", "name: tenders"}, 0, []string{"item:stores/stores[bids] warned"}},
		{"a failing store has another name", [][]string{{assets, "copies: 3", "copies: 1"}}, []string{assets, "name: bids", "name: tenders"}, 0, []string{"item:stores/stores[bids] warned"}},
		{"a store has another name, and is no longer important", nil, []string{assets, "  - name: bids\n    important: true", "  - name: tenders\n    important: false"}, 1,
			[]string{"item:stores/stores[bids] warned", "sight:stores/stores[tenders]/important=false blocks"}},
		{"a store has another name, and a copy less", nil, []string{assets, "name: bids", "name: tenders", assets, "copies: 3", "copies: 1"}, 1, []string{"item:stores/stores[bids] warned", "new stores.copied"}},
		{"a failing store has another name, and a copy less", [][]string{{assets, "copies: 3", "copies: 1"}}, []string{assets, "name: bids", "name: tenders", assets, "copies: 1", "copies: 0"}, 1, []string{"item:stores/stores[bids] warned", "worse stores.copied"}},
		{"a rejected store has another name", [][]string{rejected}, []string{assets, "name: files", "name: papers"}, 1, []string{"item:stores/stores[files] warned", "verdict:stores.copied/papers blocks"}},
		{"a rejected store has another name there too", [][]string{rejected}, []string{assets, "name: files", "name: papers", opinion, "item: files", "item: papers"}, 0, []string{"item:stores/stores[files] warned"}},
		{"two stores take each other's names", [][]string{{assets, "copies: 3", "copies: 1"}}, []string{assets, "name: bids", "name: other", assets, "name: files", "name: bids", assets, "name: other", "name: files"}, 1, []string{"new stores.copied"}},
		{"a store goes, and another comes", nil, []string{assets, minor, "  - name: letters\n    important: true\n    owner: 文书岗\n    copies: 2"}, 0, []string{"item:stores/stores[bids] warned"}},
		{"Windows line ends", nil, []string{assets, "interval: P1D\n", "interval: P1D\r\n"}, 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g := stated(t)
			for _, files := range c.base {
				g.Commit("base", rewritten(t, g, files))
			}
			g.Branch("change")
			g.Commit("change", rewritten(t, g, c.change))
			j := gate(t, g.Dir, c.code, "--base", "main", "--head", "HEAD")
			if got := j.told(); !slices.Equal(got, c.told) {
				t.Errorf("%q, want %q", got, c.told)
			}
		})
	}
}

// rewritten are files with texts in place of others; "-" stands for a whole file that
// is gone, an empty text for one that is new.
func rewritten(t testing.TB, g *gittest.Repo, edits []string) gittest.Files {
	t.Helper()
	files := gittest.Files{}
	for i := 0; i < len(edits); i += 3 {
		name, old, text := edits[i], edits[i+1], edits[i+2]
		switch old {
		case "-":
			files[name] = gittest.Gone
		case "":
			files[name] = text
		default:
			known, staged := files[name]
			if !staged {
				known = read(t, g.Dir, name)
			}
			if strings.Count(known, old) != 1 {
				t.Fatalf("%s holds %q %d times", name, old, strings.Count(known, old))
			}
			files[name] = strings.Replace(known, old, text, 1)
		}
	}
	return files
}

// told is all that a gate says of a change: scope changes, new findings that stop
// it, known ones that got worse.
func (g *judgedGate) told() []string {
	all := g.scopes()
	for _, f := range g.Findings {
		if f.Blocking {
			all = append(all, "new "+f.Check)
		}
	}
	for _, f := range g.Worse {
		all = append(all, "worse "+f.Check)
	}
	return all
}

// The first words of a report say what the fact was and what it takes out of sight;
// nothing that is no longer looked at is called fixed.
func TestAttackIsExplained(t *testing.T) {
	g := stated(t)
	g.Commit("one copy", rewritten(t, g, []string{assets, "copies: 3", "copies: 1"}))
	g.Branch("change")
	g.Commit("not important", rewritten(t, g, []string{assets, "  - name: bids\n    important: true", "  - name: bids\n    important: false"}))
	for language, want := range map[string][]string{
		"en": {assets + ":7:16: blocks: stores/stores[bids]/important: true → false: checks that no longer look at bids: 2, 1 of them vetoes (stores.copied, stores.owned)", "fixed 0, withdrawn 1, unchanged 0"},
		"zh": {assets + ":7:16: 拦截: stores/stores[bids]/important：true → false：2 个检查项不再查看 bids，其中一票否决 1 项（stores.copied, stores.owned）", "消除 0，撤下 1，未变 0"},
	} {
		r := run(t, g.Dir, "gate", "--as-of", asOf, "--lang", language, "--base", "main", "--head", "HEAD")
		for _, said := range want {
			if r.code != cli.NotCompliant || !strings.Contains(r.stdout, said) {
				t.Errorf("%q is not said:\n%s", said, r.stdout)
			}
		}
	}
}
