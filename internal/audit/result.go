package audit

import (
	"cmp"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// Platform is what one audit of one platform found. Nobody changes it, but for the
// findings of one that is lent.
type Platform struct {
	Described
	// Checks are the outcomes of all checks, in the rulebook's order.
	Checks []Check
	// Findings are sorted by place.
	Findings   []finding.Finding
	Statements Statements

	// among is what it has in common with others.
	among others
	// Upcoming is what fails of demands that come into force on later days, check by check.
	Upcoming []Upcoming
}

// Described is a platform's description as read.
type Described struct {
	ID   string // path below platforms/
	Path string // path from the repository's root
	Header
	// Profile is the one that the policy has the platform judged by.
	Profile rulebook.Profile
	// Broken are the topics whose files cannot be read.
	Broken   []string
	Evidence []Evidence
	// Progress is how far the topics are of which something is missing, in their
	// order.
	Progress []Progress
	// Documents are the files that were read, by name without extension.
	Documents map[string]*document.Document
}

// Statements are the roots of the files in which others than the platform's
// owner speak; nil where there is no such file, or none that can be judged by.
type Statements struct{ Waivers, Verdicts *document.Value }

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
	Ruling
	Items []Item
}

// Demand is what a check asks for at a level, which on one day is the same of every
// platform.
type Demand struct {
	Rule *rulebook.Check
	// Level is the protection level, or the grade, that the check goes by.
	Level int
	// Severity is that of the level.
	Severity finding.Severity
	// Limits are those of the level.
	Limits []rulebook.Limit
	// Basis is that of the level.
	Basis rulebook.Basis
	// Risks are what a failure may be at the level.
	Risks []*rulebook.Article
	// Below is set where a law or normative document imposes the demand at a lower
	// level.
	Below bool
}

// Ruling is the outcome of a check as a whole.
type Ruling struct {
	*Demand
	Outcome finding.Outcome
	// Unjudged says why the check is not judged, whatever the description says;
	// zero where it is.
	Unjudged lang.Text
	// OutOfForce says that what the check rests on is not in force on the day;
	// zero where it is.
	OutOfForce lang.Text
	// Upcoming is the day on which such a check comes into force, nil where it does not.
	Upcoming *calendar.Date
	// Beside names the stated facts for which the check does not apply, without what is
	// sensitive; zero where it applies, or nobody asked.
	Beside lang.Text
	// Applies is whether `when` holds. A check that applies may still be
	// not applicable, for want of items.
	Applies bool
	// Beyond is whether `when` holds of a check that only the platform's profile leaves
	// out; found where rulings alone are asked for.
	Beyond bool
	// Unsure is set where the header does not show whether the check applies, or how
	// strictly.
	Unsure bool
	// Early is set where the check fails only for records that are not owed yet; where
	// rulings alone are asked for, where missing records are not owed yet.
	Early bool
	// Decisions are those of the city that concern the platform.
	Decisions []*rulebook.Decision
	// Flips are the days on which the outcome may change by itself.
	Flips []calendar.Date
}

// Statutory reports whether a law or normative document imposes the demand: what it
// asks at a lower level it asks here too, whatever else is cited for this one.
func (d *Demand) Statutory() bool { return d.Below || d.Basis.Statutory() }

// Source is what a finding cites: what the demand rests on, and what a city has
// added to it.
func (d *Demand) Source() lang.Text {
	cited := d.Basis.Source
	for _, limit := range d.Limits {
		if limit.Overlay != "" {
			cited = lang.Say("%s；%s", "%s; %s", cited, limit.Basis.Source)
		}
	}
	return cited
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
	// Eased is set where the item of a grounded check fails only by what an overlay
	// asks for beyond the base: no veto, and no duty of law, is broken then.
	Eased bool
	// CausedBy are the fingerprints of the defects and missing facts without
	// which the item could not be judged, sorted. It fails for them, and has no
	// finding of its own.
	CausedBy []string
	// Place is what the outcome is about, nil where nothing of it is stated.
	Place *document.Value
	// Newest are the records that decided because they are the newest of their kind.
	Newest []expression.Newest
	pin    *Pin
}

// Pin is what an outcome rests on, where somebody asks for it.
type Pin struct {
	// Fact is the digest of what the outcome rests on, empty where nobody asked
	// for it or something of it cannot be read.
	Fact string
	// Former is the digest of the form before, where a verdict is pinned in it.
	Former string
	// Sensitive is set when the outcome rests on sensitive facts, whose digest is
	// sensitive too: of a few possible values it shows which it is.
	Sensitive bool
	// Declared are the values that the outcome rests on, where somebody asked for
	// facts, and Cites the places among the platform's evidence of what they cite. Nobody
	// changes a value: others rest on it too.
	Declared []*Declared
	Cites    []int
}

// Pin is what the outcome rests on, zero where nobody has asked: few do.
func (i Item) Pin() Pin {
	if i.pin == nil {
		return Pin{}
	}
	return *i.pin
}

// Evidence is one reference to evidence in a description.
type Evidence struct {
	// Path is set for evidence inside the platform's folder, from the
	// repository's root; URL for an https address; Ref and HeldBy for what may
	// not lie in git.
	Path   string `json:"path,omitempty"`
	URL    string `json:"url,omitempty"`
	Ref    string `json:"ref,omitempty"`
	HeldBy string `json:"held_by,omitempty"`
	// SHA256 is the digest that is stated, Computed that of the bytes that were read
	// where none is, and where it was asked for.
	SHA256   string `json:"sha256,omitempty"`
	Computed string `json:"computed_sha256,omitempty"`
	// Resolved is set when a path leads to what it claims; nothing outside the
	// tree is ever fetched, so a URL or a ref is never resolved.
	Resolved bool             `json:"resolved"`
	Location finding.Location `json:"location"`
	// Sensitive is set when not everyone may see where the evidence is.
	Sensitive bool `json:"-"`
}

// Digest is the digest that is stated, or else the one that was computed.
func (e Evidence) Digest() string { return cmp.Or(e.SHA256, e.Computed) }

// Name is what a reader looks for: the file, the address, or the number.
func (e Evidence) Name() string { return cmp.Or(e.Path, e.URL, e.Ref) }
