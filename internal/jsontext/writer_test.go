package jsontext_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hegui/internal/jsontext"
	"hegui/internal/lang"
	"hegui/internal/trial"
)

type model struct {
	Name   string     `json:"name"`
	Given  string     `json:"given,omitempty"`
	Count  int        `json:"count"`
	Held   bool       `json:"held"`
	Text   lang.Text  `json:"text"`
	Names  []string   `json:"names"`
	Inner  []inner    `json:"inner"`
	Number *int       `json:"number"`
	Table  [][]string `json:"table"`
}

type inner struct {
	Name string `json:"name"`
}

// Whatever it is given, the writer writes what encoding/json does.
func TestWriterIsWhatJSONIs(t *testing.T) {
	short := rapid.StringOf(rapid.RuneFrom([]rune("a\"\\\b\f\n\r\t\x00\x1f\x7f<&>é中文、“”，\u2028\u2029\u2027\ud7ff\ue000\ufffd\U0001F600")))
	text := rapid.OneOf(rapid.String(), short, rapid.Map(short, func(s string) string { return strings.Repeat("eight or more "+s, 40) }),
		rapid.Map(rapid.SliceOf(rapid.SampledFrom([]string{"\xed\xa0\x80", "\xed\x9f\xbf", "\xe0\x80\x80", "\xe2\x80", "\xf0\x9f\x98", "\xff", "\u2028", "\u20a8", "a", "中"})), func(all []string) string { return strings.Join(all, "") }),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))
	var w jsontext.Writer
	trial.Check(t, 2000, func(t *rapid.T) {
		m := model{Name: text.Draw(t, "name"), Given: text.Draw(t, "given"), Count: rapid.Int().Draw(t, "count"), Held: rapid.Bool().Draw(t, "held"),
			Text: lang.Text{ZH: text.Draw(t, "zh"), EN: text.Draw(t, "en")}}
		if rapid.Bool().Draw(t, "lists") {
			m.Names, m.Table = rapid.SliceOf(text).Draw(t, "names"), [][]string{{}, nil, {m.Name}}
			m.Inner = rapid.SliceOf(rapid.Map(text, func(s string) inner { return inner{s} })).Draw(t, "inner")
		}
		var want bytes.Buffer
		encoder := json.NewEncoder(&want)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(m); err != nil {
			t.Fatal(err)
		}
		w.Reset()
		w.Open('{')
		w.String("name", m.Name)
		w.Given("given", m.Given)
		w.Int("count", m.Count)
		w.Bool("held", m.Held)
		w.Text("text", m.Text)
		w.Strings("names", m.Names)
		jsontext.Objects(&w, "inner", m.Inner, func(i *inner) { w.String("name", i.Name) })
		w.Value("number", m.Number)
		w.Value("table", m.Table)
		w.Close('}')
		w.End()
		if got, err := w.Bytes(); err != nil || !bytes.Equal(got, want.Bytes()) {
			t.Errorf("%q, %v, want %q", got, err, want.Bytes())
		}
	})
}

// A writer that hands its text on writes the same, wherever a piece ends, and holds little
// of it; what it was handed on to tells that it broke.
func TestWriterHandsItsTextOn(t *testing.T) {
	write := func(w *jsontext.Writer, first int) {
		w.Open('{')
		w.String("first", strings.Repeat("x", first))
		jsontext.Objects(w, "inner", make([]inner, 2000), func(i *inner) {
			w.Given("given", i.Name)
			w.Strings("names", []string{"one", "two"})
			w.Value("table", [][]string{{}, nil, {"three"}})
			w.Int("count", 3)
		})
		w.Open('{')
		w.Close('}')
		w.Close('}')
		w.End()
	}
	for first := range 120 {
		var whole jsontext.Writer
		write(&whole, first)
		want, _ := whole.Bytes()
		var got longest
		w := jsontext.To(&got)
		write(w, first)
		if err := w.Flush(); err != nil || !bytes.Equal(got.Bytes(), want) {
			t.Fatalf("%d, %v: other bytes", first, err)
		}
		if got.most > 10<<10 {
			t.Fatalf("%d bytes are held", got.most)
		}
	}
	w := jsontext.To(broken{})
	write(w, 0)
	if w.Flush() == nil {
		t.Error("a text that was not written is passed off as whole")
	}
}

// longest notes the most that it is handed at once.
type longest struct {
	bytes.Buffer
	most int
}

func (l *longest) Write(text []byte) (int, error) {
	l.most = max(l.most, len(text))
	return l.Buffer.Write(text)
}

// broken takes the last piece, not the first.
type broken struct{}

func (broken) Write(text []byte) (int, error) {
	if len(text) < 8<<10 {
		return len(text), nil
	}
	return 0, errors.New("broken")
}

// A text that lacks a value is not passed off as whole.
func TestWriterKeepsItsError(t *testing.T) {
	var w jsontext.Writer
	w.Open('{')
	w.Value("a", func() {})
	w.Value("b", 1)
	w.Close('}')
	if _, err := w.Bytes(); err == nil {
		t.Error("a value that has no JSON is passed over")
	}
	w.Reset()
	if text, err := w.Bytes(); len(text) > 0 || err != nil {
		t.Errorf("%q, %v: what was written remains", text, err)
	}
}
