package report

import (
	"bufio"
	"fmt"
	"io"
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
	// daily: one event for each platform and day, for those who look after many.
	daily bool
}

func (calendarFormat) Name() string { return "ics" }

func (f calendarFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	d := &agenda{daily: f.daily, voice: newVoice(o), out: bufio.NewWriter(w), run: run, seen: map[string]int{}}
	frame := ics.NewCalendarFor("hegui")
	frame.SetProductId("-//hegui//hegui//EN")
	frame.SetMethod(ics.MethodPublish)
	head, _, _ := strings.Cut(frame.Serialize(ics.WithNewLine(newLine)), calendarEnd)
	if _, err := d.out.WriteString(head); err != nil {
		return nil, err
	}
	stamp, err := time.Parse(time.DateOnly, run.AsOf)
	d.stamp = stamp
	return d, err
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
	daily bool
	out   *bufio.Writer // which keeps the errors that the library drops
	run   *results.Results
	stamp time.Time
	seen  map[string]int
}

func (d *agenda) Platform(p *results.Platform) error {
	if p.Forecast == nil {
		return nil
	}
	for i := range p.Forecast.Days {
		day := &p.Forecast.Days[i]
		if d.daily {
			if err := d.sum(p, day); err != nil {
				return err
			}
			continue
		}
		for _, l := range shortly(day) {
			if l.Worse() {
				if err := d.event(p, day, l); err != nil {
					return err
				}
			}
		}
	}
	return d.out.Flush()
}

// sum is all that lapses of a platform on a day in one event.
func (d *agenda) sum(p *results.Platform, day *results.ForecastDay) error {
	turning := slices.DeleteFunc(turns(day), func(t turn) bool { return !t.Worse() })
	if len(turning) == 0 {
		return nil
	}
	score, grade, verdict := d.standsAt(&day.Outlook)
	text := d.Say("此后 %s 分；%s；%s", "then %s points; %s; %s", score, grade, verdict)
	for _, t := range turning[:min(len(turning), maxNamed)] {
		text += "\n" + d.Prose(t.Severity.Text()) + " " + d.subject(t)
	}
	if more := len(turning) - maxNamed; more > 0 {
		text += "\n" + d.Say("另有 %d 项", "and %d more", more)
	}
	subject := d.Say("%[2]s：到期 %[1]s", "%[2]s: %[1]s", d.Count(len(turning), "项", "check lapses", "checks lapse"), d.Prose(p.Name))
	return d.write(finding.Fingerprint("lapses", p.Code, day.On), day.On, subject, text, subject, turning[0].Severity)
}

// event is one item that lapses. Its name is that of the finding that it will be.
func (d *agenda) event(p *results.Platform, day *results.ForecastDay, l *results.Lapse) error {
	subject := d.subject(turn{Lapse: l, items: slices.DeleteFunc([]string{l.Item}, func(item string) bool { return item == "" })})
	return d.write(l.Fingerprint, day.On, d.Say("%[2]s：%[1]s", "%[1]s (%[2]s)", subject, d.Prose(p.Name)), d.described(p, day, l), subject, l.Severity)
}

// write writes an event of a day with its reminders.
func (d *agenda) write(id, day, summary, text, reminder string, severity finding.Severity) error {
	on, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return err
	}
	if d.seen[id]++; d.seen[id] > 1 { // what recovers by itself may lapse again
		id = fmt.Sprintf("%s-%d", id, d.seen[id])
	}
	event := ics.NewEvent(id + "@hegui")
	event.SetDtStampTime(d.stamp)
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
	if _, err := d.out.WriteString(calendarEnd + newLine); err != nil {
		return err
	}
	return d.out.Flush()
}

// Calendar is the format of calendars: an event for each item, or daily one for each
// platform and day.
func Calendar(daily bool) Format { return calendarFormat{daily} }
