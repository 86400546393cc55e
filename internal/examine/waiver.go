package examine

import (
	"slices"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/schema"
	"hegui/internal/term"
)

// Waiver is one waiver of a platform, with its effect on the day of the
// examination.
type Waiver struct {
	Check       string `json:"check"`
	Item        string `json:"item"`
	Reason      string `json:"reason"`
	RequestedBy string `json:"requested_by"`
	ApprovedBy  string `json:"approved_by"`
	ApprovedOn  string `json:"approved_on"`
	Expires     string `json:"expires"`
	// Effect is GateEffect for one that lets something through the gate alone.
	Effect   string           `json:"effect,omitempty"`
	State    WaiverState      `json:"state"`
	Location finding.Location `json:"location"`
	// Until is the day to which a pending one keeps the effect of what base says.
	Until string `json:"until,omitempty"`
	// Redacted is the item for those who must not see sensitive keys.
	Redacted string `json:"-"`
}

// WaiverState is the effect that a waiver has.
type WaiverState string

// The states of a waiver. A pending one does not stand in the trusted copy of
// its file.
const (
	WaiverActive  WaiverState = "active"
	WaiverUnused  WaiverState = "unused"
	WaiverExpired WaiverState = "expired"
	WaiverRefused WaiverState = "refused"
	WaiverPending WaiverState = "pending"
)

// waive lays the waivers over what has been judged. A waived item stays judged:
// only its outcome says that somebody answers for it. A waiver that does not
// count yet says nothing either: whoever reviews the change sees it there.
func (e *examination) waive(own *document.Value, trusted *audit.Statements) {
	entries := own.ListAt(audit.WaiversFile)
	counting := entries
	if trusted != nil {
		counting = trusted.Waivers.ListAt(audit.WaiversFile)
	}
	for _, s := range stated(entries, counting) {
		w := e.waiver(s.value)
		switch fault := e.fault(w); {
		case !s.counts:
			w.State = WaiverPending
			if kept := e.renewed(w, s.value, entries, counting); kept != nil {
				w.Until = kept.Expires
				e.Waivers = append(e.Waivers, *kept)
			}
		case fault != "":
			w.State = stateOf(fault)
			e.complain(fault, w, s)
		case e.unproved(s.value):
			w.State = WaiverRefused // its evidence has a finding of its own
		case e.releases(w) || e.cover(w):
			w.State = WaiverActive
		case e.waits(w):
			w.State = WaiverUnused // for now: what its item waits for is told
		default:
			w.State = WaiverUnused
			e.complain("unused", w, s)
		}
		e.Waivers = append(e.Waivers, w)
	}
}

// renewed is the waiver of the trusted copy that another version of it stands for in
// the platform's file, where both are in order: it keeps its effect until its own
// expiry. Only check and item must be the same.
func (e *examination) renewed(w Waiver, entry *document.Value, entries, counting []*document.Value) *Waiver {
	if e.fault(w) != "" || e.unproved(entry) {
		return nil
	}
	stands := canonical(entries)
	for _, old := range counting {
		o := e.waiver(old)
		if stands[old.Canonical()] || o.Check != w.Check || o.Item != w.Item || o.Effect != w.Effect || e.fault(o) != "" {
			continue
		}
		if e.releases(o) || e.cover(o) {
			o.State, o.Location = WaiverActive, w.Location
			return &o
		}
	}
	return nil
}

func (e *examination) waiver(v *document.Value) Waiver {
	w := Waiver{Check: e.book.Current(v.TextAt("check")), Item: v.TextAt("item"), Reason: v.TextAt("reason"), RequestedBy: v.TextAt("requested_by"),
		ApprovedBy: v.TextAt("approved_by"), ApprovedOn: v.TextAt("approved_on"), Expires: v.TextAt("expires"), Effect: v.TextAt("effect"), Location: finding.At(v)}
	w.Redacted = e.redact(w.Check, w.Item)
	return w
}

// fault is what keeps a waiver from having an effect, empty for nothing.
func (e *examination) fault(w Waiver) string {
	approved, _ := calendar.ParseDate(w.ApprovedOn) // the schema has held them to dates
	expires, _ := calendar.ParseDate(w.Expires)
	family, _, own := term.Find(w.Check)
	switch rule := e.book.Check(w.Check); {
	case rule == nil && e.book.Retired(w.Check) != nil:
		return "retired"
	case rule == nil && !own:
		return "unknown_check"
	case !e.releases(w) && (rule == nil && family.Release != term.Waivable || rule != nil && !rule.Waivable), w.Effect == GateEffect && Breaks(w.Check):
		return "not_waivable"
	case w.Item == "" && family.Release == term.Releasable && e.releases(w) && term.NeedsName(strings.TrimPrefix(w.Check, ScopePrefix)):
		return "unnamed"
	case w.Effect != GateEffect && e.isStatutoryVeto(w.Check):
		return "statutory"
	case schema.SamePost(w.RequestedBy, w.ApprovedBy):
		return "self_approved"
	case approved.Add(e.maxTerm()).Before(expires):
		return "over_long"
	case expires.Before(approved) || e.day.Before(approved):
		return "not_yet"
	case expires.Before(e.day):
		return "expired"
	}
	return ""
}

// unproved reports whether the evidence of a waiver does not hold.
func (e *examination) unproved(entry *document.Value) bool {
	at := finding.At(entry)
	for i := range e.Findings {
		if f := &e.Findings[i]; strings.HasPrefix(f.Check, "evidence.") && f.Location.Path == at.Path && strings.HasPrefix(f.Location.Pointer, at.Pointer+"/") {
			return true
		}
	}
	return false
}

// isStatutoryVeto reports whether a check is a veto that a law or a normative
// document imposes: nobody below it can dispense from it.
func (e *examination) isStatutoryVeto(id string) bool {
	for i := range e.Checks {
		if c := &e.Checks[i]; c.Rule.ID == id {
			return c.Severity == finding.Blocker && c.Statutory()
		}
	}
	return false
}

func (e *examination) maxTerm() calendar.Period {
	longest, _ := calendar.ParsePeriod(e.book.Policy.Waiver.MaxTerm) // the loader has held it to one
	return longest
}

func stateOf(fault string) WaiverState {
	switch fault {
	case "expired":
		return WaiverExpired
	case "retired":
		return WaiverUnused
	}
	return WaiverRefused
}

// faultOf says what keeps a waiver for this item from having an effect.
func (e *examination) faultOf(fault string, w Waiver, item string) (message, remedy lang.Text) {
	name := w.Check
	if item != "" {
		name += " " + document.Quote(item)
	}
	switch fault {
	case "unknown_check":
		return lang.Say("没有检查项 %s", "there is no check %s", document.Quote(w.Check)), e.nearestID(w.Check)
	case "retired":
		return e.book.Retired(w.Check).Gone(), lang.Say("删去这条豁免", "delete the waiver")
	case "not_waivable":
		return lang.Say("%s 不能豁免", "%s cannot be waived", name), lang.Say("改正问题本身", "correct what is found instead")
	case "statutory":
		return lang.Say("%s 是法律或规范性文件规定的一票否决项，谁都不能豁免", "%s is a blocker that a law or normative document imposes: nobody can dispense from it", name),
			lang.Say("改正问题本身；能报的是整改计划", "correct what is found; what can be shown is a rectification plan")
	case "unnamed":
		return lang.Say("放行 %s 没有写明放行什么，不起作用", "a release by %s has no effect as long as it does not say of what", name),
			lang.Say("用 item 写明：门禁报告里种类后面的那几个字，如 stage=retired", "state it as item: what the gate's report prints behind the kind, such as stage=retired")
	case "self_approved":
		said := lang.Say("%s 自己批准了自己的豁免", "%s approved its own waiver", w.ApprovedBy)
		if w.RequestedBy != w.ApprovedBy {
			said = lang.Say("%s 和 %s 是同一个岗位，写法不同而已：自己批准了自己的豁免", "%s and %s are one post, written in two ways, that approved its own waiver", document.Quote(w.RequestedBy), document.Quote(w.ApprovedBy))
		}
		return said, lang.Say("由另一个岗位批准", "have another post approve it")
	case "over_long":
		approved, _ := calendar.ParseDate(w.ApprovedOn)
		last := approved.Add(e.maxTerm())
		return lang.Say("豁免期超过 %s", "the waiver runs longer than %s", e.maxTerm().Text()),
			lang.Say("到期日不晚于 %s", "let it expire by %s", last)
	case "not_yet":
		if approved, _ := calendar.ParseDate(w.ApprovedOn); e.day.Before(approved) {
			return lang.Say("豁免在 %s 尚未批准：批准日期是 %s", "on %s the waiver is not yet approved: its approval is dated %s", e.day, w.ApprovedOn), lang.Say("改正批准日期，或等批准之后再写", "correct the date of approval, or state the waiver once it is approved")
		}
		return lang.Say("豁免 %s 到期，早于 %s 的批准", "the waiver expires on %s, before its approval on %s", w.Expires, w.ApprovedOn), lang.Say("核对两个日期", "check both dates")
	case "expired":
		return lang.Say("豁免已于 %s 到期，不再有效", "the waiver expired on %s and has no effect", w.Expires), lang.Say("改正问题，或重新申请", "correct what is found, or apply again")
	}
	said := lang.Say("豁免没有用上：%s 现在没有不合格的项", "the waiver covers nothing: %s has no failing item", name)
	if meant := near.Word(w.Item, e.failing(w.Check)); meant != "" {
		return said, lang.Say("是不是 %s？", "did you mean %s?", document.Quote(meant))
	}
	return said, lang.Say("删去这条豁免", "delete the waiver")
}

// failing are the items of a check that a waiver would cover, of those that everyone may see.
func (e *examination) failing(check string) (items []string) {
	for i := range e.Checks {
		if c := &e.Checks[i]; c.Rule.ID == check {
			for j := range c.Items {
				if name := c.Items[j].Name; c.Items[j].Outcome == finding.Fail && e.redact(check, name) == name {
					items = append(items, name)
				}
			}
		}
	}
	return items
}

// placeOf is where a reader corrects what keeps a waiver from having an effect: at the
// key that is wrong, else at the whole entry.
func placeOf(fault string, entry *document.Value) finding.Location {
	key := map[string]string{"unknown_check": "check", "retired": "check", "not_waivable": "check", "statutory": "check", "self_approved": "approved_by", "over_long": "expires", "expired": "expires", "not_yet": "approved_on", "unused": "item"}[fault]
	if fault == "not_yet" && entry.TextAt("expires") < entry.TextAt("approved_on") {
		key = "expires"
	}
	if v := entry.Get(key); v != nil {
		return finding.At(v)
	}
	return finding.At(entry)
}

// cover marks what a waiver covers and reports whether there was anything.
func (e *examination) cover(w Waiver) bool {
	covered := false
	for i := range e.Checks {
		c := &e.Checks[i]
		if c.Rule.ID != w.Check {
			continue
		}
		for j := range c.Items {
			if c.Items[j].Outcome == finding.Fail && (w.Item == "" || w.Item == c.Items[j].Name) {
				c.Items[j].Outcome = finding.Waived
				covered = true
			}
		}
	}
	for i := range e.Findings {
		f := &e.Findings[i]
		if f.Check == w.Check && !f.Waived && (w.Item == "" || w.Item == f.Item) {
			f.Waived, covered = true, true
		}
	}
	return covered
}

// waits reports whether what a waiver covers cannot be judged yet.
func (e *examination) waits(w Waiver) bool {
	return slices.ContainsFunc(e.Checks, func(c Check) bool {
		return c.Rule.ID == w.Check && slices.ContainsFunc(c.Items, func(i Item) bool { return len(i.CausedBy) > 0 && i.Holds(w.Item) })
	})
}

// complain reports what keeps a waiver from having an effect.
func (e *examination) complain(fault string, w Waiver, s statement) {
	message, remedy := e.faultOf(fault, w, w.Item)
	f := e.Finding("waiver."+fault, placeOf(fault, s.value), message, remedy, about(w.Check, w.Item)...)
	e.quote(&f, s, w.Redacted != w.Item)
	if w.Redacted != w.Item {
		f.Hide().Message, _ = e.faultOf(fault, w, w.Redacted)
		f.Hide().Item = w.Check + "/" + w.Redacted
	}
	e.Findings = append(e.Findings, f)
}
