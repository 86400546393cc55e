package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"net/url"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gmhtml "github.com/yuin/goldmark/renderer/html"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/typeset"
)

// hostileTexts are those of every format's test, and what is made for one.
func hostileTexts() map[string]string {
	all := hostile()
	maps.Copy(all, map[string]string{
		"image":        `"><img src=x onerror=alert(1)>`,
		"formula":      `=HYPERLINK("http://x")`,
		"formulas":     "@SUM(1);=1+1;\t+2;-3",
		"full width":   "＝1+1",
		"cdata":        "]]>",
		"comment":      "--><!-- -->",
		"percent":      "%0A::error::x %25",
		"pipe":         "a|b",
		"backticks":    "```\n`x`",
		"link":         `[x](javascript:alert(1)) ![y](https://evil.example/p.png) <https://evil.example>`,
		"bare link":    "https://evil.example www.evil.example evil@example.com @octocat/team #12 ![](x)",
		"heading":      "# x",
		"list":         "- x",
		"placeholder":  "{0} {{ insert: param, x }}",
		"backslash":    `\`,
		"entity":       "&lt;b&gt; &#60;",
		"math":         "$x$ $$y$$ ~~z~~ **b** _i_ ^s^",
		"noncharacter": "a\ufffe\uffff",
		"emoji":        "🙂 👩\u200d💻 :shipit:",
		"blank":        " ",
		// Shorter than in the text's test: what is data holds it hundreds of times.
		"long chinese": strings.Repeat("长", 3_000),
		"long escapes": strings.Repeat("\x1b", 3_000),
		"jamo":         strings.Repeat("\u1100", 1_000),
		"empty":        "",
	})
	return all
}

// kept are the fields whose words are ours, not a platform's: with other words
// in them nothing would be judged, and nothing shown.
func kept() []string { return []string{"Verdict", "Outcome", "State", "Change", "AsOf"} }

// spoil puts a text into every string that may come from outside.
func spoil(v reflect.Value, payload string) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if !slices.Contains(kept(), v.Type().Field(i).Name) {
				spoil(v.Field(i), payload)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			spoil(v.Index(i), payload)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			spoil(v.Elem(), payload)
		}
	default:
		poison(v, payload)
	}
}

// spoiled are results with a text everywhere; only the ids of platforms are
// still told apart, as those of folders are.
func spoiled(r *results.Results, payload string) *results.Results {
	var listed []*results.GateFinding
	if r.Gate != nil {
		for _, list := range [][]results.GateFinding{r.Gate.Findings, r.Gate.Worse} {
			for i := range list {
				listed = append(listed, &list[i])
			}
		}
	}
	var of []int
	for _, f := range listed {
		of = append(of, slices.IndexFunc(r.Platforms, func(p results.Platform) bool { return p.ID == f.Platform }))
	}
	r.Errors = []lang.Text{lang.Same("x")}
	spoil(reflect.ValueOf(r).Elem(), payload)
	for i := range r.Platforms {
		r.Platforms[i].ID += "n" + strconv.Itoa(i)
	}
	for i, f := range listed {
		if f.Platform = ""; of[i] >= 0 {
			f.Platform = r.Platforms[of[i]].ID
		}
	}
	return r
}

// eachHostile runs a test with each hostile text in a run and in a gate; calm
// is the same report with a harmless word.
func eachHostile(t *testing.T, format string, test func(t *testing.T, got, calm, payload string)) {
	t.Helper()
	for kind, make := range map[string]func() *results.Results{"check": cityResults, "gate": gatedResults} {
		for _, language := range []lang.Language{lang.Chinese, lang.English} {
			o := Options{Language: language}
			calm := render(t, format, spoiled(make(), "word"), o)
			for name, payload := range hostileTexts() {
				if len(payload) > 50_000 && language == lang.Chinese {
					continue // once is enough for tens of megabytes
				}
				t.Run(name+" "+kind+" "+string(language), func(t *testing.T) {
					test(t, render(t, format, spoiled(make(), payload), o), calm, payload)
				})
			}
		}
	}
}

func TestJSONLStaysOnItsLines(t *testing.T) {
	eachHostile(t, "jsonl", func(t *testing.T, got, calm, _ string) {
		lines, want := strings.Split(got, "\n"), strings.Split(calm, "\n")
		if len(lines) != len(want) || lines[len(lines)-1] != "" {
			t.Fatalf("%d lines, want %d", len(lines), len(want))
		}
		for _, line := range lines[:len(lines)-1] {
			if !json.Valid([]byte(line)) {
				t.Errorf("no JSON: %.200s", line)
			}
		}
	})
}

// TestCSVHoldsNoFormula reads the table with the standard library.
func TestCSVHoldsNoFormula(t *testing.T) {
	starts := regexp.MustCompile("(^|;)[ \"'\u00a0\u3000]*[=+@＝＋－＠\t\r-]")
	eachHostile(t, "csv", func(t *testing.T, got, calm, _ string) {
		text, marked := strings.CutPrefix(got, "\ufeff")
		if !marked || strings.Count(text, "\n") != strings.Count(text, "\r\n") || strings.Count(text, "\r") != strings.Count(text, "\r\n") {
			t.Error("no mark, or lines that do not end in CRLF")
		}
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != strings.Count(calm, "\r\n") {
			t.Errorf("%d rows", len(rows))
		}
		for _, row := range rows {
			for _, cell := range row {
				// The apostrophe is what makes a cell text.
				if starts.MatchString(strings.ReplaceAll(cell, "'"+strings.TrimLeft(cell, "'"), "")) && !strings.HasPrefix(cell, "'") {
					t.Errorf("a formula: %.80q", cell)
				}
			}
		}
	})
}

func TestNoFormula(t *testing.T) {
	for cell, want := range map[string]string{
		"=1": "'=1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "＝1": "'＝1", "\tx": "'\tx", "\rx": "'\rx", "  =1": "'  =1", `"=1`: `'"=1`,
		"a;=1": "a;'=1", "a; -1;b": "a;' -1;b", "a-1": "a-1", "a=b": "a=b", "": "", "1;2": "1;2", "'=1": "''=1", "名称": "名称",
	} {
		if got := noFormula(cell); got != want {
			t.Errorf("noFormula(%q) = %q, want %q", cell, got, want)
		}
	}
}

// TestJUnitKeepsItsShape compares the elements with those of a calm report.
func TestJUnitKeepsItsShape(t *testing.T) {
	eachHostile(t, "junit", func(t *testing.T, got, calm, payload string) {
		have, want := skeleton(t, got), skeleton(t, calm)
		// An empty reason leaves an element out.
		if strings.TrimSpace(payload) != "" && !slices.Equal(have, want) {
			t.Errorf("%d elements, want %d", len(have), len(want))
		}
	})
}

// skeleton are the tags and attributes' names of a document, in order.
func skeleton(t *testing.T, text string) []string {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(text))
	var tags []string
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return tags
		}
		if err != nil {
			t.Fatalf("%v\n%.2000s", err, text)
		}
		switch token := token.(type) {
		case xml.StartElement:
			tag := token.Name.Local
			for _, a := range token.Attr {
				tag += " " + a.Name.Local
			}
			tags = append(tags, tag)
		case xml.EndElement:
			tags = append(tags, "/"+token.Name.Local)
		}
	}
}

// asHTML is what a reader of CommonMark with GitHub's extensions makes of a
// text, tags of the text's own included.
func asHTML(t *testing.T, markdown string) string {
	t.Helper()
	var b bytes.Buffer
	reader := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList),
		goldmark.WithRendererOptions(gmhtml.WithUnsafe(), gmhtml.WithXHTML()))
	if err := reader.Convert([]byte(markdown), &b); err != nil {
		t.Fatal(err)
	}
	return "<body>" + b.String() + "</body>"
}

// TestMarkdownStaysInert renders the comment as another program does: there is
// no element but ours, and none has an attribute that does anything.
func TestMarkdownStaysInert(t *testing.T) {
	ours := strings.Fields("body h2 h3 p ul li strong hr br table thead tbody tr th td details summary")
	eachHostile(t, "markdown", func(t *testing.T, got, calm, payload string) {
		page := asHTML(t, got)
		have := skeleton(t, page)
		for _, tag := range have {
			name, attributes, _ := strings.Cut(strings.TrimPrefix(tag, "/"), " ")
			if !slices.Contains(ours, name) || attributes != "" && attributes != "style" && attributes != "align" {
				t.Fatalf("the text makes <%s>", tag)
			}
		}
		if len([]rune(got)) > maxComment || !regexp.MustCompile(`^<!-- hegui:(check|gate) -->\n## `).MatchString(got) {
			t.Error("too long, or without its mark")
		}
		for _, r := range got {
			if r != '\n' && r != '\u200b' && unicode.In(r, unicode.C, unicode.Zl, unicode.Zp) {
				t.Fatalf("the comment holds %U", r)
			}
		}
		seen := visibleText(t, page)
		if regexp.MustCompile(`@\w|#\d`).MatchString(seen) {
			t.Error("the text mentions somebody or refers to an issue")
		}
		if shown := typeset.Inert(payload); len(payload) < 200 && strings.TrimSpace(payload) != "" {
			if want := skeleton(t, asHTML(t, calm)); !slices.Equal(have, want) {
				t.Errorf("the text changes the page: %d elements, want %d", len(have), len(want))
			}
			if !strings.Contains(strings.ReplaceAll(seen, "\u200b", ""), strings.TrimSpace(shown)) {
				t.Errorf("the reader does not see %q", shown)
			}
		}
	})
}

// visibleText is the text of a page as its reader sees it.
func visibleText(t *testing.T, page string) string {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(page))
	var b strings.Builder
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		if text, ok := token.(xml.CharData); ok {
			b.Write(text)
		}
	}
}

// TestGitHubObeysOnlyOurCommands reads the log as GitHub's runner does.
func TestGitHubObeysOnlyOurCommands(t *testing.T) {
	shape := regexp.MustCompile(`^::(error|warning|notice) ((?:(?:file|line|endLine|col|endColumn|title)=[^:,\r\n]*,?)*)::([^\r\n]*)$`)
	eachHostile(t, "github", func(t *testing.T, got, calm, _ string) {
		if strings.Count(got, "\n") != strings.Count(calm, "\n") {
			t.Errorf("%d lines, want %d", strings.Count(got, "\n"), strings.Count(calm, "\n"))
		}
		for _, line := range strings.Split(strings.TrimSuffix(got, "\n"), "\n") {
			m := shape.FindStringSubmatch(line)
			if m == nil {
				t.Fatalf("no command of ours: %.300q", line)
			}
			for _, part := range m[2:] {
				if strings.Contains(regexp.MustCompile(`%(25|0A|0D|3A|2C)`).ReplaceAllString(part, ""), "%") {
					t.Errorf("a stray %%: %.300q", part)
				}
			}
			if strings.Contains(line, "##[") || strings.Contains(line, "##vso[") {
				t.Errorf("an old command: %.300q", line)
			}
		}
	})
}

func TestGitLabIssuesAreDistinct(t *testing.T) {
	eachHostile(t, "gitlab", func(t *testing.T, got, calm, _ string) {
		var issues, want []gitlabIssue
		if err := json.Unmarshal([]byte(got), &issues); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(calm), &want); err != nil || len(issues) != len(want) || len(issues) < 4 {
			t.Errorf("%d issues, want %d", len(issues), len(want))
		}
		seen := map[string]bool{}
		for _, issue := range issues {
			if seen[issue.Fingerprint] || issue.Location.Lines.Begin < 1 {
				t.Errorf("%+v is lost", issue)
			}
			seen[issue.Fingerprint] = true
		}
	})
}

// TestSARIFTextIsPlain: no message is a link or waits for arguments, no URI
// leaves the repository, and help is what it says.
func TestSARIFTextIsPlain(t *testing.T) {
	eachHostile(t, "sarif", func(t *testing.T, got, calm, _ string) {
		var log, want sarifLog
		if err := json.Unmarshal([]byte(got), &log); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(calm), &want); err != nil {
			t.Fatal(err)
		}
		run := log.Runs[0]
		if len(run.Results) != len(want.Runs[0].Results) {
			t.Errorf("%d results", len(run.Results))
		}
		fingerprints := map[string]bool{}
		for _, result := range run.Results {
			plainMessage(t, result.Message.Text)
			if run.Tool.Driver.Rules[result.RuleIndex].ID != result.RuleID {
				t.Error("the index leads to another rule")
			}
			if print := result.PartialFingerprints[fingerprintName]; fingerprints[print] {
				t.Error("two results have one fingerprint")
			} else {
				fingerprints[print] = true
			}
			for _, place := range result.Locations {
				if uri, err := url.Parse(place.Physical.Artifact.URI); err != nil || uri.IsAbs() || uri.Host != "" || strings.HasPrefix(uri.Path, "/") {
					t.Errorf("%.80q: %v", place.Physical.Artifact.URI, err)
				}
			}
		}
		for _, rule := range run.Tool.Driver.Rules {
			plainMessage(t, rule.ShortDescription.Text)
			plainMessage(t, rule.Help.Text)
			onlyTags(t, rule.Help.Markdown, "body p strong ul li code")
		}
	})
}

func plainMessage(t *testing.T, text string) {
	t.Helper()
	single := strings.NewReplacer("{{", "", "}}", "").Replace(text)
	if strings.Contains(text, "](") || strings.ContainsAny(single, "{}") || text == "" {
		t.Errorf("not plain: %.200q", text)
	}
}

// onlyTags holds Markdown to the elements that we make.
func onlyTags(t *testing.T, markdown, tags string) {
	t.Helper()
	for _, tag := range skeleton(t, asHTML(t, markdown)) {
		if !slices.Contains(strings.Fields(tags), strings.TrimPrefix(tag, "/")) {
			t.Fatalf("%.200q makes <%s>", markdown, tag)
		}
	}
}

// TestOSCALTextIsPlain: what the model calls markup is only text.
func TestOSCALTextIsPlain(t *testing.T) {
	read := map[string]bool{}
	eachHostile(t, "oscal", func(t *testing.T, got, _, _ string) {
		var document any
		if err := json.Unmarshal([]byte(got), &document); err != nil {
			t.Fatal(err)
		}
		markups := 0
		walk(document, func(key string, text string) {
			switch key {
			case "title", "description", "statement", "remarks", "text":
				markups++
				if !read[text] {
					onlyTags(t, text, "body p ul li")
				}
				read[text] = true
			}
		})
		if markups < 20 {
			t.Errorf("only %d texts were found", markups)
		}
	})
}

// walk visits every text of a JSON document with its key.
func walk(node any, visit func(key, text string)) {
	switch node := node.(type) {
	case []any:
		for _, item := range node {
			walk(item, visit)
		}
	case map[string]any:
		for key, value := range node {
			if text, ok := value.(string); ok {
				visit(key, text)
			}
			walk(value, visit)
		}
	}
}

// written writes one format of each hostile text into a folder and returns the
// files.
func written(t *testing.T, format, extension string) []string {
	t.Helper()
	dir := t.TempDir()
	var files []string
	add := func(name string, r *results.Results) {
		file := filepath.Join(dir, name+extension)
		writeFile(t, file, render(t, format, r, Options{Language: lang.Chinese}))
		files = append(files, file)
	}
	for name, make := range cases() {
		add(name, make())
	}
	for name, payload := range hostileTexts() {
		add(strings.ReplaceAll("hostile "+name, " ", "-"), spoiled(gatedResults(), payload))
	}
	slices.Sort(files)
	return files
}
