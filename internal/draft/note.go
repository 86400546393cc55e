package draft

import (
	"cmp"
	"slices"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// note says what belongs under a key: its meaning, unit, values and an example, what
// it means to leave it empty, and the clauses that ask for it.
func (w *writer) note(f schema.Field) string {
	t := f.Type
	said := lang.Say("%s：%s", "%s: %s", t.Title, lang.Text{ZH: t.About.ZH, EN: strings.TrimSuffix(t.About.EN, ".")})
	add := func(zh, en string, args ...any) {
		said = lang.Say("%s；%s", "%s; %s", said, lang.Say(zh, en, args...))
	}
	if !t.Unit.IsZero() {
		add("单位：%s", "unit: %s", t.Unit)
	}
	if values := w.values(t); values != "" {
		add("可写 %s", "one of %s", values)
	}
	if t.Kind == schema.Boolean {
		add("true 或 false", "true or false")
	}
	if example := example(t); example != "" {
		add("例：%s", "such as %s", example)
	}
	if t.Kind == schema.List && (t.Adverse || t.MayBeEmpty) && !strings.Contains(t.About.In(w.Language), "[]") {
		add("没有的写 []", "[] where there are none")
	}
	if !t.Absent.IsZero() {
		add("空着表示%s", "empty: %s", t.Absent)
	}
	switch clauses := w.clauses(t); {
	case strings.Contains(clauses, ", "):
		add("条款 %s", "clauses %s", clauses)
	case clauses != "":
		add("条款 %s", "clause %s", clauses)
	}
	return strings.Join(strings.Fields(said.In(w.Language)), " ")
}

// values are those of an enumeration that its description does not name. In an
// English one they would be words like any other.
func (w *writer) values(t *schema.Type) string {
	if t.Kind == schema.List {
		t = t.Item
	}
	about := t.About.In(w.Language)
	if len(t.Enum) == 0 || w.Language == lang.Chinese && !slices.ContainsFunc(t.Enum, func(value string) bool { return !strings.Contains(about, value) }) {
		return ""
	}
	words := slices.Clone(t.Enum)
	for i, value := range words {
		if label := t.Labels[value].In(w.Language); label != "" && w.Language == lang.Chinese {
			words[i] += " " + label
		}
	}
	return strings.Join(words, w.say("、", ", "))
}

// example is a value as it may be written, on one line; none for what is one of few.
func example(t *schema.Type) string {
	of := t
	if t.Kind == schema.List && len(t.Examples()) == 0 {
		of = t.Item
	}
	if len(of.Enum) > 0 || of.Kind == schema.Object || of.Kind == schema.Boolean || of.Kind == schema.Evidence {
		return ""
	}
	return t.Sample()
}

// maxClauses is how many of the clauses that ask for a fact are named.
const maxClauses = 2

// clauses are the homes of the checks that ask for what belongs at a place, those of
// the severest first.
func (w *writer) clauses(t *schema.Type) string {
	readers := slices.Clone(w.Asked.Readers(t))
	slices.SortStableFunc(readers, func(a, b *rulebook.Check) int { return cmp.Compare(severest(b), severest(a)) })
	var homes []string
	for _, rule := range readers {
		if !slices.Contains(homes, rule.Clauses[0]) {
			homes = append(homes, rule.Clauses[0])
		}
	}
	text := strings.Join(homes[:min(len(homes), maxClauses)], w.say("、", ", "))
	if len(homes) > maxClauses {
		text += w.say("等", " and others")
	}
	return text
}

func severest(c *rulebook.Check) finding.Severity { return slices.Max(c.Severity.Values) }
