package compare

import (
	"slices"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// steered reports facts that decide what is asked of the platform and that nothing else
// reports: figures that were lowered, names in the header, such as that of the
// operator, that checks compare others with, and what a platform only declares.
func (s *scoping) steered() {
	for _, topic := range s.Rulebook.Schemas.Topics() {
		r := s.register(topic)
		if r == nil {
			continue
		}
		facts := s.edits(topic)
		for i := range facts {
			e := &facts[i]
			less := e.lowered() && e.is != nil && e.kind.Kind == schema.Integer
			if !less && !s.compared(e) && !e.declared() || slices.ContainsFunc(s.found, func(c ScopeChange) bool { return c.Subject == e.subject(false) }) {
				continue
			}
			s.changedFact(e, r, func(said lang.Text) lang.Text {
				return lang.Say("%s（检查项据此判断）", "%s (checks go by it)", said)
			}, lang.Say("确认事实真的变了，与依据一致", "make sure that the fact really is another, and agrees with what shows it"))
		}
	}
}

// declared reports whether the change states otherwise, or adds to a list, what a platform
// only declares. What it no longer states is not believed any more.
func (e *edit) declared() bool {
	if list := e.kind.Of; list != nil {
		return list.Declared && e.was == nil
	}
	return e.kind.Declared && e.was != nil && e.is != nil
}

// compared reports whether a fact is a name of the header that some check reads.
func (s *scoping) compared(e *edit) bool {
	return e.was != nil && e.is != nil && e.topic.Name == rulebook.HeaderTopic && !strings.Contains(e.path, "[") &&
		e.kind.Kind == schema.String && e.kind.Enum == nil &&
		slices.ContainsFunc(s.Rulebook.Checks, func(c *rulebook.Check) bool { return slices.Contains(c.Reads(), e.kind.Name) })
}
