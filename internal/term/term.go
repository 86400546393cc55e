// Package term is the one vocabulary: every value of an enumeration and every
// family of findings that people read, with its one word in both languages.
// Whoever shows one takes its word from here.
package term

import (
	"strings"

	"hegui/internal/lang"
)

// Word is what people call one value of an enumeration.
type Word struct {
	ID string
	// Text is the word beside a label or in a table.
	Text lang.Text
	// Long is the word where nothing beside it says what it is about; zero if
	// Text is clear by itself.
	Long lang.Text
}

// Enumeration is a closed set of values, in the order in which they are shown.
type Enumeration struct {
	Title lang.Text
	Words []Word
}

// Text is the word of a value; a value without one appears as it is written.
func (e Enumeration) Text(id string) lang.Text { return e.find(id).Text }

// Long is the word of a value for a place that has no label.
func (e Enumeration) Long(id string) lang.Text {
	if w := e.find(id); !w.Long.IsZero() {
		return w.Long
	}
	return e.Text(id)
}

func (e Enumeration) find(id string) Word {
	for _, w := range e.Words {
		if w.ID == id {
			return w
		}
	}
	return Word{ID: id, Text: lang.Same(id)}
}

// All are the words in one language, in their order.
func (e Enumeration) All(l lang.Language) []string {
	out := make([]string, len(e.Words))
	for i, w := range e.Words {
		out[i] = w.Text.In(l)
	}
	return out
}

// Labels are what the values of an enumeration are called that is one here, or a part of
// one; nil where no enumeration has all of them.
func Labels(values []string) map[string]lang.Text {
	for _, e := range Enumerations() {
		labels := map[string]lang.Text{}
		for _, value := range values {
			if word := e.find(value); word.Text != lang.Same(value) {
				labels[value] = word.Text
			}
		}
		if len(labels) == len(values) {
			return labels
		}
	}
	return nil
}

// YesNo is the answer to what holds or does not.
func YesNo(yes bool) lang.Text {
	if yes {
		return lang.Say("是", "yes")
	}
	return lang.Say("否", "no")
}

// Compliance is what a platform's description comes to as a whole.
func Compliance(compliant bool) lang.Text {
	if compliant {
		return lang.Say("合规", "compliant")
	}
	return lang.Say("不合规", "not compliant")
}

// Bound says in which direction a limit binds, which its name gives.
func Bound(limit string) lang.Text {
	if strings.HasPrefix(limit, "min_") {
		return lang.Say("不少于", "at least")
	}
	return lang.Say("不超过", "at most")
}

// Sense is Bound as a sign.
func Sense(limit string) string {
	if strings.HasPrefix(limit, "min_") {
		return "≥"
	}
	return "≤"
}
