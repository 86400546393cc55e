// Package results is the one model that every report reads: plain data, ready
// for JSON, with nothing left to compute and nothing that depends on when,
// where or on how many processors it was made.
package results

import (
	"encoding/json"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// SchemaVersion is that of schemas/results.schema.json; within a version there
// are only additions.
const SchemaVersion = "1.0"

// Results are what one run found.
type Results struct {
	SchemaVersion string     `json:"schema_version"`
	Tool          Tool       `json:"tool"`
	Rulebook      Rulebook   `json:"rulebook"`
	AsOf          string     `json:"as_of"`
	Audience      string     `json:"audience"`
	Revision      *Revision  `json:"revision"`
	Summary       Summary    `json:"summary"`
	Platforms     []Platform `json:"platforms"`
	// Gate is set when a change was judged.
	Gate *Gate `json:"gate,omitempty"`
	// Errors are failures of the run itself (exit 2) that left something out.
	Errors []lang.Text `json:"errors"`
}

// Tool is the program that ran.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Rulebook identifies what was judged by.
type Rulebook struct {
	Digest     string    `json:"digest"`
	Regulation string    `json:"regulation"`
	Title      lang.Text `json:"title"`
	Overlays   []string  `json:"overlays"`
}

// Revision is the git revision that was judged.
type Revision struct {
	Commit string `json:"commit"`
	Dirty  bool   `json:"dirty"`
}

// Summary counts over all platforms.
type Summary struct {
	Platforms int    `json:"platforms"`
	Compliant int    `json:"compliant"`
	Findings  Counts `json:"findings"`
}

// Counts counts findings that are not waived by severity.
type Counts struct {
	Blocker  int `json:"blocker"`
	Major    int `json:"major"`
	Minor    int `json:"minor"`
	Advisory int `json:"advisory"`
}

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
	Evidence []Evidence        `json:"evidence"`
	Waivers  []Waiver          `json:"waivers"`
	// Previous is set when an earlier examination was compared with.
	Previous *Previous `json:"previous,omitempty"`
	// Verification is set when an assessor's verdicts were read.
	Verification *Verification `json:"verification,omitempty"`
}

// Grade is a grade with the veto that forced it, if one did.
type Grade struct {
	ID    string    `json:"id"` // of the policy's grades, or not_graded
	Title lang.Text `json:"title"`
	// Vetoes are the ids of open blockers; their grade is forced.
	Vetoes []string `json:"vetoes"`
}

// Number is an exact decimal with one digit after the point; it appears in
// JSON as a number, null when there is none.
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
}

// Chapter is a chapter's share of the score, in percent of its points.
type Chapter struct {
	ID     string    `json:"id"`
	Title  lang.Text `json:"title"`
	Points Number    `json:"points"`
	Score  Number    `json:"score"`
}

// Clause is the verdict on one clause.
type Clause struct {
	ID     string    `json:"id"`
	Title  lang.Text `json:"title"`
	Points Number    `json:"points"`
	// Score is in percent of the clause's points, null when it is not scored.
	Score Number `json:"score"`
	// Verdict is met, partly_met, not_met, not_applicable, informative or pending.
	Verdict string `json:"verdict"`
	// Reason says why a clause is not applicable or informative.
	Reason lang.Text `json:"reason"`
	Waived bool      `json:"waived"`
	Checks []string  `json:"checks"`
}

// Check is the outcome of one check.
type Check struct {
	ID       string           `json:"id"`
	Title    lang.Text        `json:"title"`
	Clauses  []string         `json:"clauses"`
	Severity finding.Severity `json:"severity"`
	Weight   int64            `json:"weight"`
	Outcome  finding.Outcome  `json:"outcome"`
	// Attainment is 1, 0.5 or 0 in the raw score, null when not applicable.
	Attainment Number           `json:"attainment"`
	Items      []Item           `json:"items"`
	Limits     []rulebook.Limit `json:"limits"`
	Basis      rulebook.Basis   `json:"basis"`
	CausedBy   string           `json:"caused_by"`
}

// Item is the outcome of a check on one item.
type Item struct {
	Item    string          `json:"item"`
	Outcome finding.Outcome `json:"outcome"`
}

// Evidence is one reference to evidence.
type Evidence struct {
	Path     string           `json:"path,omitempty"`
	URL      string           `json:"url,omitempty"`
	Ref      string           `json:"ref,omitempty"`
	HeldBy   string           `json:"held_by,omitempty"`
	SHA256   string           `json:"sha256,omitempty"`
	Resolved bool             `json:"resolved"`
	Location finding.Location `json:"location"`
}

// Waiver is one waiver with its state at the run's date.
type Waiver struct {
	Check       string           `json:"check"`
	Item        string           `json:"item"`
	Reason      string           `json:"reason"`
	RequestedBy string           `json:"requested_by"`
	ApprovedBy  string           `json:"approved_by"`
	ApprovedOn  string           `json:"approved_on"`
	Expires     string           `json:"expires"`
	State       string           `json:"state"` // active, unused, expired, refused, pending
	Location    finding.Location `json:"location"`
}
