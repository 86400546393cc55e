package results

// Previous is what a platform was at the previous examination.
type Previous struct {
	AsOf     string    `json:"as_of"`
	Revision *Revision `json:"revision"`
	Score    Score     `json:"score"`
	Grade    Grade     `json:"grade"`
	// Compliant is the verdict of that time, by the rulebook of today.
	Compliant bool `json:"compliant"`
	// Verdicts are the clauses whose verdict has changed since.
	Verdicts []VerdictChange `json:"verdicts"`
	// Repeated are the fingerprints of findings that stood then and still
	// stand (屡查屡犯).
	Repeated []string `json:"repeated"`
	// Fixed counts the findings that have gone since, New those that have come.
	Fixed int `json:"fixed"`
	New   int `json:"new"`
}

// VerdictChange is a clause whose verdict differs between two examinations.
type VerdictChange struct {
	Clause string `json:"clause"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Verification counts what an assessor has looked at.
type Verification struct {
	// Claims are the items of checks that the description alone would pass, of
	// which the others count; the rest nobody has examined.
	Claims        int `json:"claims"`
	Verified      int `json:"verified"`
	Partly        int `json:"partly"`
	Rejected      int `json:"rejected"`
	NeedsReview   int `json:"needs_review"`
	NotApplicable int `json:"not_applicable"`
}
