package rulebook

import (
	"math/big"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// ClauseKind is what a clause does.
type ClauseKind string

// The kinds of clauses.
const (
	Duty      ClauseKind = "duty"
	Principle ClauseKind = "principle"
	Scope     ClauseKind = "scope"
	Purpose   ClauseKind = "purpose"
)

// Clause is one clause of the regulation.
type Clause struct {
	ID      string
	Chapter string // id of its chapter
	Section string // id of its section, "" for none
	Kind    ClauseKind
	Title   lang.Text
	Summary lang.Text
	// Pending marks a clause whose checks are still to be written.
	Pending bool
	// Informative says why a clause has no check; zero when it has some.
	Informative lang.Text
	// Duties are what the clause asks for, none where the rulebook does not say.
	Duties []ClauseDuty
	// Points is the clause's share of the 100 points.
	Points *big.Rat
	// Pos is the location of the clause in the catalogue.
	Pos document.Pos
}

// Chapter is one chapter, or a section, of the regulation.
type Chapter struct {
	ID    string
	Title lang.Text
}

// Regulation is the catalogue of chapters, sections and clauses.
type Regulation struct {
	ID       string
	Title    lang.Text
	Note     lang.Text
	Chapters []Chapter
	Sections []Chapter
	Clauses  []Clause
}

// ChapterOf is the id of a clause's chapter, "" for a clause that does not exist.
func (r Regulation) ChapterOf(clause string) string {
	for i := range r.Clauses {
		if r.Clauses[i].ID == clause {
			return r.Clauses[i].Chapter
		}
	}
	return ""
}

// Grade is a name for a range of scores: all from Min up to the next grade, for
// platforms of which all conditions hold.
type Grade struct {
	ID         string
	Min        *big.Rat
	Title      lang.Text
	Conditions []Condition
}

// Condition bounds how many checks may fail, be not owed yet or be unconfirmed, under a grade. It counts failing and
// waived checks that are more than advice, never findings.
type Condition struct {
	// Statutory counts only duties of law and normative documents.
	Statutory bool
	// Severity counts only checks at or above it.
	Severity finding.Severity
	// Chapter counts only checks at home in its clauses, all for "".
	Chapter string
	// Early counts, in the place of those that fail, checks whose records are not owed
	// yet, and not on record either.
	Early bool
	// Unconfirmed counts, in the place of those that fail, this check where it applies and
	// no assessor has confirmed that it holds; none for "".
	Unconfirmed string
	AtMost      int64
}

// Standing reports whether a condition counts what no fix of the platform's changes.
func (c Condition) Standing() bool { return c.Early || c.Unconfirmed != "" }

// Counts says what a condition counts, Text also how many it allows.
func (c Condition) Counts() lang.Text {
	if c.Unconfirmed != "" {
		return lang.Say("评估人员还没有确认的检查项（%s）", "check %s that no assessor has confirmed", c.Unconfirmed)
	}
	state := lang.Say("未通过的", "failing")
	if c.Early {
		state = lang.Say("未到期、还没有记录的", "not yet due")
	}
	what := lang.Say("%s“%s”及以上检查项", "%s checks of severity %s or above", state, c.Severity.Text())
	if c.Severity <= finding.Minor {
		what = lang.Say("%s检查项", "%s checks", state)
	}
	if c.Statutory {
		what = lang.Say("法定义务中%s", "%s among statutory duties", what)
	}
	if c.Chapter != "" {
		what = lang.Say("第 %s 章%s", "%[2]s in chapter %[1]s", c.Chapter, what)
	}
	return what
}

// Text is the condition as a sentence.
func (c Condition) Text() lang.Text {
	return lang.Say("%s至多 %d 项", "%s: at most %d", c.Counts(), c.AtMost)
}

// Policy is what the supervisors have decided about points, grades and the gate.
type Policy struct {
	// Weights of a check in its clause, by severity.
	Weights map[finding.Severity]int64
	// Grades are sorted from the highest to the lowest.
	Grades []Grade
	// OpenBlockerGrade is the grade of a platform with an open blocker,
	// WaivedBlockerGrade the best one with a waived blocker.
	OpenBlockerGrade, WaivedBlockerGrade string
	// Coverage is the percentage of points that must be applicable for a
	// platform to be graded at all.
	Coverage *big.Rat
	// History is how far back checks look at what happened, an ISO 8601
	// duration; empty: for ever.
	History string
	// Minimum is the raw score below which a platform is not compliant.
	Minimum *big.Rat
	// ClauseFloor is the score in percent below which a clause is not met.
	ClauseFloor *big.Rat
	// RequiredClauses must not be "not met" for a reason that rests on more than
	// defaults.
	RequiredClauses []string
	// Markings are the classification markings of state secrets; no file may
	// carry one.
	Markings Markings
	// OwnHosts are hosts of one's own that evidence may lie on, beside those
	// of the public network.
	OwnHosts []string
	// RepositoryURL is where a browser opens a file: a template with {commit},
	// {path} and, where the place has one, {line}. Empty where there is none.
	RepositoryURL string
	// Bureaus are the folders below platforms/ that have a name, by folder.
	Bureaus []Bureau
	// Overlays are the names of the overlays that are switched on.
	Overlays []string
	Profiles ProfilePolicy
	Waiver   WaiverPolicy
	// LeadTimes say how long before something lapses work on it has to begin, by
	// effort; those not stated are zero.
	LeadTimes map[string]calendar.Period
	// Efforts say how much each effort counts in a plan; those not stated count as
	// Effort says.
	Efforts    map[string]int
	Gate       GatePolicy
	Provenance ProvenancePolicy
}

// Effort is how much an effort counts in a plan. One that nobody has stated counts as
// medium.
func (p Policy) Effort(name string) int {
	if stated := p.Efforts[name]; stated > 0 {
		return stated
	}
	switch name {
	case "small":
		return 1
	case "large":
		return 8
	}
	return 3
}

// Bureau is a folder of platforms with what its department is called.
type Bureau struct {
	ID    string
	Title lang.Text
}

// WaiverPolicy bounds waivers.
type WaiverPolicy struct {
	// MaxTerm is an ISO 8601 duration from approval to expiry.
	MaxTerm string
}

// ProvenancePolicy says what of the origin of records is remarked, and who is behind a
// mailbox. Nothing of it is scored.
type ProvenancePolicy struct {
	// MaxLag is how long after its day a record may be entered, zero for any time.
	MaxLag calendar.Period
	// Units are those that mail domains belong to, by domain.
	Units map[string]lang.Text
}

// Late reports whether a record of a day was entered too long after it.
func (p ProvenancePolicy) Late(of, entered calendar.Date) bool {
	return p.MaxLag != (calendar.Period{}) && of.Add(p.MaxLag).Before(entered)
}

// Unit is the unit of a mail domain, or of the nearest above it; zero where the policy
// does not know it.
func (p ProvenancePolicy) Unit(domain string) lang.Text {
	for domain != "" {
		if unit, known := p.Units[domain]; known {
			return unit
		}
		_, domain, _ = strings.Cut(domain, ".")
	}
	return lang.Text{}
}

// GatePolicy says what blocks a change.
type GatePolicy struct {
	Severity finding.Severity
	MaxDrop  *big.Rat
	// ScopeChanges maps a kind of scope change to block or warn.
	ScopeChanges map[string]string
	// NewPlatform says what a new platform must do: comply, findings or show.
	NewPlatform string
	// ShowRulebook: a change that asks for less in the rulebook is only shown.
	ShowRulebook bool
}
