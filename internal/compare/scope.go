package compare

import (
	"path"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// The kinds of scope changes, as the policy names them.
const (
	platformGone   = "platform"
	topicGone      = "topic"
	switched       = "switch"
	sightLost      = "sight"
	adverseGone    = "adverse"
	itemGone       = "item"
	recordChanged  = "record"
	evidenceWeaker = "evidence"
	verdictLifted  = "verdict"
)

// ScopeChange is something that was judged at the baseline and no longer is, or a
// fact that was rewritten where it must not be.
type ScopeChange struct {
	Kind string
	// Subject is what the change is about, in the words by which a release names
	// it: a platform's id, a topic, a keyed path, a fact with what it says now.
	Subject string
	// Redacted is the subject for those who must not see sensitive keys.
	Redacted string
	Message  lang.Marked
	Remedy   lang.Text
	// Unseen are the checks that it takes out of sight, in the rulebook's order.
	Unseen []Unseen
	// Blocking is set when the policy stops the change for it, Released when a
	// waiver in base releases it.
	Blocking, Released bool
	Location           finding.Location

	// reversed is the message of the change the other way round.
	reversed lang.Marked
	// bundle is a name that several scope changes share, by which a release may name
	// all of them.
	bundle string
	// thing is the list item that is gone, nil for none.
	thing *item
	// emptied is set where a veto that had failed has nothing left to look at.
	emptied bool
	// mild is set where vetoes that no longer look at something do not stop the change:
	// it comes with new evidence, or makes everything else stricter; and for a verdict
	// that nothing had said before.
	mild bool
}

// Unseen is a check that no longer looks at something.
type Unseen struct {
	Check    string
	Severity finding.Severity
}

// scope lists what the change takes out of the judges' sight.
func (j *Judge) scope(p *Platform, t Trees) ([]ScopeChange, error) {
	var all []ScopeChange
	if p.After == nil {
		all = []ScopeChange{{Kind: platformGone, Subject: p.Before.ID, Location: finding.WholeFile(p.Before.Path),
			Message: lang.Open(lang.Say("平台 %s 不见了", "platform %s is gone", p.Before.ID)),
			Remedy:  lang.Say("平台停用先改 stage；移动目录要保留 code", "state a platform's end in its stage first; keep its code when its folder moves")}}
	} else {
		s := j.scoping(p, t)
		s.respell()
		s.topics()
		s.renamedThings()
		if err := s.switches(); err != nil {
			return nil, err
		}
		s.verdicts()
		s.adverse()
		s.items()
		s.padded()
		s.sight()
		s.records()
		s.claims()
		s.steered()
		s.evidence()
		s.unreadable()
		s.withdraw()
		s.blame()
		p.Worse = s.worsened()
		all = folded(s.found)
	}
	for i := range all {
		c := &all[i]
		if c.Redacted == "" {
			c.Redacted = c.Subject
		}
		c.Blocking = j.blocked(c)
	}
	return all, nil
}

// blocked reports whether the policy stops a scope change. Nor may a record that is
// written otherwise, whatever the policy says of it, take a veto away, nor the last thing
// that a failing veto looked at go.
func (j *Judge) blocked(c *ScopeChange) bool {
	stops := j.Rulebook.Policy.Gate.ScopeChanges[c.Kind] != warn
	switch c.Kind {
	case sightLost:
		return stops && c.vetoes() > 0 && !c.mild
	case recordChanged:
		return stops || c.vetoes() > 0 && !c.mild
	case verdictLifted:
		return stops && !c.mild
	case itemGone:
		return stops || c.emptied
	}
	return stops
}

// vetoes are how many of the checks that look away would be vetoes.
func (c *ScopeChange) vetoes() int {
	n := 0
	for _, u := range c.Unseen {
		if u.Severity == finding.Blocker {
			n++
		}
	}
	return n
}

// warn is the policy's word for a scope change that is only shown; whatever
// else it says blocks.
const warn = "warn"

// scoping compares what is judged of one platform.
type scoping struct {
	*Judge
	p     *Platform
	trees Trees
	found []ScopeChange
	// changed are the edits of topics, registers what these have on record, as far as
	// anybody has asked.
	changed   map[string][]edit
	registers map[string]*register
	// back is head with its switches put back, alone with one fact put back, once anybody
	// has asked.
	back  *backdated
	alone map[*edit]*backdated
	// told are the records that are reported as taken away or rewritten, removed the list
	// items that are gone.
	told, removed map[string]bool
	// cited is what evidence is cited, once anybody has asked.
	cited *proof
	// respelt are topics of head with misspelt keys as the baseline spells them.
	respelt map[string]*document.Document
	// gone are the list items that are reported as gone, or of which the name cannot be
	// read, by topic and key.
	gone map[[2]string]bool
}

func (j *Judge) scoping(p *Platform, t Trees) *scoping {
	return &scoping{Judge: j, p: p, trees: t, gone: map[[2]string]bool{}, told: map[string]bool{}, removed: map[string]bool{}, changed: map[string][]edit{}, registers: map[string]*register{}, respelt: map[string]*document.Document{}, alone: map[*edit]*backdated{}}
}

func (s *scoping) add(c ScopeChange) { s.found = append(s.found, c) }

// topics are the files that the baseline has and head has not; where head has none at
// all, it is the platform.
func (s *scoping) topics() {
	if len(s.p.After.Documents) == 0 && len(s.p.Before.Documents) > 0 {
		s.add(ScopeChange{Kind: platformGone, Subject: s.p.Before.ID, Location: finding.WholeFile(s.p.After.Path),
			Message: lang.Open(lang.Say("平台 %s 里没有一份描述能读了", "no description of platform %s can be read any more", s.p.Before.ID)),
			Remedy:  lang.Say("恢复平台的目录", "bring the platform's folder back")})
		return
	}
	for _, schema := range s.Rulebook.Schemas.Topics() {
		if s.p.Before.Documents[schema.Name] == nil || s.p.After.Documents[schema.Name] != nil {
			continue
		}
		s.add(ScopeChange{Kind: topicGone, Subject: schema.Name, Location: finding.WholeFile(s.file(schema.Name)),
			Message: lang.Open(lang.Say("专题 %s.yaml 不见了", "the topic %s.yaml is gone", schema.Name)),
			Remedy:  lang.Say("恢复这个文件", "bring the file back")})
	}
}

// file is where head has, or would have, a file of the platform.
func (s *scoping) file(name string) string { return path.Join(s.p.After.Path, name+".yaml") }

// edits are the facts of a topic that the change states otherwise.
func (s *scoping) edits(topic *schema.Schema) []edit {
	known, done := s.changed[topic.Name]
	if !done {
		known = edits(topic, s.p.was(topic.Name), s.stated(topic.Name))
		s.changed[topic.Name] = known
	}
	return known
}
