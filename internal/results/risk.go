package results

import (
	"slices"
	"strings"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/term"
)

// Risks counts the risks that failing checks may be. What they come to, others
// judge.
type Risks struct {
	// Applicable counts the risks that some check looks for, Open those that it
	// cannot rule out.
	Applicable int `json:"applicable"`
	Open       int `json:"open"`
	// Undecided are those of the open ones of which nothing is known: their checks
	// only wait for files that cannot be read.
	Undecided int `json:"undecided,omitempty"`
	// Named are the open ones, in the order of the sources.
	Named []Risk `json:"named"`
}

// Risk is one that is open, with the checks that cannot rule it out, waived ones
// included.
type Risk struct {
	// ID is that of the article, Number how it is cited.
	ID     string    `json:"id"`
	Number lang.Text `json:"number"`
	Text   lang.Text `json:"text"`
	Checks []string  `json:"checks"`
	// Waits is set where nothing is known of it.
	Waits bool `json:"waits,omitempty"`
}

// risks are those that the checks of a platform look for; nil for none.
func risks(book *rulebook.Rulebook, p *examine.Platform) *Risks {
	looked, open, found := map[*rulebook.Article]bool{}, map[*rulebook.Article][]string{}, map[*rulebook.Article]bool{}
	unread := map[string]bool{} // fingerprints
	for i := range p.Findings {
		if f := &p.Findings[i]; term.FamilyOf(f.Check).HiddenBy == term.Syntax {
			unread[f.Fingerprint] = true
		}
	}
	for i := range p.Checks {
		c := &p.Checks[i]
		if c.Outcome == finding.NotApplicable {
			continue
		}
		for _, article := range c.Risks {
			looked[article] = true
			if c.Outcome == finding.Fail || c.Outcome == finding.Waived {
				open[article] = append(open[article], c.Rule.ID)
				found[article] = found[article] || shows(c, unread)
			}
		}
	}
	if len(looked) == 0 {
		return nil
	}
	out := &Risks{Applicable: len(looked), Open: len(open), Named: []Risk{}}
	for _, in := range book.Sources {
		for _, a := range in.Articles {
			if open[a] != nil {
				out.Named = append(out.Named, Risk{ID: a.ID, Number: a.Number, Text: a.Duty, Checks: open[a], Waits: !found[a]})
				if !found[a] {
					out.Undecided++
				}
			}
		}
	}
	return out
}

// shows reports whether an item of a check fails, waived or not, for more than a file
// that cannot be read.
func shows(c *examine.Check, unread map[string]bool) bool {
	return slices.ContainsFunc(c.Items, func(i examine.Item) bool {
		failed := i.Outcome == finding.Fail || i.Outcome == finding.Waived
		return failed && (len(i.CausedBy) == 0 || slices.ContainsFunc(i.CausedBy, func(cause string) bool { return !unread[cause] }))
	})
}

// Said names the open risks, zero where nothing was looked for. It is no verdict,
// and says so.
func (r *Risks) Said() lang.Text {
	switch {
	case r == nil:
		return lang.Text{}
	case r.Open == 0:
		return lang.Say("没有可能的重大风险隐患（核对 %d 项）", "no possible major risk found (%d looked for)", r.Applicable)
	case r.Open == r.Undecided:
		return lang.Say("是否有重大风险隐患无从判断：%d 项要等描述能读", "whether there are major risks cannot be told: %d wait for a description that can be read", r.Undecided)
	}
	names := r.Numbers()
	if !names.IsZero() {
		names = lang.Say("：%s", " (%s)", names)
	}
	said := lang.Say("可能的重大风险隐患 %d 项%s；是否成立以等级测评为准", "possible major risks: %d%s; only an MLPS assessment can tell", r.Open-r.Undecided, names)
	if r.Undecided > 0 {
		return lang.Say("%s；另有 %d 项待判", "%s; %d more cannot be told yet", said, r.Undecided)
	}
	return said
}

// Count is how many risks a check has found, also for those who may not know which.
func (r *Risks) Count() int {
	if r == nil {
		return 0
	}
	return r.Open - r.Undecided
}

// Numbers are those of the risks that a check has found, by which they are cited; zero
// for none, and for those who may not know which.
func (r *Risks) Numbers() lang.Text {
	var zh, en []string
	if r != nil {
		for _, risk := range r.Found() {
			zh, en = append(zh, risk.Number.ZH), append(en, risk.Number.EN)
		}
	}
	return lang.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// Found are the open risks that a check has found, without those that only wait for a
// file.
func (r *Risks) Found() (found []Risk) {
	for _, risk := range r.Named {
		if !risk.Waits {
			found = append(found, risk)
		}
	}
	return found
}

// publish keeps only the numbers.
func (r *Risks) publish() *Risks {
	if r == nil {
		return nil
	}
	return &Risks{Applicable: r.Applicable, Open: r.Open, Undecided: r.Undecided, Named: []Risk{}}
}
