// Package results is the one model that every report reads: plain data, ready
// for JSON, with nothing left to compute and nothing that depends on when,
// where or on how many processors it was made.
package results

import (
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// SchemaVersion is that of schemas/results.schema.json; within a version there
// are only additions.
const SchemaVersion = "3.0"

// Results are what one run found.
type Results struct {
	SchemaVersion string     `json:"schema_version"`
	Tool          Tool       `json:"tool"`
	Rulebook      Rulebook   `json:"rulebook"`
	AsOf          string     `json:"as_of"`
	Audience      string     `json:"audience"`
	Revision      *Revision  `json:"revision"`
	Platforms     []Platform `json:"platforms"`
	// Gate is set when a change was judged.
	Gate *Gate `json:"gate,omitempty"`
	// History is set where it was asked for.
	History *History `json:"history,omitempty"`
	// WhatIf is set where overlays were tried.
	WhatIf *WhatIf `json:"what_if,omitempty"`
	// Summary comes last with Errors, when all platforms have been judged.
	Summary Summary `json:"summary"`
	// Errors are failures of the run itself (exit 2) that left something out.
	Errors []lang.Text `json:"errors"`

	// failed are the ids of the platforms that the errors are about, "" for none.
	failed []string
	seen   Audience // what is withheld from it is left out already
	shelf  *shelf   // the platforms that a change touches
}

// Begun is the run as known before its first platform is judged: all but platforms,
// summary and errors.
func (r *Results) Begun() *Results {
	begun := *r
	begun.Platforms, begun.Summary, begun.Errors = nil, Summary{}, nil
	return &begun
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
	// Note is what the regulation's catalogue says of itself.
	Note lang.Text `json:"note"`
	// Sections are those between chapters and clauses.
	Sections []Section `json:"sections"`
	// Topics are those that platforms are described by, in the rulebook's order.
	Topics []Section `json:"topics,omitempty"`
	// Grades are the policy's, from the highest to the lowest, Minimum the
	// score below which a platform is not compliant.
	Grades  []GradeRange `json:"grades"`
	Minimum Number       `json:"minimum"`
	// Sources are the instruments that checks name, with the articles that they
	// do.
	Sources []Instrument `json:"sources,omitempty"`
	// Checks are the rulebook's, with what is the same of them for all platforms.
	Checks []CheckRule `json:"checks,omitempty"`
	// Bureaus are the folders of platforms that have a name.
	Bureaus []Bureau `json:"bureaus,omitempty"`
	// RepositoryURL is the policy's template of links to files, empty for none;
	// Link fills it in.
	RepositoryURL string `json:"repository_url,omitempty"`
	// Rules and Schemas are the rulebook's own, for what says their texts over and over;
	// nil where they are not at hand.
	Rules   []*rulebook.Check `json:"-"`
	Schemas *schema.Set       `json:"-"`
}

// Section is a section of the regulation, or a topic of the rulebook.
type Section struct {
	ID    string    `json:"id"`
	Title lang.Text `json:"title"`
}

// Bureau is a folder of platforms with what its department is called.
type Bureau struct {
	ID    string    `json:"id"`
	Title lang.Text `json:"title"`
}

// GradeRange is a grade with the score it begins at.
type GradeRange struct {
	ID    string    `json:"id"`
	Min   Number    `json:"min"`
	Title lang.Text `json:"title"`
}

// Revision is the git revision that was judged.
type Revision struct {
	// Commit is empty where the repository cannot be read.
	Commit string `json:"commit"`
	// Dirty is set when the files judged differ from the commit, or may do so.
	Dirty bool `json:"dirty"`
	// Unreadable is set when damaged git data hide the commit, or what is in it.
	Unreadable bool `json:"unreadable,omitempty"`
}

// Note is what a reader must know besides the commit; nothing for a commit as it
// is.
func (r *Revision) Note() lang.Text {
	switch {
	case r.Unreadable:
		return lang.Say("（git 数据读不出来，未能核对）", " (not verified: git data cannot be read)")
	case r.Dirty:
		return lang.Say("（有未提交的改动）", " (with uncommitted changes)")
	}
	return lang.Text{}
}

// Summary counts over all platforms.
type Summary struct {
	Platforms int `json:"platforms"`
	Compliant int `json:"compliant"`
	// Defective counts descriptions with something that cannot be read, breaks
	// its schema or leads nowhere.
	Defective int `json:"defective"`
	// Blockers counts the open blockers of all platforms.
	Blockers int    `json:"blockers"`
	Findings Counts `json:"findings"`
	// Lapses counts what lapses in the days that a run looks ahead, nil where it does not.
	Lapses *int `json:"lapses,omitempty"`
	// Previous is set when an earlier examination was compared with.
	Previous *PreviousSummary `json:"previous,omitempty"`
}

// Counts counts findings that are not waived by severity.
type Counts struct {
	Blocker  int `json:"blocker"`
	Major    int `json:"major"`
	Minor    int `json:"minor"`
	Advisory int `json:"advisory"`
}
