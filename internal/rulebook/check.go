package rulebook

import (
	"slices"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// MaxLevel is the highest protection level (等保五级).
const MaxLevel = 5

// Check is one rule: what a clause demands of every item it ranges over.
type Check struct {
	// What every judgement and score reads lies side by side: a platform asks each check once, and
	// by then the processor has forgotten all of it.
	compiled compiled
	// base is the check before an overlay tightened it: its examples are
	// written for that one.
	base *Check
	// earlier is the check before a limit was tightened on the day since: what
	// happened before that day is held to its limits. nil for none.
	earlier *Check
	since   *calendar.Date
	// Decisions are what the city has decided about it.
	Decisions []*Decision
	Weight    int64 // 0: that of the severity
	// unbound is set where the check is in force on any day.
	unbound bool
	// Grace is how long what has just begun owes no record, zero for no time.
	Grace Grace

	ID        string
	Topic     string
	Clauses   []string // the first is the check's home in the score
	Severity  ByLevel[finding.Severity]
	Basis     ByLevel[Basis]
	Title     lang.Text
	Rationale lang.Text
	Remedy    lang.Text
	Effort    string
	// Supersedes is the laxer check that it replaces where it applies, "" for none.
	Supersedes string
	Waivable   bool
	// Essential is set where the file marks the check so; others may be essential
	// by nature.
	Essential bool
	Limits    []LimitRule
	// Risks are what a failure may be besides, in the order of the file.
	Risks []*Article

	// Effective is the first day on which it is asked for, nil for any.
	Effective *calendar.Date
	// Coming are limits that become stricter on days that are set.
	Coming []Tightening

	// Level is the header's property whose level the check goes by, empty for the
	// platform's own.
	Level string

	// The expressions as they were written, for people.
	When, Assert, At string
	Each             []Range
	Message          lang.Text

	// Path and Pos are the location of the check in the rulebook.
	Path string
	Pos  document.Pos

	// Overlay is the name of the overlay that added the check or tightened a
	// limit of it; empty for a check as it stands in the base.
	Overlay string

	asOf     func() calendar.Date
	examples func() []Example
}

// compiled is what runs.
type compiled struct {
	when   *expression.Program // nil: always
	level  *expression.Path    // nil: the platform's own
	each   []step
	assert *expression.Program
	at     *expression.Path // nil: the innermost item
	limits *schema.Type
	// message is its Chinese and its English sentence.
	message func() [2]*expression.Template
	// levels are what the rulebook alone decides, by the level.
	levels *levels
}

// step is what runs of a range.
type step struct {
	// name is where the frame shows the item.
	name expression.Name
	list *expression.Program
	// dated and rectified are dates of an item, settled is a fact that it lacks while
	// its duty is open, proof the evidence of rectified; nil where the range names
	// none, or the schema has no such record.
	dated, settled, rectified, proof *expression.Path
	// opened are the dates on which an item began, where dated is that of its end.
	opened []*expression.Path
	window expression.Window
}

// Range is one step of a check's `each`: a name and the list it ranges over.
type Range struct {
	Name, List string
	// Dated is the date of an item, as fault.found, for ranges over what
	// happened; else empty.
	Dated string
	// Within is how far back the range looks: an ISO 8601 duration, or history
	// for the policy's. Empty: for ever.
	Within string
	// Settled is the fact, such as fault.mended, without which an item stays in sight
	// however old it is; else empty.
	Settled string
}

// History is the word for the window that the policy sets.
const History = "history"

// Basis is what a demand rests on.
type Basis struct {
	Kind string `json:"kind"` // law, normative, standard, assessor, local, default
	// Source names the document and its article. A document keeps its own name
	// in both languages; anything else is written in each.
	Source     lang.Text `json:"source"`
	Confidence string    `json:"confidence"` // read, secondary, unverified
	// Articles are those of the sources that it names: the first carries the
	// demand, the others support it. None for a default of ours.
	Articles []string `json:"articles,omitempty"`
	// Note says how the check reads the article.
	Note lang.Text `json:"note,omitzero"`

	carrier *Article // the first of Articles
}

// Cited is the source with the check's reading of it.
func (b Basis) Cited() lang.Text {
	if b.Note.IsZero() {
		return b.Source
	}
	return lang.Say("%s（%s）", "%s (%s)", b.Source, b.Note)
}

// Equal reports whether two demands rest on the same.
func (b Basis) Equal(o Basis) bool {
	return b.Kind == o.Kind && b.Source == o.Source && b.Confidence == o.Confidence && b.Note == o.Note && slices.Equal(b.Articles, o.Articles)
}

// Grounded reports whether a demand rests on more than our default or practice:
// on what a law, a normative document or a standard says, and whose text is
// known. Only such a demand may be a blocker or cost compliance.
func (b Basis) Grounded() bool {
	return b.known() && (b.Kind == "standard" || b.Kind == "law" || b.Kind == "normative")
}

// Statutory reports whether a demand is a duty that a law or a normative
// document imposes, and whose text is known.
func (b Basis) Statutory() bool { return b.known() && (b.Kind == "law" || b.Kind == "normative") }

// weaker reports whether a demand rests on less than another, by its kind or by
// what is known of its text.
func (b Basis) weaker(than Basis) bool {
	return b.authority() < than.authority() || b.trust() < than.trust()
}

// authority orders kinds: what the state has laid down, what standards ask for,
// and the rest.
func (b Basis) authority() int {
	switch b.Kind {
	case "law", "normative":
		return 2
	case "standard":
		return 1
	}
	return 0
}

// trust orders confidences.
func (b Basis) trust() int {
	return slices.Index([]string{"unverified", "secondary", "read"}, b.Confidence)
}

func (b Basis) known() bool { return b.Confidence == "read" || b.Confidence == "secondary" }

// ByLevel holds a value per protection level: the highest stated level at or
// below the platform's applies.
type ByLevel[T any] struct {
	// Levels are the stated levels, ascending; 0 is the default.
	Levels []int
	Values []T
}

// At returns the value for a protection level.
func (b ByLevel[T]) At(level int) T {
	for i, stated := range slices.Backward(b.Levels) {
		if stated <= level {
			return b.Values[i]
		}
	}
	var none T
	return none
}

// LimitRule is a named limit with its value per level.
type LimitRule struct {
	Name string // begins max_ or min_
	ByLevel[Limit]
}

// Limit is one limit as it applies to a platform.
type Limit struct {
	Name  string `json:"name"`
	Value string `json:"value"` // as written: a number or an ISO 8601 duration
	Basis Basis  `json:"basis"`
	// Overlay is the name of the overlay that set the value, empty for the
	// base's own.
	Overlay string `json:"overlay,omitempty"`

	value *document.Value
}

// Text writes the limit's value for people.
func (l Limit) Text() lang.Text {
	if p, err := calendar.ParsePeriod(l.Value); err == nil {
		return p.Text()
	}
	return lang.Same(l.Value)
}

// Arms is how many things the check asks of each item.
func (c *Check) Arms() int { return c.compiled.assert.Arms() }

// Demands are the fields that decide whether an item is as the check asks.
func (c *Check) Demands() []string { return c.compiled.assert.Fields() }

// AsOf is the day on which the check's examples are judged.
func (c *Check) AsOf() calendar.Date { return c.asOf() }

// Examples are the check's good and bad examples.
func (c *Check) Examples() []Example { return c.examples() }
