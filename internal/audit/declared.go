package audit

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/term"
)

// Declared is a value that an outcome rests on, as the description states it.
type Declared struct {
	// Field is the path of the value in its schema, as backups.sets.keep.
	Field string    `json:"field"`
	Title lang.Text `json:"title"`
	// Value is one line of at most 200 runes.
	Value lang.Text `json:"value"`
	// Location is where the value is, or where it would be stated.
	Location finding.Location `json:"location"`
	// Redacted is the value for those who must not see what is sensitive.
	Redacted lang.Text `json:"-"`
}

// maxDeclared is how many runes of a value are shown: enough to compare it with
// what is seen on the spot, and its location leads to the rest.
const maxDeclared = 200

// showing is a value that was put into words; many checks read the same.
type showing struct {
	t                    *schema.Type
	value, above, newest *document.Value
}

// declared are the values that an outcome rests on, what decides first.
func (r *reading) declared(judged *rulebook.Judged) []*Declared {
	out, done := make([]*Declared, 0, len(judged.Facts)), make(map[*Declared]bool, len(judged.Facts))
	for _, f := range judged.Facts {
		s := showing{t: r.typeOf(f), value: f.Value, above: f.Above, newest: newestIn(f.Value, judged.Newest)}
		if s.t == nil {
			continue // what is computed is declared by what it is computed from
		}
		if d := r.show(s); !done[d] {
			done[d], out = true, append(out, d)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// typeOf is what the schema says of the place of a fact, nil for what no
// description holds.
func (r *reading) typeOf(f expression.Fact) *schema.Type {
	if f.Type != nil || f.Value.Document() == nil {
		return f.Type
	}
	return r.placeOfValue(f.Value)
}

// newestIn is the record of a list that decided because it is the newest.
func newestIn(list *document.Value, newest []expression.Newest) *document.Value {
	for _, n := range newest {
		if list != nil && n.Record.Parent == list {
			return n.Record
		}
	}
	return nil
}

// show is a value in words, the same for all that rest on it.
func (r *reading) show(s showing) *Declared {
	if known, done := r.shown[s]; done {
		return known
	}
	d := &Declared{Field: s.t.Name, Title: titleOf(s.t), Value: lang.Say("未填写", "not stated"), Location: r.statedAt(s)}
	d.Redacted = d.Value
	if s.value != nil {
		marks := r.marksAt(s.value)
		d.Value = inWords(s, nil)
		d.Redacted = d.Value
		switch {
		case isHidden(s.value, marks):
			d.Redacted = lang.Redacted()
		case marks != nil:
			d.Redacted = inWords(s, marks)
		}
	}
	r.shown[s] = d
	return d
}

// titleOf is what a place is called; the items of a list share its title.
func titleOf(t *schema.Type) lang.Text {
	if t.Title.IsZero() && t.Of != nil {
		return t.Of.Title
	}
	return t.Title
}

// statedAt is where a reader looks for a value, be it stated or not.
func (r *reading) statedAt(s showing) finding.Location {
	topic, _, _ := strings.Cut(s.t.Name, ".")
	return r.placeIn(topic, cmp.Or(s.value, s.above))
}

// marksAt says what of the file that holds a value is sensitive.
func (r *reading) marksAt(v *document.Value) map[*document.Value]mark {
	doc := v.Document()
	if doc == nil {
		return nil
	}
	s := r.Rulebook.Schemas.Find(doc.Topic())
	if s == nil || !s.HasSensitive() {
		return nil
	}
	return r.marksOf(s, doc)
}

// isHidden reports whether a value is, or lies in, something sensitive.
func isHidden(v *document.Value, marks map[*document.Value]mark) bool {
	for ; v != nil; v = v.Parent {
		if marks[v] == sensitive {
			return true
		}
	}
	return false
}

// inWords is a value on one line, in the words of its file. Where marks are given,
// what they mark as sensitive is hidden, and what no schema knows.
func inWords(s showing, hidden map[*document.Value]mark) lang.Text {
	before, after := lang.Text{}, lang.Text{}
	v, t := s.value, s.t
	switch {
	case v.Kind == document.List && len(v.Items()) > 0 && v.Items()[0].Kind == document.Map:
		before = lang.Say("%s：", "%s: ", lang.Count(len(v.Items()), "项", "entry", "entries"))
		if s.newest != nil && len(v.Items()) > 1 {
			v, t = s.newest, t.Item
			before = lang.Say("%s，最近的是 ", "%s, the newest is ", lang.Count(len(s.value.Items()), "项", "entry", "entries"))
		}
	case v.Kind == document.Bool:
		before, after = lang.Say("%s（", "%s (", term.YesNo(v.Bool)), lang.Say("）", ")")
	case v.Kind == document.String && !s.t.Labels[v.Text].IsZero():
		before, after = lang.Say("%s（", "%s (", s.t.Labels[v.Text]), lang.Say("）", ")")
	case !s.t.Unit.IsZero() && (v.Kind == document.Int || v.Kind == document.Float):
		after = unitOf(s.t, v.Text)
	}
	whole := &line{hidden: hidden}
	whole.value(v, t)
	if v == s.value && t.Key != "" && utf8.RuneCountInString(whole.String()) > maxDeclared/2 {
		whole = &line{hidden: hidden}
		whole.names(v, t)
	}
	return lang.Text{ZH: short(before.ZH, whole.String(), after.ZH), EN: short(before.EN, whole.String(), after.EN)}
}

// short is a text that ends in an ellipsis where it would be too long.
func short(before, text, after string) string {
	whole := before + text + after
	if utf8.RuneCountInString(whole) <= maxDeclared {
		return strings.Clone(whole)
	}
	runes := []rune(whole)
	return string(runes[:maxDeclared-1]) + "…"
}

// line is a value as it is written out, no more of it than will be shown.
type line struct {
	strings.Builder
	hidden map[*document.Value]mark
}

func (l *line) full() bool { return l.Len() > maxDeclared*utf8.UTFMax }

func (l *line) value(v *document.Value, t *schema.Type) {
	switch {
	case l.full():
	case l.hidden != nil && (t == nil || l.hidden[v] == sensitive):
		l.WriteString(schema.RedactedKey)
	case v.Kind == document.List:
		l.all("[", len(v.Items()), "]", func(i int) { l.value(v.Items()[i], itemOf(t)) })
	case v.Kind == document.Map:
		l.all("{", len(v.Fields()), "}", func(i int) { l.field(v.Fields()[i], t) })
	default:
		l.text(v.Text)
	}
}

// names are what the items of a list are called: of many or large ones their values
// would be cut off in the first.
func (l *line) names(v *document.Value, t *schema.Type) {
	l.all("", len(v.Items()), "", func(i int) {
		if name := v.Items()[i].Get(t.Key); name != nil && name.Kind == document.String {
			l.value(name, t.Item.Field(t.Key).Type)
			return
		}
		l.value(v.Items()[i], t.Item)
	})
}

func (l *line) field(f document.Field, of *schema.Type) {
	var t *schema.Type
	if known := of.Field(f.Key); known != nil {
		t = known.Type
	} else if of != nil && of.Kind == schema.Evidence && slices.Contains([]string{"path", "sha256", "ref", "held_by"}, f.Key) {
		t = of
	}
	if l.hidden != nil && t == nil {
		l.WriteString(schema.RedactedKey)
		return
	}
	l.WriteString(f.Key + ": ")
	l.value(f.Value, t)
}

// itemOf is the type of the items of a list, be it one of pieces of evidence.
func itemOf(t *schema.Type) *schema.Type {
	if t == nil || t.Kind == schema.Evidence {
		return t
	}
	return t.Item
}

func (l *line) all(open string, n int, end string, one func(int)) {
	l.WriteString(open)
	for i := 0; i < n && !l.full(); i++ {
		if i > 0 {
			l.WriteString(", ")
		}
		one(i)
	}
	l.WriteString(end)
}

// text is a scalar with its lines joined; of a long one no more than is shown.
func (l *line) text(s string) {
	if end := 2 * maxDeclared * utf8.UTFMax; len(s) > end {
		s = strings.ToValidUTF8(s[:end], "")
	}
	l.WriteString(strings.Join(strings.Fields(s), " "))
}

// evidenceFor are the entries of the platform's evidence that are cited in the
// values which an outcome rests on, or beside them in their records: those of the
// newest record first, then in the order of the description.
func (r *reading) evidenceFor(judged *rulebook.Judged) []int {
	var first, rest []int
	for _, n := range judged.Newest {
		first = append(first, r.citedIn(n.Record)...)
	}
	for _, f := range judged.Facts {
		rest = append(rest, r.citedIn(f.Value)...)
		for _, proof := range r.proofsBeside(cmp.Or(f.Value, f.Above)) {
			rest = append(rest, r.citedIn(proof)...)
		}
	}
	slices.Sort(rest)
	rest = slices.DeleteFunc(slices.Compact(rest), func(i int) bool { return slices.Contains(first, i) })
	return append(first, rest...)
}

// citedIn are the entries of the platform's evidence that are cited in a value.
func (r *reading) citedIn(v *document.Value) []int {
	if v == nil {
		return nil
	}
	if all, done := r.inside[v]; done {
		return all
	}
	var all []int
	if entry, cites := r.entries[v]; cites {
		all = append(all, entry)
	}
	for _, item := range v.Items() {
		all = append(all, r.citedIn(item)...)
	}
	for _, field := range v.Fields() {
		all = append(all, r.citedIn(field.Value)...)
	}
	r.inside[v] = all
	return all
}

// providedBy is the key under which a record states who else does it, and the
// report of that.
const providedBy = "provided_by"

// proofsBeside are the values that the records around a value rest on: the evidence
// of the nearest that has any, and the providers of all.
func (r *reading) proofsBeside(v *document.Value) (proofs []*document.Value) {
	for _, record := range r.recordsAround(v) {
		for _, field := range r.evidenceFields(record) {
			if cited := record.Get(field); cited != nil {
				proofs = append(proofs, cited)
			}
		}
	}
	for ; v != nil; v = v.Parent {
		if by := v.Get(providedBy); by != nil {
			proofs = append(proofs, by)
		}
	}
	return proofs
}

// recordsAround are the records at or above a value that may cite evidence, up to the
// nearest that does.
func (r *reading) recordsAround(v *document.Value) (records []*document.Value) {
	for ; v != nil; v = v.Parent {
		fields := r.evidenceFields(v)
		if len(fields) > 0 {
			records = append(records, v)
		}
		if slices.ContainsFunc(fields, func(field string) bool { return v.Get(field) != nil }) {
			break
		}
	}
	return records
}

// evidenceFields are the fields of a record in which evidence may be cited.
func (r *reading) evidenceFields(v *document.Value) []string {
	if v == nil || v.Kind != document.Map || v.Document() == nil {
		return nil
	}
	var fields []string
	for _, field := range r.placeOfValue(v).Fields {
		if field.Type.Kind == schema.Evidence {
			fields = append(fields, field.Name)
		}
	}
	return fields
}

// placeOfValue is what the schema says of the place of a value.
func (r *reading) placeOfValue(v *document.Value) *schema.Type {
	return r.Rulebook.Schemas.Find(v.Document().Topic()).Root.Place(v)
}
