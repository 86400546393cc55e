package hegui_test

import (
	"context"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"hegui/internal/calendar"
	"hegui/internal/compare"
	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/schema"
	"hegui/internal/source"
	"hegui/internal/trial"
)

// The laws of the gate, held to on changes of this repository's platforms: fewer
// tries than elsewhere, since a change is judged on both sides.

// unhashed is a tree that never tells by hash whether two paths hold the same.
type unhashed struct{ source.Tree }

func (u unhashed) Hash(path string) (string, error) {
	_, err := u.Stat(path)
	return "", err
}

func (r repo) tree(d described, topics map[string]*document.Value) unhashed {
	files := fstest.MapFS{}
	for name, file := range d.files {
		files[name] = file
	}
	for _, name := range sorted(topics) {
		files[path.Join(d.path, name+".yaml")] = &fstest.MapFile{Data: []byte(flow(topics[name]))}
	}
	return unhashed{source.FromFS(files)}
}

// gate judges the change of one platform; nil when nothing has changed.
func (r repo) gate(t failer, before, after unhashed) (changed *compare.Platform) {
	t.Helper()
	day, err := calendar.ParseDate(asOf)
	if err != nil {
		t.Fatalf("%v", err)
	}
	judge := &compare.Judge{Rulebook: r.book, AsOf: day, Jobs: 1}
	n := 0
	failures := compare.Each(context.Background(), judge, compare.Trees{Baseline: before, Tip: before, Head: after}, func(p *compare.Platform) *compare.Platform { return p },
		func(p *compare.Platform) { n, changed = n+1, p })
	if len(failures) > 0 || n > 1 {
		t.Fatalf("%d platforms, failures %v", n, failures)
	}
	return changed
}

// Whatever a change takes away is seen: no check stops looking at something, and
// no item goes, without a word.
func TestNothingVanishesUnseen(t *testing.T) {
	r := openRepo(t)
	trial.Check(t, 30, func(t *rapid.T) {
		d := rapid.SampledFrom(r.platforms).Draw(t, "platform")
		topics := d.clone()
		before := r.tree(d, topics)
		removed := r.takeAway(t, topics)
		p := r.gate(t, before, r.tree(d, topics))
		if p == nil {
			t.Fatalf("taking %s away is no change", removed)
		}
		if len(p.Scope)+len(p.New) > 0 {
			return
		}
		for i, c := range p.Before.Checks {
			if judged := len(seen(p.After.Checks[i].Items)); judged < len(seen(c.Items)) || c.Applies && !p.After.Checks[i].Applies {
				t.Fatalf("without %s, %s looks at %d of %d items, and nothing says so", removed, c.Rule.ID, judged, len(seen(c.Items)))
			}
		}
		if strings.HasSuffix(removed, "]") {
			t.Fatalf("the item %s is gone, and nothing says so", removed)
		}
	})
}

func seen(items []examine.Item) (judged []examine.Item) {
	for _, item := range items {
		if item.Judged() {
			judged = append(judged, item)
		}
	}
	return judged
}

// takeAway removes a list item, a property, all of a list or a topic, or says
// no instead of yes.
func (r repo) takeAway(t *rapid.T, topics map[string]*document.Value) string {
	values := r.values(topics, func(string, *schema.Type, *document.Value) bool { return true })
	pick := func(keep func(v *document.Value) bool) *document.Value {
		some := slices.DeleteFunc(slices.Clone(values), func(v *document.Value) bool { return !keep(v) })
		return rapid.SampledFrom(some).Draw(t, "value")
	}
	switch rapid.IntRange(0, 4).Draw(t, "deed") {
	case 0:
		name := rapid.SampledFrom(sorted(topics)).Draw(t, "topic")
		delete(topics, name)
		return name
	case 1:
		v := pick(func(v *document.Value) bool { return v.Kind == document.List && len(v.Items()) > 0 })
		v.SetItems(nil)
		return v.Pointer() + "[]"
	case 2:
		v := pick(func(v *document.Value) bool { return v.Parent != nil && v.Parent.Kind == document.Map })
		was := v.Pointer()
		remove(v)
		return was
	case 3:
		v := pick(func(v *document.Value) bool { return v.Kind == document.Bool && v.Bool })
		v.Bool = false
		return v.Pointer() + " (no)"
	}
	v := pick(func(v *document.Value) bool { return v.Parent != nil && v.Parent.Kind == document.List })
	v.Parent.SetItems(slices.Delete(slices.Clone(v.Parent.Items()), v.Index(), v.Index()+1))
	return v.Pointer() + "[]"
}

// What a change makes, its reverse fixes, withdraws or leaves unjudged, and the
// other way round.
func TestReverseMendsWhatChangeMakes(t *testing.T) {
	r := openRepo(t)
	trial.Check(t, 30, func(t *rapid.T) {
		d := rapid.SampledFrom(r.platforms).Draw(t, "platform")
		topics := d.clone()
		before := r.tree(d, topics)
		r.takeAway(t, topics)
		after := r.tree(d, topics)
		there, back := r.gate(t, before, after), r.gate(t, after, before)
		if there == nil || back == nil {
			t.Fatalf("no change")
		}
		if there.After == nil || there.Before == nil || there.Before.Code != there.After.Code {
			return // another platform: everything is new on both ways
		}
		if made, mended := newOnes(there), vanished(back); !slices.Equal(made, mended) {
			t.Fatalf("the change makes %q, its reverse mends %q", made, mended)
		}
		if made, mended := newOnes(back), vanished(there); !slices.Equal(made, mended) {
			t.Fatalf("the reverse makes %q, the change mends %q", made, mended)
		}
	})
}

// vanished are the findings of the baseline that head no longer has, those that it
// cannot judge any more and so counts as unchanged among them.
func vanished(p *compare.Platform) []string {
	has := map[string]int{}
	for _, id := range ids(p.After.Findings) {
		has[id]++
	}
	for _, id := range newOnes(p) {
		has[id]--
	}
	gone := slices.Concat(p.Fixed, p.Withdrawn)
	for _, f := range p.Unchanged {
		id := f.Check + " " + f.Item
		if has[id]--; has[id] < 0 {
			gone = append(gone, f)
		}
	}
	return ids(gone)
}

func newOnes(p *compare.Platform) []string {
	var all []finding.Finding
	for _, f := range p.New {
		all = append(all, f.Finding)
	}
	return ids(all)
}

func ids(findings []finding.Finding) []string {
	var all []string
	for _, f := range findings {
		all = append(all, f.Check+" "+f.Item)
	}
	slices.Sort(all)
	return all
}

// Another order of keys and items is no change worth a word.
func TestOrderIsNoChange(t *testing.T) {
	r := openRepo(t)
	trial.Check(t, 30, func(t *rapid.T) {
		d := rapid.SampledFrom(r.platforms).Draw(t, "platform")
		topics := d.clone()
		before := r.tree(d, topics)
		for _, name := range sorted(topics) {
			shuffle(t, topics[name])
		}
		p := r.gate(t, before, r.tree(d, topics))
		if p != nil && (len(p.New)+len(p.Fixed)+len(p.Scope)+len(p.Blocks) > 0) {
			t.Fatalf("new %v, fixed %v, scope %v, blocks %v", p.New, p.Fixed, p.Scope, p.Blocks)
		}
	})
}

// A misspelt key is one slip: it is found where it stands, and nothing that it holds is
// told as gone, rewritten or fixed.
func TestMisspeltKeyIsOneSlip(t *testing.T) {
	r := openRepo(t)
	trial.Check(t, 12, func(t *rapid.T) {
		d := rapid.SampledFrom(r.platforms).Draw(t, "platform")
		topics := d.clone()
		before := r.tree(d, topics)
		stated := r.values(topics, func(_ string, _ *schema.Type, v *document.Value) bool {
			return v.Parent != nil && v.Parent.Kind == document.Map
		})
		v := rapid.SampledFrom(stated).Draw(t, "value")
		field := v.Parent.Field(v.Key())
		field.Key += "x"
		p := r.gate(t, before, r.tree(d, topics))
		if p == nil {
			t.Fatalf("%s is misspelt, and that is no change", v.Pointer())
		}
		if len(p.Fixed)+len(p.Withdrawn)+len(p.Worse)+len(p.Scope) > 0 {
			t.Fatalf("%s is misspelt: %q", v.Pointer(), toldOf(p))
		}
		if !slices.ContainsFunc(p.New, func(f compare.New) bool { return f.Check == "schema.additional_properties" && f.Blocking }) {
			t.Fatalf("%s is misspelt, and does not stop the change: %q", v.Pointer(), toldOf(p))
		}
	})
}
