package schema

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/lang"
)

// message explains what is wrong with the value at v: what was found and what
// was wanted. rule is the subschema, keyword the one that fails.
func (s *Schema) message(keyword string, rule, v *document.Value) lang.Marked {
	found := s.quoted(v)
	wanted := rule.Get(keyword)
	if keyword == "minContains" {
		return lang.Mark("列表里缺少模式要求的项", "the list lacks an item that the schema asks for")
	}
	if wanted == nil {
		return lang.Mark("%s 在这里不允许", "%s is not allowed here", found)
	}
	switch keyword {
	case "type":
		if format := rule.Get("format"); format != nil && (format.Text == "date" || format.Text == "duration") {
			return formatMessage(format.Text, found)
		}
		return lang.Mark("应为%s，却是 %s", "want %s, found %s", typesText(wanted), found)
	case "enum":
		return lang.Mark("%s 不在允许的值之内：%s", "%s is none of the allowed values: %s", found, s.choices(v, rule))
	case "const":
		return lang.Mark("应为 %s，却是 %s", "want %s, found %s", document.Quote(wanted.Text), found)
	case "format":
		return formatMessage(wanted.Text, found)
	case "pattern":
		if words := rule.Get("x-pattern"); words != nil {
			return lang.Mark("%s 不是%s", "%s is not %s", found, inPattern(words))
		}
		return lang.Mark("%s 的写法不合 %s", "%s does not match %s", found, wanted.Text)
	case "minimum":
		return lang.Mark("%s 小于下限 %s", "%s is below the minimum %s", found, wanted.Text)
	case "exclusiveMinimum":
		return lang.Mark("%s 应大于 %s", "%s must be above %s", found, wanted.Text)
	case "maximum":
		return lang.Mark("%s 大于上限 %s", "%s is above the maximum %s", found, wanted.Text)
	case "exclusiveMaximum":
		return lang.Mark("%s 应小于 %s", "%s must be below %s", found, wanted.Text)
	case "multipleOf":
		return lang.Mark("%s 不是 %s 的倍数", "%s is not a multiple of %s", found, wanted.Text)
	case "minLength":
		return lang.Mark("%s 太短：至少 %s", "%s is too short: want at least %s", found, characters(wanted))
	case "maxLength":
		return lang.Mark("%s 太长：至多 %s", "%s is too long: want at most %s", found, characters(wanted))
	case "minItems":
		return lang.Mark("列表只有 %s，至少要 %s 项", "the list has %s, want at least %s", items(v), wanted.Text)
	case "maxItems":
		return lang.Mark("列表有 %s，至多 %s 项", "the list has %s, want at most %s", items(v), wanted.Text)
	case "uniqueItems":
		return lang.Mark("列表里有重复的项%s", "the list repeats an item%s", s.repeated(v))
	case "minProperties":
		return lang.Mark("只写了 %d 个键，至少要 %s 个", "%d keys are stated, want at least %s", v.Stated(), wanted.Text)
	case "maxProperties":
		return lang.Mark("写了 %d 个键，至多 %s 个", "%d keys are stated, want at most %s", len(v.Fields()), wanted.Text)
	case "oneOf":
		return lang.Mark("%s 应恰好合一种允许的写法", "%s must fit exactly one of the allowed forms", found)
	case "anyOf":
		if keys := oneOfKeys(wanted); keys != nil && v.Kind == document.Map {
			return lang.Mark("缺少 %s 之一", "one of these is missing: %s", strings.Join(keys, ", "))
		}
		return lang.Mark("%s 不合任何一种允许的写法", "%s fits none of the allowed forms", found)
	}
	return lang.Mark("%s 不合模式的 %s", "%s does not satisfy the schema's %s", found, keyword)
}

// remedy describes a valid value for v, from the schema's own description: that of
// the list for an item.
func (s *Schema) remedy(v *document.Value) lang.Text {
	t := s.typeAt(v)
	if s.evidenceAt(v) != nil {
		return evidenceForms()
	}
	for t != nil && t.About.IsZero() && t.Of != nil {
		t = t.Of
	}
	if t == nil && v != nil && s.typeAt(v.Parent) != nil && s.typeAt(v.Parent).Kind != Object {
		return s.remedy(v.Parent) // in one branch of a union: the union says what it is for
	}
	if t == nil || t.About.IsZero() {
		return lang.Say("删去，或写到它该在的地方", "delete it, or write it where it belongs")
	}
	if t.Enum != nil {
		return lang.Say("写其中之一：%s", "write one of these: %s", about(t))
	}
	return lang.Say("写这里要填的：%s", "state what belongs here: %s", about(t))
}

// inPattern is what a pattern wants, in words that follow others.
func inPattern(words *document.Value) lang.Text {
	wanted := text(words, "zh", "en")
	if wanted.ZH != "" && wanted.ZH[0] < utf8.RuneSelf {
		wanted.ZH = " " + wanted.ZH
	}
	return wanted
}

// General is the remedy of a value of which nothing else is known.
func (s *Schema) General(v *document.Value) lang.Text { return s.remedy(v) }

// remedyOf says how to keep the rule that a keyword states.
func (s *Schema) remedyOf(keyword string, v *document.Value) lang.Text {
	t := s.typeAt(v)
	switch {
	case keyword == "uniqueItems":
		return lang.Say("删去重复的一项", "delete one of the two items")
	case keyword == "x-key":
		return lang.Say("给其中一项另起一个 %s", "give one of the two another %s", v.Key())
	case t == nil:
	case keyword == "minItems" && t.Kind == List && len(v.Items()) == 0:
		return lang.Say("写上一项，如 %s：%s", "state an item, such as %s: %s", t.shape(""), about(t))
	case keyword == "type" && (t.Kind == List && v.Kind != document.List || t.Kind == Object && v.Kind != document.Map):
		return s.shaped(t, v)
	case (keyword == "type" || keyword == "format") && (t.Kind == Date || t.Kind == Period || t.Kind == Integer || t.Kind == Number || t.Kind == Boolean) && len(t.Examples()) > 0:
		return lang.Say("写法如 %s：%s", "write it as %s: %s", written(t.Examples()[0]), about(t))
	}
	return lang.Text{}
}

func (s *Schema) aboutProperty(at *document.Value, name string) lang.Text {
	if s.evidenceAt(at) != nil {
		return missingOf(at, name)
	}
	if t := s.typeAt(at); t != nil {
		if field := t.Field(name); field != nil {
			return Ask(field.Type, name)
		}
	}
	return lang.Say("补上 %s", "add %s", name)
}

// missingOf asks for the key that evidence lacks whose others are stated.
func missingOf(evidence *document.Value, name string) lang.Text {
	switch {
	case name == "held_by" && evidence.Get("ref") != nil:
		return lang.Say("写明由哪个岗位保管：{ref: %[1]s, held_by: 保管岗位}", "state the post that keeps it: {ref: %[1]s, held_by: post}", evidence.TextAt("ref"))
	case name == "ref" && evidence.Get("held_by") != nil:
		return lang.Say("写明文号：{ref: 文号, held_by: %[1]s}", "state the number of the document: {ref: number, held_by: %[1]s}", evidence.TextAt("held_by"))
	case name == "sha256" && evidence.Get("path") != nil:
		return lang.Say("补上文件的 SHA-256：{path: %[1]s, sha256: 哈希}；不固定内容的只写 %[1]s", "add the file's SHA-256: {path: %[1]s, sha256: hash}, or write %[1]s alone where its content need not be pinned", evidence.TextAt("path"))
	case name == "path" && evidence.Get("sha256") != nil:
		return lang.Say("写明是哪个文件：{path: evidence/文件名, sha256: 哈希}", "state which file: {path: evidence/file, sha256: hash}")
	}
	return evidenceForms()
}

// evidenceAt is the evidence that a value is or lies in, nil for none.
func (s *Schema) evidenceAt(v *document.Value) *document.Value {
	for ; v != nil; v = v.Parent {
		if t := s.typeAt(v); t != nil {
			if t.Kind == Evidence {
				return v
			}
			return nil
		}
	}
	return nil
}

func evidenceForms() lang.Text {
	return lang.Say("证据写成平台目录内的路径（evidence/x.pdf）、https 地址、{path: 路径, sha256: 哈希}、{ref: 文号, held_by: 保管岗位}，或由它们组成的列表",
		"state evidence as a path in the platform's folder (evidence/x.pdf), an https address, {path: …, sha256: …}, {ref: number, held_by: post}, or a list of these")
}

// Ask asks for a value under a key, in the words of its schema: what it means,
// in which unit, and how one is written.
func Ask(t *Type, key string) lang.Text {
	ask := lang.Say("补上 %s", "add %s", key)
	switch {
	case t.Kind == Boolean:
		// One of the two as an example would be taken for the answer.
		ask = lang.Say("%s（true 或 false）", "%s (true or false)", ask)
	case len(t.Examples()) > 0:
		ask = lang.Say("%s（如 %s）", "%s (such as %s)", ask, written(t.Examples()[0]))
	}
	if !t.About.IsZero() {
		ask = lang.Say("%s：%s", "%s: %s", ask, about(t))
	}
	return ask
}

// written is a value as one line of YAML.
func written(v *document.Value) string {
	data, err := json.Marshal(v.Any())
	if err != nil || v.Kind != document.List && v.Kind != document.Map {
		return v.Text
	}
	return string(data)
}

func about(t *Type) lang.Text {
	if t.Unit.IsZero() {
		return t.About
	}
	return lang.Say("%s（单位：%s）", "%s (unit: %s)", t.About, t.Unit)
}

func propertyTitle(t *Type, name string) lang.Text {
	if field := t.Field(name); field != nil {
		return field.Type.Title
	}
	return lang.Text{}
}

func titled(title lang.Text) lang.Text {
	if title.IsZero() {
		return lang.Text{}
	}
	return lang.Say("（%s）", " (%s)", title)
}

// typeAt returns the type of a value, nil when the schema does not describe it.
func (s *Schema) typeAt(v *document.Value) *Type {
	switch {
	case v == nil:
		return nil
	case v.Parent == nil:
		return s.Root
	}
	return s.typeAt(v.Parent).inside(v)
}

// Sensitive reports whether a value, or one that it lies in, must not be shown
// to everyone. The innermost place that is known says it for all around it.
func (s *Schema) Sensitive(v *document.Value) bool {
	for ; v != nil; v = v.Parent {
		if t := s.typeAt(v); t != nil {
			return t.Sensitive
		}
	}
	return false
}

// quoted describes the value at v, for some readers only when it is sensitive.
func (s *Schema) quoted(v *document.Value) lang.Marked {
	return s.marked(v, foundText(v))
}

// marked is what is said of the value at v, for some readers only when it is
// sensitive.
func (s *Schema) marked(v *document.Value, said lang.Text) lang.Marked {
	if s.Sensitive(v) {
		return lang.Marked{Full: said, Redacted: lang.Say("〔敏感值〕", "[a sensitive value]")}
	}
	return lang.Open(said)
}

func characters(wanted *document.Value) lang.Text {
	n, err := strconv.Atoi(wanted.Text)
	if err != nil {
		return lang.Say("%s 个字符", "%s characters", wanted.Text)
	}
	return lang.Count(n, "个字符", "character", "characters")
}

func items(v *document.Value) lang.Text { return lang.Count(len(v.Items()), "项", "item", "items") }

// foundText describes the value at v.
func foundText(v *document.Value) lang.Text {
	switch v.Kind {
	case document.Null:
		return lang.Say("空值", "nothing")
	case document.List:
		return lang.Say("一个列表（%s）", "a list of %s", items(v))
	case document.Map:
		return lang.Say("一个映射（%s）", "a map of %s", lang.Count(len(v.Fields()), "个键", "key", "keys"))
	}
	return lang.Same(document.Quote(v.Text))
}

func typesText(wanted *document.Value) lang.Text {
	if wanted.Kind != document.List {
		return typeText(wanted.Text)
	}
	var out lang.Text
	for i, item := range wanted.Items() {
		if i > 0 {
			out = lang.Say("%s或", "%s or ", out)
		}
		out = lang.Say("%s%s", "%s%s", out, typeText(item.Text))
	}
	return out
}

func typeText(name string) lang.Text {
	switch name {
	case "object":
		return lang.Say("键值映射", "a map of keys")
	case "array":
		return lang.Say("列表", "a list")
	case "string":
		return lang.Say("文字", "a text")
	case "integer":
		return lang.Say("整数", "a whole number")
	case "number":
		return lang.Say("数", "a number")
	case "boolean":
		return lang.Say(" true 或 false", "true or false")
	}
	return lang.Same(name)
}

// formatMessage says of a text what its format misses in it.
func formatMessage(format string, found lang.Marked) lang.Marked {
	switch format {
	case "percent":
		return lang.Mark("%s 不足百分之一，不像这里的百分数：九成九写 99，不写 0.99", "%s is less than one percent, which cannot be meant here: ninety-nine in a hundred is 99, not 0.99", found)
	case "text":
		return lang.Mark("%s 没有说明任何内容：要有文字或数字", "%s says nothing: want letters or digits", found)
	case "name":
		return lang.Mark("%s 不是岗位或单位的名称：要有文字，不写“无”“待定”之类，不得带电话号码和邮箱", "%s is not the name of a post or unit: want letters, no word such as none or tbd, and no telephone number or e-mail address", found)
	case "reference":
		return lang.Mark("%s 指不到任何东西：至少两个字，不写“无”“待定”之类", "%s refers to nothing: want at least two letters or digits and no word such as none or tbd", found)
	}
	return lang.Mark("%s 不是%s", "%s is not %s", found, formatText(format))
}

func formatText(name string) lang.Text {
	switch name {
	case "date":
		return lang.Say("日期（YYYY-MM-DD，%d 至 %d 年）", "a date (YYYY-MM-DD, %d to %d)", calendar.FirstYear, calendar.LastYear)
	case "date-time":
		return lang.Say("带时区的时刻（2026-03-01T10:00:00+08:00）", "an instant with a zone (2026-03-01T10:00:00+08:00)")
	case "duration":
		return lang.Say("时长（如 P90D、P1Y、PT4H）", "a period (such as P90D, P1Y, PT4H)")
	}
	return lang.Say("有效的 %s", "a valid %s", name)
}

// choices are the values of an enumeration with what they are called.
func (s *Schema) choices(v, rule *document.Value) lang.Text {
	of := Type{Enum: texts(rule.Get("enum"))}
	if t := s.typeAt(v); t != nil {
		of.Labels = t.Labels
	}
	return of.Choices()
}

// Called is a value of an enumeration with what people call it, as its schema has it.
func (t *Type) Called(value string) lang.Text { return labelled(value, t.Labels[value]) }

// labelled is a value with what people call it, in English only where that says more.
func labelled(value string, label lang.Text) lang.Text {
	word := lang.Text{ZH: value, EN: value}
	if label.IsZero() {
		return word
	}
	word.ZH += "（" + label.ZH + "）"
	if label.EN != strings.ReplaceAll(value, "_", " ") {
		word.EN += " (" + label.EN + ")"
	}
	return word
}

func (s *Schema) repeated(v *document.Value) lang.Marked {
	seen := map[string]bool{}
	for _, item := range v.Items() {
		if item.Kind != document.List && item.Kind != document.Map && seen[item.Text] {
			return lang.Mark("：%s", ": %s", s.quoted(item))
		}
		seen[item.Text] = true
	}
	return lang.Marked{}
}
