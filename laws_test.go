package hegui_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"hegui"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/score"
	"hegui/internal/source"
	"hegui/internal/trial"
)

// The laws of the score, held to on mutations of this repository's platforms.

// repo is what the laws mutate: each platform's topics, parsed, and the other
// files as they are.
type repo struct {
	book      *rulebook.Rulebook
	platforms []described
}

type described struct {
	path   string
	topics map[string]*document.Value
	files  fstest.MapFS
}

func openRepo(t testing.TB) repo {
	t.Helper()
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	tree, err := source.OpenDir(".")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := tree.List(audit.PlatformsDir)
	if err != nil {
		t.Fatal(err)
	}
	r := repo{book: book}
	for _, entry := range entries {
		d := described{path: entry.Path, topics: map[string]*document.Value{}, files: fstest.MapFS{}}
		err := source.Walk(tree, entry.Path, func(e source.Entry, err error) error {
			if err != nil || e.Kind != source.File {
				return err
			}
			data, err := tree.Read(e.Path, 1<<20)
			name, isYAML := strings.CutSuffix(e.Name, ".yaml")
			if s := book.Schemas.Find(name); isYAML && s != nil && s.Topic {
				d.topics[name] = document.Parse(e.Path, data, document.DefaultLimits()).Root
				return err
			}
			d.files[e.Path] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		r.platforms = append(r.platforms, d)
	}
	if len(r.platforms) < 3 {
		t.Fatalf("only %d platforms to mutate", len(r.platforms))
	}
	return r
}

// verdict is what the laws compare.
type verdict struct {
	score     *big.Rat
	exact     *big.Rat // not rounded
	grade     int      // the place among the policy's grades, larger is worse
	compliant bool
	blockers  []string // checks that fail, by themselves or waiting
	unmet     []string // statutory duties
	audited   *examine.Platform
	// statements are what others than the owner say.
	statements audit.Statements
}

// judge writes the topics as JSON, which is YAML, and judges them.
func (r repo) judge(t failer, d described, topics map[string]*document.Value, asOf string) verdict {
	t.Helper()
	return r.judgeFiles(t, d.written(t, topics), asOf)
}

// written are the platform's files with these topics.
func (d described) written(t failer, topics map[string]*document.Value) fstest.MapFS {
	t.Helper()
	files := maps.Clone(d.files)
	for name, root := range topics {
		data, err := json.Marshal(root.Any())
		if err != nil {
			t.Fatalf("%v", err)
		}
		files[path.Join(d.path, name+".yaml")] = &fstest.MapFile{Data: data}
	}
	return files
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

func (r repo) judgeFiles(t failer, files fstest.MapFS, asOf string) verdict {
	t.Helper()
	return r.judgeTrusting(t, files, asOf, nil)
}

// judgeTrusting judges files of which waivers and verdicts count as far as they
// stand in a trusted copy.
func (r repo) judgeTrusting(t failer, files fstest.MapFS, asOf string, trusted *audit.Statements) verdict {
	t.Helper()
	day, err := calendar.ParseDate(asOf)
	if err != nil {
		t.Fatalf("%v", err)
	}
	auditor := &audit.Auditor{Tree: source.FromFS(files), Rulebook: r.book, AsOf: day, Jobs: 1}
	platforms, failures := auditor.Run(context.Background(), nil)
	if len(failures) > 0 || len(platforms) != 1 {
		t.Fatalf("%d platforms, failures %v", len(platforms), failures)
	}
	examined := examine.Apply(r.book, platforms[0], trusted, day)
	s := score.Compute(r.book.Regulation, r.book.Policy, examined)
	v := verdict{score: s.Raw, compliant: s.Compliant, unmet: s.Statutory.Unmet, audited: examined, grade: len(r.book.Policy.Grades), statements: platforms[0].Statements, exact: new(big.Rat)}
	if s.PointsApplicable.Sign() > 0 {
		v.exact.Quo(new(big.Rat).Mul(s.Gained, big.NewRat(100, 1)), s.PointsApplicable)
	}
	for i, grade := range r.book.Policy.Grades {
		if grade.ID == s.Grade.ID {
			v.grade = i
		}
	}
	for _, c := range examined.Checks {
		if c.Severity == finding.Blocker && c.Outcome == finding.Fail {
			v.blockers = append(v.blockers, c.Rule.ID)
		}
	}
	for _, c := range examined.Checks {
		for _, item := range c.Items {
			explained := slices.ContainsFunc(examined.Findings, func(f finding.Finding) bool {
				return slices.Contains(item.CausedBy, f.Fingerprint) || f.Check == c.Rule.ID && f.Item == item.Name
			})
			if item.Outcome == finding.Fail && !explained {
				t.Fatalf("%s fails in silence for %q", c.Rule.ID, item.Name)
			}
		}
	}
	return v
}

// notBetter reports in what after is better than before.
func notBetter(before, after verdict) string {
	switch {
	case before.score != nil && after.score != nil && after.score.Cmp(before.score) > 0:
		return fmt.Sprintf("the score rises from %s to %s", before.score.FloatString(1), after.score.FloatString(1))
	case after.grade < before.grade:
		return "the grade rises"
	case after.compliant && !before.compliant:
		return "it becomes compliant"
	}
	for what, pair := range map[string][2][]string{"blocker": {before.blockers, after.blockers}, "unmet duty": {before.unmet, after.unmet}} {
		for _, id := range pair[0] {
			if !slices.Contains(pair[1], id) {
				return "the " + what + " " + id + " is gone"
			}
		}
	}
	return ""
}

func (d described) clone() map[string]*document.Value {
	topics := map[string]*document.Value{}
	for name, root := range d.topics {
		topics[name] = root.Copy()
	}
	return topics
}

// values lists all values of the topics that keep keeps, in a fixed order.
func (r repo) values(topics map[string]*document.Value, keep func(topic string, t *schema.Type, v *document.Value) bool) []*document.Value {
	var out []*document.Value
	for _, s := range r.book.Schemas.Topics() {
		if root := topics[s.Name]; root != nil {
			s.Walk(root, func(t *schema.Type, v *document.Value) {
				if keep(s.Name, t, v) {
					out = append(out, v)
				}
			})
		}
	}
	return out
}

func remove(v *document.Value) {
	v.Parent.SetFields(slices.DeleteFunc(slices.Clone(v.Parent.Fields()), func(f document.Field) bool { return f.Value == v }))
}

// Removing a property's value from a topic other than the header's, or the
// whole topic, never improves anything; not even piece by piece.
func TestSilenceNeverImproves(t *testing.T) {
	r := openRepo(t)
	trial.Check(t, 100, func(t *rapid.T) {
		d := rapid.SampledFrom(r.platforms).Draw(t, "platform")
		topics := d.clone()
		before := r.judge(t, d, topics, asOf)
		for range rapid.IntRange(1, 4).Draw(t, "steps") {
			if rapid.IntRange(0, 9).Draw(t, "whole topic") == 0 {
				names := slices.DeleteFunc(sorted(topics), func(name string) bool { return name == rulebook.HeaderTopic })
				if len(names) == 0 {
					return
				}
				delete(topics, rapid.SampledFrom(names).Draw(t, "topic"))
			} else {
				properties := r.values(topics, func(topic string, _ *schema.Type, v *document.Value) bool {
					return topic != rulebook.HeaderTopic && v.Parent != nil && v.Parent.Kind == document.Map
				})
				if len(properties) == 0 {
					return
				}
				v := rapid.SampledFrom(properties).Draw(t, "property")
				t.Logf("without %s", v.Pointer())
				remove(v)
			}
			after := r.judge(t, d, topics, asOf)
			if better := notBetter(before, after); better != "" {
				t.Fatalf("%s", better)
			}
			before = after
		}
	})
}

// Whatever is written wrongly, the header included, never improves anything; it
// costs what it hides, and is told where it stands.
func TestDefectsNeverImprove(t *testing.T) {
	r := openRepo(t)
	trial.Check(t, 100, func(t *rapid.T) {
		d := rapid.SampledFrom(r.platforms).Draw(t, "platform")
		topics := d.clone()
		before := r.judge(t, d, topics, asOf)
		for range rapid.IntRange(1, 4).Draw(t, "steps") {
			kinds := map[*document.Value]schema.Kind{}
			values := r.values(topics, func(_ string, kind *schema.Type, v *document.Value) bool {
				kinds[v] = kind.Kind
				return true
			})
			v := rapid.SampledFrom(values).Draw(t, "value")
			how := rapid.SampledFrom(slices.Sorted(maps.Keys(slips()))).Draw(t, "slip")
			t.Logf("%s of %s", how, v.Pointer())
			slips()[how](kinds[v], v)
			after := r.judge(t, d, topics, asOf)
			if better := notBetter(before, after); better != "" {
				t.Fatalf("%s", better)
			}
			before = after
		}
		if !slices.ContainsFunc(before.audited.Findings, func(f finding.Finding) bool { return f.Defect() && f.Severity >= finding.Major }) {
			t.Fatalf("nobody notices")
		}
	})
}

// slips are the ways in which a value of a kind can be written wrongly.
func slips() map[string]func(schema.Kind, *document.Value) {
	text := document.NewText("no such thing")
	stray := func() *document.Value {
		return document.NewMap(document.Field{Key: "wrong", Value: document.NewBool(false)})
	}
	return map[string]func(schema.Kind, *document.Value){
		"another kind": func(kind schema.Kind, v *document.Value) {
			if kind == schema.Object || kind == schema.List {
				v.Become(text)
				return
			}
			v.Become(stray())
		},
		"a stray item": func(_ schema.Kind, v *document.Value) {
			stray, other := stray(), *text
			if v.Kind != document.List {
				v.Become(document.NewList(stray))
				return
			}
			stray.Parent, other.Parent = v, v
			v.SetItems(append(v.Items(), stray, &other))
		},
		"a misspelt key": func(_ schema.Kind, v *document.Value) {
			for holder := v; holder != nil; holder = holder.Parent {
				if len(holder.Fields()) > 0 {
					field := &holder.Fields()[0]
					field.Key += "x"
					return
				}
			}
		},
	}
}

// A name that leads nowhere is no other site, no covered component and no owner.
func TestStrayNamesNeverImprove(t *testing.T) {
	r := openRepo(t)
	trial.Check(t, 100, func(t *rapid.T) {
		d := rapid.SampledFrom(r.platforms).Draw(t, "platform")
		topics := d.clone()
		before := r.judge(t, d, topics, asOf)
		day, err := calendar.ParseDate(asOf)
		if err != nil {
			t.Fatalf("%v", err)
		}
		var names []*document.Value
		for _, s := range r.book.Schemas.Topics() {
			s.Names(topics[s.Name], day, func(_ *schema.Type, name *document.Value, in schema.Mention) {
				if in != schema.Past { // an older record may name what is gone
					names = append(names, name)
				}
			})
		}
		name := rapid.SampledFrom(names).Draw(t, "name")
		t.Logf("%s is %s no more", name.Pointer(), name.Text)
		name.Text += "-2"
		after := r.judge(t, d, topics, asOf)
		if better := notBetter(before, after); better != "" {
			t.Fatalf("%s", better)
		}
		if !slices.ContainsFunc(after.audited.Findings, func(f finding.Finding) bool { return f.Check == "schema.reference" }) {
			t.Fatalf("nobody notices that %s leads nowhere", name.Text)
		}
	})
}

func sorted(topics map[string]*document.Value) []string {
	var names []string
	for name := range topics {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Making older a date that has happened and that only recent() reads never
// improves anything.
func TestAgeNeverImproves(t *testing.T) {
	r := openRepo(t)
	used := usageOf(r.book)
	trial.Check(t, 100, func(t *rapid.T) {
		d := rapid.SampledFrom(r.platforms).Draw(t, "platform")
		topics := d.clone()
		dates := r.values(topics, func(topic string, kind *schema.Type, v *document.Value) bool {
			return kind.Kind == schema.Date && v.Text <= asOf && !used.otherwise[topic+"."+v.Key()] && !used.newest[topic+"."+v.Key()]
		})
		if len(dates) == 0 {
			t.Fatalf("no date to make older")
		}
		before := r.judge(t, d, topics, asOf)
		v := rapid.SampledFrom(dates).Draw(t, "date")
		day, err := time.Parse(time.DateOnly, v.Text[:10])
		if err != nil {
			t.Fatalf("%v", err)
		}
		older := day.AddDate(0, 0, -rapid.IntRange(1, 4000).Draw(t, "days")).Format(time.DateOnly)
		t.Logf("%s: %s becomes %s", v.Pointer(), v.Text, older)
		v.Text = older + v.Text[10:]
		if better := notBetter(before, r.judge(t, d, topics, asOf)); better != "" {
			t.Fatalf("%s", better)
		}
	})
}

// The order of keys and list items changes nothing but positions.
func TestOrderChangesNothing(t *testing.T) {
	r := openRepo(t)
	trial.Check(t, 100, func(t *rapid.T) {
		d := rapid.SampledFrom(r.platforms).Draw(t, "platform")
		topics := d.clone()
		before := r.judge(t, d, topics, asOf)
		files := fstest.MapFS{}
		for name, file := range d.files {
			files[name] = file
		}
		for _, name := range sorted(topics) {
			shuffle(t, topics[name])
			files[path.Join(d.path, name+".yaml")] = &fstest.MapFile{Data: []byte(flow(topics[name]))}
		}
		after := r.judgeFiles(t, files, asOf)
		if a, b := summary(before), summary(after); a != b {
			t.Fatalf("another order gives another verdict:\n%s\n%s", a, b)
		}
	})
}

func shuffle(t *rapid.T, v *document.Value) {
	v.SetItems(rapid.Permutation(v.Items()).Draw(t, "items"))
	v.SetFields(rapid.Permutation(v.Fields()).Draw(t, "keys"))
	for _, item := range v.Items() {
		shuffle(t, item)
	}
	for _, field := range v.Fields() {
		shuffle(t, field.Value)
	}
}

// flow writes a value as YAML in its own order of keys, which json.Marshal
// would sort.
func flow(v *document.Value) string {
	var parts []string
	switch v.Kind {
	case document.List:
		for _, item := range v.Items() {
			parts = append(parts, flow(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case document.Map:
		for _, field := range v.Fields() {
			parts = append(parts, fmt.Sprintf("%q: %s", field.Key, flow(field.Value)))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	data, err := json.Marshal(v.Any())
	if err != nil {
		panic(err)
	}
	return string(data)
}

// summary is everything about a verdict that is no position.
func summary(v verdict) string {
	var fingerprints, outcomes []string
	for _, f := range v.audited.Findings {
		fingerprints = append(fingerprints, f.Fingerprint)
	}
	slices.Sort(fingerprints)
	for _, c := range v.audited.Checks {
		outcomes = append(outcomes, fmt.Sprintf("%s=%s%v", c.Rule.ID, c.Outcome, c.CausedBy()))
	}
	return fmt.Sprintf("%s %d %v %v %v %v", v.score.FloatString(1), v.grade, v.compliant, v.blockers, fingerprints, outcomes)
}

// A level that is not stated applies the strictest limits, and every check that
// depends on it, which fails; other checks are judged as ever.
func TestBrokenHeaderIsStrictest(t *testing.T) {
	r := openRepo(t)
	for _, d := range r.platforms {
		topics := d.clone()
		before := r.judge(t, d, topics, asOf)
		remove(topics[rulebook.HeaderTopic].Get("mlps_level"))
		after := r.judge(t, d, topics, asOf)
		if better := notBetter(before, after); better != "" {
			t.Errorf("%s: %s", d.path, better)
		}
		for i, c := range after.audited.Checks {
			// A grade that is not stated is the platform's level.
			reads := func(expression string) bool { return strings.Contains(expression, "_level") }
			graded := len(c.Rule.Severity.Levels) > 1 || slices.ContainsFunc(c.Rule.Limits, func(l rulebook.LimitRule) bool { return len(l.Levels) > 1 })
			// What a check rests on decides whether the essential profile has it.
			chosen := len(c.Rule.Basis.Levels) > 1
			switch unsure := reads(c.Rule.When) || graded; {
			case unsure && c.Applies && c.Outcome == finding.Pass:
				t.Errorf("%s: %s passes, whatever the level is", d.path, c.Rule.ID)
			case !reads(c.Rule.When) && !chosen && c.Applies != before.audited.Checks[i].Applies:
				t.Errorf("%s: %s applies: %v", d.path, c.Rule.ID, c.Applies)
			case !reads(c.Rule.Assert) && !unsure && !chosen && c.Outcome != before.audited.Checks[i].Outcome:
				t.Errorf("%s: %s is %s, which the level has no part in", d.path, c.Rule.ID, c.Outcome)
			}
		}
	}
}

// An assessor's rejection never improves anything, whatever it names; a
// confirmation changes nothing but the verified score.
func TestVerdictsNeverImprove(t *testing.T) {
	r := openRepo(t)
	trial.Check(t, 100, func(t *rapid.T) {
		d := rapid.SampledFrom(r.platforms).Draw(t, "platform")
		before := r.judge(t, d, d.topics, asOf)
		check := rapid.SampledFrom(before.audited.Checks).Draw(t, "check")
		item := "gone"
		if names := check.Items; len(names) > 0 && rapid.Bool().Draw(t, "known") {
			item = rapid.SampledFrom(names).Draw(t, "item").Name
		}
		verdict := rapid.SampledFrom([]string{"not_met", "not_met", "met", "partly_met", "not_applicable", "not_examined"}).Draw(t, "verdict")
		entry := map[string]string{"id": "v", "check": check.Rule.ID, "verdict": verdict, "assessed_by": "监督检查岗", "assessed_on": asOf}
		if item != "" {
			entry["item"] = item
		}
		data, err := json.Marshal(map[string]any{"verdicts": []any{entry}})
		if err != nil {
			t.Fatalf("%v", err)
		}
		examined := d
		examined.files = fstest.MapFS{path.Join(d.path, "verdicts.yaml"): {Data: data}}
		for name, file := range d.files {
			examined.files[name] = file
		}
		after := r.judge(t, examined, d.topics, asOf)
		if better := notBetter(before, after); better != "" {
			t.Fatalf("%s %s %s: %s", verdict, check.Rule.ID, item, better)
		}
		for i, c := range after.audited.Checks {
			if rejected := verdict == "not_met" && c.Rule.ID == check.Rule.ID && c.Unjudged.IsZero() && c.OutOfForce.IsZero(); rejected && c.Outcome != finding.Fail ||
				!rejected && c.Outcome != before.audited.Checks[i].Outcome {
				t.Fatalf("%s of %s %s makes %s %s", verdict, check.Rule.ID, item, c.Rule.ID, c.Outcome)
			}
		}
		if verdict != "not_met" && (after.score.Cmp(before.score) != 0 || after.grade != before.grade || after.compliant != before.compliant) {
			t.Fatalf("%s of %s changes the score", verdict, check.Rule.ID)
		}
	})
}

// An outcome changes by itself only on a day that it has foretold: a forecast
// misses nothing. Every day of two years in make long, every fortieth else.
func TestTimeBringsWhatIsForetold(t *testing.T) {
	r := openRepo(t)
	step := 40
	if trial.Long(t) {
		step = 1
	}
	first, err := calendar.ParseDate(asOf)
	if err != nil {
		t.Fatal(err)
	}
	changes := 0
	for _, d := range r.platforms {
		today, now := first, r.judge(t, d, d.topics, asOf).audited
		for days := step; days <= 2*365; days += step {
			later := first.Add(calendar.Period{Days: days})
			then := r.judge(t, d, d.topics, later.String()).audited
			for i, c := range now.Checks {
				if became(c.Items) == became(then.Checks[i].Items) {
					continue
				}
				changes++
				if !slices.ContainsFunc(c.Flips, func(flip calendar.Date) bool { return today.Before(flip) && !later.Before(flip) }) {
					t.Errorf("%s: %s changes between %s and %s and foretold %v", d.path, c.Rule.ID, today, later, c.Flips)
				}
			}
			today, now = later, then
		}
	}
	if changes < 100 {
		t.Errorf("only %d outcomes change in two years", changes)
	}
}

// became says what the description alone makes of the items: a waiver has an end
// of its own.
func became(items []examine.Item) string {
	var all []string
	for _, item := range items {
		outcome := item.Outcome
		if outcome == finding.Waived {
			outcome = finding.Fail
		}
		all = append(all, item.Name+" "+string(outcome))
	}
	return strings.Join(all, "\n")
}
