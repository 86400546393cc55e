package page

import (
	"testing"

	"hegui/internal/lang"
	"hegui/internal/results"
)

func scored(on, score string) results.HistoryPoint {
	p := results.HistoryPoint{Commit: "0123456789abcdef"}
	p.On, p.Score = on, results.Number(score)
	return p
}

// A score stays until the next point and to the day of the card; where nothing was judged
// the line is broken, and a past of one day has a width.
func TestSteps(t *testing.T) {
	gap, gone := scored("2026-01-11", ""), scored("2026-01-11", "90.0")
	gap.Gap, gone.Gone = lang.Say("读不出来", "unreadable"), true
	for _, c := range []struct {
		name   string
		points []results.HistoryPoint
		until  string
		want   string
	}{
		{"two", []results.HistoryPoint{scored("2026-01-01", "50.0"), scored("2026-01-11", "100.0")}, "2026-01-21", "M0.0 50.0H50.0V0.0H100"},
		{"a gap", []results.HistoryPoint{scored("2026-01-01", "50.0"), gap, scored("2026-01-16", "20.0")}, "2026-01-21", "M0.0 50.0H50.0M75.0 80.0H100"},
		{"gone", []results.HistoryPoint{scored("2026-01-01", "50.0"), gone}, "2026-01-21", "M0.0 50.0H50.0"},
		{"one day", []results.HistoryPoint{scored("2026-01-01", "0.0")}, "2026-01-01", "M0.0 100.0H100"},
		{"later than the card", []results.HistoryPoint{scored("2026-01-01", "10.0"), scored("2026-01-11", "30.0")}, "2026-01-06", "M0.0 90.0H100.0V70.0H100"},
	} {
		if got := steps(c.points, c.until, 100, 100); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// A row of the index has the last score less the first that was judged; a card lists the
// last changes, the newest first, and how many came before.
func TestTrends(t *testing.T) {
	p := &results.Platform{Past: &results.HistoryLine{}}
	c := &card{Platform: p, Run: &results.Results{AsOf: "2026-12-01"}}
	if c.Trend() != nil || sparkOf(p, "2026-12-01") != nil {
		t.Error("a trend of no past")
	}
	unjudged := scored("2026-01-01", "")
	unjudged.Gone = true
	p.Past.Points = append(p.Past.Points, unjudged)
	if s := sparkOf(p, "2026-12-01"); s == nil || s.Change != "" {
		t.Errorf("%+v: a change where nothing was judged", s)
	}
	for i := range 14 {
		p.Past.Points = append(p.Past.Points, scored("2026-02-"+string(rune('0'+i/10))+string(rune('0'+i%10)), "80.1"))
	}
	p.Past.Points[14].Score, p.Past.Points[14].Causes = "70.0", []string{"rulebook"}
	if s := sparkOf(p, "2026-12-01"); s.Change != "-10.1" {
		t.Errorf("change %s", s.Change)
	}
	got := c.Trend()
	if len(got.Changes) != maxChanges || got.More != 3 || got.Since != "2026-01-01" || got.Changes[0].Score != "70.0" || got.Changes[0].Short() != "0123456789ab" {
		t.Errorf("%d changes, %d more, since %s: %+v", len(got.Changes), got.More, got.Since, got.Changes[0])
	}
	if causes := got.Changes[0].Causes; len(causes) != 1 || causes[0].EN == "rulebook" || causes[0].IsZero() {
		t.Errorf("causes %v", causes)
	}
}
