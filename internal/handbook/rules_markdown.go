package handbook

import (
	"io"

	"hegui/internal/rulebook"
)

// writeMarkdown is the reference of all checks on one page, in both languages
// side by side. Pages parts it where one page would be too long to be shown.
func writeMarkdown(w io.Writer, book *rulebook.Rulebook, _ Options) error {
	s := &sheet{}
	s.Line(generatedMark, " -->")
	s.Gap()
	s.overview(book, nil)
	for _, t := range topics(book) {
		s.Heading(2, topicAnchor(t.name), both(t.title))
		s.about(t)
		for _, c := range t.checks {
			s.check(book, c, 3)
		}
	}
	_, err := w.Write(s.Bytes())
	return err
}
