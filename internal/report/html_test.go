package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
)

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// What a page runs and how it looks is named by hash; all else is forbidden,
// and nothing in it would need to be allowed.
func TestPageAllowsOnlyItsOwn(t *testing.T) {
	page := render(t, "html", cityResults(), Options{})
	for _, tag := range []string{"style", "script"} {
		blocks := regexp.MustCompile(`(?s)<`+tag+`[^>]*>(.*?)</`+tag+`>`).FindAllStringSubmatch(page, -1)
		if len(blocks) != 1 || len(blocks[0][1]) < 1000 {
			t.Fatalf("%d blocks of %s", len(blocks), tag)
		}
		sum := sha256.Sum256([]byte(blocks[0][1]))
		// The escaper writes + as an entity, which a browser reads as +.
		head, _, _ := strings.Cut(page, "<style>")
		policy := strings.ReplaceAll(head, "&#43;", "+")
		if want := fmt.Sprintf("%s-src 'sha256-%s'", tag, base64.StdEncoding.EncodeToString(sum[:])); !strings.Contains(strings.ReplaceAll(policy, "&#39;", "'"), want) {
			t.Errorf("the policy does not name %s: %s", want, policy)
		}
	}
	for _, wrong := range []string{` style="`, ` onclick=`, "url(", "@import", "http://", "<link rel=\"stylesheet"} {
		if strings.Contains(page, wrong) {
			t.Errorf("the page holds %q", wrong)
		}
	}
}

// Every text of the templates is said in both languages.
func TestTemplatesAreBilingual(t *testing.T) {
	said, pairs := regexp.MustCompile(`(say|pair) "([^"]*)" "([^"]*)"`), 0
	files, err := fs.Glob(htmlFiles, "html/*.html")
	if err != nil || len(files) < 3 {
		t.Fatalf("%v, %v", files, err)
	}
	label := regexp.MustCompile(` lang="zh">中文|aria-label="中文"|data-zh="[^"]*"`)
	for _, file := range files {
		text, err := htmlFiles.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range said.FindAllStringSubmatch(string(text), -1) {
			pairs++
			if strings.ContainsFunc(m[3], isHan) || strings.TrimSpace(m[2]) != "" && strings.TrimSpace(m[3]) == "" {
				t.Errorf("%s: the English of %q is %q", file, m[2], m[3])
			}
		}
		rest := label.ReplaceAllString(said.ReplaceAllString(string(text), ""), "")
		if i := strings.IndexFunc(rest, isHan); i >= 0 {
			t.Errorf("%s: %.60q is said in one language", file, rest[i:])
		}
	}
	if pairs < 100 {
		t.Errorf("only %d texts were found: the test looks in the wrong place", pairs)
	}
}

// One platform is its scorecard, several are the fleet and all cards, whose ids
// are told apart.
func TestOnePageOrAll(t *testing.T) {
	all := render(t, "html", cityResults(), Options{})
	if strings.Count(all, `<article class="card`) != 2 || !strings.Contains(all, `id="fleet"`) || !strings.Contains(all, `href="#p2-top"`) {
		t.Error("several platforms are not the fleet with all cards")
	}
	r := cityResults()
	r.Platforms = r.Platforms[:1]
	one := render(t, "html", r, Options{Language: lang.Chinese})
	if strings.Contains(one, `id="fleet"`) || !strings.Contains(one, `<html lang="zh">`) {
		t.Error("one platform is not just its card")
	}
	for name, page := range map[string]string{"all": all, "one": one} {
		seen := map[string]bool{}
		for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
			if seen[m[1]] {
				t.Errorf("%s: the id %s stands twice", name, m[1])
			}
			seen[m[1]] = true
		}
		for _, m := range regexp.MustCompile(` (?:href="#|aria-labelledby=")([^"]*)"`).FindAllStringSubmatch(page, -1) {
			for _, id := range strings.Fields(m[1]) {
				if !seen[id] {
					t.Errorf("%s: nothing has the id %s", name, id)
				}
			}
		}
	}
	none := render(t, "html", noPlatforms(), Options{})
	if !strings.Contains(none, "no platform.yaml below platforms") {
		t.Error("a failed run does not say so")
	}
}

// A source line is cut around the place that a finding points at, in characters.
func TestMarked(t *testing.T) {
	at := func(column, end int) finding.Location {
		return finding.Location{Line: 1, Column: column, EndLine: 1, EndColumn: end}
	}
	for _, c := range []struct {
		excerpt             string
		at                  finding.Location
		before, mark, after string
	}{
		{"  名称: 平台 # 注", at(3, 5), "  ", "名称", ": 平台 # 注"},
		{"a: b", at(1, 2), "", "a", ": b"},
		{"a: b", at(4, 0), "a: ", "b", ""},
		{"ab", at(3, 3), "ab", " ", ""},
		{"ab\u202ecd", at(4, 5), "ab\\u202e", "c", "d"},
		{"ab", finding.Location{}, "", "", ""},
	} {
		before, mark, after := marked(&finding.Finding{Excerpt: c.excerpt, Location: c.at})
		if before != c.before || mark != c.mark || after != c.after {
			t.Errorf("%q at %d: %q, %q, %q", c.excerpt, c.at.Column, before, mark, after)
		}
	}
}

// The command that a page shows is one word a word, whatever the platform.
func TestCommandIsQuoted(t *testing.T) {
	p := &Pages{r: &results.Results{AsOf: "2026-12-01", Audience: "public", Revision: &results.Revision{Commit: "abc"}}, options: Options{Previous: "2026-06-01"}, language: lang.English}
	want := `hegui scorecard 'platforms/a b'\''$(x)' --previous 2026-06-01 --rev abc --as-of 2026-12-01 --audience public --lang en`
	if got := p.command([]string{"platforms/a b'$(x)"}, "scorecard"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// What a reader may not see leaves a word in its place, not a hole or a "none".
func TestWithheldIsSaid(t *testing.T) {
	r := cityResults()
	r.Audience = "public"
	p := &r.Platforms[0]
	p.Checks, p.Findings, p.Evidence, p.Waivers, p.Reasons = nil, nil, nil, nil, nil
	r.Platforms = r.Platforms[:1]
	page := render(t, "html", r, Options{})
	if strings.Count(page, "Left out for this audience.") != 3 || strings.Contains(page, "No blocker is open") || strings.Contains(page, "There are none.") {
		t.Error("what is withheld reads as if there were nothing")
	}
	if !bytes.Contains([]byte(page), []byte("no MLPS assessment")) {
		t.Error("the page does not say what it is not")
	}
}
