package assess_test

import (
	"bytes"
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/assess"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/source"
	"hegui/internal/workbook"
)

const file = "platforms/one/verdicts.yaml"

// add puts all files below a folder into a tree.
func add(t *testing.T, files fstest.MapFS, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(from, name)
		files[path.Join(to, filepath.ToSlash(rel))] = &fstest.MapFile{Data: bytes.Replace(data, []byte("code: CODE"), []byte("code: one"), 1)}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// into is what a workbook is taken back into: one platform with this verdict
// file, none for "".
func into(t *testing.T, verdicts string) *assess.Import {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"check", "common", "policy", "regulation", "retired", "sources", "verdicts", "waivers"} {
		add(t, files, filepath.Join("..", "..", "schemas", name+".schema.json"), "schemas/"+name+".schema.json")
	}
	add(t, files, filepath.Join("..", "cli", "testdata", "rulebook"), ".")
	add(t, files, filepath.Join("..", "cli", "testdata", "platform"), "platforms/one")
	if verdicts != "" {
		files[file] = &fstest.MapFile{Data: []byte(verdicts)}
	}
	tree := source.FromFS(files)
	book, err := rulebook.Load(tree)
	if err != nil {
		t.Fatal(err)
	}
	day, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	platforms, failures := (&audit.Auditor{Tree: tree, Rulebook: book, AsOf: day, Pin: true}).Run(context.Background(), nil)
	if len(failures) > 0 || len(platforms) != 1 {
		t.Fatalf("%d platforms, failures %v", len(platforms), failures)
	}
	return &assess.Import{Tree: tree, Rulebook: book, Platforms: platforms}
}

// factOf is the digest that a workbook notes beside an item.
func factOf(t *testing.T, im *assess.Import, check, item string) string {
	t.Helper()
	for _, c := range im.Platforms[0].Checks {
		for _, i := range c.Items {
			if c.Rule.ID == check && i.Name == item && i.Pin().Fact != "" {
				return i.Pin().Fact
			}
		}
	}
	t.Fatalf("%s has no item %q with a fact", check, item)
	return ""
}

func about(check, item, fact, verdict string) workbook.Answer {
	return workbook.Answer{Subject: workbook.Subject{Code: "one", Check: check, Item: item, Fact: fact}, Verdict: verdict, Row: "检查项!9"}
}

// returned is a workbook that came back signed.
func returned(im *assess.Import, answers ...workbook.Answer) *assess.Workbook {
	return &assess.Workbook{Returned: &workbook.Returned{Rulebook: im.Rulebook.Digest, Answers: answers}, By: "市评估中心评估岗", On: "2026-12-01"}
}

// plan is what an import comes to: the file as it would be, and what is said.
func plan(t *testing.T, im *assess.Import, answers ...workbook.Answer) (content, said string) {
	t.Helper()
	p, err := im.Plan(returned(im, answers...))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, problem := range p.Problems {
		lines = append(lines, problem.Cell+": "+problem.Message.EN)
	}
	for _, note := range p.Notes {
		lines = append(lines, "note: "+note.EN)
	}
	for _, f := range p.Files {
		if f.Path != file {
			t.Errorf("an import writes %s", f.Path)
		}
		content = string(f.Content)
		for _, change := range f.Changes {
			lines = append(lines, change.EN)
		}
	}
	return content, strings.Join(lines, "\n")
}

// Each answer is written into the platform's file, with who and when, and says
// what it changes. What comes back is taken by examine as the state it means.
func TestAnswersBecomeVerdicts(t *testing.T) {
	im := into(t, "")
	fact := factOf(t, im, "stores.fresh", "files")
	answer := about("stores.fresh", "files", fact, "met")
	answer.Record = examine.Record{Methods: []string{"interview", "examination"}, Note: "看过记录"}
	content, said := plan(t, im, answer, workbook.Answer{Subject: workbook.Subject{Code: "one", Clause: "2.1.1"}, Verdict: "partly_met", Row: "条款!3"})
	for _, want := range []string{"yaml-language-server: $schema=../../schemas/verdicts.schema.json", "check: stores.fresh", "item: files", "verdict: met", "method: [interview, examination]", "note: 看过记录",
		"fact: " + fact, "assessed_by: 市评估中心评估岗", "assessed_on: 2026-12-01", "clause: 2.1.1", "verdict: partly_met"} {
		if !strings.Contains(content, want) {
			t.Errorf("the file lacks %q:\n%s", want, content)
		}
	}
	if want := "new: stores.fresh \"files\": met\nnew: clause 2.1.1: partly met"; said != want {
		t.Errorf("said %q, want %q", said, want)
	}
	back := into(t, content)
	day, _ := calendar.ParseDate("2026-12-01")
	if got := examine.Apply(back.Rulebook, back.Platforms[0], nil, day); len(got.Verdicts) != 1 || got.Verdicts[0].State != examine.Verified {
		t.Errorf("read back: %+v", got.Verdicts)
	}
	// Taken in again it changes nothing.
	if content, said := plan(t, back, answer); content != "" || said != "" {
		t.Errorf("the same again writes %q and says %q", content, said)
	}
	// Another verdict takes its place, under the same id.
	answer.Verdict = "not_met"
	changed, said := plan(t, back, answer)
	if said != "changed: stores.fresh \"files\": met → not met" || strings.Count(changed, "check: stores.fresh") != 1 || !strings.Contains(changed, "clause: 2.1.1") {
		t.Errorf("said %q:\n%s", said, changed)
	}
}

func noted(a workbook.Answer, note string) workbook.Answer {
	a.Record.Note, a.Cells = note, map[string]string{"note": "检查项!U9"}
	return verdict(a, "partly_met")
}

func due(a workbook.Answer, deadline string) workbook.Answer {
	a.Record.Deadline, a.Cells = deadline, map[string]string{"deadline": "检查项!Y9"}
	return verdict(a, "partly_met")
}

func verdict(a workbook.Answer, verdict string) workbook.Answer {
	a.Verdict = verdict
	return a
}

// A verdict on what nobody is asked has no effect, and the assessor hears of it.
func TestVerdictsOnWhatIsNotJudged(t *testing.T) {
	im := into(t, "")
	answer := about("stores.kept", "files", "", "met")
	for i := range im.Platforms[0].Checks {
		if c := &im.Platforms[0].Checks[i]; c.Rule.ID == answer.Check {
			c.Unjudged = lang.Same("not in the profile")
		}
	}
	if _, said := plan(t, im, answer); !strings.Contains(said, `note: one: 1 item is not judged`) || !strings.Contains(said, `the first is stores.kept "files"`) {
		t.Errorf("said %q", said)
	}
}

// What cannot be taken keeps all of it from being done, and says where it stands.
func TestProblemsKeepAllFromBeingDone(t *testing.T) {
	im := into(t, "")
	good := about("stores.fresh", "files", factOf(t, im, "stores.fresh", "files"), "met")
	other := good
	other.Code = "two"
	for name, c := range map[string]struct {
		answer workbook.Answer
		want   string
	}{
		"another platform":    {other, `检查项!9: there is no platform with the code "two"`},
		"no such check":       {about("stores.frech", "files", "", "met"), `检查项!9: there is no check "stores.frech", did you mean stores.fresh?`},
		"no such clause":      {workbook.Answer{Subject: workbook.Subject{Code: "one", Clause: "9.9.9"}, Verdict: "met", Row: "条款!3"}, `条款!3: there is no clause "9.9.9"`},
		"a marking":           {noted(good, "底稿 机密★1年"), `检查项!U9: it carries the classification marking "机密★": classified`},
		"a deadline that was": {due(good, "2026-11-30"), "检查项!Y9: the deadline 2026-11-30 is before the day of the examination, 2026-12-01"},
		"said otherwise":      {verdict(good, "partly_met"), `检查项!9: stores.fresh "files" has another verdict at 检查项!9`},
		"no such verdict":     {about("stores.kept", "files", good.Fact, "splendid"), `检查项!9: "splendid" is none of the allowed values`},
		"a note of a sign":    {noted(good, `"`), `检查项!U9: "\"" says nothing`},
	} {
		t.Run(name, func(t *testing.T) {
			content, said := plan(t, im, good, c.answer)
			if content != "" || !strings.Contains(said, c.want) {
				t.Errorf("said %q, want %q; writes %q", said, c.want, content)
			}
		})
	}
	t.Run("a file that does not read", func(t *testing.T) {
		if content, said := plan(t, into(t, "verdicts: ["), good, good); content != "" || strings.Count(said, file) != 1 {
			t.Errorf("said %q, writes %q", said, content)
		}
	})
}

// A verdict on something that has changed since is taken, and says that it needs
// review; so does one on something that is gone.
func TestChangedFactsAreNoted(t *testing.T) {
	im := into(t, "")
	for name, c := range map[string]struct {
		answer workbook.Answer
		want   string
	}{
		"changed": {about("stores.fresh", "files", "sha256:"+strings.Repeat("0", 64), "met"), "has changed since the workbook was written"},
		"gone":    {about("stores.fresh", "tapes", "sha256:"+strings.Repeat("0", 64), "met"), `there is no stores.fresh "tapes" now`},
	} {
		t.Run(name, func(t *testing.T) {
			if content, said := plan(t, im, c.answer); content == "" || !strings.Contains(said, c.want) {
				t.Errorf("said %q, want %q", said, c.want)
			}
		})
	}
	p, err := im.Plan(&assess.Workbook{Returned: &workbook.Returned{Rulebook: "sha256:another"}})
	if err != nil || len(p.Notes) != 1 || !strings.Contains(p.Notes[0].EN, "another rulebook") {
		t.Errorf("another rulebook: %+v, %v", p.Notes, err)
	}
}

// What the description claims is not left out without a reason.
func TestNotApplicableWantsAReason(t *testing.T) {
	im := into(t, "")
	answer := about("stores.fresh", "files", factOf(t, im, "stores.fresh", "files"), "not_applicable")
	for note, want := range map[string]int{"": 1, "无": 1, "本集已停用，见现场记录": 0} {
		answer.Record.Note = note
		if p, err := im.Plan(returned(im, answer)); err != nil || len(p.Problems) != want {
			t.Errorf("%q: %+v, %v", note, p.Problems, err)
		}
	}
}

// Several workbooks are taken in together: what only one of them says anew is no
// contradiction, what two say differently is, and each needs its post.
func TestSeveralWorkbooks(t *testing.T) {
	im := into(t, "")
	fact := factOf(t, im, "stores.fresh", "files")
	first, second := returned(im, about("stores.fresh", "files", fact, "met")), returned(im, about("stores.fresh", "files", fact, "met"), about("stores.kept", "files", "", "met"))
	first.Name, second.Name, second.By = "a.xlsx", "b.xlsx", "第二评估岗"
	p, err := im.Plan(first, second)
	if err != nil || len(p.Problems) > 0 || len(p.Files) != 1 || strings.Count(string(p.Files[0].Content), "assessed_by: 市评估中心评估岗") != 1 || len(p.Files[0].Changes) != 2 {
		t.Errorf("%+v, %v", p, err)
	}
	second.Answers[0].Verdict = "not_met"
	if p, err = im.Plan(first, second); err != nil || len(p.Problems) != 1 || p.Problems[0].Cell != "b.xlsx 检查项!9" || !strings.Contains(p.Problems[0].Message.EN, "another verdict at a.xlsx 检查项!9") {
		t.Errorf("%+v, %v", p.Problems, err)
	}
	second.Answers = second.Answers[1:]
	second.By = ""
	if p, err = im.Plan(first, second); err != nil || len(p.Unsigned) != 1 || p.Unsigned[0] != second {
		t.Errorf("%+v, %v", p.Unsigned, err)
	}
}
