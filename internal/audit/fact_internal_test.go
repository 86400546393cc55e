package audit

import (
	"maps"
	"slices"
	"testing"

	"hegui/internal/document"
	"hegui/internal/expression"
)

// A digest depends on what is read and on no order of reading it.
func TestFactHasNoOrder(t *testing.T) {
	root := document.Parse("x.yaml", []byte("a: { one: 1, two: [x, y] }\nb: 2\n"), document.DefaultLimits()).Root
	again := document.Parse("x.yaml", []byte("b: 2\na: { two: [y, x], one: 1 }\n"), document.DefaultLimits()).Root
	fresh := func() *reading {
		return &reading{Platform: &Platform{}, digests: map[*document.Value]string{}}
	}
	facts := func(root *document.Value) []expression.Fact {
		return []expression.Fact{{Path: "a", Value: root.Get("a")}, {Path: "b", Value: root.Get("b")}, {Path: "c"}}
	}
	want := fresh().formerFact(facts(root))
	if want != "sha256:3e6a89464d4a733846c8ef5fb5052b79867aeca3efd19cfd82254a8147609f5c" {
		t.Errorf("verdicts pinned before hold no longer: %s", want)
	}
	turned := facts(root)
	slices.Reverse(turned)
	if got := fresh().formerFact(turned); got != want {
		t.Error("the order of reading changes the digest")
	}
	if got := fresh().formerFact(facts(again)); got != want {
		t.Error("the order of keys and items changes the digest")
	}
	for name, other := range map[string][]expression.Fact{
		"less":          facts(root)[:2],
		"another path":  {{Path: "a", Value: root.Get("b")}, {Path: "b", Value: root.Get("a")}, {Path: "c"}},
		"another value": {{Path: "a", Value: root.Get("a").Get("one")}, {Path: "b", Value: root.Get("b")}, {Path: "c"}},
	} {
		if fresh().formerFact(other) == want {
			t.Errorf("%s has the same digest", name)
		}
	}
}

// The evidence inside a value counts by its bytes, in whatever order it is
// cited; what is not there counts as nothing, and what cannot be read not at
// all.
func TestFactCountsEvidence(t *testing.T) {
	digest := func(text string, sums map[string]string) string {
		list := document.Parse("x.yaml", []byte(text), document.DefaultLimits()).Root
		r := &reading{Platform: &Platform{Described: Described{Path: "p"}}, digests: map[*document.Value]string{}, entries: map[*document.Value]int{}}
		for i, v := range list.Items() {
			r.entries[v] = i
			r.Evidence = append(r.Evidence, Evidence{Path: "p/" + v.Text})
		}
		for _, inside := range slices.Sorted(maps.Keys(sums)) {
			r.files = append(r.files, file{inside: inside, content: &content{text: sums[inside], tooCostly: sums[inside] == ""}})
		}
		return r.formerFact([]expression.Fact{{Path: "list", Value: list}})
	}
	both := map[string]string{"a": "1", "b": "2"}
	want := digest("[a, b]", both)
	if digest("[b, a]", both) != want {
		t.Error("the order of evidence changes the digest")
	}
	if digest("[a, b]", map[string]string{"a": "2", "b": "1"}) == want || digest("[a, b]", map[string]string{"a": "1"}) == want {
		t.Error("other evidence has the same digest")
	}
	if got := digest("[a, b]", map[string]string{"a": "1", "b": ""}); got != "" {
		t.Errorf("what rests on an unreadable file has the digest %q", got)
	}
}
