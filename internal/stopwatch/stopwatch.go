// Package stopwatch says where the time of a run went.
package stopwatch

import (
	"sync/atomic"
	"time"

	"hegui/internal/lang"
)

// Stage is a part of a run.
type Stage uint8

// The stages, in the order in which a platform passes them.
const (
	Start Stage = iota
	Read
	Parse
	Validate
	Evidence
	Judge
	Score
	Report
	stages
)

// Text is what people call the stage.
func (s Stage) Text() lang.Text {
	return [stages]lang.Text{
		Start:    lang.Say("启动", "start"),
		Read:     lang.Say("读取", "read"),
		Parse:    lang.Say("解析", "parse"),
		Validate: lang.Say("对照模式", "schemas"),
		Evidence: lang.Say("证据", "evidence"),
		Judge:    lang.Say("检查项", "checks"),
		Score:    lang.Say("得分", "score"),
		Report:   lang.Say("报告", "reports"),
	}[s]
}

// Watch adds up what each stage takes, whichever worker it is at. A nil watch adds up
// nothing.
type Watch struct {
	now   func() time.Time
	begun time.Time
	// passed stages are listed even where a coarse clock saw nothing go by.
	passed [stages]atomic.Bool
	spent  [stages]atomic.Int64
}

// New is a watch that began with the run.
func New(now func() time.Time, begun time.Time) *Watch { return &Watch{now: now, begun: begun} }

// Started ends the start, once: work on platforms begins.
func (w *Watch) Started() {
	if w != nil && !w.passed[Start].Swap(true) {
		w.spent[Start].Store(int64(w.Since()))
	}
}

// Time begins a stage, which ends when what it returns is called.
func (w *Watch) Time(s Stage) (stop func()) {
	if w == nil {
		return func() {}
	}
	begun := w.now()
	return func() {
		w.passed[s].Store(true)
		w.spent[s].Add(int64(w.now().Sub(begun)))
	}
}

// Since is how long ago the run began.
func (w *Watch) Since() time.Duration { return w.now().Sub(w.begun) }

// Each hands over what every stage has taken that the run has passed.
func (w *Watch) Each(hand func(Stage, time.Duration)) {
	for s := range stages {
		if w.passed[s].Load() {
			hand(s, time.Duration(w.spent[s].Load()))
		}
	}
}
