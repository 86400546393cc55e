package hegui_test

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/schema"
	"hegui/internal/source"
	"hegui/internal/trial"
)

// claims are the items of a platform by check and name, with what a verdict on each
// would be pinned to.
type claims map[string]audit.Item

// claims audits a platform's files with the facts of all items.
func (r repo) claims(t failer, files fstest.MapFS) (claims, *audit.Platform) {
	t.Helper()
	day, err := calendar.ParseDate(asOf)
	if err != nil {
		t.Fatalf("%v", err)
	}
	auditor := &audit.Auditor{Tree: source.FromFS(files), Rulebook: r.book, AsOf: day, Jobs: 1, Pin: true}
	platforms, failures := auditor.Run(context.Background(), nil)
	if len(failures) > 0 || len(platforms) != 1 {
		t.Fatalf("%d platforms, failures %v", len(platforms), failures)
	}
	all := claims{}
	for _, c := range platforms[0].Checks {
		for _, item := range c.Items {
			all[c.Rule.ID+" "+item.Name] = item
		}
	}
	return all, platforms[0]
}

// kept are the claims that a verdict given before would still hold for.
func (c claims) kept(after claims) (names []string) {
	for name, item := range c {
		if item.Pin().Fact != "" && after[name].Pin().Fact == item.Pin().Fact {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// plainFiles are a platform's files with its topics written anew.
func (d described) plainFiles(t failer) fstest.MapFS { return d.written(t, d.topics) }

// Every judgement is pinned, and no two claims of one check share a pin.
func TestEveryClaimIsPinned(t *testing.T) {
	r := openRepo(t)
	for _, d := range r.platforms {
		all, p := r.claims(t, d.plainFiles(t))
		pins := map[string]string{}
		for name, item := range all {
			check, _, _ := strings.Cut(name, " ")
			if item.Pin().Fact == "" {
				t.Errorf("%s: %s is not pinned", d.path, name)
			}
			if other := pins[check+item.Pin().Fact]; other != "" {
				t.Errorf("%s: %s and %s share a pin", d.path, name, other)
			}
			pins[check+item.Pin().Fact] = name
		}
		for _, c := range p.Checks {
			if c.Unjudged.IsZero() && c.OutOfForce.IsZero() && len(c.Items) == 0 {
				t.Errorf("%s: %s has no claim", d.path, c.Rule.ID)
			}
		}
	}
}

// Another order of keys and items lets no confirmation lapse.
func TestOrderKeepsConfirmations(t *testing.T) {
	r := openRepo(t)
	trial.Check(t, 10, func(t *rapid.T) {
		d := rapid.SampledFrom(r.platforms).Draw(t, "platform")
		before, _ := r.claims(t, d.plainFiles(t))
		turned := d
		turned.topics = d.clone()
		for _, name := range sorted(turned.topics) {
			shuffle(t, turned.topics[name])
		}
		after, _ := r.claims(t, turned.plainFiles(t))
		if kept := before.kept(after); len(kept) != len(before) {
			t.Fatalf("of %d confirmations %d stay", len(before), len(kept))
		}
	})
}

// A confirmation lapses with each value that it rests on, with each value beside
// that in a record that cites evidence, and with each byte of that evidence.
func TestWhatIsConfirmedIsPinned(t *testing.T) {
	r := openRepo(t)
	trial.Check(t, 40, func(t *rapid.T) {
		d := rapid.SampledFrom(r.platforms).Draw(t, "platform")
		files := d.plainFiles(t)
		before, p := r.claims(t, files)
		name := rapid.SampledFrom(slices.Sorted(maps.Keys(before))).Draw(t, "claim")
		item := before[name]
		changed := d
		changed.topics = d.clone()
		what := ""
		switch how := rapid.SampledFrom([]string{"value", "beside", "evidence", "cited"}).Draw(t, "how"); how {
		case "evidence":
			cited := slices.DeleteFunc(slices.Clone(item.Pin().Cites), func(i int) bool { return p.Evidence[i].Path == "" })
			if len(cited) == 0 {
				t.Skip("no file")
			}
			what = p.Evidence[rapid.SampledFrom(cited).Draw(t, "file")].Path
			changed.files = maps.Clone(d.files)
			changed.files[what] = &fstest.MapFile{Data: append([]byte("x"), d.files[what].Data...)}
		case "cited":
			if len(item.Pin().Cites) == 0 {
				t.Skip("no evidence")
			}
			at := p.Evidence[rapid.SampledFrom(item.Pin().Cites).Draw(t, "citation")].Location
			what = at.Pointer
			other := changed.value(at.Path, at.Pointer)
			other.Become(document.NewText("evidence/another.md"))
		default:
			v := changed.read(t, item)
			if how == "beside" {
				v = r.beside(t, v)
			}
			what = schema.PathText(v)
			alter(v)
		}
		after, _ := r.claims(t, changed.plainFiles(t))
		if got, there := after[name]; there && got.Pin().Fact == item.Pin().Fact {
			t.Fatalf("%s is still confirmed when %s changes", name, what)
		}
	})
}

// value is what a pointer leads to in one of the platform's files.
func (d described) value(file, pointer string) *document.Value {
	if root := d.topics[strings.TrimSuffix(path.Base(file), ".yaml")]; root != nil {
		return root.Find(pointer)
	}
	return nil
}

// read is a value that an item rests on.
func (d described) read(t *rapid.T, item audit.Item) *document.Value {
	var stated []*document.Value
	for _, declared := range item.Pin().Declared {
		if v := d.value(declared.Location.Path, declared.Location.Pointer); v != nil && declared.Value.EN != "not stated" {
			stated = append(stated, v)
		}
	}
	if len(stated) == 0 {
		t.Skip("nothing is stated")
	}
	return rapid.SampledFrom(stated).Draw(t, "value")
}

// beside is a value of the record with evidence that a value lies in, which has no
// evidence of its own.
func (r repo) beside(t *rapid.T, v *document.Value) *document.Value {
	for at := v.Parent; at != nil; at = at.Parent {
		if at.Get("evidence") == nil {
			continue
		}
		var own []*document.Value
		for _, field := range at.Fields() {
			if field.Key != "evidence" && !strings.Contains(flow(field.Value), "evidence") {
				own = append(own, field.Value)
			}
		}
		return rapid.SampledFrom(own).Draw(t, "beside")
	}
	t.Skip("no record with evidence")
	return nil
}

// alter makes a value say something else.
func alter(v *document.Value) {
	switch v.Kind {
	case document.List, document.Map:
		switch {
		case len(v.Items()) > 0:
			alter(v.Items()[0])
		case len(v.Fields()) > 0:
			alter(v.Fields()[0].Value)
		default:
			v.Kind, v.Text = document.String, "another"
		}
	case document.Bool:
		v.Bool = !v.Bool
	case document.Int:
		v.Become(document.NewInt(v.Int() + 1))
	case document.Float:
		v.Become(document.NewFloat(v.Float()+1, v.Text))
	default:
		v.Text += "x"
	}
}

// The cases by which confirmations once outlived what was confirmed: each line of
// evidence, each citation, and the switches.
func TestConfirmationsDoNotOutliveWhatWasConfirmed(t *testing.T) {
	r := openRepo(t)
	d := r.described(t, "public-resource-trading")
	before, p := r.claims(t, d.plainFiles(t))
	appended := d
	appended.files = maps.Clone(d.files)
	for at, file := range d.files {
		if strings.HasPrefix(at, d.path+"/evidence/") {
			appended.files[at] = &fstest.MapFile{Data: append(slices.Clone(file.Data), "one more line\n"...)}
		}
	}
	swapped := d
	swapped.topics = d.clone()
	for _, e := range p.Evidence {
		v := swapped.value(e.Location.Path, e.Location.Pointer)
		if v == nil {
			continue // a waiver's
		}
		v.Become(document.NewText("evidence/one-for-all.md"))
	}
	swapped.files = maps.Clone(d.files)
	swapped.files[d.path+"/evidence/one-for-all.md"] = &fstest.MapFile{Data: []byte("anything\n")}
	for name, c := range map[string]struct {
		after  described
		lapses func(audit.Item) bool
	}{
		"a line more in every file": {appended, func(i audit.Item) bool {
			return slices.ContainsFunc(i.Pin().Cites, func(at int) bool { return p.Evidence[at].Path != "" })
		}},
		"one file for all evidence": {swapped, func(i audit.Item) bool { return len(i.Pin().Cites) > 0 }},
	} {
		after, _ := r.claims(t, c.after.plainFiles(t))
		lapsed := 0
		for claim, item := range before {
			kept := after[claim].Pin().Fact == item.Pin().Fact
			if kept == c.lapses(item) {
				t.Errorf("%s: is %s still confirmed: %v", name, claim, kept)
			}
			if !kept {
				lapsed++
			}
		}
		if lapsed < len(before)/2 {
			t.Errorf("%s: of %d confirmations only %d lapse", name, len(before), lapsed)
		}
	}
	// Each switch of the header is in the pins of what does not apply because of it.
	read := map[string][]string{}
	for _, c := range p.Checks {
		if c.Applies || len(c.Items) == 0 {
			continue
		}
		for _, declared := range c.Items[0].Pin().Declared {
			if declared.Value.EN != "not stated" {
				read[declared.Location.Pointer] = append(read[declared.Location.Pointer], c.Rule.ID+" ")
			}
		}
	}
	for pointer, names := range read {
		flipped := d
		flipped.topics = d.clone()
		alter(flipped.topics["platform"].Find(pointer))
		after, _ := r.claims(t, flipped.plainFiles(t))
		for _, name := range names {
			if after[name].Pin().Fact == before[name].Pin().Fact {
				t.Errorf("%s is still confirmed not to apply when %s changes", name, pointer)
			}
		}
	}
	if len(read) < 3 {
		t.Errorf("only the switches %v", read)
	}
}
