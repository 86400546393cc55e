// Package reference is the reference of the check language: what can be written
// in checks and schemas, what is refused and why, each with an example. Its text
// has one home, from which the pages and `hegui explain` are made, and which
// tests hold to the code.
package reference

import (
	_ "embed"
	"fmt"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
)

//go:embed reference.yaml
var text []byte

// Section is a part of the reference.
type Section struct {
	ID           string
	Title, About lang.Text
	Entries      []Entry
}

// Entry is one function, form, keyword or refusal.
type Entry struct {
	// Name is what `hegui explain` takes.
	Name string
	// Form is how it is written, empty where the name says it.
	Form     string
	About    lang.Text
	Examples []Example
}

// Example is a change of the rulebook in docs/examples/public-wifi, or of the
// platform that complies with it.
type Example struct {
	// Check holds the keys of a check that matter here; all others are
	// understood.
	Check string
	// File is written in place of the example's own; Text is what is in it.
	File, Text string
	// Run is what follows `hegui` to see what the example shows; empty: test.
	Run string
	// Says is what is refused or reported; zero where nothing is.
	Says lang.Text
}

// Sections are the whole reference, in the order of its pages.
func Sections() []Section {
	all, _ := parse() // a test holds the file to its form
	return all
}

func parse() ([]Section, error) {
	doc := document.Parse("reference.yaml", text, document.DefaultLimits())
	if len(doc.Problems) > 0 {
		p := doc.Problems[0]
		return nil, fmt.Errorf("reference.yaml:%d: %s", p.Start.Line, p.Message.EN)
	}
	var out []Section
	for _, v := range doc.Root.ListAt("sections") {
		s := Section{ID: v.TextAt("id"), Title: both(v, "title"), About: both(v, "about")}
		for _, e := range v.ListAt("entries") {
			s.Entries = append(s.Entries, entry(e))
		}
		out = append(out, s)
	}
	return out, nil
}

func entry(v *document.Value) Entry {
	e := Entry{Name: v.TextAt("name"), Form: v.TextAt("form"), About: both(v, "about")}
	for _, x := range v.ListAt("examples") {
		e.Examples = append(e.Examples, Example{Check: x.TextAt("check"), File: x.TextAt("file"), Text: x.TextAt("text"), Run: x.TextAt("run"), Says: both(x, "says")})
	}
	return e
}

// Find returns the entry of that name; a function may be written with its
// parentheses.
func Find(name string) (Entry, bool) {
	for _, s := range Sections() {
		for _, e := range s.Entries {
			if strings.TrimSuffix(name, "()") == e.Name {
				return e, true
			}
		}
	}
	return Entry{}, false
}

// Names are those of all entries, in the order of the pages.
func Names() []string {
	var names []string
	for _, s := range Sections() {
		for _, e := range s.Entries {
			names = append(names, e.Name)
		}
	}
	return names
}

// both is a text in both languages, folded lines joined.
func both(v *document.Value, key string) lang.Text {
	v = v.Get(key)
	return lang.Text{ZH: strings.Join(strings.Fields(v.TextAt("zh")), " "), EN: strings.Join(strings.Fields(v.TextAt("en")), " ")}
}
