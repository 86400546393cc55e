package results_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/finding"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

func found(checks ...string) []finding.Finding {
	var out []finding.Finding
	for _, c := range checks {
		name := strings.TrimPrefix(c, "~")
		out = append(out, finding.Finding{Check: name, Fingerprint: name, Waived: name != c})
	}
	return out
}

func once(asOf string, platforms ...results.Platform) *results.Results {
	return &results.Results{AsOf: asOf, Platforms: platforms}
}

// compare compares examinations, the oldest first, and returns the last.
func compare(all ...*results.Results) *results.Results {
	var earlier *results.Earlier
	now := all[len(all)-1]
	for _, before := range all[:len(all)-1] {
		earlier = results.NewEarlier(before, earlier)
		for i := range before.Platforms {
			earlier.Add(&before.Platforms[i])
		}
	}
	for i := range now.Platforms {
		earlier.Compare(&now.Platforms[i])
	}
	return now
}

// told are the changes by standing, each as its check; a waived one with a tilde.
func told(p *results.Previous) string {
	var out []string
	for _, s := range results.Standings() {
		for _, c := range p.Of(s) {
			name := c.Check
			if c.Waived {
				name = "~" + name
			}
			out = append(out, string(s)+" "+name)
		}
	}
	return strings.Join(out, ", ")
}

// Findings compare as multisets, each in one standing; a waived one stands without
// being counted.
func TestCompareFindings(t *testing.T) {
	for _, c := range []struct {
		name        string
		before, now []finding.Finding
		want        string
	}{
		{"nothing", nil, nil, ""},
		{"stands", found("a", "b"), found("b", "a"), "still_open b, still_open a"},
		{"gone and come", found("a"), found("b"), "new b, fixed a"},
		{"twice then, thrice now", found("a", "a"), found("a", "a", "a"), "new a, still_open a, still_open a"},
		{"thrice then, once now", found("a", "a", "a"), found("a"), "still_open a, fixed a, fixed a"},
		{"waived since", found("a"), found("~a"), "still_open ~a"},
		{"the waiver ended", found("~a"), found("a"), "still_open a"},
		{"waived and gone", found("~a"), nil, "fixed ~a"},
		{"waived and new", nil, found("~a"), "new ~a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := compare(once("2026-06-01", results.Platform{Code: "gov", Findings: c.before}), once("2026-12-01", results.Platform{Code: "gov", Findings: c.now})).Platforms[0].Previous
			if got := told(p); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			counted := 0
			for _, one := range p.Changes {
				if !one.Waived {
					counted++
				}
			}
			if sum := p.Fixed + p.New + p.StillOpen + p.CameBack + p.NotJudged; sum != counted || len(p.Repeated) != 0 {
				t.Errorf("%d are counted of %d, repeated %v", sum, counted, p.Repeated)
			}
		})
	}
}

// What was found, then fixed, and is here again came back, and only that is repeated:
// two examinations alone cannot tell.
func TestCameBack(t *testing.T) {
	at := func(day string, checks ...string) *results.Results {
		return once(day, results.Platform{Code: "gov", Findings: found(checks...)})
	}
	p := compare(at("2026-01-01", "a", "b", "c"), at("2026-06-01", "b", "d"), at("2026-12-01", "a", "b", "e", "~c")).Platforms[0].Previous
	if got, want := told(p), "came_back a, came_back ~c, new e, still_open b, fixed d"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if !slices.Equal(p.Repeated, []string{"a"}) || !strings.Contains(p.Changes[0].Reason.EN, "2026-01-01") || !strings.Contains(p.Changes[0].Reason.EN, "2026-06-01") {
		t.Errorf("repeated %v, since %s", p.Repeated, p.Changes[0].Reason.EN)
	}
	if p = compare(at("2026-06-01", "b", "d"), at("2026-12-01", "a", "b", "e")).Platforms[0].Previous; len(p.Repeated) != 0 || p.CameBack != 0 {
		t.Errorf("of two examinations: %s", told(p))
	}
}

// assessed is a platform of the small rulebook on a day, with an assessor's file.
func assessed(t *testing.T, book *rulebook.Rulebook, day, header, stores, verdicts string) *results.Results {
	t.Helper()
	asOf, err := calendar.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"platforms/one/platform.yaml": {Data: []byte(header)}, "platforms/one/stores.yaml": {Data: []byte(stores)},
		"platforms/one/evidence/run.md": {Data: []byte("done\n")}}
	if verdicts != "" {
		files["platforms/one/verdicts.yaml"] = &fstest.MapFile{Data: []byte("verdicts:\n" + verdicts)}
	}
	tree := source.FromFS(files)
	auditor := &audit.Auditor{Tree: tree, Rulebook: book, AsOf: asOf, Jobs: 1, Pin: true}
	return results.Collect(context.Background(), results.Run{Rulebook: book, AsOf: day, Version: "test"}, auditor, audit.Discover(tree, nil))
}

// What could not be read, or did not apply, on either side is neither fixed nor new.
func TestWhatCannotBeJudgedIsNeitherFixedNorNew(t *testing.T) {
	book := tiny(t)
	header := platform("one", "internal")
	bad := strings.NewReplacer("ok: true", "ok: false", "      - { site: west, medium: tape }\n", "").Replace(good)
	broken := strings.Replace(bad, "drills:", "drills: [", 1)
	relaxed := strings.Replace(header, "mlps_level: 3", "mlps_level: 1", 1)
	lost := strings.Replace(good, "drills: [{ id: spring, ok: true }]", "drills: [{ id: autumn, ok: true }]", 1)
	for _, c := range []struct{ name, headerThen, then, headerNow, now, want string }{
		{"unreadable now", header, bad, header, broken, "not_judged_now stores.drilled"},
		{"unreadable then", header, broken, header, bad, "not_judged_then stores.drilled"},
		{"does not apply now", header, bad, relaxed, bad, "not_judged_now stores.second-copy"},
		{"did not apply then", relaxed, bad, header, bad, "not_judged_then stores.second-copy"},
		{"put right", header, bad, header, good, "fixed stores.drilled"},
		{"come", header, good, header, bad, "new stores.drilled"},
		{"no longer described", header, bad, header, lost, "fixed stores.drilled"},
		{"no code now", header, bad, "name: [\n", bad, "still_open stores.drilled"},
	} {
		t.Run(c.name, func(t *testing.T) {
			now := compare(assessed(t, book, "2026-06-01", c.headerThen, c.then, ""), assessed(t, book, "2026-12-01", c.headerNow, c.now, ""))
			p := now.Platforms[0].Previous
			if p == nil || !strings.Contains(told(p), c.want) {
				t.Fatalf("%s is not among them: %+v", c.want, p)
			}
			check := strings.Fields(c.want)[1]
			if n := strings.Count(told(p), check); n != 1 {
				t.Errorf("%s has %d standings: %s", check, n, told(p))
			}
			i := slices.IndexFunc(p.Changes, func(one results.Change) bool { return one.Check == check })
			if said := !p.Changes[i].Reason.IsZero(); said != (strings.HasPrefix(c.want, "not_judged") || c.name == "no longer described") {
				t.Errorf("its reason is %q", p.Changes[i].Reason.EN)
			}
		})
	}
}

// An ordered deadline that has passed makes a repeated finding of what stands, one that
// has not does not; what an assessor found fixed after a re-check came back.
func TestDeadlinesAndRechecks(t *testing.T) {
	book := tiny(t)
	header := platform("one", "internal")
	bad := strings.Replace(good, "ok: true", "ok: false", 1)
	entry := func(verdict, on, rest string) string {
		return "  - { id: one, check: stores.drilled, item: spring, verdict: " + verdict + ", assessed_by: 监督岗, assessed_on: " + on + rest + " }\n"
	}
	ordered := func(day string) string { return entry("not_met", "2026-06-02", ", note: 演练失败, deadline: "+day) }
	fixed := entry("met", "2026-07-01", ", recheck: 已整改, fact: 'sha256:"+strings.Repeat("0", 64)+"'")
	for _, c := range []struct {
		name, then, thenSays, now, nowSays string
		want                               results.Change
	}{
		{"within the deadline", bad, "", bad, ordered("2026-12-01"), results.Change{Standing: results.StillOpen, Deadline: "2026-12-01"}},
		{"overdue", bad, "", bad, ordered("2026-11-30"), results.Change{Standing: results.StillOpen, Deadline: "2026-11-30", Overdue: true, Repeated: true}},
		{"overdue, and the order deleted", bad, strings.ReplaceAll(ordered("2026-11-30"), "06-02", "05-02"), bad, "", results.Change{Standing: results.StillOpen, Deadline: "2026-11-30", Overdue: true, Repeated: true}},
		{"extended", bad, strings.ReplaceAll(ordered("2026-11-30"), "06-02", "05-02"), bad, ordered("2027-03-31"), results.Change{Standing: results.StillOpen, Deadline: "2027-03-31"}},
		{"not ordered yet", bad, "", bad, strings.ReplaceAll(ordered("2026-11-30"), "06-02", "12-02"), results.Change{Standing: results.StillOpen}},
		{"fixed by a re-check in between", bad, "", bad, fixed, results.Change{Standing: results.CameBack, Repeated: true}},
		{"fixed by a re-check before", good, strings.Replace(fixed, "07-01", "05-01", 1), bad, "", results.Change{Standing: results.CameBack, Repeated: true}},
		{"confirmed without a re-check", good, "", bad, strings.Replace(fixed, ", recheck: 已整改", "", 1), results.Change{Standing: results.NewSince}},
		{"found fixed before it was found again last time", bad, "", bad, strings.Replace(fixed, "07-01", "05-01", 1), results.Change{Standing: results.StillOpen}},
	} {
		t.Run(c.name, func(t *testing.T) {
			now := compare(assessed(t, book, "2026-06-01", header, c.then, c.thenSays), assessed(t, book, "2026-12-01", header, c.now, c.nowSays))
			p := now.Platforms[0].Previous
			i := slices.IndexFunc(p.Changes, func(one results.Change) bool { return one.Check == "stores.drilled" })
			got := p.Changes[i]
			if got.Standing != c.want.Standing || got.Deadline != c.want.Deadline || got.Overdue != c.want.Overdue || got.Repeated != c.want.Repeated || got.Repeated != slices.Contains(p.Repeated, got.Fingerprint) {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
	// Where nothing has changed since the assessor saw it the two disagree: nothing
	// came back.
	seen := assessed(t, book, "2026-06-01", header, bad, "")
	check := slices.IndexFunc(seen.Platforms[0].Checks, func(c results.Check) bool { return c.ID == "stores.drilled" })
	fact := seen.Platforms[0].Checks[check].Items[0].Fact
	same := entry("met", "2026-07-01", ", recheck: 已整改, fact: '"+fact+"'")
	if p := compare(seen, assessed(t, book, "2026-12-01", header, bad, same)).Platforms[0].Previous; fact == "" || p.CameBack != 0 {
		t.Errorf("the assessor saw %q: %s", fact, told(p))
	}
	// An order is open until it is carried out, and the nearest comes first.
	two := ordered("2026-11-30") + "  - { id: two, check: stores.channels, item: ssh, verdict: not_met, note: 不安全, deadline: 2026-10-01, assessed_by: 监督岗, assessed_on: 2026-06-02 }\n"
	orders := assessed(t, book, "2026-11-30", header, bad, two).Platforms[0].Orders
	if len(orders) != 2 || orders[0].Check != "stores.channels" || !orders[0].Overdue || orders[1].Overdue || len(orders[1].Findings) != 1 {
		t.Errorf("orders %+v", orders)
	}
}

// Platforms are the same by their code, wherever their folders lie.
func TestComparePlatforms(t *testing.T) {
	before := once("2026-06-01",
		results.Platform{ID: "old/gov", Code: "gov", Score: results.Score{Raw: "70.0"}, Grade: results.Grade{ID: "pass"}, Compliant: true,
			Clauses: []results.Clause{{ID: "1", Verdict: "met"}, {ID: "2", Verdict: "met"}}},
		results.Platform{ID: "x", Code: "twin", Score: results.Score{Raw: "1.0"}}, results.Platform{ID: "y", Code: "twin", Score: results.Score{Raw: "2.0"}},
		results.Platform{ID: "broken"}, results.Platform{ID: "gone", Code: "gone"})
	before.Revision = &results.Revision{Commit: "abc"}
	now := once("2026-12-01",
		results.Platform{ID: "new/gov", Code: "gov", Clauses: []results.Clause{{ID: "1", Verdict: "not_met"}, {ID: "2", Verdict: "met"}, {ID: "3", Verdict: "met"}}},
		results.Platform{ID: "y", Code: "twin"}, results.Platform{ID: "z", Code: "twin"}, results.Platform{ID: "other"}, results.Platform{ID: "fresh", Code: "fresh"})
	compare(before, now)
	gov := now.Platforms[0].Previous
	if gov == nil || gov.AsOf != "2026-06-01" || gov.Revision.Commit != "abc" || gov.Score.Raw != "70.0" || gov.Grade.ID != "pass" || !gov.Compliant ||
		!reflect.DeepEqual(gov.Verdicts, []results.VerdictChange{{Clause: "1", Before: "met", After: "not_met"}}) {
		t.Errorf("a platform that moved: %+v", gov)
	}
	if twin := now.Platforms[1].Previous; twin == nil || twin.Score.Raw != "2.0" {
		t.Errorf("of two with one code the one with the same id: %+v", twin)
	}
	for _, p := range now.Platforms[2:] {
		if p.Previous != nil {
			t.Errorf("%s has no earlier self, got %+v", p.ID, p.Previous)
		}
	}
}
