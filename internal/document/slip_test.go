package document

import (
	"strings"
	"testing"
)

// TestSlipsAreNamed holds what is said of the slips of a hand that is used to
// Chinese text and word processors: one problem each, at its place, with the text
// that belongs there where only one does.
func TestSlipsAreNamed(t *testing.T) {
	tests := []struct{ name, text, want, says, edit string }{
		{"wide blank behind a colon", "a: 1\nb:\u30001\nc: 2\n", "look_alike@2:3", "全角空格 U+3000", " "},
		{"wide blank in the only line", "a:\u30001\n", "look_alike@1:3", "全角空格", " "},
		{"wide blanks as indentation", "a:\n\u3000b: 1\n  c: 1\n", "look_alike@2:1", "全角空格", "  "},
		{"wide blanks as indentation of a block", "a:\n\u3000b: 1\n\u3000c: 1\nd: 1\n", "look_alike@2:1-3:2", "第 2 至 3 行", "  b: 1\n  "},
		{"no-break blank behind a colon", "a:\n  b:\u00a01\n  c: 2\n", "look_alike@2:5", "不间断空格 U+00A0", " "},
		{"no-break blanks as indentation", "a:\n  b: 1\n\u00a0\u00a0c: 2\n", "look_alike@3:1-3:3", "U+00A0", "  "},
		{"wide blank behind a dash", "a:\n  - b\n  -\u3000c\n", "look_alike@3:4", "全角空格", " "},
		{"another blank", "a:\u20031\nb: 1\n", "look_alike@1:3", "U+2003", " "},

		{"wide colon", "a: 1\nb：1\nc: 2\n", "unspaced_colon@2:1-2:4", "全角冒号", "b: 1"},
		{"wide colons", "a：1\nb： 2\n\nc: 3\n", "unspaced_colon@1:1-2:5", "第 1 至 2 行", "a: 1\nb: 2"},
		{"wide colon before a map", "a：\n  b: 1\n", "unspaced_colon@1:1-1:3", "全角冒号", "a:"},
		{"wide colon behind a blank", "a ：x\nb: 1\n", "unspaced_colon@1:1-1:5", "全角冒号", "a: x"},
		{"both colons", "a:：x\nb: 1\n", "unspaced_colon@1:1-1:5", "只写一个", "a: x"},
		{"equals sign", "a: 1\nb = 2\n", "syntax@2:1-2:6", "等号", ""},

		{"dash of a word processor", "a:\n  - b\n  – c\n", "look_alike@3:3-3:5", "U+2013", "- "},
		{"wide dashes", "a:\n－ b\n－ c\n", "look_alike@2:1-3:3", "U+FF0D", "- b\n- "},
		{"dash before a map", "a:\n  – b: 1\n    c: 2\n", "look_alike@2:3-2:5", "不是 YAML 的短横线", "- "},
		{"bullet before a map", "a:\n  • b: 1\n", "look_alike@2:3-2:5", "•", "- "},
		{"middle dot before a map", "a:\n  ·b: 1\n    c: 1\n", "look_alike@2:3", "·", "- "},
		{"asterisks", "a:\n  * b\n  * c\n", "look_alike@2:3-3:5", "*", "- b\n  - "},
		{"numbered item", "a:\n  - b\n  2. c\n", "syntax@3:3-3:6", "序号", ""},
		{"item numbered in Chinese", "a:\n  - b\n  （2）c\n", "syntax@3:3-3:6", "序号", ""},
		{"dash without its blank", "a:\n  - b\n  -c\n", "syntax@3:3", "没有空格", "- "},

		{"curved quotes around a colon", "a: “x: y”\n", "look_alike@1:4-1:10", "不是 YAML 的引号", `"x: y"`},
		{"quotes of two kinds", "a: \"x”\nb: 1\n", "look_alike@1:4-1:7", "没有闭合", `"x"`},
		{"quoted key", "“a”: 1\nb: 1\n", "look_alike@1:1-1:4", "键不用加引号", "a"},
		{"wide braces", "a: ｛b: c｝\n", "look_alike@1:4-1:10", "不是 YAML 的括号", ""},
		{"wide comma in braces", "a: {ref: x，held_by: y}\n", "look_alike@1:11", `全角符号`, ", "},
		{"wide signs in braces", "a: {ref：x，held_by：y}\n", "look_alike@1:8-1:19", `写半角的 ":"`, ": x, held_by: "},
		{"text behind a quote", "a: \"x\" y\n", "syntax@1:8", "引号后面还有文字", ""},
		{"colon in a value", "a: 甲: 乙\n", "syntax@1:5", `给值加引号：a: "…"`, ""},

		{"conflict", "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\nc: [\n", "conflict@2:1-6:10", "第 2 至 6 行", ""},
		{"conflict at the start", "<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>>\n", "conflict@1:1-5:8", "冲突", ""},
		{"two conflicts", "<<<<<<< a\n=======\n>>>>>>> b\n<<<<<<< a\n=======\n>>>>>>> b\n", "conflict@1:1-3:10 conflict@4:1-6:10", "冲突", ""},
		{"half a conflict", "a: 1\n>>>>>>> b\n", "conflict@2:1-2:10", "冲突", ""},
		{"directive", "%YAML 1.1\n---\na: 1\n", "directive@1:1-1:10", "指令", ""},
		{"remark that reads as a directive", "% 说明\na: 1\n", "directive@1:1-1:5", "以 % 开头", ""},
		{"remark of another language", "a: 1\n// 注\nb: 2\n", "syntax@2:1-2:5", "不是 YAML 的注释", ""},
		{"fence of Markdown", "```yaml\na: 1\n```\n", "syntax@1:1-1:8", "Markdown", ""},
		{"remark without its sign", "# 标题\n说明文字\na: 1\n", "syntax@2:1-2:5", "说明文字前加“# ”", ""},

		{"indented too far", "a:\n  b: 1\n   c: 2\n", "syntax@3:5", "缩进改成 2 格", ""},
		{"indented between two levels", "a:\n  b: 1\n c: 2\n", "syntax@3:2", "缩进改成 2 或 0 格", ""},
		{"first key indented", " a: 1\nb: 2\n", "syntax@2:1", "都从行首写起", ""},
		{"list beside keys", "a: x\n- b\n", "syntax@2:1", "此处却是列表项", ""},
		{"end before the end", "a: 1\n...\nb: 1\n", "syntax@2:1-2:4", "表示文档到此结束", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := parse(test.text)
			var got []string
			for _, p := range d.Problems {
				got = append(got, at(p))
				checkProblem(t, d, p)
			}
			if have := strings.Join(got, " "); have != test.want {
				t.Fatalf("%q\n got %s\nwant %s\n%v", test.text, have, test.want, d.Problems)
			}
			p := d.Problems[0]
			if said := p.Message.ZH + " " + p.Remedy.ZH; !strings.Contains(said, test.says) {
				t.Errorf("%q: %s", test.text, said)
			}
			switch {
			case test.edit == "" && p.Edit != nil:
				t.Errorf("%q: %q is written for somebody who has to decide", test.text, p.Edit.Text)
			case test.edit != "" && (p.Edit == nil || p.Edit.Text != test.edit):
				t.Errorf("%q: edit %v, want %q", test.text, p.Edit, test.edit)
			}
		})
	}
}

// TestTextMayLookOdd holds that signs which are wrong in YAML's places are right
// in text.
func TestTextMayLookOdd(t *testing.T) {
	for _, text := range []string{
		"a: |\n  \u3000\u3000正文：第一段\n  – 列举\n  • 列举\nb: 1\n", "a: “数字政府”建设（二期）\n", "a: 依据：国办发〔2025〕1号\n", "a: \"：，“”\"\n",
		"a:\n  - 依据：甲\n  - “乙”\n", "a: x = y\n", "a: 甲，乙\n", "a: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> x\n", "a: =======\n", "a: 50%\n", "a: 甲\u3000乙\n", "保留期: 1\n",
	} {
		if d := parse(text); len(d.Problems) > 0 {
			t.Errorf("%q: %v", text, d.Problems)
		}
	}
}
