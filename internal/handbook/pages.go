package handbook

import (
	"bytes"
	"slices"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/typeset"
)

// The places of the pages, relative to the folder that they are written to.
const (
	IndexPage = "checks.md"
	PagesDir  = "checks"
)

// PagesDirs are the folders of pages, of which those of an earlier run go.
func PagesDirs() []string { return []string{PagesDir, SourcesDir, fieldsDir} }

// generatedMark opens the first line of all that is generated.
const generatedMark = "<!-- hegui rules --format md"

// MarkSize is how much of a file Generated must see.
const MarkSize = len(generatedMark)

// Page is one file of the reference.
type Page struct {
	// Path is relative to the folder of the reference, with slashes.
	Path string
	Text []byte
}

// Pages is the reference in pages that a code host still shows: an index, a
// page for each topic that has checks, the fields, the sources and the glossary.
func Pages(book *rulebook.Rulebook, overlays []Overlay) []Page {
	index := generated(fromRulebook())
	index.folder, index.sources = PagesDir+"/", linkable(book, SourcesDir+"/")
	index.overview(book, overlays)
	pages := []Page{{IndexPage, index.Bytes()}}
	for _, t := range topics(book) {
		s := generated(fromRulebook())
		s.index, s.sources = "../"+IndexPage, linkable(book, "../"+SourcesDir+"/")
		s.topicPage(book, t)
		pages = append(pages, Page{PagesDir + "/" + t.name + ".md", s.Bytes()})
	}
	return slices.Concat(pages, fieldPages(book), sourcesPages(book), glossaries(), languagePages())
}

// linkable is where the pages of the sources are, empty where there are none.
func linkable(book *rulebook.Rulebook, folder string) string {
	if len(book.Sources) == 0 {
		return ""
	}
	return folder
}

// Generated reports whether a page begins as those that Pages writes: what does
// not is the user's own work.
func Generated(head []byte) bool { return bytes.HasPrefix(head, []byte(generatedMark)) }

func fromRulebook() lang.Text {
	return lang.Say("由 schemas/ 和 checks/ 生成，请勿手改", "generated from schemas/ and checks/, not to be edited")
}

// generated is an empty page that says where its text comes from.
func generated(t lang.Text) *sheet {
	s := &sheet{}
	s.Line(generatedMark, " --pages docs: ", t.ZH, " / ", t.EN, " -->")
	s.Gap()
	return s
}

// topicPage is all checks of one topic.
func (s *sheet) topicPage(book *rulebook.Rulebook, t topic) {
	s.Line("# ", both(t.title))
	s.Gap()
	s.Line("[← ", both(referenceTitle()), "](", s.index, ") · ", both(lang.Count(len(t.checks), "个检查项", "check", "checks")), " · ", typeset.Span(t.name+".yaml"))
	s.Gap()
	s.about(t)
	for _, c := range t.checks {
		s.Line("- ", s.toCheck(c, both(c.Title)), " · ", both(severities(c)))
	}
	s.Gap()
	for _, c := range t.checks {
		s.check(book, c, 2)
	}
}

// about is what the topic's schema says of it.
func (s *sheet) about(t topic) {
	if t.about.IsZero() {
		return
	}
	s.Line(both(t.about))
	s.Gap()
}

// topic is a topic that has checks.
type topic struct {
	name         string
	title, about lang.Text
	checks       []*rulebook.Check
}

// topics are those that have checks, in their order.
func topics(book *rulebook.Rulebook) []topic {
	var out []topic
	for _, s := range book.Schemas.Topics() {
		t := topic{name: s.Name, title: topicTitle(book, s.Name), about: s.Root.About}
		for _, c := range book.Checks {
			if c.Topic == s.Name {
				t.checks = append(t.checks, c)
			}
		}
		if len(t.checks) > 0 {
			out = append(out, t)
		}
	}
	return out
}

func topicAnchor(name string) string { return "topic-" + name }
