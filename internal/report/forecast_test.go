package report_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/webtest"
)

// lapsing is a platform of which something lapses on a leap day and at a year's end,
// said by somebody hostile.
func lapsing() *results.Results {
	outlook := func(on string) results.Outlook {
		return results.Outlook{On: on, Score: "83.7", Grade: results.Grade{Title: lang.Say("良好", "good")}, Compliant: true}
	}
	lapse := func(fingerprint, item string, to finding.Outcome) results.Lapse {
		return results.Lapse{Check: "stores.fresh", Title: lang.Say("近期做过备份", "Backups are fresh"), Clauses: []string{"2.1.1"}, Severity: finding.Major, Item: item,
			From: finding.Pass, To: to, Message: lang.Same("备份集没有备份；\\;,\r\nEND:VCALENDAR " + strings.Repeat("长", 200)), Remedy: lang.Say("再做一次备份", "back up again"), Effort: "small",
			Begin: "2027-12-17", Fingerprint: fingerprint}
	}
	forecast := &results.Forecast{Until: "2028-03-01", Now: outlook("2027-03-01"), Days: []results.ForecastDay{
		{Outlook: outlook("2027-12-31"), Changes: []results.Lapse{lapse("a1", "=cmd|' /C calc'!A0", finding.Fail), lapse("b2", "files", finding.Fail)}},
		{Outlook: outlook("2028-02-01"), Changes: []results.Lapse{lapse("a1", "=cmd|' /C calc'!A0", finding.Pass)}},
		{Outlook: outlook("2028-02-29"), Changes: []results.Lapse{lapse("a1", "=cmd|' /C calc'!A0", finding.Fail)}},
	}}
	return &results.Results{AsOf: "2027-03-01", Platforms: []results.Platform{{ID: "good", Name: lang.Same("样例\x1b[31m平台"), Forecast: forecast}}, Summary: results.Summary{Platforms: 1}}
}

func forecast(t *testing.T, name string) []byte {
	t.Helper()
	formats := report.ForecastFormats()
	i := slices.IndexFunc(formats, func(f report.Format) bool { return f.Name() == name })
	if i < 0 {
		t.Fatalf("there is no format %s", name)
	}
	var out bytes.Buffer
	if err := report.Write(&out, formats[i], lapsing(), report.Options{Language: lang.Chinese}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Other people's readers find in a calendar what lapses, each by a name of its own,
// on its day, all day long, with two reminders, and nothing of what a platform says
// makes an event.
func TestCalendarIsRead(t *testing.T) {
	written := forecast(t, "ics")
	for _, line := range strings.Split(strings.TrimSuffix(string(written), "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\x1b") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}

	file := filepath.Join(t.TempDir(), "lapses.ics")
	if err := os.WriteFile(file, written, 0o600); err != nil {
		t.Fatal(err)
	}
	var read []struct {
		UID, Day, Summary, Description string
		AllDay                         bool
		Days                           int
		Alarms                         []string
	}
	if err := json.Unmarshal(webtest.Node(t, "calendar.mjs", file), &read); err != nil {
		t.Fatal(err)
	}
	var days []string
	for _, e := range read {
		days = append(days, e.UID+" "+e.Day)
		if !e.AllDay || e.Days != 1 || !slices.Equal(e.Alarms, []string{"-P30D", "-P7D"}) || !strings.Contains(e.Summary, "近期做过备份") ||
			!strings.Contains(e.Description, strings.Repeat("长", 200)) || !strings.Contains(e.Description, "2027-12-17") {
			t.Errorf("read as %+v", e)
		}
	}
	if want := []string{"a1@hegui 2027-12-31", "b2@hegui 2027-12-31", "a1-2@hegui 2028-02-29"}; !slices.Equal(days, want) {
		t.Errorf("read as %q, want %q", days, want)
	}

	again, err := ics.ParseCalendar(bytes.NewReader(written))
	if err != nil || len(again.Events()) != len(days) {
		t.Errorf("another reader finds %v, %v", again, err)
	}
}

// What a platform says is text in every format of a forecast.
func TestForecastsAreInert(t *testing.T) {
	for _, f := range report.ForecastFormats() {
		out := string(forecast(t, f.Name()))
		if strings.Contains(out, "\x1b[31m") || f.Name() == "csv" && (strings.Contains(out, ",=cmd") || !strings.Contains(out, "'=cmd")) {
			t.Errorf("%s: %q", f.Name(), out)
		}
	}
}

// Who is judged by the essential profile alone is so called where people read what becomes
// of it, or what it has to do.
func TestForecastsAndPlansNameTheProfile(t *testing.T) {
	now := results.Outlook{On: "2027-03-01", Score: "83.7", Grade: results.Grade{Title: lang.Say("良好", "good")}, Compliant: true}
	r := lapsing()
	r.Platforms[0].Plan = &results.Plan{Target: lang.Say("合规", "compliance"), By: now.On, Now: now, Otherwise: now, After: now, Reached: true}
	for _, formats := range [][]report.Format{report.ForecastFormats(), report.PlanFormats()} {
		for _, f := range formats {
			if f.Name() != "text" && f.Name() != "markdown" {
				continue
			}
			for _, profile := range []rulebook.Profile{rulebook.Essential, rulebook.Full} {
				r.Platforms[0].Profile = profile
				var out bytes.Buffer
				if err := report.Write(&out, f, r, report.Options{}); err != nil {
					t.Fatal(err)
				}
				if named := strings.Count(out.String(), "(essential profile)"); named != map[rulebook.Profile]int{rulebook.Essential: 1}[profile] {
					t.Errorf("%s: %s profile: named %d times:\n%s", f.Name(), profile, named, out.String())
				}
			}
		}
	}
}
