package audit

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// judge runs every check.
func (r *reading) judge() error {
	if r.pins {
		r.frame.Pin()
	}
	if !r.later() {
		r.frame.Explain()
	}
	r.Checks = r.checks(len(r.Rulebook.Checks))
	for i, rule := range r.Rulebook.Checks {
		if r.told > maxTold {
			return nil
		}
		if r.repeat(rule) {
			continue
		}
		told, found := r.told, len(r.findings)
		r.Checks = append(r.Checks, Check{Ruling: r.ruling(i)})
		c := &r.Checks[len(r.Checks)-1]
		if c.Unjudged = r.unjudged(rule); c.Unjudged.IsZero() {
			if err := r.judgeCheck(c, rule); err != nil {
				return err
			}
		}
		if err := r.announce(c, rule); err != nil {
			return err
		}
		if err := r.decided(c, rule); err != nil {
			return err
		}
		r.remember(c, rule, r.told-told, r.findings[found:])
	}
	r.future()
	return nil
}

// Rulings are what a header alone makes of each check: whether it applies to the
// platform, and what it asks for.
func (a *Auditor) Rulings(header *document.Value) ([]Ruling, error) {
	r := &reading{Auditor: a, Rulebook: a.Rulebook.On(a.AsOf), Platform: &Platform{}}
	r.frame, _ = r.Rulebook.View(rulebook.Topics{rulebook.HeaderTopic: header}, nil, a.AsOf)
	r.Code = header.TextAt("code")
	r.scale(header)
	all := make([]Ruling, len(r.Rulebook.Checks))
	for i, rule := range r.Rulebook.Checks {
		c := r.ruling(i)
		standing, err := rule.Standing(r.frame, r.level)
		if err != nil {
			return nil, err
		}
		switch c.Unjudged = r.unjudged(rule); {
		case c.Unjudged.IsZero():
			c.Applies, c.Unsure, c.OutOfForce, c.Early = standing.Applies, standing.Unsure, standing.OutOfForce, standing.Early
		case rule.Drop() == nil:
			c.Beyond = standing.Applies
		}
		all[i] = c
	}
	return all, nil
}

// unjudged says why a check is not for this platform, zero where it is.
func (r *reading) unjudged(rule *rulebook.Check) lang.Text {
	if !r.Profile.Has(rule) {
		return lang.Say("不在“%s”口径内", "not in profile %s", r.Profile.Text())
	}
	if drop := rule.Drop(); drop != nil {
		return lang.Say("本地决定不采用（%s，%s）", "dropped locally (%s, %s)", drop.By, drop.On)
	}
	return lang.Text{}
}

// ruling is what a check of the rulebook, by position, asks for before it is judged.
func (r *reading) ruling(i int) Ruling {
	return Ruling{Demand: r.demand(i, r.Rulebook.Checks[i].LevelAt(r.frame, r.level)), Outcome: finding.NotApplicable}
}

// judgeCheck judges by a rule, whose outcome becomes c.
func (r *reading) judgeCheck(c *Check, rule *rulebook.Check) error {
	answer, err := r.answer(c, rule)
	if err != nil {
		return err
	}
	judgement, breaks := &answer.Judgement, answer.breaks
	c.Applies, c.Unsure, c.OutOfForce, c.Upcoming, c.Beside, c.Flips, c.Early = judgement.Applies, judgement.Unsure, judgement.OutOfForce, judgement.Upcoming, judgement.Beside, judgement.Flips, judgement.Early
	if judgement.TooCostly {
		r.tooCostly(c)
		return nil
	}
	if !c.Applies && c.OutOfForce.IsZero() {
		// That a check does not apply is a claim like any other.
		judged := &rulebook.Judged{Outcome: finding.NotApplicable, Facts: judgement.Facts, Place: firstStated(judgement.Facts)}
		item := r.item(judged)
		if r.pins {
			item.pin = r.pinned(judged)
		}
		c.Items = append(r.itemsOf(1), item)
		return nil
	}
	r.note(c, judgement.Future)
	c.Items = r.itemsOf(len(judgement.Items))
	for i := range judgement.Items {
		judged := &judgement.Items[i]
		if r.told += 1 + waits(judged.Absent); r.told > maxTold {
			return nil
		}
		for _, absent := range judged.Absent {
			if absent.Ahead != nil {
				r.note(c, []*document.Value{absent.Ahead})
			}
		}
		item := r.item(judged)
		if r.pins {
			item.pin = r.pinOf(answer, i)
		}
		item.Eased = judged.Outcome == finding.Fail && !breaks(judged)
		c.Items = append(c.Items, item)
		c.Outcome = c.Outcome.Join(judged.Outcome)
		if judged.Outcome == finding.Fail && len(judged.Absent) == 0 {
			f := r.checkFinding(c, judged)
			if item.Eased {
				f.Severity = min(f.Severity, finding.Major)
			}
			r.report(f)
		}
	}
	if c.Applies && c.Outcome == finding.NotApplicable {
		c.Beside = r.nothing(rule)
	}
	return nil
}

// nothing says that the list which a check looks through holds nothing for it.
func (r *reading) nothing(rule *rulebook.Check) lang.Text {
	if len(rule.Each) == 0 {
		return lang.Text{}
	}
	parts := strings.Split(rule.Each[0].List, ".")
	for n := len(parts); n > 1; n-- { // what follows the list is what is done with it
		path := strings.Join(parts[:n], ".")
		if list := r.Rulebook.Schemas.List(path); list != nil && !list.Title.IsZero() {
			return lang.Say("%[1]s（%[2]s）中没有本检查项要看的", "nothing in %[2]s for the check to look at", list.Title, path)
		}
	}
	return lang.Text{}
}

// firstStated is the first of the facts that is stated, nil for none.
func firstStated(facts []expression.Fact) *document.Value {
	for _, f := range facts {
		if f.Value != nil {
			return f.Value
		}
	}
	return nil
}

// waits counts what an item waits for.
func waits(absences []*expression.Absent) (n int) {
	for _, absent := range absences {
		n += 1 + len(absent.Defects)
	}
	return n
}

func (r *reading) item(judged *rulebook.Judged) Item {
	return Item{Name: judged.Name(), Redacted: judged.RedactedName(), Keys: judged.Keys, Outcome: judged.Outcome, Place: judged.Place,
		Newest: judged.Newest, CausedBy: r.causedBy(judged.Absent)}
}

// pinned is what an outcome rests on.
func (r *reading) pinned(judged *rulebook.Judged) *Pin {
	pin := &Pin{Fact: r.fact(judged)}
	pin.Sensitive = pin.Fact != "" && slices.ContainsFunc(slices.Concat(judged.Facts, judged.Choice), r.isSensitiveFact)
	if r.former {
		pin.Former = r.formerFact(judged.Facts)
	}
	if r.Pin && !r.later() {
		pin.Declared, pin.Cites = r.declared(judged), r.evidenceFor(judged)
	}
	return pin
}

func (r *reading) tooCostly(c *Check) {
	f := r.documentFinding("too_costly", r.placeIn(c.Rule.Topic, nil), lang.Say("检查项 %s 在这份描述上耗费过大", "check %s costs too much on this description", c.Rule.ID),
		lang.Say("减少列表的项数，或把平台拆开描述", "shorten the lists, or describe the platform in parts"), c.Rule.ID)
	if doc := r.docs[c.Rule.Topic]; doc != nil {
		r.excerpts.Quote(&f, doc)
	}
	r.report(f)
	c.Items, c.Outcome = []Item{{Outcome: finding.Fail, CausedBy: []string{f.Fingerprint}}}, finding.Fail
}

// placeIn is where a value stands; where it stands nowhere, the topic's file, or
// the platform's own file if there is none.
func (r *reading) placeIn(topic string, v *document.Value) finding.Location {
	if v.Document() != nil {
		return finding.At(v)
	}
	if doc := r.docs[topic]; doc != nil && doc.Root != nil {
		return finding.Near(doc.Root, doc.Root.Start(), doc.Root.Start())
	}
	return finding.WholeFile(path.Join(r.Path, headerFile))
}

func (r *reading) checkFinding(c *Check, item *rulebook.Judged) finding.Finding {
	f := finding.Finding{
		Check: c.Rule.ID, Title: c.Rule.Title, Clauses: c.Rule.Clauses, Severity: c.Severity, Platform: r.ID, Item: item.Name(),
		Message: item.Message.Full, Remedy: c.Rule.Remedy, Source: c.Source(), Location: r.placeIn(c.Rule.Topic, item.Place),
		Fingerprint: finding.Fingerprint(c.Rule.ID, r.Code, item.Keys...), Keys: item.Keys,
	}
	var hidden []finding.Reason
	f.Because, hidden = because(item.Reasons, f.Location)
	if doc := cmp.Or(item.Place.Document(), r.docs[c.Rule.Topic]); doc != nil {
		r.excerpts.Quote(&f, doc)
	}
	if !slices.EqualFunc(hidden, f.Because, func(a, b finding.Reason) bool { return a.Message == b.Message }) {
		f.Hide().Because = hidden
	}
	if item.Message.Redacted != f.Message {
		f.Hide().Message = item.Message.Redacted
	}
	if redacted := item.RedactedName(); redacted != f.Item {
		f.Hide().Item = redacted
	}
	return f
}

// because lists what failed and where, in full and without sensitive facts; a reason
// that stands nowhere gets the finding's place.
func because(reasons []expression.Reason, place finding.Location) (full, redacted []finding.Reason) {
	if len(reasons) == 0 {
		return nil, nil
	}
	full, hides := make([]finding.Reason, 0, len(reasons)), false
	for _, r := range reasons {
		told := finding.Reason{Message: r.Message.Full, Fields: r.Fields, Location: place}
		if r.At.Document() != nil {
			told.Location = finding.At(r.At)
		}
		full = append(full, told)
		hides = hides || r.Message.Redacted != r.Message.Full
	}
	if !hides {
		return full, full
	}
	redacted = slices.Clone(full)
	for i := range reasons {
		redacted[i].Message = reasons[i].Message.Redacted
	}
	return full, redacted
}
