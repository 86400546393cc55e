package audit

import (
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/term"
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
// judged: only its outcome says that somebody answers for it. A waiver that
// does not count yet says nothing either: whoever reviews the change sees it
// there.
func (r *reading) waive(waivers []*document.Value) {
	counts := r.stated(waiversSchema, waivers)
	for _, v := range waivers {
		w := r.waiver(v)
		switch fault := r.fault(w); {
		case !counts[v]:
			w.State = WaiverPending
		case fault != "":
			w.State = stateOf(fault)
			r.complain(fault, w, v)
		case r.releases(w) || r.cover(w):
			w.State = WaiverActive
		default:
			w.State = waiverUnused
			r.complain("unused", w, v)
		}
		r.Waivers = append(r.Waivers, w)
	}
	for i := range r.Checks {
		if r.Checks[i].CausedBy == "" && len(r.Checks[i].Items) > 0 {
			r.Checks[i].Outcome = outcome(r.Checks[i].Items)
		}
	}
}

func (r *reading) waiver(v *document.Value) Waiver {
	w := Waiver{Check: v.TextAt("check"), Item: v.TextAt("item"), Reason: v.TextAt("reason"), RequestedBy: v.TextAt("requested_by"),
		ApprovedBy: v.TextAt("approved_by"), ApprovedOn: v.TextAt("approved_on"), Expires: v.TextAt("expires"), Location: finding.At(v)}
	w.Redacted, _ = r.hidden(w.Check, w.Item)
	return w
}

// fault is what keeps a waiver from having an effect, empty for nothing.
func (r *reading) fault(w Waiver) string {
	approved, _ := calendar.ParseDate(w.ApprovedOn) // the schema has held them to dates
	expires, _ := calendar.ParseDate(w.Expires)
	family, _, own := term.Find(w.Check)
	switch rule := r.Rulebook.Check(w.Check); {
	case rule == nil && !own:
		return "unknown_check"
	case rule == nil && family.Release != term.Waivable && !r.releases(w) || rule != nil && !rule.Waivable:
		return "not_waivable"
	case w.RequestedBy == w.ApprovedBy:
		return "self_approved"
	case approved.Add(r.maxTerm()).Before(expires):
		return "over_long"
	case expires.Before(approved) || r.AsOf.Before(approved):
		return "not_yet"
	case expires.Before(r.AsOf):
		return "expired"
	}
	return ""
}

func (r *reading) maxTerm() calendar.Period {
	longest, _ := calendar.ParsePeriod(r.Rulebook.Policy.Waiver.MaxTerm) // the loader has held it to one
	return longest
}

func stateOf(fault string) string {
	if fault == "expired" {
		return waiverExpired
	}
	return waiverRefused
}

// faultOf says what keeps a waiver for this item from having an effect.
func (r *reading) faultOf(fault string, w Waiver, item string) (message, remedy lang.Text) {
	name := w.Check
	if item != "" {
		name += " " + document.Quote(item)
	}
	switch fault {
	case "unknown_check":
		return lang.Say("没有检查 %s", "there is no check %s", document.Quote(w.Check)), lang.Say("核对规则编号", "check the id of the check")
	case "not_waivable":
		return lang.Say("%s 不能豁免", "%s cannot be waived", name), lang.Say("改正问题本身", "mend what is found instead")
	case "self_approved":
		return lang.Say("%s 自己批准了自己的豁免", "%s approved its own waiver", w.ApprovedBy), lang.Say("由另一个岗位批准", "have another post approve it")
	case "over_long":
		return lang.Say("豁免期超过 %s", "the waiver runs longer than %s", r.maxTerm().Text()), lang.Say("缩短到期日", "let it expire earlier")
	case "not_yet":
		return lang.Say("豁免在 %s 尚未批准，或到期早于批准", "on %s the waiver is not yet approved, or expires before its approval", r.AsOf), lang.Say("核对两个日期", "check both dates")
	case "expired":
		return lang.Say("豁免已于 %s 到期，不再有效", "the waiver expired on %s and has no effect", w.Expires), lang.Say("改正问题，或重新申请", "mend what is found, or apply again")
	}
	return lang.Say("豁免没有用上：%s 现在没有不合格的项", "the waiver covers nothing: %s has no failing item", name), lang.Say("删去这条豁免", "delete the waiver")
}

// ScopePrefix begins what a waiver names that lets a scope change through the
// gate; the kind of the change follows.
const ScopePrefix = "scope."

// releases reports whether a waiver is for a scope change. It covers no
// finding: only a gate sees the change.
func (r *reading) releases(w Waiver) bool {
	kind, isScope := strings.CutPrefix(w.Check, ScopePrefix)
	return isScope && r.Rulebook.Policy.Gate.ScopeChanges[kind] != ""
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

// complain reports what keeps a waiver from having an effect.
func (r *reading) complain(fault string, w Waiver, v *document.Value) {
	keys := slices.DeleteFunc([]string{w.Check, w.Item}, func(key string) bool { return key == "" })
	message, remedy := r.faultOf(fault, w, w.Item)
	f := r.ownFinding("waiver."+fault, w.Location, message, remedy, keys...)
	r.quote(&f, v.Document())
	if w.Redacted != w.Item {
		f.Hide().Message, _ = r.faultOf(fault, w, w.Redacted)
		f.Hide().Item, f.Hide().Excerpt = w.Check+"/"+w.Redacted, ""
	}
	r.Findings = append(r.Findings, f)
}
