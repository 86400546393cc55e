package audit

import (
	"slices"

	"hegui/internal/expression"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// judge runs every check. A broken topic fails its own checks; to those of
// other topics it is absent.
func (r *reading) judge() error {
	frame := r.Rulebook.Env.NewFrame(r.AsOf)
	if r.pins {
		frame.Pin()
	}
	for _, s := range r.Rulebook.Schemas.Topics() {
		if r.broken[s.Name] {
			continue
		}
		if err := frame.Bind(s.Name, s.Root, r.docs[s.Name].Root); err != nil {
			return err
		}
	}
	missed := map[string]bool{}
	for _, rule := range r.Rulebook.Checks {
		c := Check{Ruling: Ruling{Rule: rule, Severity: rule.Severity.At(r.level), Basis: rule.Basis.At(r.level), Outcome: finding.NotApplicable}}
		for _, limit := range rule.Limits {
			c.Limits = append(c.Limits, limit.At(r.level))
		}
		if r.broken[rule.Topic] {
			if err := r.judgeBroken(&c, frame, missed); err != nil {
				return err
			}
		} else if err := r.judgeCheck(&c, frame); err != nil {
			return err
		}
		r.Checks = append(r.Checks, c)
	}
	r.future()
	return nil
}

func (r *reading) judgeBroken(c *Check, frame *rulebook.Frame, missed map[string]bool) error {
	applies, err := c.Rule.Applies(frame)
	if err != nil {
		return err
	}
	if c.Applies = applies; !applies {
		return nil
	}
	topic := c.Rule.Topic
	c.Outcome, c.CausedBy = finding.Fail, topic
	if r.docs[topic] == nil && topic != rulebook.HeaderTopic && r.folder.broken.IsZero() && !missed[topic] {
		missed[topic] = true
		r.missing(topic)
	}
	return nil
}

func (r *reading) judgeCheck(c *Check, frame *rulebook.Frame) error {
	judgement, err := c.Rule.Judge(frame, r.level)
	if err != nil {
		return err
	}
	c.Applies, c.Flips = judgement.Applies, judgement.Flips
	if judgement.TooCostly {
		r.tooCostly(c)
		return nil
	}
	r.note(c, judgement.Future)
	for _, judged := range judgement.Items {
		c.Items = append(c.Items, r.item(judged))
		c.Outcome = c.Outcome.Join(judged.Outcome)
		if judged.Outcome == finding.Fail {
			r.Findings = append(r.Findings, r.checkFinding(c, judged))
		}
	}
	return nil
}

func (r *reading) item(judged rulebook.Judged) Item {
	item := Item{Name: judged.Name(), Redacted: judged.RedactedName(), Keys: judged.Keys, Outcome: judged.Outcome, Place: judged.Place}
	if r.pins {
		item.Fact = r.fact(judged.Facts)
		item.Sensitive = item.Fact != "" && slices.ContainsFunc(judged.Facts, func(f expression.Fact) bool { return r.isSensitive(f.Value) })
	}
	return item
}

func (r *reading) tooCostly(c *Check) {
	c.Items, c.Outcome = []Item{{Outcome: finding.Fail}}, finding.Fail
	doc := r.docs[c.Rule.Topic]
	f := r.documentFinding("too_costly", finding.Near(doc.Root, doc.Root.Start, doc.Root.Start),
		lang.Say("检查项 %s 在这份描述上耗费过大", "check %s costs too much on this description", c.Rule.ID),
		lang.Say("减少列表的项数，或把平台拆开描述", "shorten the lists, or describe the platform in parts"), c.Rule.ID)
	r.excerpts.Quote(&f, doc)
	r.Findings = append(r.Findings, f)
}

func (r *reading) checkFinding(c *Check, item rulebook.Judged) finding.Finding {
	place := item.Place
	if place.Document() == nil {
		place = r.docs[c.Rule.Topic].Root
	}
	f := finding.Finding{
		Check: c.Rule.ID, Title: c.Rule.Title, Clauses: c.Rule.Clauses, Severity: c.Severity, Platform: r.ID, Item: item.Name(),
		Message: item.Message.Full, Remedy: c.Rule.Remedy, Source: c.Source(), Location: finding.At(place),
		Fingerprint: finding.Fingerprint(c.Rule.ID, r.Code, item.Keys...), Keys: item.Keys,
	}
	r.excerpts.Quote(&f, place.Document())
	if item.Message.Redacted != f.Message {
		f.Hide().Message = item.Message.Redacted
	}
	if redacted := item.RedactedName(); redacted != f.Item {
		f.Hide().Item = redacted
	}
	return f
}
