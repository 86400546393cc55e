package scorecard_test

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/webtest"
)

// lapsing are platforms of which something lapses on days to come, said by somebody
// hostile.
func lapsing(ids ...string) *results.Results {
	r := fleetOf(ids...)
	outlook := func(on string) results.Outlook {
		return results.Outlook{On: on, Score: "83.7", Grade: results.Grade{Title: lang.Say("良好", "good"), Vetoes: []string{}}, Compliant: on < "2027-06"}
	}
	lapse := func(item string, severity finding.Severity) results.Lapse {
		return results.Lapse{Check: "a.fresh", Title: lang.Say("近期", "fresh"), Severity: severity, Item: item, From: finding.Pass, To: finding.Fail,
			Remedy: lang.Say("再做", "again"), Begin: "2026-12-17", Fingerprint: "f-" + item}
	}
	for i := range r.Platforms {
		r.Platforms[i].Forecast = &results.Forecast{Until: "2027-12-01", Now: outlook("2026-12-01"), Days: []results.ForecastDay{
			{Outlook: outlook("2026-12-31"), Changes: []results.Lapse{lapse("<b>files</b>", finding.Major), lapse("mails", finding.Minor)}},
			{Outlook: outlook("2027-06-30"), Changes: []results.Lapse{lapse("files", finding.Blocker)}},
		}}
	}
	return r
}

// A card says what lapses next and in which month how much, the page over all what
// lapses within a month, and calendars lie beside both.
func TestPackageLooksAhead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cards")
	lay(t, dir, lapsing("bureau/a", "b"), report.Options{}, 2)
	have := files(t, dir)
	for name, wanted := range map[string][]string{
		"platforms/b/index.html": {"Next lapse", "2026-12-31", "&lt;b&gt;files&lt;/b&gt;", `begin by </span><time datetime="2026-12-17">`, "2027-06", "(blockers: 1)", `href="lapses.ics"`},
		"index.html":             {"What lapses within a month", "4 in all, of 2 platforms", "&lt;b&gt;files&lt;/b&gt;", "Lapse in a month", `href="lapses.ics"`},
		"platforms/b/lapses.ics": {"DTSTART;VALUE=DATE:20270630", "1 check lapses", "begin by 2026-12-17"},
		"lapses.ics":             {"DTSTART;VALUE=DATE:20261231", "what lapses: 2 checks of 2 platforms"},
	} {
		for _, text := range wanted {
			if !strings.Contains(have[name], text) {
				t.Errorf("%s has no %q", name, text)
			}
		}
		if strings.HasSuffix(name, ".html") && strings.Contains(have[name], "<b>files</b>") {
			t.Errorf("%s has a tag that a platform wrote", name)
		}
	}
	for _, name := range []string{"lapses.ics", "platforms/b/lapses.ics"} {
		days(t, filepath.Join(dir, filepath.FromSlash(name)), "2026-12-31", "2027-06-30")
	}
}

// days holds that other people's readers find an event on each of these days in a
// calendar, all day long, with reminders a month and a week before.
func days(t *testing.T, file string, want ...string) {
	t.Helper()
	var events []struct {
		UID, Day string
		AllDay   bool
		Days     int
		Alarms   []string
	}
	if err := json.Unmarshal(webtest.Node(t, "calendar.mjs", file), &events); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range events {
		got = append(got, e.Day)
		if e.UID == "" || !e.AllDay || e.Days != 1 || !slices.Equal(e.Alarms, []string{"-P30D", "-P7D"}) {
			t.Errorf("%s: %+v", file, e)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s: events on %q, want %q", file, got, want)
	}
}

// The public learns the verdicts to come, not what lapses.
func TestPublicPackageNamesNoLapse(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cards")
	r := lapsing("b").For(results.Public)
	lay(t, dir, r, report.Options{}, 1)
	for name, content := range files(t, dir) {
		if strings.Contains(content, "a.fresh") || strings.Contains(content, "mails") {
			t.Errorf("%s names what lapses", name)
		}
	}
}
