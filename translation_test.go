package hegui_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hegui"
	"hegui/internal/handbook"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// texts holds texts to be in both languages: Chinese that is Chinese, English
// that has none.
type texts struct {
	*testing.T
	seen int
}

func (t *texts) hold(where string, text lang.Text) {
	t.Helper()
	t.seen++
	if !strings.ContainsFunc(text.ZH, isHan) {
		t.Errorf("%s: the Chinese is %q", where, text.ZH)
	}
	if strings.TrimSpace(text.EN) == "" || strings.ContainsFunc(text.EN, isHan) {
		t.Errorf("%s: the English is %q", where, text.EN)
	}
}

// Every text of the rulebook is in both languages, also those that only an
// overlay adds.
func TestRulebookIsBilingual(t *testing.T) {
	tree := source.FromFS(hegui.Rulebook)
	base, err := rulebook.Load(tree)
	if err != nil {
		t.Fatal(err)
	}
	all := &texts{T: t}
	all.regulation(base)
	all.sources(base.Sources)
	all.checks(base.Checks)
	overlays, err := handbook.Overlays(tree, base)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range overlays {
		all.hold("the title of overlay "+o.Name, o.Title)
		all.hold("the note of overlay "+o.Name, o.Note)
		all.checks(o.Added)
		for _, tightened := range o.Tightened {
			all.limits(tightened.Check.ID+" under "+o.Name, []rulebook.LimitRule{tightened.After})
		}
	}
	if all.seen < 1000 {
		t.Errorf("only %d texts were found: the test looks in the wrong place", all.seen)
	}
}

func (t *texts) regulation(book *rulebook.Rulebook) {
	r := book.Regulation
	t.hold("the regulation's title", r.Title)
	t.hold("the regulation's note", r.Note)
	for _, part := range slices.Concat(r.Chapters, r.Sections) {
		t.hold("the title of "+part.ID, part.Title)
	}
	for _, clause := range r.Clauses {
		t.hold("the title of clause "+clause.ID, clause.Title)
		t.hold("the summary of clause "+clause.ID, clause.Summary)
		if !clause.Informative.IsZero() {
			t.hold("why clause "+clause.ID+" has no checks", clause.Informative)
		}
		for _, duty := range clause.Duties {
			t.hold("a duty of clause "+clause.ID, duty.Text)
			t.stated("why a duty of clause "+clause.ID+" has no checks", duty.Reason)
		}
	}
	for _, grade := range book.Policy.Grades {
		t.hold("the grade "+grade.ID, grade.Title)
	}
}

func (t *texts) checks(checks []*rulebook.Check) {
	for _, c := range checks {
		t.hold(c.ID+": title", c.Title)
		t.hold(c.ID+": rationale", c.Rationale)
		t.hold(c.ID+": remedy", c.Remedy)
		t.hold(c.ID+": message", c.Message)
		for _, basis := range c.Basis.Values {
			t.source(c.ID, basis)
		}
		t.limits(c.ID, c.Limits)
	}
}

func (t *texts) limits(where string, rules []rulebook.LimitRule) {
	for _, rule := range rules {
		for _, limit := range rule.Values {
			t.source(where+" "+rule.Name, limit.Basis)
		}
	}
}

func (t *texts) sources(instruments []*rulebook.Instrument) {
	for _, in := range instruments {
		t.name("the title of "+in.ID, in.Title)
		t.name("how "+in.ID+" is cited", in.Cite)
		t.name("the issuer of "+in.ID, in.Issuer)
		t.stated("the note of "+in.ID, in.Note)
		for _, a := range in.Articles {
			t.name("the number of "+a.ID, a.Number)
			t.hold("the duty of "+a.ID, a.Duty)
			t.stated("whom "+a.ID+" binds", a.Binds)
		}
	}
}

// stated holds a text that may be left out.
func (t *texts) stated(where string, text lang.Text) {
	if !text.IsZero() {
		t.hold(where, text)
	}
}

// name lets a document keep its own name, which is alike in both languages.
func (t *texts) name(where string, name lang.Text) {
	t.seen++
	switch {
	case name.ZH == "" || name.EN == "":
		t.Errorf("%s: there is none", where)
	case name.ZH != name.EN:
		t.hold(where, name)
	}
}

// source holds our own words: articles are held where they stand.
func (t *texts) source(where string, basis rulebook.Basis) {
	t.stated(where+": note", basis.Note)
	if len(basis.Articles) == 0 {
		t.name(where+": source", basis.Source)
	}
}

// Every schema says in both languages what it describes.
func TestSchemasAreBilingual(t *testing.T) {
	files, err := fs.Glob(hegui.Rulebook, path.Join(rulebook.SchemasDir, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	all := &texts{T: t}
	for _, file := range files {
		data, err := fs.ReadFile(hegui.Rulebook, file)
		if err != nil {
			t.Fatal(err)
		}
		var schema map[string]any
		if err := json.Unmarshal(data, &schema); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if schema["title"] == nil || schema["description"] == nil {
			t.Errorf("%s has no title or no description", file)
		}
		all.schema(file, schema)
	}
	if all.seen < 1000 {
		t.Errorf("only %d texts were found: the test looks in the wrong place", all.seen)
	}
}

// annotations are the keywords that hold a text, each with that of its English.
func annotations() map[string]string {
	return map[string]string{"title": "x-title-en", "description": "x-description-en"}
}

// schema holds a schema and all schemas within it. Examples and defaults are
// values, not texts about them.
func (t *texts) schema(where string, node any) {
	switch node := node.(type) {
	case []any:
		for i, item := range node {
			t.schema(fmt.Sprint(where, "/", i), item)
		}
	case map[string]any:
		for zh, en := range annotations() {
			chinese, isText := node[zh].(string)
			english, hasEnglish := node[en].(string)
			if isText || hasEnglish {
				t.term(where+"/"+zh, lang.Text{ZH: chinese, EN: english})
			}
		}
		for _, key := range slices.Sorted(maps.Keys(node)) {
			at := where + "/" + key
			switch key {
			case "examples", "default", "const", "enum", "properties", "$defs":
			case "x-unit":
				t.pair(at, node[key])
			case "x-labels":
				t.labels(at, node["enum"], node[key])
			default:
				t.schema(at, node[key])
			}
		}
		for _, key := range []string{"properties", "$defs"} {
			named, _ := node[key].(map[string]any)
			for _, name := range slices.Sorted(maps.Keys(named)) {
				t.schema(where+"/"+name, named[name])
			}
		}
	}
}

func (t *texts) pair(where string, node any) {
	pair, _ := node.(map[string]any)
	zh, _ := pair["zh"].(string)
	en, _ := pair["en"].(string)
	t.term(where, lang.Text{ZH: zh, EN: en})
}

// word is what only a text in English has.
var word = regexp.MustCompile(`[a-z]{2}`)

// term lets a symbol be alike in both languages: %, IPv6.
func (t *texts) term(where string, text lang.Text) {
	t.Helper()
	if text.ZH == text.EN && text.ZH != "" && !word.MatchString(text.EN) {
		return
	}
	t.hold(where, text)
}

// labels are complete where there are any: each value that may stand has one.
func (t *texts) labels(where string, enum, node any) {
	labels, _ := node.(map[string]any)
	values, _ := enum.([]any)
	for _, value := range values {
		t.pair(where+"/"+fmt.Sprint(value), labels[fmt.Sprint(value)])
	}
	if len(labels) != len(values) {
		t.Errorf("%s: %d labels for %d values", where, len(labels), len(values))
	}
}
