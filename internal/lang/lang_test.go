package lang_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"hegui/internal/lang"
)

func TestDetect(t *testing.T) {
	for _, c := range []struct {
		flag string
		env  map[string]string
		want lang.Language
	}{
		{"", nil, lang.English},
		{"zh", nil, lang.Chinese},
		{"en", map[string]string{"LC_ALL": "zh_CN.UTF-8"}, lang.English},
		{"zh", map[string]string{"LC_ALL": "C"}, lang.Chinese},
		{"", map[string]string{"LANG": "zh_CN.UTF-8"}, lang.Chinese},
		{"", map[string]string{"LANG": "zh_CN"}, lang.Chinese},
		{"", map[string]string{"LANG": "zh_TW.Big5"}, lang.Chinese},
		{"", map[string]string{"LANG": "ZH_cn.utf8"}, lang.Chinese},
		{"", map[string]string{"LANG": "zh"}, lang.Chinese},
		{"", map[string]string{"LANG": "zh.UTF-8"}, lang.Chinese},
		{"", map[string]string{"LANG": "zh-Hans"}, lang.Chinese},
		{"", map[string]string{"LANG": "zh-Hans-CN"}, lang.Chinese},
		{"", map[string]string{"LANG": "zha_CN"}, lang.English},
		{"", map[string]string{"LANG": "de_DE.UTF-8"}, lang.English},
		{"", map[string]string{"LANG": "C"}, lang.English},
		{"", map[string]string{"LANG": "POSIX"}, lang.English},
		{"", map[string]string{"LANG": "C.UTF-8"}, lang.English},
		{"", map[string]string{"LANG": ""}, lang.English},
		// The first that is set decides, be it English.
		{"", map[string]string{"LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LANG": "C"}, lang.Chinese},
		{"", map[string]string{"LC_ALL": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "zh_CN"}, lang.English},
		{"", map[string]string{"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, lang.English},
		{"", map[string]string{"LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "C"}, lang.Chinese},
		{"", map[string]string{"LC_MESSAGES": "POSIX", "LANG": "zh_CN.UTF-8"}, lang.English},
		{"", map[string]string{"LANGUAGE": "zh_CN", "LC_CTYPE": "zh_CN.UTF-8"}, lang.English},
	} {
		got, err := lang.Detect(c.flag, func(name string) string { return c.env[name] })
		if err != nil || got != c.want {
			t.Errorf("flag %q in %v: %s, %v; want %s", c.flag, c.env, got, err, c.want)
		}
	}
	for _, flag := range []string{"de", "ZH", "zh_CN", " zh"} {
		if got, err := lang.Detect(flag, func(string) string { return "zh_CN" }); err == nil || got != lang.English {
			t.Errorf("flag %q is taken for %s", flag, got)
		}
	}
}

func TestSay(t *testing.T) {
	name := lang.Say("政务平台", "government platform")
	for _, c := range []struct {
		got    lang.Text
		zh, en string
	}{
		{lang.Say("一", "one"), "一", "one"},
		{lang.Say("100%", "100%"), "100%", "100%"},
		{lang.Say("%s 有 %d 项", "%s has %d items", name, 3), "政务平台 有 3 项", "government platform has 3 items"},
		{lang.Say("%[2]s 的 %[1]s", "%[1]s of %[2]s", name, "x"), "x 的 政务平台", "government platform of x"},
		{lang.Say("%d%% 的 %s", "%d%% of %s", 5, lang.Say("全部", "all")), "5% 的 全部", "5% of all"},
		{lang.Say("（%s）", "(%s)", lang.Say("含 %s", "holds %s", name)), "（含 政务平台）", "(holds government platform)"},
		{lang.Say("%v", "%v", fmt.Errorf("broken: %w", fmt.Errorf("cause"))), "broken: cause", "broken: cause"},
		{lang.Same("a%s"), "a%s", "a%s"},
	} {
		if c.got.ZH != c.zh || c.got.EN != c.en || c.got.In(lang.Chinese) != c.zh || c.got.In(lang.English) != c.en {
			t.Errorf("%+v, want %q and %q", c.got, c.zh, c.en)
		}
	}
	if !(lang.Text{}).IsZero() || (lang.Text{EN: "x"}).IsZero() || (lang.Text{ZH: "x"}).IsZero() {
		t.Error("what says nothing is told wrong")
	}
	if data, err := json.Marshal(name); err != nil || string(data) != `{"zh":"政务平台","en":"government platform"}` {
		t.Errorf("%s, %v", data, err)
	}
}

// Whatever a format asks for, Say writes what fmt does.
func TestSayIsWhatFmtSays(t *testing.T) {
	pieces := []string{"%s", "%d", "%%", "%", "%q", "%v", "%5d", "%[1]s", "%[2]s", "%[2]d", "%[3]s", "%[9", "日", ""}
	for _, args := range [][]any{{"a"}, {3}, {"a", -7}, {12, "日"}, {nil, "a"}, {"a", 1.5, 3}} {
		for _, first := range pieces {
			for _, second := range pieces {
				for _, third := range pieces {
					format := first + second + "x" + third
					want := fmt.Sprintf(format, args...)
					if got := lang.Say(format, format, args...); got != lang.Same(want) {
						t.Errorf("%q of %v: %q, fmt writes %q", format, args, got.EN, want)
					}
				}
			}
		}
	}
}

// What is marked is shown to some readers only, and never by accident.
func TestMark(t *testing.T) {
	secret := lang.Marked{Full: lang.Same("sm4"), Redacted: lang.Redacted()}
	marked := lang.Mark("%s 不是 %s", "%s is not %s", secret, lang.Say("对的", "right"))
	if want := (lang.Marked{Full: lang.Say("sm4 不是 对的", "sm4 is not right"), Redacted: lang.Say("〔已隐去〕 不是 对的", "[redacted] is not right")}); marked != want {
		t.Errorf("%v, want %v", marked, want)
	}
	if said := lang.Say("%s", "%s", secret); said != lang.Redacted() {
		t.Errorf("to everyone %v", said)
	}
}
