package results

import (
	"hegui/internal/audit"
	"hegui/internal/finding"
	"hegui/internal/jsontext"
)

// WriteJSON writes the JSON of a platform as its tags say, but for what read.go puts back.
func (p *Platform) WriteJSON(w *jsontext.Writer) {
	w.Open('{')
	p.write(w)
	w.Close('}')
}

// WriteJSON writes the JSON of a platform on a line of its own.
func (l Line) WriteJSON(w *jsontext.Writer) {
	w.Open('{')
	w.String("as_of", l.AsOf)
	w.String("rulebook", l.Rulebook)
	w.Value("revision", l.Revision)
	l.write(w)
	if l.Gate != nil {
		w.Value("gate", l.Gate)
	}
	w.Close('}')
	w.End()
}

func (p *Platform) write(w *jsontext.Writer) {
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
	jsontext.Objects(w, "checks", p.Checks, func(c *Check) { c.write(w) })
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

// given writes a list, and nothing for an empty one.
func given[T any](w *jsontext.Writer, key string, items []T) {
	if len(items) > 0 {
		w.Value(key, items)
	}
}

// set writes a value, and nothing for nil.
func set[T any](w *jsontext.Writer, key string, value *T) {
	if value != nil {
		w.Value(key, value)
	}
}

// MarshalJSON implements json.Marshaler: what is written of a clause is less than what is read.
func (c Clause) MarshalJSON() ([]byte, error) { return object(c.write) }

// MarshalJSON implements json.Marshaler: what is written of a check is less than what is read.
func (c Check) MarshalJSON() ([]byte, error) { return object(c.write) }

func object(write func(*jsontext.Writer)) ([]byte, error) {
	var w jsontext.Writer
	w.Open('{')
	write(&w)
	w.Close('}')
	return w.Bytes()
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
	w.GivenText("reason", c.Reason)
	w.Bool("waived", c.Waived)
	w.Strings("checks", c.Checks)
	w.String("chapter", c.Chapter)
	w.String("section", c.Section)
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

// write writes a check.
func (c *Check) write(w *jsontext.Writer) {
	c.Demand.write(w)
	w.String("outcome", string(c.Outcome))
	c.Attainment.write(w, "attainment")
	jsontext.Objects(w, "items", c.Items, func(i *Item) { i.write(w) })
	w.Strings("caused_by", c.CausedBy)
	c.Attained.write(w, "attained")
	w.GivenText("reason", c.Reason)
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
