// Package jsontext writes JSON by appending, byte for byte as encoding/json does
// without its care for HTML, for what is written so often that looking at types costs.
package jsontext

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"

	"hegui/internal/lang"
)

// piece is how many bytes a Writer that hands its text on holds, beside the longest value.
const piece = 8 << 10

// Writer is a text on its way. Commas come by themselves. Of several errors it keeps the
// first, after which its text is worthless. The zero Writer holds all of its text.
type Writer struct {
	text []byte
	err  error
	// to is handed the text in pieces, nil for none.
	to io.Writer
}

// To is a Writer that holds little of its text: the rest is handed on.
func To(to io.Writer) *Writer { return &Writer{to: to} }

// Bytes are the text as far as it is written, until the next call.
func (w *Writer) Bytes() ([]byte, error) { return w.text, w.err }

// Flush hands on what is left, and says what went wrong.
func (w *Writer) Flush() error {
	if _, err := w.to.Write(w.text); w.err == nil {
		w.err = err
	}
	w.text = w.text[:0]
	return w.err
}

// Reset begins another text in the same memory.
func (w *Writer) Reset() { w.text, w.err = w.text[:0], nil }

// Key begins a value of an object.
func (w *Writer) Key(name string) {
	w.next()
	w.text = append(w.text, '"')
	w.text = append(w.text, name...)
	w.text = append(w.text, '"', ':')
}

// next separates a key or a value from what stands before it. Only here is text handed on:
// what follows begins with no comma.
func (w *Writer) next() {
	if n := len(w.text); n > 0 {
		switch w.text[n-1] {
		case '{', '[', ':', '\n':
		default:
			w.text = append(w.text, ',')
		}
		if n >= piece && w.to != nil {
			_ = w.Flush() // which is kept
		}
	}
}

// Open opens an object or a list, Close closes it.
func (w *Writer) Open(bracket byte) {
	w.next()
	w.text = append(w.text, bracket)
}

// Close closes what was opened last.
func (w *Writer) Close(bracket byte) { w.text = append(w.text, bracket) }

// End ends a line.
func (w *Writer) End() { w.text = append(w.text, '\n') }

// Literal writes what is JSON already, as it stands.
func (w *Writer) Literal(text string) {
	w.next()
	w.text = append(w.text, text...)
}

// Copy writes keys with their values that are written already.
func (w *Writer) Copy(members []byte) {
	w.next()
	w.text = append(w.text, members...)
}

// String writes a text below a key.
func (w *Writer) String(key, value string) {
	w.Key(key)
	w.text = quote(w.text, value)
}

// Given writes a text below a key, unless it is empty.
func (w *Writer) Given(key, value string) {
	if value != "" {
		w.String(key, value)
	}
}

// Int writes a whole number below a key.
func (w *Writer) Int(key string, value int) {
	w.Key(key)
	w.text = strconv.AppendInt(w.text, int64(value), 10)
}

// Bool writes true or false below a key.
func (w *Writer) Bool(key string, value bool) {
	w.Key(key)
	w.text = strconv.AppendBool(w.text, value)
}

// Text writes a text in both languages below a key.
func (w *Writer) Text(key string, value lang.Text) {
	w.Key(key)
	w.Open('{')
	w.String("zh", value.ZH)
	w.String("en", value.EN)
	w.Close('}')
}

// GivenText writes a text in both languages below a key, unless it is empty.
func (w *Writer) GivenText(key string, value lang.Text) {
	if !value.IsZero() {
		w.Text(key, value)
	}
}

// Strings write texts below a key, null for nil.
func (w *Writer) Strings(key string, values []string) {
	w.Key(key)
	if values == nil {
		w.Literal("null")
		return
	}
	w.Open('[')
	for _, value := range values {
		w.next()
		w.text = quote(w.text, value)
	}
	w.Close(']')
}

// Objects write an object for every item below a key, null for nil.
func Objects[T any](w *Writer, key string, items []T, members func(*T)) {
	w.Key(key)
	if items == nil {
		w.Literal("null")
		return
	}
	w.Open('[')
	for i := range items {
		w.Open('{')
		members(&items[i])
		w.Close('}')
	}
	w.Close(']')
}

// Value writes whatever it is below a key, by its type.
func (w *Writer) Value(key string, value any) {
	w.Key(key)
	w.Element(value)
}

// Element writes whatever it is as an item of a list, or below a key that is written.
func (w *Writer) Element(value any) {
	w.next()
	encoder := json.NewEncoder((*tail)(w))
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil && w.err == nil {
		w.err = err
	}
}

// tail is where a value goes, without the end of the line that an encoder adds.
type tail Writer

func (t *tail) Write(text []byte) (int, error) {
	t.text = append(t.text, bytes.TrimSuffix(text, []byte("\n"))...)
	return len(text), nil
}
