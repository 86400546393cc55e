package schema

import "hegui/internal/document"

// Accepts is the quick yes, Known whether there can be one, LibraryTakes what
// the library says.
func (s *Schema) Accepts(v *document.Value) bool { return s.accepts(v) }

func (s *Schema) Known() bool { s.accepts(&document.Value{}); return s.rule != nil }

func (s *Schema) LibraryTakes(v *document.Value) bool {
	library, err := s.library()
	return err == nil && library.Validate(stated(v.Any())) == nil
}
