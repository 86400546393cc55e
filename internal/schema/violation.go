package schema

import (
	"cmp"
	"errors"
	"math"
	"net/url"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/form"
	"hegui/internal/lang"
	"hegui/internal/near"
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

// formats are those that the validator does not know or reads differently: a
// leap second, say, would pass it and then break the check that reads it.
func formats() map[string]func(*document.Value) bool {
	reads := func(read func(text string) bool) func(*document.Value) bool {
		return func(v *document.Value) bool { return v.Kind != document.String || read(v.Text) }
	}
	return map[string]func(*document.Value) bool{
		"date":      reads(func(text string) bool { return len(text) == len(time.DateOnly) && isDate(text) }),
		"date-time": reads(func(text string) bool { return len(text) > len(time.DateOnly) && isDate(text) }),
		"percent":   isPercent,
		"text":      reads(says),
		"name":      reads(names),
		"reference": reads(refers),
		"duration": reads(func(text string) bool {
			_, err := calendar.ParsePeriod(text)
			return err == nil
		}),
		// The audit checks whether evidence exists.
		"evidence": func(*document.Value) bool { return true },
	}
}

// libraryFormats are the formats as the library asks for them.
func libraryFormats() map[string]func(any) bool {
	out := map[string]func(any) bool{}
	for name, format := range formats() {
		out[name] = func(v any) bool {
			switch v := v.(type) {
			case string:
				return format(document.NewText(v))
			case float64:
				return format(document.NewFloat(v, ""))
			}
			return true // no format is of anything else
		}
	}
	return out
}

// isPercent refuses what can only be a share of 1 that was meant in percent: no
// rate of success lies below one percent.
func isPercent(v *document.Value) bool {
	return v.Kind != document.Float || v.Float() <= 0 || v.Float() >= 1
}

// isDate reports whether a text is a day of the years that descriptions speak of.
func isDate(text string) bool {
	_, err := calendar.ParseDate(text)
	return err == nil && calendar.Sensible(text)
}

// leaves returns the causes without causes of their own. A union is a leaf:
// listing why each of its branches fails does not help.
func leaves(err *jsonschema.ValidationError) []*jsonschema.ValidationError {
	keyword := path.Base(err.KeywordLocation)
	if len(err.Causes) == 0 || keyword == "anyOf" || keyword == "oneOf" || keyword == "minContains" {
		return []*jsonschema.ValidationError{err}
	}
	var out []*jsonschema.ValidationError
	for _, cause := range err.Causes {
		out = append(out, leaves(cause)...)
	}
	return out
}

// find follows the validator's percent-encoded pointer.
func find(root *document.Value, pointer string) *document.Value {
	v := root
	for _, token := range strings.Split(pointer, "/")[1:] {
		plain, err := url.PathUnescape(token)
		if err != nil {
			return v
		}
		next := v.Find("/" + plain)
		if next == nil {
			return v
		}
		v = next
	}
	return v
}

func (s *Schema) explain(root *document.Value, leaf *jsonschema.ValidationError) []Violation {
	at := find(root, leaf.InstanceLocation)
	keyword, rule := s.tripped(leaf)
	wanted := rule.Get(keyword)
	switch {
	case rule.Kind == document.List: // of dependentRequired
		if i, err := strconv.Atoi(keyword); err == nil && i < len(rule.Items()) {
			return s.missing(at, document.NewList(rule.Items()[i:i+1]...))
		}
	case strings.Contains(leaf.KeywordLocation, "/propertyNames/"):
		return []Violation{s.badKey(at, keyword)}
	case (keyword == "required" || keyword == "additionalProperties") && s.placeless(at):
		v := s.violation("required", at, lang.Mark("没有写出证据在哪里", "does not say where the evidence is"))
		v.Start, v.End = objectPlace(at)
		return []Violation{v} // one slip is one finding
	case keyword == "required" && wanted != nil:
		return s.missing(at, wanted)
	case keyword == "additionalProperties" && wanted != nil:
		return s.unknown(at, rule)
	case wanted != nil && wanted.Kind == document.Bool && !wanted.Bool:
		// The subschema false, under any keyword.
		return []Violation{s.violation("not", at, s.message("not", nil, at))}
	}
	return []Violation{s.broken(keyword, at, s.message(keyword, rule, at))}
}

// broken is the violation of a rule, with what its schema says beside a keyword.
func (s *Schema) broken(keyword string, at *document.Value, message lang.Marked) Violation {
	v := s.violation(keyword, at, message)
	if remedy := s.remedyOf(keyword, at); v.Remedy == s.remedy(at) && !remedy.IsZero() {
		s.offer(&v, remedy)
	}
	return v
}

// placeless reports whether a value is evidence with none of the keys that say
// where it is.
func (s *Schema) placeless(at *document.Value) bool {
	return at.Kind == document.Map && s.evidenceAt(at) != nil && at.Get("path") == nil && at.Get("ref") == nil && at.Get("held_by") == nil && at.Get("sha256") == nil
}

// tripped returns the keyword and the subschema that failed.
func (s *Schema) tripped(leaf *jsonschema.ValidationError) (keyword string, rule *document.Value) {
	location, pointer, _ := strings.Cut(leaf.AbsoluteKeywordLocation, "#")
	in := s.set.Find(strings.TrimSuffix(strings.TrimPrefix(location, scheme), suffix))
	if in == nil {
		in = s
	}
	if i := strings.LastIndexByte(pointer, '/'); i >= 0 {
		keyword, pointer = pointer[i+1:], pointer[:i]
	}
	if pointer == "" {
		return keyword, in.Document().Root
	}
	return keyword, find(in.Document().Root, pointer)
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

// missing reports each required key that the object does not have. The place
// is the object's key, or its start for a list item.
func (s *Schema) missing(at, wanted *document.Value) []Violation {
	if item := s.blankItem(at); item == at && item != nil {
		return []Violation{s.unfilled(item)}
	} else if item != nil {
		return nil // one empty item is one finding
	}
	var out []Violation
	for _, name := range wanted.Items() {
		if at.Get(name.Text) != nil {
			continue
		}
		said, title := document.Quote(name.Text), titled(propertyTitle(s.typeAt(at), name.Text))
		v := s.violation("required", at, lang.Mark("缺少 %s%s", "%[1]s is missing%[2]s", said, title))
		v.Path += "/" + name.Text
		v.slip = Hole{at, name.Text}
		if t := s.typeAt(at); t != nil && t.Kind == Object {
			v.Hole = &v.slip
			if field := t.Field(name.Text); field != nil {
				v.Lacks = field.Type
			}
		}
		v.Redacted += "/" + name.Text
		v.Start, v.End = objectPlace(at)
		if empty := at.Field(name.Text); empty != nil {
			v.Message = lang.Say("%s%s 没有填写", "%s%s is left empty", said, title)
			v.Hidden = v.Message
			v.Start, v.End = empty.KeyStart(), empty.KeyEnd()
		}
		if remedy := s.aboutProperty(at, name.Text); s.evidenceAt(at) != nil {
			s.offer(&v, remedy)
		} else {
			v.advise(remedy)
		}
		if remark := at.Field(name.Text).Remark(); remark != "" {
			v.Remedy = lang.Say("# 后面的是注释；作文字须加引号，写 %s: %s", "what follows # is a comment; as text it needs quotes, write %s: %s", name.Text, document.Quote(remark))
		}
		out = append(out, v)
	}
	return out
}

// objectPlace is the location reported for an object: its key, if it has one.
func objectPlace(v *document.Value) (start, end document.Pos) {
	if v.Parent == nil || v.Parent.Kind == document.List {
		return v.Start(), document.Pos{Line: v.Start().Line, Column: v.Start().Column + 1}
	}
	field := v.Parent.Field(v.Key())
	return field.KeyStart(), field.KeyEnd()
}

// unknown reports each key that is not in the schema.
func (s *Schema) unknown(at, rule *document.Value) []Violation {
	var known []string
	if properties := rule.Get("properties"); properties != nil {
		for _, property := range properties.Fields() {
			known = append(known, property.Key)
		}
	}
	var out []Violation
	for i := range at.Fields() {
		if field := &at.Fields()[i]; field.Value.Kind != document.Null && rule.Get("properties").Get(field.Key) == nil {
			out = append(out, s.unknownKey(field, known))
		}
	}
	return out
}

// unknownKey reports one key. Inside of what is sensitive it may be a value in
// the wrong place, and is not for everyone.
func (s *Schema) unknownKey(field *document.Field, known []string) Violation {
	holder := field.Value.Parent
	v := s.violation("additionalProperties", field.Value, lang.Mark("不认识的键 %s", "unknown key %s", s.marked(holder, lang.Same(document.Quote(field.Key)))))
	if s.Sensitive(holder) {
		v.Redacted = s.Root.RedactedPath(holder) + "/" + RedactedKey
	}
	v.Start, v.End = field.KeyStart(), field.KeyEnd()
	v.advise(lang.Say("可写的键：%s", "known keys: %s", strings.Join(known, ", ")))
	object := s.typeAt(holder) != nil && s.typeAt(holder).Kind == Object
	if !object { // evidence has few keys: whatever is missing is what was meant
		v.slip = Hole{In: holder}
	}
	if meant := cmp.Or(near.Word(field.Key, known), s.meantKey(holder, field.Key, known)); meant != "" {
		v.advise(lang.Say("是否要写 %q？", "did you mean %q?", meant))
		if holder.Get(meant) == nil {
			v.slip = Hole{holder, meant} // one slip is one finding
			if object {
				v.Hole = &v.slip
			}
		}
		if near.Slip(field.Key, known) == meant && holder.Field(meant) == nil && holder.Document().Writes(field.KeyStart(), field.KeyEnd(), field.Key) {
			v.Edit = finding.Write(field.KeyStart(), field.KeyEnd(), meant)
		}
	}
	return v
}

// meantKey is the key that was meant by a path to it, or by a part of its title;
// empty for none, and for more than one.
func (s *Schema) meantKey(holder *document.Value, key string, known []string) (meant string) {
	if last := key[strings.LastIndexByte(key, '.')+1:]; last != key && slices.Contains(known, last) {
		return last
	}
	t, said := s.typeAt(holder), form.Folded(key)
	if t == nil || utf8.RuneCountInString(said) < 2 {
		return ""
	}
	for _, f := range t.Fields {
		switch {
		case !strings.Contains(form.Folded(f.Type.Title.ZH), said) && form.Folded(f.Type.Title.EN) != said:
		case meant != "":
			return ""
		default:
			meant = f.Name
		}
	}
	return meant
}

// badKey reports a key that violates propertyNames.
func (s *Schema) badKey(at *document.Value, keyword string) Violation {
	v := s.violation("propertyNames", at, lang.Mark("键 %s 不合模式的 %s", "the key %s does not satisfy the schema's %s", s.marked(at.Parent, lang.Same(document.Quote(at.Key()))), keyword))
	if field := at.Parent.Field(at.Key()); field != nil {
		v.Start, v.End = field.KeyStart(), field.KeyEnd()
	}
	return v
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

// Walk visits every value of a description that the schema describes, with its
// type, parents first.
func (s *Schema) Walk(root *document.Value, visit func(*Type, *document.Value)) {
	walk(s.Root, root, visit)
}

// WalkSensitive is Walk for what is sensitive and what holds it.
func (s *Schema) WalkSensitive(root *document.Value, visit func(*Type, *document.Value)) {
	walkWhere(s.Root, root, func(t *Type) bool { return t.guards }, visit)
}

// WalkEvidence is Walk for the places of evidence and what holds them.
func (s *Schema) WalkEvidence(root *document.Value, visit func(*Type, *document.Value)) {
	walkWhere(s.Root, root, func(t *Type) bool { return t.proves }, visit)
}

func walk(t *Type, v *document.Value, visit func(*Type, *document.Value)) {
	walkWhere(t, v, func(*Type) bool { return true }, visit)
}

// walkWhere walks the types that are worth it.
func walkWhere(t *Type, v *document.Value, worth func(*Type) bool, visit func(*Type, *document.Value)) {
	if t == nil || v == nil || !worth(t) {
		return
	}
	visit(t, v)
	for _, item := range v.Items() {
		walkWhere(t.Item, item, worth, visit)
	}
	next := 0
	for i := range v.Fields() {
		if known := t.fieldFrom(v.Fields()[i].Key, next); known != nil {
			next = known.Index + 1
			walkWhere(known.Type, v.Fields()[i].Value, worth, visit)
		}
	}
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
	misspelt := map[Hole]bool{}
	for _, v := range all {
		if v.Keyword == "additionalProperties" && v.slip != (Hole{}) {
			misspelt[v.slip] = true
		}
	}
	var out []Violation
	for i, v := range all {
		if v.Keyword == "required" && (misspelt[v.slip] || misspelt[Hole{In: v.slip.In}] && v.slip.In != nil) {
			continue
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
