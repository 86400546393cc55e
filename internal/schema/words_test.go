package schema_test

import (
	"path/filepath"
	"strings"
	"testing"

	"hegui/internal/document"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// Whoever writes a value otherwise than a schema wants it reads words: no pattern
// and no bare list of values is left to explain itself. Two values of one
// enumeration are never called alike: each is known by its name.
func TestEveryFormHasWords(t *testing.T) {
	tree, err := source.OpenDir(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	set, defects := schema.Load(tree, "schemas")
	if len(defects) > 0 {
		t.Fatal(defects)
	}
	patterns, values := 0, 0
	for _, s := range set.All() {
		if s.Name == "results" { // written by hegui
			continue
		}
		each(s.Document().Root, func(node *document.Value) {
			if pattern := node.Get("pattern"); pattern != nil && pattern.Kind == document.String {
				patterns++
				for _, language := range []string{"zh", "en"} {
					if words := node.Get("x-pattern").TextAt(language); words == "" || strings.ContainsAny(words, "^$\\") {
						t.Errorf("%s:%d: the pattern is not said in words in %s", s.Path, pattern.Start().Line, language)
					}
				}
			}
			enum := node.Get("enum")
			if !s.Topic || enum == nil || enum.Kind != document.List || within(node, "if") {
				return
			}
			said := map[string]string{}
			for _, value := range enum.Items() {
				values++
				for _, language := range []string{"zh", "en"} {
					word := node.Get("x-labels").Get(value.Text).TextAt(language)
					if other := said[language+word]; word == "" || other != "" {
						t.Errorf("%s:%d: the value %s is called %q in %s, as %s is", s.Path, value.Start().Line, value.Text, word, language, other)
					}
					said[language+word] = value.Text
				}
			}
			if n := len(node.Get("x-labels").Fields()); n != len(enum.Items()) {
				t.Errorf("%s:%d: %d labels for %d values", s.Path, enum.Start().Line, n, len(enum.Items()))
			}
		})
	}
	if patterns < 10 || values < 500 {
		t.Errorf("%d patterns and %d values: the test looks in the wrong place", patterns, values)
	}
}

func each(v *document.Value, visit func(*document.Value)) {
	visit(v)
	for _, item := range v.Items() {
		each(item, visit)
	}
	for _, field := range v.Fields() {
		each(field.Value, visit)
	}
}

// within reports whether a value lies under a key.
func within(v *document.Value, key string) bool {
	for ; v != nil; v = v.Parent {
		if v.Key() == key {
			return true
		}
	}
	return false
}
