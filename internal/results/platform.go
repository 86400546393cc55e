package results

import (
	"encoding/json"

	"hegui/internal/audit"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/picture"
	"hegui/internal/rulebook"
	"hegui/internal/term"
)

// Platform is one platform's verdict with all that leads to it.
type Platform struct {
	ID          string    `json:"id"`
	Path        string    `json:"path"`
	Code        string    `json:"code"`
	Name        lang.Text `json:"name"`
	Kind        string    `json:"kind"`
	KindTitle   lang.Text `json:"kind_title"`
	Stage       string    `json:"stage"`
	StageTitle  lang.Text `json:"stage_title"`
	MLPSLevel   int       `json:"mlps_level"`
	Sensitivity string    `json:"sensitivity"`
	Compliant   bool      `json:"compliant"`
	// Reasons say why a platform is not compliant; empty when it is.
	Reasons  []lang.Text       `json:"reasons"`
	Grade    Grade             `json:"grade"`
	Score    Score             `json:"score"`
	Chapters []Chapter         `json:"chapters"`
	Clauses  []Clause          `json:"clauses"`
	Checks   []Check           `json:"checks"`
	Findings []finding.Finding `json:"findings"`
	Evidence []audit.Evidence  `json:"evidence"`
	Waivers  []examine.Waiver  `json:"waivers"`
	// Verdicts are an assessor's on checks, ClauseVerdicts those on clauses.
	Verdicts       []examine.Verdict       `json:"verdicts"`
	ClauseVerdicts []examine.ClauseVerdict `json:"clause_verdicts"`
	// Orders are what an assessor has ordered to be fixed by a day, and is not.
	Orders []Order `json:"orders,omitempty"`
	// Previous is set when an earlier examination was compared with.
	Previous *Previous `json:"previous,omitempty"`
	// Verification is set when an assessor's verdicts were read.
	Verification *Verification `json:"verification,omitempty"`
	// Profile is the one that was judged by, essential or full.
	Profile rulebook.Profile `json:"profile"`
	// Statutory is set when duties of law or normative documents apply.
	Statutory *Statutory `json:"statutory,omitempty"`
	// Risks is set when checks apply that look for risks.
	Risks *Risks `json:"risks,omitempty"`
	// Waiting are the checks that cannot be judged, by what they wait for.
	Waiting []Waiting `json:"waiting,omitempty"`
	// GradeConditions are those that keep the score from a better grade, from
	// the best grade down.
	GradeConditions []GradeCondition `json:"grade_conditions,omitempty"`
	// Decisions are a city's, about checks that apply.
	Decisions []Decision `json:"decisions,omitempty"`
	// OutOfForce are the checks that nobody is held to on the day, though they
	// would apply.
	OutOfForce []OutOfForce `json:"out_of_force,omitempty"`
	// Upcoming is what fails of demands that come into force on later days: announced,
	// and scored nowhere.
	Upcoming []Upcoming `json:"upcoming,omitempty"`
	// Forecast is what becomes of the platform, set where it was asked for.
	Forecast *Forecast `json:"forecast,omitempty"`
	// Past is what it was judged to be before, and how its records came to be, set where it
	// was asked for.
	Past *HistoryLine `json:"history,omitempty"`
	// Plan is the cheapest way to a target, set where it was asked for.
	Plan *Plan `json:"plan,omitempty"`
	// Next is what to do first, nil where nobody asked or who reads may not know.
	Next *Next `json:"-"`
	// Picture is what is drawn of the platform, nil where nobody asked, where the
	// rulebook draws none, or who reads may not know.
	Picture *picture.Picture `json:"-"`
	// Topics are those of which something is missing.
	Topics []Topic `json:"topics,omitempty"`
	// Conditions are those of compliance, also where they hold.
	Conditions []Condition `json:"conditions,omitempty"`
	// Losses are what keeps points from being gained, what costs most first.
	Losses []Loss `json:"losses,omitempty"`
	// Problems are the findings as the rows of a list.
	Problems []Problem `json:"problems,omitempty"`

	// What a comparison needs: the day, how much could be looked at, and what an
	// assessor has found to be fixed.
	asOf      string
	reach     *examine.Reach
	rechecked []examine.Verdict

	redactedPicture *picture.Picture
	seen            Audience // what is withheld from it is left out already
	pinned          bool     // there are verdicts, and so the digests of facts
	room            *room    // what it lies in where it may be let go
}

// Topic is how far the description of a topic is: of the values that are asked of the
// platform, how many it states.
type Topic struct {
	ID     string    `json:"id"`
	Title  lang.Text `json:"title"`
	Stated int       `json:"stated"`
	Asked  int       `json:"asked"`
}

// Said is the topic in words.
func (t Topic) Said() lang.Text {
	return lang.Say("%[4]s %[1]s：要填 %[3]d 项，已填 %[2]d 项", "%[1]s: %[2]d of %[3]d stated", t.ID, t.Stated, t.Asked, t.Title)
}

// Next is what to do first about a platform.
type Next struct {
	// Lift is how many findings keep the open blockers open; Complies reports whether
	// the platform complies once they are fixed.
	Lift     int
	Complies bool
	// Cheapest are the checks that earn points with least effort, Gain the points
	// that they give together; empty for none.
	Cheapest []string
	Gain     Number
}

// OutOfForce is a check that rests on what is not in force on the day.
type OutOfForce struct {
	Check  string    `json:"check"`
	Title  lang.Text `json:"title"`
	Reason lang.Text `json:"reason"`
	// EffectiveOn is the day on which it comes into force, empty where it does not.
	EffectiveOn string `json:"effective_on,omitempty"`
}

// Plain is the platform without the facts that its outcomes rest on, without its
// forecast and its history, as it is where nobody has asked for them.
func (p *Platform) Plain() *Platform {
	plain := p.without(true)
	plain.Forecast, plain.Past = nil, nil
	return plain
}

// Unasked is the platform as it is where nobody asks for facts: only one with verdicts
// has the digests that these are pinned to.
func (p *Platform) Unasked() *Platform { return p.without(!p.pinned) }

// without is the platform without the facts that its outcomes rest on, and without
// their digests too where they are not to be known.
func (p *Platform) without(digests bool) *Platform {
	out := *p
	asked := func(i *Item) bool { return i.Declared != nil || i.Evidence != nil || digests && i.Fact != "" }
	out.Checks = those(p.Checks, false, func(c *Check) bool {
		for i := range c.Items {
			if asked(&c.Items[i]) {
				return true
			}
		}
		return false
	}, func(c *Check) {
		c.Items = those(c.Items, false, asked, func(i *Item) {
			i.Declared, i.Evidence = nil, nil
			if digests {
				i.Fact = ""
			}
		})
	})
	out.Evidence = those(p.Evidence, false, func(e *audit.Evidence) bool { return e.Computed != "" }, func(e *audit.Evidence) { e.Computed = "" })
	return &out
}

// Verdict says whether the platform complies, and by which profile where that is
// not the full one.
func (p *Platform) Verdict() lang.Text {
	return lang.Say("%s%s", "%s%s", term.Compliance(p.Compliant), p.ByProfile())
}

// ByProfile names the profile in brackets, nothing for the full one.
func (p *Platform) ByProfile() lang.Text {
	if p.Profile != rulebook.Essential {
		return lang.Text{}
	}
	return lang.Say("（%s口径）", " (%s profile)", p.Profile.Text())
}

// Conclusion is the verdict with what stands beside it in every report: how many
// statutory duties are not met. A platform that complies may owe some.
func (p *Platform) Conclusion() lang.Text {
	verdict := p.Verdict()
	switch {
	case p.Statutory == nil:
		return verdict
	case p.Statutory.Unmet == 0:
		return lang.Say("%s；法定义务均已履行", "%s; all statutory duties met", verdict)
	case p.Statutory.Unmet == 1:
		return lang.Say("%s；法定义务未履行 1 项", "%s; 1 statutory duty not met", verdict)
	}
	return lang.Say("%s；法定义务未履行 %d 项", "%s; %d statutory duties not met", verdict, p.Statutory.Unmet)
}

// Unmet is the number of statutory duties that are not met.
func (p *Platform) Unmet() int {
	if p.Statutory == nil {
		return 0
	}
	return p.Statutory.Unmet
}

// Lost says why a better grade is not had: its title, the condition, and how many
// checks fail it.
func (c GradeCondition) Lost() lang.Text {
	return lang.Say("达不到“%s”：%s，现有 %d 项", "kept from %q: %s, found %d", c.Title, c.Condition, c.Count)
}

// Statutory counts the duties that laws and normative documents impose.
type Statutory struct {
	Applicable int `json:"applicable"`
	Unmet      int `json:"unmet"`
	// Checks are those of the duties that are not met, waived ones included.
	Checks []string `json:"checks"`
}

// Waiting are the checks that one finding keeps from being judged.
type Waiting struct {
	// Cause is the fingerprint of the finding.
	Cause  string   `json:"cause"`
	Checks []string `json:"checks"`
}

// GradeCondition is a condition that keeps the score from a better grade.
type GradeCondition struct {
	Grade     string    `json:"grade"`
	Title     lang.Text `json:"title"`
	Condition lang.Text `json:"condition"`
	// Count is how many checks fail.
	Count int `json:"count"`
	// Checks are those that fail, more than the condition allows.
	Checks []string `json:"checks"`
}

// Grade is a grade with the veto that forced it, if one did.
type Grade struct {
	ID    string    `json:"id"` // of the policy's grades, or not_graded
	Title lang.Text `json:"title"`
	// Vetoes are the ids of open blockers: of those that fail by themselves, and
	// of the defects that hold one up. They force the grade.
	Vetoes []string `json:"vetoes"`
	// Open is how many findings there are of them, also for those who may not know
	// which: the one number that every list, box and table has.
	Open int `json:"open"`
}

// Number is a decimal: exact with one digit after the point, or rounded to four
// where it says so. It appears in JSON as a number, null when there is none.
type Number string

// MarshalJSON writes the number as it stands.
func (n Number) MarshalJSON() ([]byte, error) {
	if n == "" {
		return []byte("null"), nil
	}
	return json.Marshal(json.Number(n))
}

// Score is a platform's score: raw counts waived items as failed, adjusted
// leaves them out, verified counts only what an assessor has confirmed and is
// null until there are verdicts.
type Score struct {
	Raw              Number `json:"raw"`
	Adjusted         Number `json:"adjusted"`
	Verified         Number `json:"verified"`
	PointsApplicable Number `json:"points_applicable"`
	// Gained are the points that the clauses earn, four decimals: raw is
	// 100 · gained / points_applicable.
	Gained Number `json:"gained"`
	// Lost are the points that are applicable and not gained, four decimals.
	Lost Number `json:"lost,omitempty"`
}
