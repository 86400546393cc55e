package report

import (
	"slices"

	"hegui/internal/results"
	"hegui/internal/term"
)

// ForecastFormats are the formats of forecasts, in the order in which help lists
// them. They show platforms that have a forecast.
func ForecastFormats() []Format {
	return []Format{forecastText{}, jsonFormat{}, jsonlFormat{}, forecastMarkdown{}, forecastCSV{}, calendarFormat{}}
}

// shortly are the changes of a day that readers with little room see first: those for
// the worse, the severest of them first.
func shortly(d *results.ForecastDay) []*results.Lapse {
	out := make([]*results.Lapse, len(d.Changes))
	for i := range d.Changes {
		out[i] = &d.Changes[i]
	}
	weight := func(l *results.Lapse) int {
		if !l.Worse() {
			return -1
		}
		return int(l.Severity)
	}
	slices.SortStableFunc(out, func(a, b *results.Lapse) int { return weight(b) - weight(a) })
	return out
}

// turn is one check that turns on a day, with the items of which it does.
type turn struct {
	*results.Lapse
	items []string
}

// turns are the changes of a day by check, in the order of shortly.
func turns(d *results.ForecastDay) (all []turn) {
	at := map[string]int{}
	for _, l := range shortly(d) {
		key := l.Check + " " + string(l.From) + " " + string(l.To)
		i, known := at[key]
		if !known {
			i = len(all)
			at[key], all = i, append(all, turn{Lapse: l})
		}
		if l.Item != "" {
			all[i].items = append(all[i].items, l.Item)
		}
	}
	return all
}

// maxItems is how many items of a turning check are named.
const maxItems = 3

// subject is what turns, and of what.
func (v voice) subject(t turn) string {
	text := v.Prose(t.Title)
	if len(t.items) > 0 {
		text += v.Say("：%s", ": %s", v.List(t.items, maxItems))
	}
	return text
}

// becomes says what becomes of an outcome.
func (v voice) becomes(l *results.Lapse) string {
	return v.Say("%s → %s", "%s → %s", term.Outcomes().Text(string(l.From)), term.Outcomes().Text(string(l.To)))
}

// caused says in brackets what comes into or goes out of force, nothing where time
// alone changes an outcome.
func (v voice) caused(l *results.Lapse) string {
	if l.Cause.IsZero() {
		return ""
	}
	return v.Say("（%s）", " (%s)", v.Prose(l.Cause))
}

// standsAt is score, grade and verdict on a day.
func (v voice) standsAt(o *results.Outlook) (score, grade, verdict string) {
	verdict = v.Prose(term.Compliance(o.Compliant))
	if o.Grade.Open > 0 {
		verdict += v.Say("（一票否决 %[1]d 项）", " (%[2]s)", o.Grade.Open, v.blockers(o.Grade.Open))
	}
	return number(o.Score), v.Prose(o.Grade.Title), verdict
}

// stands is all of it of a platform on the first day, with the profile that it is judged by.
func (v voice) stands(p *results.Platform, o *results.Outlook) string {
	return v.outlook(o) + p.ByProfile().In(v.Language)
}

// outlook is all of it in a line, with the duties that are not met.
func (v voice) outlook(o *results.Outlook) string {
	score, grade, verdict := v.standsAt(o)
	return v.Say("%[1]s 分；%[2]s；%[3]s；法定义务未履行 %[4]d 项", "%[1]s points; %[2]s; %[3]s; %[5]s not met", score, grade, verdict, o.Unmet,
		v.Count(o.Unmet, "项法定义务", "statutory duty", "statutory duties"))
}
