package results

import (
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// Gate is the judgement of a change: what head makes of base, by the rulebook
// of base. The platforms beside it are those of head that the change touches.
type Gate struct {
	// Passed is set when nothing blocks the change.
	Passed bool `json:"passed"`
	// Base is the tip whose rulebook judges, Head what is judged, null for the
	// working tree. Baselines are their merge bases, one but for criss-cross
	// merges.
	Base      string   `json:"base"`
	Head      *string  `json:"head"`
	Baselines []string `json:"baselines"`
	// Merged is set when the outcome of merging Head into Base was judged.
	Merged bool `json:"merged,omitempty"`
	// New, Fixed, Withdrawn and Unchanged count findings that are not waived.
	New       Counts `json:"new"`
	Fixed     Counts `json:"fixed"`
	Withdrawn Counts `json:"withdrawn"`
	Unchanged Counts `json:"unchanged"`
	// Blocks says what stops the change, one sentence a reason; empty when it
	// passes.
	Blocks []lang.Text `json:"blocks"`
	// Findings are the new ones, first those that the change puts on record itself, else
	// in the order of every report. They stand in their platforms as well, but for those
	// of the rulebook.
	Findings []GateFinding `json:"findings"`
	// Gone are those that stood at the baseline and no longer do, Worse those that
	// stand and have grown without a newer date or new evidence.
	Gone         []GateFinding  `json:"gone"`
	Worse        []GateFinding  `json:"worse"`
	Platforms    []GatePlatform `json:"platforms"`
	ScopeChanges []ScopeChange  `json:"scope_changes"`
	// Waivers are those that have no effect: what head states and base's tip does not,
	// until it is merged, and what the supervisors' file in base states in vain.
	Waivers []GateWaiver `json:"waivers"`
	// Impact is what the change does to the rulebook; null when it does not
	// touch it.
	Impact *Impact `json:"impact"`

	// redacted are the blocks without what is sensitive.
	redacted []lang.Text
}

// Untouched reports whether the change leaves all that is judged as it was: no
// platform and nothing of the rulebook differs.
func (g *Gate) Untouched() bool {
	return len(g.Platforms) == 0 && g.Impact == nil && len(g.Findings) == 0 && len(g.Waivers) == 0 && g.Unchanged.Total() == 0
}

// GateFinding is a finding that the change introduces or fixes.
type GateFinding struct {
	finding.Finding
	// Platform is the platform's id, empty for a defect of head's rulebook.
	Platform string `json:"platform"`
	// Blocking is set when this finding alone stops the change.
	Blocking bool `json:"blocking"`
	// Revealed is set when a broken file hid the finding at the baseline: it is
	// new to the reader, and not the change's fault.
	Revealed bool `json:"revealed"`
	// Released is set when a release in base lets it through: verdict and score count
	// it all the same.
	Released bool `json:"released,omitempty"`
	// Reported is set for what the change puts on record itself, Stricter for what only
	// a stricter fact of the header brings up: neither blocks.
	Reported bool `json:"reported,omitempty"`
	Stricter bool `json:"stricter,omitempty"`
	// Withdrawn is set for one that is gone because nothing is left that it could be
	// found in: nobody has fixed it.
	Withdrawn bool `json:"withdrawn"`
	// Change is what has become of the facts of one that got worse.
	Change lang.Text `json:"change,omitzero"`

	redacted lang.Text
}

// GatePlatform is what the change does to one platform.
type GatePlatform struct {
	ID   string    `json:"id"`
	Code string    `json:"code"`
	Name lang.Text `json:"name"`
	// Change is added, removed, moved or changed.
	Change string `json:"change"`
	// Before is the id at the baseline, empty for an added platform.
	Before string `json:"before"`
	// ScoreBefore and ScoreAfter are raw scores, null where there is none.
	ScoreBefore     Number        `json:"score_before"`
	ScoreAfter      Number        `json:"score_after"`
	GradeBefore     lang.Text     `json:"grade_before"`
	GradeAfter      lang.Text     `json:"grade_after"`
	CompliantBefore *bool         `json:"compliant_before"`
	CompliantAfter  *bool         `json:"compliant_after"`
	Chapters        []GateChapter `json:"chapters"`
	New             Counts        `json:"new"`
	Fixed           Counts        `json:"fixed"`
	Withdrawn       Counts        `json:"withdrawn"`
	Unchanged       Counts        `json:"unchanged"`

	// public is set when the platform is public on both sides.
	public bool
}

// GateChapter is a chapter's score on both sides.
type GateChapter struct {
	ID     string    `json:"id"`
	Title  lang.Text `json:"title"`
	Before Number    `json:"before"`
	After  Number    `json:"after"`
}

// ScopeChange is something that is judged at the baseline and no longer in
// head, or that was rewritten where it must not be.
type ScopeChange struct {
	// Kind is one of the kinds of family scope; policy belongs to no platform.
	Kind     string `json:"kind"`
	Platform string `json:"platform"`
	// Subject is what a release names: a platform's id, a topic, a keyed path, a
	// fact with what it says now.
	Subject string    `json:"subject"`
	Message lang.Text `json:"message"`
	Remedy  lang.Text `json:"remedy"`
	// Checks are those that it takes out of sight, Severities how many of which.
	Checks     []string `json:"checks"`
	Severities Counts   `json:"severities"`
	// Blocking is set when policy stops the change for it, Released when a waiver
	// in base releases it.
	Blocking bool             `json:"blocking"`
	Released bool             `json:"released"`
	Location finding.Location `json:"location"`

	redacted struct {
		subject string
		message lang.Text
	}
}

// GateWaiver is a waiver or release that waits for its merge, or has no effect for
// another reason.
type GateWaiver struct {
	Platform string `json:"platform"`
	examine.Waiver
	// Message says what keeps one of the supervisors from having an effect, Remedy what
	// to do about it.
	Message lang.Text `json:"message,omitzero"`
	Remedy  lang.Text `json:"remedy,omitzero"`
}

// Impact is what a change of the rulebook would do once merged, to the
// platforms as head describes them.
type Impact struct {
	// Files are the rulebook's files that the change touches.
	Files []string `json:"files"`
	// Defects are those of head's rulebook; with any of them nothing can be
	// judged by it.
	Defects []finding.Defect `json:"defects"`
	// Articles are those of the sources that the change adds, changes or removes,
	// with what rests on them.
	Articles []ImpactArticle `json:"articles,omitempty"`
	// Stricter is what head's rulebook asks for that was not asked for before.
	Stricter []ImpactStricter `json:"stricter,omitempty"`
	// Platforms are those whose compliance, grade, score or findings differ.
	Platforms []ImpactPlatform `json:"platforms"`
	// Unaffected counts the others.
	Unaffected int `json:"unaffected"`
	// Later are the days on which something that is only announced makes platforms
	// fare differently.
	Later []ImpactDay `json:"later,omitempty"`
}

// ImpactDay is what a change of the rulebook would do on a day to come, to the
// platforms as they are described today.
type ImpactDay struct {
	On         string           `json:"on"`
	Platforms  []ImpactPlatform `json:"platforms"`
	Unaffected int              `json:"unaffected"`
}

// ImpactArticle is what a change makes of an article.
type ImpactArticle struct {
	ID     string    `json:"id"`
	Cite   lang.Text `json:"cite"`
	Change string    `json:"change"` // added, changed or removed
	// Rests are the checks that name it, "check limit" for a limit of one.
	Rests []string `json:"rests"`
}

// ImpactStricter is one demand that a change of the rulebook raises.
type ImpactStricter struct {
	Subject  string           `json:"subject"`
	Message  lang.Text        `json:"message"`
	Location finding.Location `json:"location"`
}

// ImpactPlatform is what a changed rulebook makes of one platform.
type ImpactPlatform struct {
	ID              string    `json:"id"`
	Code            string    `json:"code"`
	Name            lang.Text `json:"name"`
	ScoreBefore     Number    `json:"score_before"`
	ScoreAfter      Number    `json:"score_after"`
	GradeBefore     lang.Text `json:"grade_before"`
	GradeAfter      lang.Text `json:"grade_after"`
	CompliantBefore bool      `json:"compliant_before"`
	CompliantAfter  bool      `json:"compliant_after"`
	FindingsBefore  int       `json:"findings_before"`
	FindingsAfter   int       `json:"findings_after"`
	// Turns are the checks of which only one of the two rulebooks finds something.
	Turns []ImpactTurn `json:"turns,omitempty"`

	then Outlook
}

// Then is what the platform would be by the other rulebook.
func (p *ImpactPlatform) Then() Outlook { return p.then }

// ImpactTurn is a check that turns, and for how many items.
type ImpactTurn struct {
	Check    string           `json:"check"`
	Title    lang.Text        `json:"title"`
	Clauses  []string         `json:"clauses"`
	Severity finding.Severity `json:"severity"`
	To       finding.Outcome  `json:"to"`
	Items    int              `json:"items"`
}

// grown is the finding, with how it got worse if it did.
func (f *GateFinding) grown() *finding.Finding {
	if f.Change.IsZero() {
		return &f.Finding
	}
	said := f.Finding
	said.Message = lang.Say("%s（变重：%s）", "%s (got worse: %s)", f.Message, f.Change)
	return &said
}

// Listed is a finding with the platform it is about.
type Listed struct {
	// Platform is nil for a defect of head's rulebook.
	Platform *Platform
	Finding  *finding.Finding
	// New is set when the change introduces it, Worse when it has grown, Blocking when
	// it stops the change; the others say why it does not, as in a GateFinding. They are
	// only ever true under a gate.
	New, Worse, Blocking                   bool
	Revealed, Released, Reported, Stricter bool
}

// Listed is the finding as reports list it.
func (f *GateFinding) Listed(p *Platform, worse bool) Listed {
	return Listed{Platform: p, Finding: f.grown(), New: !worse, Worse: worse, Blocking: f.Blocking,
		Revealed: f.Revealed, Released: f.Released, Reported: f.Reported, Stricter: f.Stricter}
}

// Listed are the findings of a platform that a report for machines lists: all
// of them, under a gate only those that are new or got worse. Waived ones are among them. For no
// platform they are those that belong to none.
func (r *Results) Listed(p *Platform) []Listed {
	var out []Listed
	switch {
	case r.Gate != nil:
		list := func(all []GateFinding, worse bool) {
			for i := range all {
				f := &all[i]
				if of := f.Platform; p == nil && of == "" || p != nil && of == p.ID && of != "" {
					out = append(out, f.Listed(p, worse))
				}
			}
		}
		list(r.Gate.Findings, false)
		list(r.Gate.Worse, true)
	case p != nil:
		for i := range p.Findings {
			out = append(out, Listed{Platform: p, Finding: &p.Findings[i]})
		}
	}
	return out
}
