package report

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/typeset"
)

// many are results of a platform with n findings of three checks in two files, and
// one that is waived.
func many(n int) *results.Results {
	p := serviceCenter()
	p.Findings = nil
	for i := range n {
		f := finding.Finding{
			Check: fmt.Sprint("legal.check-", i%3), Clauses: []string{fmt.Sprintf("%d.1.1", 1+i%3)}, Severity: finding.Severity(1 + i%3), Item: fmt.Sprint("act-", i),
			Title: lang.Say("登记有审批", "Records are approved"), Message: lang.Say("第 %d 条没有审批", "record %d lacks approval", i),
			Remedy: lang.Same("approve it"), Fingerprint: fmt.Sprint(i),
			Location: finding.Location{Path: p.Path + "/" + []string{"legal", "other"}[i%2] + ".yaml", Line: 10 + i, Column: 3, EndLine: 10 + i, EndColumn: 9}, Excerpt: "  - id: act",
		}
		p.Findings = append(p.Findings, f)
	}
	p.Next = &results.Next{Lift: 3, Complies: true, Cheapest: []string{"accounts.review"}, Gain: "2.1"}
	return &results.Results{AsOf: "2026-12-01", Platforms: []results.Platform{p}, Summary: results.Summary{Platforms: 1, Compliant: 1}}
}

// Equal findings are one, with the places of the others, and nothing else is.
func TestEqualFindingsAreFolded(t *testing.T) {
	r := many(12)
	f := &r.Platforms[0].Findings[6] // of the same check and file as the first
	f.Waived = true
	text := render(t, "text", r, Options{})
	for _, want := range []string{
		"legal.yaml:18:3: blocker: record 8 lacks approval [legal.check-2]\n   18 |   - id: act\n      |   ^~~~~~\n   clause 3.1.1",
		"legal.yaml:12:3: blocker: record 2 lacks approval [legal.check-2]\n   12 |   - id: act\n      |   ^~~~~~\n   2 such, also at: line 18 (act-8)\n   clause 3.1.1",
		"legal.yaml:10:3: minor: record 0 lacks approval [legal.check-0]\n   10 |   - id: act\n      |   ^~~~~~\n   clause 1.1.1",
		"legal.yaml:16:3: minor (waived): record 6 lacks approval",
	} {
		if strings.Contains(text, want) != !strings.HasPrefix(want, "legal.yaml:18") {
			t.Errorf("%q: not as it should be in\n%s", want, text)
		}
	}
	other := many(2)
	for i := range other.Platforms[0].Findings {
		f := &other.Platforms[0].Findings[i]
		f.Title, f.Check, f.Location.Path = lang.Text{}, "schema.required", "platforms/x/legal.yaml"
	}
	if text := render(t, "text", other, Options{}); strings.Contains(text, "such") {
		t.Errorf("different words are folded:\n%s", text)
	}
}

// A gate folds equal findings as a check does, those that block and those that pass
// apart, and what got worse not at all.
func TestGateFoldsEqualFindings(t *testing.T) {
	r := gatedResults()
	of := many(12).Platforms[0].Findings
	r.Gate.Findings, r.Gate.Worse, r.Gate.Gone = nil, nil, nil
	for i := 0; i < 12; i += 2 { // 0 and 6, 2 and 8, 4 and 10 are of one check each
		r.Gate.Findings = append(r.Gate.Findings, results.GateFinding{Finding: of[i], Blocking: i != 10})
	}
	for i := range 2 {
		r.Gate.Worse = append(r.Gate.Worse, results.GateFinding{Finding: of[6*i], Change: lang.Say("%d → 9", "%d → 9", i)})
	}
	for format, want := range map[string][]string{
		"text":     {"2 such, also at: line 16 (act-6)", "2 such, also at: line 18 (act-8)", "record 4 lacks", "record 10 lacks", "got worse: 0 → 9", "got worse: 1 → 9"},
		"markdown": {"record 0 lacks approval<br/>2 such, also at: line 16 (act-6)", "record 2 lacks approval<br/>2 such, also at: line 18 (act-8)", "record 4 lacks", "record 10 lacks", "| 0 → 9 |", "| 1 → 9 |"},
	} {
		text := render(t, format, r, Options{})
		for _, said := range want {
			if strings.Count(text, said) != 1 {
				t.Errorf("%s says %q %d times:\n%s", format, said, strings.Count(text, said), text)
			}
		}
		if strings.Contains(text, "record 8 lacks") {
			t.Errorf("%s repeats what is equal:\n%s", format, text)
		}
	}
	if text := render(t, "markdown", many(12), Options{}); !strings.Contains(text, "12 findings") || strings.Count(text, "2 such, also at") != 6 {
		t.Errorf("a check's comment:\n%s", text)
	}
}

// What is listed is chosen; verdict, score and counts stay.
func TestViewListsWhatIsAskedFor(t *testing.T) {
	file := serviceCenter().Path + "/legal.yaml"
	for _, c := range []struct {
		name   string
		view   View
		listed int // lines with a place
		has    []string
	}{
		{"all", View{}, 6, nil},
		{"severity", View{Severity: finding.Major}, 4, []string{"… 4 findings were not asked for; verdict and score are of all"}},
		{"file", View{Files: []string{file}}, 3, []string{"… 6 findings were not asked for"}},
		{"file of another platform", View{Files: []string{"platforms/other/legal.yaml"}}, 6, nil},
		{"limit", View{Limit: 2}, 2, []string{"… and 8 more findings: hegui check --limit 0 government-services"}},
		{"by file", View{Group: ByFile}, 6, []string{"platforms/government-services/legal.yaml (6)\n", "platforms/government-services/other.yaml (6)\n"}},
		{"by clause", View{Group: ByClause}, 6, []string{"clause 1.1.1 (4)\n", "clause 2.1.1 Clause 2.1.1 (4)\n", "clause 3.1.1 (4)\n"}},
		{"by severity", View{Group: BySeverity}, 6, []string{"blocker (4)\n", "major (4)\n", "minor (4)\n"}},
		{"statistics", View{Statistics: true, Limit: 1}, 1, []string{"\n4  blocker  legal.check-2  Records are approved\n4  major    legal.check-1  Records are approved\n"}},
	} {
		text := render(t, "text", many(12), Options{View: c.view})
		if got := strings.Count(text, " lacks approval ["); got != c.listed {
			t.Errorf("%s: %d are listed, want %d", c.name, got, c.listed)
		}
		for _, want := range append(c.has, "do first  3 fixes lift the veto, and the platform complies\n", "the cheapest fix gives 2.1 points: Accounts are reviewed (accounts.review)\n", "grade         95.4 points; good\n", "1 platform, 1 compliant; findings:") {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in\n%s", c.name, want, text)
			}
		}
	}
}

// What a program can write right is what to do first, and told only where there is
// such a thing.
func TestSlipsAreLeftToFix(t *testing.T) {
	r := many(3)
	if text := render(t, "text", r, Options{}); strings.Contains(text, "hegui fix") {
		t.Errorf("nothing can be written right, but:\n%s", text)
	}
	r.Platforms[0].Findings[0].Edit = &finding.Edit{Line: 10, Column: 3, EndLine: 10, EndColumn: 9, Text: "act"}
	if text := render(t, "text", r, Options{}); !strings.Contains(text, "do first  1 slip can only be meant one way: hegui fix --diff government-services shows it") {
		t.Errorf("no word of hegui fix in\n%s", text)
	}
}

// A screen shows the verdict, what to do first and the worst finding, however many
// there are; what fits is shown whole.
func TestEssentialsFitTheScreen(t *testing.T) {
	long := lang.Say("%[1]s", "%[1]s", strings.Repeat("one very long finding ", 60))
	for _, screen := range []struct{ width, height, least int }{{100, 36, 30}, {100, 50, 44}, {80, 24, 16}} {
		for _, language := range []lang.Language{lang.Chinese, lang.English} {
			r := many(200)
			for i := range r.Platforms[0].Findings {
				f := &r.Platforms[0].Findings[i]
				f.Check += fmt.Sprint(i) // none are equal
				if f.Severity == finding.Blocker && screen.height == 24 {
					f.Message, f.Remedy, f.Because = long, long, []finding.Reason{{Message: long}}
				}
			}
			text := render(t, "text", r, Options{Language: language, Width: screen.width, Height: screen.height, View: View{Fit: true}, Color: true})
			rows := 0
			for line := range strings.Lines(text) {
				rows += max(1, (typeset.Width(plain(strings.TrimSuffix(line, "\n")))+screen.width-1)/screen.width)
			}
			if rows >= screen.height || rows < screen.least {
				t.Errorf("%d rows on a screen of %d:\n%s", rows, screen.height, text)
			}
			for _, want := range []string{"hegui check --limit 0 government-services", "2.1", "95.4", r.Platforms[0].Verdict().In(language), lang.Say("一票否决:", "blocker:").In(language)} {
				if !strings.Contains(plain(text), want) {
					t.Errorf("%s is not in\n%s", want, text)
				}
			}
		}
	}
	small := many(1)
	if got, want := render(t, "text", small, Options{Width: 100, Height: 60, View: View{Fit: true}}), render(t, "text", small, Options{Width: 100}); got != want {
		t.Errorf("what fits is cut:\n%s", got)
	}
}

// plain is a text without its colours.
func plain(text string) string {
	return regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(text, "")
}
