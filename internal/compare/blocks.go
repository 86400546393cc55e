package compare

import (
	"math/big"

	"hegui/internal/lang"
	"hegui/internal/score"
)

// blocks says what in one platform stops the change.
func (j *Judge) blocks(p *Platform) []lang.Marked {
	var all []lang.Marked
	if n := p.blocking(); n > 0 {
		all = append(all, lang.Open(lang.Say("%[1]s：新增 %[2]d 个达到拦截级别（%[3]s）的问题", "%[1]s: new findings at or above the gate's severity (%[3]s): %[2]d", p.ID(), n, j.Rulebook.Policy.Gate.Severity.Text())))
	}
	for _, w := range p.Worse {
		if w.Blocking {
			grown := func(change lang.Text) lang.Text {
				return lang.Say("%s：原有的问题 %s 变重：%s，没有更新的日期和证据", "%s: the known finding %s got worse: %s, without a newer date or new evidence", p.ID(), w.Check, change)
			}
			all = append(all, lang.Marked{Full: grown(w.Change.Full), Redacted: grown(w.Change.Redacted)})
		}
	}
	if p.After != nil {
		for _, reason := range j.worse(p) {
			all = append(all, lang.Open(reason))
		}
	}
	for _, c := range p.Scope {
		if c.Blocking {
			all = append(all, lang.Marked{Full: lang.Say("%s：%s", "%s: %s", p.ID(), c.Message.Full), Redacted: lang.Say("%s：%s", "%s: %s", p.ID(), c.Message.Redacted)})
		}
	}
	return all
}

func (p *Platform) blocking() int {
	n := 0
	for i := range p.New {
		if p.New[i].Blocking {
			n++
		}
	}
	return n
}

// worse compares scores and compliance. A platform without a score counts as
// one without points: nothing that could be assessed is left of it.
func (j *Judge) worse(p *Platform) []lang.Text {
	var all []lang.Text
	if p.Before == nil {
		return j.refuses(p)
	}
	policy, on := j.Rulebook.Policy, j.footing(p)
	before, after, drop := orZero(on.before.Raw), orZero(on.after.Raw), on.drop()
	if drop.Cmp(policy.Gate.MaxDrop) > 0 {
		all = append(all, lang.Say("%s：原始得分由 %s 降到 %s，降 %s 分，一次改动最多降 %s 分", "%s: the raw score falls from %s to %s, by %s points; one change may cost %s",
			p.ID(), score.Format(before), score.Format(after), score.Format(drop), score.Format(policy.Gate.MaxDrop)))
	}
	if after.Cmp(policy.Minimum) < 0 && drop.Sign() > 0 {
		all = append(all, lang.Say("%s：得分 %s 低于合规线 %s，且比原来的 %s 更低", "%s: the score of %s is below the minimum of %s and worse than the %s before", p.ID(), score.Format(after), score.Format(policy.Minimum), score.Format(before)))
	}
	switch {
	case on.before.Compliant && !on.after.Compliant:
		for _, reason := range on.after.Reasons {
			all = append(all, lang.Say("%s：原来合规，现在不合规：%s", "%s: was compliant and no longer is: %s", p.ID(), reason))
		}
	case j.comesIn(p):
		all = append(all, j.refuses(p)...)
	}
	return all
}

func orZero(r *big.Rat) *big.Rat {
	if r == nil {
		return new(big.Rat)
	}
	return r
}
