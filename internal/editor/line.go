package editor

import (
	"path"
	"strings"
)

// Dir is where a repository keeps the schemas for its editors.
const Dir = "schemas/editor"

// prefix opens the line by which a description names its schema.
const prefix = "# yaml-language-server: $schema="

// Path is where a repository keeps the schema of that name.
func Path(name string) string { return path.Join(Dir, name+Suffix) }

// Line is the first line of a file at a path: it leads editors to its schema, from
// any depth. Both paths are relative to one root.
func Line(file, schema string) string {
	return prefix + strings.Repeat("../", strings.Count(path.Clean(file), "/")) + schema
}
