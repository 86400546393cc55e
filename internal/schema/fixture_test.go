package schema_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// common is the repository's own file of shared types.
func common(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "schemas", "common.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// load reads schemas by their names, with common beside them.
func load(t testing.TB, files map[string]string) (*schema.Set, finding.Defects) {
	t.Helper()
	tree := fstest.MapFS{"schemas/common.schema.json": {Data: []byte(common(t))}}
	for name, content := range files {
		tree["schemas/"+name+".schema.json"] = &fstest.MapFile{Data: []byte(content)}
	}
	return schema.Load(source.FromFS(tree), "schemas")
}

// topic writes a topic with these properties, all of them required but those
// named; extra are further keywords of its root.
func topic(properties string, optional ...string) string {
	return topicWith("", properties, optional...)
}

func topicWith(extra, properties string, optional ...string) string {
	var known map[string]any
	if err := json.Unmarshal([]byte("{"+properties+"}"), &known); err != nil {
		panic(fmt.Sprintf("%v in %s", err, properties))
	}
	for _, name := range optional {
		delete(known, name)
	}
	required := []string{}
	for name := range known {
		required = append(required, name)
	}
	names, _ := json.Marshal(required)
	return `{"$schema": "https://json-schema.org/draft/2020-12/schema", "x-topic": {"order": 1}, "type": "object", "additionalProperties": false, ` +
		extra + `"required": ` + string(names) + `, "properties": {` + properties + `}}`
}

// property writes one property with what every property must say.
func property(name, rest string) string {
	return fmt.Sprintf(`%q: {"title": "%[1]s名", "x-title-en": "%[1]s title", "description": "%[1]s的说明", "x-description-en": "about %[1]s", %[2]s}`, name, rest)
}

// one loads a single topic named t.
func one(t testing.TB, content string) *schema.Schema {
	t.Helper()
	set, defects := load(t, map[string]string{"t": content})
	if len(defects) > 0 {
		t.Fatal(defects)
	}
	return set.Find("t")
}

func parse(t testing.TB, text string) *document.Value {
	t.Helper()
	doc := document.Parse("t.yaml", []byte(text), document.DefaultLimits())
	if len(doc.Problems) > 0 {
		t.Fatalf("%s: %v", text, doc.Problems)
	}
	return doc.Root
}

// place is the line and column of a text that stands once.
func place(t testing.TB, content, at string) document.Pos {
	t.Helper()
	if n := strings.Count(content, at); n != 1 {
		t.Fatalf("%q stands %d times in\n%s", at, n, content)
	}
	before, _, _ := strings.Cut(content, at)
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return document.Pos{Line: strings.Count(before, "\n") + 1, Column: utf8.RuneCountInString(line) + 1}
}
