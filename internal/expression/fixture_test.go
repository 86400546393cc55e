package expression_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// kinds has a field of every kind; all but the lists that may be empty are
// optional.
const kinds = `
flag, flag2, flag3, flag4: boolean
n, m: integer
x: number
s, s2: string
d, d2, d3: date
h, h2: date happened
i, i2: date-time
p, p2: duration
proof: evidence
hush: string sensitive
rank: string ranked
ranks: string ranked list
flags: boolean list
nums: integer list
decimals: number list
texts: string list
periods: duration list
dates: date list
hushes: string list sensitive
must: item list
adverse: item list adverse
may: item list may
zones: item list sensitive
o: item
`

const item = `
id: string
ok, fine: boolean
on: date
num: integer
sub: string list
vault: string sensitive
kind, retests: string
good: boolean outcome
score: integer outcome
`

// properties writes a schema's properties from lines of names and kinds.
func properties(lines string) (props map[string]any, required []string) {
	props, required = map[string]any{}, []string{}
	for _, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		names, kind, _ := strings.Cut(line, ": ")
		for _, name := range strings.Split(names, ", ") {
			p := property(kind)
			p["title"], p["x-title-en"], p["description"], p["x-description-en"] = name+"名", name, name+"的说明", "about "+name
			props[name] = p
			if name == "id" || p["x-adverse"] != nil || p["x-may-be-empty"] != nil {
				required = append(required, name)
			}
		}
	}
	return props, required
}

func property(kind string) map[string]any {
	words := strings.Fields(kind)
	p := map[string]any{"type": words[0]}
	switch words[0] {
	case "date", "date-time", "duration":
		p = map[string]any{"type": "string", "format": words[0]}
	case "evidence":
		p = map[string]any{"format": "evidence"}
	case "item":
		inner, required := properties(item)
		p = map[string]any{"type": "object", "additionalProperties": false, "required": required, "properties": inner}
	}
	for _, word := range words[1:] {
		switch word {
		case "list":
			list := map[string]any{"type": "array", "minItems": 1, "items": p}
			if words[0] == "item" {
				list["x-key"] = "id"
			}
			p = list
		case "ranked":
			p["enum"] = []string{"low", "top_most"}
			p["x-labels"] = map[string]any{"low": map[string]any{"zh": "低", "en": "at the bottom"}, "top_most": map[string]any{"zh": "最高", "en": "top most"}}
		case "adverse":
			delete(p, "minItems")
			p["x-adverse"] = true
		case "may":
			delete(p, "minItems")
			p["x-may-be-empty"] = true
		case "sensitive":
			p["x-sensitive"] = true
		case "outcome":
			p["x-outcome"] = true
		case "happened":
			p["x-happened"] = true
		}
	}
	return p
}

// world is one topic with an environment that knows it.
type world struct {
	env    *expression.Env
	schema *schema.Schema
}

func newWorld(t testing.TB) world {
	t.Helper()
	props, required := properties(kinds)
	data, err := json.Marshal(map[string]any{"x-topic": map[string]any{"order": 1}, "type": "object", "additionalProperties": false, "required": required, "properties": props})
	if err != nil {
		t.Fatal(err)
	}
	set, defects := schema.Load(source.FromFS(fstest.MapFS{"schemas/t.schema.json": {Data: data}}), "schemas")
	if len(defects) > 0 {
		t.Fatal(defects)
	}
	env, err := expression.NewEnv(set.Topics())
	if err != nil {
		t.Fatal(err)
	}
	return world{env, set.Find("t")}
}

// failer is a test or a rapid test.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// frame shows a description on a day; an empty text leaves the topic out.
func (w world) frame(t failer, yaml, asOf string) *expression.Frame {
	t.Helper()
	return w.frameIn(t, new(expression.Memory), yaml, asOf)
}

func (w world) frameIn(t failer, memory *expression.Memory, yaml, asOf string) *expression.Frame {
	t.Helper()
	today, err := calendar.ParseDate(asOf)
	if err != nil {
		t.Fatalf("%v", err)
	}
	f := memory.NewFrame(w.env, today)
	if yaml == "" {
		return f
	}
	doc := document.Parse("t.yaml", []byte(yaml), document.Limits{Bytes: 1 << 24, Nodes: 1 << 20})
	if doc.Root == nil || len(doc.Problems) > 0 {
		t.Fatalf("%.200s: %v", yaml, doc.Problems)
	}
	if err := f.Bind("t", w.schema.Root, doc.Root); err != nil {
		t.Fatalf("%v", err)
	}
	return f
}

func (w world) compile(t failer, text string, want expression.Want) *expression.Program {
	t.Helper()
	program, problems := w.env.Scope().Compile(text, want)
	if len(problems) > 0 {
		t.Fatalf("%s: %d: %s", text, problems[0].Offset, problems[0].Message.EN)
	}
	return program
}

// value evaluates a condition: true, false, what is absent, or the error.
func (w world) value(t failer, text, yaml, asOf string) string {
	t.Helper()
	return write(w.compile(t, text, expression.Condition).True(w.frame(t, yaml, asOf)))
}

func write(truth bool, err error) string {
	var absent *expression.Absent
	switch {
	case errors.As(err, &absent) && absent.Empty:
		return "empty " + absent.Path() + " in " + pointer(absent.In)
	case errors.As(err, &absent):
		return "absent " + absent.Path() + " in " + pointer(absent.In)
	case expression.TooCostly(err):
		return "too costly"
	case err != nil:
		return "error: " + err.Error()
	}
	return fmt.Sprint(truth)
}

func pointer(v *document.Value) string {
	switch {
	case v == nil:
		return "nothing"
	case v.Pointer() == "":
		return "the root"
	}
	return v.Pointer()
}
