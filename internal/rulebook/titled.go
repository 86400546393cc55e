package rulebook

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hegui/internal/document"
	"hegui/internal/form"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/schema"
)

// translate gives the names that are not written as names what they are called where they
// lead: people write the title of a thing.
func (v *view) translate(topics Topics, misspelt []astray, lists map[string]*roll) {
	if len(misspelt) == 0 {
		return
	}
	patterns, goals := map[*document.Value]*Defect{}, map[*schema.Type]*goal{}
	for i := range v.defects {
		if d := &v.defects[i]; d.Keyword == "pattern" {
			patterns[d.At] = d
		}
	}
	for _, stray := range misspelt[:min(len(misspelt), maxTranslated)] {
		d, g := patterns[stray.name], goals[stray.of]
		if d == nil {
			continue
		}
		if g == nil {
			g = v.goal(stray.of.Refs, lists)
			goals[stray.of] = g
		}
		meant := near.Word(form.Folded(stray.name.Text), g.names)
		if meant == "" {
			meant = v.titled(topics, stray)
		}
		remedy := schema.NamesOf(stray.of, g.names)
		switch {
		case len(g.names) == 0 || d.Edit != nil && slices.Contains(g.names, d.Edit.Text) || d.Edit == nil && d.Remedy != stray.schema.General(d.At):
			continue // it is written right as it is said
		case meant != "":
			remedy = lang.Say("是不是 %q？", "did you mean %q?", meant)
		}
		d.Edit, d.Remedy, d.HiddenRemedy = nil, remedy, remedy
	}
}

// maxTranslated is how many names are looked for by what things are called.
const maxTranslated = 200

// titled is the key of the one entry that says what a name says; empty for none.
func (v *view) titled(topics Topics, stray astray) string {
	said := form.Folded(stray.name.Text)
	if utf8.RuneCountInString(said) < 2 {
		return ""
	}
	var same, within []string
	for _, at := range stray.of.Refs {
		list := v.Schemas.List(at)
		v.entries(topics, at, func(entry *document.Value) {
			key := list.ItemKey(entry)
			switch called := words(entry); {
			case key == "":
			case slices.Contains(called, said):
				same = append(same, key)
			case slices.ContainsFunc(called, func(word string) bool { return strings.Contains(word, said) }):
				within = append(within, key)
			}
		})
	}
	switch {
	case len(same) == 1:
		return same[0]
	case len(same) == 0 && len(within) == 1:
		return within[0]
	}
	return ""
}

// words are the texts of an entry, and of what it is called in each language.
func words(entry *document.Value) (all []string) {
	for _, field := range entry.Fields() {
		switch field.Value.Kind {
		case document.String:
			all = append(all, form.Folded(field.Value.Text))
		case document.Map:
			for _, inner := range field.Value.Fields() {
				if inner.Value.Kind == document.String {
					all = append(all, form.Folded(inner.Value.Text))
				}
			}
		}
	}
	return all
}
