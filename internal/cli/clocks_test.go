package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// lapse is a record that is recent for a period, and the day on which it no longer is.
type lapse struct{ record, limit, off string }

// lapses are leap days, ends of months and of years.
func lapses() []lapse {
	return []lapse{
		{"2028-02-29", "P1Y", "2029-03-01"}, // a year from a leap day ends on 28 February
		{"2027-02-28", "P1Y", "2028-02-29"}, // a year from 28 February does not grow by the leap day
		{"2027-01-31", "P1M", "2027-03-01"}, // a month from 31 January ends with February
		{"2028-01-31", "P1M", "2028-03-01"}, // which has a day more then
		{"2027-03-31", "P1M", "2027-05-01"},
		{"2026-10-31", "P2M", "2027-01-01"}, // with the year
		{"2026-12-31", "P1Y", "2028-01-01"},
		{"2027-12-02", "P30D", "2028-01-02"},
	}
}

// aged is a repository of a platform that has nothing but this record to lapse.
func aged(t *testing.T, l lapse) string {
	t.Helper()
	dir := fixture(t, "one")
	change := func(name, old, text string) {
		content := read(t, dir, name)
		if strings.Count(content, old) != 1 {
			t.Fatalf("%s: %q stands %d times", name, old, strings.Count(content, old))
		}
		write(t, dir, name, strings.Replace(content, old, text, 1))
	}
	change("checks/stores.yaml", "level3: { value: P90D", "level3: { value: "+l.limit)
	change("checks/stores.yaml", "2026-08-01", "2025-08-01") // a bad example for each of the limits
	change(stores, "2026-11-01", l.record)
	return dir
}

// at is the first second of a day in Shanghai, where it is still the day before in UTC.
func at(t *testing.T, day string) time.Time {
	t.Helper()
	on, err := time.ParseInLocation(time.DateOnly, day, time.FixedZone("Shanghai", 8*60*60))
	check(t, err)
	return on.UTC()
}

func before(t *testing.T, day string) string {
	return at(t, day).Add(-time.Second).Add(8 * time.Hour).Format(time.DateOnly)
}

// answer is what a JSON report says of one platform.
type answer struct {
	Platforms []struct {
		Findings []struct{ Check string }
		Forecast struct {
			Days []struct {
				On      string
				Changes []struct{ Check, To string }
			}
		}
		Plan struct{ Steps []struct{ Check string } }
	}
	History struct {
		Commits   []struct{ On string }
		Platforms []struct {
			Points []struct {
				At    int
				On    string
				Score json.Number
			}
		}
	}
}

func tell(t *testing.T, dir string, args ...string) (out answer) {
	t.Helper()
	r := run(t, dir, append(args, "--report", "json")...)
	if r.code == cli.Failed {
		t.Fatalf("%q: %s", args, r.stderr)
	}
	check(t, json.Unmarshal([]byte(r.stdout), &out))
	return out
}

// fails reports whether there is no record that is recent: none at all, or one that has
// not happened yet.
func (o answer) fails() bool {
	return slices.ContainsFunc(o.Platforms[0].Findings, func(f struct{ Check string }) bool {
		return f.Check == "stores.fresh" || f.Check == "fact.future"
	})
}

// turns are the days on which the record is no longer recent, or is again.
func (o answer) turns() (days []string) {
	for _, day := range o.Platforms[0].Forecast.Days {
		for _, c := range day.Changes {
			days = append(days, day.On+" "+c.Check+" "+c.To)
		}
	}
	return days
}

// Every command agrees on the day on which a record is no longer recent: its own day
// counts, leap years and short months are those of the calendar, and a day begins at
// midnight in Shanghai.
func TestClocksAgree(t *testing.T) {
	for _, l := range lapses() {
		t.Run(l.record+" "+l.limit, func(t *testing.T) {
			dir, last := aged(t, l), before(t, l.off)
			if tell(t, dir, "check", "--as-of", last).fails() || !tell(t, dir, "check", "--as-of", l.off).fails() {
				t.Errorf("check: recent on %s, not on %s", last, l.off)
			}
			for moment, fails := range map[time.Time]bool{at(t, l.off).Add(-time.Second): false, at(t, l.off): true} {
				if got := checkedAt(t, dir, moment); got != fails {
					t.Errorf("check at %s: fails %v", moment, got)
				}
			}
			turn := []string{l.off + " stores.fresh fail"}
			if got := tell(t, dir, "forecast", "--as-of", l.record, "--until", l.off).turns(); !slices.Equal(got, turn) {
				t.Errorf("forecast: %q", got)
			}
			if got := tell(t, dir, "check", "--as-of", last, "--warn-days", "1").turns(); !slices.Equal(got, turn) {
				t.Errorf("warn-days: %q", got)
			}
			for _, by := range []string{last, l.off} {
				if by == l.record {
					continue
				}
				steps := tell(t, dir, "plan", "--as-of", l.record, "--by", by, "--target", "100").Platforms[0].Plan.Steps
				if (len(steps) == 1) != (by == l.off) {
					t.Errorf("plan by %s: %v", by, steps)
				}
			}
		})
	}
}

// checkedAt reports whether the record is no longer recent for a check that takes the
// day from the clock.
func checkedAt(t *testing.T, dir string, moment time.Time) bool {
	t.Helper()
	var stdout, stderr bytes.Buffer
	env := environment(dir, func(string) string { return "" }, "check", "--report", "json")
	env.Now, env.Stdout, env.Stderr = func() time.Time { return moment }, &stdout, &stderr
	if code := cli.Main(context.Background(), env); code == cli.Failed {
		t.Fatal(&stderr)
	}
	var out answer
	check(t, json.Unmarshal(stdout.Bytes(), &out))
	return out.fails()
}

// A commit is judged on its day in Shanghai, whatever zone its committer was in, by
// check --rev and in history.
func TestClocksOfCommits(t *testing.T) {
	l := lapses()[0]
	dir, g := aged(t, l), gittest.Init(t)
	check(t, os.CopyFS(g.Dir, os.DirFS(dir)))
	g.SetTime(at(t, l.off).Add(-time.Second))
	good := g.Commit("the last second", gittest.Files{"README": "0"})
	g.SetTime(at(t, l.off).In(time.FixedZone("", -11*60*60)))
	bad := g.Commit("the first, where it is the day before", gittest.Files{"README": "1"})
	for rev, fails := range map[string]bool{good: false, bad: true} {
		if got := tell(t, g.Dir, "check", "--rev", rev).fails(); got != fails {
			t.Errorf("check --rev %s: fails %v", rev, got)
		}
	}
	h := tell(t, g.Dir, "history").History
	if len(h.Commits) != 2 || h.Commits[0].On != before(t, l.off) || h.Commits[1].On != l.off {
		t.Fatalf("history: %+v", h.Commits)
	}
	if points := h.Platforms[0].Points; len(points) != 2 || points[0].Score != "100.0" || points[1].Score == "100.0" || points[1].On != l.off {
		t.Errorf("history: %+v", points)
	}
}

// A record that is dated after the day of judging has not happened yet; days long ago and
// far ahead are judged like any other.
func TestClocksFarAway(t *testing.T) {
	dir := aged(t, lapse{record: "2026-12-05", limit: "P90D"})
	if !tell(t, dir, "check", "--as-of", "2026-12-04").fails() || tell(t, dir, "check", "--as-of", "2026-12-05").fails() {
		t.Error("a record counts from its own day on")
	}
	want := []string{"2026-12-05 fact.future pass", "2026-12-05 stores.fresh pass", "2027-03-06 stores.fresh fail"}
	if got := tell(t, dir, "forecast", "--as-of", "2026-12-01", "--days", "120").turns(); !slices.Equal(got, want) {
		t.Errorf("forecast: %q, want %q", got, want)
	}
	steps := tell(t, dir, "plan", "--as-of", "2026-12-04", "--by", "2026-12-05", "--target", "100").Platforms[0].Plan.Steps
	if len(steps) != 0 {
		t.Errorf("plan wants what passes by itself on its day: %v", steps)
	}
	for _, far := range []string{"2000-01-01", "2000-02-29", "2099-12-31"} {
		if !tell(t, dir, "check", "--as-of", far).fails() {
			t.Errorf("%s: passes", far)
		}
		if turns := tell(t, dir, "forecast", "--as-of", far, "--days", "3660").turns(); len(turns) != 0 {
			t.Errorf("%s: %q", far, turns)
		}
		if got := tell(t, dir, "check", "--as-of", far, "--warn-days", "366").turns(); len(got) != 0 {
			t.Errorf("%s: %q", far, got)
		}
		tell(t, dir, "plan", "--as-of", far)
	}
	if got := tell(t, dir, "forecast", "--as-of", "2026-12-06", "--days", "3660").turns(); !slices.Equal(got, want[2:]) {
		t.Errorf("ten years: %q", got)
	}
}

// A waiver has effect from the day of its approval to that of its expiry, both included,
// also over the end of a year and on a leap day.
func TestClocksOfWaivers(t *testing.T) {
	for _, c := range []struct{ approved, expires, after string }{
		{"2027-12-01", "2027-12-31", "2028-01-01"},
		{"2027-12-01", "2028-02-29", "2028-03-01"},
		{"2028-02-29", "2028-02-29", "2028-03-01"},
	} {
		dir := aged(t, lapse{record: "2026-12-05", limit: "P90D"})
		write(t, dir, "platforms/one/waivers.yaml", fmt.Sprintf(`waivers:
  - { id: w, check: stores.fresh, item: files, reason: 机房搬迁，暂时无法备份, requested_by: 平台运维岗, approved_by: 市数据局安全岗, approved_on: %s, expires: %s, evidence: { ref: 云数〔2026〕1号, held_by: 档案岗 } }
`, c.approved, c.expires))
		for day, waived := range map[string]bool{before(t, c.approved): false, c.approved: true, c.expires: true, c.after: false} {
			r := run(t, dir, "check", "--as-of", day, "--lang", "en")
			if got := strings.Contains(r.stdout, "(waived)"); got != waived {
				t.Errorf("%+v on %s: waived %v\n%s%s", c, day, got, r.stdout, r.stderr)
			}
		}
		if r := run(t, dir, "forecast", "--as-of", c.approved, "--until", c.after, "--lang", "en"); !strings.Contains(r.stdout, c.after+"  ") {
			t.Errorf("%+v: %s", c, r.stdout)
		}
	}
}
