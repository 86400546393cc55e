package results

import (
	"sync"

	"hegui/internal/finding"
	"hegui/internal/jsontext"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// Demand is what a check asks for at a level, and its basis. Platforms share it, so it
// must not be changed, and every check has one. Title, effort and repeated parts of a
// basis are filled in on reading and not written: see read.go.
type Demand struct {
	ID       string           `json:"id"`
	Title    lang.Text        `json:"title"`
	Effort   string           `json:"effort"`
	Clauses  []string         `json:"clauses"`
	Severity finding.Severity `json:"severity"`
	Weight   int64            `json:"weight"`
	Limits   []rulebook.Limit `json:"limits"`
	Basis    rulebook.Basis   `json:"basis"`

	once sync.Once
	text []byte
}

// write writes the members, once for all platforms that have the demand.
func (d *Demand) write(w *jsontext.Writer) {
	d.once.Do(func() {
		var own jsontext.Writer
		own.String("id", d.ID)
		own.Strings("clauses", d.Clauses)
		own.String("severity", d.Severity.String())
		own.Int("weight", int(d.Weight))
		jsontext.Objects(&own, "limits", d.Limits, func(l *rulebook.Limit) {
			own.String("name", l.Name)
			own.String("value", l.Value)
			own.Given("overlay", l.Overlay)
			if !l.Basis.Equal(d.Basis) {
				writeBasis(&own, &l.Basis)
			}
		})
		writeBasis(&own, &d.Basis)
		d.text, _ = own.Bytes()
	})
	w.Copy(d.text)
}

// writeBasis writes what a demand or a limit rests on below its key. What names articles
// does not write its source: the rulebook says how they are cited.
func writeBasis(w *jsontext.Writer, b *rulebook.Basis) {
	w.Key("basis")
	w.Open('{')
	w.String("kind", b.Kind)
	if len(b.Articles) == 0 {
		w.Text("source", b.Source)
	} else {
		w.Strings("articles", b.Articles)
	}
	w.String("confidence", b.Confidence)
	if !b.Note.IsZero() {
		w.Text("note", b.Note)
	}
	w.Close('}')
}

// CheckRule is what is the same of a check for all platforms.
type CheckRule struct {
	ID     string    `json:"id"`
	Title  lang.Text `json:"title"`
	Effort string    `json:"effort"`
}

func checkRules(book *rulebook.Rulebook) []CheckRule {
	out := make([]CheckRule, len(book.Checks))
	for i, c := range book.Checks {
		out[i] = CheckRule{ID: c.ID, Title: c.Title, Effort: c.Effort}
	}
	return out
}
