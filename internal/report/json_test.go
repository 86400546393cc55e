package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"hegui/internal/audit"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
)

const schemaFile = "../../schemas/results.schema.json"

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.Draft = jsonschema.Draft2020
	compiler.AssertFormat = true
	if err := compiler.AddResource("hegui:///results.schema.json", bytes.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("hegui:///results.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func decode(t *testing.T, data []byte) any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var document any
	if err := decoder.Decode(&document); err != nil {
		t.Fatal(err)
	}
	return document
}

// sparse are results whose every list and every text is empty, as a broken
// description leaves them.
func sparse() *results.Results {
	r := noPlatforms()
	r.Errors = nil
	r.Platforms = []results.Platform{{ID: "a/b", Path: "platforms/a/b", Profile: "full"}, {
		ID: "c", Path: "platforms/c",
		Clauses:  []results.Clause{{ID: "1.1", Verdict: "informative"}},
		Checks:   []results.Check{{Demand: &results.Demand{ID: "a.b", Basis: ownDefault()}, Outcome: finding.NotApplicable}},
		Findings: []finding.Finding{{Check: "document.syntax"}},
		Evidence: []audit.Evidence{{}},
		Waivers:  []examine.Waiver{{State: "refused"}},
		Chapters: []results.Chapter{{}},
		Reasons:  []lang.Text{{}},
		Profile:  "essential", Statutory: &results.Statutory{Applicable: 1},
		Waiting:         []results.Waiting{{Cause: "backups"}},
		GradeConditions: []results.GradeCondition{{Grade: "excellent", Count: 1}},
		Decisions:       []results.Decision{{Check: "a.b", Effect: "drop", On: "2026-01-01"}},
	}}
	return stated(r)
}

// TestJSONIsOneDocument holds what is written piece by piece to what writing it
// at once gives, byte for byte.
func TestJSONIsOneDocument(t *testing.T) {
	tricky := sparse()
	tricky.Errors = []lang.Text{lang.Same("\n  \"platforms\": []")}
	for name, r := range map[string]*results.Results{"city": cityResults(), "none": noPlatforms(), "sparse": sparse(), "tricky": tricky} {
		for _, pretty := range []bool{false, true} {
			var want bytes.Buffer
			encoder := json.NewEncoder(&want)
			if pretty {
				encoder.SetIndent("", "  ")
			}
			encoder.SetEscapeHTML(false)
			if err := encoder.Encode(stated(r)); err != nil {
				t.Fatal(err)
			}
			if got := render(t, "json", r, Options{Pretty: pretty}); got != want.String() {
				t.Errorf("%s: written in pieces it is\n%s\nwritten at once\n%s", name, got, want.String())
			}
		}
	}
}

// TestPrettyIsForPeopleOnly: what is broken and indented says the same, and what
// is not stands on one line.
func TestPrettyIsForPeopleOnly(t *testing.T) {
	for _, format := range []string{"json", "sarif", "gitlab", "oscal", "junit"} {
		for name, make := range cases() {
			short, long := render(t, format, make(), Options{}), render(t, format, make(), Options{Pretty: true})
			if format == "junit" {
				short = strings.Replace(short, xml.Header, strings.TrimSuffix(xml.Header, "\n"), 1)
				long = regexp.MustCompile(`>\n *<`).ReplaceAllString(long, "><")
			} else {
				var compact bytes.Buffer
				if err := json.Compact(&compact, []byte(long)); err != nil {
					t.Fatal(err)
				}
				long = compact.String() + "\n"
			}
			if short != long || strings.Count(short, "\n") != 1 {
				t.Errorf("%s %s: short\n%s\nlong\n%s", format, name, short, long)
			}
		}
	}
}

// TestJSONFollowsItsSchema validates what is written as any reader may.
func TestJSONFollowsItsSchema(t *testing.T) {
	schema := compileSchema(t)
	pinned := cityResults()
	pinned.Platforms[0].Checks = []results.Check{pinned.Platforms[1].Checks[0]}
	pinned.Platforms[0].Checks[0].Items = []results.Item{{Item: "bids", Outcome: finding.Pass, Fact: "sha256:e3b0", Evidence: []string{"evidence/run.md"},
		Declared: []*audit.Declared{{Field: "backups.sets.keep", Title: lang.Say("保留", "Kept"), Value: lang.Say("60 天", "60 days"), Location: finding.WholeFile("backups.yaml")}}}}
	for name, r := range map[string]*results.Results{"city": cityResults(), "none": noPlatforms(), "sparse": sparse(), "pinned": pinned} {
		t.Run(name, func(t *testing.T) {
			text := render(t, "json", r, Options{})
			if err := schema.Validate(decode(t, []byte(text))); err != nil {
				t.Errorf("%#v", err)
			}
			if !strings.HasSuffix(text, "}\n") || strings.Contains(text, `\u003c`) {
				t.Error("no newline at the end, or escaped for HTML")
			}
		})
	}
}

// TestSchemaRefuses: a schema that lets everything pass proves nothing.
func TestSchemaRefuses(t *testing.T) {
	schema := compileSchema(t)
	good := render(t, "json", cityResults(), Options{Pretty: true})
	for name, change := range map[string][2]string{
		"unknown key":        {`"as_of"`, `"asof": 1, "as_of"`},
		"no date":            {`"as_of": "2026-12-01"`, `"as_of": "1 December"`},
		"unknown severity":   {`"severity": "major"`, `"severity": "huge"`},
		"unknown verdict":    {`"verdict": "met"`, `"verdict": "fine"`},
		"score out of range": {`"raw": 95.4`, `"raw": 195.4`},
		"score as text":      {`"raw": 95.4`, `"raw": "95.4"`},
		"missing":            {`"schema_version": "3.0",`, ``},
		"null list":          {`"reasons": []`, `"reasons": null`},
	} {
		changed := strings.Replace(good, change[0], change[1], 1)
		if changed == good {
			t.Errorf("%s: %q is not in the report", name, change[0])
		}
		if schema.Validate(decode(t, []byte(changed))) == nil {
			t.Errorf("%s passes", name)
		}
	}
}

// TestSchemaSpeaksBothLanguages: every property says what it is, in both.
func TestSchemaSpeaksBothLanguages(t *testing.T) {
	data, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	han := regexp.MustCompile(`\p{Han}`)
	described := func(at string, node map[string]any) {
		for _, key := range []string{"title", "description", "x-title-en", "x-description-en"} {
			text, _ := node[key].(string)
			if text == "" || han.MatchString(text) == strings.HasSuffix(key, "-en") {
				t.Errorf("%s: %s is %q", at, key, text)
			}
		}
	}
	var walk func(at string, node any)
	walk = func(at string, node any) {
		object, ok := node.(map[string]any)
		if !ok {
			return
		}
		if object["type"] == "object" && object["additionalProperties"] != false {
			t.Errorf("%s is open", at)
		}
		for _, group := range []string{"properties", "$defs"} {
			children, _ := object[group].(map[string]any)
			for name, child := range children {
				described(at+"/"+name, child.(map[string]any))
				walk(at+"/"+name, child)
			}
		}
		walk(at+"/items", object["items"])
	}
	root := decode(t, data).(map[string]any)
	described("", root)
	walk("", root)
}
