package audit

import (
	"slices"

	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

const (
	verdictsSchema = "verdicts"
	verdictsFile   = verdictsSchema + ".yaml"
)

// What an assessor may say of a claim.
const (
	VerdictMet           = "met"
	VerdictPartlyMet     = "partly_met"
	VerdictNotMet        = "not_met"
	VerdictNotApplicable = "not_applicable"
	VerdictNotExamined   = "not_examined"
)

// Verdict is one verdict of an assessor, with its effect at the audit's date.
type Verdict struct {
	// ID is the entry's own name in the file.
	ID          string
	Check, Item string
	// Redacted is the item for those who must not see sensitive keys.
	Redacted string
	Verdict  string
	Record   Record
	// Fact is the digest of what the verdict was given on.
	Fact     string
	State    State
	Location finding.Location
}

// ClauseVerdict is what an assessor has to say of a clause as a whole. It is
// for readers and has no part in any judgement.
type ClauseVerdict struct {
	Clause   string
	Verdict  string
	Record   Record
	Location finding.Location
}

// Record is what an assessor writes down beside a verdict. Population and
// Sample are nil where nothing was counted.
type Record struct {
	Method                 string
	Population, Sample     *int64
	Note                   string
	EvidenceNumber         string
	Risk                   string
	ResponsiblePost        string
	Deadline               string
	Recheck, Statement     string
	AssessedBy, AssessedOn string
}

// State is the effect that a verdict has on the items it is about.
type State string

// The states of a verdict. A confirmation needs review once the fact that it
// was given on has changed; a rejection stands until an assessor replaces it.
const (
	Verified      State = "verified"
	Partly        State = "partly"
	Rejected      State = "rejected"
	Excluded      State = "not_applicable"
	Unexamined    State = "not_examined"
	NeedsReview   State = "needs_review"
	UnusedVerdict State = "unused"
	Pending       State = "pending"
)

// statement is one entry of the assessor's file, or of the trusted copy of it.
type statement struct {
	value  *document.Value
	own    bool
	counts bool
}

// readVerdicts reads the assessor's verdicts. With a trusted copy its
// rejections are taken from there, whatever became of the file since.
func (r *reading) readVerdicts() []statement {
	var own []*document.Value
	s := r.Rulebook.Schemas.Find(verdictsSchema)
	if s == nil {
		return nil
	}
	doc := r.open(verdictsSchema)
	if doc != nil {
		r.check(s, doc)
		if !r.broken[verdictsSchema] {
			own = list(doc.Root, verdictsSchema)
			r.readClauses(doc)
		}
	}
	var out []statement
	counts := r.stated(verdictsSchema, own)
	for _, v := range own {
		out = append(out, statement{v, true, counts[v]})
	}
	if r.Trusted == nil {
		return out
	}
	known := map[string]bool{}
	for _, v := range own {
		known[v.Canonical()] = true
	}
	for _, v := range list(r.Trusted(r.Code, r.Path, verdictsSchema), verdictsSchema) {
		if v.TextAt("verdict") == VerdictNotMet && v.TextAt("check") != "" && !known[v.Canonical()] {
			out = append(out, statement{value: v, counts: true})
		}
	}
	return out
}

func (r *reading) readClauses(doc *document.Document) {
	for _, v := range list(doc.Root, "clauses") {
		r.ClauseVerdicts = append(r.ClauseVerdicts, ClauseVerdict{Clause: v.TextAt("clause"), Verdict: v.TextAt("verdict"), Record: recordOf(v), Location: finding.At(v)})
	}
}

func recordOf(v *document.Value) Record {
	number := func(key string) *int64 {
		if field := v.Get(key); field != nil && field.Kind == document.Int {
			return &field.Int
		}
		return nil
	}
	return Record{Method: v.TextAt("method"), Population: number("population"), Sample: number("sample"), Note: v.TextAt("note"),
		EvidenceNumber: v.TextAt("evidence_number"), Risk: v.TextAt("risk"), ResponsiblePost: v.TextAt("responsible_post"),
		Deadline: v.TextAt("deadline"), Recheck: v.TextAt("recheck"), Statement: v.TextAt("statement"),
		AssessedBy: v.TextAt("assessed_by"), AssessedOn: v.TextAt("assessed_on")}
}

// examine lays the assessor's verdicts over what has been judged. It comes
// before the waivers: a rejected item fails like any other.
func (r *reading) examine(statements []statement) {
	for i := range r.Checks {
		for j := range r.Checks[i].Items {
			item := &r.Checks[i].Items[j]
			item.Claim = item.Outcome == finding.Pass
			if judged := r.judged[i]; r.pins && judged != nil {
				item.Fact = r.fact(judged[j].Facts)
				item.Sensitive = item.Fact != "" && slices.ContainsFunc(judged[j].Facts, func(f expression.Fact) bool { return r.isSensitive(f.Value) })
			}
		}
	}
	for _, s := range statements {
		v := r.verdict(s)
		if v.State != Pending {
			r.Examined = true
			v.State = r.apply(s, v)
		}
		r.Verdicts = append(r.Verdicts, v)
	}
	r.reject(statements)
}

func (r *reading) verdict(s statement) Verdict {
	v := s.value
	out := Verdict{ID: v.TextAt("id"), Check: v.TextAt("check"), Item: v.TextAt("item"), Verdict: v.TextAt("verdict"), Record: recordOf(v),
		Fact: v.TextAt("fact"), Location: r.placeOf(s)}
	out.Redacted, _ = r.hidden(out.Check, out.Item)
	if !s.counts {
		out.State = Pending
	}
	return out
}

// placeOf is where a statement stands, or would stand.
func (r *reading) placeOf(s statement) finding.Location {
	if !s.own {
		return finding.WholeFile(r.Path + "/" + verdictsFile)
	}
	return finding.At(s.value)
}

// apply finds the items that a verdict is about and marks them. It returns the
// verdict's effect.
func (r *reading) apply(s statement, v Verdict) State {
	c := r.find(v.Check)
	switch {
	case c == nil:
		r.remark("unused", s, v, lang.Say("没有检查 %s", "there is no check %s", document.Quote(v.Check)), r.nearestCheck(v.Check))
		return UnusedVerdict
	case !c.Applies && c.CausedBy == "":
		r.remark("unused", s, v, lang.Say("检查 %s 对本平台不适用，结论没有用上", "check %s does not apply to this platform: the verdict has no effect", v.Check),
			lang.Say("请评估人员核对", "have the assessor look at it"))
		return UnusedVerdict
	case v.Verdict == VerdictNotMet:
		return Rejected
	case c.CausedBy != "":
		return UnusedVerdict // that the topic is broken is told there
	case r.AsOf.String() < v.Record.AssessedOn:
		r.remark("not_yet", s, v, lang.Say("到 %s 为止，这条结论还没有作出", "on %s this verdict has not been given yet", r.AsOf), lang.Say("核对评估日期", "check the date of the verdict"))
		return UnusedVerdict
	}
	return r.confirm(s, v, c)
}

// confirm marks the claims that a verdict speaks for, as long as each is still
// what the assessor saw.
func (r *reading) confirm(s statement, v Verdict, c *Check) State {
	effect := map[string]State{VerdictMet: Verified, VerdictPartlyMet: Partly, VerdictNotApplicable: Excluded}[v.Verdict]
	state, known := UnusedVerdict, false
	for j := range c.Items {
		item := &c.Items[j]
		if item.Name != v.Item {
			continue
		}
		known = true
		switch {
		case effect == "":
			state = Unexamined
		case !item.Claim:
			continue // it fails by itself, whatever was once confirmed
		case v.Fact == "" || v.Fact != item.Fact:
			state = NeedsReview
		case state != NeedsReview:
			state = effect
		}
		item.State = worse(item.State, state)
	}
	switch {
	case !known:
		r.remark("unused", s, v, lang.Say("检查 %s 现在没有这一项，结论没有用上", "check %s has no such item now: the verdict has no effect", v.Check),
			lang.Say("请评估人员核对", "have the assessor look at it"))
	case state == NeedsReview:
		r.remark("lapsed", s, v, lang.Say("事实在 %s 的结论之后改过，结论失效，待复核", "the fact has changed since the verdict of %s, which has lapsed: it needs review", v.Record.AssessedOn),
			lang.Say("请评估人员重新核查", "have the assessor look again"))
	}
	return state
}

// worse is the state that counts where several verdicts speak of one item.
func worse(a, b State) State {
	order := []State{"", UnusedVerdict, NeedsReview, Verified, Excluded, Partly, Unexamined, Rejected}
	if slices.Index(order, a) > slices.Index(order, b) {
		return a
	}
	return b
}

// reject fails what the assessor has found not to hold. An item that is gone
// by the name that was rejected fails all the same: renaming it is no answer.
func (r *reading) reject(statements []statement) {
	for k, s := range statements {
		v := &r.Verdicts[k]
		if v.State != Rejected {
			continue
		}
		i := slices.IndexFunc(r.Checks, func(c Check) bool { return c.Rule.ID == v.Check })
		c := &r.Checks[i]
		if c.CausedBy != "" {
			continue // it fails as a whole
		}
		known := false
		for j := range c.Items {
			if v.Item != "" && c.Items[j].Name != v.Item {
				continue
			}
			known = true
			if outcome := c.Items[j].Outcome; outcome == finding.Pass || outcome == finding.NotApplicable {
				r.Findings = append(r.Findings, r.rejection(c, s, v, &r.judged[i][j]))
				c.Items[j].Outcome = finding.Fail
			}
			c.Items[j].State = Rejected
		}
		if !known {
			r.Findings = append(r.Findings, r.rejection(c, s, v, nil))
			c.Items = append(c.Items, Item{Name: v.Item, Redacted: v.Redacted, Keys: []string{v.Item}, Outcome: finding.Fail, State: Rejected})
		}
	}
}

// rejection is the finding of a rejected claim: that of its check, in the
// assessor's words. judged is nil for an item that is gone.
func (r *reading) rejection(c *Check, s statement, v *Verdict, judged *rulebook.Judged) finding.Finding {
	note := lang.Same(v.Record.Note)
	if v.Record.Note == "" {
		note = lang.Say("没有写明理由", "no reason is given")
	}
	f := finding.Finding{Check: c.Rule.ID, Title: c.Rule.Title, Clauses: c.Rule.Clauses, Severity: c.Severity, Platform: r.ID, Item: v.Item,
		Message: lang.Say("评估认定不符合：%s", "found not met by the assessor: %s", note),
		Remedy:  lang.Say("%s；整改后请评估人员复查并改写结论", "%s; then have the assessor look again and replace the verdict", c.Rule.Remedy),
		Source:  c.source(), Location: r.placeOf(s)}
	keys := []string{v.Item}
	if judged != nil {
		keys, f.Item = judged.Keys, judged.Name()
	}
	f.Keys, f.Fingerprint = keys, finding.Fingerprint(c.Rule.ID, r.Code, keys...)
	if judged == nil {
		r.quoteStatement(&f, s, v)
	} else if doc := judged.Place.Document(); doc != nil {
		f.Location = finding.At(judged.Place)
		r.quote(&f, doc)
	}
	if redacted, ok := r.hidden(f.Check, f.Item); ok {
		f.Hide().Item = redacted
	}
	return f
}

func (r *reading) find(id string) *Check {
	i := slices.IndexFunc(r.Checks, func(c Check) bool { return c.Rule.ID == id })
	if i < 0 {
		return nil
	}
	return &r.Checks[i]
}

func (r *reading) nearestCheck(id string) lang.Text {
	var known []string
	for i := range r.Checks {
		known = append(known, r.Checks[i].Rule.ID)
	}
	if near := schema.Nearest(id, known); near != "" {
		return lang.Say("是不是 %s？", "did you mean %s?", near)
	}
	return lang.Say("核对规则编号", "check the id of the check")
}

// remark says what has become of a verdict.
func (r *reading) remark(code string, s statement, v Verdict, message, remedy lang.Text) {
	keys := slices.DeleteFunc([]string{v.Check, v.Item}, func(key string) bool { return key == "" })
	f := r.ownFinding("verdict."+code, v.Location, message, remedy, keys...)
	r.quoteStatement(&f, s, &v)
	if v.Redacted != v.Item {
		f.Hide().Item = v.Check + "/" + v.Redacted
	}
	r.Findings = append(r.Findings, f)
}

// quoteStatement gives a finding the line of a statement, which may name an
// item that is hidden.
func (r *reading) quoteStatement(f *finding.Finding, s statement, v *Verdict) {
	if !s.own {
		return
	}
	r.quote(f, s.value.Document())
	if v.Redacted != v.Item {
		f.Hide().Excerpt = ""
	}
}
