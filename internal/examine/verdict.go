package examine

import (
	"cmp"
	"slices"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/schema"
	"hegui/internal/term"
)

// Determination is what an assessor says of a claim or a clause.
type Determination string

// The determinations.
const (
	Met           Determination = "met"
	PartlyMet     Determination = "partly_met"
	NotMet        Determination = "not_met"
	NotApplicable Determination = "not_applicable"
	NotExamined   Determination = "not_examined"
)

// Verdict is one verdict of an assessor on a check or an item of it, with its
// effect on the day of the examination.
type Verdict struct {
	// ID is the entry's own name in the file.
	ID    string `json:"id"`
	Check string `json:"check"`
	Item  string `json:"item"`
	// Verdict is what the assessor says.
	Verdict Determination `json:"verdict"`
	Record
	// Fact is the digest of what the verdict was given on.
	Fact     string           `json:"fact,omitempty"`
	State    State            `json:"state"`
	Location finding.Location `json:"location"`
	// Redacted is the item for those who must not see sensitive keys.
	Redacted string `json:"-"`
}

// ClauseVerdict is what an assessor has to say of a clause as a whole. It is
// for readers and has no part in any judgement.
type ClauseVerdict struct {
	Clause  string        `json:"clause"`
	Verdict Determination `json:"verdict"`
	Record
	Location finding.Location `json:"location"`
}

// Record is what an assessor writes down beside a verdict; what is not stated
// is left out. Population and Sample are nil where nothing was counted.
type Record struct {
	// Methods are all those by which the verdict was reached, Method the one where
	// there is one.
	Method          string   `json:"method,omitempty"`
	Methods         []string `json:"methods,omitempty"`
	Population      *int64   `json:"population,omitempty"`
	Sample          *int64   `json:"sample,omitempty"`
	Note            string   `json:"note,omitempty"`
	EvidenceNumber  string   `json:"evidence_number,omitempty"`
	Risk            string   `json:"risk,omitempty"`
	ResponsiblePost string   `json:"responsible_post,omitempty"`
	Deadline        string   `json:"deadline,omitempty"`
	Recheck         string   `json:"recheck,omitempty"`
	Statement       string   `json:"statement,omitempty"`
	AssessedBy      string   `json:"assessed_by"`
	AssessedOn      string   `json:"assessed_on"`
}

// State is the effect that a verdict has on the items it is about.
type State string

// The states of a verdict. A confirmation needs review once the fact that it
// was given on has changed; a rejection stands until an assessor replaces it. A
// confirmation of what the description fails is a disagreement: it changes nothing,
// and is shown.
const (
	Verified      State = "verified"
	Partly        State = "partly"
	Rejected      State = "rejected"
	Excluded      State = "not_applicable"
	Unexamined    State = "not_examined"
	Disagreement  State = "disagreement"
	NeedsReview   State = "needs_review"
	UnusedVerdict State = "unused"
	Pending       State = "pending"
)

// assess lays the assessor's verdicts over what has been judged.
func (e *examination) assess(own *document.Value, trusted *audit.Statements) {
	for _, v := range own.ListAt("clauses") {
		e.ClauseVerdicts = append(e.ClauseVerdicts, ClauseVerdict{Clause: v.TextAt("clause"), Verdict: Determination(v.TextAt("verdict")), Record: recordOf(v), Location: finding.At(v)})
	}
	statements := verdicts(own, trusted)
	for _, s := range statements {
		v := e.verdict(s)
		if v.State != Pending {
			e.Examined = true
			v.State = e.effect(s, v)
		}
		e.Verdicts = append(e.Verdicts, v)
	}
	e.reject(statements)
	e.outdated()
}

// verdicts are the entries of the assessor's file. With a trusted copy its
// rejections are taken from there, even if the file has changed or is gone.
func verdicts(file *document.Value, trusted *audit.Statements) []statement {
	entries := file.ListAt(audit.VerdictsFile)
	if trusted == nil {
		return stated(entries, entries)
	}
	// The copy was read by other eyes: its shape is not taken for granted.
	merged := trusted.Verdicts.ListAt(audit.VerdictsFile)
	out, own := stated(entries, merged), canonical(entries)
	for _, v := range merged {
		if Determination(v.TextAt("verdict")) == NotMet && v.TextAt("check") != "" && !own[v.Canonical()] {
			out = append(out, statement{value: v, counts: true})
		}
	}
	return out
}

func recordOf(v *document.Value) Record {
	number := func(key string) *int64 {
		if field := v.Get(key); field != nil && field.Kind == document.Int {
			n := field.Int()
			return &n
		}
		return nil
	}
	methods := methodsOf(v.Get("method"))
	method := ""
	if len(methods) == 1 {
		method = methods[0]
	}
	return Record{Method: method, Methods: methods, Population: number("population"), Sample: number("sample"), Note: v.TextAt("note"),
		EvidenceNumber: v.TextAt("evidence_number"), Risk: v.TextAt("risk"), ResponsiblePost: v.TextAt("responsible_post"),
		Deadline: v.TextAt("deadline"), Recheck: v.TextAt("recheck"), Statement: v.TextAt("statement"),
		AssessedBy: v.TextAt("assessed_by"), AssessedOn: v.TextAt("assessed_on")}
}

// methodsOf are one method, or a list of them.
func methodsOf(v *document.Value) (methods []string) {
	switch {
	case v == nil:
	case v.Kind == document.List:
		for _, one := range v.Items() {
			methods = append(methods, one.Text)
		}
	default:
		methods = []string{v.Text}
	}
	return methods
}

func (e *examination) verdict(s statement) Verdict {
	v := s.value
	out := Verdict{ID: v.TextAt("id"), Check: e.book.Current(v.TextAt("check")), Item: v.TextAt("item"), Verdict: Determination(v.TextAt("verdict")), Record: recordOf(v),
		Fact: v.TextAt("fact"), Location: e.placeOf(s)}
	out.Redacted = e.redact(out.Check, out.Item)
	if !s.counts {
		out.State = Pending
	}
	return out
}

// placeOf is where a statement stands, or would stand.
func (e *examination) placeOf(s statement) finding.Location {
	if !s.own {
		return finding.WholeFile(e.Path + "/" + audit.VerdictsFile + ".yaml")
	}
	return finding.At(s.value)
}

// effect finds the items that a verdict is about and marks them. It returns the
// verdict's effect.
func (e *examination) effect(s statement, v Verdict) State {
	c := e.find(v.Check)
	switch gone := e.book.Retired(v.Check); {
	case c == nil && gone != nil:
		e.remark("retired", s, v, gone.Gone(), lang.Say("请评估人员删去这条结论", "have the assessor delete the verdict"))
		return UnusedVerdict
	case c == nil:
		e.remark("unused", s, v, lang.Say("没有检查项 %s", "there is no check %s", document.Quote(v.Check)), e.nearestCheck(v.Check))
		return UnusedVerdict
	case !c.Unjudged.IsZero() || !c.OutOfForce.IsZero():
		e.remark("unused", s, v, lang.Say("检查项 %s 不参加评定（%s%s），结论没有用上", "check %s is not judged (%s%s): the verdict has no effect", v.Check, c.Unjudged, c.OutOfForce),
			lang.Say("请评估人员核对", "have the assessor look at it"))
		return UnusedVerdict
	case v.Verdict == NotMet:
		return Rejected
	case e.day.String() < v.AssessedOn:
		e.remark("not_yet", s, v, lang.Say("到 %s 为止，这条结论还没有作出", "on %s this verdict has not been given yet", e.day), lang.Say("核对评估日期", "check the date of the verdict"))
		return UnusedVerdict
	}
	return e.confirm(s, v, c)
}

// confirm marks the claims that a verdict speaks for, as long as each is still
// what the assessor saw.
func (e *examination) confirm(s statement, v Verdict, c *Check) State {
	state, known, told := UnusedVerdict, false, false
	for j := range c.Items {
		item := &c.Items[j]
		if !item.Holds(v.Item) {
			continue
		}
		known = true
		if is := item.confirmed(&v); state != NeedsReview {
			state = is
		}
		told = told || e.isBroken(item)
		item.State = worse(item.State, state)
		if state == Disagreement {
			e.disagree(s, v, c, item)
		}
	}
	switch {
	case !known && !c.Applies:
		e.remark("unused", s, v, lang.Say("检查项 %s 现在对本平台不适用，没有这一项，结论没有用上", "check %s does not apply to this platform now and has no such item: the verdict has no effect", v.Check),
			lang.Say("请评估人员核对", "have the assessor look at it"))
	case !known:
		e.remark("unused", s, v, lang.Say("检查项 %s 现在没有这一项，结论没有用上", "check %s has no such item now: the verdict has no effect", v.Check),
			lang.Say("请评估人员核对", "have the assessor look at it"))
	case told: // by what the item waits for
	case state == NeedsReview && v.baseless():
		e.remark("unreasoned", s, v, lang.Say("结论是不适用，没有写明理由，待复核", "the verdict is not applicable and gives no reason: it needs review"),
			lang.Say("请评估人员在 note 里写明为什么不适用", "have the assessor state in note why it does not apply"))
	case state == NeedsReview && e.isFormer(c, v):
		e.former = append(e.former, &v)
	case state == NeedsReview:
		e.remark("lapsed", s, v, lang.Say("事实在 %s 的结论之后改过，结论失效，待复核", "the fact has changed since the verdict of %s, which has lapsed: it needs review", v.AssessedOn),
			lang.Say("请评估人员重新核查", "have the assessor look again"))
	}
	return state
}

// confirmed is what a verdict other than a rejection makes of an item. That
// something does not apply is confirmed by either word; that it applies in part is
// a disagreement.
func (i *Item) confirmed(v *Verdict) State {
	absent := i.Outcome == finding.NotApplicable
	switch {
	case v.Verdict == NotExamined:
		return Unexamined
	case v.Fact == "" || v.Fact != i.Pin().Fact || len(i.CausedBy) > 0:
		return NeedsReview
	case !i.Claim || absent && v.Verdict == PartlyMet:
		return Disagreement
	case v.Verdict == PartlyMet:
		return Partly
	case v.Verdict == NotApplicable && !absent && v.baseless():
		return NeedsReview
	case v.Verdict == NotApplicable && !absent:
		return Excluded
	}
	return Verified
}

// baseless reports whether a verdict leaves out what the description claims, and does
// not say why: the verified score is then one of less.
func (v *Verdict) baseless() bool { return v.Verdict == NotApplicable && schema.Nothing(v.Note) }

// isBroken reports whether an item waits for a defect. Who corrects it will see what
// the verdict is worth.
func (e *examination) isBroken(item *Item) bool {
	return len(item.CausedBy) > 0 && slices.ContainsFunc(e.Findings, func(f finding.Finding) bool { return f.Defect() && slices.Contains(item.CausedBy, f.Fingerprint) })
}

// isFormer reports whether a verdict is pinned in the form before, and that still
// matches.
func (e *examination) isFormer(c *Check, v Verdict) bool {
	return audit.FormerFact(v.Fact) && slices.ContainsFunc(c.Items, func(i Item) bool { return i.Holds(v.Item) && i.Pin().Former == v.Fact })
}

// outdated reports the confirmations that are pinned in the form before. It did not
// cover the records and the evidence around what is read, so that nothing here shows
// whether they are still what the assessor saw.
func (e *examination) outdated() {
	if len(e.former) == 0 {
		return
	}
	f := e.Finding("verdict.old_form", e.former[0].Location,
		lang.Say("%s按旧式摘要绑定，旧式不含所在记录和证据，待复核", "%s pinned in the form before, which did not cover the record and its evidence: in need of review",
			lang.Count(len(e.former), "条结论", "verdict is", "verdicts are")),
		lang.Say("运行 hegui assess repin %s：凭 git 查明没有改过的重新绑定，其余列出", "run hegui assess repin %s: what git shows to be unchanged is pinned anew, the rest is listed", e.ID))
	e.Findings = append(e.Findings, f)
}

// disagree reports that the description fails, or leaves out, what the assessor
// confirms. The outcome stays; both reasons are shown.
func (e *examination) disagree(s statement, v Verdict, c *Check, item *Item) {
	given := lang.Say("%s 的结论是“%s”", "the verdict of %s is %q", v.AssessedOn, term.AssessorVerdicts().Text(string(v.Verdict)))
	if v.Note != "" {
		given = lang.Say("%s（%s）", "%s (%s)", given, v.Note)
	}
	why := e.whyNot(c, item)
	said := func(why lang.Text) lang.Text {
		return lang.Say("%s，按描述却是：%s", "%s, but by the description: %s", given, why)
	}
	f := e.Finding("verdict.disagrees", v.Location, said(why.Full), lang.Say("得分按描述计；请评估人员与平台核对，改描述或改写结论", "the description decides the score: have the assessor and the owner settle it, and change the one or the other"), about(v.Check, v.Item)...)
	e.quote(&f, s, v.Redacted != v.Item)
	if why.Full != why.Redacted {
		f.Hide().Message = said(why.Redacted)
	}
	if v.Redacted != v.Item {
		f.Hide().Item = v.Check + "/" + v.Redacted
	}
	e.Findings = append(e.Findings, f)
}

// whyNot is what the description says against an item.
func (e *examination) whyNot(c *Check, item *Item) lang.Marked {
	for i := range e.Findings {
		if f := &e.Findings[i]; f.Check == c.Rule.ID && f.Item == item.Name {
			if f.Redacted != nil {
				return lang.Marked{Full: f.Message, Redacted: f.Redacted.Message}
			}
			return lang.Open(f.Message)
		}
	}
	if !c.Beside.IsZero() {
		return lang.Open(lang.Say("不适用：%s", "not applicable: %s", c.Beside))
	}
	return lang.Open(term.Outcomes().Text(string(item.Outcome)))
}

// worse is the state that counts where several verdicts speak of one item.
func worse(a, b State) State {
	order := []State{"", UnusedVerdict, NeedsReview, Verified, Excluded, Partly, Unexamined, Disagreement, Rejected}
	if slices.Index(order, a) > slices.Index(order, b) {
		return a
	}
	return b
}

// reject fails what the assessor has found not to hold; a check that does not apply
// does then. An item that is gone by the name that was rejected fails all the same:
// neither renaming it nor taking the check out of reach is an answer.
func (e *examination) reject(statements []statement) {
	for k, s := range statements {
		v := &e.Verdicts[k]
		if v.State != Rejected {
			continue
		}
		c := e.find(v.Check)
		c.Applies = true
		known := false
		for j := range c.Items {
			item := &c.Items[j]
			if v.Item != "" && !item.Holds(v.Item) {
				continue
			}
			known = true
			if item.Outcome != finding.Fail && item.Outcome != finding.Waived {
				e.Findings = append(e.Findings, e.rejection(c, s, v, item))
				item.Outcome = finding.Fail
			}
			item.State = Rejected
		}
		if !known {
			gone := Item{Item: &audit.Item{Name: v.Item, Redacted: v.Redacted, Keys: []string{v.Item}}, Outcome: finding.Fail, State: Rejected}
			e.Findings = append(e.Findings, e.rejection(c, s, v, &gone))
			c.Items = append(c.Items, gone)
		}
	}
}

// rejection is the finding of a rejected claim: that of its check, in the
// assessor's words. It stands at what the claim is about, or else where it was
// rejected.
func (e *examination) rejection(c *Check, s statement, v *Verdict, item *Item) finding.Finding {
	note := lang.Same(v.Note)
	if v.Note == "" {
		note = lang.Say("没有写明理由", "no reason is given")
	}
	f := finding.Finding{Check: c.Rule.ID, Title: c.Rule.Title, Clauses: c.Rule.Clauses, Severity: c.Severity, Platform: e.ID, Item: item.Name,
		Message: lang.Say("评估认定不符合：%s", "found not met by the assessor: %s", note),
		Remedy:  lang.Say("%s；整改后请评估人员复查并改写结论", "%s; then have the assessor look again and replace the verdict", continued(c.Rule.Remedy)),
		Source:  c.Source(), Location: v.Location, Keys: item.Keys, Fingerprint: finding.Fingerprint(c.Rule.ID, e.Code, item.Keys...)}
	if doc := item.Place.Document(); doc != nil {
		f.Location = finding.At(item.Place)
		e.excerpts.Quote(&f, doc)
	} else {
		e.quote(&f, s, v.Redacted != v.Item)
	}
	if item.Redacted != item.Name {
		f.Hide().Item = item.Redacted
	}
	return f
}

// continued is a sentence that goes on.
func continued(t lang.Text) lang.Text {
	return lang.Text{ZH: strings.TrimRight(t.ZH, "。"), EN: strings.TrimRight(t.EN, ".")}
}

// find is the outcome of a check, nil if there is none.
func (e *examination) find(id string) *Check {
	i := slices.IndexFunc(e.Checks, func(c Check) bool { return c.Rule.ID == id })
	if i < 0 {
		return nil
	}
	return &e.Checks[i]
}

// nearestCheck and nearestID say which check, or which check or finding of ours,
// was probably meant.
func (e *examination) nearestCheck(id string) lang.Text { return e.nearestOf(id, e.checkIDs()) }

func (e *examination) nearestID(id string) lang.Text {
	return e.nearestOf(id, append(e.checkIDs(), term.OwnIDs()...))
}

func (e *examination) checkIDs() []string {
	known := make([]string, len(e.Checks))
	for i := range e.Checks {
		known[i] = e.Checks[i].Rule.ID
	}
	return known
}

func (e *examination) nearestOf(id string, known []string) lang.Text {
	if meant := cmp.Or(e.titled(id), near.ID(id, known)); meant != "" {
		return lang.Say("是不是 %s？", "did you mean %s?", meant)
	}
	return lang.Say("核对检查项编号", "check the id of the check")
}

// titled is the check that people know by a title.
func (e *examination) titled(title string) string {
	for i := range e.Checks {
		if rule := e.Checks[i].Rule; rule.Title.ZH == title || rule.Title.EN == title {
			return rule.ID
		}
	}
	return ""
}

// remark says what has become of a verdict.
func (e *examination) remark(code string, s statement, v Verdict, message, remedy lang.Text) {
	f := e.Finding("verdict."+code, v.Location, message, remedy, about(v.Check, v.Item)...)
	e.quote(&f, s, v.Redacted != v.Item)
	if v.Redacted != v.Item {
		f.Hide().Item = v.Check + "/" + v.Redacted
	}
	e.Findings = append(e.Findings, f)
}
