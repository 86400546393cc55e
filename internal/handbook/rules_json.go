package handbook

import (
	"encoding/json"
	"io"
	"math/big"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// The shapes of `hegui rules --format json`. Every list is stated, be it as
// []; what is marked omitempty does not concern most entries. Values by level
// have the keys default and level2 to level5, as in the rulebook's files.
type (
	bookJSON struct {
		Regulation regulationJSON `json:"regulation"`
		Policy     policyJSON     `json:"policy"`
		Clauses    []clauseJSON   `json:"clauses"`
		Checks     []checkJSON    `json:"checks"`
	}
	regulationJSON struct {
		ID       string        `json:"id"`
		Title    lang.Text     `json:"title"`
		Note     lang.Text     `json:"note"`
		Digest   string        `json:"digest"`
		Chapters []chapterJSON `json:"chapters"`
		Sections []chapterJSON `json:"sections"`
	}
	chapterJSON struct {
		ID    string    `json:"id"`
		Title lang.Text `json:"title"`
	}
	policyJSON struct {
		Grades             []gradeJSON                `json:"grades"`
		OpenBlockerGrade   string                     `json:"open_blocker_grade"`
		WaivedBlockerGrade string                     `json:"waived_blocker_grade"`
		Minimum            json.Number                `json:"minimum"`
		Coverage           json.Number                `json:"coverage"`
		History            string                     `json:"history,omitempty"`
		Profiles           profilesJSON               `json:"profiles"`
		ClauseFloor        json.Number                `json:"clause_floor"`
		RequiredClauses    []string                   `json:"required_clauses"`
		Weights            map[finding.Severity]int64 `json:"weights"`
		Waiver             waiverJSON                 `json:"waiver"`
		Gate               gateJSON                   `json:"gate"`
	}
	profilesJSON struct {
		Default   rulebook.Profile            `json:"default"`
		Levels    map[int]rulebook.Profile    `json:"levels"`
		Platforms map[string]rulebook.Profile `json:"platforms"`
	}
	gradeJSON struct {
		ID         string          `json:"id"`
		Min        json.Number     `json:"min"`
		Title      lang.Text       `json:"title"`
		Conditions []conditionJSON `json:"conditions"`
	}
	conditionJSON struct {
		Statutory   bool             `json:"statutory"`
		Severity    finding.Severity `json:"severity"`
		Chapter     string           `json:"chapter"`
		Early       bool             `json:"early,omitempty"`
		Unconfirmed string           `json:"unconfirmed,omitempty"`
		AtMost      int64            `json:"at_most"`
	}
	waiverJSON struct {
		MaxTerm string `json:"max_term"`
	}
	gateJSON struct {
		Severity     finding.Severity  `json:"severity"`
		MaxDrop      json.Number       `json:"max_drop"`
		ScopeChanges map[string]string `json:"scope_changes"`
		NewPlatform  string            `json:"new_platform"`
	}
	clauseJSON struct {
		ID          string              `json:"id"`
		Chapter     string              `json:"chapter"`
		Section     string              `json:"section,omitempty"`
		Title       lang.Text           `json:"title"`
		Summary     lang.Text           `json:"summary"`
		Kind        rulebook.ClauseKind `json:"kind"`
		Points      json.Number         `json:"points"`
		Pending     bool                `json:"pending,omitempty"`
		Informative *lang.Text          `json:"informative,omitempty"`
		Duties      []dutyJSON          `json:"duties,omitempty"`
	}
	checkJSON struct {
		ID            string                          `json:"id"`
		Topic         string                          `json:"topic"`
		Clauses       []string                        `json:"clauses"`
		Severity      map[string]finding.Severity     `json:"severity"`
		Weight        int64                           `json:"weight,omitempty"`
		Profile       rulebook.Profile                `json:"profile"`
		Level         string                          `json:"level,omitempty"`
		Risks         []string                        `json:"risks,omitempty"`
		Title         lang.Text                       `json:"title"`
		Rationale     lang.Text                       `json:"rationale"`
		Remedy        lang.Text                       `json:"remedy"`
		Effort        string                          `json:"effort"`
		Basis         map[string]rulebook.Basis       `json:"basis"`
		When          string                          `json:"when,omitempty"`
		Each          []rangeJSON                     `json:"each,omitempty"`
		Grace         *graceJSON                      `json:"grace,omitempty"`
		Assert        string                          `json:"assert"`
		At            string                          `json:"at,omitempty"`
		Message       lang.Text                       `json:"message"`
		Limits        map[string]map[string]limitJSON `json:"limits,omitempty"`
		EffectiveOn   string                          `json:"effective_on,omitempty"`
		Announced     []announcedJSON                 `json:"announced,omitempty"`
		Waivable      bool                            `json:"waivable"`
		Overlay       string                          `json:"overlay,omitempty"`
		Decisions     []decisionJSON                  `json:"decisions,omitempty"`
		ExamplesCount countJSON                       `json:"examples_count"`
		Location      locationJSON                    `json:"location"`
	}
	graceJSON struct {
		Since   string `json:"since"`
		Limit   string `json:"limit"`
		Records string `json:"records"`
	}
	rangeJSON struct {
		Name    string `json:"name"`
		List    string `json:"list"`
		Dated   string `json:"dated,omitempty"`
		Within  string `json:"within,omitempty"`
		Settled string `json:"settled,omitempty"`
	}
	announcedJSON struct {
		EffectiveOn string               `json:"effective_on"`
		Limit       string               `json:"limit"`
		Levels      map[string]limitJSON `json:"levels"`
	}
	limitJSON struct {
		Value string         `json:"value"`
		Basis rulebook.Basis `json:"basis"`
	}
	countJSON struct {
		Good int `json:"good"`
		Bad  int `json:"bad"`
	}
	locationJSON struct {
		Path string `json:"path"`
		Line int    `json:"line"`
	}
)

// writeJSON writes the rulebook for programs.
func writeJSON(w io.Writer, book *rulebook.Rulebook, _ Options) error {
	out := bookJSON{Regulation: regulationOf(book), Policy: policyOf(book), Clauses: []clauseJSON{}, Checks: []checkJSON{}}
	for _, c := range book.Regulation.Clauses {
		clause := clauseJSON{ID: c.ID, Chapter: c.Chapter, Section: c.Section, Title: c.Title, Summary: c.Summary, Kind: c.Kind, Points: number(c.Points), Pending: c.Pending, Duties: dutiesOf(&c)}
		if !c.Informative.IsZero() {
			clause.Informative = &c.Informative
		}
		out.Clauses = append(out.Clauses, clause)
	}
	for _, c := range book.Checks {
		out.Checks = append(out.Checks, checkOf(book, c))
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	// JSON is not HTML: who puts it into a page escapes it there.
	encoder.SetEscapeHTML(false)
	return encoder.Encode(out)
}

func regulationOf(book *rulebook.Rulebook) regulationJSON {
	r := book.Regulation
	return regulationJSON{ID: r.ID, Title: r.Title, Note: r.Note, Digest: book.Digest, Chapters: chaptersOf(r.Chapters), Sections: chaptersOf(r.Sections)}
}

func chaptersOf(chapters []rulebook.Chapter) []chapterJSON {
	out := []chapterJSON{}
	for _, c := range chapters {
		out = append(out, chapterJSON(c))
	}
	return out
}

func policyOf(book *rulebook.Rulebook) policyJSON {
	p := book.Policy
	out := policyJSON{
		Grades: []gradeJSON{}, OpenBlockerGrade: p.OpenBlockerGrade, WaivedBlockerGrade: p.WaivedBlockerGrade,
		Minimum: number(p.Minimum), Coverage: number(p.Coverage), History: p.History, Profiles: profilesJSON(p.Profiles), ClauseFloor: number(p.ClauseFloor), RequiredClauses: append([]string{}, p.RequiredClauses...),
		Weights: p.Weights, Waiver: waiverJSON{p.Waiver.MaxTerm},
		Gate: gateJSON{Severity: p.Gate.Severity, MaxDrop: number(p.Gate.MaxDrop), ScopeChanges: p.Gate.ScopeChanges, NewPlatform: p.Gate.NewPlatform},
	}
	for _, g := range p.Grades {
		grade := gradeJSON{ID: g.ID, Min: number(g.Min), Title: g.Title, Conditions: []conditionJSON{}}
		for _, c := range g.Conditions {
			grade.Conditions = append(grade.Conditions, conditionJSON(c))
		}
		out.Grades = append(out.Grades, grade)
	}
	return out
}

func checkOf(book *rulebook.Rulebook, c *rulebook.Check) checkJSON {
	out := checkJSON{
		ID: c.ID, Topic: c.Topic, Clauses: c.Clauses, Severity: keyed(c.Severity), Weight: c.Weight, Profile: smallest(c), Level: c.Level, Title: c.Title, Rationale: c.Rationale,
		Remedy: c.Remedy, Effort: c.Effort, Basis: keyed(c.Basis), When: c.When, Assert: c.Assert, At: c.At, Message: c.Message,
		Waivable: c.Waivable, Overlay: c.Overlay, Decisions: decisionsOf(c), Location: locationJSON{c.Path, c.Pos.Line},
	}
	if grace := graceJSON(c.Grace); grace != (graceJSON{}) {
		out.Grace = &grace
	}
	for _, article := range c.Risks {
		out.Risks = append(out.Risks, article.ID)
	}
	for _, step := range c.Each {
		out.Each = append(out.Each, rangeJSON(step))
	}
	for _, rule := range c.Limits {
		if out.Limits == nil {
			out.Limits = map[string]map[string]limitJSON{}
		}
		out.Limits[rule.Name] = limitsOf(rule)
	}
	if c.Effective != nil {
		out.EffectiveOn = c.Effective.String()
	}
	for _, a := range announcements(book, c) {
		out.Announced = append(out.Announced, announcedJSON{a.from.String(), a.rule.Name, limitsOf(a.rule)})
	}
	for _, e := range c.Examples() {
		if e.Good {
			out.ExamplesCount.Good++
		} else {
			out.ExamplesCount.Bad++
		}
	}
	return out
}

func limitsOf(rule rulebook.LimitRule) map[string]limitJSON {
	by := map[string]limitJSON{}
	for level, limit := range keyed(rule.ByLevel) {
		by[level] = limitJSON{limit.Value, limit.Basis}
	}
	return by
}

// smallest is the smallest profile that judges by a check.
func smallest(c *rulebook.Check) rulebook.Profile {
	if rulebook.Essential.Has(c) {
		return rulebook.Essential
	}
	return rulebook.Full
}

// keyed is a value by level under the names that the rulebook's files use.
func keyed[T any](b rulebook.ByLevel[T]) map[string]T {
	out := map[string]T{}
	for i, level := range b.Levels {
		name := "default"
		if level > 0 {
			name = "level" + string(rune('0'+level))
		}
		out[name] = b.Values[i]
	}
	return out
}

func number(r *big.Rat) json.Number { return json.Number(decimal(r)) }
