package rulebook

import (
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// Grace is how long what has just begun owes no record yet: a yearly one only when a
// year has passed. Whatever is on record is judged from the first day on.
type Grace struct {
	// Since is the day of the header from which the period runs, Limit a period of the
	// check's own limits or one as it is, Records the list of what is owed then.
	Since, Limit, Records string
}

// Text is the grace as it is written, empty for none.
func (g Grace) Text() string {
	if g == (Grace{}) {
		return ""
	}
	return "{ since: " + g.Since + ", limit: " + g.Limit + ", records: " + g.Records + " }"
}

// grace reads how long what has just begun owes no record.
func (c *compiler) grace(check *Check) {
	stated := c.node.Get("grace")
	if stated == nil {
		return
	}
	check.Grace = Grace{str(stated, "since"), str(stated, "limit"), str(stated, "records")}
	topic, key, _ := strings.Cut(check.Grace.Since, ".")
	if field := c.book.Schemas.Find(HeaderTopic).Root.Field(key); topic != HeaderTopic || field == nil || field.Type.Kind != schema.Date {
		c.refuse(stated.Get("since").Start(), lang.Say("%s 不是平台头部的日期", "%s is not a date of the header", document.Quote(check.Grace.Since)))
	}
	for level := 0; level <= MaxLevel; level++ {
		if _, err := calendar.ParsePeriod(check.graceLimit(level)); err != nil {
			c.refuse(stated.Get("limit").Start(), lang.Say("%s 不是时长，也不是检查项的时长限值", "%s is neither a period nor a limit of the check that is one", document.Quote(check.Grace.Limit)))
			break
		}
	}
	if !slices.Contains(check.Reads(), check.Grace.Records) {
		c.refuse(stated.Get("records").Start(), lang.Say("检查项不读取 %s", "the check does not read %s", document.Quote(check.Grace.Records)))
	}
}

// due is the first day on which a platform owes the records, for one that has begun
// too lately for them; nil for any other, and for one that does not say when it began.
func (c *Check) due(f *Frame, level int) *calendar.Date {
	if c.Grace.Since == "" {
		return nil
	}
	since := f.Fact(c.Grace.Since).Value
	if since == nil {
		return nil
	}
	began, err := calendar.ParseDate(since.Text)
	period, wrong := calendar.ParsePeriod(c.graceLimit(level))
	if err != nil || wrong != nil {
		return nil
	}
	day := began.Day().Add(period).NextDay()
	if !f.AsOf().Before(day) {
		return nil
	}
	return &day
}

// graceLimit is the period of the grace at a level, the shortest where that is unknown.
func (c *Check) graceLimit(level int) string {
	if level == NoLevel {
		level = MaxLevel
	}
	if i := slices.IndexFunc(c.Limits, func(r LimitRule) bool { return r.Name == c.Grace.Limit }); i >= 0 {
		return c.Limits[i].At(level).Value
	}
	return c.Grace.Limit
}

// early is the judgement of a check that fails for nothing but records which are not
// owed yet, nil where that is not so.
func (c *Check) early(f *Frame, level int, items []Judged) *Judgement {
	if !slices.ContainsFunc(items, func(j Judged) bool { return j.Outcome == finding.Fail }) || slices.ContainsFunc(items, c.owed) {
		return nil
	}
	day := c.due(f, level)
	if day == nil {
		return nil
	}
	f.Foretell(*day)
	return &Judgement{Early: true, Upcoming: day, Flips: f.Flips(), OutOfForce: lang.Say("自 %s 起还不满 %s，没有记录的从 %s 起要求", "runs since %s, less than %s: where nothing is on record it is asked for from %s on",
		f.Fact(c.Grace.Since).Value.Text, Limit{Value: c.graceLimit(level)}.Text(), day)}
}

// owed reports whether an item fails for more than a missing record: for a record that
// shows something bad, another fact that is not stated, or something that cannot be
// read.
func (c *Check) owed(j Judged) bool {
	switch {
	case j.Outcome != finding.Fail:
		return false
	case len(j.Absent) > 0:
		return slices.ContainsFunc(j.Absent, func(a *expression.Absent) bool {
			return len(a.Defects) > 0 || a.Ahead != nil || !strings.HasPrefix(c.Grace.Records+".", a.Path()+".")
		})
	}
	return len(j.Newest) > 0 || slices.ContainsFunc(c.Each, func(r Range) bool { return strings.HasPrefix(r.List, c.Grace.Records) })
}
