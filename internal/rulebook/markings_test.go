package rulebook_test

import (
	"testing"

	"hegui"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// The built-in policy knows what files of state secrets carry, and ordinary
// words that only look like it.
func TestMarkings(t *testing.T) {
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"秘密★1年":        true,
		"机密★10年":       true,
		"绝密 ★ 30年":     true,
		"秘密　☆":         true,
		"# 文件（机密★5年）":  true,
		"密级：机密":        true,
		"密级: 秘密":       true,
		"密级 ： 绝密":      true,
		"绝密":           true,
		"标题\n绝密\n正文":   true,
		"标题\r\n机密\r\n": true,
		"> 秘密":         true,
		"- 机密":         true,

		"商业秘密": false,
		"工作秘密": false,
		"本文涉及工作秘密，不得外传": false,
		"work secrets":             false,
		"sensitivity: work_secret": false,
		"不属于国家秘密":                  false,
		"机密性、完整性、可用性":              false,
		"秘密等级制度":                   false,
		"绝密级航空煤油":                  false,
		"五星★好评":                    false,
		"密级：无":                     false,
		"密级：内部":                    false,
		"商业秘密\n工作秘密\n":             false,
	} {
		if found := book.Policy.Markings.FindIndex([]byte(text)) != nil; found != want {
			t.Errorf("%q is marked: %v, want %v", text, found, want)
		}
	}
}
