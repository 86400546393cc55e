package schema

import (
	"errors"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"hegui/internal/document"
	"hegui/internal/lang"
)

// exemplary rejects examples that their own schema does not take: they are shown to people
// as what to write.
func (l *loader) exemplary(s *Schema) {
	if s.recalled {
		return
	}
	a := &acceptor{set: s.set, rules: map[*document.Value]*rule{}, formats: formats()}
	s.subschemas(s.Document().Root, func(node *document.Value) {
		for _, example := range listOf(node.Get("examples")) {
			if a.rule(s, node).takes(example, &look{}) {
				continue
			}
			if why := l.refused(s, node, example); !why.IsZero() {
				l.fail(s.Path, example.Start(), lang.Say("示例不合这里自己的要求：%s；改正示例，或改正要求", "the example is not what its own schema takes: %s; correct either", why))
			}
		}
	})
}

// subschemas visits every subschema.
func (s *Schema) subschemas(node *document.Value, visit func(node *document.Value)) {
	if node == nil || node.Kind != document.Map {
		return
	}
	visit(node)
	for _, field := range node.Fields() {
		switch field.Key {
		case "properties", "$defs":
			for _, property := range field.Value.Fields() {
				s.subschemas(property.Value, visit)
			}
		case "items", "additionalProperties", "if", "then", "else", "not", "propertyNames", "contains":
			s.subschemas(field.Value, visit)
		case "allOf", "anyOf", "oneOf":
			for _, item := range field.Value.Items() {
				s.subschemas(item, visit)
			}
		}
	}
}

func listOf(v *document.Value) []*document.Value {
	if v == nil {
		return nil
	}
	return v.Items()
}

// refused says why the library does not take an example, zero where it does.
func (l *loader) refused(s *Schema, node, example *document.Value) lang.Text {
	library, err := l.validatorAt(s.Name + suffix + "#" + node.Pointer())
	if err != nil {
		return lang.Text{} // which is told of the schema
	}
	var invalid *jsonschema.ValidationError
	if err := library.Validate(example.Any()); !errors.As(err, &invalid) {
		return lang.Text{}
	}
	leaf := leaves(invalid)[0]
	keyword, rule := s.tripped(leaf)
	at := example
	for _, token := range strings.Split(leaf.InstanceLocation, "/")[1:] {
		if next := at.Find("/" + token); next != nil {
			at = next
		}
	}
	return s.message(keyword, rule, at).Full
}
