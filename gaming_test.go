package hegui_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/schema"
	"hegui/internal/score"
	"hegui/internal/trial"
)

// A search for gaming: from a platform that is described a little worse at
// random, edits that are no improvement, most of them near what was found.

// editsPerStart are judged against one start, which costs as much as one of them.
const editsPerStart = 10

// No edit that is no improvement makes anything better. What takes something away,
// or rewrites what is on record, may, where a gate shows it.
func TestGamingNeverPays(t *testing.T) {
	r, tried := openRepo(t), map[string]int{}
	starts := max(trial.Tries(t, 500)/editsPerStart, 1)
	results, used := make([][]string, starts), usageOf(r.book)
	t.Run("from", func(t *testing.T) {
		for start := range starts {
			t.Run(fmt.Sprint(start), func(t *testing.T) {
				t.Parallel()
				results[start] = search(t, r, used, trial.Random(t))
			})
		}
	})
	for _, kind := range slices.Concat(results...) {
		tried[kind]++
	}
	t.Logf("edits tried: %v", tried)
	for kind := range edits() {
		if tried[kind] == 0 && !testing.Short() {
			t.Errorf("no edit was to %s", kind)
		}
	}
}

// search tries edits from one start and returns their kinds.
func search(t *testing.T, r repo, used usage, chance *rand.Rand) (kinds []string) {
	d := r.platforms[chance.IntN(len(r.platforms))]
	g := &game{repo: r, Rand: chance, used: used, in: d, topics: d.clone()}
	var said []string
	for range chance.IntN(10) {
		said = append(said, g.worsen())
	}
	d.topics = g.topics
	g.in, g.before = d, r.judge(t, d, d.topics, asOf)
	all := edits()
	names := slices.Sorted(maps.Keys(all))
	for len(kinds) < editsPerStart {
		kind := names[chance.IntN(len(names))]
		g.topics, g.waiver = d.clone(), nil
		what := all[kind].do(g)
		if what == "" {
			continue
		}
		kinds = append(kinds, kind)
		after := g.judgeEdit(t)
		if better := paid(g.before, after); better != "" && (!all[kind].takes || !g.seen(t)) {
			t.Errorf("%s: to %s %s pays: %s\nstarting from %s", path.Base(d.path), kind, what, better, strings.Join(said, "; "))
		}
	}
	return kinds
}

// game is one edit of a description: what was found before, and the chance.
type game struct {
	repo
	*rand.Rand
	used   usage
	in     described
	before verdict
	topics map[string]*document.Value
	// waiver is one that the edit adds.
	waiver map[string]any
}

// judgeEdit judges the edited description as the head of a change: statements
// count as far as they stand in base.
func (g *game) judgeEdit(t failer) verdict {
	d := g.in
	if g.waiver != nil {
		data, err := json.Marshal(map[string]any{"waivers": []any{g.waiver}})
		if err != nil {
			t.Fatalf("%v", err)
		}
		d.files = maps.Clone(d.files)
		d.files[path.Join(d.path, "waivers.yaml")] = &fstest.MapFile{Data: data}
	}
	after := g.judgeTrusting(t, d.written(t, g.topics), asOf, &g.before.statements)
	if g.waiver != nil && !slices.ContainsFunc(after.audited.Waivers, func(w examine.Waiver) bool { return w.State == examine.WaiverPending }) {
		t.Fatalf("the waiver is none that waits for base: %v", after.audited.Waivers)
	}
	return after
}

// seen reports whether a gate shows what the edit took away or rewrote.
func (g *game) seen(t failer) bool {
	p := g.gate(t, g.tree(g.in, g.in.topics), g.tree(g.in, g.topics))
	return p != nil && len(p.Scope) > 0
}

// paid says what is better after an edit that is no improvement. The score may
// rise where a check that failed, and fails, has more items that pass.
func paid(before, after verdict) string {
	switch {
	case after.compliant && !before.compliant:
		return "it becomes compliant"
	case after.grade < before.grade:
		return "the grade rises"
	}
	for what, lost := range map[string][]string{"veto": gone(before.blockers, after.blockers), "duty": gone(before.unmet, after.unmet)} {
		if len(lost) > 0 {
			return "nothing is said any more of the " + what + " " + strings.Join(lost, ", ")
		}
	}
	if after.exact.Cmp(before.exact) <= 0 {
		return ""
	}
	var risen, unearned []string
	for i := range before.audited.Checks {
		was, is := &before.audited.Checks[i], &after.audited.Checks[i]
		from, to := score.Attainment(was).Rat(), score.Attainment(is).Rat()
		if from == nil || to != nil && to.Cmp(from) <= 0 {
			continue
		}
		id := was.Rule.ID
		if risen = append(risen, id); to == nil || to.Cmp(big.NewRat(1, 2)) > 0 || passing(is) <= passing(was) {
			unearned = append(unearned, id)
		}
	}
	if len(unearned) > 0 || len(risen) == 0 {
		return fmt.Sprintf("the score rises from %s to %s by %v", before.exact.FloatString(3), after.exact.FloatString(3), unearned)
	}
	return ""
}

func gone(before, after []string) []string {
	return slices.DeleteFunc(slices.Clone(before), func(id string) bool { return slices.Contains(after, id) })
}

func passing(c *examine.Check) int {
	n := 0
	for _, item := range c.Items {
		if item.Outcome == finding.Pass {
			n++
		}
	}
	return n
}

// place is a value with what its schema says of it.
type place struct {
	topic string
	kind  *schema.Type
	value *document.Value
}

func (g *game) places(keep func(place) bool) []place {
	var out []place
	for _, s := range g.book.Schemas.Topics() {
		if root := g.topics[s.Name]; root != nil {
			s.Walk(root, func(t *schema.Type, v *document.Value) {
				if p := (place{s.Name, t, v}); keep(p) {
					out = append(out, p)
				}
			})
		}
	}
	return out
}

// pick is one of the places that keep keeps: two times of three, if there is
// one, near something that was found.
func (g *game) pick(keep func(place) bool) (place, bool) {
	all := g.places(keep)
	if near := slices.DeleteFunc(slices.Clone(all), func(p place) bool { return !g.troubled(p) }); len(near) > 0 && g.IntN(3) > 0 {
		all = near
	}
	if len(all) == 0 {
		return place{}, false
	}
	return all[g.IntN(len(all))], true
}

// waits reports whether a fact of an item is not stated.
func (g *game) waits(item place) bool {
	at := item.value.Pointer()
	return slices.ContainsFunc(g.before.audited.Findings, func(f finding.Finding) bool {
		return f.Check == "fact.missing" && strings.HasPrefix(f.Location.Pointer+"/", at+"/")
	})
}

// troubled reports whether something is found at a value, inside it, or in an
// item that holds it.
func (g *game) troubled(p place) bool {
	if g.before.audited == nil {
		return false
	}
	at, file := p.value.Pointer(), path.Join(g.in.path, p.topic+".yaml")
	return slices.ContainsFunc(g.before.audited.Findings, func(f finding.Finding) bool {
		found := f.Location.Pointer
		return f.Location.Path == file && found != "" && (strings.HasPrefix(at+"/", found+"/") || strings.HasPrefix(found, at+"/"))
	})
}
