package handbook

import (
	"slices"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// fieldAt is the field at a path such as backups.sets.retention, nil where the
// schemas know none.
func fieldAt(book *rulebook.Rulebook, path string) *schema.Field {
	topic, rest, inside := strings.Cut(path, ".")
	s := topicOf(book, topic)
	if s == nil || !inside {
		return nil
	}
	at, field := s.Root, (*schema.Field)(nil)
	for _, name := range strings.Split(rest, ".") {
		if field = inner(at).Field(name); field == nil {
			return nil
		}
		at = field.Type
	}
	return field
}

// inner is the object whose fields are stated at a place: for a list that of its
// items.
func inner(t *schema.Type) *schema.Type {
	if t.Kind == schema.List {
		return t.Item
	}
	return t
}

// namedIn are the lists that the names at a place come from, each once: of a list, its
// own keyword and that of its items say so.
func namedIn(t *schema.Type) []string {
	if t.Kind == schema.List {
		return slices.Concat(t.Item.Refs, t.Refs)
	}
	return t.Refs
}

// topicOf is the topic of that name, nil for none.
func topicOf(book *rulebook.Rulebook, name string) *schema.Schema {
	if s := book.Schemas.Find(name); s != nil && s.Topic {
		return s
	}
	return nil
}

// nearField is the path that was probably meant by one that leads nowhere: its last
// known object has a field that is spelt much alike.
func nearField(book *rulebook.Rulebook, path string) string {
	topic, rest, inside := strings.Cut(path, ".")
	s := topicOf(book, topic)
	if s == nil || !inside {
		return ""
	}
	at := s.Root
	for _, name := range strings.Split(rest, ".") {
		object := inner(at)
		if object == nil {
			return ""
		}
		if field := object.Field(name); field != nil {
			at = field.Type
			continue
		}
		var names []string
		for _, field := range object.Fields {
			names = append(names, field.Name)
		}
		if nearest := near.Word(name, names); nearest != "" {
			return at.Name + "." + nearest
		}
		return ""
	}
	return ""
}

// eachField visits the fields of a place and all inside them, in the schema's order.
func eachField(t *schema.Type, visit func(schema.Field)) {
	if t = inner(t); t == nil {
		return
	}
	for _, field := range t.Fields {
		visit(field)
		eachField(field.Type, visit)
	}
}

// FieldPaths are the topics and the paths of all fields, in the schemas' order.
func FieldPaths(book *rulebook.Rulebook) []string {
	var paths []string
	for _, s := range book.Schemas.Topics() {
		paths = append(paths, s.Name)
		eachField(s.Root, func(f schema.Field) { paths = append(paths, f.Type.Name) })
	}
	return paths
}

// readers are the checks that look at a place itself, by its path, in the rulebook's
// order.
func readers(book *rulebook.Rulebook) map[string][]*rulebook.Check {
	out := map[string][]*rulebook.Check{}
	for _, c := range book.Checks {
		for _, path := range c.Fields() {
			if !slices.Contains(out[path], c) {
				out[path] = append(out[path], c)
			}
		}
	}
	return out
}

// reach says at which levels a check can apply, and by which profiles.
func reach(book *rulebook.Rulebook, c *rulebook.Check) lang.Text {
	var levels []int
	for level := 1; level <= rulebook.MaxLevel; level++ {
		if book.MayApply(c, level) {
			levels = append(levels, level)
		}
	}
	at := lang.Say("各级", "all levels")
	switch n := len(levels); {
	case n == 0:
		at = lang.Say("不适用于任何级别", "no level")
	case n == rulebook.MaxLevel:
	case levels[n-1] == rulebook.MaxLevel && levels[0] == rulebook.MaxLevel-n+1:
		at = lang.Say("等保%s级及以上", "level %s and up", ordinal(levels[0]))
	default:
		var names []lang.Text
		for _, level := range levels {
			names = append(names, ordinal(level))
		}
		at = lang.Say("等保%s级", "levels %s", list(names))
	}
	if c.WhyEssential().IsZero() {
		return lang.Say("%s，仅“%s”口径", "%s, %s only", at, rulebook.Full.Text())
	}
	return at
}

// kindText is what may be written at a place, in a word or two.
func kindText(t *schema.Type) lang.Text {
	switch t.Kind {
	case schema.Object:
		return lang.Say("一组键", "a map of keys")
	case schema.List:
		if t.Item.Kind == schema.Object {
			return lang.Say("列表，各项以 %[1]s 区分", "a list whose items are named by %[1]s", lang.Same(t.Key))
		}
		return lang.Say("列表，每项是%s", "a list, each item %s", kindText(t.Item))
	case schema.String:
		switch {
		case len(t.Enum) > 0:
			return lang.Say("几个值之一", "one of a few values")
		case len(t.Refs) > 0:
			return lang.Say("已有的名称", "a name that is stated elsewhere")
		}
		return lang.Say("文字", "a text")
	case schema.Integer:
		return lang.Say("整数", "a whole number")
	case schema.Number:
		return lang.Say("数", "a number")
	case schema.Boolean:
		return lang.Say("true 或 false", "true or false")
	case schema.Date:
		return lang.Say("日期", "a date")
	case schema.Period:
		return lang.Say("时长", "a period")
	case schema.Evidence:
		return lang.Say("证据：目录内的路径、https 地址、{path, sha256}、{ref, held_by}，或由这些组成的列表", "evidence: a path below the platform, an https address, {path, sha256}, {ref, held_by}, or a list of these")
	}
	return lang.Say("其他", "something else")
}

// valuesOf are the values of an enumeration with what they are called.
func valuesOf(t *schema.Type) []lang.Text {
	if t.Kind == schema.List {
		t = t.Item
	}
	var out []lang.Text
	for _, value := range t.Enum {
		said := lang.Same(value)
		if label := t.Labels[value]; !label.IsZero() {
			said = lang.Say("%s %s", "%s (%s)", value, label)
		}
		out = append(out, said)
	}
	return out
}

// absenceOf says whether a field must be stated, and what it means that it is not.
func absenceOf(f schema.Field) lang.Text {
	switch {
	case f.Required:
		return lang.Say("必填", "required")
	case !f.Type.Absent.IsZero():
		return lang.Say("可不填：%s", "may be left out: %s", f.Type.Absent)
	case f.Type.Kind == schema.List && (f.Type.Adverse || f.Type.MayBeEmpty):
		return lang.Say("有检查项读取时要填；没有的写 []", "to be stated where a check reads it; [] for none")
	}
	return lang.Say("有检查项读取时要填", "to be stated where a check reads it")
}
