package cli_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"hegui/internal/cli"
)

var listed = regexp.MustCompile(`(?m)^  ([a-z]+) +\S`)

// sentence is what can only be English prose: four words after one another, or
// what the library says by itself.
var sentence = regexp.MustCompile(`(?:\b[A-Za-z]{2,} ){3}[A-Za-z]{2,}|\(default|\[flags\]|\[command\]|stringArray|Usage:|Flags:`)

// Every command explains itself in the reader's language and in no other.
func TestHelpIsInTheReadersLanguage(t *testing.T) {
	dir := t.TempDir()
	seen := 0
	var walk func(path []string)
	walk = func(path []string) {
		seen++
		for _, language := range []string{"zh", "en"} {
			r := run(t, dir, append(append([]string{}, path...), "--help", "--lang", language)...)
			if r.code != cli.Compliant || r.stderr != "" || r.stdout == "" {
				t.Fatalf("%q in %s: exit code %d, %s", path, language, r.code, r.stderr)
			}
			for line := range strings.Lines(r.stdout) {
				own := strings.TrimSpace(line)
				switch {
				case strings.HasPrefix(own, "hegui ") || strings.HasPrefix(own, "source "):
				case language == "zh" && sentence.MatchString(own):
					t.Errorf("%q in Chinese says %q", path, own)
				case language == "en" && strings.ContainsFunc(own, func(c rune) bool { return unicode.Is(unicode.Han, c) }):
					t.Errorf("%q in English says %q", path, own)
				}
			}
			if _, commands, _ := strings.Cut(r.stdout, "\nCommands:\n"); language == "en" && commands != "" {
				commands, _, _ = strings.Cut(commands, "\n\n")
				for _, found := range listed.FindAllStringSubmatch(commands, -1) {
					walk(append(append([]string{}, path...), found[1]))
				}
			}
		}
	}
	walk(nil)
	if seen < 15 {
		t.Errorf("only %d commands were looked at", seen)
	}
}

// Slips of use are told in the reader's language, whoever finds them.
func TestSlipsOfUseAreInTheReadersLanguage(t *testing.T) {
	dir := fixture(t, "one")
	for _, c := range []struct {
		args   string
		zh, en string
	}{
		{"bogus", `没有命令 "bogus"`, `unknown command "bogus"`},
		{"check --bogus", "没有参数 --bogus", "unknown flag: --bogus"},
		{"assess import --bogus", "没有参数 --bogus：hegui assess import --help", "unknown flag: --bogus: hegui assess import --help"},
		{"check --repot json", "是不是 --repo 或 --report？", "did you mean --repo or --report?"},
		{"check -Z", "没有参数 -Z", "unknown flag: -Z"},
		{"check --jobs many", `--jobs 的值 "many" 不对：要写整数`, `--jobs "many" is not valid: want a whole number`},
		{"check --pretty=maybe", `--pretty 的值 "maybe" 不对：要写 true 或 false`, `--pretty "maybe" is not valid: want true or false`},
		{"check --as-of", "--as-of 后面没有写值", "--as-of states no value"},
		{"check --=x", `参数 "--=x" 的写法不对`, `the flag "--=x" is not well formed`},
		{"explain", "参数个数不对：要 1 个，写了 0 个；用法：hegui explain ", "wrong number of arguments: want 1, found 0; usage: hegui explain "},
		{"explain a b", "写了 2 个", "want 1, found 2"},
		{"version x", "参数个数不对：要 0 个", "want none, found 1"},
		{"test a b", "至多 1 个", "want at most 1, found 2"},
		{"merge", "要至少 1 个", "want at least 1, found 0"},
		{"assess imprt x.xlsx", `没有命令 "assess imprt"：是不是 import？`, `unknown command "assess imprt": did you mean import?`},
		{"completion csh", `没有命令 "completion csh"：是不是 zsh？`, `unknown command "completion csh": did you mean zsh?`},
		{"completion bash x", "参数个数不对", "want none, found 1"},
		{"help bogus", `没有命令 "bogus"`, `unknown command "bogus"`},
		{"check --rulebook gone", "没有这个文件或目录", "no such file or directory"},
		{"assess import gone.xlsx --by post", "没有这个文件或目录", "no such file or directory"},
		{"check --report json=gone/x.json", "没有目录", "there is no folder"},
		{"check --report json=.", "是目录", "is a directory"},
	} {
		for language, want := range map[string]string{"zh": c.zh, "en": c.en} {
			r := run(t, dir, append([]string{"--lang=" + language}, strings.Fields(c.args)...)...)
			if r.code != cli.Failed || !strings.Contains(r.stderr, want) {
				t.Errorf("%s in %s: exit code %d, %q; want %q", c.args, language, r.code, r.stderr, want)
			}
			if language == "zh" && sentence.MatchString(r.stderr) {
				t.Errorf("%s in Chinese says %q", c.args, r.stderr)
			}
		}
	}
}
