package results

import (
	"slices"

	"hegui/internal/audit"
	"hegui/internal/finding"
	"hegui/internal/jsontext"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// Encoder writes platforms as their tags say, one after another in the same memory. What
// the rulebook says of a check is written once for each of its levels, and copied.
type Encoder struct {
	w      jsontext.Writer
	checks [][]constants // by the place of the check
}

// Platform is the JSON of a platform, until the next call.
func (e *Encoder) Platform(p *Platform) ([]byte, error) {
	e.w.Reset()
	e.w.Open('{')
	e.platform(p)
	e.w.Close('}')
	return e.w.Bytes()
}

// Line is the JSON of a platform on a line of its own, until the next call.
func (e *Encoder) Line(l Line) ([]byte, error) {
	e.w.Reset()
	e.w.Open('{')
	e.w.String("as_of", l.AsOf)
	e.w.String("rulebook", l.Rulebook)
	e.w.Value("revision", l.Revision)
	e.platform(l.Platform)
	if l.Gate != nil {
		e.w.Value("gate", l.Gate)
	}
	e.w.Close('}')
	e.w.End()
	return e.w.Bytes()
}

func (e *Encoder) platform(p *Platform) {
	w := &e.w
	w.String("id", p.ID)
	w.String("path", p.Path)
	w.String("code", p.Code)
	w.Text("name", p.Name)
	w.String("kind", p.Kind)
	w.Text("kind_title", p.KindTitle)
	w.String("stage", p.Stage)
	w.Text("stage_title", p.StageTitle)
	w.Int("mlps_level", p.MLPSLevel)
	w.String("sensitivity", p.Sensitivity)
	w.Bool("compliant", p.Compliant)
	w.Value("reasons", p.Reasons)
	w.Value("grade", p.Grade)
	w.Value("score", p.Score)
	w.Value("chapters", p.Chapters)
	jsontext.Objects(w, "clauses", p.Clauses, func(c *Clause) { c.write(w) })
	w.Key("checks")
	if p.Checks == nil {
		w.Literal("null")
	} else {
		w.Open('[')
		for i := range p.Checks {
			w.Open('{')
			e.check(i, &p.Checks[i])
			w.Close('}')
		}
		w.Close(']')
	}
	jsontext.Objects(w, "findings", p.Findings, func(f *finding.Finding) { f.WriteJSON(w) })
	jsontext.Objects(w, "evidence", p.Evidence, func(e *audit.Evidence) { writeEvidence(w, e) })
	w.Value("waivers", p.Waivers)
	w.Value("verdicts", p.Verdicts)
	w.Value("clause_verdicts", p.ClauseVerdicts)
	given(w, "orders", p.Orders)
	set(w, "previous", p.Previous)
	set(w, "verification", p.Verification)
	w.String("profile", string(p.Profile))
	set(w, "statutory", p.Statutory)
	set(w, "risks", p.Risks)
	if len(p.Waiting) > 0 {
		jsontext.Objects(w, "waiting", p.Waiting, func(one *Waiting) {
			w.String("cause", one.Cause)
			w.Strings("checks", one.Checks)
		})
	}
	given(w, "grade_conditions", p.GradeConditions)
	given(w, "decisions", p.Decisions)
	given(w, "out_of_force", p.OutOfForce)
	given(w, "upcoming", p.Upcoming)
	set(w, "forecast", p.Forecast)
	set(w, "history", p.Past)
	set(w, "plan", p.Plan)
	given(w, "topics", p.Topics)
	given(w, "conditions", p.Conditions)
	if len(p.Losses) > 0 {
		jsontext.Objects(w, "losses", p.Losses, func(l *Loss) { l.write(w) })
	}
	if len(p.Problems) > 0 {
		jsontext.Objects(w, "problems", p.Problems, func(q *Problem) { q.write(w) })
	}
}

// given writes a list that is left out where it is empty.
func given[T any](w *jsontext.Writer, key string, items []T) {
	if len(items) > 0 {
		w.Value(key, items)
	}
}

// set writes what is left out where there is none.
func set[T any](w *jsontext.Writer, key string, value *T) {
	if value != nil {
		w.Value(key, value)
	}
}

func (n Number) write(w *jsontext.Writer, key string) {
	w.Key(key)
	if n == "" {
		n = "null"
	}
	w.Literal(string(n))
}

func (c *Clause) write(w *jsontext.Writer) {
	w.String("id", c.ID)
	w.Text("title", c.Title)
	c.Points.write(w, "points")
	c.Score.write(w, "score")
	w.String("verdict", c.Verdict)
	w.Text("reason", c.Reason)
	w.Bool("waived", c.Waived)
	w.Strings("checks", c.Checks)
	w.String("chapter", c.Chapter)
	w.String("section", c.Section)
	w.Strings("home", c.Home)
	c.Weight.write(w, "weight")
	c.Attained.write(w, "attained")
	c.Gained.write(w, "gained")
	given(w, "elsewhere", c.Elsewhere)
}

func writeEvidence(w *jsontext.Writer, e *audit.Evidence) {
	w.Given("path", e.Path)
	w.Given("url", e.URL)
	w.Given("ref", e.Ref)
	w.Given("held_by", e.HeldBy)
	w.Given("sha256", e.SHA256)
	w.Given("computed_sha256", e.Computed)
	w.Bool("resolved", e.Resolved)
	e.Location.WriteJSON(w)
}

func (l *Loss) write(w *jsontext.Writer) {
	w.String("check", l.Check)
	w.Given("cause", l.Cause)
	if len(l.Checks) > 0 {
		w.Strings("checks", l.Checks)
	}
	l.Lost.write(w, "lost")
	w.Given("effort", l.Effort)
}

func (q *Problem) write(w *jsontext.Writer) {
	w.Int("number", q.Number)
	w.String("check", q.Check)
	w.String("severity", q.Severity.String())
	if q.Waived {
		w.Bool("waived", true)
	}
	w.Strings("findings", q.Findings)
	w.Given("risk", q.Risk)
	w.Given("responsible_post", q.Post)
	w.Given("deadline", q.Deadline)
}

func (e *Encoder) check(place int, c *Check) {
	w, said := &e.w, e.constants(place, c)
	w.Copy(said.first)
	w.String("severity", c.Severity.String())
	w.Int("weight", int(c.Weight))
	w.String("outcome", string(c.Outcome))
	c.Attainment.write(w, "attainment")
	jsontext.Objects(w, "items", c.Items, func(i *Item) { i.write(w) })
	w.Copy(said.rest)
	w.Strings("caused_by", c.CausedBy)
	c.Attained.write(w, "attained")
	w.String("effort", c.Effort)
	w.Text("reason", c.Reason)
}

func (i *Item) write(w *jsontext.Writer) {
	w.String("item", i.Item)
	w.String("outcome", string(i.Outcome))
	w.Given("state", string(i.State))
	w.Given("fact", i.Fact)
	if len(i.CausedBy) > 0 {
		w.Strings("caused_by", i.CausedBy)
	}
	given(w, "declared", i.Declared)
	if len(i.Evidence) > 0 {
		w.Strings("evidence", i.Evidence)
	}
}

// constants are what the rulebook says of a check at one level, and the JSON of it: what
// stands before the outcome, and what stands behind the items.
type constants struct {
	id      string
	title   lang.Text
	clauses []string
	limits  []rulebook.Limit
	basis   rulebook.Basis

	first, rest []byte
}

// constants are those of a check, which has the same at the same level whatever the
// platform: those of an earlier platform, if they are the same, or else made anew. There
// are no more of them than levels.
func (e *Encoder) constants(place int, c *Check) *constants {
	for len(e.checks) <= place {
		e.checks = append(e.checks, nil)
	}
	known := e.checks[place]
	for i := range known {
		if known[i].are(c) {
			return &known[i]
		}
	}
	one := constants{id: c.ID, title: c.Title, clauses: c.Clauses, limits: c.Limits, basis: c.Basis}
	var w jsontext.Writer
	w.String("id", c.ID)
	w.Text("title", c.Title)
	w.Strings("clauses", c.Clauses)
	text, _ := w.Bytes()
	one.first, w = text, jsontext.Writer{}
	w.Value("limits", c.Limits)
	w.Value("basis", c.Basis)
	one.rest, _ = w.Bytes()
	if len(known) > rulebook.MaxLevel {
		known = nil
	}
	e.checks[place] = append(known, one)
	return &e.checks[place][len(known)]
}

// are reports whether a check has these.
func (k *constants) are(c *Check) bool {
	return k.id == c.ID && k.title == c.Title && (k.clauses == nil) == (c.Clauses == nil) && slices.Equal(k.clauses, c.Clauses) && same(&k.basis, &c.Basis) &&
		(k.limits == nil) == (c.Limits == nil) && slices.EqualFunc(k.limits, c.Limits, func(a, b rulebook.Limit) bool {
		return a.Name == b.Name && a.Value == b.Value && same(&a.Basis, &b.Basis)
	})
}

func same(a, b *rulebook.Basis) bool {
	return a.Kind == b.Kind && a.Source == b.Source && a.Confidence == b.Confidence && a.Note == b.Note && slices.Equal(a.Articles, b.Articles)
}
