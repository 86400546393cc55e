// Package handbook explains a rulebook to the people who are judged by it: one
// check or clause at a time, or all of it as text, Markdown or JSON. It says
// nothing that the rulebook does not hold, and never lets a number that no law
// sets look like law.
package handbook

import (
	"fmt"
	"io"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// Options say how a text is written. The zero value is English for lines of a
// usual length.
type Options struct {
	Language lang.Language
	// Width is that of the terminal in columns, 0 if there is none.
	Width int
}

// Explain writes all there is to know about one check, clause, instrument or
// article, topic or field, about findings that no check makes, or about a function, a
// part or a keyword of the check language. Words that are none of these are looked for
// in all of them; what is nowhere is an *UnknownError.
func Explain(w io.Writer, book *rulebook.Rulebook, id string, o Options) error {
	p := newPage(o)
	switch {
	case book.Check(id) != nil:
		p.explainCheck(book, book.Check(id))
	case book.Clause(id) != nil:
		p.explainClause(book, book.Clause(id))
	case book.Instrument(id) != nil:
		p.explainInstrument(book, book.Instrument(id))
	case book.Article(id) != nil:
		p.explainArticle(book, book.Article(id))
	case book.Retired(id) != nil:
		p.explainRetired(book, book.Retired(id))
	case fieldAt(book, id) != nil:
		p.explainField(book, readers(book), fieldAt(book, id))
	case topicOf(book, id) != nil:
		p.explainTopic(book, topicOf(book, id))
	case p.explainOwn(id) || p.explainEntry(id):
	default:
		hits := search(book, id)
		if len(hits) == 0 {
			return &UnknownError{ID: id, Near: meant(book, id)}
		}
		p.found(id, hits)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// Format is one way to write a whole rulebook.
type Format struct {
	// Name is what `hegui rules --format` calls the format.
	Name  string
	write func(w io.Writer, book *rulebook.Rulebook, o Options) error
}

// Write writes the rulebook. The same rulebook and options give the same bytes;
// Markdown and JSON speak both languages whatever the options say.
func (f Format) Write(w io.Writer, book *rulebook.Rulebook, o Options) error {
	return f.write(w, book, o)
}

// Formats are all formats, in the order in which help lists them.
func Formats() []Format {
	return []Format{{"text", writeText}, {"md", writeMarkdown}, {"json", writeJSON}}
}

// SourceFormats are those of what the rulebook's demands rest on, with what rests
// on each article of it.
func SourceFormats() []Format {
	return []Format{{"text", writeSourcesText}, {"md", writeSourcesMarkdown}, {"json", writeSourcesJSON}}
}

// UnknownError is a name that nothing in the rulebook or the vocabulary has.
type UnknownError struct {
	ID string
	// Near are the ids that may have been meant, if any.
	Near []string
}

func (e *UnknownError) Error() string { return e.Text().EN }

// Text is the error in both languages. The id comes from outside and is quoted.
func (e *UnknownError) Text() lang.Text {
	id := document.Quote(e.ID)
	if len(e.Near) == 0 {
		return lang.Say("没有检查项、条款、依据、字段或问题 %s：hegui rules 列出全部", "no check, clause, source, field or finding %s: hegui rules lists them all", id)
	}
	return lang.Say("没有检查项、条款、依据、字段或问题 %[1]s：是不是 %[2]s？", "no check, clause, source, field or finding %[1]s: did you mean %[3]s?",
		id, strings.Join(e.Near, "、"), strings.Join(e.Near, ", "))
}

// place is the file and line of a check, in the form that editors open.
func place(c *rulebook.Check) string { return fmt.Sprintf("%s:%d", c.Path, c.Pos.Line) }
