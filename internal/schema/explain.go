package schema

import (
	"cmp"
	"maps"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/form"
	"hegui/internal/lang"
	"hegui/internal/near"
)

// leaves returns the causes without causes of their own. A union is a leaf:
// listing why each of its branches fails does not help, unless all but one are for
// values of another type.
func leaves(err *jsonschema.ValidationError) []*jsonschema.ValidationError {
	keyword := path.Base(err.KeywordLocation)
	if keyword == "anyOf" {
		if branch := onlyBranch(err); branch != nil {
			return leaves(branch)
		}
	}
	if len(err.Causes) == 0 || keyword == "anyOf" || keyword == "oneOf" || keyword == "minContains" {
		return []*jsonschema.ValidationError{err}
	}
	var out []*jsonschema.ValidationError
	for _, cause := range err.Causes {
		out = append(out, leaves(cause)...)
	}
	return out
}

// onlyBranch is the one branch of a union that takes values of the type that is
// written, nil where none or several do.
func onlyBranch(union *jsonschema.ValidationError) (only *jsonschema.ValidationError) {
	for _, branch := range union.Causes {
		otherType := slices.ContainsFunc(leaves(branch), func(leaf *jsonschema.ValidationError) bool {
			return path.Base(leaf.KeywordLocation) == "type" && leaf.InstanceLocation == union.InstanceLocation
		})
		switch {
		case otherType:
		case only != nil:
			return nil
		default:
			only = branch
		}
	}
	return only
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
	if keyword == "type" && rule.Get("enum") != nil && at.Kind != document.List && at.Kind != document.Map {
		keyword = "enum" // of another kind or not: it is none of the values
	}
	wanted := rule.Get(keyword)
	switch {
	case rule.Kind == document.List: // of dependentRequired
		if i, err := strconv.Atoi(keyword); err == nil && i < len(rule.Items()) {
			return s.missing(at, document.NewList(rule.Items()[i:i+1]...))
		}
	case strings.Contains(leaf.KeywordLocation, "/propertyNames/"):
		return []Violation{s.badKey(at, keyword, rule)}
	case (keyword == "required" || keyword == "additionalProperties") && s.placeless(at):
		v := s.violation("required", at, lang.Mark("没有写出证据在哪里", "does not say where the evidence is"))
		v.Start, v.End = objectPlace(at)
		if unspaced := s.unspacedKeys(at, evidenceKeys); len(unspaced) > 0 {
			return unspaced
		}
		return []Violation{v} // one slip is one finding
	case keyword == "required" && wanted != nil && bracketed(at):
		return s.unbraced(at)
	case keyword == "required" && wanted != nil:
		return s.missing(at, wanted)
	case keyword == "additionalProperties" && wanted != nil:
		return s.unknown(at, rule)
	case wanted != nil && wanted.Kind == document.Bool && !wanted.Bool:
		// The subschema false, under any keyword.
		return []Violation{s.violation("not", at, s.message("not", nil, at))}
	}
	v := s.broken(keyword, at, s.message(keyword, rule, at))
	if keys := oneOfKeys(wanted); keyword == "anyOf" && keys != nil {
		v.advise(s.aboutProperty(at, keys[0]))
		v.Start, v.End = objectPlace(at)
	}
	s.askPart(&v, rule)
	return []Violation{v}
}

// oneOfKeys are the keys of which a union wants one, nil where it wants something else.
func oneOfKeys(union *document.Value) (keys []string) {
	if union == nil {
		return nil
	}
	for _, branch := range union.Items() {
		required := branch.Get("required")
		if len(branch.Fields()) != 1 || required == nil || len(required.Items()) != 1 {
			return nil
		}
		keys = append(keys, required.Items()[0].Text)
	}
	return keys
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
		if v, found := s.unspacedFor(at, name.Text); found {
			out = append(out, v)
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
	out, told := s.unindented(at)
	for i := range at.Fields() {
		if field := &at.Fields()[i]; field.Value.Kind != document.Null && rule.Get("properties").Get(field.Key) == nil && !told[field.Key] {
			out = append(out, s.unknownKey(field, known))
		}
	}
	return out
}

// unknownKey reports one key. Inside of what is sensitive it may be a value in
// the wrong place, and is not for everyone.
func (s *Schema) unknownKey(field *document.Field, known []string) Violation {
	holder := field.Value.Parent
	if v, found := s.unspaced(field, known); found {
		return v
	}
	v := s.violation("additionalProperties", field.Value, lang.Mark("不认识的键 %s", "unknown key %s", s.marked(holder, lang.Same(document.Quote(field.Key)))))
	if s.Sensitive(holder) {
		v.Redacted = s.Root.RedactedPath(holder) + "/" + RedactedKey
	}
	v.Start, v.End = field.KeyStart(), field.KeyEnd()
	listed := lang.Say("可写的键：%s", "known keys: %s", strings.Join(known, ", "))
	v.advise(listed)
	v.Stray = field.Key
	if elsewhere := s.elsewhere(field, known); !elsewhere.IsZero() {
		v.advise(elsewhere)
		if v.Stray = ""; wraps(field, known) {
			v.Hole = &Hole{} // all of the topic is below it
		}
	}
	object := s.typeAt(holder) != nil && s.typeAt(holder).Kind == Object
	if !object { // evidence has few keys: whatever is missing is what was meant
		v.slip = Hole{In: holder}
	}
	if meant := s.wordMeant(holder, field.Key, known, v.Remedy != listed); meant != "" {
		v.advise(lang.Say("是否要写 %q？", "did you mean %q?", meant))
		v.Stray = ""
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

// wordMeant is the key that was meant by one that a map does not know: rather one that it
// does not state yet. One that belongs elsewhere is no part of another.
func (s *Schema) wordMeant(holder *document.Value, key string, known []string, elsewhere bool) string {
	free := slices.DeleteFunc(slices.Clone(known), func(k string) bool { return holder.Get(k) != nil })
	if slip := near.Slip(key, known); slip != "" {
		return slip
	}
	if meant := cmp.Or(near.Word(key, free), s.meantKey(holder, key, free)); meant != "" || elsewhere {
		return cmp.Or(meant, near.Word(key, known), s.meantKey(holder, key, known))
	}
	return cmp.Or(near.Part(key, free), near.Word(key, known), s.meantKey(holder, key, known))
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
	titles := map[string]string{}
	for _, f := range t.Fields {
		titles[form.Folded(f.Type.Title.ZH)] = f.Name
	}
	defer func() {
		if meant == "" {
			meant = titles[near.Word(said, slices.Sorted(maps.Keys(titles)))]
		}
	}()
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
func (s *Schema) badKey(at *document.Value, keyword string, rule *document.Value) Violation {
	key := s.marked(at.Parent, lang.Same(document.Quote(at.Key())))
	message := lang.Mark("键 %s 不合模式的 %s", "the key %s does not satisfy the schema's %s", key, keyword)
	if words := rule.Get("x-pattern"); words != nil && keyword == "pattern" {
		message = lang.Mark("键 %s 不是%s", "the key %s is not %s", key, inPattern(words))
	}
	v := s.violation("propertyNames", at, message)
	if field := at.Parent.Field(at.Key()); field != nil {
		v.Start, v.End = field.KeyStart(), field.KeyEnd()
	}
	return v
}
