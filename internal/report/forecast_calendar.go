package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"time"

	ics "github.com/arran4/golang-ical"

	"hegui/internal/results"
	"hegui/internal/typeset"
)

// calendarFormat writes what lapses into a calendar (iCalendar, RFC 5545): one event
// for each, all day long, with reminders 30 and 7 days before. Whoever subscribes to
// a later one sees the event move: its name is that of the finding it will be.
type calendarFormat struct{}

func (calendarFormat) Name() string { return "ics" }

func (calendarFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	d := &agenda{voice: newVoice(o), w: w, run: run, calendar: ics.NewCalendarFor("hegui"), seen: map[string]int{}}
	d.calendar.SetProductId("-//hegui//hegui//EN")
	d.calendar.SetMethod(ics.MethodPublish)
	stamp, err := time.Parse(time.DateOnly, run.AsOf)
	d.stamp = stamp
	return d, err
}

type agenda struct {
	nothing
	voice
	w        io.Writer
	run      *results.Results
	calendar *ics.Calendar
	stamp    time.Time
	seen     map[string]int
}

func (d *agenda) Platform(p *results.Platform) error {
	for i := range p.Forecast.Days {
		day := &p.Forecast.Days[i]
		for _, l := range shortly(day) {
			if l.Worse() {
				if err := d.event(p, day, l); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (d *agenda) event(p *results.Platform, day *results.ForecastDay, l *results.Lapse) error {
	on, err := time.Parse(time.DateOnly, day.On)
	if err != nil {
		return err
	}
	id := l.Fingerprint
	if d.seen[id]++; d.seen[id] > 1 { // what recovers by itself may lapse again
		id = fmt.Sprintf("%s-%d", id, d.seen[id])
	}
	subject := d.subject(turn{Lapse: l, items: slices.DeleteFunc([]string{l.Item}, func(item string) bool { return item == "" })})
	event := d.calendar.AddEvent(id + "@hegui")
	event.SetDtStampTime(d.stamp)
	event.SetAllDayStartAt(on)
	event.SetAllDayEndAt(on.AddDate(0, 0, 1))
	event.SetTimeTransparency(ics.TransparencyTransparent)
	event.SetSummary(d.Say("%[2]s：%[1]s", "%[1]s (%[2]s)", subject, d.Prose(p.Name)))
	event.SetDescription(d.described(p, day, l))
	event.AddCategory(d.Prose(l.Severity.Text()))
	for _, before := range []string{"-P30D", "-P7D"} {
		alarm := event.AddAlarm()
		alarm.SetAction(ics.ActionDisplay)
		alarm.SetTrigger(before)
		alarm.SetDescription(subject)
	}
	return nil
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
	out := bufio.NewWriter(d.w) // which keeps the errors that the library drops
	if err := d.calendar.SerializeTo(out, ics.WithNewLine("\r\n")); err != nil {
		return err
	}
	return out.Flush()
}
