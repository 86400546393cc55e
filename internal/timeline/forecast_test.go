package timeline_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"hegui"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/corpus"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/score"
	"hegui/internal/source"
	"hegui/internal/timeline"
	"hegui/internal/trial"
)

func date(t testing.TB, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A forecast is what judging every single day would find: on the days around each
// change, and on others drawn at random; in make long on every day of two years, of
// generated platforms too.
func TestForecastIsJudgingEachDay(t *testing.T) {
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	tree := open(t, "../..")
	from, until := date(t, "2026-12-01"), date(t, "2027-12-01")
	trees := []*source.Folder{tree}
	if trial.Long(t) {
		until = date(t, "2028-12-01")
		dir := t.TempDir()
		if err := corpus.Write(dir, tree, 6); err != nil {
			t.Fatal(err)
		}
		trees = append(trees, open(t, dir))
	}
	for _, tree := range trees {
		for _, folder := range audit.Discover(tree, nil) {
			j := &judge{tree, book, folder, from}
			f := j.forecast(t, until)
			if len(f.Days) == 0 {
				t.Fatalf("%s: nothing changes", folder.ID)
			}
			alone, around := days(t, f, from, until)
			for _, on := range alone {
				f.compare(t, on, j.alone(t, on))
			}
			j.backward(t, around, func(on calendar.Date, p *examine.Platform) { f.compare(t, on, p) })
			t.Logf("%s: %d days with changes, %d compared", folder.ID, len(f.Days), len(alone)+len(around))
		}
	}
}

func open(t *testing.T, dir string) *source.Folder {
	t.Helper()
	tree, err := source.OpenDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tree.Close() })
	return tree
}

// judge judges one platform on any day.
type judge struct {
	tree   source.Tree
	book   *rulebook.Rulebook
	folder audit.Folder
	from   calendar.Date
}

// forecast is what is foretold of it.
func (j *judge) forecast(t *testing.T, until calendar.Date) *foretold {
	t.Helper()
	auditor := &audit.Auditor{Tree: j.tree, Rulebook: j.book, AsOf: j.from, Jobs: 2}
	out := &foretold{book: j.book}
	failures := timeline.Forecasts(context.Background(), auditor, []audit.Folder{j.folder}, until, func(f *timeline.Forecast) *timeline.Forecast { return f }, func(f *timeline.Forecast) { out.Forecast = f })
	if len(failures) > 0 {
		t.Fatal(failures)
	}
	return out
}

// alone is the platform as an audit of nothing but that day finds it.
func (j *judge) alone(t *testing.T, on calendar.Date) *examine.Platform {
	t.Helper()
	auditor := &audit.Auditor{Tree: j.tree, Rulebook: j.book, AsOf: on, Jobs: 1}
	judged, failures := auditor.Judge(context.Background(), []audit.Folder{j.folder})
	if len(failures) > 0 {
		t.Fatal(failures)
	}
	return examine.Apply(j.book, judged[0], nil, on)
}

// backward goes through ascending days from the last to the first, so that nothing
// that was found on one says anything of the next; only the files are read once.
func (j *judge) backward(t *testing.T, days []calendar.Date, see func(calendar.Date, *examine.Platform)) {
	t.Helper()
	auditor := &audit.Auditor{Tree: j.tree, Rulebook: j.book, AsOf: j.from, Jobs: 1}
	failures := audit.Along(context.Background(), auditor, []audit.Folder{j.folder}, func(c *audit.Course) (none struct{}, err error) {
		for _, on := range slices.Backward(days) {
			judged, err := c.On(on)
			if err != nil {
				return none, err
			}
			see(on, examine.Apply(j.book, judged, nil, on))
		}
		return none, nil
	}, func(struct{}) {})
	if len(failures) > 0 {
		t.Fatal(failures)
	}
}

// foretold is the forecast of a platform.
type foretold struct {
	*timeline.Forecast
	book *rulebook.Rulebook
}

// compare holds what is foretold of a day to what judging on it finds.
func (f *foretold) compare(t *testing.T, on calendar.Date, judged *examine.Platform) {
	t.Helper()
	now := f.First
	for _, day := range f.Days {
		if !day.On.After(on) {
			now = day.Standing
		}
	}
	if got, want := said(now.Platform, now.Score), said(judged, score.Compute(f.book.Regulation, f.book.Policy, judged)); got != want {
		t.Errorf("%s on %s is foretold as\n%s\njudged as\n%s", judged.ID, on, got, want)
	}
}

// days are those drawn at random, which are judged alone, and the others around each
// change.
func days(t *testing.T, f *foretold, from, until calendar.Date) (alone, around []calendar.Date) {
	drawn, near := map[calendar.Date]bool{}, map[calendar.Date]bool{}
	random := trial.Random(t)
	for range trial.Tries(t, 30) {
		drawn[from.Add(calendar.Period{Days: random.IntN(365)})] = true
	}
	for _, day := range f.Days {
		near[day.On], near[day.On.PreviousDay()] = true, true
	}
	for on := from; !on.After(until); on = on.NextDay() {
		switch {
		case drawn[on] || trial.Long(t):
			alone = append(alone, on)
		case near[on]:
			around = append(around, on)
		}
	}
	return alone, around
}

// said is all that a reader learns of a day.
func said(p *examine.Platform, s score.Result) string {
	text := fmt.Sprintln(score.Format(s.Raw), score.Format(s.Adjusted), s.Grade.ID, s.Compliant, s.Vetoes, s.Statutory)
	for i := range p.Checks {
		for _, item := range p.Checks[i].Items {
			if item.Outcome != finding.Pass {
				text += fmt.Sprintln(p.Checks[i].Rule.ID, item.Name, item.Outcome, item.CausedBy)
			}
			if item.State != "" { // what a verdict makes of an item, and on what
				text += fmt.Sprintln(p.Checks[i].Rule.ID, item.Name, item.State, item.Pin().Fact)
			}
		}
	}
	for _, f := range p.Findings {
		if f.Severity > finding.Advisory {
			text += fmt.Sprintln(f.Check, f.Item, f.Severity, f.Waived, f.Clauses)
		}
	}
	return text
}

// An item that waited for another finding and now fails by itself has changed, though
// its outcome has not; the other way round it has not.
func TestFailsByItselfIsAChange(t *testing.T) {
	day := func(causes ...string) *examine.Platform {
		rule := &rulebook.Check{ID: "stores.fresh"}
		item := examine.Item{Item: &audit.Item{Name: "main"}, Outcome: finding.Fail, CausedBy: causes}
		return &examine.Platform{Checks: []examine.Check{{Ruling: &audit.Ruling{Demand: &audit.Demand{Rule: rule}}, Items: []examine.Item{item}}}}
	}
	waiting, alone := day("0123"), day()
	if changes := timeline.Compare(waiting, alone); len(changes) != 1 || !changes[0].Worse() {
		t.Errorf("what fails by itself is told as %v", changes)
	}
	for _, same := range [][2]*examine.Platform{{alone, waiting}, {waiting, waiting}, {alone, alone}} {
		if changes := timeline.Compare(same[0], same[1]); len(changes) != 0 {
			t.Errorf("told as %v", changes)
		}
	}
}

// What an assessor has confirmed stays confirmed on the days to come, also beside an item
// that waits for a missing fact, which has its check looked at anew on each of them.
func TestVerdictsHoldOnDaysToCome(t *testing.T) {
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	to := filepath.Join(dir, "platforms", "one")
	if err := os.CopyFS(to, os.DirFS("../../platforms/government-services")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(to, "accounts.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if at := regexp.MustCompile(`(?m)^ {4}[a-z_]+: .*\n`).FindIndex(text); at != nil { // of the first entry of a list
		text = slices.Delete(text, at[0], at[1])
	}
	write(t, file, string(text))
	tree := open(t, dir)
	j := &judge{tree, book, audit.Discover(tree, nil)[0], date(t, "2026-12-01")}
	check, item, fact := j.besideWaiting(t)
	write(t, filepath.Join(to, "verdicts.yaml"), fmt.Sprintf("verdicts:\n  - {id: a, check: %s, item: %q, verdict: met, assessed_by: 监督检查岗, assessed_on: 2026-11-30, fact: %q}\n", check, item, fact))
	j.tree = open(t, dir)
	f := j.forecast(t, date(t, "2027-06-01"))
	if len(f.Days) == 0 {
		t.Fatal("nothing changes")
	}
	for _, day := range f.Days {
		if len(day.Platform.Verdicts) != 1 || day.Platform.Verdicts[0].State != examine.Verified {
			t.Fatalf("on %s the verdicts are %+v", day.On, day.Platform.Verdicts)
		}
		f.compare(t, day.On, j.alone(t, day.On))
	}
}

// besideWaiting is an item that passes beside one that waits for a missing fact.
func (j *judge) besideWaiting(t *testing.T) (check, item, fact string) {
	t.Helper()
	auditor := &audit.Auditor{Tree: j.tree, Rulebook: j.book, AsOf: j.from, Jobs: 1, Pin: true}
	judged, failures := auditor.Judge(context.Background(), []audit.Folder{j.folder})
	if len(failures) > 0 {
		t.Fatal(failures)
	}
	for i := range judged[0].Checks {
		c := &judged[0].Checks[i]
		if slices.ContainsFunc(c.Items, func(i audit.Item) bool { return len(i.CausedBy) > 0 }) {
			for _, one := range c.Items {
				if one.Outcome == finding.Pass && len(c.Items) > 1 {
					return c.Rule.ID, one.Name, one.Pin().Fact
				}
			}
		}
	}
	t.Fatal("no item waits beside others")
	return
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
