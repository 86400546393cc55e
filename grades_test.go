package hegui_test

import (
	"testing"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

// A platform of S3A2 owes the backups of level 2 and the secrecy of level 3: what
// breaks a demand that goes by its service grade breaks none that only level 3
// has, and all else is judged as before.
func TestBackupsFollowTheServiceGrade(t *testing.T) { lowerGrade(t, "availability_level", 4) }

// The same of S2A3.
func TestSecrecyFollowsTheSecurityGrade(t *testing.T) { lowerGrade(t, "security_level", 4) }

// lowerGrade lowers one grade of the compliant platform, as its filing states,
// and judges every bad example there.
func lowerGrade(t *testing.T, grade string, least int) {
	t.Helper()
	book := openRepo(t).book
	two := document.NewInt(2)
	lower := rulebook.Example{Set: []rulebook.Assignment{
		{Pointer: "/platform/" + grade, Value: two}, {Pointer: "/platform/filings/2/" + grade, Value: two},
	}}
	judged := func(check *rulebook.Check, topics rulebook.Topics) rulebook.Judgement {
		frame, level := book.Frame(topics, check.AsOf())
		j, err := check.Judge(frame, level)
		if err != nil {
			t.Fatal(err)
		}
		return j
	}
	fails := func(j rulebook.Judgement) (failed bool) {
		for _, item := range j.Items {
			failed = failed || item.Outcome == finding.Fail
		}
		return failed
	}
	lowered, excused := patched(t, lower, book.Baseline()), 0
	for _, check := range book.Checks {
		if fails(judged(check, lowered)) {
			t.Errorf("%s fails on a platform that states a lower %s as filed", check.ID, grade)
		}
		for _, e := range check.Examples() {
			before := patched(t, e, book.Baseline())
			if e.Good || before["platform"] == nil || before["platform"].Get("mlps_level").Int() != 3 || before["platform"].Get(grade) != nil || len(before["platform"].ListAt("filings")) < 3 {
				continue
			}
			switch after := judged(check, patched(t, lower, before)); {
			case check.Level != grade && !fails(after):
				t.Errorf("%s does not go by %s, and no longer fails", check.ID, grade)
			case check.Level == grade && !after.Applies:
				excused++
			}
		}
	}
	if excused < least {
		t.Errorf("only %d examples are excused by a lower %s", excused, grade)
	}
}
