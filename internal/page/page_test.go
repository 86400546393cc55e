package page

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
)

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

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
	p := &Pages{run: &results.Results{AsOf: "2026-12-01", Audience: "public", Revision: &results.Revision{Commit: "abc"}}, options: Options{Previous: []string{"2026-06-01"}}, language: lang.English}
	want := `hegui scorecard 'platforms/a b'\''$(x)' --previous 2026-06-01 --rev abc --as-of 2026-12-01 --audience public --lang en`
	if got := p.command([]string{"platforms/a b'$(x)"}, "scorecard"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Places of one file are said together, each line once; each file is a link where the
// policy says how.
func TestPlacesAreSaidTogether(t *testing.T) {
	at := func(path string, line int) finding.Location { return finding.Location{Path: path, Line: line} }
	c := &card{Platform: &results.Platform{Path: "p/one"}, Run: &results.Results{Revision: &results.Revision{Commit: "abc"},
		Rulebook: results.Rulebook{RepositoryURL: "https://git.example/{commit}/{path}#L{line}"}}}
	got := c.together([]finding.Location{at("p/one/a.yaml", 3), at("p/one/a.yaml", 9), at("p/one/a.yaml", 3), at("p/one/b.yaml", 0), at("p/one/a.yaml", 4), {}})
	want := []spot{{"a.yaml:3, 9", "https://git.example/abc/p/one/a.yaml#L3"}, {"b.yaml", "https://git.example/abc/p/one/b.yaml#L1"}, {"a.yaml:4", "https://git.example/abc/p/one/a.yaml#L4"}, {"", ""}}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
