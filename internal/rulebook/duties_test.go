package rulebook_test

import (
	"strings"
	"testing"
)

func TestDutiesLeadToChecks(t *testing.T) {
	book := tiny(t).with("checks/duties.yaml", duties(t)).load(t)
	for _, c := range book.Regulation.Clauses {
		if len(c.Duties) == 0 {
			t.Errorf("clause %s has no duty", c.ID)
		}
	}
	if why := book.Clause("1.1").Duties[0]; why.Reason.EN != "asks for nothing" || len(why.Checks) > 0 || why.Pos.Line != 2 {
		t.Errorf("%+v", why)
	}
}

// duties is a list that is complete for the tiny rulebook.
func duties(t *testing.T) string {
	t.Helper()
	var list strings.Builder
	list.WriteString("duties:\n")
	book := tiny(t).load(t)
	for _, c := range book.Regulation.Clauses {
		var ids []string
		for _, check := range book.Checks {
			if check.Clauses[0] == c.ID {
				ids = append(ids, check.ID)
			}
		}
		list.WriteString(`  - { clause: "` + c.ID + `", duty: { zh: 要求, en: a duty }, `)
		if len(ids) > 0 {
			list.WriteString("checks: [" + strings.Join(ids, ", ") + "] }\n")
			continue
		}
		list.WriteString("reason: { zh: 不提要求, en: asks for nothing } }\n")
	}
	return list.String()
}

func TestDutiesAreHeldToTheRulebook(t *testing.T) {
	whole := duties(t)
	for _, c := range []struct{ name, old, text, path, want string }{
		{"no such clause", `clause: "1.2"`, `clause: "9.9"`, "checks/duties.yaml", `there is no clause 9.9`},
		{"a clause without a duty", `clause: "1.1"`, `clause: "1.2"`, "checks/regulation.yaml", "checks/duties.yaml says nothing of what clause 1.1 asks for"},
		{"neither checks nor a reason", `, reason: { zh: 不提要求, en: asks for nothing }`, "", "checks/duties.yaml", "the duty has no check: state checks"},
		{"no such check", "[platform.", "[platform.gone, platform.", "checks/duties.yaml", `there is no check "platform.gone"`},
		{"a check of another clause", "[platform.", "[stores.kept, platform.", "checks/duties.yaml", "check stores.kept does not cite clause 1.2"},
		{"a check without a duty", "stores.kept, ", "", "checks/stores.yaml", "check stores.kept stands under no duty of clause 2.1"},
	} {
		if !strings.Contains(whole, c.old) {
			t.Fatalf("%s: %q is not in\n%s", c.name, c.old, whole)
		}
		found := false
		for _, d := range tiny(t).with("checks/duties.yaml", strings.Replace(whole, c.old, c.text, 1)).defects(t) {
			found = found || d.Path == c.path && strings.Contains(d.Message.EN, c.want)
		}
		if !found {
			t.Errorf("%s: not refused", c.name)
		}
	}
}

// Whoever writes a retired id is led to its successor; what an overlay adds needs
// no duty.
func TestDutiesFollowRetiredIDsAndSpareOverlays(t *testing.T) {
	f := retired(t, "id: stores.older, successor: stores.kept, since: 2026-01-01")
	d := f.with("checks/duties.yaml", strings.Replace(duties(t), "stores.kept", "stores.older", 1)).defects(t)
	if !strings.Contains(d.Error(), `check "stores.older" is retired since 2026-01-01: write stores.kept`) {
		t.Error(d)
	}
	tiny(t).with("checks/duties.yaml", duties(t)).with("checks/overlays/city.yaml", addedCheck("stores.extra", "")).load(t, "city")
}
