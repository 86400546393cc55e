package rulebook

import (
	"testing"

	"hegui/internal/calendar"
	"hegui/internal/lang"
)

// A mailbox belongs to the unit of its domain, or of the nearest domain above it; a
// record is late after the longest lag, for ever in time without one.
func TestProvenance(t *testing.T) {
	bureau, city := lang.Say("数据局", "Data bureau"), lang.Say("市政府", "City")
	p := ProvenancePolicy{Units: map[string]lang.Text{"data.example.org": bureau, "example.org": city}}
	for domain, want := range map[string]lang.Text{"data.example.org": bureau, "mail.data.example.org": bureau, "transport.example.org": city, "notexample.org": {}, "org": {}, "": {}} {
		if got := p.Unit(domain); got != want {
			t.Errorf("%q is of %v, want %v", domain, got, want)
		}
	}
	of, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	month := of.Add(calendar.Period{Months: 1})
	if p.Late(of, month.NextDay()) {
		t.Error("late without a limit")
	}
	if p.MaxLag = (calendar.Period{Months: 1}); p.Late(of, month) || !p.Late(of, month.NextDay()) {
		t.Error("the last day in time is a month after")
	}
}

// An effort counts what the policy states, else as shipped; an unknown one as medium.
func TestEfforts(t *testing.T) {
	p := Policy{Efforts: map[string]int{"small": 2}}
	for effort, want := range map[string]int{"small": 2, "medium": 3, "large": 8, "": 3} {
		if got := p.Effort(effort); got != want {
			t.Errorf("%q counts %d, want %d", effort, got, want)
		}
	}
}
