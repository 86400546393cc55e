package schema_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hegui/internal/document"
	"hegui/internal/schema"
	"hegui/internal/trial"
)

// Every keyword says what is wrong, in both languages, where it is wrong.
func TestViolations(t *testing.T) {
	const forms = "state evidence as a path in the platform's folder (evidence/x.pdf), an https address, {path: …, sha256: …}, {ref: number, held_by: post}, or a list of these"
	list := `"type": "array", "minItems": 1, "x-key": "id", "items": {"type": "object", "additionalProperties": false, "required": ["id", "size"], "properties": {` +
		property("id", `"type": "string"`) + `, ` + property("size", `"type": "integer", "minimum": 1`) + `}}`
	for _, c := range []struct {
		name     string
		property string // of "x"
		yaml     string
		keyword  string
		at       string // where it stands
		en, zh   string
		remedy   string
	}{
		{"required", `"type": "string"`, "y: 1", "required", "y: 1", `"x" is missing (x title)`, `缺少 "x"（x名）`, "add x: about x"},
		{"required list with an example", `"type": "array", "items": {"type": "string"}, "examples": [["a", "b"]]`, "y: 1", "required", "y: 1", `"x" is missing (x title)`, `缺少 "x"（x名）`, `add x (such as ["a","b"]): about x`},
		{"unknown key", `"type": "string"`, "x: a\nxy: 1\ny: 1", "additionalProperties", "xy", `unknown key "xy"`, `不认识的键 "xy"`, `did you mean "x"?`},
		{"unknown key like none", `"type": "string"`, "x: a\nelephant: 1\ny: 1", "additionalProperties", "elephant", `unknown key "elephant"`, `不认识的键 "elephant"`, "known keys: x, y"},
		{"type string", `"type": "string"`, "x: 5\ny: 1", "type", "5", `want a text, found "5"`, `应为文字，却是 "5"`, "write it in quotes: \"5\""},
		{"type integer", `"type": "integer"`, "x: five\ny: 1", "type", "five", `want a whole number, found "five"`, `应为整数，却是 "five"`, "state what belongs here: about x"},
		{"type integer, a fraction", `"type": "integer"`, "x: 5.5\ny: 1", "type", "5.5", `want a whole number, found "5.5"`, `应为整数`, "state what belongs here: about x"},
		{"type integer, too small for a fraction", `"type": "integer"`, "x: 1e-999999\ny: 1", "type", "1e-999999", `write a whole number without a fraction, found "1e-999999"`, `整数不要写成小数："1e-999999"`, "write 0"},
		{"type integer, a whole fraction", `"type": "integer"`, "x: 5.0\ny: 1", "type", "5.0", `write a whole number without a fraction, found "5.0"`, `整数不要写成小数："5.0"`, "write 5"},
		{"type number", `"type": "number"`, "x: five\ny: 1", "type", "five", `want a number, found "five"`, `应为数，却是 "five"`, "state what belongs here: about x"},
		{"type boolean", `"type": "boolean"`, "x: yes\ny: 1", "type", "yes", `want true or false, found "yes"`, `应为 true 或 false，却是 "yes"`, "write true"},
		{"type list", list, "x: a\ny: 1", "type", "a", `want a list, found "a"`, `应为列表，却是 "a"`, `write a list, such as [{id: a, size: …}], or each item on a line of its own behind "- "`},
		{"type map", `"type": "object", "additionalProperties": false`, "x: [a, b]\ny: 1", "type", "[a", `want a map of keys, found a list of 2 items`, `应为键值映射，却是 一个列表（2 项）`, `write keys with values, such as {}`},
		{"empty", `"type": "string"`, "x:\ny: 1", "required", "x:", `"x" (x title) is left empty`, `"x"（x名） 没有填写`, "add x: about x"},
		{"unknown and empty", `"type": "string"`, "x: a\nz:\ny: 1", "additionalProperties", "z:", `unknown key "z"`, `不认识的键 "z"`, "known keys: x, y"},
		{"empty item", `"type": "array", "minItems": 1, "items": {"type": "string"}`, "x: [a, ~]\ny: 1", "type", "~", `want a text, found nothing`, `应为文字，却是 空值`, `the item is empty: state it, or take it away`},
		{"blank", `"type": "string", "format": "text"`, "x: \" \u3000\"\ny: 1", "format", "\" ", `says nothing: want letters or digits`, `没有说明任何内容：要有文字或数字`, "state what belongs here: about x"},
		{"telephone", `"type": "string", "format": "name"`, "x: 运维岗 0379-1234567\ny: 1", "format", "运维岗", `no telephone number`, `不得带电话号码`, "state what belongs here: about x"},
		{"nothing to refer to", `"type": "string", "format": "reference"`, "x: 无\ny: 1", "format", "无", `refers to nothing`, `指不到任何东西`, "state what belongs here: about x"},
		{"a share of one", `"type": "number", "minimum": 0, "maximum": 100, "format": "percent"`, "x: 0.997\ny: 1", "format", "0.997", `ninety-nine in a hundred is 99, not 0.99`, `九成九写 99，不写 0.99`, "write 99.7"},
		{"date before all", `"type": "string", "format": "date"`, "x: 0001-01-01\ny: 1", "format", "0001", `1949 to 2100`, `1949 至 2100`, "state what belongs here: about x"},
		{"types", `"type": ["string", "boolean"]`, "x: {a: 1}\ny: 1", "type", "{a", `want a text or true or false, found a map of 1 key`, `应为文字或 true 或 false，却是 一个映射（1 个键）`, "state what belongs here: about x"},
		{"enum", `"type": "string", "enum": ["up", "down"]`, "x: left\ny: 1", "enum", "left", `"left" is none of the allowed values: up, down`, `"left" 不在允许的值之内：up、down`, "write one of these: about x"},
		{"const", `"type": "string", "const": "up"`, "x: left\ny: 1", "const", "left", `want "up", found "left"`, `应为 "up"，却是 "left"`, "state what belongs here: about x"},
		{"pattern", `"type": "string", "pattern": "^a+$"`, "x: \"ab\"\ny: 1", "pattern", `"ab"`, `"ab" does not match ^a+$`, `"ab" 的写法不合 ^a+$`, "state what belongs here: about x"},
		{"date", `"type": "string", "format": "date"`, "x: 2026-02-30\ny: 1", "format", "2026-02-30", `"2026-02-30" is not a date (YYYY-MM-DD, 1949 to 2100)`, `"2026-02-30" 不是日期（YYYY-MM-DD，1949 至 2100 年）`, "2026-02 has only 28 days: write a day of the calendar as YYYY-MM-DD"},
		{"date that is an instant", `"type": "string", "format": "date"`, "x: 2026-02-20T10:00:00Z\ny: 1", "format", "2026-02-20T", `is not a date (YYYY-MM-DD, 1949 to 2100)`, `不是日期`, "write 2026-02-20"},
		{"date-time", `"type": "string", "format": "date-time"`, "x: 2026-02-03 10:00\ny: 1", "format", "2026", `is not an instant with a zone`, `不是带时区的时刻`, "write 2026-02-03T10:00:00+08:00, if that is the time in China"},
		{"date-time without a time", `"type": "string", "format": "date-time"`, "x: 2026-02-03\ny: 1", "format", "2026", `is not an instant with a zone`, `不是带时区的时刻`, "add the time: write 2026-02-03THH:MM:00+08:00, HH:MM being that in China"},
		{"a leap second", `"type": "string", "format": "date-time"`, "x: 2016-12-31T23:59:60Z\ny: 1", "format", "2016", `is not an instant with a zone`, `不是带时区的时刻`, "state what belongs here: about x"},
		{"duration", `"type": "string", "format": "duration"`, "x: 90 days\ny: 1", "format", "90 days", `"90 days" is not a period (such as P90D, P1Y, PT4H)`, `"90 days" 不是时长（如 P90D、P1Y、PT4H）`, "write P90D"},
		{"a fraction of a duration", `"type": "string", "format": "duration"`, "x: P0.5D\ny: 1", "format", "P0.5D", `is not a period`, `不是时长`, "state what belongs here: about x"},
		{"uri", `"type": "string", "format": "uri"`, "x: here\ny: 1", "format", "here", `"here" is not a valid uri`, `"here" 不是有效的 uri`, "state what belongs here: about x"},
		{"minimum", `"type": "integer", "minimum": 3, "x-unit": {"zh": "天", "en": "days"}`, "x: 2\ny: 1", "minimum", "2", `"2" is below the minimum 3`, `"2" 小于下限 3`, "state what belongs here: about x (unit: days)"},
		{"maximum", `"type": "number", "maximum": 100`, "x: 100.5\ny: 1", "maximum", "100.5", `"100.5" is above the maximum 100`, `"100.5" 大于上限 100`, "state what belongs here: about x"},
		{"exclusiveMinimum", `"type": "number", "exclusiveMinimum": 0`, "x: 0\ny: 1", "exclusiveMinimum", "0", `"0" must be above 0`, `"0" 应大于 0`, "state what belongs here: about x"},
		{"exclusiveMaximum", `"type": "number", "exclusiveMaximum": 9`, "x: 9\ny: 1", "exclusiveMaximum", "9", `"9" must be below 9`, `"9" 应小于 9`, "state what belongs here: about x"},
		{"multipleOf", `"type": "integer", "multipleOf": 5`, "x: 7\ny: 1", "multipleOf", "7", `"7" is not a multiple of 5`, `"7" 不是 5 的倍数`, "state what belongs here: about x"},
		{"minLength", `"type": "string", "minLength": 3`, "x: 中文\ny: 1", "minLength", "中文", `"中文" is too short: want at least 3 characters`, `"中文" 太短：至少 3 个字符`, "state what belongs here: about x"},
		{"maxLength", `"type": "string", "maxLength": 1`, "x: 中文\ny: 1", "maxLength", "中文", `"中文" is too long: want at most 1 character`, `"中文" 太长：至多 1 个字符`, "state what belongs here: about x"},
		{"minItems", list, "x: []\ny: 1", "minItems", "[]", `the list has 0 items, want at least 1`, `列表只有 0 项，至少要 1 项`, `state an item, such as [{id: …, size: …}]: about x`},
		{"maxItems", `"type": "array", "minItems": 1, "maxItems": 1, "items": {"type": "string"}`, "x: [a, b]\ny: 1", "maxItems", "[a", `the list has 2 items, want at most 1`, `列表有 2 项，至多 1 项`, "state what belongs here: about x"},
		{"uniqueItems", `"type": "array", "minItems": 1, "uniqueItems": true, "items": {"type": "string"}`, "x: [a, b, a]\ny: 1", "uniqueItems", "[a", `the list repeats an item: "a"`, `列表里有重复的项："a"`, `delete one of the two items`},
		{"uniqueItems of maps", `"type": "array", "minItems": 1, "uniqueItems": true, "x-key": "id", "items": {"type": "object", "additionalProperties": false, "required": ["id"], "properties": {` + property("id", `"type": "string"`) + `}}`,
			"x: [{}, {}]\ny: 1", "uniqueItems", "[{", `the list repeats an item`, `列表里有重复的项`, `delete one of the two items`},
		{"minContains", `"type": "array", "minItems": 1, "contains": {"const": "z"}, "items": {"type": "string"}`, "x: [a, b]\ny: 1", "minContains", "[a", `the list lacks an item that the schema asks for`, `列表里缺少模式要求的项`, "state what belongs here: about x"},
		{"oneOf", `"oneOf": [{"minLength": 1}, {"minLength": 2}]`, "x: abc\ny: 1", "oneOf", "abc", `"abc" must fit exactly one of the allowed forms`, `"abc" 应恰好合一种`, "state what belongs here: about x"},
		{"not", `"type": "string", "not": {"const": "a"}`, "x: a\ny: 1", "not", "a\n", `"a" does not satisfy the schema's not`, `"a" 不合模式的 not`, "state what belongs here: about x"},
		{"evidence is a number", `"$ref": "common.schema.json#/$defs/evidence"`, "x: 5\ny: 1", "type", "5", `want a text or a map of keys or a list, found "5"`, `应为文字或键值映射或列表，却是 "5"`, forms},
		{"evidence without its hash", `"$ref": "common.schema.json#/$defs/evidence"`, "x: {path: a.md}\ny: 1", "required", "x:", `"sha256" is missing`, `缺少 "sha256"`, `add the file's SHA-256: {path: a.md, sha256: hash}, or write a.md alone where its content need not be pinned`},
		{"evidence of another form", `"$ref": "common.schema.json#/$defs/evidence"`, "x: {file: a.md}\ny: 1", "required", "x:", `does not say where the evidence is`, `没有写出证据在哪里`, forms},
		{"a short name", `"$ref": "common.schema.json#/$defs/slug"`, "x: 身份库\ny: 1", "pattern", "身份库", `"身份库" is not a short name of lower-case Latin letters, digits and hyphens, such as identity-store`, `"身份库" 不是小写英文字母、数字和连字符组成的短名，如 identity-store`, "state what belongs here: about x"},
		{"a text for a map", `"$ref": "common.schema.json#/$defs/bilingual"`, "x: 云州平台\ny: 1", "type", "云州平台", `want a map of keys`, `应为键值映射`, "write keys with values, such as {zh: 云州平台, en: …}"},
		{"labels", `"type": "string", "enum": ["up_left", "down"], "x-labels": {"up_left": {"zh": "左上", "en": "up left"}, "down": {"zh": "下", "en": "below"}}`, "x: 右\ny: 1", "enum", "右", `"右" is none of the allowed values: up_left, down (below)`, `"右" 不在允许的值之内：up_left（左上）、down（下）`, "write one of these: about x"},
		{"a label", `"type": "string", "enum": ["up_left", "down"], "x-labels": {"up_left": {"zh": "左上", "en": "up left"}, "down": {"zh": "下", "en": "below"}}`, "x: 左上\ny: 1", "enum", "左上", `"左上" is none of`, `"左上" 不在`, "write up_left"},
		{"evidence without its keeper", `"$ref": "common.schema.json#/$defs/evidence"`, "x: {ref: 云数〔2026〕1号}\ny: 1", "required", "x:", `"held_by" is missing`, `缺少 "held_by"`, `state the post that keeps it: {ref: 云数〔2026〕1号, held_by: post}`},
		{"evidence with a misspelt keeper", `"$ref": "common.schema.json#/$defs/evidence"`, "x: {ref: 云数〔2026〕1号, held_bye: 档案岗}\ny: 1", "additionalProperties", "held_bye", `unknown key "held_bye"`, `不认识的键 "held_bye"`, `did you mean "held_by"?`},
		{"evidence with another word for its keeper", `"$ref": "common.schema.json#/$defs/evidence"`, "x: {ref: 云数〔2026〕1号, holder: 档案岗}\ny: 1", "additionalProperties", "holder", `unknown key "holder"`, `不认识的键 "holder"`, `known keys: ref, held_by, sha256`},
		{"evidence that is nothing", `"$ref": "common.schema.json#/$defs/evidence"`, "x: {ref: 无, held_by: 档案岗}\ny: 1", "format", "无", `refers to nothing`, `指不到任何东西`, forms},
		{"an empty list of evidence", `"$ref": "common.schema.json#/$defs/evidence"`, "x: []\ny: 1", "minItems", "[]", `the list has 0 items`, `列表只有 0 项`, forms},
		{"a list of evidence in a list", `"$ref": "common.schema.json#/$defs/evidence"`, "x: [a.md, [b.md]]\ny: 1", "type", "[b", `want a text or a map of keys`, `应为文字或键值映射`, forms},
		{"blank evidence", `"$ref": "common.schema.json#/$defs/evidence"`, "x: [\" \", a.md]\ny: 1", "format", "\" \"", `says nothing: want letters or digits`, `没有说明任何内容：要有文字或数字`, forms},
		{"nested required", list, "x:\n  - id: a\n    size: 1\n  - id: b\ny: 1", "required", "id: b", `"size" is missing (size title)`, `缺少 "size"（size名）`, "add size: about size"},
		{"an item without a value", list, "x:\n  - {id: a, size: 1}\n  - id:\n    size: # how large\ny: 1", "required", "id:\n", `this item is not filled in yet`, `这一项还没有填写`, "state at least id, size, or delete the item"},
		{"an item that is empty down to its lists", `"type": "array", "x-key": "id", "items": {"type": "object", "additionalProperties": false, "required": ["id"], "properties": {` + property("id", `"type": "string"`) + ", " + property("parts", list) + `}}`,
			"x:\n  - id:\n    parts:\n      - id:\n        size:\ny: 1", "required", "id:\n    parts", `this item is not filled in yet`, `这一项还没有填写`, "state at least id, or delete the item"},
		{"a value of an item", list, "x:\n  - id: a\n    size:\ny: 1", "required", "size:", `"size" (size title) is left empty`, `"size"（size名） 没有填写`, "add size: about size"},
		{"nested minimum", list, "x:\n  - {id: a, size: 1}\n  - {id: b, size: 0}\ny: 1", "minimum", "0}", `"0" is below the minimum 1`, `"0" 小于下限 1`, "state what belongs here: about size"},
		{"x-key", list, "x:\n  - {id: a, size: 1}\n  - {id: b, size: 1}\n  - {size: 2, id: a}\ny: 1", "x-key", "a}", `"a" is used twice: the first "id" is on line 2`, `"id" 重复："a" 已在第 2 行使用`, `give one of the two another id`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := one(t, topic(property("x", c.property)+", "+property("y", `"type": "integer"`)))
			root := parse(t, c.yaml)
			found := s.Validate(root)
			if len(found) != 1 && !strings.HasPrefix(c.name, "uniqueItems of maps") {
				t.Fatalf("%d violations: %+v", len(found), found)
			}
			v := found[0]
			if v.Keyword != c.keyword || v.Start != place(t, c.yaml, c.at) {
				t.Errorf("%s at %v, want %s at %v", v.Keyword, v.Start, c.keyword, place(t, c.yaml, c.at))
			}
			if !strings.Contains(v.Message.EN, c.en) || !strings.Contains(v.Message.ZH, c.zh) || v.Remedy.EN != c.remedy {
				t.Errorf("message %q | %q, remedy %q; want %q | %q, %q", v.Message.EN, v.Message.ZH, v.Remedy.EN, c.en, c.zh, c.remedy)
			}
			if v.End.Line < v.Start.Line || v.End == (document.Pos{}) || v.At == nil {
				t.Errorf("from %v to %v at %v", v.Start, v.End, v.At)
			}
		})
	}
}

// A list counts neither an item without a value nor, while it holds one, the others.
func TestAnEmptyItemLeavesItsListUnstated(t *testing.T) {
	s := one(t, topic(property("x", `"type": "array", "x-key": "id", "items": {"type": "object", "additionalProperties": false, "required": ["id"], "properties": {`+property("id", `"type": "string"`)+`}}`)))
	root := parse(t, "x:\n  - id: a\n  - id:\n")
	if found := s.Validate(root); len(found) != 1 || found[0].Hole == nil || *found[0].Hole != (schema.Hole{In: root, Key: "x"}) {
		t.Errorf("found %+v, want one hole in place of x", found)
	}
}

func TestViolationsOfComposedSchemas(t *testing.T) {
	composed := topicWith(`"if": {"properties": {"state": {"const": "closed"}}}, "then": {"required": ["closed_on"]}, "else": {"properties": {"closed_on": false}},
		"allOf": [{"properties": {"state": {"maxLength": 6}}}], "dependentRequired": {"closed_on": ["by", "why"]}, "propertyNames": {"maxLength": 9}, `,
		property("state", `"type": "string"`)+", "+property("closed_on", `"type": "string"`)+", "+property("by", `"type": "string"`)+", "+property("why", `"type": "string"`),
		"closed_on", "by", "why")
	s := one(t, composed)
	for _, c := range []struct{ yaml, want string }{
		{"{state: open}", ""},
		{"{state: closed, closed_on: today, by: me, why: so}", ""},
		{"state: closed", `1:1 required: "closed_on" is missing (closed_on title)`},
		{"{state: open, closed_on: today, by: me, why: so}", `1:26 not: "today" is not allowed here`},
		{"{state: closed, closed_on: today}", `1:1 required: "by" is missing (by title); 1:1 required: "why" is missing (why title)`},
		{"{state: opening}", `1:9 maxLength: "opening" is too long: want at most 6 characters`},
		{"{state: open, extraordinary: 1}", `1:15 additionalProperties: unknown key "extraordinary"; 1:15 propertyNames: the key "extraordinary" does not satisfy the schema's maxLength`},
	} {
		var got []string
		for _, v := range s.Validate(parse(t, c.yaml)) {
			got = append(got, fmt.Sprintf("%d:%d %s: %s", v.Start.Line, v.Start.Column, v.Keyword, v.Message.EN))
		}
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.yaml, text, c.want)
		}
	}
}

// Leaf causes only, in the order of their places, none twice.
func TestViolationsAreSorted(t *testing.T) {
	item := `{"type": "object", "additionalProperties": false, "required": ["id", "size"], "properties": {` +
		property("id", `"$ref": "common.schema.json#/$defs/slug"`) + `, ` + property("size", `"$ref": "common.schema.json#/$defs/count"`) + `}}`
	s := one(t, topicWith(`"allOf": [{"required": ["zone"]}, {"required": ["zone"]}], `,
		property("things", `"type": "array", "minItems": 1, "x-key": "id", "items": `+item)+", "+property("zone", `"type": "string", "minLength": 3, "pattern": "^[a-z]+$"`)))
	root := parse(t, "zone: B2\nthings:\n  - {size: -1, id: A}\n  - {id: b, sise: 1}\n  - 5\n  - {id: b, size: many}\n")
	var got []string
	for _, v := range s.Validate(root) {
		got = append(got, fmt.Sprintf("%d:%d %s %s", v.Start.Line, v.Start.Column, v.Keyword, v.Path))
	}
	want := []string{
		"1:7 minLength /zone", "3:12 minimum /things[A]/size", "3:20 pattern /things[A]/id",
		"4:13 additionalProperties /things[b]/sise", "5:5 type /things[]", "6:10 x-key /things[b]/id", "6:19 type /things[b]/size",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if v := s.Validate(parse(t, "things: [{id: a, size: 1}]")); len(v) != 1 {
		t.Errorf("zone is missed %d times: %v", len(v), v)
	}
}

// A value that breaks several rules on how it is written is one slip, told by the
// plainest; other rules speak for themselves.
func TestOneSlipIsOneViolation(t *testing.T) {
	s := one(t, topic(strings.Join([]string{
		property("name", `"type": "string", "format": "text", "minLength": 2, "pattern": "^[a-z]+$"`),
		property("list", `"type": "array", "minItems": 3, "uniqueItems": true, "items": {"type": "string", "pattern": "^x", "minLength": 3}`),
	}, ",")))
	for yaml, want := range map[string]string{
		"name: ' '": "format", "name: ''": "format", "name: A": "minLength", "name: AB": "pattern", "name: 7": "type", "list: [x, x]": "minItems uniqueItems minLength minLength",
	} {
		var got []string
		for _, v := range s.Validate(parse(t, yaml)) {
			if v.Keyword != "required" {
				got = append(got, v.Keyword)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s breaks %q, want %s", yaml, got, want)
		}
	}
}

// What is said for those who must not see what is sensitive does not quote it;
// the owner reads what is written.
func TestSensitiveIsForTheOwner(t *testing.T) {
	const secret = "Geheim77"
	inner := `"items": {"type": "object", "additionalProperties": false, "required": ["name"], "properties": {` +
		property("name", `"type": "string", "maxLength": 3`) + ", " + property("size", `"type": "integer"`) + `}}`
	s := one(t, topic(strings.Join([]string{
		property("text", `"type": "string", "maxLength": 3, "enum": ["xyz"], "x-sensitive": true`),
		property("pattern", `"type": "string", "maxLength": 3, "pattern": "^x", "x-sensitive": true`),
		property("date", `"type": "string", "pattern": "^x", "format": "date", "x-sensitive": true`),
		property("single", `"type": "string", "const": "xyz", "x-sensitive": true`),
		property("number", `"type": "integer", "x-sensitive": true`),
		property("texts", `"type": "array", "minItems": 1, "uniqueItems": true, "x-sensitive": true, "items": {"type": "string", "maxLength": 3}`),
		property("named", `"type": "array", "minItems": 1, "x-key": "name", "x-sensitive": true, `+inner),
		property("within", `"type": "object", "additionalProperties": false, "x-sensitive": true, "required": ["list"], "properties": {`+property("list", `"type": "array", "minItems": 1, "x-key": "name", `+inner)+`}`),
		property("proof", `"$ref": "common.schema.json#/$defs/evidence", "x-sensitive": true`),
		property("open", `"type": "string", "maxLength": 3`),
	}, ",")))
	yaml := strings.ReplaceAll(`
text: SECRET
pattern: SECRET
date: SECRET
single: SECRET
number: SECRET
texts: [SECRET, SECRET]
named: [{name: SECRET, size: SECRET}, {name: SECRET, size: 7.0}]
within: {list: [{name: SECRET}, {name: SECRET, size: SECRET}]}
proof: {path: a.md, SECRET: SECRET}
open: visible
`, "SECRET", secret)
	found := s.Validate(parse(t, yaml))
	keywords, quoting := map[string]bool{}, 0
	for _, v := range found {
		keywords[v.Keyword] = true
		if strings.Contains(v.Message.EN, secret) && strings.Contains(v.Message.ZH, secret) {
			quoting++
		}
		for _, text := range []string{v.Hidden.EN, v.Hidden.ZH, v.HiddenRemedy.EN, v.HiddenRemedy.ZH, v.Redacted} {
			if strings.Contains(text, secret) {
				t.Errorf("%s at %v says %q", v.Keyword, v.Start, text)
			}
		}
	}
	if quoting < 15 {
		t.Errorf("only %d messages quote what is written", quoting)
	}
	for _, keyword := range []string{"maxLength", "pattern", "enum", "format", "const", "type", "uniqueItems", "x-key", "additionalProperties"} {
		if !keywords[keyword] {
			t.Errorf("nothing violates %s", keyword)
		}
	}
	if last := found[len(found)-1]; !strings.Contains(last.Message.EN, `"visible"`) {
		t.Errorf("what is open is hidden: %s", last.Message.EN)
	}
	// The path that identifies a finding stays exact.
	if v := found[len(found)-2]; v.Keyword != "additionalProperties" || v.Path != "/proof/"+secret {
		t.Errorf("%+v", v)
	}
	exact, shown := false, false
	for _, v := range found {
		exact, shown = exact || v.Path == "/named["+secret+"]/size", shown || v.Redacted == "/named[***]/size"
	}
	if !exact || !shown {
		t.Errorf("exact %v, shown %v", exact, shown)
	}
}

// A keyed path names a place by the keys of the items around it: it stays when
// items are added, removed or put into another order.
func TestKeyedPathIsStable(t *testing.T) {
	inner := `"type": "array", "minItems": 1, "x-key": "id", "items": {"type": "object", "additionalProperties": false, "required": ["id"], "properties": {` +
		property("id", `"type": "string"`) + ", " + property("size", `"type": "integer"`) + `}}`
	s := one(t, topic(property("sets", `"type": "array", "minItems": 1, "x-key": "name", "items": {"type": "object", "additionalProperties": false, "required": ["name"], "properties": {`+
		property("name", `"type": "string"`)+", "+property("copies", inner)+`}}`)))
	trial.Check(t, 100, func(t *rapid.T) {
		sets := rapid.Permutation([]string{"a", "b", "c", "d"}).Draw(t, "sets")
		copies := rapid.Permutation([]string{"x", "y", "z"}).Draw(t, "copies")
		var text strings.Builder
		text.WriteString("sets:\n")
		for _, set := range sets[:rapid.IntRange(1, 4).Draw(t, "how many")] {
			if set == "b" {
				continue
			}
			fmt.Fprintf(&text, "  - name: %s\n    copies: [{id: q}]\n", set)
		}
		fmt.Fprintf(&text, "  - copies:\n")
		for _, id := range copies {
			if id == "y" {
				fmt.Fprintf(&text, "      - {id: y, size: wrong}\n")
				continue
			}
			fmt.Fprintf(&text, "      - {id: %s}\n", id)
		}
		fmt.Fprintf(&text, "    name: b\n")
		doc := document.Parse("t.yaml", []byte(text.String()), document.DefaultLimits())
		found := s.Validate(doc.Root)
		if len(found) != 1 || found[0].Path != "/sets[b]/copies[y]/size" || found[0].Redacted != found[0].Path {
			t.Fatalf("%+v in\n%s", found, text.String())
		}
	})
	root := parse(t, "sets: [{name: a, copies: [{id: x, size: 1}]}]")
	if got := schema.PathText(root.Find("/sets/0/copies/0/size")); got != "sets[0].copies[0].size" {
		t.Errorf("as an expression writes it: %s", got)
	}
	if got := schema.PathText(root); got != "" {
		t.Errorf("the root is %q", got)
	}
}

// The edits of a file write it as a person would who knows the forms, and change
// nothing else; what is only likely is left alone.
func TestEdits(t *testing.T) {
	labelled := `"type": "string", "enum": ["operating", "object_storage"], "x-labels": {"operating": {"zh": "运行中", "en": "in operation"}}`
	s := one(t, topic(strings.Join([]string{
		property("day", `"$ref": "common.schema.json#/$defs/date"`), property("kept", `"$ref": "common.schema.json#/$defs/period"`),
		property("share", `"$ref": "common.schema.json#/$defs/percent"`), property("rate", `"$ref": "common.schema.json#/$defs/rate"`),
		property("people", `"type": "integer", "minimum": 0, "maximum": 9000000, "x-unit": {"zh": "人", "en": "persons"}`),
		property("yes", `"type": "boolean"`), property("stage", labelled), property("note", `"type": "string"`),
		property("names", `"type": "array", "minItems": 1, "x-ref": "t.things", "items": {"$ref": "common.schema.json#/$defs/slug"}`),
		property("things", `"type": "array", "minItems": 1, "x-key": "id", "items": {"type": "object", "additionalProperties": false, "required": ["id"], "properties": {`+property("id", `"$ref": "common.schema.json#/$defs/slug"`)+`}}`),
	}, ",")))
	const good = "day: 2026-09-12\nkept: P90D\nshare: 99.7\nrate: 99\npeople: 3200000\nyes: true\nstage: operating\nnote: n\nnames: [a, b]\nthings: [{ id: a }, { id: b }]\n"
	for _, c := range []struct{ right, wrong, edited string }{
		{"2026-09-12", "2026年9月12日  # 数据", "2026-09-12  # 数据"}, {"2026-09-12", `"2026/9/12"`, "2026-09-12"}, {"2026-09-12", "20260912", "2026-09-12"},
		{"2026-09-12", "2026-02-30", ""}, {"2026-09-12", "|\n  2026/9/12", ""}, {"2026-09-12", "&a 2026/9/12", "&a 2026-09-12"},
		{"P90D", "90 天", "P90D"}, {"P90D", "90", ""}, {"99.7", "99.7%", "99.7"}, {"99.7", `'9９.7'`, "99.7"}, {"99.7", "997%", ""}, {"rate: 99", "rate: 0.997", ""},
		{"3200000", "320万", "3200000"}, {"3200000", "3,200,000", "3200000"}, {"3200000", "3200000.0", "3200000"}, {"3200000", "1亿", ""}, {"true", "是", "true"}, {"true", "或许", ""},
		{"operating", "Operating", "operating"}, {"operating", "运行中", "operating"}, {"operating", "object-storage", "object_storage"}, {"operating", "opreating", ""},
		{"note: n", "note: 2026", `note: "2026"`}, {"note: n", "note: true", `note: "true"`}, {"note: n", "Note: n", "note: n"}, {"kept:", `"Kept":`, "kept:"},
		{"[a, b]", "a、b", "[a, b]"}, {"[a, b]", "[a, B]", "[a, b]"}, {"{ id: b }", "{ id: B }", "{ id: b }"}, {"{ id: b }", "{ id: A }", ""}, {"{ id: b }", "{ id: 乙 }", ""},
	} {
		wrong := strings.Replace(good, c.right, c.wrong, 1)
		want := wrong
		if c.edited != "" {
			want = strings.Replace(good, c.right, c.edited, 1)
		}
		found := s.Validate(parse(t, wrong))
		if len(found) != 1 {
			t.Errorf("%s: %d violations: %+v", c.wrong, len(found), found)
			continue
		}
		got := wrong
		if e := found[0].Edit; e != nil {
			lines := strings.Split(wrong, "\n")
			line := []rune(lines[e.Line-1])
			lines[e.Line-1] = string(line[:e.Column-1]) + e.Text + string(line[e.EndColumn-1:])
			got = strings.Join(lines, "\n")
			if left := s.Validate(parse(t, got)); len(left) > 0 {
				t.Errorf("%s: edited to %s, which is wrong: %s", c.wrong, e.Text, left[0].Message.EN)
			}
		}
		if got != want {
			t.Errorf("%s is edited to\n%s\nwant\n%s", c.wrong, got, want)
		}
	}
}
