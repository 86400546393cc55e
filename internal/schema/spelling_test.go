package schema

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hegui/internal/trial"
)

// What is decided by looking one character ahead is what the regular expression
// says, for every pattern of the schemas and for some that leave a choice.
func TestSpellingTakesWhatThePatternTakes(t *testing.T) {
	chance, tries := trial.Random(t), trial.Tries(t, 2000)
	decided := 0
	for _, pattern := range append(patterns(t), `^a*a$`, `^a*ab$`, `^(ab)*a$`, `^(a|b)$`, `^(a-)*b+$`, `^a?b{2,3}c$`, `^(a+b?)*$`, `^(a-?)+b$`, `^(-a+)*-$`, `^$`, `^(?i)a$`, `a`, `^ab$`, `^[^a]$`) {
		s, ok := spellingOf(pattern)
		if !ok {
			continue
		}
		decided++
		re := regexp.MustCompile(pattern)
		for range tries {
			if text := likely(chance, pattern); s.takes(text) != re.MatchString(text) {
				t.Errorf("%s takes %q: %v", pattern, text, s.takes(text))
			}
		}
	}
	if decided < 10 {
		t.Errorf("only %d patterns are decided without the regular expression", decided)
	}
	for _, unclear := range []string{`^a*a$`, `^(ab)*a$`, `^(a|b-)c$`, `a`, `^a|b$`, `^(-a+)*-$`} {
		if _, ok := spellingOf(unclear); ok {
			t.Errorf("%s leaves no choice", unclear)
		}
	}
}

// likely makes a text of the characters of a pattern, some of them in a row.
func likely(chance *rand.Rand, pattern string) string {
	signs := []rune(strings.NewReplacer("^", "", "$", "", "*", "", "+", "", "(", "", ")", "").Replace(pattern) + "a9Z中-")
	var b strings.Builder
	for range chance.IntN(6) {
		b.WriteString(strings.Repeat(string(signs[chance.IntN(len(signs))]), []int{1, 1, 1, 2, 3, 63, 64}[chance.IntN(7)]))
	}
	return b.String()
}

func patterns(t *testing.T) (all []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "schemas", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(`"pattern": "([^"]*)"`).FindAllStringSubmatch(string(data), -1) {
			all = append(all, strings.ReplaceAll(found[1], `\\`, `\`))
		}
	}
	return all
}
