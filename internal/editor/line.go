package editor

import (
	"path"
	"strings"
	"unicode/utf8"

	"hegui/internal/document"
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

// Reference is what a description says of its schema: where it is, as written, and
// the place of that.
type Reference struct {
	Target     string
	Start, End document.Pos
}

// Stated is the reference in a file, false where it states none. It stands among the
// comments that open the file.
func Stated(doc *document.Document) (Reference, bool) {
	for n, line := range doc.EachLine() {
		if text := strings.TrimSpace(line); text != "" && !strings.HasPrefix(text, "#") {
			break
		}
		if before, target := stated(line); target != "" {
			column := utf8.RuneCountInString(before) + 1
			return Reference{target, document.Pos{Line: n, Column: column}, document.Pos{Line: n, Column: column + utf8.RuneCountInString(target)}}, true
		}
	}
	return Reference{}, false
}

// stated is the reference in a line as editors read it, with what is before it; empty
// for any other line.
func stated(line string) (before, target string) {
	const blanks = " \t\n\f\r"
	text, _ := strings.CutPrefix(line, "#")
	name := strings.TrimLeft(text, blanks)
	settings, named := strings.CutPrefix(name, "yaml-language-server")
	settings, set := strings.CutPrefix(strings.TrimLeft(settings, blanks), ":")
	if len(text) == len(line) || len(name) == len(text) || !named || !set {
		return "", ""
	}
	for found := true; found && target == ""; {
		_, settings, found = strings.Cut(settings, "$schema=")
		target = settings
		if end := strings.IndexAny(settings, blanks); end >= 0 {
			target = settings[:end]
		}
	}
	return line[:len(line)-len(settings)], target
}

// Names reports whether the reference leads to a file of a schema's name.
func (r Reference) Names(schema string) bool {
	file, _, _ := strings.Cut(r.Target, "#")
	file, _, _ = strings.Cut(file, "?")
	return path.Base(strings.ReplaceAll(file, `\`, "/")) == schema+Suffix
}

// In is the file that the reference of a file leads to, relative to the root; false
// for an address or an absolute path, which lead out of every tree.
func (r Reference) In(file string) (string, bool) {
	if strings.ContainsAny(r.Target, ":\\") || path.IsAbs(r.Target) {
		return "", false
	}
	return path.Join(path.Dir(file), r.Target), true
}

// To is how a file refers to a schema's.
func To(file, schema string) string { return strings.TrimPrefix(Line(file, schema), prefix) }
