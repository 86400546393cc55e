package rulebook

import (
	"cmp"
	"slices"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// HeaderTopic is the one topic that hegui knows by name: its header drives
// which checks apply.
const HeaderTopic = "platform"

// levelField is the header's property that says how strict checks are. A
// regulation that knows no protection levels has none.
const levelField = "mlps_level"

// Scales reports whether a property of the header decides by itself how much is
// asked of a platform: its level, a grade that checks go by, and the code by which
// policy chooses a profile.
func (r *Rulebook) Scales(property string) bool {
	return property == levelField || property == "code" || slices.ContainsFunc(r.Checks, func(c *Check) bool { return c.Level == property })
}

// header checks that the schema has the fields that hegui reads by name.
func (l *loader) header() {
	s := l.book.Schemas.Find(HeaderTopic)
	if s == nil || !s.Topic {
		l.fail(SchemasDir, document.Pos{}, lang.Say("缺少专题 %s 的模式", "the schema of the topic %s is missing", HeaderTopic))
		return
	}
	for name, kind := range map[string]schema.Kind{"name": schema.Object, "code": schema.String, "kind": schema.String,
		"stage": schema.String, levelField: schema.Integer, "sensitivity": schema.String} {
		field := s.Root.Field(name)
		if field == nil && name == levelField {
			continue
		}
		if field == nil || !field.Required || field.Type.Kind != kind {
			l.fail(s.Path, document.Pos{}, lang.Say("平台头部的 %q 没有声明为必填", "the header's %q is not declared as required", name))
		}
	}
}

// Graded reports whether the regulation knows protection levels.
func (r *Rulebook) Graded() bool { return r.Schemas.Find(HeaderTopic).Root.Field(levelField) != nil }

// LevelField is the header's property that holds the protection level.
func (r *Rulebook) LevelField() string { return levelField }

// Level is the protection level that a frame shows, NoLevel if it shows none; 0
// where the regulation knows none.
func (r *Rulebook) Level(f *Frame, header *document.Value) int {
	switch {
	case !r.Graded():
		return 0
	case len(f.Missing(HeaderTopic+"."+levelField)) > 0:
		return NoLevel
	}
	return int(header.Get(levelField).Int())
}

// levelPath is where the level is that the check goes by.
func (c *Check) levelPath() string { return HeaderTopic + "." + cmp.Or(c.Level, levelField) }

// LevelAt is the level that a frame shows for the check on a platform of a
// level, NoLevel if it shows none.
func (c *Check) LevelAt(f *Frame, platform int) int {
	if c.compiled.level == nil {
		return platform
	}
	if level, stated := c.compiled.level.Whole(f); stated {
		return int(level)
	}
	return NoLevel
}

// levels refuses what is stated for a protection level where there are none: it
// would never hold.
func (l *loader) levels(at string, v *document.Value) {
	if v == nil || l.book.Graded() {
		return
	}
	for _, field := range v.Fields() {
		if field.Key != "default" {
			l.fail(at, field.KeyStart(), lang.Say("%s 永远不会适用：平台头部没有 %s，只能写 default", "%s never holds: the header has no %s, so state only default", field.Key, levelField))
		}
	}
}
