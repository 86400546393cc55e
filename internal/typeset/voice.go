package typeset

import (
	"strings"

	"hegui/internal/lang"
)

// Voice says texts in one language.
type Voice struct{ Language lang.Language }

// Say is one of our own texts.
func (v Voice) Say(zh, en string, args ...any) string {
	return lang.SayIn(v.Language, zh, en, args...)
}

// Prose is a text from outside on one line, inert.
func (v Voice) Prose(t lang.Text) string { return Prose(t, v.Language) }

// List joins names the way the language does, at most limit of them.
func (v Voice) List(names []string, limit int) string {
	shown := make([]string, 0, min(len(names), limit))
	for _, name := range names[:min(len(names), limit)] {
		shown = append(shown, Inert(name))
	}
	text := v.Join(shown)
	if rest := len(names) - limit; rest > 0 {
		text += v.Say(" 等 %[2]d 项", " and %[1]d more", rest, len(names))
	}
	return text
}

// Join joins texts the way the language does.
func (v Voice) Join(texts []string) string { return strings.Join(texts, v.Say("、", ", ")) }

// Count is a number of things; one and many are the English noun.
func (v Voice) Count(n int, zh, one, many string) string {
	return lang.Count(n, zh, one, many).In(v.Language)
}
