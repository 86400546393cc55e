package hegui_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/term"
)

// spoken are the string types whose constants people read, and the vocabulary's
// table of each; silent ones are read by machines only.
func spoken() (tables map[string]term.Enumeration, silent []string) {
	return map[string]term.Enumeration{
		"finding.Outcome": term.Outcomes(), "score.Verdict": term.ClauseVerdicts(), "examine.State": term.ClaimStates(),
		"examine.Determination": term.AssessorVerdicts(), "examine.WaiverState": term.WaiverStates(),
		"compare.Kind": term.Changes(), "results.Audience": term.Audiences(), "rulebook.ClauseKind": term.ClauseKinds(), "rulebook.Profile": term.Profiles(),
		"results.Standing": term.Standings(),
		"picture.State":    term.PartStates(),
	}, []string{"lang.Language", "page.Leaf"}
}

// Every constant of every enumeration has its word, and no table has a word for
// a value that does not exist.
func TestEveryConstantHasItsWord(t *testing.T) {
	tables, silent := spoken()
	values := map[string][]string{}
	constants(t, func(pkg, _, kind, value string) {
		if kind != "" {
			values[pkg+"."+kind] = append(values[pkg+"."+kind], value)
		}
	})
	for kind, found := range values {
		table, known := tables[kind]
		if !known && !slices.Contains(silent, kind) {
			t.Errorf("%s: its constants %q have no table in the vocabulary", kind, found)
		}
		var have []string
		for _, w := range table.Words {
			if w.ID != "" {
				have = append(have, w.ID)
			}
		}
		slices.Sort(found)
		slices.Sort(have)
		if known && !slices.Equal(found, have) {
			t.Errorf("%s has %q, its table %q", kind, found, have)
		}
	}
	for kind := range tables {
		if len(values[kind]) == 0 {
			t.Errorf("%s has no constants: the test looks in the wrong place", kind)
		}
	}
}

// constants visits every string constant of the packages; kind is the name of
// its type, empty for a plain string.
func constants(t *testing.T, visit func(pkg, name, kind, value string)) {
	t.Helper()
	parsed(t, func(pkg string, file *ast.File) {
		for _, decl := range file.Decls {
			block, ok := decl.(*ast.GenDecl)
			if !ok || block.Tok != token.CONST {
				continue
			}
			for _, spec := range block.Specs {
				spec := spec.(*ast.ValueSpec)
				kind, _ := spec.Type.(*ast.Ident)
				for i, v := range spec.Values {
					if value, ok := literal(v); ok {
						of := ""
						if kind != nil {
							of = kind.Name
						}
						visit(pkg, spec.Names[i].Name, of, value)
					}
				}
			}
		}
	})
}

func parsed(t *testing.T, visit func(pkg string, file *ast.File)) {
	t.Helper()
	files, err := filepath.Glob("internal/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		visit(path.Base(path.Dir(filepath.ToSlash(name))), file)
	}
}

func literal(n ast.Expr) (string, bool) {
	basic, ok := n.(*ast.BasicLit)
	if !ok || basic.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(basic.Value)
	return text, err == nil
}

// Every finding that the program makes without a check stands in the
// vocabulary's families, and these hold none that is never made.
func TestEveryOwnFindingHasItsFamily(t *testing.T) {
	written := map[string]bool{}
	literals(t, func(at token.Position, _ ast.Node, _ int, text string) {
		if !strings.Contains(filepath.ToSlash(at.Filename), "/term/") {
			written[text] = true
		}
	})
	kinds := 0
	for _, f := range term.Families() {
		for _, k := range f.Kinds {
			kinds++
			if !written[k.ID] && !written[f.ID+"."+k.ID] && f.ID != "schema" {
				t.Errorf("%s.%s is explained and never made", f.ID, k.ID)
			}
		}
	}
	made := map[string]bool{}
	constants(t, func(pkg, name, _, value string) {
		switch {
		case pkg == "document" && strings.HasPrefix(name, "Code"):
			made["document."+value] = true
		case pkg == "schema" && name == "keywords":
			for _, keyword := range strings.Fields(value) {
				if !silentKeyword(keyword) {
					made["schema."+snake(keyword)] = true
				}
			}
		}
	})
	form := regexp.MustCompile(`(?:\[|"check": ?")((?:document|schema|fact|evidence|waiver|verdict|editor|rulebook|scope)\.[a-z_0-9]+)["\]]`)
	for _, golden := range goldens(t) {
		for _, found := range form.FindAllStringSubmatch(golden, -1) {
			made[found[1]] = true
		}
	}
	for id := range made {
		if _, _, ok := term.Find(id); !ok {
			t.Errorf("%s is made and not explained", id)
		}
	}
	if len(made) < kinds/2 {
		t.Errorf("only %d of %d kinds of findings were seen: the test looks in the wrong place", len(made), kinds)
	}
}

// silentKeyword reports whether a schema's keyword is never the reason of a
// finding.
func silentKeyword(keyword string) bool {
	switch keyword {
	case "properties", "items", "examples", "title", "description", "if", "then", "else", "allOf", "dependentRequired":
		return true
	}
	return strings.HasPrefix(keyword, "$") || strings.HasPrefix(keyword, "x-") && keyword != "x-key"
}

var upper = regexp.MustCompile(`[A-Z]`)

func snake(keyword string) string {
	return strings.ReplaceAll(upper.ReplaceAllStringFunc(keyword, func(s string) string { return "_" + strings.ToLower(s) }), "-", "_")
}

// goldens are the texts that the tests of the command line and of the reports
// compare with.
func goldens(t *testing.T) []string {
	t.Helper()
	var texts []string
	for _, dir := range []string{"internal/cli/testdata", "internal/report/testdata"} {
		err := filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := os.ReadFile(file)
			texts = append(texts, string(data))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return texts
}

// banned are words that mean what the vocabulary has another word for. Inside
// their contexts they mean something else. Hard ones have no place in the
// rulebook's texts either, which speak of the world and its inspections.
func banned() []struct {
	word, instead string
	hard          bool
	contexts      []string
} {
	type row = struct {
		word, instead string
		hard          bool
		contexts      []string
	}
	return []row{
		{"关卡", "门禁", true, nil},
		{"阈值", "限值", true, nil},
		{"测评人员", "评估人员", true, nil},
		{"检查人员", "评估人员", true, nil},
		{"核查人员", "评估人员", true, nil},
		{"测评", "评估", false, []string{"等级测评"}},
		{"规则", "检查项", false, []string{"规则库"}},
		{"项检查", "检查项", false, nil},
		{"检查 %s", "检查项 %s", false, nil},
		{"没有检查 ", "没有检查项", false, nil},
		{"检查待编写", "检查项待编写", false, nil},
		{"等级", "等次（grade）或等保级别（level）", false, []string{"等级测评", "等级保护", "保护等级"}},
		{"发现", "问题", false, nil},
		{"判定", "结论（verdict）", false, []string{"判定一次", "规则库判定", "豁免判定", "判定改动", "被判定", "无法判定", "可判定"}},
		{"权数", "权重", true, nil},
		{"被检查单位", "被评估单位", true, nil},
		{"本地规定", "地方规定", true, nil},
		{"二手资料", "二手转述", true, nil},
		{"(veto", "(blocker", false, nil},
		{"Vetoes", "blockers", false, nil},
		{"threshold", "limit", false, nil},
		{"nspector", "assessor", false, nil},
		{"xemption", "waiver", false, nil},
	}
}

// One thing has one name in everything that people read: the program's strings,
// pages and schemas, its guides, and, for the words that mean nothing else, the
// rulebook.
func TestNothingHasTwoNames(t *testing.T) {
	seen := map[bool]int{}
	look := func(at, text string, ours bool) {
		seen[ours]++
		for _, b := range banned() {
			if !ours && !b.hard {
				continue
			}
			rest := text
			for _, context := range b.contexts {
				rest = strings.ReplaceAll(rest, context, "")
			}
			if strings.Contains(rest, b.word) {
				t.Errorf("%s: write %s instead of %s: %.200q", at, b.instead, b.word, text)
			}
		}
	}
	literals(t, func(at token.Position, _ ast.Node, _ int, text string) { look(at.String(), text, true) })
	for pattern, ours := range map[string]bool{
		"internal/page/html/*.html": true, "docs/*.md": true, "README*.md": true, "schemas/*.json": true,
		"checks/*.yaml": false, "checks/*/*.yaml": false,
	} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Errorf("%s: no files, %v", pattern, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(string(data), "\n")
			aboutTheWorld := strings.Contains(string(data), `"x-topic"`) ||
				slices.Contains([]string{"schemas/common.schema.json", "docs/checks.md", "docs/sources.md"}, filepath.ToSlash(file))
			for i, line := range lines {
				look(file+":"+strconv.Itoa(i+1), line, ours && !aboutTheWorld)
			}
		}
	}
	if seen[true] < 5000 || seen[false] < 5000 {
		t.Errorf("only %v texts were seen: the test looks in the wrong place", seen)
	}
}

// Where a sink says a word of the vocabulary in one language, the word beside it
// is that of the other.
func TestNoSinkHasWordsOfItsOwn(t *testing.T) {
	pairs := map[string][]string{}
	learn := func(text lang.Text) {
		pairs[text.ZH] = append(pairs[text.ZH], plain(text.EN))
		pairs[plain(text.EN)] = append(pairs[plain(text.EN)], text.ZH)
	}
	for _, e := range term.Enumerations() {
		learn(e.Title)
		for _, w := range e.Words {
			learn(w.Text)
			learn(e.Long(w.ID))
		}
	}
	for _, n := range term.Nouns() {
		learn(n.Text)
	}
	seen := 0
	look := func(at, zh, en string) {
		if others := []string{ // of a gate, findings and levels
			"通过 passed", "新增 new", "消除 fixed", "默认 default"}; slices.Contains(others, zh+" "+en) {
			return
		}
		if want := pairs[zh]; want != nil {
			seen++
			if !slices.Contains(want, plain(en)) {
				t.Errorf("%s: the vocabulary has %q for %q, not %q", at, want, zh, en)
			}
		}
		// A label may say more in Chinese, and a count word.
		more := func(word string) bool { return strings.Contains(zh, word) }
		if want := pairs[plain(en)]; want != nil && !slices.ContainsFunc(want, more) {
			t.Errorf("%s: the vocabulary has %q for %q, not %q", at, want, en, zh)
		}
	}
	literals(t, func(at token.Position, parent ast.Node, index int, text string) {
		if en, ok := translation(parent, index); ok && strings.ContainsFunc(text, isHan) {
			look(at.String(), text, en)
		}
	})
	said := regexp.MustCompile(`(?:say|pair) "([^"]+)" "([^"]+)"`)
	files, err := filepath.Glob("internal/*/html/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range said.FindAllStringSubmatch(string(data), -1) {
			look(file, found[1], found[2])
		}
	}
	if seen < 100 {
		t.Errorf("only %d words of the vocabulary were seen: the test looks in the wrong place", seen)
	}
}

// plain is an English word without what its place in a text does to it.
func plain(en string) string {
	en = strings.ToLower(en)
	if strings.HasSuffix(en, "es") && strings.HasSuffix(strings.TrimSuffix(en, "es"), "ss") {
		return strings.TrimSuffix(en, "es")
	}
	if strings.HasSuffix(en, "ss") || strings.HasSuffix(en, "is") {
		return en
	}
	return strings.TrimSuffix(en, "s")
}

// Every closed set of values that the program's own schemas know has its words,
// and where a schema has labels, they are these.
func TestSchemasSpeakTheVocabulary(t *testing.T) {
	tables := append(term.Enumerations(), term.Enumeration{})
	kinds := &tables[len(tables)-1]
	for _, k := range term.FamilyOf("scope").Kinds {
		kinds.Words = append(kinds.Words, term.Word{ID: k.ID, Text: k.Title})
	}
	seen := 0
	var walk func(at string, v any)
	walk = func(at string, v any) {
		switch v := v.(type) {
		case []any:
			for i, item := range v {
				walk(at+"/"+strconv.Itoa(i), item)
			}
		case map[string]any:
			if values, ok := v["enum"].([]any); ok {
				seen++
				labels, _ := v["x-labels"].(map[string]any)
				worded(t, at, tables, values, labels)
			}
			for key, child := range v {
				walk(at+"/"+key, child)
			}
		}
	}
	for _, name := range []string{"check", "overlay", "policy", "regulation", "results", "verdicts", "waivers"} {
		data, err := os.ReadFile("schemas/" + name + ".schema.json")
		if err != nil {
			t.Fatal(err)
		}
		var root any
		if err := json.Unmarshal(data, &root); err != nil {
			t.Fatal(err)
		}
		walk(name, root)
	}
	if seen < 20 {
		t.Errorf("only %d closed sets were seen: the test looks in the wrong place", seen)
	}
}

func worded(t *testing.T, at string, tables []term.Enumeration, values []any, labels map[string]any) {
	t.Helper()
	knows := func(e term.Enumeration) bool {
		return !slices.ContainsFunc(values, func(v any) bool {
			return !slices.ContainsFunc(e.Words, func(w term.Word) bool { return w.ID == v })
		})
	}
	i := slices.IndexFunc(tables, knows)
	if i < 0 {
		t.Errorf("%s: %v have no words in the vocabulary", at, values)
		return
	}
	for value, label := range labels {
		word, _ := label.(map[string]any)
		if want := tables[i].Text(value); word["zh"] != want.ZH || word["en"] != want.EN {
			t.Errorf("%s: %s is labelled %v, the vocabulary has %v", at, value, label, want)
		}
	}
}
