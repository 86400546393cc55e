package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"hegui/internal/audit"
	"hegui/internal/report"
	"hegui/internal/results"
)

// shardFlags are those by which several machines share one run.
func (a *app) shardFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&a.flags.shard, "shard", "", a.say("只评定全部平台里的第 I 份，共 N 份，写作 I/N；按编号的哈希分，由 hegui merge 合并", "judge part I of N of all platforms, as I/N; a hash of the id says which, and hegui merge joins the parts"))
	f.BoolVar(&a.flags.facts, "facts", false, a.say("与 --shard 同用：也留下 html 和 xlsx 要用的事实", "with --shard: also keep the facts that html and xlsx show"))
}

// shard is the part of the run that is asked for, of none for the whole run. A part is
// written in lines unless something else is asked for.
func (a *app) shard() (s results.Shard, err error) {
	if a.flags.shard == "" {
		if a.flags.facts {
			return s, fault("--facts 只与 --shard 同用：html 和 xlsx 报告自己会取事实", "--facts goes with --shard: html and xlsx reports have the facts anyway")
		}
		return s, nil
	}
	s, ok := results.ParseShard(a.flags.shard)
	if !ok {
		return s, fault("--shard %q 不认识：写 I/N，如 2/8，I 从 1 到 N", "--shard %q is unknown: want I/N such as 2/8, I from 1 to N", a.flags.shard)
	}
	if len(a.flags.reports) == 0 {
		a.flags.reports = []string{"jsonl"}
	}
	return s, nil
}

// partsAlone reports whether all outputs can be parts of a run.
func partsAlone(outputs []output) bool {
	return !slices.ContainsFunc(outputs, func(o output) bool { return o.format.Name() != "jsonl" })
}

// split keeps the platforms of one part to be judged. What platforms may not share is
// still looked for among all of them.
func (a *app) split(e *examination, s results.Shard) {
	a.part, e.reads = &report.Part{Shard: s, Facts: a.flags.facts}, results.Everything
	if e.until != nil {
		a.part.Until = e.until.String()
	}
	for _, f := range e.folders {
		a.part.IDs = append(a.part.IDs, f.ID)
	}
	if e.auditor.Among == nil {
		e.auditor.Among = slices.Clone(e.folders)
	}
	e.folders = slices.DeleteFunc(e.folders, func(f audit.Folder) bool { return !s.Has(f.ID) })
}
