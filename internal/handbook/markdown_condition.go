package handbook

import (
	"strings"

	"hegui/internal/document"
	"hegui/internal/rulebook"
)

// maxPatch is how many lines of one example a page shows.
const maxPatch = 12

// condition is the part of a check that runs, as its file writes it, with the
// first good and the first bad example. The page has no room for more: what
// the examples come to, and how it looks, is for explain.
func condition(c *rulebook.Check) []string {
	v := mapping()
	put(v, "level", c.Level)
	put(v, "when", c.When)
	if len(c.Each) > 0 {
		each := &document.Value{Kind: document.List}
		for _, step := range c.Each {
			item := mapping()
			put(item, step.Name, step.List)
			put(item, "dated", step.Dated)
			put(item, "within", step.Within)
			put(item, "settled", step.Settled)
			each.SetItems(append(each.Items(), item))
		}
		v.SetFields(append(v.Fields(), document.Field{Key: "each", Value: each}))
	}
	if grace := c.Grace; grace.Since != "" {
		item := mapping()
		put(item, "since", grace.Since)
		put(item, "limit", grace.Limit)
		put(item, "records", grace.Records)
		v.SetFields(append(v.Fields(), document.Field{Key: "grace", Value: item}))
	}
	put(v, "assert", c.Assert)
	put(v, "at", c.At)
	return append(yaml{}.lines(v), firstExamples(c)...)
}

func firstExamples(c *rulebook.Check) []string {
	out := []string{"examples:"}
	shown := map[bool]bool{}
	for _, e := range c.Examples() {
		if shown[e.Good] {
			continue
		}
		shown[e.Good] = true
		lines := yaml{}.lines(patchOf(e))
		if len(lines) > maxPatch {
			lines = append(lines[:maxPatch-1], "    # …")
		}
		for i, line := range lines {
			lead := "    "
			if i == 0 {
				lead = "  - "
			}
			out = append(out, lead+line)
		}
	}
	return out
}

// patchOf is an example as its file writes it: where a bad one's finding
// points comes first, as it is what a long patch must not lose.
func patchOf(e rulebook.Example) *document.Value {
	patch, set, removed := mapping(), mapping(), &document.Value{Kind: document.List}
	put(patch, "at", e.At)
	for _, pointer := range e.Remove {
		removed.SetItems(append(removed.Items(), text(pointer)))
	}
	for _, s := range e.Set {
		set.SetFields(append(set.Fields(), document.Field{Key: s.Pointer, Value: s.Value}))
	}
	for _, f := range []document.Field{{Key: "remove", Value: removed}, {Key: "set", Value: set}} {
		if nested(f.Value) {
			patch.SetFields(append(patch.Fields(), f))
		}
	}
	name := "bad"
	if e.Good {
		name = "good"
	}
	out := mapping()
	out.SetFields([]document.Field{{Key: name, Value: patch}})
	return out
}

func mapping() *document.Value { return &document.Value{Kind: document.Map} }

// put adds a text to a mapping unless there is none.
func put(v *document.Value, key, s string) {
	if s = strings.TrimSpace(s); s != "" {
		v.SetFields(append(v.Fields(), document.Field{Key: key, Value: text(s)}))
	}
}
