package rulebook_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hegui/internal/document"
	"hegui/internal/expression"
)

// A list inside an object, and not only one at the top of a topic, has entries by whose
// words a name is known.
func TestNameByTheWordsOfAnInnerList(t *testing.T) {
	book := tiny(t).
		edit(t, "schemas/stores.schema.json", `"x-description-en": "Label in words.",`, `"x-description-en": "Label in words.", "pattern": "^[a-z]+$", "x-pattern": { "zh": "小写字母", "en": "small letters" }, "x-ref": "stores.rota.desks",`).
		edit(t, "schemas/stores.schema.json", `"x-description-en": "Rota in words.",
      "type": "object",
      "additionalProperties": false,
      "properties": {`, `"x-description-en": "Rota in words.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "desks": {
          "title": "席位", "x-title-en": "Desks", "description": "席位的说明", "x-description-en": "Desks in words.",
          "type": "array", "x-key": "id",
          "items": { "type": "object", "additionalProperties": false, "required": ["id"], "properties": {
            "id": { "title": "编号", "x-title-en": "Id", "description": "编号的说明", "x-description-en": "Id in words.", "type": "string" },
            "room": { "title": "房间", "x-title-en": "Room", "description": "房间的说明", "x-description-en": "Room in words.", "type": "string" }
          } }
        },`).load(t)
	root := parse(t, "rota: { desks: [{ id: north, room: 夜班席 }, { id: south, room: 白班席 }] }\nsets: [{ name: files, keep: 60, label: 夜班席 }]\n")
	_, defects := book.View(map[string]*document.Value{"stores": root}, nil, day(t, "2026-12-01"))
	if len(defects) != 1 || defects[0].Remedy.EN != `did you mean "north"?` {
		t.Errorf("%v", defects)
	}
}

// Names lead somewhere: one that does not is a defect at the word itself, with
// the nearest name as its remedy; it waits where the list itself is broken or
// absent, and older records may name what is gone.
func TestNames(t *testing.T) {
	book := tiny(t).
		edit(t, "schemas/stores.schema.json", `"x-description-en": "Label in words.",`, `"x-description-en": "Label in words.", "minLength": 3, "x-ref": ["stores.safes", "stores.drills"],`).
		edit(t, "schemas/stores.schema.json", `"x-description-en": "Succeeded in words.",
                  "type": "boolean",
                  "x-outcome": true
                },`, `"x-description-en": "Succeeded in words.",
                  "type": "boolean",
                  "x-outcome": true
                },
                "by": {
                  "title": "用具",
                  "x-title-en": "By",
                  "description": "用具的说明",
                  "x-description-en": "By in words.",
                  "type": "array",
                  "x-ref": "stores.safes",
                  "items": { "type": "string" }
                },`).load(t)
	const safes = "safes: [{ name: small, place: room 1, evidence: e.md }, { name: large, place: room 1, evidence: e.md }]\n"
	const drills = "drills: [{ id: spring, ok: true }]\n"
	set := func(rest string) string { return "sets: [{ name: files, keep: 60, " + rest + " }]\n" }
	for _, c := range []struct {
		name, stores string
		defects      string
		// lacks is what reading the label or the newest record could not do
		// without.
		path, lacks string
	}{
		{"known", safes + drills + set("label: large"), "", "label", ""},
		{"known in the other list", safes + drills + set("label: spring"), "", "label", ""},
		{"misspelt", safes + drills + set("label: lage"), `schema.reference /sets/0/label: did you mean "large"?`, "label", "schema.reference stores/sets[files]/label"},
		{"in neither list", safes + drills + set("label: zzzzzz"), "schema.reference /sets/0/label: known names: small, large, spring; state a new one in stores.safes or stores.drills first", "label", "schema.reference stores/sets[files]/label"},
		{"not written as a name", safes + drills + set("label: zz"), "schema.min_length /sets/0/label: ", "label", "schema.min_length stores/sets[files]/label"},
		{"one list absent", safes + set("label: spring"), `schema.reference /sets/0/label: known names: small, large; state a new one in stores.safes or stores.drills first`, "label", "schema.reference stores/sets[files]/label"},
		{"both lists absent", set("label: spring"), "", "label", "safes drills"},
		{"a list that is broken", drills + "safes: none\n" + set("label: large"), "schema.type /safes: ", "label", "schema.type stores/safes"},
		{"a key that is broken", drills + "safes: [{ name: [x], place: room 1, evidence: e.md }]\n" + set("label: large"), "schema.type /safes/0/name: ", "label", "schema.type stores/safes[]/name"},
		{"an older record", safes + set("records: [{ id: a, date: 2026-01-01, by: [gone], evidence: e.md }, { id: b, date: 2026-02-01, by: [small], evidence: e.md }]"), "", "", ""},
		{"an older record, mistyped", safes + set("records: [{ id: a, date: 2026-01-01, by: [smal], evidence: e.md }, { id: b, date: 2026-02-01, by: [small], evidence: e.md }]"), `schema.reference /sets/0/records/0/by/0: did you mean "small"?`, "", ""},
		{"the newest record", safes + set("records: [{ id: a, date: 2026-01-01, by: [small], evidence: e.md }, { id: b, date: 2026-02-01, by: [small, lage], evidence: e.md }]"), `schema.reference /sets/0/records/1/by/1: did you mean "large"?`, "", ""},
		{"the newest record names what is gone", safes + set("records: [{ id: a, date: 2026-01-01, by: [small], evidence: e.md }, { id: b, date: 2026-02-01, by: [small, gone], evidence: e.md }]"), "", "", ""},
		{"a renamed key is one slip", "safes: [{ name: smaller, place: room 1, evidence: e.md }, { name: large, place: room 1, evidence: e.md }]\n" + set("label: small, records: [{ id: a, date: 2026-02-01, by: [small, large], evidence: e.md }]"), `schema.reference /safes/0/name: a name stays once given: write small again; if it was renamed, change all places that name it`, "label", "schema.reference stores/safes[smaller]/name"},
		{"a name said twice that nothing was called", safes + drills + set("label: zzzzzz, records: [{ id: a, date: 2026-02-01, by: [zzzzzz], evidence: e.md }]"), "schema.reference /sets/0/label: known names: small, large, spring; state a new one in stores.safes or stores.drills first", "label", "schema.reference stores/sets[files]/label"},
		{"a record ahead hides nothing", safes + set("records: [{ id: a, date: 2026-01-01, by: [lage], evidence: e.md }, { id: b, date: 2027-02-01, by: [small], evidence: e.md }]"), `schema.reference /sets/0/records/0/by/0: did you mean "large"?`, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := parse(t, c.stores)
			frame, defects := book.View(map[string]*document.Value{"stores": root}, nil, day(t, "2026-12-01"))
			var got []string
			for _, d := range defects {
				line := fmt.Sprintf("%s %s: %s", d.ID(), d.At.Pointer(), d.Remedy.EN)
				if !strings.HasPrefix(c.defects, "schema.reference") {
					line = fmt.Sprintf("%s %s: ", d.ID(), d.At.Pointer())
				}
				got = append(got, line)
			}
			if strings.Join(got, "; ") != c.defects {
				t.Errorf("defects %q, want %q", got, c.defects)
			}
			if c.path == "" {
				return
			}
			list, problems := book.Env.Scope().Compile("stores.sets.map(s, s.label)", expression.Items)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			var lacks []string
			if _, _, _, err := list.Items(frame); err != nil {
				for _, absent := range frame.Absences() {
					lacks = append(lacks, absent.Defects...)
					if len(absent.Defects) == 0 {
						lacks = append(lacks, absent.Key)
					}
				}
			}
			if got := strings.Join(slices.Compact(lacks), " "); got != c.lacks {
				t.Errorf("lacks %q, want %q", got, c.lacks)
			}
		})
	}
}
