package report

import (
	"strings"

	"hegui/internal/results"
)

// summary writes what holds for the whole run: each platform in a line, what
// was judged and by what, and the counts.
func (p *page) summary(r *results.Results) {
	if len(r.Platforms) > 0 {
		for _, row := range p.align(p.overview(r.Platforms)) {
			p.line(row)
		}
		p.line()
	}
	for _, err := range r.Errors {
		p.line(p.paint(bad, p.say("运行出错：", "run failed: ")), p.prose(err))
	}
	if len(r.Errors) > 0 {
		p.line()
	}
	p.line(p.paint(faint, p.basis(r)))
	p.line(p.paint(faint, p.disclaimer()))
	p.line(p.totals(r))
}

// disclaimer says what no report of hegui is.
func (p *page) disclaimer() string {
	return p.say(
		"本报告是平台自评，不是等级测评，不是密评（商用密码应用安全性评估），也不是行政考核结论。",
		"Self-declared: this is no MLPS assessment (dengji ceping), no cryptography assessment (miping) and no administrative appraisal.")
}

// overview is one row per platform.
func (p *page) overview(platforms []results.Platform) [][]field {
	head := func(zh, en string) field { return field{text: p.say(zh, en), role: faint} }
	score := head("得分", "score")
	score.right = true
	rows := [][]field{{head("平台", "platform"), head("标识", "id"), score, head("等次", "grade"), head("判定", "verdict")}}
	for i := range platforms {
		platform := &platforms[i]
		tint, verdict := bad, p.say("不合规", "not compliant")
		if platform.Compliant {
			tint, verdict = good, p.say("合规", "compliant")
		}
		grade := p.prose(platform.Grade.Title)
		if len(platform.Grade.Vetoes) > 0 {
			grade += p.say("（一票否决）", " (veto)")
		}
		rows = append(rows, []field{
			{text: p.prose(platform.Name)}, {text: inert(platform.ID)},
			{text: number(platform.Score.Raw), role: strong, right: true},
			{text: grade}, {text: verdict, role: tint},
		})
	}
	return rows
}

// basis is what was judged, at which date and by which rules, so that the run
// can be repeated.
func (p *page) basis(r *results.Results) string {
	parts := []string{
		strings.TrimSpace(inert(r.Tool.Name) + " " + inert(r.Tool.Version)),
		p.say("评定日期 %s", "as of %s", inert(r.AsOf)),
	}
	if r.Revision != nil {
		text := p.say("版本 %s", "revision %s", inert(short(r.Revision.Commit)))
		if r.Revision.Dirty {
			text += p.say("（有未提交的改动）", " (with uncommitted changes)")
		}
		parts = append(parts, text)
	}
	rules := r.Rulebook.Digest
	parts = append(parts, p.say("规则库 %s", "rulebook %s", inert(rules[:min(len(rules), 19)])))
	if len(r.Rulebook.Overlays) > 0 {
		parts = append(parts, p.say("叠加 %s", "overlays %s", p.list(r.Rulebook.Overlays, maxNamed)))
	}
	return strings.Join(parts, " · ")
}

// short is as much of a commit's hash as people need.
func short(commit string) string { return commit[:min(len(commit), 12)] }

// totals is the report's last line.
func (p *page) totals(r *results.Results) string {
	s := r.Summary
	if s.Platforms == 0 {
		return p.say("没有可评的平台", "no platforms to judge")
	}
	waived := 0
	for i := range r.Platforms {
		for j := range r.Platforms[i].Findings {
			if r.Platforms[i].Findings[j].Waived {
				waived++
			}
		}
	}
	tint := bad
	if s.Compliant == s.Platforms {
		tint = good
	}
	text := p.count(s.Platforms, "个平台", "platform", "platforms") + p.say("，", ", ") +
		p.paint(tint, p.say("合规 %d 个", "%d compliant", s.Compliant)) +
		p.say("；发现：", "; findings: ") + p.counts(s.Findings)
	if waived > 0 {
		text += p.say("（另有豁免 %d）", " (and %d waived)", waived)
	}
	return text
}
