package schema_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hegui/internal/document"
	"hegui/internal/schema"
	"hegui/internal/source"
	"hegui/internal/trial"
)

// The quick yes must be the library's yes on every keyword that it knows, in
// both directions: a no where a yes is due would make the whole slow unseen.
func TestAcceptsWhatTheLibraryTakes(t *testing.T) {
	values := []string{"null", "true", "0", "1", "-1", "2", "2.0", "2.5", "1e3", "99.9", "''", "a", "ab", "abc", "数据", "数据库", "2026-01-01", "2026-01-01T00:00:00Z",
		"P1Y", "https://a.example/b", "[]", "[1]", "[1, 1.0]", "[1, '1']", "[a, b]", "[a, b, c]", "[{a: 1, b: 2}, {b: 2.0, a: 1}]", "[[1], [1]]", "[[1], [2]]",
		"{}", "{a: 1}", "{a: x}", "{b: 1}", "{a: 1, b: 2}", "{a: 1, b: 2, c: 3}", "{kind: x, a: 1}", "{kind: x}", "{kind: z}", "{a: {a: {a: 1}}}", "{A: 1}"}
	for _, keywords := range []string{
		`"type": "integer"`, `"type": "number"`, `"type": ["string", "null"]`, `"type": "array", "items": {}`, `"type": "object"`, `"type": "boolean"`,
		`"enum": ["a", 2, null, 99.9]`, `"const": [1, 1]`, `"const": {"a": 1}`, `"const": 2.0`, `"enum": [1000, "1"]`,
		`"type": "string", "format": "date"`, `"type": "string", "format": "date-time"`, `"type": "string", "format": "duration"`, `"format": "uri"`, `"format": "evidence"`, `"pattern": "^a"`,
		`"minLength": 2`, `"maxLength": 2`, `"minLength": 3, "maxLength": 3`, `"minItems": 2`, `"maxItems": 1`, `"uniqueItems": true`, `"uniqueItems": false`,
		`"minimum": 2`, `"maximum": 2`, `"exclusiveMinimum": 2`, `"exclusiveMaximum": 2`, `"minimum": 2.5`, `"maximum": 99.9`, `"exclusiveMaximum": 99.9`, `"minimum": 1e3`,
		`"minProperties": 2`, `"maxProperties": 1`, `"required": ["a"]`, `"required": ["a", "b"]`, `"properties": {"a": {"type": "integer"}}`, `"properties": {"a": false}`,
		`"additionalProperties": false`, `"additionalProperties": {"type": "integer"}`, `"properties": {"a": true}, "additionalProperties": false`,
		`"properties": {"a": {"type": "string"}}, "additionalProperties": {"minimum": 2}`, `"propertyNames": {"pattern": "^[a-z]$"}`,
		`"items": {"type": "integer"}`, `"items": false`, `"$ref": "common.schema.json#/$defs/evidence"`, `"$ref": "#/$defs/d", "minLength": 3`, `"$ref": "#/$defs/tree"`,
		`"allOf": [{"type": "string"}, {"minLength": 2}]`, `"anyOf": [{"type": "string"}, {"required": ["a"], "type": "object"}]`, `"not": {"type": "string"}`, `"not": {"required": ["b"]}`,
		`"if": {"properties": {"kind": {"const": "x"}}, "required": ["kind"]}, "then": {"required": ["a"]}`,
		`"if": {"type": "object"}, "else": {"type": "string"}`, `"if": {"type": "string"}, "then": false, "else": {"minProperties": 1}`, `"then": false`,
	} {
		content := `{"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": {"d": {"type": "string", "maxLength": 3},
			"tree": {"type": "object", "additionalProperties": {"anyOf": [{"$ref": "#/$defs/tree"}, {"type": "integer"}]}}}, ` + keywords + `}`
		s := one(t, content)
		if !s.Known() {
			t.Errorf("%s is not known", keywords)
		}
		for _, text := range values {
			v := parse(t, text)
			if got, want := s.Accepts(v), s.LibraryTakes(v); got != want {
				t.Errorf("%s: %s is accepted: %v, the library says %v", keywords, text, got, want)
			}
		}
	}
	for _, keywords := range []string{`"oneOf": [{"type": "string"}, {"type": "object"}]`, `"contains": {"const": 1}`, `"multipleOf": 2`, `"dependentRequired": {"a": ["b"]}`} {
		s := one(t, `{"$schema": "https://json-schema.org/draft/2020-12/schema", `+keywords+`}`)
		if s.Known() || s.Accepts(parse(t, "{a: 1, b: [2]}")) {
			t.Errorf("%s is answered without the library", keywords)
		}
	}
}

// described are the repository's schemas and the files of its descriptions.
func described(t *testing.T) (*schema.Set, []string) {
	t.Helper()
	root := filepath.Join("..", "..")
	tree, err := source.OpenDir(root)
	if err != nil {
		t.Fatal(err)
	}
	set, defects := schema.Load(tree, "schemas")
	if len(defects) > 0 {
		t.Fatal(defects)
	}
	files, err := filepath.Glob(filepath.Join(root, "platforms", "*", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no descriptions: %v", err)
	}
	return set, files
}

// The repository's own descriptions, whole and broken in every way that chance
// finds, get from the quick look what they get from the library.
func TestAcceptsDescriptions(t *testing.T) {
	set, files := described(t)
	chance, tries := trial.Random(t), trial.Tries(t, 60)
	refused := 0
	for _, file := range files {
		s := set.Find(strings.TrimSuffix(filepath.Base(file), ".yaml"))
		if s == nil {
			continue
		}
		if !s.Known() {
			t.Errorf("%s uses keywords that are always slow", s.Path)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if root := parse(t, string(data)); !s.Accepts(root) || !s.LibraryTakes(root) {
			t.Errorf("%s is not accepted", file)
		}
		for range tries {
			root := parse(t, string(data))
			what := breakOne(chance, root)
			got, want := s.Accepts(root), s.LibraryTakes(root)
			if got != want {
				t.Errorf("%s, %s: accepted %v, the library says %v", file, what, got, want)
			}
			if !want {
				refused++
			}
		}
	}
	if refused < tries {
		t.Errorf("only %d broken descriptions were refused: the test breaks nothing", refused)
	}
}

// breakOne changes one value somewhere and tells what it did.
func breakOne(chance *rand.Rand, v *document.Value) string {
	for {
		if n := len(v.Items()) + len(v.Fields()); n > 0 && chance.IntN(8) > 0 {
			if i := chance.IntN(n); i < len(v.Items()) {
				v = v.Items()[i]
			} else {
				v = v.Fields()[i-len(v.Items())].Value
			}
			continue
		}
		break
	}
	at := v.Pointer()
	switch chance.IntN(6) {
	case 0:
		v.Become(document.NewInt(chance.Int64N(2000) - 1000))
	case 1:
		v.Become(document.NewText("一段文字"))
	case 2:
		v.Become(&document.Value{Kind: document.Null})
	case 3:
		v.SetFields(append(v.Fields(), document.Field{Key: "unheard_of", Value: &document.Value{Kind: document.Bool, Parent: v}}))
	case 4:
		if len(v.Items()) > 0 {
			v.SetItems(append(v.Items(), v.Items()[0]))
		} else if len(v.Fields()) > 0 {
			v.SetFields(v.Fields()[1:])
		}
	default:
		v.Become(document.NewFloat(2.5, ""))
	}
	return fmt.Sprintf("%s made %d", at, v.Kind)
}
