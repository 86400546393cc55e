package report_test

import (
	"bytes"
	"strings"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/report"
	"hegui/internal/results"
)

// What a platform says is text in every format of a plan.
func TestPlansAreInert(t *testing.T) {
	now := results.Outlook{On: "2027-03-01", Score: "83.7", Grade: results.Grade{Title: lang.Say("良好", "good")}, Compliant: true}
	hostile := "=cmd|' /C calc'!A0\x1b[31m"
	plan := &results.Plan{Target: lang.Say("合规", "compliance"), By: now.On, Now: now, Otherwise: now, After: now, Reached: true, Effort: 1, Least: 1, Obstacles: []lang.Text{lang.Same(hostile)},
		Steps:    []results.PlanStep{{Check: "stores.fresh", Title: lang.Say("近期做过备份", "Backups are fresh"), Severity: finding.Major, Items: []string{hostile}, Effort: "small", Costs: 1, Gain: "1.5000", After: now}},
		Together: []results.Together{{About: lang.Same(hostile), Checks: []string{"a.b", "c.d"}, At: &finding.Location{Path: "platforms/\x1b[31m/x.yaml", Line: 1, Column: 1}}}}
	r := &results.Results{AsOf: now.On, Platforms: []results.Platform{{ID: "good", Name: lang.Same(hostile), Plan: plan}}, Summary: results.Summary{Platforms: 1}}
	for _, f := range report.PlanFormats() {
		var out bytes.Buffer
		if err := report.Write(&out, f, r, report.Options{Language: lang.Chinese}); err != nil {
			t.Fatal(err)
		}
		if written := out.String(); strings.Contains(written, "\x1b[31m") || f.Name() == "csv" && (strings.Contains(written, ",=cmd") || !strings.Contains(written, "'=cmd")) {
			t.Errorf("%s: %q", f.Name(), written)
		}
	}
}
