package hegui_test

import (
	"testing"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// Nothing has ended before it began: an end that is stated as a day long gone lets no bad
// example of a check pass, however short a check looks back.
func TestNothingEndsBeforeItBegins(t *testing.T) {
	const disabled = "accounts.leavers.disabled" // may well be before somebody leaves
	book := openRepo(t).book
	tried := 0
	for _, check := range book.Checks {
		read := map[string]bool{}
		for _, field := range check.Fields() {
			read[field] = true
		}
		for _, e := range check.Examples() {
			if e.Good {
				continue
			}
			topics := patched(t, e, book.Baseline())
			failing := failures(t, book, check, topics)
			for _, s := range book.Schemas.Topics() {
				s.Walk(topics[s.Name], func(kind *schema.Type, v *document.Value) {
					for _, f := range kind.Fields {
						if v.Kind != document.Map || !read[f.Type.Name] || f.Type.Kind != schema.Date || f.Type.Absent.IsZero() || !f.Type.Happened {
							continue
						}
						if v.Get(f.Name) != nil || f.Type.Name == disabled {
							continue
						}
						tried++
						at := "/" + s.Name + v.Pointer() + "/" + f.Name
						long := rulebook.Example{Set: []rulebook.Assignment{{Pointer: at, Value: document.NewText("2000-01-01")}}}
						if now := failures(t, book, check, patched(t, long, topics)); now < failing {
							t.Errorf("%s: %d items fail, and with %s in the year 2000 only %d", check.ID, failing, at, now)
						}
					}
				})
			}
		}
	}
	if tried < 40 {
		t.Errorf("only %d ends", tried)
	}
}

// failures counts the items that a check fails for.
func failures(t *testing.T, book *rulebook.Rulebook, check *rulebook.Check, topics rulebook.Topics) (n int) {
	t.Helper()
	frame, level := book.Frame(topics, check.AsOf())
	judged, err := check.Judge(frame, level)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range judged.Items {
		if item.Outcome == finding.Fail {
			n++
		}
	}
	return n
}
