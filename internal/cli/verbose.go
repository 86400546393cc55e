package cli

import (
	"fmt"
	"strings"
	"time"

	"hegui/internal/lang"
	"hegui/internal/stopwatch"
	"hegui/internal/typeset"
)

// sayTimes says where the time of a run went, where -v asks for it.
func (a *app) sayTimes() {
	if a.watch == nil {
		return
	}
	fmt.Fprintln(a.Stderr, a.say("各阶段用时（各路合计），共 %s，%d 路并行：", "where the time went, of all workers together; %s in all, %d at a time:", seconds(a.watch.Since()), a.flags.jobs))
	a.watch.Each(func(s stopwatch.Stage, spent time.Duration) {
		name := s.Text().In(a.lang)
		fmt.Fprintf(a.Stderr, "  %s%s%10s\n", name, strings.Repeat(" ", max(10-typeset.Width(name), 0)), seconds(spent).In(a.lang))
	})
}

// seconds is a time that a program takes, in words.
func seconds(d time.Duration) lang.Text {
	return lang.Say("%.3f 秒", "%.3f s", d.Seconds())
}
