package audit

import (
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

// Upcoming is what fails today of a demand that comes into force on a later day: it is
// announced, and scored nowhere.
type Upcoming struct {
	On calendar.Date
	// Ruling is what the check asks for from that day on.
	Ruling  Ruling
	Finding finding.Finding
}

// announce judges a check by what it will be on days to come, and tells what fails
// then and not today.
func (r *reading) announce(c *Check, rule *rulebook.Check) error {
	if r.later() {
		return nil // of days to come the forecast speaks
	}
	versions := r.Rulebook.Announced(rule.ID, r.AsOf)
	if c.Upcoming != nil {
		versions = slices.Insert(versions, 0, rulebook.Version{From: *c.Upcoming, Check: rule})
	}
	if len(versions) == 0 {
		return nil
	}
	fails := map[string]bool{}
	for _, item := range c.Items {
		fails[strings.Join(item.Keys, "\x00")] = item.Outcome == finding.Fail
	}
	for _, version := range versions {
		if !r.unjudged(version.Check).IsZero() {
			continue
		}
		judgement, err := version.Check.JudgeAhead(r.frame, r.level)
		if err != nil {
			return err
		}
		ahead := Check{Ruling: Ruling{Demand: demanded(version.Check, version.Check.LevelAt(r.frame, r.level), r.AsOf), Outcome: finding.NotApplicable}}
		for i := range judgement.Items {
			judged := &judgement.Items[i]
			if key := strings.Join(judged.Keys, "\x00"); judged.Outcome == finding.Fail && !fails[key] {
				fails[key] = true
				r.upcoming(version, &ahead, judged)
			}
		}
	}
	return nil
}

func (r *reading) upcoming(version rulebook.Version, ahead *Check, judged *rulebook.Judged) {
	if r.told += findingWeight; r.told > maxTold {
		return
	}
	if len(judged.Absent) > 0 {
		told := judged.Told()[0]
		judged.Message.Full, judged.Message.Redacted, judged.Place = told.Message, told.Message, told.Place
	}
	f := r.checkFinding(ahead, judged)
	if ahead.Basis.Grounded() && version.Check.Tightened(ahead.Level) {
		f.Severity = min(f.Severity, finding.Major)
	}
	r.Upcoming = append(r.Upcoming, Upcoming{version.From, ahead.Ruling, f})
}
