package schema_test

import (
	"fmt"
	"strings"
	"testing"

	"hegui/internal/schema"
)

// A key that its place does not know is told where it belongs, once.
func TestKeysInTheWrongPlace(t *testing.T) {
	inner := `"type": "object", "additionalProperties": false, "properties": {` + property("size", `"type": "integer"`) + `, ` + property("proof", `"type": "string"`) + `}`
	list := `"type": "array", "x-key": "id", "items": {"type": "object", "additionalProperties": false, "required": ["id"], "properties": {` +
		property("id", `"type": "string"`) + `, ` + property("far", `"type": "integer"`) + `, ` + property("proof", `"type": "string"`) + `}}`
	set, defects := load(t, map[string]string{
		"t": topicWith("", property("box", inner)+", "+property("rows", list)+", "+property("say", `"type": "string"`), "box", "rows", "say"),
		"u": strings.Replace(topicWith("", property("lamps", `"type": "integer"`), "lamps"), `"order": 1`, `"order": 2`, 1),
	})
	if len(defects) > 0 {
		t.Fatal(defects)
	}
	for _, c := range []struct{ yaml, remedy string }{
		{"box: {size: 1}\nproof: a", `if it belongs to "box" above, align it with the lines below that`},
		{"rows: [{id: a}]\nproof: a", `if it belongs to "rows" above, align it with the lines below that`},
		{"box: {size: 1, proof: a}\nproof: a", "the key belongs to box or rows[]: write it there"},
		{"say: a\nfar: 1", "the key belongs to rows[]: write it there"},
		{"rows: [{id: a, size: 1}]", "the key belongs to box: write it there"},
		{"say: a\nlamps: 1", "the key belongs to u.yaml: write it there"},
		{"t: {say: a}", "the topic is not named here: delete the line and move those below it to the left"},
		{"say: a\nelse: 1", "known keys: box, rows, say"},
		{"say: a\n说名称: 1", "known keys: box, rows, say"},
	} {
		found := set.Find("t").Validate(parse(t, c.yaml))
		if len(found) != 1 || found[0].Remedy.EN != c.remedy || found[0].Remedy.ZH == "" {
			t.Errorf("%s: %+v, want %q", c.yaml, found, c.remedy)
		}
	}
	if found := set.Find("t").Validate(parse(t, "t: {say: a}")); found[0].Hole == nil || *found[0].Hole != (schema.Hole{}) {
		t.Errorf("what is below a topic's name is not all there is: %+v", found[0].Hole)
	}
}

// A key that is nearly called as one is in Chinese is that one.
func TestKeysByTheirTitles(t *testing.T) {
	s := one(t, topic(strings.Replace(property("vendors", `"type": "integer"`), "vendors名", "外包人员", 1), "vendors"))
	found := s.Validate(parse(t, "外包人数: 3"))
	if len(found) != 1 || found[0].Remedy.EN != `did you mean "vendors"?` {
		t.Errorf("%+v", found)
	}
}

// Evidence in square brackets is one slip, and what a list of evidence lacks is asked for
// where it is lacking.
func TestEvidenceInLists(t *testing.T) {
	s := one(t, topic(property("x", `"$ref": "common.schema.json#/$defs/evidence"`)))
	for yaml, want := range map[string]string{
		"x: [ref: 文1号, held_by: 档案岗]":        "1:4 write braces: {ref: 文1号, held_by: 档案岗}",
		"x: [a.pdf, {ref: 文1号}]":             "1:12 state the post that keeps it: {ref: 文1号, held_by: post}",
		"x: [a.pdf, {ref: 文1号, held_by: 无}]": "1:32 state what belongs here: ",
	} {
		found := s.Validate(parse(t, yaml))
		if len(found) != 1 || !strings.HasPrefix(fmt.Sprintf("%d:%d %s", found[0].Start.Line, found[0].Start.Column, found[0].Remedy.EN), want) {
			t.Errorf("%s: %+v, want %q", yaml, found, want)
		}
	}
}
