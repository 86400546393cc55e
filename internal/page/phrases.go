package page

import (
	"encoding/json"
	"html/template"
	"strconv"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// phrases is HTML that all cards of a rulebook hold. A package holds each once, and
// what is packed names it by its number.
type phrases struct {
	number map[template.HTML]int
	list   []template.HTML
	// texts and labels are what texts are named by, alone and before what they name.
	texts, labels map[lang.Text]template.HTML
}

// phrasesOf are the texts of a rulebook's checks, and what its schemas call values.
func phrasesOf(book *results.Rulebook) *phrases {
	p := &phrases{number: map[template.HTML]int{}, list: []template.HTML{}, texts: map[lang.Text]template.HTML{}, labels: map[lang.Text]template.HTML{}}
	for _, c := range book.Rules {
		p.addText(c.Title)
		p.addText(c.Remedy)
		p.add(self((&anchors{taken: map[string]int{}}).of("", c.ID), c.ID))
		for _, b := range c.Basis.Values {
			p.add(both(groundsText(b)))
			p.add(both(basisText(b)))
		}
		for _, limit := range c.Limits {
			for _, l := range limit.Values {
				p.add(both(basisText(l.Basis)))
			}
		}
	}
	if book.Schemas != nil {
		for _, s := range book.Schemas.All() {
			p.addType(s.Root)
		}
	}
	return p
}

// addType adds what a place is called and the values that it may have, and so of all that
// lies in it.
func (p *phrases) addType(t *schema.Type) {
	if t == nil {
		return
	}
	if !t.Title.IsZero() {
		p.addText(t.Title)
		p.labels[t.Title] = p.add(label(t.Title))
	}
	for _, value := range t.Enum {
		if word := t.Labels[value]; !word.IsZero() {
			p.add(both(lang.Say("%s（%s）", "%s (%s)", word, value)))
		}
	}
	p.addType(t.Item)
	for _, field := range t.Fields {
		p.addType(field.Type)
	}
}

func (p *phrases) addText(t lang.Text) { p.texts[t] = p.add(both(t)) }

// add adds a phrase and returns what it is named by.
func (p *phrases) add(said template.HTML) template.HTML {
	if _, known := p.number[said]; !known {
		p.number[said] = len(p.list)
		p.list = append(p.list, said)
	}
	return p.named(said)
}

// text is a text or its number, label the same before what it names.
func (p *phrases) text(t lang.Text) template.HTML {
	if named, known := p.texts[t]; known {
		return named
	}
	return p.named(both(t))
}

func (p *phrases) label(t lang.Text) template.HTML {
	if named, known := p.labels[t]; known {
		return named
	}
	return p.named(label(t))
}

func (p *phrases) value(t lang.Text) template.HTML { return p.named(valueText(t)) }

// named is the number of a phrase in its place: <12>, which no text of a page is, since
// none holds a <.
func (p *phrases) named(said template.HTML) template.HTML {
	if n, known := p.number[said]; known {
		return template.HTML("<" + strconv.Itoa(n) + ">")
	}
	return said
}

// rower writes rows that name phrases.
func (p *phrases) rower() rower {
	return rower{p.text, p.label, p.value, func(b rulebook.Basis) template.HTML { return p.named(both(basisText(b))) },
		func(b rulebook.Basis) template.HTML { return p.named(both(groundsText(b))) },
		func(anchor, id string) template.HTML { return p.named(self(anchor, id)) }}
}

// script is the file that holds the phrases, as HTML.
func (p *phrases) script() (string, error) {
	var list strings.Builder
	list.WriteString("var heguiPhrases = ")
	encoder := json.NewEncoder(&list)
	encoder.SetEscapeHTML(false) // it is a file of its own, not a part of a page
	err := encoder.Encode(p.list)
	return list.String(), err
}
