package schema

import (
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// evidenceKeys are the keys under which evidence says where it is.
var evidenceKeys = []string{"path", "sha256", "ref", "held_by"}

// unspacedKeys reports the keys between braces that lack the space behind their colon.
func (s *Schema) unspacedKeys(at *document.Value, known []string) (out []Violation) {
	for i := range at.Fields() {
		if v, found := s.unspaced(&at.Fields()[i], known); found {
			out = append(out, v)
		}
	}
	return out
}

// unspaced reports a key that is read together with its value: in {attempts:5} the key
// is attempts:5, and it holds nothing.
func (s *Schema) unspaced(field *document.Field, known []string) (v Violation, found bool) {
	holder := field.Value.Parent
	key, value, found := strings.Cut(field.Key, ":")
	if !found || value == "" || field.Value.Kind != document.Null || !slices.Contains(known, key) {
		return v, false
	}
	v = s.violation("additionalProperties", field.Value, lang.Mark("键 %[1]s 的冒号后面没有空格，%[2]s 整个被读作一个键", "the colon of the key %[1]s lacks its space: all of %[2]s reads as a key",
		document.Quote(key), s.marked(holder, lang.Same(document.Quote(field.Key)))))
	if s.Sensitive(holder) {
		v.Redacted = s.Root.RedactedPath(holder) + "/" + RedactedKey
	}
	v.Start, v.End = field.KeyStart(), field.KeyEnd()
	v.advise(lang.Say("键 %s 的冒号后面要加一个空格", "put a space after the colon of the key %s", document.Quote(key)))
	if v.slip = (Hole{holder, key}); s.isObject(holder) {
		v.Hole = &v.slip
	}
	if holder.Field(key) == nil && holder.Document().Writes(v.Start, v.End, field.Key) {
		v.Edit = finding.Write(v.Start, v.End, key+": "+strings.TrimSpace(value))
	}
	return v, true
}

// unspacedFor reports the key that is read together with its value where evidence lacks
// it; other maps report all keys that they do not know.
func (s *Schema) unspacedFor(at *document.Value, key string) (v Violation, found bool) {
	if s.evidenceAt(at) == nil {
		return v, false
	}
	all := s.unspacedKeys(at, []string{key})
	if len(all) == 0 {
		return v, false
	}
	return all[0], true
}

// isObject reports whether the schema names the keys of a value.
func (s *Schema) isObject(v *document.Value) bool {
	t := s.typeAt(v)
	return t != nil && t.Kind == Object
}

// unindented reports the keys that are aligned with the one that they belong below, once
// for all below one; told are those keys.
func (s *Schema) unindented(holder *document.Value) (out []Violation, told map[string]bool) {
	t := s.typeAt(holder)
	if t == nil || t.Kind != Object {
		return nil, nil
	}
	told = map[string]bool{}
	var above *Field
	for i := range holder.Fields() {
		field := &holder.Fields()[i]
		switch known := t.Field(field.Key); {
		case known != nil && field.Value.Kind == document.Null && known.Type.Kind == Object:
			above = known
		case known != nil || above == nil || above.Type.Field(field.Key) == nil:
			above = nil
		case told[above.Name]: // one slip is one finding
			told[field.Key] = true
		default:
			told[above.Name], told[field.Key] = true, true
			out = append(out, s.aligned(field, above.Name))
		}
	}
	return out, told
}

// aligned reports the first key that stands at the level of the one it belongs below.
func (s *Schema) aligned(field *document.Field, above string) Violation {
	v := s.violation("additionalProperties", field.Value, lang.Mark("键 %[1]s 与 %[2]s 左对齐，没有被读作 %[2]s 的内容", "the key %[1]s is aligned with %[2]s and does not read as part of it",
		document.Quote(field.Key), document.Quote(above)))
	v.Start, v.End = field.KeyStart(), field.KeyEnd()
	v.advise(lang.Say("属于 %s 的各行多缩进 2 格", "indent the lines that belong to %s by 2 more", document.Quote(above)))
	v.slip = Hole{field.Value.Parent, above}
	v.Hole = &v.slip
	return v
}

// askPart asks for what belongs under one key of evidence, in the words of its schema.
func (s *Schema) askPart(v *Violation, rule *document.Value) {
	e := s.evidenceAt(v.At)
	if e == nil || v.At.Parent == nil || v.At.Parent.Kind != document.Map || v.At == e || v.Remedy != evidenceForms() || v.At.Key() == "ref" && Nothing(v.At.Text) {
		return
	}
	about := text(rule, "description", "x-description-en")
	if about.IsZero() {
		return
	}
	if example := rule.Get("examples"); example != nil && len(example.Items()) > 0 {
		about = lang.Say("%s（如 %s）", "%s (such as %s)", about, written(example.Items()[0]))
	}
	v.advise(lang.Say("写这里要填的：%s", "state what belongs here: %s", about))
}
