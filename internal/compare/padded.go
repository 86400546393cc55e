package compare

import (
	"slices"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/score"
)

// padded reports passing items that the change adds to a check that still fails: the
// check earns more although nothing was fixed.
func (s *scoping) padded() {
	c := ScopeChange{Kind: itemGone, Subject: "added", Location: finding.WholeFile(s.p.After.Path),
		Remedy: lang.Say("确认这些项真的存在；不合格的项还要整改", "make sure that they really exist; what fails is still to be fixed")}
	var names, hidden []string
	for i := range s.p.Before.Checks {
		before, after := &s.p.Before.Checks[i], &s.p.After.Checks[i]
		// What the baseline could not show is not known to be added.
		if len(before.CausedBy()) > 0 {
			continue
		}
		added := passing(before, after)
		if len(added) == 0 {
			continue
		}
		c.see([]Unseen{{before.Rule.ID, before.Severity}})
		for _, item := range added {
			if len(names) == 0 && item.Place.Document() != nil {
				c.Location = finding.At(item.Place)
			}
			if !slices.Contains(names, item.Name) {
				names, hidden = append(names, item.Name), append(hidden, item.Redacted)
			}
		}
	}
	if len(names) == 0 {
		return
	}
	said := func(names []string) lang.Text {
		return lang.Say("新写的 %d 项合格，使 %d 项仍不通过的检查得分上升：%s", "items added that pass: %d; checks that fail all the same earn more by them: %d (%s)", len(names), len(c.Unseen), named(names))
	}
	c.Message = lang.Marked{Full: said(names), Redacted: said(hidden)}
	s.add(c)
}

// passing are the items that pass and that a check did not have, where it failed,
// fails and earns more.
func passing(before, after *examine.Check) []examine.Item {
	if before.Outcome != finding.Fail || after.Outcome != finding.Fail {
		return nil
	}
	if from, to := score.Attainment(before), score.Attainment(after); from.IsNone() || to.IsNone() || to.Cmp(from) <= 0 {
		return nil
	}
	had := namesOf(before.Items, func(*examine.Item) bool { return true })
	return slices.DeleteFunc(slices.Clone(after.Items), func(i examine.Item) bool { return i.Outcome != finding.Pass || had[i.Name] })
}
