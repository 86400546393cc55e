package handbook

import (
	"strings"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// shown is an example ready to be looked at.
type shown struct {
	rulebook.Example
	topics map[string]*document.Value
	// at is what a bad example's finding points at, message what it says, item
	// whom it concerns.
	at      *document.Value
	message lang.Text
	item    string
	// reasons say what failed beyond the message.
	reasons []lang.Text
}

// show runs an example. A defective one, which `hegui test` reports, shows
// nothing but its patch.
func show(book *rulebook.Rulebook, c *rulebook.Check, e rulebook.Example) shown {
	out := shown{Example: e}
	topics, judgement, err := book.Show(c, e)
	out.topics = topics
	if err != nil || e.Good {
		return out
	}
	out.at = find(topics, e.At)
	for _, item := range judgement.Items {
		if item.Outcome != finding.Fail {
			continue
		}
		for _, told := range item.Told() {
			if out.message.IsZero() && told.Place != nil && told.Place == out.at {
				out.message, out.item = told.Message, item.Name()
				for _, r := range item.Reasons {
					out.reasons = append(out.reasons, r.Message.Full)
				}
			}
		}
	}
	return out
}

// firsts are the first good and the first bad example of a check, rest the
// other bad ones.
func firsts(book *rulebook.Rulebook, c *rulebook.Check) (good, bad shown, rest []shown) {
	for _, e := range c.Examples() {
		switch {
		case e.Good && good.topics == nil:
			good = show(book, c, e)
		case e.Good:
		case bad.topics == nil:
			bad = show(book, c, e)
		default:
			rest = append(rest, show(book, c, e))
		}
	}
	return good, bad, rest
}

// change is one thing that an example changes; lines are the new value where
// it takes lines of its own.
type change struct {
	text  lang.Text
	lines []string
}

// patch says what an example changes.
func (s shown) patch() []change {
	var out []change
	for _, pointer := range s.Remove {
		out = append(out, change{text: lang.Say("删去 %s", "remove %s", pointer)})
	}
	for _, set := range s.Set {
		lines := yaml{}.lines(set.Value)
		above, appended := strings.CutSuffix(set.Pointer, "/-")
		switch {
		case appended && len(lines) == 1:
			out = append(out, change{text: lang.Say("%s 末尾加上 %s", "append to %s: %s", above, lines[0])})
		case appended:
			out = append(out, change{lang.Say("%s 末尾加上：", "append to %s:", above), lines})
		case len(lines) == 1:
			out = append(out, change{text: lang.Say("%s 改为 %s", "set %s to %s", set.Pointer, lines[0])})
		default:
			out = append(out, change{lang.Say("%s 改为：", "set %s to:", set.Pointer), lines})
		}
	}
	return out
}

// focus are the pointers at which there is something to see: what the finding
// points at and what the examples change.
func focus(examples ...shown) []string {
	var out []string
	for _, s := range examples {
		if s.At != "" {
			out = append(out, s.At)
		}
		out = append(out, s.Remove...)
		for _, set := range s.Set {
			out = append(out, set.Pointer)
		}
	}
	return out
}

// find follows a pointer that begins with a topic; nil where it leads nowhere.
func find(topics map[string]*document.Value, pointer string) *document.Value {
	name, rest := split(pointer)
	if topics[name] == nil {
		return nil
	}
	return topics[name].Find(rest)
}

// nearest is what a pointer leads to or, where that is not stated, the nearest
// value above it.
func nearest(topics map[string]*document.Value, pointer string) *document.Value {
	// "/-" appends: what was appended is the last item.
	if above, appended := strings.CutSuffix(pointer, "/-"); appended {
		if list := find(topics, above); list != nil && len(list.Items()) > 0 {
			return list.Items()[len(list.Items())-1]
		}
	}
	for strings.Count(pointer, "/") > 0 {
		if v := find(topics, pointer); v != nil {
			return v
		}
		pointer = pointer[:strings.LastIndexByte(pointer, '/')]
	}
	return nil
}

// split parts a pointer's topic from the rest.
func split(pointer string) (topic, rest string) {
	topic, _, _ = strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
	return topic, strings.TrimPrefix(pointer, "/"+topic)
}
