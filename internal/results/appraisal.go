package results

import (
	"math/big"
	"slices"

	"hegui/internal/lang"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// maxSaid is how many things one sentence of an appraisal names.
const maxSaid = 3

// Appraisal is a platform in a few sentences, as a report begins: what was judged
// and how, the verdict and why, where it is strong and weak, what is at risk, who has
// verified it, what to do first. It says only what the platform's results say, to
// whoever may read them.
func (r *Results) Appraisal(p *Platform) []lang.Text {
	a := appraisal{run: r, Platform: p}
	var out []lang.Text
	for _, say := range []func() lang.Text{a.judged, a.verdict, a.unread, a.chapters, a.duties, a.risks, a.losses, a.verified, a.first} {
		if said := say(); !said.IsZero() {
			out = append(out, said)
		}
	}
	return out
}

type appraisal struct {
	*Platform
	run *Results
}

// judged says what was judged, when and by what.
func (a appraisal) judged() lang.Text {
	what := a.KindTitle
	if what.IsZero() {
		what = lang.Say("类别未写明", "of no stated kind")
	}
	if !a.StageTitle.IsZero() {
		what = lang.Say("%s，%s", "%s, %s", what, a.StageTitle)
	}
	if a.MLPSLevel > 0 {
		what = lang.Say("%s，等级保护第 %d 级", "%s, MLPS level %d", what, a.MLPSLevel)
	}
	name := a.Name
	if name.IsZero() {
		name = lang.Same(typeset.Inert(a.ID))
	}
	return lang.Say("%[1]s（%[2]s）以 %[3]s 为基准日，按%[4]s口径对照《%[5]s》自评。",
		"%[1]s (%[2]s) was held against %[5]s as of %[3]s, by the %[4]s profile and by its own description.", name, what, a.run.AsOf, a.Profile.Text(), a.run.Rulebook.Title)
}

// verdict says whether the platform complies, its score and grade, and why not.
func (a appraisal) verdict() lang.Text {
	score := lang.Say("原始得分 %s 分", "a raw score of %s", a.Score.Raw)
	if a.Score.Raw == "" {
		score = lang.Say("没有得分", "no score")
	}
	said := lang.Say("结论为%s，%s，等次为%s", "It is %s, with %s and the grade %s", term.Compliance(a.Compliant), score, a.Grade.Title)
	for i, reason := range a.Reasons {
		if i == 0 {
			said = lang.Say("%s；不合规在于：%s", "%s; it does not comply because: %s", said, reason)
		} else {
			said = lang.Say("%s；%s", "%s; %s", said, reason)
		}
	}
	return lang.Say("%s。", "%s.", said)
}

// unread says what could not be read, and what that keeps from being judged.
func (a appraisal) unread() lang.Text {
	checks, places := map[string]bool{}, a.Unread()
	for _, b := range places {
		for _, id := range b.Checks {
			checks[id] = true
		}
	}
	if len(checks) == 0 {
		return lang.Text{}
	}
	return lang.Say("描述有%s无法读取，%s因此无法判断，按不通过计；改正之前，这一结论不反映平台的实际状况。",
		"%s of the description cannot be read, for which %s cannot be judged and count as failed: until that is fixed, this verdict does not show what the platform is like.",
		lang.Count(len(places), "处", "place", "places"), lang.Count(len(checks), "个检查项", "check", "checks"))
}

// chapters say how the clauses stand, and which chapters are strong and weak.
func (a appraisal) chapters() lang.Text {
	n := map[string]int{}
	for i := range a.Clauses {
		n[a.Clauses[i].Verdict]++
	}
	said := lang.Say("适用的条款中，符合 %d 条，部分符合 %d 条，不符合 %d 条", "Of the clauses that apply %d are met, %d partly met and %d not met", n["met"], n["partly_met"], n["not_met"])
	best, worst := extremes(a.Chapters)
	if best == nil || best.Score == worst.Score {
		return lang.Say("%s。", "%s.", said)
	}
	return lang.Say("%s；得分率最高的是第 %s 章“%s”（%s%%），最低的是第 %s 章“%s”（%s%%）。",
		"%s; the strongest chapter is %s, %s (%s %%), the weakest %s, %s (%s %%).", said,
		best.ID, best.Title, best.Score, worst.ID, worst.Title, worst.Score)
}

// extremes are the chapters with the highest and the lowest score, nil where none is
// scored.
func extremes(all []Chapter) (best, worst *Chapter) {
	value := func(c *Chapter) *big.Rat {
		n, ok := new(big.Rat).SetString(string(c.Score))
		if !ok {
			return nil
		}
		return n
	}
	for i := range all {
		c := &all[i]
		n := value(c)
		if n == nil {
			continue
		}
		if best == nil || n.Cmp(value(best)) > 0 {
			best = c
		}
		if worst == nil || n.Cmp(value(worst)) < 0 {
			worst = c
		}
	}
	return best, worst
}

// duties say how many statutory duties are met.
func (a appraisal) duties() lang.Text {
	switch {
	case a.Statutory == nil:
		return lang.Text{}
	case a.Statutory.Unmet == 0:
		return lang.Say("适用的法定义务 %d 项，均已履行。", "All of the %d statutory duties that apply are met.", a.Statutory.Applicable)
	}
	unmet, waiting := a.Duties()
	said := lang.Say("适用的法定义务 %d 项，未履行 %d 项", "Of the %d statutory duties that apply %d are not met", a.Statutory.Applicable, a.Statutory.Unmet-waiting)
	if len(unmet) > 0 {
		said = lang.Say("%s：%s", "%s: %s", said, titles(unmet, len(unmet)))
	}
	if waiting > 0 {
		said = lang.Say("%s；%d 项因缺少事实无法判断，按未履行计", "%s; %d cannot be judged for lack of facts, and count as not met", said, waiting)
	}
	return lang.Say("%s。", "%s.", said)
}

// titles names the first of some checks, of all that there are.
func titles(checks []*Check, of int) lang.Text {
	var said lang.Text
	for i, c := range checks[:min(len(checks), maxSaid)] {
		if i == 0 {
			said = lang.Say("“%s”", "%q", c.Title)
		} else {
			said = lang.Say("%s、“%s”", "%s, %q", said, c.Title)
		}
	}
	if of > maxSaid {
		said = lang.Say("%s等", "%s and others", said)
	}
	return said
}

// risks say which major risks nothing rules out.
func (a appraisal) risks() lang.Text {
	said := a.Risks.Said()
	if said.IsZero() {
		return lang.Text{}
	}
	return lang.Say("%s。", "Looked for beside the score: %s.", said)
}

// losses say what costs most.
func (a appraisal) losses() lang.Text {
	if len(a.Losses) == 0 {
		return lang.Text{}
	}
	if len(a.Losses) == 1 {
		return lang.Say("共失 %s 分，都在“%s”。", "%s points are lost, all of them for %q.", a.Score.Lost, a.LossTitle(&a.Losses[0]))
	}
	first := min(maxSaid, len(a.Losses))
	var said lang.Text
	for i := range a.Losses[:first] {
		l := &a.Losses[i]
		one := lang.Say("“%s”（%s 分）", "%q (%s)", a.LossTitle(l), l.Lost)
		if i == 0 {
			said = one
		} else {
			said = lang.Say("%s、%s", "%s, %s", said, one)
		}
	}
	return lang.Say("共失 %s 分，失分最多的 %d 处失 %s 分：%s。", "%s points are lost; the %d greatest losses come to %s: %s.", a.Score.Lost, first, a.LostBy(first), said)
}

// LossTitle is what a loss is called: its check's title, or what could not be read.
func (p *Platform) LossTitle(l *Loss) lang.Text {
	if l.Cause == "" {
		if c := p.Find(l.Check); c != nil {
			return c.Title
		}
	}
	for i := range p.Findings {
		if p.Findings[i].Fingerprint == l.Cause && l.Cause != "" {
			return p.Findings[i].Message
		}
	}
	return term.TitleOf(l.Check)
}

// verified says who has looked at it.
func (a appraisal) verified() lang.Text {
	v := a.Verification
	if v == nil {
		return lang.Say("尚无评估人员核实，以上都是平台自己的申报。", "No assessor has verified anything yet: all of this is what the platform declares.")
	}
	return lang.Say("%s；未核实的只是申报。", "Assessors have looked at it, %s; the rest is only declared.", v.Said())
}

// first says what to do first.
func (a appraisal) first() lang.Text {
	switch {
	case len(a.Unread()) > 0:
		return lang.Say("先改正无法读取之处，再评。", "First fix what cannot be read, then judge again.")
	case len(a.Grade.Vetoes) > 0:
		var open []*Check
		for _, id := range a.Grade.Vetoes {
			if c := a.Find(id); c != nil && !slices.Contains(open, c) {
				open = append(open, c)
			}
		}
		if len(open) == 0 {
			return lang.Say("先补上一票否决项所等的事实。", "First state the facts that the open blockers wait for.")
		}
		return lang.Say("先整改一票否决项：%s。", "First fix the open blockers: %s.", titles(open, len(open)))
	case len(a.Losses) > 0:
		return lang.Say("先整改失分最多的“%s”。", "First fix what costs most: %q.", a.LossTitle(&a.Losses[0]))
	}
	return lang.Text{}
}
