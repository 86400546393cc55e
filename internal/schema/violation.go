package schema

import (
	"errors"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// Violation is one place where a description is against its schema.
type Violation struct {
	// Keyword of the schema that is violated: required, enum, …
	Keyword    string
	At         *document.Value
	Start, End document.Pos
	// Path is the place with list items named by their keys, Redacted the same
	// without the sensitive keys.
	Path, Redacted string
	// Message says what is wrong, Hidden the same without what is sensitive.
	Message, Hidden lang.Text
	// Remedy says what to write instead, HiddenRemedy the same without what is
	// sensitive.
	Remedy, HiddenRemedy lang.Text
	// Hole is what the violation leaves absent, nil for nothing.
	Hole *Hole
	// Stray is a key that nobody knows and that is near to none, empty otherwise.
	Stray string
	// slip is the key that is missing, or that was meant by an unknown one.
	slip Hole
	// Edit writes the value right, nil where that is not certain.
	Edit *finding.Edit
	// Lacks is what is missing, nil where something else is wrong.
	Lacks *Type
}

// Hole is a place that counts as not stated: a property of an object, all that
// the object holds for no key, the whole topic for no object.
type Hole struct {
	In  *document.Value
	Key string
}

// maxViolations is how many violations of one file are explained, more than
// anybody reports.
const maxViolations = 60_000

// Validate checks a description against the schema: leaf causes only, sorted by
// location, without duplicates.
func (s *Schema) Validate(root *document.Value) []Violation {
	switch valid, plain := s.accepts(root); {
	case plain:
		return nil
	case valid:
		return s.beyond(root)
	}
	var out []Violation
	library, err := s.library()
	if err == nil {
		err = library.Validate(stated(root.Any()))
	}
	if err != nil {
		var invalid *jsonschema.ValidationError
		if !errors.As(err, &invalid) {
			return []Violation{s.violation("schema", root, lang.Mark("无法校验：%v", "cannot be validated: %v", err))}
		}
		for _, leaf := range leaves(invalid) {
			if len(out) > maxViolations {
				break
			}
			out = append(out, s.explain(root, leaf)...)
		}
	}
	return slipped(ordered(append(out, s.beyond(root)...)))
}

// stated takes out of maps what is left empty: to the validator it would be a
// value of the wrong type.
func stated(v any) any {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			stated(item)
		}
	case map[string]any:
		for key, value := range v {
			if value == nil {
				delete(v, key)
				continue
			}
			stated(value)
		}
	}
	return v
}

// beyond checks what JSON Schema cannot express.
func (s *Schema) beyond(root *document.Value) []Violation {
	return ordered(slices.Concat(s.unnamed(root), s.fractions(root), s.empties(root)))
}

// empties reports unknown keys that are left empty: to the validator what is
// empty is not there.
func (s *Schema) empties(root *document.Value) []Violation {
	var out []Violation
	walk(s.Root, root, func(t *Type, v *document.Value) {
		if t.Kind != Object {
			return
		}
		for i := range v.Fields() {
			if field := &v.Fields()[i]; field.Value.Kind == document.Null && t.Field(field.Key) == nil {
				out = append(out, s.unknownKey(field, t.Names()))
			}
		}
	})
	return out
}

func (s *Schema) violation(keyword string, at *document.Value, message lang.Marked) Violation {
	v := Violation{Keyword: keyword, At: at, Start: at.Start(), End: at.End(), Path: s.Root.KeyedPath(at), Redacted: s.Root.RedactedPath(at), Message: message.Full, Hidden: message.Redacted, Hole: s.hole(at)}
	v.advise(s.remedy(at))
	if rank(keyword) < len(forms()) {
		s.teach(&v)
	}
	return v
}

// advise gives a violation a remedy that everyone may see.
func (v *Violation) advise(remedy lang.Text) { v.Remedy, v.HiddenRemedy = remedy, remedy }

// offer gives a violation a remedy that may quote its value.
func (s *Schema) offer(v *Violation, remedy lang.Text) {
	if v.Remedy = remedy; !s.Sensitive(v.At) {
		v.HiddenRemedy = remedy
	}
}

// hole is what a violation at a value leaves absent. A list of plain values is
// absent as a whole, and so is one with something else among its objects; an
// object of a list never is, only what it holds.
func (s *Schema) hole(at *document.Value) *Hole {
	for ; at.Parent != nil; at = at.Parent {
		switch parent := s.typeAt(at.Parent); {
		case parent == nil:
		case parent.Kind == Object && at.Parent.Kind == document.Map:
			return &Hole{at.Parent, at.Key()}
		case parent.Kind == List && parent.Item.Kind == Object && at.Kind == document.Map:
			return &Hole{In: at}
		}
	}
	return &Hole{}
}

// ID is the id of the finding that tells of the violation.
func (v Violation) ID() string {
	var out strings.Builder
	out.WriteString("schema.")
	for _, c := range v.Keyword {
		switch {
		case c >= 'A' && c <= 'Z':
			out.WriteByte('_')
			out.WriteRune(c + 'a' - 'A')
		case c == '-':
			out.WriteByte('_')
		default:
			out.WriteRune(c)
		}
	}
	return out.String()
}

// unnamed reports list items with the same key.
func (s *Schema) unnamed(root *document.Value) []Violation {
	var out []Violation
	walk(s.Root, root, func(t *Type, v *document.Value) {
		if t.Kind != List || t.Key == "" || v.Kind != document.List {
			return
		}
		first := map[string]*document.Value{}
		for _, item := range v.Items() {
			key := t.ItemKey(item)
			if key == "" {
				continue
			}
			if earlier, taken := first[key]; taken {
				at := item.Get(t.Key)
				out = append(out, s.broken("x-key", at, lang.Mark("%s 重复：%s 已在第 %d 行使用", "%[2]s is used twice: the first %[1]s is on line %[3]d",
					document.Quote(t.Key), s.quoted(at), earlier.Get(t.Key).Start().Line)))
				continue
			}
			first[key] = item
		}
	})
	return out
}

// fractions reports whole numbers written as fractions: JSON Schema accepts 3.0
// as an integer, the decoder does not.
func (s *Schema) fractions(root *document.Value) []Violation {
	var out []Violation
	walk(s.Root, root, func(t *Type, v *document.Value) {
		if t.Kind == Integer && v.Kind == document.Float && v.Float() == math.Trunc(v.Float()) {
			out = append(out, s.violation("type", v, lang.Mark("整数不要写成小数：%s", "write a whole number without a fraction, found %s", s.quoted(v))))
		}
	})
	return out
}

func ordered(all []Violation) []Violation {
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		switch {
		case a.Start != b.Start:
			return a.Start.Line < b.Start.Line || a.Start.Line == b.Start.Line && a.Start.Column < b.Start.Column
		case a.Keyword != b.Keyword:
			return a.Keyword < b.Keyword
		}
		return a.Message.EN < b.Message.EN
	})
	plainest := map[*document.Value]int{}
	for _, v := range all {
		if at := rank(v.Keyword); at < len(forms()) {
			if known, found := plainest[v.At]; !found || at < known {
				plainest[v.At] = at
			}
		}
	}
	misspelt, strange := map[Hole]bool{}, map[*document.Value]bool{}
	for _, v := range all {
		if v.Keyword == "additionalProperties" && v.slip != (Hole{}) {
			misspelt[v.slip] = true
		}
		if v.Keyword == "additionalProperties" {
			strange[v.At.Parent] = true
		}
	}
	var out []Violation
	for i, v := range all {
		if v.Keyword == "required" && (misspelt[v.slip] || misspelt[Hole{In: v.slip.In}] && v.slip.In != nil) {
			continue
		}
		if v.Keyword == "anyOf" && v.At.Kind == document.Map && strange[v.At] {
			continue // one of the keys that it does not know was meant to be what it lacks
		}
		repeated := i > 0 && v.Start == all[i-1].Start && v.Keyword == all[i-1].Keyword && v.Message == all[i-1].Message
		if known, found := plainest[v.At]; !repeated && (!found || rank(v.Keyword) == known || rank(v.Keyword) == len(forms())) {
			out = append(out, v)
		}
	}
	return out
}

// forms are the keywords about how a single value is written, the plainest first.
// A value that breaks several is one slip, told once.
func forms() []string {
	return []string{"type", "enum", "const", "format", "minLength", "pattern", "maxLength"}
}

// rank is the place of a keyword among them, their number for any other.
func rank(keyword string) int {
	if at := slices.Index(forms(), keyword); at >= 0 {
		return at
	}
	return len(forms())
}
