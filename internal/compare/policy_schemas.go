package compare

import (
	"math/big"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// schemas must ask for as much as before, of descriptions and of waivers and verdicts
// alike: what need not be stated, may be anything or is no longer marked is looser.
func (l *loosening) schemas() {
	for _, was := range l.before.Schemas.All() {
		if !was.Topic && !slices.Contains(rulebook.Formats(), was.Path) {
			continue
		}
		is := l.after.Schemas.Find(was.Name)
		if is == nil || was.Topic && !is.Topic {
			l.keyword(was.Path, was.Name, "x-topic", was.Document().Root, nil)
			continue
		}
		l.subschema(is, was.Name, was.Document().Root, is.Document().Root)
	}
}

// subschema compares two subschemas keyword by keyword.
func (l *loosening) subschema(in *schema.Schema, name string, was, is *document.Value) {
	if was.Kind != document.Map || is.Kind != document.Map {
		if was.Canonical() != is.Canonical() {
			l.keyword(in.Path, name, "", was, is)
		}
		return
	}
	keys := map[string]bool{}
	for _, f := range slices.Concat(was.Fields(), is.Fields()) {
		if keys[f.Key] {
			continue
		}
		keys[f.Key] = true
		switch old, now := was.Get(f.Key), is.Get(f.Key); {
		case f.Key == "properties" || f.Key == "$defs":
			l.members(in, name, old, now)
		case f.Key == "items" && old != nil && now != nil:
			l.subschema(in, name, old, now)
		case looser(f.Key, old, now):
			l.keyword(in.Path, name, f.Key, old, now)
		}
	}
}

// members compares what stands under the same names. A name that is new asks for
// nothing yet.
func (l *loosening) members(in *schema.Schema, name string, was, is *document.Value) {
	if was == nil {
		return
	}
	for _, f := range was.Fields() {
		inner := name + "." + f.Key
		if now := is.Get(f.Key); now != nil {
			l.subschema(in, inner, f.Value, now)
		} else {
			l.keyword(in.Path, inner, "", f.Value, nil)
		}
	}
}

// keyword notes a keyword of a schema, or a whole subschema, that asks for less.
func (l *loosening) keyword(at, name, keyword string, was, is *document.Value) {
	place := finding.WholeFile(at)
	if is != nil {
		place = finding.At(is)
	}
	subject, what := strings.TrimSuffix(name+"."+keyword, "."), lang.Say("模式的 %s", "schema of %s", name)
	if keyword != "" {
		what = lang.Say("%s 的 %s", "%s: %s", what, keyword)
	}
	l.add(place, subject, what, shortly(was), shortly(is))
}

// shortly is what a keyword says, as far as it is a word or a list of words.
func shortly(v *document.Value) lang.Text {
	switch {
	case v == nil:
		return none()
	case v.Kind == document.Map || slices.ContainsFunc(v.Items(), func(item *document.Value) bool { return item.Fields() != nil }):
		return lang.Say("另有规定", "its own terms")
	case v.Kind == document.List:
		var all []string
		for _, item := range v.Items() {
			all = append(all, item.Text)
		}
		return lang.Same(strings.Join(all, " "))
	}
	return lang.Same(v.Text)
}

// looser reports whether a keyword asks for less. One that only words are made of
// asks for nothing; of one that cannot be compared only a reader can tell.
func looser(keyword string, was, is *document.Value) bool {
	switch keyword {
	case "$schema", "title", "description", "examples", "x-title-en", "x-description-en", "x-unit", "x-labels", "x-topic":
		return false
	case "required":
		return !holdsAll(is, was)
	case "enum":
		return was != nil && (is == nil || !holdsAll(was, is))
	case "additionalProperties":
		return was != nil && !says(was, "true") && (is == nil || was.Canonical() != is.Canonical() && !says(is, "false"))
	case "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains":
		return was != nil && (is == nil || ratio(is).Cmp(ratio(was)) < 0)
	case "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties":
		return was != nil && (is == nil || ratio(is).Cmp(ratio(was)) > 0)
	case "uniqueItems", "x-adverse", "x-sensitive", "x-outcome", "x-happened", "x-switch", "x-own", "x-declared":
		return says(was, "true") && !says(is, "true")
	case "x-may-be-empty", "x-progress":
		return says(is, "true") && !says(was, "true")
	case "x-absent": // only whether absence means something; in what words is free
		return was == nil
	case "x-open": // frees a list of bad things, and binds a count
		return says(was, "true") != says(is, "true")
	case "x-otherwise", "if", "then", "else", "anyOf", "oneOf":
		return was == nil || is == nil || was.Canonical() != is.Canonical()
	}
	return was != nil && (is == nil || was.Canonical() != is.Canonical())
}

func says(v *document.Value, word string) bool { return v != nil && v.Text == word }

// holdsAll reports whether a list has all that another has; none has nothing.
func holdsAll(list, other *document.Value) bool {
	if other == nil {
		return true
	}
	return !slices.ContainsFunc(other.Items(), func(o *document.Value) bool {
		return list == nil || !slices.ContainsFunc(list.Items(), func(v *document.Value) bool { return v.Canonical() == o.Canonical() })
	})
}

func ratio(v *document.Value) *big.Rat {
	if r, ok := new(big.Rat).SetString(v.Text); ok {
		return r
	}
	return new(big.Rat)
}
