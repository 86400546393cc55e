package document

import (
	"math"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"hegui/internal/lang"
)

// resolve gives a plain scalar its kind, by YAML 1.2's core schema made
// narrower. Wherever two readers of YAML could disagree the text stays text, so
// that a schema which wants a number says so at the value's place:
//
//   - yes, no, on, off, y, n are strings, as in YAML 1.2;
//   - dates and times are strings;
//   - 0777, 0x1F, 0o17, 0b1, 1_000, 1:30 are strings: YAML 1.1, YAML 1.2 and
//     JSON read them differently, and 010 is more often a dialling code.
//
// It returns what is wrong with a number that cannot be used.
func resolve(v *Value) (refused lang.Text) {
	v.Kind = String
	if v.Text == "" {
		v.Kind = Null
		return
	}
	switch v.Text[0] {
	case '.', '+', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return resolveNumber(v)
	case '~', 'n', 'N', 't', 'T', 'f', 'F':
		resolveWord(v)
	}
	return
}

func resolveWord(v *Value) {
	switch v.Text {
	case "~", "null", "Null", "NULL":
		v.Kind = Null
	case "true", "True", "TRUE":
		v.Kind, v.Bool = Bool, true
	case "false", "False", "FALSE":
		v.Kind = Bool
	}
}

func resolveNumber(v *Value) (refused lang.Text) {
	digits := v.Text
	if digits[0] == '+' || digits[0] == '-' {
		digits = digits[1:]
	}
	if digits == "" || digits[0] == '+' || digits[0] == '-' {
		return
	}
	if digits[0] == '.' && (strings.EqualFold(digits, ".nan") || strings.EqualFold(digits, ".inf")) {
		return lang.Say("%s 不是可用的数值", "%s is not a usable number", Quote(v.Text))
	}
	whole, isInt := numberShape(digits)
	if whole == "" && !isInt && digits[0] != '.' || len(whole) > 1 && whole[0] == '0' {
		return
	}
	if isInt {
		n, err := strconv.ParseInt(v.Text, 10, 64)
		if err != nil {
			return lang.Say("整数 %s 超出 64 位范围", "the integer %s does not fit in 64 bits", Quote(v.Text))
		}
		v.Kind, v.number = Int, uint64(n)
		return
	}
	if !isFloat(digits) {
		return
	}
	f, err := strconv.ParseFloat(v.Text, 64)
	if err != nil || math.IsInf(f, 0) {
		return lang.Say("数值 %s 太大", "the number %s is too large", Quote(v.Text))
	}
	v.Kind, v.number = Float, math.Float64bits(f)
	return
}

// numberShape cuts off the leading digits and says whether they are all.
func numberShape(digits string) (whole string, isInt bool) {
	i := digitsEnd(digits, 0)
	return digits[:i], i == len(digits)
}

func digitsEnd(s string, i int) int {
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i
}

// isFloat is (\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)? to the end.
func isFloat(s string) bool {
	i := digitsEnd(s, 0)
	whole := i
	if i < len(s) && s[i] == '.' {
		i = digitsEnd(s, i+1)
		if whole == 0 && i == 1 {
			return false
		}
	}
	if i == 0 {
		return false
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		from := i
		if i = digitsEnd(s, i); i == from {
			return false
		}
	}
	return i == len(s)
}

// scalar fills in v's kind and value from a scalar node.
func (b *builder) scalar(v *Value, n *yaml.Node, tag span) {
	v.Text = b.same(n.Value)
	quoted := n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	v.plain = !quoted
	if n.Style&yaml.TaggedStyle != 0 {
		b.taggedScalar(v, n.Tag, tag)
		return
	}
	v.Kind = String
	if n.Style&yaml.DoubleQuotedStyle != 0 {
		b.refuseEscaped(v)
	}
	if quoted {
		return
	}
	if refused := resolve(v); !refused.IsZero() {
		b.badNumber(v, refused)
	}
}

// same is a scalar's text as a part of the file's where that holds it as it is:
// the file is kept, and a copy of its pieces would need as much once more.
func (b *builder) same(text string) string {
	word := b.word
	if len(word) == len(text)+2 && (word[0] == '"' || word[0] == '\'') {
		word = word[1 : len(word)-1]
	}
	if word == text {
		return word
	}
	return text
}

// taggedScalar takes the tags of JSON's kinds, where they fit the text.
func (b *builder) taggedScalar(v *Value, tag string, at span) {
	refused := resolve(v)
	have := v.Kind
	want, known := map[string]Kind{
		"!!str": String, "!!null": Null, "!!bool": Bool, "!!int": Int, "!!float": Float,
	}[tag]
	switch {
	case !known:
		v.Kind = String
		b.badTag(at, tag)
	case want == String:
		v.Kind = String
	case !refused.IsZero() && (want == Int || want == Float):
		b.badNumber(v, refused)
	case want == Float && have == Int:
		v.Kind, v.number = Float, math.Float64bits(float64(v.Int()))
	case want != have:
		v.Kind = String
		b.report(CodeBadTag, at.start, at.end,
			lang.Say("标签 %s 与值 %s 不符", "the tag %s does not fit the value %s", Quote(tag), Quote(v.Text)),
			tagRemedy())
	}
	b.refuseEscaped(v)
}

// refuseEscaped refuses what "\u202e" and its like smuggle past the look at
// the file's own characters.
func (b *builder) refuseEscaped(v *Value) {
	for _, r := range v.Text {
		if r >= 0x20 && r < 0x7F || r == '\n' {
			continue
		}
		if code := refusedCharacter(r); code != "" {
			message := lang.Say("引号内的转义写出了：%s", "an escape in the quotes writes: %s", characterMessage(code, r))
			b.report(code, v.Start(), v.End(), message,
				lang.Say("删除该转义", "delete the escape"))
			return
		}
	}
}

func (b *builder) badNumber(v *Value, message lang.Text) {
	b.report(CodeBadNumber, v.Start(), v.End(), message,
		lang.Say("若是编号或文字，请加引号；若是数值，请写可表示的数",
			"quote it if it is a code or text; else write a number that can be represented"))
}

func tagRemedy() lang.Text {
	return lang.Say("删除标签；需要文字时加引号", "delete the tag; quote the value where text is meant")
}

func (b *builder) badTag(at span, tag string) {
	b.report(CodeBadTag, at.start, at.end,
		lang.Say("不允许使用标签 %s", "the tag %s is not allowed", Quote(tag)), tagRemedy())
}
