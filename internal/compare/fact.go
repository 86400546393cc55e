package compare

import (
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// edit is one fact that a change has stated otherwise, newly, or no longer.
type edit struct {
	topic *schema.Schema
	kind  *schema.Type
	// path is the keyed path inside the topic, redacted the same without
	// sensitive keys.
	path, redacted string
	// was and is are nil where nothing is stated.
	was, is *document.Value
}

// scalar is a value without parts, with its keyed path.
type scalar struct {
	path  string
	kind  *schema.Type
	value *document.Value
}

// scalars are all facts of a topic that its schema knows, in the order of the file.
func scalars(s *schema.Schema, root *document.Value) []scalar {
	var all []scalar
	s.Walk(root, func(t *schema.Type, v *document.Value) {
		if v.Kind != document.Map && v.Kind != document.List && v.Kind != document.Null {
			all = append(all, scalar{strings.TrimPrefix(s.Root.KeyedPath(v), "/"), t, v})
		}
	})
	return all
}

// edits are the facts of a topic that differ between two sides, as far as these
// can be read: those of head in its order, then those that are gone.
func edits(s *schema.Schema, before, after *document.Document) []edit {
	if before.Same(after) {
		return nil
	}
	var was, is []scalar
	if before != nil {
		was = scalars(s, before.Root)
	}
	if after != nil {
		is = scalars(s, after.Root)
	}
	stood := map[string][]scalar{}
	for _, f := range was {
		stood[f.path] = append(stood[f.path], f)
	}
	var all []edit
	add := func(f scalar, was, is *document.Value) {
		all = append(all, edit{s, f.kind, f.path, strings.TrimPrefix(s.Root.RedactedPath(f.value), "/"), was, is})
	}
	for _, f := range is {
		switch old := stood[f.path]; {
		case len(old) == 0:
			add(f, nil, f.value)
		default:
			if stood[f.path] = old[1:]; old[0].value.Canonical() != f.value.Canonical() {
				add(f, old[0].value, f.value)
			}
		}
	}
	for _, f := range was {
		if left := stood[f.path]; len(left) > 0 && slices.ContainsFunc(left, func(o scalar) bool { return o.value == f.value }) {
			add(f, f.value, nil)
		}
	}
	return all
}

// value is what stands now, else what stood.
func (e *edit) value() *document.Value {
	if e.is != nil {
		return e.is
	}
	return e.was
}

// key is the property that the fact is stated under; that of the list for an
// item of a list of plain values.
func (e *edit) key() string {
	v := e.value()
	for v.Parent != nil && v.Parent.Kind == document.List {
		v = v.Parent
	}
	return v.Key()
}

// within reports whether the fact lies in an item of one of these names.
func (e *edit) within(keys []string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { return key != "" && strings.Contains(e.path, "["+key+"]") })
}

// subject names the fact and what it says now, so that a release can name it:
// stage=retired, of another topic than the header stores/sets[files]/important=false.
// hidden leaves out what is sensitive.
func (e *edit) subject(hidden bool) string {
	path, now := e.path, textOf(e.is)
	if hidden {
		if path = e.redacted; e.topic.Sensitive(e.value()) {
			now = schema.RedactedKey
		}
	}
	return e.prefix() + path + "=" + now
}

// deferred reports whether the fact is a day that has become a later one.
func (e *edit) deferred() bool {
	return e.kind.Kind == schema.Date && e.was != nil && e.is != nil && e.was.Text < e.is.Text
}

// in reports whether the fact lies in one of some items, by their subjects.
func (e *edit) in(subjects map[string]bool) bool {
	at := e.topic.Name + "/" + e.path
	for i := range at {
		if at[i] == '/' && subjects[at[:i]] {
			return true
		}
	}
	return false
}

// prefix is the topic before a path, nothing for the header.
func (e *edit) prefix() string {
	if e.topic.Name == rulebook.HeaderTopic {
		return ""
	}
	return e.topic.Name + "/"
}

// said is what has become of the fact: old → new.
func (e *edit) said() lang.Marked {
	sentence := func(path string, was, is lang.Text) lang.Text {
		return lang.Say("%s：%s → %s", "%s: %s → %s", path, was, is)
	}
	in, was, is := e.prefix(), e.shown(e.was), e.shown(e.is)
	out := lang.Marked{Full: sentence(in+e.path, was, is), Redacted: sentence(in+e.redacted, was, is)}
	if e.topic.Sensitive(e.value()) {
		out.Redacted = sentence(in+e.redacted, lang.Redacted(), lang.Redacted())
	}
	return out
}

func textOf(v *document.Value) string {
	if v == nil {
		return ""
	}
	return v.Text
}

// shown is the fact on one side for people; free text is quoted.
func (e *edit) shown(v *document.Value) lang.Text {
	switch {
	case v == nil:
		return lang.Say("没有写", "not stated")
	case v.Kind == document.String && e.kind.Kind == schema.String && e.kind.Enum == nil:
		return lang.Same(document.Quote(v.Text))
	}
	return lang.Same(v.Text)
}

// at is where head states the fact, or the nearest that is left of its place.
func (e *edit) at(head *document.Document, file string) finding.Location {
	if e.is != nil {
		return finding.At(e.is)
	}
	return nearest(head, e.was, file)
}

// nearest is the place in head of what the baseline's value was, or of the
// nearest stated parent.
func nearest(head *document.Document, was *document.Value, file string) finding.Location {
	if head == nil || head.Root == nil {
		return finding.WholeFile(file)
	}
	for v := was; v != nil; v = v.Parent {
		if here := head.Root.Find(v.Pointer()); here != nil {
			return finding.Near(here, here.Start(), here.End())
		}
	}
	return finding.WholeFile(file)
}
