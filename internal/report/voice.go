package report

import (
	"cmp"
	"slices"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// voice says in one language what several formats say of the model.
type voice struct{ typeset.Voice }

func newVoice(o Options) voice { return voice{typeset.Voice{Language: o.Language}} }

// disclaimer says what no report of hegui is.
func (v voice) disclaimer() string {
	return v.Say(
		"本报告是平台自评，不是等级测评，不是密评（商用密码应用安全性评估），也不是行政考核结论。",
		"Self-declared: this is not an MLPS assessment (dengji ceping), a cryptography assessment (miping) or an administrative appraisal.")
}

// basis is what was judged, at which date and by which rules, so that the run
// can be repeated.
func (v voice) basis(r *results.Results) string {
	parts := []string{
		strings.TrimSpace(typeset.Inert(r.Tool.Name) + " " + typeset.Inert(r.Tool.Version)),
		v.Say("评定日期 %s", "as of %s", typeset.Inert(r.AsOf)),
	}
	if r.Revision != nil {
		commit := cmp.Or(typeset.Inert(short(r.Revision.Commit)), v.Say("不明", "unknown"))
		parts = append(parts, v.Say("版本 %s%s", "revision %s%s", commit, r.Revision.Note()))
	}
	rules := r.Rulebook.Digest
	parts = append(parts, v.Say("规则库 %s", "rulebook %s", typeset.Inert(rules[:min(len(rules), 19)])))
	if len(r.Rulebook.Overlays) > 0 {
		parts = append(parts, v.Say("叠加 %s", "overlays %s", v.List(r.Rulebook.Overlays, maxNamed)))
	}
	return strings.Join(parts, " · ")
}

// short is as much of a commit's hash as people need.
func short(commit string) string { return commit[:min(len(commit), 12)] }

// defective says how many descriptions have something that counts as not stated
// for the way it is written, nothing for none.
func (v voice) defective(s results.Summary) string {
	if s.Defective == 0 {
		return ""
	}
	return v.Say("，描述有写错的 %d 个", ", %d with something written wrongly", s.Defective)
}

// totals is the report's last line; waived is how many findings are.
func (v voice) totals(s results.Summary, waived int, p typeset.Painter) string {
	if s.Platforms == 0 {
		return v.Say("没有可评的平台", "no platforms to judge")
	}
	tint := typeset.Bad
	if s.Compliant == s.Platforms {
		tint = typeset.Good
	}
	text := v.Count(s.Platforms, "个平台", "platform", "platforms") + v.Say("，", ", ") +
		p.Paint(tint, v.Say("合规 %d 个", "%d compliant", s.Compliant)) + v.defective(s) +
		v.Say("；问题：", "; findings: ") + v.counts(s.Findings, p)
	if waived > 0 {
		text += v.Say("（另有豁免 %d）", " (and %d waived)", waived)
	}
	if s.Lapses != nil && *s.Lapses > 0 {
		text += v.Say("；将到期 %d 项", "; %d to lapse", *s.Lapses)
	}
	return text
}

// waived counts the findings of a platform that are waived.
func waived(p *results.Platform) int {
	n := 0
	for i := range p.Findings {
		if p.Findings[i].Waived {
			n++
		}
	}
	return n
}

// title is the platform's name with its id, which is also its folder.
func (v voice) title(platform *results.Platform) string {
	id := typeset.Inert(platform.ID)
	if platform.Name.IsZero() {
		return id
	}
	return v.Prose(platform.Name) + " · " + id
}

// grade is the score and the grade in the wording that policy fixes, with the
// vetoes that forced it by name.
func (v voice) grade(platform *results.Platform) string {
	if which := v.List(v.vetoes(platform), maxNamed); which != "" {
		return v.scored(platform) + v.Say("（一票否决 %[1]d 项：%[2]s）", " (%[3]s: %[2]s)", platform.Grade.Open, which, v.blockers(platform.Grade.Open))
	}
	return v.graded(platform)
}

// graded is the same with no more than how many vetoes there are.
func (v voice) graded(platform *results.Platform) string {
	return v.scored(platform) + v.vetoed(platform)
}

func (v voice) scored(platform *results.Platform) string {
	score := v.Say("未计分", "not scored")
	if raw := platform.Score.Raw; raw != "" {
		score = v.Say("%s 分", "%s points", number(raw))
	}
	return score + platform.ByProfile().In(v.Language) + v.Say("；", "; ") + v.Prose(platform.Grade.Title)
}

// judged is what is said of a platform as a whole in one line.
func (v voice) judged(platform *results.Platform) string {
	return v.title(platform) + v.Say("：", ": ") + v.grade(platform) + v.Say("；", "; ") + v.Prose(platform.Conclusion())
}

// vetoed is how many open blockers force the grade, in brackets; nothing for none.
func (v voice) vetoed(platform *results.Platform) string {
	if platform.Grade.Open == 0 {
		return ""
	}
	return v.Say("（一票否决 %[1]d 项）", " (%[2]s)", platform.Grade.Open, v.blockers(platform.Grade.Open))
}

func (v voice) blockers(n int) string { return v.Count(n, "项一票否决", "blocker", "blockers") }

// vetoes names each open blocker once, by its check's title where there is one.
func (v voice) vetoes(platform *results.Platform) []string {
	titles := map[string]lang.Text{}
	for _, c := range platform.Checks {
		titles[c.ID] = c.Title
	}
	var names []string
	for _, id := range platform.Grade.Vetoes {
		name := cmp.Or(v.Prose(titles[id]), v.Prose(term.TitleOf(id)), id)
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// change is what happened to a platform as a whole.
func (v voice) change(c *results.GatePlatform) string {
	if c.Change == "moved" {
		return v.Say("由 %s 移来", "moved from %s", typeset.Inert(c.Before))
	}
	return v.Prose(term.Changes().Text(c.Change))
}

// effect is what a gate does about a scope change.
func effect(c results.ScopeChange) string {
	switch {
	case c.Released:
		return "released"
	case c.Blocking:
		return "block"
	}
	return "warn"
}

// counts says how many findings there are of each severity.
func (v voice) counts(c results.Counts, p typeset.Painter) string {
	var parts []string
	for _, s := range finding.Severities() {
		n, r := c.Of(s), typeset.Plain
		if n > 0 {
			r = severityRole(s)
		}
		parts = append(parts, p.Paint(r, v.Say("%[2]s %[1]d", "%[1]d %[2]s", n, s.Text())))
	}
	return v.Join(parts)
}

// severityRole is how a severity looks.
func severityRole(s finding.Severity) typeset.Role {
	switch s {
	case finding.Blocker:
		return typeset.Bad
	case finding.Major:
		return typeset.Warning
	case finding.Minor:
		return typeset.Note
	}
	return typeset.Plain
}
