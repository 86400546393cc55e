package rulebook

import (
	"math/big"

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
	Kind    ClauseKind
	Title   lang.Text
	Summary lang.Text
	// Pending marks a clause whose checks are still to be written.
	Pending bool
	// Informative says why a clause has no check; zero when it has some.
	Informative lang.Text
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

// Grade is a name for a range of scores: all from Min up to the next grade.
type Grade struct {
	ID    string
	Min   *big.Rat
	Title lang.Text
}

// Policy is what the city has decided about points, grades and the gate.
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
	// RequiredClauses must not be "not met".
	RequiredClauses []string
	// Markings are the classification markings of state secrets; no file may
	// carry one.
	Markings []Marking
	// Overlays are the names of the overlays that are switched on.
	Overlays []string
	Waiver   WaiverPolicy
	Gate     GatePolicy
}

// WaiverPolicy bounds waivers.
type WaiverPolicy struct {
	// MaxTerm is an ISO 8601 duration from approval to expiry.
	MaxTerm string
}

// GatePolicy says what blocks a change.
type GatePolicy struct {
	Severity finding.Severity
	MaxDrop  *big.Rat
	// ScopeChanges maps a kind of scope change to block or warn.
	ScopeChanges map[string]string
}
