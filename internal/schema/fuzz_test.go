package schema_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// FuzzTypes holds whatever stands in a topic's schema to end in defects or in
// types that expressions can be compiled against and descriptions be read by.
func FuzzTypes(f *testing.F) {
	for _, seed := range []string{
		topic(property("d", `"type": "string", "format": "date"`) + "," + property("p", `"$ref": "common.schema.json#/$defs/period"`) + "," + property("n", `"type": "integer"`)),
		topic(property("l", `"type": "array", "minItems": 1, "x-key": "id", "items": {"type": "object", "additionalProperties": false, "required": ["id"], "properties": {`+property("id", `"type": "string"`)+`}}`)),
		topic(property("l", `"type": "array", "minItems": 1, "items": {"type": "array", "minItems": 1, "items": {"type": "string"}}`)),
		topic(property("o", `"type": "object", "additionalProperties": false, "properties": {`+property("b", `"type": "boolean"`)+`}`) + "," + property("e", `"$ref": "common.schema.json#/$defs/evidence"`)),
		topic(property("all", `"type": "string"`) + "," + property("size", `"type": "number"`)),
		topicWith(`"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, `, property("x", `"$ref": "#/$defs/a"`)),
		topicWith(`"$defs": {"a": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/a"}}}, `, property("x", `"$ref": "#/$defs/a"`)),
		topic(property("x", `"$ref": "#"`)), topic(property("x", `"$ref": "#x"`)), topic(property("x", `"$ref": ""`)),
		`{"x-topic": {"order": 1}, "properties": {"x": true, "y": false}}`, `{"x-topic": 1, "type": ["object"], "additionalProperties": {}}`, "", "[]", "{", `{"$ref": {}}`,
		`{"x-topic": {"order": 1}, "properties": [1], "required": {"a": 1}, "enum": 5, "x-labels": [], "x-key": {}}`,
	} {
		f.Add(seed, "{d: 2026-01-01, p: P1D, n: 1, l: [[a]], o: {b: true}, all: x, size: 1}")
	}
	shared := common(f)
	f.Fuzz(func(t *testing.T, content, description string) {
		tree := fstest.MapFS{"schemas/common.schema.json": {Data: []byte(shared)}, "schemas/topic.schema.json": {Data: []byte(content)}}
		set, defects := schema.Load(source.FromFS(tree), "schemas")
		for _, d := range defects {
			if d.Path == "" || d.Line < 1 || d.Column < 1 || d.Message.EN == "" || d.Message.ZH == "" {
				t.Fatalf("a defect without a place or a text: %+v", d)
			}
		}
		if len(defects) > 0 {
			return
		}
		env, err := expression.NewEnv(set.Topics())
		if err != nil {
			t.Fatalf("it loads, but expressions do not take it: %v", err)
		}
		for _, s := range set.Topics() {
			compileAll(t, env, s)
			doc := document.Parse("topic.yaml", []byte(description), document.DefaultLimits())
			if doc.Root == nil || len(doc.Problems) > 0 {
				continue
			}
			found := s.Validate(doc.Root)
			for i, v := range found {
				if v.Message.EN == "" || v.Message.ZH == "" || v.Remedy.EN == "" || v.Start.Line < 1 || i > 0 && v.Start.Line < found[i-1].Start.Line {
					t.Fatalf("%+v", v)
				}
			}
			if len(found) == 0 {
				readAll(t, env, s, doc.Root)
			}
		}
	})
}

// paths are the scalars below a type that a chain of names leads to.
func paths(t *schema.Type, visit func(path string, t *schema.Type)) {
	for _, field := range t.Fields {
		if field.Type.Kind == schema.Object {
			paths(field.Type, visit)
			continue
		}
		visit(field.Type.Name, field.Type)
	}
}

// compileAll compiles something for every scalar; a type may refuse it, never
// break it.
func compileAll(t *testing.T, env *expression.Env, s *schema.Schema) {
	paths(s.Root, func(path string, typ *schema.Type) {
		program, problems := env.Scope().Compile(path+" == "+path, expression.Condition)
		if (program == nil) == (len(problems) == 0) {
			t.Fatalf("%s: program %v and problems %v", path, program, problems)
		}
		switch typ.Kind {
		case schema.String, schema.Integer, schema.Number, schema.Boolean, schema.Period:
			if program == nil {
				t.Fatalf("%s cannot be compared with itself: %v", path, problems)
			}
		case schema.Date:
			if program != nil {
				t.Fatalf("the raw date %s can be compared", path)
			}
		}
		if _, problems := env.Scope().Template("{" + path + "}"); len(problems) > 0 && typ.Kind != schema.Opaque && typ.Kind != schema.Evidence && typ.Kind != schema.List {
			t.Fatalf("%s cannot be said: %v", path, problems)
		}
		if _, problems := env.Scope().Path(path); len(problems) > 0 {
			t.Fatalf("%s is no place: %v", path, problems)
		}
	})
}

// readAll reads every scalar of a description that the schema takes: it is
// stated and read, or absent, nothing else.
func readAll(t *testing.T, env *expression.Env, s *schema.Schema, root *document.Value) {
	today, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	frame := env.NewFrame(today)
	if err := frame.Bind(s.Name, s.Root, root); err != nil {
		t.Fatalf("a valid description cannot be bound: %v", err)
	}
	paths(s.Root, func(path string, typ *schema.Type) {
		if typ.Kind == schema.List || typ.Kind == schema.Opaque {
			return
		}
		template, problems := env.Scope().Template("{" + path + "}")
		if len(problems) > 0 {
			return
		}
		if _, err := expression.Fill(frame, [2]*expression.Template{template, template}); err != nil && !strings.Contains(err.Error(), "read from a value that is no object") {
			t.Fatalf("%s cannot be read: %v", path, err)
		}
	})
}
