package handbook

import (
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/typeset"
)

// sheet is a Markdown page on its way. Without the links it is the one page
// that holds everything.
type sheet struct {
	typeset.Sheet
	// index leads to the page of the clauses, folder to those of the topics;
	// empty where that is this page.
	index, folder string
	// sources leads to the pages of the sources, empty where that is this page or
	// there are none.
	sources string
}

// both is a text in both languages on one line.
func both(t lang.Text) string {
	if t.ZH == t.EN {
		return typeset.Markdown(t.EN)
	}
	return typeset.Markdown(t.ZH) + " / " + typeset.Markdown(t.EN)
}

// link leads to an anchor of this page.
func (s *sheet) link(text, anchor string) string { return "[" + text + "](#" + anchor + ")" }

// toClause leads to a clause by its number.
func (s *sheet) toClause(id string) string {
	return "[" + typeset.Markdown(id) + "](" + s.index + "#" + clauseAnchor(id) + ")"
}

// toCheck leads to a check in full.
func (s *sheet) toCheck(c *rulebook.Check, text string) string {
	return "[" + text + "](" + s.pageOf(c.Topic) + "#" + c.ID + ")"
}

// toTopic leads to the checks of a topic in full.
func (s *sheet) toTopic(t topic) string {
	target := s.pageOf(t.name)
	if target == "" {
		target = "#" + topicAnchor(t.name)
	}
	return "[" + both(t.title) + "](" + target + ")"
}

// pageOf is the page of a topic's checks, empty for this page.
func (s *sheet) pageOf(topic string) string {
	if s.folder == "" {
		return ""
	}
	return s.folder + topic + ".md"
}

func languageNames() []string {
	return []string{lang.Say("中文", "English").ZH, lang.Say("中文", "English").EN}
}
