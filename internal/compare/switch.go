package compare

import (
	"regexp"
	"slices"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// switches reports facts of the header by which checks no longer apply, or ask for
// less. Each is put back alone to see what it takes out of force. For that only the
// baseline's header must be readable.
func (s *scoping) switches() error {
	header := s.Rulebook.Schemas.Find(rulebook.HeaderTopic)
	was, is := s.p.was(header.Name), s.stated(header.Name)
	if was == nil || is == nil || was.Root == nil || is.Root == nil {
		return nil // the file is gone, or there is nothing to compare
	}
	facts := slices.DeleteFunc(slices.Clone(s.edits(header)), func(e edit) bool { return !s.steers(&e) })
	if len(facts) == 0 {
		return nil
	}
	now, err := s.rulings(is.Root, nil)
	if err != nil {
		return err
	}
	said := map[string]bool{}
	for i := range min(len(facts), maxTried) {
		if err := s.switchedBy(is, now, facts[i:i+1], said); err != nil {
			return err
		}
	}
	return s.switchedBy(is, now, facts, said)
}

// maxTried bounds the facts that are put back one by one; those of a header that
// people wrote are fewer.
const maxTried = 64

// steers reports whether a property of the header decides which checks apply, how
// strict they are, or from when on.
func (s *scoping) steers(e *edit) bool {
	key := e.key()
	reads := regexp.MustCompile(`\.` + regexp.QuoteMeta(key) + `\b`)
	return s.Rulebook.Scales(key) || slices.ContainsFunc(s.Rulebook.Checks, func(c *rulebook.Check) bool {
		return reads.MatchString(c.When) || c.Grace.Since == rulebook.HeaderTopic+"."+e.path
	})
}

// switchedBy reports what some facts take out of force together, but for checks of
// which something is said already.
func (s *scoping) switchedBy(head *document.Document, now []audit.Ruling, facts []edit, said map[string]bool) error {
	then, err := s.rulings(head.Root, facts)
	if err != nil {
		return err
	}
	var lost []Unseen
	for i := range now {
		if id := now[i].Rule.ID; !said[id] && loosened(&then[i], &now[i]) && !superseded(&then[i], now) {
			said[id] = true
			lost = append(lost, Unseen{id, then[i].Severity})
		}
	}
	if len(lost) == 0 {
		return nil
	}
	c := ScopeChange{Kind: switched, Unseen: lost, Location: facts[0].at(head, head.Path),
		Remedy: lang.Say("改回这个事实；属实的，由监管岗位先在主干上放行", "state the fact as before; where it is true, have the supervising post release it in base first")}
	var subjects, hidden []string
	var full, redacted []lang.Text
	for i := range facts {
		subjects, hidden = append(subjects, facts[i].subject(false)), append(hidden, facts[i].subject(true))
		said := facts[i].said()
		full, redacted = append(full, said.Full), append(redacted, said.Redacted)
	}
	c.Subject, c.Redacted = strings.Join(subjects, " "), strings.Join(hidden, " ")
	c.Message = loses(lang.Marked{Full: list(full), Redacted: list(redacted)}, lang.Say("不再适用或放宽", "no longer apply or ask for less"), lost)
	s.add(c)
	return nil
}

// rulings are what each check asks for under a header with some facts as they
// were.
func (s *scoping) rulings(header *document.Value, back []edit) ([]audit.Ruling, error) {
	auditor := &audit.Auditor{Rulebook: s.Rulebook, AsOf: s.AsOf}
	if len(back) > 0 {
		topics, err := putBack(rulebook.Topics{rulebook.HeaderTopic: header}, back)
		if err != nil {
			return nil, err
		}
		header = topics[rulebook.HeaderTopic]
	}
	return auditor.Rulings(header)
}

// putBack is what a platform would say with some facts as they were, as far as
// there is still a place for them.
func putBack(topics rulebook.Topics, facts []edit) (rulebook.Topics, error) {
	var e rulebook.Example
	for _, f := range facts {
		topic := "/" + f.topic.Name
		switch {
		case f.is != nil && f.was != nil:
			e.Set = append(e.Set, rulebook.Assignment{Pointer: topic + f.is.Pointer(), Value: f.was})
		case f.is != nil && f.is.Parent.Kind == document.Map:
			e.Remove = append(e.Remove, topic+f.is.Pointer())
		case f.was != nil && f.was.Parent.Kind == document.Map && topics[f.topic.Name].Find(f.was.Parent.Pointer()) != nil:
			e.Set = append(e.Set, rulebook.Assignment{Pointer: topic + f.was.Pointer(), Value: f.was})
		}
	}
	return e.Patched(topics)
}

// superseded reports whether a stricter twin stands for a check now. That the
// platform's profile leaves the twin out is the policy's doing, not the change's.
func superseded(then *audit.Ruling, now []audit.Ruling) bool {
	return slices.ContainsFunc(now, func(r audit.Ruling) bool {
		return r.Rule.Supersedes == then.Rule.ID && (r.Applies || r.Beyond) && r.Severity >= then.Severity
	})
}

// loosened reports whether a check asks for less than it did.
func loosened(then, now *audit.Ruling) bool {
	switch {
	case !then.Applies:
		return false
	case !now.Applies || now.Severity < then.Severity || now.Early && !then.Early:
		return true
	}
	return slices.ContainsFunc(then.Rule.Limits, func(rule rulebook.LimitRule) bool {
		i := slices.IndexFunc(then.Limits, func(l rulebook.Limit) bool { return l.Name == rule.Name })
		return rule.Looser(now.Limits[i], then.Limits[i]) > 0
	})
}

// maxNamed is how many checks a message names.
const maxNamed = 3

// loses says what a fact does to how many checks, the gravest named first.
func loses(fact lang.Marked, becomes lang.Text, lost []Unseen) lang.Marked {
	gravest := slices.Clone(lost)
	slices.SortStableFunc(gravest, func(a, b Unseen) int { return int(b.Severity) - int(a.Severity) })
	var names []string
	for _, u := range gravest[:min(len(gravest), maxNamed)] {
		names = append(names, u.Check)
	}
	if len(lost) > maxNamed {
		names = append(names, "…")
	}
	vetoes := len(lost) - len(slices.DeleteFunc(slices.Clone(lost), func(u Unseen) bool { return u.Severity == finding.Blocker }))
	sentence := func(fact lang.Text) lang.Text {
		said := lang.Say("%s：%d 个检查项%s", "%[1]s: checks that %[3]s: %[2]d", fact, len(lost), becomes)
		if vetoes > 0 {
			said = lang.Say("%s，其中一票否决 %d 项", "%s, %d of them vetoes", said, vetoes)
		}
		return lang.Say("%s（%s）", "%s (%s)", said, strings.Join(names, ", "))
	}
	return lang.Marked{Full: sentence(fact.Full), Redacted: sentence(fact.Redacted)}
}

func list(texts []lang.Text) lang.Text {
	var zh, en []string
	for _, text := range texts {
		zh, en = append(zh, text.ZH), append(en, text.EN)
	}
	return lang.Text{ZH: strings.Join(zh, "，"), EN: strings.Join(en, ", ")}
}
