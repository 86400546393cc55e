package editor

import "testing"

// A line is read as editors read it: nothing but the pattern that they document.
func TestStatedLine(t *testing.T) {
	for line, want := range map[string]string{
		"# yaml-language-server: $schema=a.json":            "a.json",
		"#\tyaml-language-server\t:$schema=a.json and more": "a.json",
		"# yaml-language-server: x=y $schema=模式.json":       "模式.json",
		"# yaml-language-server: $schema= $schema=b.json":   "b.json",
		"# yaml-language-server: $schema=$schema=b.json":    "$schema=b.json",
		"# yaml-language-server: schema=a.json":             "",
		"# yaml-language-server: $schema=":                  "",
		"# yaml-language-server $schema=a.json":             "",
		"#yaml-language-server: $schema=a.json":             "",
		" # yaml-language-server: $schema=a.json":           "",
		"yaml-language-server: $schema=a.json":              "",
		"# yaml language server: $schema=a.json":            "",
		"#":                                                 "",
		"":                                                  "",
	} {
		before, target := stated(line)
		if target != want {
			t.Errorf("%q states %q, want %q", line, target, want)
		}
		if target != "" && line[len(before):][:len(target)] != target {
			t.Errorf("%q: %q is not behind %q", line, target, before)
		}
	}
}
