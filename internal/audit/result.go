package audit

import (
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// Platform is what one audit of one platform found.
type Platform struct {
	ID   string // path below platforms/
	Path string // path from the repository's root
	Header
	// Broken lists the topics that are missing, unreadable or against their
	// schema.
	Broken []string
	// Checks are the outcomes of all checks, in the rulebook's order.
	Checks []Check
	// Findings are sorted by place.
	Findings []finding.Finding
	Evidence []Evidence
	Waivers  []Waiver
	// Verdicts are an assessor's, in the order of their file, then those that
	// only the trusted copy of it has.
	Verdicts       []Verdict
	ClauseVerdicts []ClauseVerdict
	// Examined tells that there are verdicts which count.
	Examined bool
	// Documents are the files that were read, by name without extension; nil
	// unless the auditor keeps them.
	Documents map[string]*document.Document

	codePlace finding.Location
	// quoteCode gives a finding the line that states the code.
	quoteCode func(*finding.Finding)
}

// Header is the part of a platform's description that hegui knows by name.
// Values that could not be read are zero.
type Header struct {
	Name        lang.Text
	Code        string
	Kind        string
	Stage       string
	MLPSLevel   int
	Sensitivity string
	// KindTitle and StageTitle are what the schema calls the kind and stage.
	KindTitle, StageTitle lang.Text
}

// Check is the outcome of one check on one platform.
type Check struct {
	Rule *rulebook.Check
	// Severity is that of the platform's level.
	Severity finding.Severity
	Outcome  finding.Outcome
	// Applies tells whether `when` holds. A check that applies may still be
	// not applicable, for want of items.
	Applies bool
	Items   []Item
	// CausedBy names the broken topic that fails the check.
	CausedBy string
	// Limits are those of the platform's level.
	Limits []rulebook.Limit
	// Basis is that of the platform's level.
	Basis rulebook.Basis
	// Flips are the days on which the outcome may change by itself.
	Flips []calendar.Date
}

// Item is the outcome of a check on one item; a check without `each` has one
// item with an empty name.
type Item struct {
	Name string
	// Redacted is the name for those who must not see sensitive keys.
	Redacted string
	// Keys are the parts of the name, one for each step of `each`.
	Keys    []string
	Outcome finding.Outcome
	// Claim tells that the description alone would pass the item.
	Claim bool
	// Fact is the digest of what the outcome rests on, empty where nobody asked
	// for it or something of it cannot be read.
	Fact string
	// Sensitive tells that the outcome rests on something that not everyone may
	// see: of what can only be one of a few things a digest tells which.
	Sensitive bool
	// State is what an assessor's verdicts make of the item, empty for none.
	State State
}

// Judged tells that the check has said something about the item.
func (i Item) Judged() bool { return i.Outcome != finding.NotApplicable }

// Evidence is one reference to evidence in a description.
type Evidence struct {
	Location finding.Location
	// Path is set for evidence inside the platform's folder, from the
	// repository's root; URL for an https address; Ref and HeldBy for what may
	// not lie in git.
	Path, URL, Ref, HeldBy string
	SHA256                 string
	// Sensitive tells that not everyone may see where the evidence is.
	Sensitive bool
	// Resolved tells that a path leads to what it claims; nothing outside the
	// tree is ever fetched, so a URL or a ref is never resolved.
	Resolved bool
}

// Waiver is one waiver of a platform, with its effect at the audit's date.
type Waiver struct {
	Check, Item string
	// Redacted is the item for those who must not see sensitive keys.
	Redacted                string
	Reason                  string
	RequestedBy, ApprovedBy string
	ApprovedOn, Expires     string
	// State is active, unused, expired, refused or, where the trusted copy of
	// the file does not have it, pending.
	State    string
	Location finding.Location
}
