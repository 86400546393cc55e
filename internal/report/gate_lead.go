package report

import (
	"slices"

	"hegui/internal/examine"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// maxReasons is how many reasons against a change lead its report: a reader has
// twenty seconds. The rest is counted.
const maxReasons = 10

// reasons are what stops a change, the first of them in words.
func (v voice) reasons(g *results.Gate) []string {
	var all []string
	for _, reason := range g.Blocks[:min(len(g.Blocks), maxReasons)] {
		all = append(all, v.Prose(reason))
	}
	if rest := len(g.Blocks) - maxReasons; rest > 0 {
		all = append(all, v.Say("另有 %s，涉及的平台见下表", "and %s; the table below has their platforms", lang.Count(rest, "条理由", "more reason", "more reasons")))
	}
	return all
}

// next are the steps that let a blocked change through: what to fix, what to ask
// for, and whom.
func (v voice) next(g *results.Gate) []string {
	if g.Passed {
		return nil
	}
	var steps []string
	if n := blockingOf(g.Findings); n > 0 {
		steps = append(steps, v.Say("整改：新增且拦截的问题 %[1]d 个，各自写明了改什么", "fix %[2]s; each finding says what to write", n, lang.Count(n, "个新问题", "new finding that blocks", "new findings that block")))
	}
	if slices.ContainsFunc(g.Findings, func(f results.GateFinding) bool { return f.Blocking && !examine.Breaks(f.Check) }) {
		steps = append(steps, v.Say("确有理由改不了的，请监管岗位先把豁免并入主干，申请与批准是两个岗位；只求先放行而结论不变的，写 effect: gate", "where it cannot be fixed, have the supervising post merge a waiver into base first, asked for by one post and approved by another; with effect: gate it only lets the change through and leaves the verdict"))
	}
	if n := blockingOf(g.Worse); n > 0 {
		steps = append(steps, v.Say("变重的问题 %d 个：改回原值，或写上更新的日期和证据", "findings that got worse: %d; state the value as before, or with a newer date and new evidence", n))
	}
	steps = append(steps, v.restored(g.ScopeChanges)...)
	if len(steps) == 0 {
		steps = append(steps, v.Say("把得分和结论改回不低于原来的水平；确需如此的，请监管岗位先在主干上放行", "bring score and verdict back to where they were; where it has to be so, have the supervising post release it in base first"))
	}
	return steps
}

// restored are the steps against scope changes, one for all platforms that share it.
func (v voice) restored(changes []results.ScopeChange) []string {
	var steps []string
	times := map[string]int{}
	for _, c := range changes {
		if !c.Blocking || c.Released {
			continue
		}
		step := typeset.Inert("scope."+c.Kind+" "+c.Subject) + v.Say("：", ": ") + v.Prose(c.Remedy)
		if times[step]++; times[step] == 1 {
			steps = append(steps, step)
		}
	}
	steps = steps[:min(len(steps), maxReasons)]
	for i, step := range steps {
		if n := times[step]; n > 1 {
			steps[i] += v.Say("（%d 处）", " (%d times)", n)
		}
	}
	return steps
}

func blockingOf(all []results.GateFinding) (n int) {
	for i := range all {
		if all[i].Blocking {
			n++
		}
	}
	return n
}

// byMerge are the waivers that wait for their merge, and those that do not and have no
// effect all the same.
func byMerge(all []results.GateWaiver) (pending, idle []results.GateWaiver) {
	for _, w := range all {
		if w.State == examine.WaiverPending {
			pending = append(pending, w)
		} else {
			idle = append(idle, w)
		}
	}
	return pending, idle
}

// mark says in brackets why a finding does not stop a change; nothing for one that can.
func (v voice) mark(l results.Listed) (all string) {
	add := func(zh, en string) { all += v.Say("（"+zh+"）", " ("+en+")") }
	switch {
	case l.Reported:
		add("改动如实补记，影响结论，不拦截", "put on record by the change: counts in the verdict, does not block")
	case l.Stricter && lapses(l):
		add("已由评估人员确认的事实改了，确认随之失效，不拦截", "a fact that an assessor had confirmed has changed, so that the confirmation lapses: does not block")
	case l.Stricter:
		add("平台的事实写得更严才显出来，不拦截", "brought up by a stricter fact of the platform, does not block")
	case l.Revealed:
		add("原被损坏的文件遮住，不拦截", "hidden by a broken file before, does not block")
	}
	if l.Released {
		add("主干已放行，只过门禁", "released in base, for the gate alone")
	}
	return all
}

// lapses reports whether a finding is about an assessor's statement, not about a fact.
func lapses(l results.Listed) bool { return term.FamilyOf(l.Finding.Check).ID == "verdict" }

// introduced are the new findings of a change.
func introduced(g *results.Gate) (all []results.Listed) {
	for i := range g.Findings {
		all = append(all, g.Findings[i].Listed(nil, false))
	}
	return all
}
