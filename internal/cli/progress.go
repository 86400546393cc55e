package cli

import (
	"fmt"
	"slices"
	"time"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// pace is how often a run says how far it is; a shorter run than the first says nothing.
const patience, pace = time.Second, 500 * time.Millisecond

// clearLine takes back what a terminal shows on its last line.
const clearLine = "\r\x1b[K"

// progress says on the terminal how far a run is.
type progress struct {
	app                 *app
	all, done, findings int
	begun, said         time.Time
}

// progress is nil where no one watches, or where the report itself appears platform by
// platform.
func (a *app) progress(all int, d *delivery) *progress {
	if a.Terminal && slices.ContainsFunc(d.sinks, func(s *sink) bool { return s.shown }) {
		return nil
	}
	return a.far(all)
}

// far is the progress of a run that shows nothing before its end; all is how many steps
// there are, 0 if unknown.
func (a *app) far(all int) *progress {
	if !a.Watched || a.flags.quiet || a.automated() || a.Getenv("TERM") == "dumb" {
		return nil
	}
	return &progress{app: a, all: all, begun: a.Now()}
}

// platform counts a platform, and says so now and then.
func (p *progress) platform(one *results.Platform) {
	if p == nil {
		return
	}
	open := one.Open()
	p.findings += open.Blocker + open.Major + open.Minor + open.Advisory
	switch left, due := p.step(); {
	case due && p.all == 0:
		p.say("已评定 %s；问题 %d 个", "%s, %d findings", lang.Count(p.done, "个平台", "platform", "platforms"), p.findings)
	case due:
		p.say("已评定 %d 个平台，共 %d 个；问题 %d 个；还要约 %s", "%d of %d platforms, %d findings, about %s left", p.done, p.all, p.findings, left)
	}
}

// commit counts a commit, and says so now and then.
func (p *progress) commit() {
	if p == nil {
		return
	}
	if left, due := p.step(); due {
		p.say("已评定 %d 个提交，共 %d 个；还要约 %s", "%d of %d commits, about %s left", p.done, p.all, left)
	}
}

// step counts one more, and reports whether it is time to say so, and what is left.
func (p *progress) step() (left lang.Text, due bool) {
	p.done++
	now := p.app.Now()
	spent := now.Sub(p.begun)
	if spent < patience || now.Sub(p.said) < pace {
		return left, false
	}
	p.said = now
	return span(spent / time.Duration(p.done) * time.Duration(p.all-p.done)), true
}

func (p *progress) say(zh, en string, args ...any) {
	_, _ = fmt.Fprint(p.app.Stderr, clearLine, p.app.say(zh, en, args...))
}

// end leaves the terminal as it was.
func (p *progress) end() {
	if p != nil && !p.said.IsZero() {
		_, _ = fmt.Fprint(p.app.Stderr, clearLine)
	}
}

// span is a time to wait, in words.
func span(d time.Duration) lang.Text {
	if seconds := int(d.Round(time.Second).Seconds()); seconds < 90 {
		return lang.Say("%d 秒", "%d s", seconds)
	}
	return lang.Say("%d 分钟", "%d min", int(d.Round(time.Minute).Minutes()))
}
