// Package lang holds text in the two languages that hegui speaks.
package lang

import (
	"fmt"
	"strconv"
	"strings"
)

// Language is one of the two languages of every message.
type Language string

// The languages hegui speaks.
const (
	Chinese Language = "zh"
	English Language = "en"
)

// Text is one message in both languages.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// In returns the text in language l.
func (t Text) In(l Language) string {
	if l == Chinese {
		return t.ZH
	}
	return t.EN
}

// IsZero reports whether the text says nothing in either language.
func (t Text) IsZero() bool { return t == Text{} }

// Say formats one message in both languages. Both formats take the same
// arguments; an argument that is itself a Text appears in the language of the
// format it stands in. Use indexed verbs (%[2]s) where the word order differs.
func Say(zh, en string, args ...any) Text {
	if len(args) == 0 {
		return Text{zh, en}
	}
	var room [6]word
	if words, ok := wordsOf(room[:0], args); ok {
		if text, ok := fill(zh, en, words); ok {
			return text
		}
	}
	return Text{ZH: sprintf(Chinese, zh, args), EN: sprintf(English, en, args)}
}

// SayIn formats one message in one language only, for a reader who is known.
func SayIn(l Language, zh, en string, args ...any) string {
	return sprintf(l, Text{zh, en}.In(l), args)
}

// Count is a number of things. zh has the measure word and the noun; one and many
// are the English noun.
func Count(n int, zh, one, many string) Text {
	noun := many
	if n == 1 {
		noun = one
	}
	return Say("%[1]d "+zh, "%[1]d %[2]s", n, noun)
}

// Marked is a text that may hold something sensitive, with what those read who
// must not see it. Both are the same where there is nothing to hide.
type Marked struct{ Full, Redacted Text }

// Mark formats one message as Say does; an argument that is itself Marked is
// hidden in the redacted one. To Say such an argument is always hidden.
func Mark(zh, en string, args ...any) Marked {
	full := make([]any, len(args))
	for i, arg := range args {
		if marked, ok := arg.(Marked); ok {
			arg = marked.Full
		}
		full[i] = arg
	}
	return Marked{Say(zh, en, full...), Say(zh, en, args...)}
}

// Fill is Mark of arguments that are all Marked, which is what sentences are mostly
// made of.
func Fill(zh, en string, args ...Marked) Marked {
	var room, hidden [6]word
	full, redacted, hides := room[:0], hidden[:0], false
	for _, arg := range args {
		full, redacted = append(full, word{Text: arg.Full}), append(redacted, word{Text: arg.Redacted})
		hides = hides || arg.Full != arg.Redacted
	}
	text, ok := fill(zh, en, full)
	if !ok {
		return Mark(zh, en, anys(args)...)
	}
	if !hides {
		return Open(text)
	}
	seen, _ := fill(zh, en, redacted)
	return Marked{text, seen}
}

func anys(args []Marked) []any {
	out := make([]any, len(args))
	for i, arg := range args {
		out[i] = arg
	}
	return out
}

// Open is a text without anything sensitive.
func Open(t Text) Marked { return Marked{t, t} }

// Redacted stands in a text for what is sensitive.
func Redacted() Text { return Text{ZH: "〔已隐去〕", EN: "[redacted]"} }

// Same is a text that reads alike in both languages: a name, a path, a number.
func Same(s string) Text { return Text{ZH: s, EN: s} }

func sprintf(l Language, format string, args []any) string {
	spoken := make([]any, len(args))
	for i, arg := range args {
		switch text := arg.(type) {
		case Text:
			arg = text.In(l)
		case Marked:
			arg = text.Redacted.In(l)
		}
		spoken[i] = arg
	}
	return fmt.Sprintf(format, spoken...)
}

// word is an argument as it stands in a sentence.
type word struct {
	Text
	number bool
}

// wordsOf are arguments as they stand in a sentence; false where fmt alone knows one.
func wordsOf(words []word, args []any) ([]word, bool) {
	for _, arg := range args {
		switch arg := arg.(type) {
		case string:
			words = append(words, word{Text: Same(arg)})
		case Text:
			words = append(words, word{Text: arg})
		case Marked:
			words = append(words, word{Text: arg.Redacted})
		case int:
			words = append(words, word{Same(strconv.Itoa(arg)), true})
		default:
			return nil, false
		}
	}
	return words, true
}

// fill is what fmt makes of texts and whole numbers, without what that costs; false
// for a format that asks for more than %s, %d, %[n]s, %[n]d and %%.
func fill(zh, en string, words []word) (Text, bool) {
	var room [512]byte
	both, ok := appendFilled(room[:0], Chinese, zh, words)
	middle := len(both)
	if ok {
		both, ok = appendFilled(both, English, en, words)
	}
	if !ok {
		return Text{}, false
	}
	text := string(both)
	return Text{text[:middle], text[middle:]}, true
}

func appendFilled(out []byte, l Language, format string, words []word) ([]byte, bool) {
	next, ordered := 0, true
	for {
		before, after, found := strings.Cut(format, "%")
		if out, format = append(out, before...), after; !found {
			return out, !ordered || next == len(words)
		}
		if len(format) > 3 && format[0] == '[' && format[2] == ']' {
			next, format, ordered = int(format[1])-'1', format[3:], false
		}
		switch {
		case strings.HasPrefix(format, "%"):
			out, format = append(out, '%'), format[1:]
			continue
		case format == "" || next < 0 || next >= len(words):
			return nil, false
		}
		if verb := format[0]; verb != 's' && verb != 'd' || verb == 'd' != words[next].number {
			return nil, false
		}
		out = append(out, words[next].In(l)...)
		next, format = next+1, format[1:]
	}
}

// Detect picks the language: the flag if set, else the first of LC_ALL,
// LC_MESSAGES and LANG that is set, else English. A flag that names neither
// language is an error; an environment that does is English.
func Detect(flag string, getenv func(string) string) (Language, error) {
	switch Language(flag) {
	case Chinese, English:
		return Language(flag), nil
	case "":
	default:
		return English, fmt.Errorf("unknown language %q: want zh or en", flag)
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		value := getenv(name)
		if value == "" {
			continue
		}
		tag := strings.ToLower(value)
		if tag == "zh" || strings.HasPrefix(tag, "zh_") || strings.HasPrefix(tag, "zh-") || strings.HasPrefix(tag, "zh.") {
			return Chinese, nil
		}
		return English, nil
	}
	return English, nil
}
