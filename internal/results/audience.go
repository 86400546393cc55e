package results

import (
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// Audience is who will read a report; it decides what is left out, never what
// is judged.
type Audience string

// The audiences, from the least to the most trusted.
const (
	// Public readers see verdicts and scores. Of a platform that is itself
	// public they also see which checks fail, but no item, place or evidence.
	Public Audience = "public"
	// Internal readers see everything but what the schemas mark as sensitive.
	Internal Audience = "internal"
	// Assessor readers see everything.
	Assessor Audience = "assessor"
)

// Audiences lists all audiences.
func Audiences() []Audience { return []Audience{Public, Internal, Assessor} }

// Redacted reports whether sensitive facts are hidden from the audience.
func (a Audience) Redacted() bool { return a != Assessor }

// publicly leaves out what the public must not see.
func (p *Platform) publicly() {
	p.Evidence, p.Waivers = []Evidence{}, []Waiver{}
	p.Verdicts, p.ClauseVerdicts = []Verdict{}, []ClauseVerdict{}
	if p.Sensitivity != string(Public) {
		p.Findings, p.Checks = []finding.Finding{}, []Check{}
		p.Grade.Vetoes, p.Reasons = []string{}, []lang.Text{}
		for i := range p.Clauses {
			p.Clauses[i].Checks, p.Clauses[i].Home = []string{}, []string{}
		}
		return
	}
	titles := map[string]lang.Text{}
	for i := range p.Checks {
		titles[p.Checks[i].ID] = p.Checks[i].Title
		for j := range p.Checks[i].Items {
			p.Checks[i].Items[j].Item, p.Checks[i].Items[j].Fact = "", ""
		}
	}
	for i := range p.Findings {
		p.Findings[i] = publicFinding(p.Findings[i], titles)
	}
}

func publicFinding(f finding.Finding, titles map[string]lang.Text) finding.Finding {
	message := lang.Say("描述有缺陷", "the description is defective")
	if title, ok := titles[f.Check]; ok {
		message = lang.Say("不成立：%s", "does not hold: %s", title)
	}
	f.Message, f.Item, f.Excerpt = message, "", ""
	f.Location = finding.WholeFile(f.Location.Path)
	return f
}
