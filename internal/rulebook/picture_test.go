package rulebook_test

import (
	"slices"
	"strings"
	"testing"

	"hegui/internal/rulebook"
)

// pictured is the tiny rulebook with drills that name a set and a safe, and a
// picture: sets side by side, drills below.
func pictured(t *testing.T, parts ...string) files {
	t.Helper()
	const last = `"x-description-en": "Success in words.",
            "type": "boolean"
          }`
	ref := func(key, list string) string {
		return `, "` + key + `": { "title": "指向", "x-title-en": "Names", "description": "指向哪里", "x-description-en": "What it names.", "type": "string", "x-ref": "stores.` + list + `" }`
	}
	f := tiny(t).edit(t, "schemas/stores.schema.json", last, last+ref("set", "sets")+ref("drill", "drills"))
	f = f.edit(t, "schemas/stores.schema.json", `"pattern": "^room"
          }`, `"pattern": "^room"
          }`+ref("set", "sets"))
	text := "columns: { path: stores.sets, kind: { zh: 备份集, en: set }, shows: [label] }\nparts:\n"
	for _, part := range parts {
		text += "  - { kind: { zh: 部分, en: part }, " + part + " }\n"
	}
	return f.with(rulebook.PictureFile, text)
}

func TestPictureIsRead(t *testing.T) {
	if book := tiny(t).load(t); book.Picture != nil {
		t.Errorf("without the file there is a picture of %v", book.Picture)
	}
	f := pictured(t, "path: stores.drills, column: set, except: { field: ok, is: false }, also: [stores.drills.drill]", "path: stores.sets.copies, on: drill, name: medium, open: { field: medium, is: tape }, without: { zh: 没有, en: none }")
	// An entry of copies names no drill: only what is around it could.
	if d := f.defects(t); len(d) != 1 || !strings.Contains(d[0].Message.EN, `stores.sets.copies has no field "drill"`) {
		t.Fatalf("%v", d)
	}
	f = pictured(t, "path: stores.drills, column: set, except: { field: ok, is: false }, shape: copy, outside: true", "path: stores.sets.copies, name: medium, shows: [site]")
	p := f.load(t).Picture
	if p.Columns.Path != "stores.sets" || !slices.Equal(p.Columns.Shows, []string{"label"}) || len(p.Parts) != 2 {
		t.Fatalf("%+v", p)
	}
	if drills := p.Parts[0]; drills.Column != "set" || drills.Except != (rulebook.FieldIs{Field: "ok", Is: "false"}) || drills.Shape != "copy" || !drills.Outside || drills.Kind.EN != "part" {
		t.Errorf("%+v", drills)
	}
	if f.load(t).Digest == tiny(t).load(t).Digest {
		t.Error("the digest does not cover the picture")
	}
}

func TestPictureIsHeldToTheSchemas(t *testing.T) {
	drills := "path: stores.drills, "
	for _, c := range []struct {
		name  string
		parts []string
		want  string
	}{
		{"no such list", []string{"path: stores.shelves"}, `"stores.shelves" is no list with an x-key`},
		{"a list without names", []string{"path: stores.channels"}, `"stores.channels" is no list with an x-key`},
		{"drawn twice", []string{"path: stores.sets"}, "stores.sets is there already"},
		{"no such field", []string{drills + "shows: [colour]"}, `stores.drills has no field "colour": want one of id, ok, set, drill`},
		{"no such name", []string{drills + "name: colour"}, `stores.drills has no field "colour"`},
		{"a value that never is", []string{drills + "except: { field: ok, is: perhaps }"}, `field ok never is "perhaps": want one of true, false`},
		{"a column that is none", []string{drills + "column: ok"}, `stores.drills has no field "ok", or its x-ref does not lead to stores.sets`},
		{"of itself", []string{drills + "of: drill"}, `field "drill" has to lead to a kind above, and there is none`},
		{"of what stands outside", []string{drills + "outside: true", "path: stores.faults, of: drill"}, `field "drill" has to lead to a kind above`},
		{"of another than that above", []string{"path: stores.faults", drills + "of: drill"}, `stores.drills has no field "drill", or its x-ref does not lead to stores.faults`},
		{"by what is sensitive", []string{"path: stores.safes, column: set"}, "stores.safes.set is sensitive"},
		{"without what is sensitive", []string{"path: stores.safes, open: { field: place, is: room }"}, "stores.safes.place is sensitive"},
		{"named nowhere", []string{drills + "also: [stores.sets.label]"}, `stores.sets has no field "label", or its x-ref does not lead to stores.drills`},
		{"named in no list", []string{drills + "also: [stores.rota.post]"}, `"stores.rota.post" is no field of a list with an x-key`},
		{"a shape that nobody draws", []string{drills + "shape: star"}, "star"},
	} {
		found := false
		d := pictured(t, c.parts...).defects(t)
		for _, one := range d {
			found = found || one.Path == rulebook.PictureFile && one.Line > 1 && strings.Contains(one.Message.EN, c.want)
		}
		if !found {
			t.Errorf("%s: %v", c.name, d)
		}
	}
}
