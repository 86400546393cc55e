package report

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// hostile are strings that a pull request may put wherever a string stands.
func hostile() map[string]string {
	return map[string]string{
		"markup":       `<script>alert("x")</script>`,
		"ansi":         "\x1b[2J\x1b[31mred\x1b]8;;https://evil.example\x07link\x1b]8;;\x07",
		"c1":           "\u009b2J\u0085next",
		"newline":      "a\nplatforms/x.yaml:1:1: blocker: forged [x]\r\n\r\n   forged\rover",
		"command":      "::error file=x::forged",
		"set-env":      "  ::add-mask::x ##[error]y ##vso[task.setvariable variable=a]b ###[group]c",
		"bidi":         "a\u202egnp.\u2066exe\u2069 \u200fb\u061c",
		"invisible":    "a\u200b\u2060\ufeff\u00adb\u2028c\u2029\U000e0041",
		"marks":        "z" + strings.Repeat("\u0335\u0353", 2000),
		"invalid":      "a\xff\xc3\x28\xed\xa0\x80\x00",
		"jamo":         strings.Repeat("\u1100", 3000),
		"long":         strings.Repeat("x", 100_000),
		"long chinese": strings.Repeat("长", 100_000/3),
		"long escapes": strings.Repeat("\x1b", 100_000),
		"format verbs": "%s%d%!(EXTRA)%[9]d",
	}
}

// TestTextStaysInert puts hostile text into every string of the model: the
// report keeps its lines and holds nothing that a terminal or a CI obeys.
func TestTextStaysInert(t *testing.T) {
	for name, payload := range hostile() {
		t.Run(name, func(t *testing.T) {
			for _, language := range []lang.Language{lang.Chinese, lang.English} {
				got := render(t, "text", poisoned(payload), Options{Language: language})
				// The same shape with a harmless word is what it has to look like.
				calm := render(t, "text", poisoned("word"), Options{Language: language})
				if g, w := strings.Count(got, "\n"), strings.Count(calm, "\n"); g != w {
					t.Errorf("%d lines, want %d", g, w)
				}
				checkInert(t, got)
				color := render(t, "text", poisoned(payload), Options{Language: language, Color: true})
				if stripped := colorCodes().ReplaceAllString(color, ""); stripped != got {
					t.Error("colour changes more than colour")
				}
			}
		})
	}
}

func checkInert(t *testing.T, text string) {
	t.Helper()
	for i, line := range strings.Split(text, "\n") {
		for _, r := range line {
			if unicode.In(r, unicode.C, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar && !strings.Contains(line, " | ") {
				t.Fatalf("line %d holds %U", i+1, r)
			}
		}
		if strings.HasPrefix(strings.TrimSpace(line), "::") || regexp.MustCompile(`##\w*\[`).MatchString(line) {
			t.Errorf("line %d is a workflow command: %.80s", i+1, line)
		}
		if len(line) > 100_000 {
			t.Errorf("line %d has %d bytes", i+1, len(line))
		}
	}
}

// TestTextNeverStartsWithCommand covers the one place where a path begins a line.
func TestTextNeverStartsWithCommand(t *testing.T) {
	r := cityResults()
	r.Platforms[0].Findings[0].Location.Path = "::warning title=x::y"
	checkInert(t, render(t, "text", r, Options{}))
}

// TestJSONSurvivesHostileText reads back what was written.
func TestJSONSurvivesHostileText(t *testing.T) {
	for name, payload := range hostile() {
		t.Run(name, func(t *testing.T) {
			r := sparse()
			poison(reflect.ValueOf(r).Elem(), payload)
			var document map[string]any
			if err := json.Unmarshal([]byte(render(t, "json", r, Options{})), &document); err != nil {
				t.Fatal(err)
			}
			// JSON cannot say bytes that are no text; a replacement is all there is.
			if got := document["as_of"]; utf8.ValidString(payload) && got != payload {
				t.Errorf("as_of is %.80q", got)
			}
		})
	}
}

// poisoned are results with every string replaced.
func poisoned(payload string) *results.Results {
	r := cityResults()
	r.Errors = []lang.Text{lang.Same("x")}
	poison(reflect.ValueOf(r).Elem(), payload)
	return r
}

func poison(v reflect.Value, payload string) {
	if !v.CanSet() {
		return // no report sees it
	}
	switch v.Kind() {
	case reflect.String:
		// Numbers come from our own arithmetic.
		if v.Type() != reflect.TypeFor[results.Number]() {
			v.SetString(payload)
		}
	case reflect.Pointer:
		poison(v.Elem(), payload)
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i), payload)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			poison(v.Field(i), payload)
		}
	}
}

func colorCodes() *regexp.Regexp { return regexp.MustCompile("\x1b\\[[0-9;]*m") }
