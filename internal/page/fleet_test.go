package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
)

// The worst platform is first: what does not comply, then by open blockers, by score and
// by orders that are overdue; the id decides what is left.
func TestWorstFirst(t *testing.T) {
	want := []fleetRow{
		{ID: "blocked-twice", open: 2, Score: "90.0"}, {ID: "blocked", open: 1, Score: "10.0"},
		{ID: "unscored"}, {ID: "low", Score: "9.5"}, {ID: "low-too", Score: "9.5"}, {ID: "high", Score: "80.0"},
		{ID: "late", Compliant: true, Score: "90.0", Overdue: 2}, {ID: "a", Compliant: true, Score: "90.0"}, {ID: "b", Compliant: true, Score: "90.0"},
		{ID: "best", Compliant: true, Score: "100.0"},
	}
	rows := slices.Clone(want)
	slices.Reverse(rows)
	slices.SortStableFunc(rows, worse)
	for i := range want {
		if rows[i].ID != want[i].ID {
			t.Errorf("place %d: %s, want %s", i, rows[i].ID, want[i].ID)
		}
	}
}

// A row says what somebody has to look at: less score, compliance lost, orders overdue.
func TestWatch(t *testing.T) {
	for want, row := range map[string]fleetRow{
		"": {Change: "1.0", Turned: true, Compliant: true}, "w": {Change: "-0.1"}, "wo": {Turned: true, Overdue: 1}, "o": {Change: "0.0", Overdue: 3},
	} {
		if got := row.Watch(); got != want {
			t.Errorf("%+v: %q, want %q", row, got, want)
		}
	}
}

// A score has the shade of its grade; what has none is not shaded as the worst.
func TestStep(t *testing.T) {
	grades := []results.GradeRange{{ID: "a", Min: "90.0"}, {ID: "b", Min: "60.0"}, {ID: "c", Min: "0.0"}}
	for score, want := range map[results.Number]int{"": 0, "90.0": 1, "89.9": 2, "0.0": 3} {
		if got := step(score, grades); got != want {
			t.Errorf("%s: %d, want %d", score, got, want)
		}
	}
	if got := step("1.0", grades[:2]); got != 3 {
		t.Errorf("below all grades: %d", got)
	}
}

// The distribution has ten bars of which the last holds 100 as well; few platforms are
// seen beside many.
func TestDistribution(t *testing.T) {
	f := &fleet{Fleet: &results.Fleet{}}
	f.Fleet.Bins[0], f.Fleet.Bins[9] = 1, 1000
	f.draw()
	if n := len(f.Bins); n != 10 {
		t.Fatalf("%d bars", n)
	}
	if few, many, none := f.Bins[0], f.Bins[9], f.Bins[5]; few.Height != 2 || many.Height != 110 || none.Height != 0 || many.To != 100 || few.To != 9 {
		t.Errorf("%+v\n%+v\n%+v", few, many, none)
	}
	empty := &fleet{Fleet: &results.Fleet{}}
	if empty.draw(); empty.Bins[3].Height != 0 {
		t.Error("a bar of no platform")
	}
}

func TestPercentage(t *testing.T) {
	for want, parts := range map[string][2]int{"–": {0, 0}, "0.0": {0, 7}, "33.3": {1, 3}, "100.0": {7, 7}} {
		if got := percentage(parts[0], parts[1]); got != want {
			t.Errorf("%v: %s, want %s", parts, got, want)
		}
	}
}

// Of what lapses within a month the first are named, over all platforms in the order of
// their days, and all are counted.
func TestLapses(t *testing.T) {
	ahead := func(days ...results.ForecastDay) *results.Forecast {
		f := &results.Forecast{Days: days}
		f.Now.On = "2026-12-01"
		return f
	}
	on := func(day string, n int) results.ForecastDay {
		d := results.ForecastDay{}
		for i := range n {
			d.Changes = append(d.Changes, results.Lapse{Check: fmt.Sprint("c", i), From: finding.Pass, To: finding.Fail, Severity: finding.Major})
		}
		d.On = day
		return d
	}
	var l lapses
	first := l.add(&results.Platform{ID: "late", Forecast: ahead(on("2026-12-20", 15), on("2027-02-01", 9))}, "#late")
	second := l.add(&results.Platform{ID: "soon", Forecast: ahead(on("2026-12-02", 12))}, "#soon")
	none := l.add(&results.Platform{ID: "never", Forecast: ahead()}, "#never")
	if first != 15 || second != 12 || none != 0 || l.All != 27 || l.Platforms != 2 || len(l.Rows) != maxDue || l.More != 7 {
		t.Errorf("%d, %d, %d: %d of %d platforms, %d rows, %d more", first, second, none, l.All, l.Platforms, len(l.Rows), l.More)
	}
	if l.Rows[0].Link != "#soon" || l.Rows[maxDue-1].Link != "#late" {
		t.Errorf("from %s to %s", l.Rows[0].Link, l.Rows[maxDue-1].Link)
	}
}

// A card names the first day on which something lapses, of much the severest first, and
// leaves what it was given as it was.
func TestOutlook(t *testing.T) {
	day := results.ForecastDay{}
	day.On = "2026-12-05"
	for i := range 7 {
		day.Changes = append(day.Changes, results.Lapse{Check: fmt.Sprint("c", i), From: finding.Pass, To: finding.Fail, Severity: finding.Minor})
	}
	day.Changes[6].Severity = finding.Blocker
	f := &results.Forecast{Until: "2027-12-01", Days: []results.ForecastDay{day}}
	f.Now.On = "2026-12-01"
	c := &card{Platform: &results.Platform{Forecast: f}, Run: &results.Results{}}
	o := c.Outlook()
	if o.Next == nil || len(o.Next.Changes) != maxAhead || o.More != 2 || o.Next.Changes[0].Check != "c6" {
		t.Fatalf("%+v", o)
	}
	if len(f.Days[0].Changes) != 7 || f.Days[0].Changes[0].Check != "c0" {
		t.Error("drawing the card changes what other reports read")
	}
	if (&card{Platform: &results.Platform{}}).Outlook() != nil {
		t.Error("an outlook that nobody asked for")
	}
}

// Deadlines are as many as have room, with how many more there are, and lead to their
// platforms; one without a name is called by its id.
func TestDeadlines(t *testing.T) {
	f := &fleet{Fleet: &results.Fleet{}, links: map[string]string{"one": "platforms/one/index.html"}}
	for range maxDue + 3 {
		f.Orders = append(f.Orders, results.FleetOrder{ID: "one", Order: results.Order{Deadline: "2026-11-01", Overdue: true}})
	}
	got := f.Deadlines()
	if len(got.Rows) != maxDue || got.More != 3 || got.Rows[0].Link != f.links["one"] || !got.Rows[0].Past || got.Rows[0].Title != "<bdi>one</bdi>" {
		t.Errorf("%d rows, %d more: %+v", len(got.Rows), got.More, got.Rows[0])
	}
	f.Orders[0].Name = lang.Text{ZH: "<b>", EN: "<i>"}
	if title := string(f.Deadlines().Rows[0].Title); strings.Contains(title, "<b>") || !strings.Contains(title, "&lt;b&gt;") {
		t.Error(title)
	}
}
