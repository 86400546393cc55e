package compare

import (
	"context"
	"path"
	"slices"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// The kinds of scope changes, as the policy names them.
const (
	platformGone = "platform"
	topicGone    = "topic"
	switched     = "switch"
	itemGone     = "item"
)

// ScopeChange is something that was judged at the baseline and no longer is.
type ScopeChange struct {
	Kind string
	// Subject is what is gone: a platform's id, a topic, a check, a keyed path.
	Subject string
	// Redacted is the subject for those who must not see sensitive keys.
	Redacted string
	Message  lang.Marked
	Remedy   lang.Text
	// Blocking is set when the policy stops the change for it, Released when a
	// waiver in base releases it.
	Blocking, Released bool
	Location           finding.Location
}

// scope lists what the change takes out of the judges' sight.
func (j *Judge) scope(p *Platform) []ScopeChange {
	var all []ScopeChange
	if p.After == nil {
		all = []ScopeChange{{Kind: platformGone, Subject: p.Before.ID, Location: finding.WholeFile(p.Before.Path),
			Message: lang.Open(lang.Say("平台 %s 不见了", "platform %s is gone", p.Before.ID)),
			Remedy:  lang.Say("平台停用先改 stage；移动目录要保留 code", "state a platform's end in its stage first; keep its code when its folder moves")}}
	} else {
		s := &scoping{Judge: j, p: p, gone: map[[2]string]bool{}}
		s.topics()
		s.switches()
		s.items()
		s.unseen()
		all = s.found
	}
	for i := range all {
		c := &all[i]
		if c.Redacted == "" {
			c.Redacted = c.Subject
		}
		c.Blocking = j.Rulebook.Policy.Gate.ScopeChanges[c.Kind] != warn
	}
	return all
}

// warn is the policy's word for a scope change that is only shown; whatever
// else it says blocks.
const warn = "warn"

// scoping compares what is judged of one platform.
type scoping struct {
	*Judge
	p     *Platform
	found []ScopeChange
	// gone are the list items that are reported as gone, by topic and key.
	gone map[[2]string]bool
}

func (s *scoping) add(c ScopeChange) { s.found = append(s.found, c) }

// topics are the files that the baseline has and head has not.
func (s *scoping) topics() {
	for _, schema := range s.Rulebook.Schemas.Topics() {
		if s.p.Before.Documents[schema.Name] == nil || s.p.After.Documents[schema.Name] != nil {
			continue
		}
		s.add(ScopeChange{Kind: topicGone, Subject: schema.Name, Location: finding.WholeFile(path.Join(s.p.After.Path, schema.Name+".yaml")),
			Message: lang.Open(lang.Say("专题 %s.yaml 不见了", "the topic %s.yaml is gone", schema.Name)),
			Remedy:  lang.Say("恢复这个文件", "bring the file back")})
	}
}

// switches are the checks that no longer apply, or ask for less, because of
// what the header says. A header that could not be read before made every check
// apply, which was no judgement.
func (s *scoping) switches() {
	why, at := s.facts()
	for i := range s.p.Before.Checks {
		before, after := &s.p.Before.Checks[i], &s.p.After.Checks[i]
		if message := loosened(before, after, why.Full); !message.IsZero() {
			s.add(ScopeChange{Kind: switched, Subject: before.Rule.ID, Location: at, Message: lang.Marked{Full: message, Redacted: loosened(before, after, why.Redacted)},
				Remedy: lang.Say("改回这些事实，或由监管岗位先在主干上批准", "state these facts as before, or have the supervising post approve it in base first")})
		}
	}
}

// loosened says how a check asks for less than before, nothing if it does not.
func loosened(before, after *examine.Check, why lang.Text) lang.Text {
	switch {
	case !before.Applies || before.Unsure:
		return lang.Text{}
	case !after.Applies:
		return lang.Say("检查项 %s（%s）不再适用：%s", "check %s (%s) no longer applies: %s", before.Rule.ID, before.Rule.Title, why)
	case after.Severity < before.Severity:
		return lang.Say("检查项 %s（%s）从%s降为%s：%s", "check %s (%s) falls from %s to %s: %s",
			before.Rule.ID, before.Rule.Title, before.Severity.Text(), after.Severity.Text(), why)
	}
	for i, rule := range before.Rule.Limits {
		if rule.Looser(after.Limits[i], before.Limits[i]) > 0 {
			return lang.Say("检查项 %s 的限值从 %s 放宽到 %s：%s", "the limit of check %s loosens from %s to %s: %s",
				before.Rule.ID, before.Limits[i].Text(), after.Limits[i].Text(), why)
		}
	}
	return lang.Text{}
}

// facts describes what differs in the header's file, and where in head.
func (s *scoping) facts() (lang.Marked, finding.Location) {
	schema := s.Rulebook.Schemas.Find(rulebook.HeaderTopic)
	was, is := s.p.Before.Documents[schema.Name], s.p.After.Documents[schema.Name]
	at := finding.WholeFile(path.Join(s.p.After.Path, schema.Name+".yaml"))
	if was == nil || is == nil || was.Root == nil || is.Root == nil {
		return lang.Open(lang.Say("%s.yaml 变了", "%s.yaml has changed", schema.Name)), at
	}
	old := scalars(schema, was.Root)
	var full, redacted []lang.Text
	for _, f := range scalars(schema, is.Root) {
		before, stated := find(old, f.path)
		if !stated || before == f.text {
			continue
		}
		if len(full) == 0 {
			at = finding.Near(f.value, f.value.Start, f.value.End)
		}
		if len(full) == maxFacts {
			break
		}
		change := lang.Say("%s 由 %s 改为 %s", "%s was %s and is %s", f.path, document.Quote(before), document.Quote(f.text))
		full = append(full, change)
		if schema.Sensitive(f.value) {
			change = lang.Say("%s 变了", "%s has changed", strings.TrimPrefix(schema.Root.RedactedPath(f.value), "/"))
		}
		redacted = append(redacted, change)
	}
	if len(full) == 0 {
		return lang.Open(lang.Say("%s.yaml 的事实变了", "facts of %s.yaml have changed", schema.Name)), at
	}
	return lang.Marked{Full: list(full), Redacted: list(redacted)}, at
}

func list(texts []lang.Text) lang.Text {
	var zh, en []string
	for _, text := range texts {
		zh, en = append(zh, text.ZH), append(en, text.EN)
	}
	return lang.Text{ZH: strings.Join(zh, "，"), EN: strings.Join(en, ", ")}
}

// maxFacts is how many changed facts a message names.
const maxFacts = 3

// release lets through what a waiver in base names. A platform that is gone has
// no waivers in head, so that those of base's tip alone suffice.
func (j *Judge) release(ctx context.Context, p *Platform, trusted *tip) {
	if len(p.Scope) == 0 {
		return
	}
	for _, w := range j.releases(ctx, p, trusted) {
		kind, isScope := strings.CutPrefix(w.Check, examine.ScopePrefix)
		if !isScope || w.State != examine.WaiverActive {
			continue
		}
		for i := range p.Scope {
			if c := &p.Scope[i]; c.Kind == kind && (w.Item == "" || j.Rulebook.Current(w.Item) == c.Subject) {
				c.Blocking, c.Released = false, true
			}
		}
	}
}

func (j *Judge) releases(ctx context.Context, p *Platform, trusted *tip) []examine.Waiver {
	if p.After != nil {
		return p.After.Waivers
	}
	auditor := &audit.Auditor{Tree: trusted.tree, Rulebook: j.Rulebook, AsOf: j.AsOf}
	stands, _ := auditor.Judge(ctx, []audit.Folder{{ID: p.Before.ID, Path: p.Before.Path}})
	if i := slices.IndexFunc(stands, func(t *audit.Platform) bool { return t.ID == p.Before.ID && t.Code == p.Before.Code }); i >= 0 {
		return examine.Apply(j.Rulebook, stands[i], nil, j.AsOf).Waivers
	}
	return nil
}
