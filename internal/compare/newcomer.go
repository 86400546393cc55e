package compare

import (
	"hegui/internal/examine"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// admit decides what stops a new platform. It must comply, unless the policy only shows
// new platforms or a release lets it in; single findings that are not the reason are
// listed. A platform with files that nobody can judge never comes in.
func (j *Judge) admit(p *Platform) {
	if j.Rulebook.Policy.Gate.NewPlatform == rulebook.NewFindings && !p.released {
		return
	}
	for i := range p.New {
		if f := &p.New[i]; !examine.Breaks(f.Check) {
			f.Blocking, f.Released = false, f.Released || p.released
		}
	}
}

// refuses says why a new platform does not come in, but for single findings.
func (j *Judge) refuses(p *Platform) (all []lang.Text) {
	if p.released || j.Rulebook.Policy.Gate.NewPlatform == rulebook.NewShown {
		return nil
	}
	who := lang.Say("新平台", "the new platform")
	if p.Before != nil {
		who = lang.Say("平台从这次改动起才评级，", "the platform is graded from this change on and")
	}
	for _, reason := range j.excuse(p, p.passing()).Reasons {
		all = append(all, lang.Say("%s：%s不合规：%s；要么整改，要么由监管岗位先在主干 %s/%s.yaml 放行（%s）", "%s: %s does not comply: %s; fix it, or have the supervising post release it in base first, in %s/%s.yaml (%s)", p.ID(), who, reason, rulebook.WaiversDir, p.After.Code, examine.NewPlatform))
	}
	return all
}

// comesIn reports whether a platform complied because too little of the regulation applied
// to grade it, and is graded in head: it comes in as a new one does.
func (j *Judge) comesIn(p *Platform) bool {
	was, is := &p.Before.Score, &p.After.Score
	return was.Compliant && !was.Covered(j.Rulebook.Policy) && is.Covered(j.Rulebook.Policy)
}
