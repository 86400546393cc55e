package rulebook_test

import (
	"strings"
	"testing"
)

func retired(t *testing.T, entries ...string) files {
	t.Helper()
	return tiny(t).with("checks/retired.yaml", "retired:\n  - { "+strings.Join(entries, " }\n  - { ")+" }\n")
}

// Who asks for an id that is gone is led to what took its place, over however
// many successors.
func TestRetiredIDsLeadOn(t *testing.T) {
	book := retired(t, "id: stores.oldest, successor: stores.older, since: 2025-01-01", "id: stores.older, successor: stores.kept, since: 2026-01-01",
		"id: stores.named, since: 2026-11-27, reason: { zh: 由模式核对, en: the schema looks it up }", "id: stores.lost, successor: stores.named, since: 2026-01-01").load(t)
	for id, want := range map[string]string{"stores.oldest": "stores.kept", "stores.older": "stores.kept", "stores.kept": "stores.kept",
		"stores.named": "stores.named", "stores.lost": "stores.lost", "stores.other": "stores.other"} {
		if got := book.Current(id); got != want {
			t.Errorf("%s is now %s, want %s", id, got, want)
		}
	}
	if gone := book.Retired("stores.named"); gone == nil || gone.Gone().EN != `check "stores.named" is retired since 2026-11-27 and has no successor: the schema looks it up` {
		t.Errorf("%+v", gone)
	}
	if book.Retired("stores.kept") != nil {
		t.Error("a check that there is counts as retired")
	}
}

func TestRetiredIDsAreRefused(t *testing.T) {
	for _, c := range []struct {
		name    string
		entries []string
		path    string
		line    int
		want    string
	}{
		{"used again", []string{"id: stores.kept, since: 2026-01-01"}, "checks/stores.yaml", 3, "id stores.kept is retired since 2026-01-01 and never used again: choose another"},
		{"no successor of that name", []string{"id: stores.old, successor: stores.gone, since: 2026-01-01"}, "checks/retired.yaml", 2, `the successor "stores.gone" of stores.old does not exist`},
		{"a ring", []string{"id: stores.a, successor: stores.b, since: 2026-01-01", "id: stores.b, successor: stores.a, since: 2026-01-01"}, "checks/retired.yaml", 2, "the successors of stores.a lead back to stores.a"},
		{"its own successor", []string{"id: stores.a, successor: stores.a, since: 2026-01-01"}, "checks/retired.yaml", 2, "lead back to stores.a"},
		{"twice", []string{"id: stores.a, since: 2026-01-01", "id: stores.a, since: 2026-01-02"}, "checks/retired.yaml", 3, "stores.a"},
		{"no day", []string{"id: stores.a"}, "checks/retired.yaml", 2, `"since" is missing`},
	} {
		d := retired(t, c.entries...).defects(t)
		if d[0].Path != c.path || d[0].Line != c.line || !strings.Contains(d[0].Message.EN, c.want) {
			t.Errorf("%s: %v", c.name, d)
		}
	}
	// An overlay may not use the id either, nor decide about it.
	f := retired(t, "id: stores.labelled, since: 2026-01-01", "id: stores.keeping, successor: stores.kept, since: 2026-02-01")
	if d := f.with("checks/overlays/city.yaml", addedCheck("stores.labelled", "")).defects(t, "city"); len(d) != 1 || d[0].Path != "checks/overlays/city.yaml" {
		t.Errorf("an overlay uses it: %v", d)
	}
	for id, want := range map[string]string{"stores.keeping": `check "stores.keeping" is retired since 2026-02-01: write stores.kept`, "stores.labelled": "has no successor"} {
		if d := f.with("checks/overlays/city.yaml", decided("effect: confirm; check: "+id)).defects(t, "city"); len(d) != 1 || !strings.Contains(d[0].Message.EN, want) {
			t.Errorf("an overlay decides about %s: %v", id, d)
		}
	}
}
