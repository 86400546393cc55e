package schema

import (
	"strings"
	"testing"
	"unicode"

	"hegui/internal/trial"
)

func TestBlankSaysNothing(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, " ": false, "\t\n": false, "\u3000": false, "\u00a0\u2003": false, "\u200b\ufeff": false, "\u2060\u00ad": false,
		"\u3164": false, "\uffa0": false, "\u2800": false, "\u115f\u1160": false, "\u0301": false, "\ue000": false, "\u034f": false,
		"\U0001d159": false, "-": false, "……": false, "——": false, "/": false, "%": true, "℃": true, "a": true, "无": true, "①": true, "　数据局": true,
	} {
		if says(text) != want {
			t.Errorf("%+q says something: %v", text, !want)
		}
	}
}

func TestNothingRefersToNothing(t *testing.T) {
	for text, want := range map[string]bool{
		"x": false, "无": false, "暂无": false, "N/A": false, "n.a.": false, "none": false, "TBD": false, "——": false, "xx": false, "0000": false, "　 ": false,
		"见附件": false, "同上": false, "无编号": false, "See attached.": false, "待填": false,
		"云医保〔2025〕11号": true, "附件3": true, "市附件目录": true, "档案 3-12": true, "A1": true, "平台档案管理岗": true, "无线电管理科": true,
	} {
		if refers(text) != want {
			t.Errorf("%q refers to something: %v", text, !want)
		}
	}
}

func TestNamesCarryNoTelephone(t *testing.T) {
	for text, want := range map[string]bool{
		"数据局运维岗 13800000000": false, "运维岗（0379-6123 4567）": false, "运维岗 ０３７９６１２３４５６７": false, "岗 138 0000 0000": false, "12345678": false, "监督岗 x@example.cn": false, "监督岗＠例": false, " ": false, "待定": false, "暂无。": false, "N/A": false,
		"12345 热线办公室": true, "运维一岗": true, "云州市数据局2026专班": true, "2026-2027年度值班岗": true,
	} {
		if names(text) != want {
			t.Errorf("%q is a name: %v", text, !want)
		}
	}
}

func TestSamePost(t *testing.T) {
	for _, pair := range [][2]string{{"运维岗", "运维 岗"}, {"运维岗", "运维岗　"}, {"A岗", "Ａ岗"}, {"运维岗", "运维岗。"}, {"运维-一岗", "运维一岗"}, {"OPS-A", "\u041e\u0420S-\u0410"}, {"é岗", "e\u0301岗"},
		{"运维岗", "运维岗位"}, {"A1岗", "Al岗"}, {"O2岗", "02岗"}, {"ops post", "0ps"}, {"kim", "\u043aim"}, {"ops", "\u03bfps"}} {
		if !SamePost(pair[0], pair[1]) {
			t.Errorf("%q and %q look like two posts", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"运维岗", "运维主管岗"}, {"运维一岗", "运维二岗"}, {"A岗", "B岗"}, {"1岗", "2岗"}, {"岗位管理岗", "管理岗"}, {"post", "岗"}, {"岗位", "岗人"}, {"岗人", "岗位post"}} {
		if SamePost(pair[0], pair[1]) {
			t.Errorf("%q and %q look like one post", pair[0], pair[1])
		}
	}
}

// Chinese characters decide alone only where texts begin with them.
func TestPostsThatBeginOtherwise(t *testing.T) {
	letters, random := []rune("运维岗位岗位〇o0aＡpost-。 ①\u0301\uf900豈"), trial.Random(t)
	text := func() string {
		out := make([]rune, random.IntN(5))
		for i := range out {
			out[i] = letters[random.IntN(len(letters))]
		}
		return string(out)
	}
	for range trial.Tries(t, 100_000) {
		if a, b := text(), text(); SamePost(a, b) != (post(a) == post(b)) {
			t.Errorf("%q and %q", a, b)
		}
	}
}

// What is decided without a look at all the tables is what they say.
func TestQuickLooksMissNothing(t *testing.T) {
	for r := range rune(0x20000) {
		if want := drawn(r) && unicode.In(r, unicode.L, unicode.N); isLetter(r) != want {
			t.Errorf("%U is a letter: %v", r, !want)
		}
	}
	for word := range nothing() {
		for _, text := range []string{word, " " + strings.ToUpper(word) + "。", strings.Join(strings.Split(word, ""), "-")} {
			if !hollow(text) {
				t.Errorf("%q is taken for something", text)
			}
		}
	}
	for _, number := range []string{"1234567", "12-3456-7890-1", "037-123-4567", "０３７ １２３ ４５６７", "①②③④⑤⑥⑦"} {
		if phone.MatchString(number) && digits(number) < minPhone {
			t.Errorf("%q is not read as a telephone number", number)
		}
	}
}
