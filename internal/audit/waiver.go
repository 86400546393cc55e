package audit

import (
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

const (
	waiversSchema = "waivers"
	waiversFile   = waiversSchema + ".yaml"
)

// The states of a waiver.
const (
	WaiverActive  = "active"
	waiverUnused  = "unused"
	waiverExpired = "expired"
	waiverRefused = "refused"
	WaiverPending = "pending"
)

// readWaivers reads the platform's waivers, nil if it has none.
func (r *reading) readWaivers() []*document.Value {
	s := r.Rulebook.Schemas.Find(waiversSchema)
	doc := r.open(waiversSchema)
	if s == nil || doc == nil {
		return nil
	}
	r.check(s, doc)
	if r.broken[waiversSchema] {
		return nil
	}
	return doc.Root.Get("waivers").Items
}

// waive applies the waivers to what has been judged. A waived item stays
// judged: only its outcome says that somebody answers for it.
func (r *reading) waive(waivers []*document.Value) {
	counts := r.stated(waiversSchema, waivers)
	for _, v := range waivers {
		w := r.waiver(v, counts[v])
		if w.State == WaiverActive && !r.releases(w) && !r.cover(w) {
			w.State = waiverUnused
			r.complain("unused", v, lang.Say("豁免没有用上：%s 现在没有不合格的项", "the waiver covers nothing: %s has no failing item", named(w)),
				lang.Say("删去这条豁免", "delete the waiver"))
		}
		r.Waivers = append(r.Waivers, w)
	}
	for i := range r.Checks {
		if r.Checks[i].CausedBy == "" && len(r.Checks[i].Items) > 0 {
			r.Checks[i].Outcome = outcome(r.Checks[i].Items)
		}
	}
}

// waiver judges one waiver. One that does not count yet says nothing either:
// whoever reviews the change sees it there.
func (r *reading) waiver(v *document.Value, counts bool) Waiver {
	w := Waiver{Check: v.TextAt("check"), Item: v.TextAt("item"), Reason: v.TextAt("reason"), RequestedBy: v.TextAt("requested_by"),
		ApprovedBy: v.TextAt("approved_by"), ApprovedOn: v.TextAt("approved_on"), Expires: v.TextAt("expires"), State: WaiverActive, Location: finding.At(v)}
	if !counts {
		w.State = WaiverPending
		return w
	}
	approved, _ := calendar.ParseDate(w.ApprovedOn) // the schema has held them to dates
	expires, _ := calendar.ParseDate(w.Expires)
	term, _ := calendar.ParsePeriod(r.Rulebook.Policy.Waiver.MaxTerm)
	switch rule := r.Rulebook.Check(w.Check); {
	case rule == nil && !isOwn(w.Check) && !r.releases(w):
		w.State = waiverRefused
		r.complain("unknown_check", v, lang.Say("没有检查 %s", "there is no check %s", document.Quote(w.Check)), lang.Say("核对规则编号", "check the id of the check"))
	case rule == nil && !strings.HasPrefix(w.Check, evidencePrefix) && !r.releases(w) || rule != nil && !rule.Waivable:
		w.State = waiverRefused
		r.complain("not_waivable", v, lang.Say("%s 不能豁免", "%s cannot be waived", named(w)), lang.Say("改正问题本身", "mend what is found instead"))
	case w.RequestedBy == w.ApprovedBy:
		w.State = waiverRefused
		r.complain("self_approved", v, lang.Say("%s 自己批准了自己的豁免", "%s approved its own waiver", w.ApprovedBy), lang.Say("由另一个岗位批准", "have another post approve it"))
	case approved.Add(term).Before(expires):
		w.State = waiverRefused
		r.complain("over_long", v, lang.Say("豁免期超过 %s", "the waiver runs longer than %s", term.Text()), lang.Say("缩短到期日", "let it expire earlier"))
	case expires.Before(approved) || r.AsOf.Before(approved):
		w.State = waiverRefused
		r.complain("not_yet", v, lang.Say("豁免在 %s 尚未批准，或到期早于批准", "on %s the waiver is not yet approved, or expires before its approval", r.AsOf), lang.Say("核对两个日期", "check both dates"))
	case expires.Before(r.AsOf):
		w.State = waiverExpired
		r.complain("expired", v, lang.Say("豁免已于 %s 到期，不再有效", "the waiver expired on %s and has no effect", w.Expires), lang.Say("改正问题，或重新申请", "mend what is found, or apply again"))
	}
	return w
}

// evidencePrefix begins the ids of findings about evidence, the only ones that
// no check makes and that can be waived.
const evidencePrefix = "evidence."

// ScopePrefix begins what a waiver names that lets a scope change through the
// gate; the kind of the change follows.
const ScopePrefix = "scope."

// releases reports whether a waiver is for a scope change. It covers no
// finding: only a gate sees the change.
func (r *reading) releases(w Waiver) bool {
	kind, isScope := strings.CutPrefix(w.Check, ScopePrefix)
	return isScope && r.Rulebook.Policy.Gate.ScopeChanges[kind] != ""
}

// isOwn reports whether an id is that of a finding which no check makes.
func isOwn(id string) bool {
	kind, _, _ := strings.Cut(id, ".")
	return slices.Contains([]string{"document", "schema", "evidence", "waiver"}, kind)
}

func named(w Waiver) string {
	if w.Item == "" {
		return w.Check
	}
	return w.Check + " " + document.Quote(w.Item)
}

// cover marks what a waiver covers and reports whether there was anything.
func (r *reading) cover(w Waiver) bool {
	covered := false
	for i := range r.Checks {
		c := &r.Checks[i]
		if c.Rule.ID != w.Check || c.CausedBy != "" {
			continue
		}
		for j := range c.Items {
			if c.Items[j].Outcome == finding.Fail && (w.Item == "" || w.Item == c.Items[j].Name) {
				c.Items[j].Outcome = finding.Waived
				covered = true
			}
		}
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Check == w.Check && !f.Waived && (w.Item == "" || w.Item == f.Item) {
			f.Waived, covered = true, true
		}
	}
	return covered
}

func (r *reading) complain(code string, v *document.Value, message, remedy lang.Text) {
	at := finding.At(v)
	keys := slices.DeleteFunc([]string{v.TextAt("check"), v.TextAt("item")}, func(s string) bool { return s == "" })
	f := r.ownFinding("waiver."+code, at, message, remedy, keys...)
	f.Excerpt = r.excerpt(v.Document(), at.Line)
	r.Findings = append(r.Findings, f)
}
