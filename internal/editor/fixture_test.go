package editor_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hegui/internal/document"
	"hegui/internal/editor"
	"hegui/internal/lang"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// root is the repository.
var root = filepath.Join("..", "..")

func abs(t *testing.T, file string) string {
	t.Helper()
	at, err := filepath.Abs(filepath.Join(root, filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func schemas(t *testing.T) *schema.Set {
	t.Helper()
	tree, err := source.OpenDir(root)
	if err != nil {
		t.Fatal(err)
	}
	set, defects := schema.Load(tree, "schemas")
	if len(defects) > 0 {
		t.Fatal(defects)
	}
	return set
}

// export writes a set of schemas into a folder of its own.
func export(t *testing.T, set *schema.Set, l lang.Language) string {
	t.Helper()
	dir := t.TempDir()
	for _, s := range editor.Bundled(set) {
		if err := os.WriteFile(filepath.Join(dir, s.Name+editor.Suffix), editor.Bundle(set, s, l), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// samplesOf are the descriptions of this repository's platforms.
func samplesOf(t *testing.T) []*document.Document {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "platforms", "*", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var docs []*document.Document
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		at, err := filepath.Rel(root, file)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, document.Parse(filepath.ToSlash(at), data, document.DefaultLimits()))
	}
	return docs
}

func textOf(doc *document.Document) string {
	lines := make([]string, doc.Lines())
	for i := range lines {
		lines[i] = doc.Line(i + 1)
	}
	return strings.Join(lines, "\n")
}

// findField is the first place at which a sample states a field.
func findField(samples []*document.Document, path string) (*document.Document, *document.Field) {
	topic, names, _ := strings.Cut(path, ".")
	for _, doc := range samples {
		if doc.Topic() == topic {
			if field := fieldIn(doc.Root, strings.Split(names, ".")); field != nil {
				return doc, field
			}
		}
	}
	return nil, nil
}

func fieldIn(v *document.Value, names []string) *document.Field {
	if v.Kind == document.List {
		for _, item := range v.Items() {
			if field := fieldIn(item, names); field != nil {
				return field
			}
		}
		return nil
	}
	field := v.Field(names[0])
	if field == nil || len(names) == 1 {
		return field
	}
	return fieldIn(field.Value, names[1:])
}

// typeAt is a field's place in its schema.
func typeAt(set *schema.Set, path string) *schema.Type {
	names := strings.Split(path, ".")
	at := set.Find(names[0]).Root
	for _, name := range names[1:] {
		if at.Item != nil {
			at = at.Item
		}
		at = at.Field(name).Type
	}
	return at
}
