package schema_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hegui"
	"hegui/internal/document"
	"hegui/internal/schema"
	"hegui/internal/source"
	"hegui/internal/trial"
)

// A type is built through references: what stands beside a $ref describes this
// place, what it leads to the values.
func TestTypesThroughReferences(t *testing.T) {
	set, defects := load(t, map[string]string{
		"t": strings.TrimSuffix(topic(strings.Join([]string{
			`"plain": {"$ref": "common.schema.json#/$defs/count"}`,
			`"own": {"$ref": "common.schema.json#/$defs/count", "title": "自己的", "x-title-en": "Own", "x-unit": {"zh": "台", "en": "machines"}, "x-sensitive": true}`,
			`"half": {"$ref": "common.schema.json#/$defs/percent", "description": "只改说明"}`,
			`"far": {"$ref": "other.schema.json#/$defs/chain", "x-title-en": "Far"}`,
			`"local": {"$ref": "#/$defs/here"}`,
			`"proof": {"$ref": "common.schema.json#/$defs/evidence"}`,
			property("list", `"type": "array", "minItems": 1, "x-key": "id", "items": {"$ref": "#/$defs/item"}`),
			property("adverse", `"type": "array", "x-key": "id", "x-adverse": true, "items": {"$ref": "#/$defs/item"}`),
			property("may", `"type": "array", "x-may-be-empty": true, "items": {"type": "string", "enum": ["a", "b"], "x-labels": {"a": {"zh": "甲", "en": "A"}}}`),
			property("choice", `"type": ["string", "integer"]`),
		}, ", "), "plain"), "}") + `, "$defs": {
			"here": {"title": "此处", "x-title-en": "Here", "description": "就在此处", "x-description-en": "Right here.", "type": "string", "format": "duration"},
			"item": {"type": "object", "additionalProperties": false, "required": ["id"], "properties": {` + property("id", `"type": "string"`) + ", " + property("on", `"$ref": "common.schema.json#/$defs/date_time"`) + `}}}}`,
		"other": `{"$defs": {"chain": {"$ref": "common.schema.json#/$defs/date", "title": "中途", "description": "途中的说明"}}}`,
	})
	if len(defects) > 0 {
		t.Fatal(defects)
	}
	root := set.Find("t").Root
	write := func(name string) string {
		f := root.Field(name)
		return fmt.Sprintf("%s kind=%d required=%v title=%s/%s about=%s unit=%s sensitive=%v", f.Type.Name, f.Type.Kind, f.Required, f.Type.Title.ZH, f.Type.Title.EN, f.Type.About.ZH, f.Type.Unit.EN, f.Type.Sensitive)
	}
	for name, want := range map[string]string{
		"plain":  fmt.Sprintf("t.plain kind=%d required=false title=数量/Count about=非负整数 unit=items sensitive=false", schema.Integer),
		"own":    fmt.Sprintf("t.own kind=%d required=true title=自己的/Own about=非负整数 unit=machines sensitive=true", schema.Integer),
		"half":   fmt.Sprintf("t.half kind=%d required=true title=百分比/Percentage about=只改说明 unit=%% sensitive=false", schema.Number),
		"far":    fmt.Sprintf("t.far kind=%d required=true title=中途/Far about=途中的说明 unit= sensitive=false", schema.Date),
		"local":  fmt.Sprintf("t.local kind=%d required=true title=此处/Here about=就在此处 unit= sensitive=false", schema.Period),
		"proof":  fmt.Sprintf("t.proof kind=%d required=true title=证据/Evidence about=%s unit= sensitive=false", schema.Evidence, root.Field("proof").Type.About.ZH),
		"list":   fmt.Sprintf("t.list kind=%d required=true title=list名/list title about=list的说明 unit= sensitive=false", schema.List),
		"choice": fmt.Sprintf("t.choice kind=%d required=true title=choice名/choice title about=choice的说明 unit= sensitive=false", schema.Opaque),
	} {
		if got := write(name); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	list := root.Field("list").Type
	if list.Key != "id" || list.Item.Of != list || list.Item.Name != "t.list" || list.Item.Field("on").Type.Kind != schema.Date || list.Item.Field("on").Type.Name != "t.list.on" {
		t.Errorf("the list is %+v of %+v", list, list.Item)
	}
	if may := root.Field("may").Type; !may.MayBeEmpty || may.Adverse || len(may.Item.Enum) != 2 || may.Item.Labels["a"].ZH != "甲" {
		t.Errorf("%+v", may)
	}
	if adverse := root.Field("adverse").Type; !adverse.Adverse || adverse.MayBeEmpty {
		t.Errorf("%+v", adverse)
	}
	if root.Field("nowhere") != nil || (*schema.Type)(nil).Field("x") != nil {
		t.Error("a field that is not there")
	}
	if !set.Find("t").HasSensitive() || set.Find("common").HasSensitive() {
		t.Error("what holds sensitive facts is not told")
	}
	if set.Find("nowhere") != nil || len(set.Topics()) != 1 {
		t.Errorf("topics %v", set.Topics())
	}
}

// What lies inside a sensitive place is sensitive.
func TestSensitivityIsInherited(t *testing.T) {
	s := one(t, topic(property("zones", `"type": "array", "minItems": 1, "x-key": "id", "x-sensitive": true, "items": {"type": "object", "additionalProperties": false, "required": ["id"], "properties": {`+
		property("id", `"type": "string"`)+", "+property("deep", `"type": "object", "additionalProperties": false, "properties": {`+property("text", `"type": "string"`)+`}`)+`}}`)+", "+property("open", `"type": "string"`)))
	zones := s.Root.Field("zones").Type
	for _, typ := range []*schema.Type{zones, zones.Item, zones.Item.Field("id").Type, zones.Item.Field("deep").Type, zones.Item.Field("deep").Type.Field("text").Type} {
		if !typ.Sensitive {
			t.Errorf("%s is not sensitive", typ.Name)
		}
	}
	if s.Root.Sensitive || s.Root.Field("open").Type.Sensitive {
		t.Error("what is beside it is sensitive too")
	}
	root := parse(t, "{open: a, zones: [{id: a, deep: {text: b, unknown: c}}]}")
	for pointer, want := range map[string]bool{"": false, "/open": false, "/zones": true, "/zones/0/deep/text": true, "/zones/0/deep/unknown": true} {
		if got := s.Sensitive(root.Find(pointer)); got != want {
			t.Errorf("%q is sensitive: %v", pointer, got)
		}
	}
}

// The marks of a property say what it means to checks, wherever it is described.
func TestMarks(t *testing.T) {
	s := one(t, topic(strings.Join([]string{
		property("tests", `"type": "array", "x-key": "id", "x-may-be-empty": true, "items": {"type": "object", "additionalProperties": false, "required": ["id"], "properties": {`+
			property("id", `"type": "string"`)+", "+property("result", `"x-outcome": true, "type": "object", "additionalProperties": false, "properties": {`+property("ok", `"type": "boolean"`)+`}`)+`}}`),
		property("open", `"type": "object", "additionalProperties": false, "x-open": true, "properties": {`+property("count", `"type": "integer"`)+`}`),
		property("closed", `"$ref": "common.schema.json#/$defs/date", "x-absent": {"zh": "尚未关闭", "en": "not closed yet"}`),
		property("important", `"type": "boolean", "x-switch": true`),
		property("last", `"type": "string", "x-ref": "t.tests"`),
		property("all", `"type": "array", "minItems": 1, "items": {"type": "string"}, "x-ref": "t.tests"`),
	}, ", "), "closed"))
	field := func(name string) *schema.Type { return s.Root.Field(name).Type }
	tests := field("tests")
	if result := tests.Item.Field("result").Type; !result.Outcome || !result.Field("ok").Type.Outcome || tests.Outcome || tests.Item.Field("id").Type.Outcome {
		t.Error("an outcome is what is marked and what lies inside it")
	}
	if !field("open").Open || tests.Open || !field("important").Switch || field("last").Switch {
		t.Error("what is open, and what is a switch, is as marked")
	}
	if field("closed").Absent.EN != "not closed yet" || !field("last").Absent.IsZero() {
		t.Error("what absence means is as stated")
	}
	if !slices.Equal(field("last").Refs, []string{"t.tests"}) || !slices.Equal(field("all").Refs, []string{"t.tests"}) || tests.Refs != nil {
		t.Error("a reference names its list")
	}
}

// The defects of a schema, each at its place. Those that the command line's
// tests already tell are not repeated.
func TestDefects(t *testing.T) {
	item := func(key string) string {
		return `"items": {"type": "object", "additionalProperties": false, "required": ["id", "on", "n"], "properties": {` + property("id", `"type": "string"`) + ", " +
			property("label", `"type": "string"`) + ", " + property("on", `"$ref": "common.schema.json#/$defs/date"`) + ", " + property("n", `"type": "integer"`) + ", " +
			property("code", `"type": "string", "x-sensitive": true`) + `}}, "x-key": "` + key + `", "minItems": 1`
	}
	for _, c := range []struct{ name, content, at, en string }{
		{"unknown keyword in a property", topic(property("x", `"type": "string", "maxLenght": 3`)), `"maxLenght"`, `unknown keyword "maxLenght"`},
		{"unknown keyword in items", topic(property("x", `"type": "array", "minItems": 1, "items": {"type": "string", "patern": "a"}`)), `"patern"`, `unknown keyword "patern"`},
		{"unknown keyword in then", topicWith(`"then": {"requird": []}, `, property("x", `"type": "string"`)), `"requird"`, `unknown keyword "requird"`},
		{"unknown keyword in allOf", topicWith(`"allOf": [{}, {"els": {}}], `, property("x", `"type": "string"`)), `"els"`, `unknown keyword "els"`},
		{"unknown keyword in $defs", topicWith(`"$defs": {"a": {"titel": ""}}, `, property("x", `"type": "string"`)), `"titel"`, `unknown keyword "titel"`},
		{"another dialect", strings.Replace(topic(property("x", `"type": "string"`)), "draft/2020-12", "draft/2019-09", 1), `"https://json`, "$schema must be https://json-schema.org/draft/2020-12/schema"},
		{"format beside no text", topic(property("x", `"format": "date"`)), `{"title": "x名"`, "a format wants type: string beside it"},
		{"x-key of a number", topic(property("x", `"type": "array", `+item("n"))), `{"title": "x名"`, `the list's x-key "n" is not a required string of its items`},
		{"x-key that is not there", topic(property("x", `"type": "array", `+item("gone"))), `{"title": "x名"`, `the list's x-key "gone" is not a required string of its items`},
		{"x-key that is optional", topic(property("x", `"type": "array", `+item("label"))), `{"title": "x名"`, `the list's x-key "label" is not a required string`},
		{"x-key that is sensitive", topic(property("x", `"type": "array", `+strings.Replace(item("code"), `"id", "on"`, `"id", "code", "on"`, 1))), `{"title": "x名"`, `the x-key "code" appears in every finding, it cannot be sensitive`},
		{"x-ref to one list of two", topic(property("x", `"type": "string", "x-ref": ["t.y", "t.z"]`) + ", " + property("y", `"type": "array", `+item("id"))), `["t.y"`, `x-ref "t.z" leads nowhere`},
		{"open object in a property", topic(property("x", `"type": "object", "properties": {}`)), `{"title": "x名"`, "the object is open"},
		{"reserved word", topic(property("for", `"type": "string"`)), `"for": {`, `key "for" does not match`},
		{"a mark that is no flag", topic(property("x", `"type": "string", "x-outcome": "yes"`)), `"yes"`, "x-outcome wants true or false"},
		{"a flag in quotes", topic(property("x", `"type": "string", "x-sensitive": "true"`)), `"true"`, "x-sensitive wants true or false"},
		{"x-absent in one language", topic(property("x", `"type": "string", "x-absent": {"zh": "尚未关闭"}`), "x"), `{"zh"`, "x-absent wants {zh: …, en: …}"},
		{"x-absent of what is required", topic(property("x", `"type": "string", "x-absent": {"zh": "尚未关闭", "en": "not closed yet"}`)), `{"zh"`, `"x" is required and so never absent`},
		{"x-otherwise of another kind", topic(property("x", `"type": "string", "x-otherwise": "n"`)+", "+property("n", `"type": "integer"`), "x"), `"n"}`, `x-otherwise wants another key of the same object and kind, which "n" is not`},
		{"x-otherwise of itself", topic(property("x", `"type": "string", "x-otherwise": "x"`), "x"), `"x"}`, `x-otherwise wants another key`},
		{"x-otherwise of what is required", topic(property("x", `"type": "string", "x-otherwise": "y"`) + ", " + property("y", `"type": "string"`)), `"y"}`, `"x" is required, or states x-absent`},
		{"x-adverse of no list", topic(property("x", `"type": "string", "x-adverse": true`)), `true`, "x-adverse belongs on a list"},
		{"x-open of a text", topic(property("x", `"type": "string", "x-open": true`)), `true`, "x-open belongs on a list or an object"},
		{"x-ref of a number", topic(property("x", `"type": "integer", "x-ref": "t.y"`) + ", " + property("y", `"type": "array", `+item("id"))), `"t.y"`, "x-ref belongs on a text or a list of texts"},
		{"x-declared of an object", topic(property("x", `"x-declared": true, "type": "object", "additionalProperties": false, "properties": {`+property("y", `"type": "string"`)+`}`)), `true`, "x-declared belongs on a value or a list of texts"},
		{"an example that its own schema refuses", topic(property("x", `"type": "string", "format": "date", "examples": ["2026-01-02", "2026/1/2"]`)), `"2026/1/2"`, `the example is not what its own schema takes: "2026/1/2" is not a date`},
		{"an example of another kind", topic(property("x", `"type": "array", "items": {"type": "string", "enum": ["a"]}, "examples": [["b"]]`)), `["b"]`, `"b" is none of the allowed values: a`},
		{"a keyword that another one needs, misspelt", topic(property("x", `"type": "array", "minItems": 1, "x-key": "name", "items": {"type": "object", "additionalProperties": false, "require": ["name"], "properties": {`+property("name", `"type": "string"`)+`}}`)), `"require"`, `unknown keyword "require": did you mean required?`},
		{"x-ref to nowhere", topic(property("x", `"type": "string", "x-ref": "t.z"`) + ", " + property("y", `"type": "array", `+item("id"))), `"t.z"`, `x-ref "t.z" leads nowhere: did you mean t.y?`},
		{"x-ref to no topic", topic(property("x", `"type": "string", "x-ref": "common.y"`)), `"common.y"`, `x-ref "common.y" leads nowhere`},
		{"x-ref to a list without names", topic(property("x", `"type": "string", "x-ref": "t.y"`) + ", " + property("y", `"type": "array", "minItems": 1, "items": {"type": "string"}`)), `"t.y"`, `x-ref "t.y" leads nowhere`},
		{"a number of order", strings.Replace(topic(property("x", `"type": "string"`)), `"order": 1`, `"order": "1"`, 1), `{"order"`, "x-topic wants {order: N}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, defects := load(t, map[string]string{"t": c.content})
			if len(defects) != 1 {
				t.Fatalf("%d defects: %v", len(defects), defects)
			}
			d := defects[0]
			if want := place(t, c.content, c.at); d.Path != "schemas/t.schema.json" || d.Line != want.Line || d.Column != want.Column || !strings.Contains(d.Message.EN, c.en) {
				t.Errorf("%s, want %v %q", d.Text().EN, want, c.en)
			}
			if d.Message.ZH == "" || d.Message.ZH == d.Message.EN {
				t.Errorf("in Chinese: %q", d.Message.ZH)
			}
		})
	}
	for name, content := range map[string]string{"no bytes": "", "null": "null", "a text": `"x"`, "a list": "[]", "a number": "1", "YAML": "type: object", "true": "true"} {
		set, defects := load(t, map[string]string{"t": content})
		if len(defects) == 0 && len(set.Topics()) > 0 {
			t.Errorf("%s is a topic", name)
		}
	}
	// A topic is named like its file, and expressions must be able to write it.
	for _, name := range []string{"T", "9", "a-b", "in", "true"} {
		if _, defects := load(t, map[string]string{name: topic(property("x", `"type": "string"`))}); len(defects) != 1 || !strings.Contains(defects[0].Message.EN, "topic name") {
			t.Errorf("a topic named %q: %v", name, defects)
		}
	}
}

// Topics stand in the order they state, then by name.
func TestTopicsOrder(t *testing.T) {
	of := func(order int) string {
		return strings.Replace(topic(property("x", `"type": "string"`)), `"order": 1`, fmt.Sprintf(`"order": %d`, order), 1)
	}
	set, defects := load(t, map[string]string{"a": of(3), "c": of(1), "b": of(1), "d": of(-2)})
	if len(defects) > 0 {
		t.Fatal(defects)
	}
	var names []string
	for _, s := range set.Topics() {
		names = append(names, s.Name)
	}
	if got := strings.Join(names, " "); got != "d b c a" {
		t.Errorf("order %s", got)
	}
}

// References that multiply are refused before they fill the memory.
func TestReferencesThatMultiply(t *testing.T) {
	var defs []string
	for level := range 40 {
		defs = append(defs, fmt.Sprintf(`"d%d": {"type": "object", "additionalProperties": false, "properties": {%s, %s}}`, level,
			property("a", fmt.Sprintf(`"$ref": "#/$defs/d%d"`, level+1)), property("b", fmt.Sprintf(`"$ref": "#/$defs/d%d"`, level+1))))
	}
	defs = append(defs, `"d40": {"type": "string"}`)
	_, defects := load(t, map[string]string{"t": topicWith(`"$defs": {`+strings.Join(defs, ", ")+`}, `, property("x", `"$ref": "#/$defs/d0"`))})
	if len(defects) == 0 || !strings.Contains(defects.Error(), "the schemas unfold to more than 50000 nodes") {
		t.Errorf("%d defects", len(defects))
	}
	if len(defects) > 100 {
		t.Errorf("%d defects for one cause", len(defects))
	}
}

// It takes 8 million statements, the library's included.
func TestReferencesThatMultiplyAreCheap(t *testing.T) {
	meter := trial.NewMeter(t, "hegui/internal/schema", "github.com/santhosh-tekuri/jsonschema/v5")
	if steps := meter.Steps(t, "TestReferencesThatMultiply"); steps > 20_000_000 {
		t.Errorf("%d statements", steps)
	}
}

// Every value that the real schemas give as an example is one.
func TestRealSchemas(t *testing.T) {
	set, defects := schema.Load(source.FromFS(hegui.Rulebook), "schemas")
	if len(defects) > 0 {
		t.Fatal(defects)
	}
	if len(set.Topics()) < 6 {
		t.Errorf("%d topics", len(set.Topics()))
	}
	for _, s := range set.Topics() {
		if s.Root.Kind != schema.Object || len(s.Root.Fields) == 0 || !s.Topic || s.Root.Title.IsZero() {
			t.Errorf("%s is %+v", s.Name, s.Root)
		}
		// Only the header must be there; everything else is asked for by checks.
		if found := s.Validate(&document.Value{Kind: document.Map}); (len(found) > 0) != (s.Name == "platform") {
			t.Errorf("%s of a description that says nothing: %v", s.Name, found)
		}
	}
}
