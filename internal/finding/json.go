package finding

import "hegui/internal/jsontext"

// WriteJSON writes the members of a finding as their tags say.
func (f *Finding) WriteJSON(w *jsontext.Writer) {
	w.String("check", f.Check)
	w.Strings("clauses", f.Clauses)
	w.String("severity", f.Severity.String())
	w.String("item", f.Item)
	w.Text("message", f.Message)
	w.Text("remedy", f.Remedy)
	w.GivenText("source", f.Source)
	w.String("fingerprint", f.Fingerprint)
	w.Bool("waived", f.Waived)
	f.Location.WriteJSON(w)
	if f.Edit != nil {
		w.Value("fix", f.Edit)
	}
	if len(f.Because) > 0 {
		jsontext.Objects(w, "because", f.Because, func(r *Reason) {
			w.Text("message", r.Message)
			if len(r.Fields) > 0 {
				w.Strings("fields", r.Fields)
			}
			r.Location.WriteJSON(w)
		})
	}
}

// WriteJSON writes a location below its key as its tags say.
func (l *Location) WriteJSON(w *jsontext.Writer) {
	w.Key("location")
	w.Open('{')
	w.String("path", l.Path)
	w.Int("line", l.Line)
	w.Int("column", l.Column)
	w.Int("end_line", l.EndLine)
	w.Int("end_column", l.EndColumn)
	w.String("pointer", l.Pointer)
	w.Close('}')
}
