package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"hegui/internal/finding"
	"hegui/internal/results"
	"hegui/internal/typeset"
)

// calendarFormat writes what lapses into a calendar (iCalendar, RFC 5545): one event
// for each, all day long, with reminders 30 and 7 days before. Whoever subscribes to
// a later one sees the event move: its name is that of the finding it will be.
type calendarFormat struct {
	events Events
}

// Events is what a calendar has an event for.
type Events uint8

// From one platform's owner to those who look after many: an event for each item, for
// each day of each platform, for each day.
const (
	EachItem Events = iota
	EachPlatform
	EachDay
)

func (calendarFormat) Name() string { return "ics" }

func (f calendarFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	d := &agenda{events: f.events, voice: newVoice(o), out: bufio.NewWriter(w), run: run, seen: map[string]int{}, days: map[string]*lapsing{}}
	frame := ics.NewCalendarFor("hegui")
	frame.SetProductId("-//hegui//hegui//EN")
	frame.SetMethod(ics.MethodPublish)
	head, _, _ := strings.Cut(frame.Serialize(ics.WithNewLine(newLine)), calendarEnd)
	if _, err := d.out.WriteString(head); err != nil {
		return nil, err
	}
	return d, nil
}

// The end of a calendar and of its lines, and how long these are at most, in bytes.
const (
	calendarEnd = "END:VCALENDAR"
	newLine     = "\r\n"
	lineLength  = 75
)

type agenda struct {
	nothing
	voice
	events Events
	out    *bufio.Writer // which keeps the errors that the library drops
	run    *results.Results
	seen   map[string]int
	days   map[string]*lapsing
}

// lapsing is what lapses on one day of all platforms.
type lapsing struct {
	checks, platforms int
	severity          finding.Severity // the gravest
	named             []string         // platforms, as many as are listed
}

func (d *agenda) Platform(p *results.Platform) error {
	if p.Forecast == nil {
		return nil
	}
	for i := range p.Forecast.Days {
		day := &p.Forecast.Days[i]
		if err := d.enter(p, day); err != nil {
			return err
		}
	}
	return d.out.Flush()
}

// enter enters what lapses of a platform on a day.
func (d *agenda) enter(p *results.Platform, day *results.ForecastDay) error {
	turning := slices.DeleteFunc(turns(day), func(t turn) bool { return !t.Worse() })
	switch {
	case len(turning) == 0:
		return nil
	case d.events == EachDay:
		d.count(p, day.On, turning)
		return nil
	case d.events == EachPlatform:
		return d.sum(p, day, turning)
	}
	for _, l := range shortly(day) {
		if l.Worse() {
			if err := d.event(p, day, l); err != nil {
				return err
			}
		}
	}
	return nil
}

// count adds what lapses of a platform to the day's event.
func (d *agenda) count(p *results.Platform, on string, turning []turn) {
	day := d.days[on]
	if day == nil {
		day = &lapsing{}
		d.days[on] = day
	}
	day.checks += len(turning)
	day.severity = max(day.severity, turning[0].Severity)
	if day.platforms++; day.platforms <= maxNamed {
		day.named = append(day.named, d.Say("%s：%s", "%s: %s", d.Prose(p.Name), d.Count(len(turning), "个检查项", "check", "checks")))
	}
}

// whole writes the event of one day of all platforms.
func (d *agenda) whole(on string, day *lapsing) error {
	subject := d.Say("到期 %s，属 %s", "what lapses: %s of %s", d.Count(day.checks, "个检查项", "check", "checks"), d.Count(day.platforms, "个平台", "platform", "platforms"))
	text := strings.Join(day.named, "\n")
	if more := day.platforms - len(day.named); more > 0 {
		text += "\n" + d.Say("另有 %d 个平台", "and %d more", more)
	}
	return d.write(finding.Fingerprint("lapses", on), on, subject, text, subject, day.severity)
}

// sum is all that lapses of a platform on a day in one event.
func (d *agenda) sum(p *results.Platform, day *results.ForecastDay, turning []turn) error {
	score, grade, verdict := d.standsAt(&day.Outlook)
	text := d.Say("此后 %s 分；%s；%s", "then %s points; %s; %s", score, grade, verdict)
	for _, t := range turning[:min(len(turning), maxNamed)] {
		text += "\n" + d.Prose(t.Severity.Text()) + " " + d.subject(t) + d.Say("，%s 前动手", ", begin by %s", t.Begin)
	}
	if more := len(turning) - maxNamed; more > 0 {
		text += "\n" + d.Say("另有 %d 项", "and %d more", more)
	}
	many := d.Say("到期 %s", "%s", d.Count(len(turning), "项", "check lapses", "checks lapse")) // beside the summary, which programs show with a reminder
	return d.write(finding.Fingerprint("lapses", p.Code, day.On), day.On, d.Say("%[2]s：%[1]s", "%[2]s: %[1]s", many, d.Prose(p.Name)), text, many, turning[0].Severity)
}

// event is one item that lapses. Its name is that of the finding that it will be.
func (d *agenda) event(p *results.Platform, day *results.ForecastDay, l *results.Lapse) error {
	subject := d.subject(turn{Lapse: l, items: slices.DeleteFunc([]string{l.Item}, func(item string) bool { return item == "" })})
	return d.write(l.Fingerprint, day.On, d.Say("%[2]s：%[1]s", "%[1]s (%[2]s)", subject, d.Prose(p.Name)), d.described(p, day, l), subject, l.Severity)
}

// write writes an event of a day with its reminders.
func (d *agenda) write(id, day, summary, text, reminder string, severity finding.Severity) error {
	on, err := time.Parse(time.DateOnly, day)
	stamp, other := time.Parse(time.DateOnly, d.run.AsOf)
	if err := cmp.Or(err, other); err != nil {
		return err
	}
	if d.seen[id]++; d.seen[id] > 1 { // what recovers by itself may lapse again
		id = fmt.Sprintf("%s-%d", id, d.seen[id])
	}
	event := ics.NewEvent(id + "@hegui")
	event.SetDtStampTime(stamp)
	event.SetAllDayStartAt(on)
	event.SetAllDayEndAt(on.AddDate(0, 0, 1))
	event.SetTimeTransparency(ics.TransparencyTransparent)
	event.SetSummary(summary)
	event.SetDescription(text)
	event.AddCategory(d.Prose(severity.Text()))
	for _, before := range []string{"-P30D", "-P7D"} {
		alarm := event.AddAlarm()
		alarm.SetAction(ics.ActionDisplay)
		alarm.SetTrigger(before)
		alarm.SetDescription(reminder)
	}
	return event.SerializeTo(d.out, &ics.SerializationConfiguration{MaxLength: lineLength, PropertyMaxLength: lineLength, NewLine: newLine})
}

func (d *agenda) described(p *results.Platform, day *results.ForecastDay, l *results.Lapse) string {
	text := ""
	if !l.Cause.IsZero() {
		text += d.Prose(l.Cause) + "\n"
	}
	if !l.Message.IsZero() {
		text += d.Prose(l.Message) + "\n"
	}
	text += d.Say("%s 前动手：%s", "begin by %s: %s", l.Begin, d.Prose(l.Remedy)) + "\n"
	score, grade, verdict := d.standsAt(&day.Outlook)
	text += d.Say("此后 %s 分；%s；%s", "then %s points; %s; %s", score, grade, verdict) + "\n"
	if l.Location != nil && l.Location.Path != "" {
		text += typeset.Place(l.Location.Path, l.Location.Line, l.Location.Column) + "\n"
	}
	return text + fmt.Sprintf("%s · %s · hegui explain %s", d.Prose(l.Severity.Text()), typeset.Inert(p.ID), l.Check)
}

func (d *agenda) End(*results.Results) error {
	for _, on := range slices.Sorted(maps.Keys(d.days)) {
		if err := d.whole(on, d.days[on]); err != nil {
			return err
		}
	}
	if _, err := d.out.WriteString(calendarEnd + newLine); err != nil {
		return err
	}
	return d.out.Flush()
}

// Calendar is the format of calendars with these events.
func Calendar(e Events) Format { return calendarFormat{e} }
