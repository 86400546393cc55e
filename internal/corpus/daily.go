package corpus

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/schema"
)

// Daily is a platform on which something happened every day, in each list of
// dated records of its busy topics.
type Daily struct {
	// Topics are the topics of the platform that it is made of, Busy reports
	// which of them have their lists filled.
	Topics map[string]*document.Value
	Busy   func(topic string) bool
	// Days is how many records each list gets, AsOf the day of judging.
	Days int
	AsOf calendar.Date
}

// Write writes the platform to a folder and returns how many lists it has
// filled. The records repeat the fullest that has happened, on the days before
// it. Each month has a file of evidence which they all cite, one a month with its
// digest.
func (d *Daily) Write(dir string, schemas []*schema.Schema) (lists int, err error) {
	files := map[string]string{}
	w := &dailyWriter{Daily: d, months: map[string]bool{}}
	for _, s := range schemas {
		if root := d.Topics[s.Name]; root != nil {
			w.text.Reset()
			w.value(w.fills(s), root, 0)
			files[s.Name+".yaml"] = w.text.String() + "\n"
		}
	}
	for month := range w.months {
		files[proofAt(month)] = proof(month)
	}
	if err := os.MkdirAll(filepath.Join(dir, "evidence"), 0o755); err != nil {
		return 0, err
	}
	for at, text := range files {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(at)), []byte(text), 0o644); err != nil {
			return 0, err
		}
	}
	return w.lists, nil
}

func proofAt(month string) string { return "evidence/daily-" + month + ".md" }

func proof(month string) string { return month + " as it ran\n" }

// dailyWriter writes one topic after the other as YAML in block style.
type dailyWriter struct {
	*Daily
	text   strings.Builder
	lists  int
	months map[string]bool
}

// fills is the type by which a topic's lists are filled, nil for one that is not
// busy.
func (w *dailyWriter) fills(s *schema.Schema) *schema.Type {
	if w.Busy(s.Name) {
		return s.Root
	}
	return nil
}

// value writes a value and fills the lists in it; a nil type fills none.
func (w *dailyWriter) value(t *schema.Type, v *document.Value, indent int) {
	switch {
	case v.Kind == document.Map && len(v.Fields()) > 0:
		for i, field := range v.Fields() {
			w.line(i > 0, indent)
			w.text.WriteString(field.Key + ": ")
			nested := len(field.Value.Items())+len(field.Value.Fields()) > 0
			w.line(nested, indent+2)
			w.value(typeOf(t, field.Key), field.Value, indent+2)
		}
	case v.Kind == document.List && len(v.Items()) > 0:
		for i, item := range v.Items() {
			w.line(i > 0, indent)
			w.text.WriteString("- ")
			w.value(itemOf(t), item, indent+2)
		}
		if date := dateOf(t); date != "" {
			w.fill(t, v, date, indent)
		}
	case v.Kind == document.Map:
		w.text.WriteString("{}")
	case v.Kind == document.List:
		w.text.WriteString("[]")
	case v.Kind == document.String:
		quoted, _ := json.Marshal(v.Text) // a text always can be
		w.text.Write(quoted)
	default:
		w.text.WriteString(v.Text)
	}
}

// line begins a line if there is to be one.
func (w *dailyWriter) line(begin bool, indent int) {
	if begin {
		w.text.WriteString("\n" + strings.Repeat(" ", indent))
	}
}

func typeOf(t *schema.Type, key string) *schema.Type {
	if field := t.Field(key); field != nil {
		return field.Type
	}
	return nil
}

func itemOf(t *schema.Type) *schema.Type {
	if t == nil {
		return nil
	}
	return t.Item
}

// dateOf is the field that says when a record of the list happened, empty for
// lists of anything else.
func dateOf(t *schema.Type) string {
	if t == nil || t.Kind != schema.List || t.Key != "id" {
		return ""
	}
	i := slices.IndexFunc(t.Item.Fields, func(f schema.Field) bool { return f.Type.Kind == schema.Date })
	if i < 0 {
		return ""
	}
	return t.Item.Fields[i].Name
}

// fill writes a record a day before the day of a list's fullest.
func (w *dailyWriter) fill(t *schema.Type, v *document.Value, date string, indent int) {
	w.lists++
	model, last := v.Items()[0], calendar.Date{}
	for _, item := range v.Items() {
		on, err := calendar.ParseDate(item.TextAt(date))
		if err != nil || on.After(w.AsOf) {
			continue
		}
		if full, most := item.Stated(), model.Stated(); full > most || full == most && !on.Before(last) {
			model, last = item, on
		}
	}
	for i := 1; i <= w.Days; i++ {
		w.line(true, indent)
		w.text.WriteString("- ")
		record := w.moved(t.Item, model, i)
		record.Get(t.Key).Text = fmt.Sprintf("d%04d", i)
		w.value(nil, record, indent+2)
	}
}

// moved is a copy of a record some days earlier.
func (w *dailyWriter) moved(t *schema.Type, v *document.Value, days int) *document.Value {
	out := *v
	out.SetFields(slices.Clone(v.Fields()))
	month := ""
	for i, field := range out.Fields() {
		value := *field.Value
		out.Fields()[i].Value = &value
		known := typeOf(t, field.Key)
		switch {
		case known == nil:
		case known.Kind == schema.Date && value.Kind == document.String:
			value.Text = earlier(value.Text, days)
			month = value.Text[:len("2006-01")]
		case known.Kind == schema.Evidence:
			value = *w.evidence(month, days%30 == 0)
		case known.Kind == schema.List && known.Item.Kind == schema.Object:
			var items []*document.Value
			for _, item := range field.Value.Items() {
				items = append(items, w.moved(known.Item, item, days))
			}
			value.SetItems(items)
		}
	}
	return &out
}

// earlier moves a date; what follows the day stays.
func earlier(text string, days int) string {
	on, err := calendar.ParseDate(text)
	if err != nil {
		return text
	}
	return on.Day().Add(calendar.Period{Days: -days}).String() + text[min(len(time.DateOnly), len(text)):]
}

func (w *dailyWriter) evidence(month string, digest bool) *document.Value {
	w.months[month] = true
	at := document.NewText(proofAt(month))
	if !digest {
		return at
	}
	sum := document.NewText(fmt.Sprintf("%x", sha256.Sum256([]byte(proof(month)))))
	return document.NewMap(document.Field{Key: "path", Value: at}, document.Field{Key: "sha256", Value: sum})
}
