package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/results"
)

// Of more results than code scanning takes the severest are written, in their
// order, with how many there are.
func TestSARIFIsCut(t *testing.T) {
	r := cityResults()
	one := r.Platforms[0].Findings[1]
	r.Platforms = r.Platforms[:1]
	r.Platforms[0].Findings = nil
	for i := range 40 {
		f := one
		f.Severity, f.Waived, f.Item = finding.Severities()[i%4], i%8 == 0, fmt.Sprint(i)
		f.Fingerprint = fmt.Sprintf("%032x", i)
		r.Platforms[0].Findings = append(r.Platforms[0].Findings, f)
	}
	for most, want := range map[int]string{
		12: "1 4 5 9 12 13 17 20 21 25 28 36", // of the blockers those that are not waived, of the majors the first
		40: "", 41: "",
	} {
		log := sarifOf(t, r, most)
		var items []string
		for _, result := range log.Runs[0].Results {
			items = append(items, fmt.Sprint(result.Properties["item"]))
			if result.RuleID != one.Check {
				t.Errorf("%d: rule %s", most, result.RuleID)
			}
		}
		notes := log.Runs[0].Invocations[0].Notifications
		cut := len(notes) > 0 && notes[0].Level == "warning" && strings.Contains(notes[0].Message.Text, "of 40 results only the 12 severest")
		if want != "" && strings.Join(items, " ") != want || want == "" && len(items) != 40 || cut != (want != "") {
			t.Errorf("at most %d: %q, said %v", most, items, cut)
		}
	}
	begun, err := sarifFormat{}.Begin(&bytes.Buffer{}, r.Begun(), Options{})
	if err != nil || begun.(*sarifReport).most != 25_000 {
		t.Errorf("%v, %+v", err, begun)
	}
}

// sarifOf writes at most some results.
func sarifOf(t *testing.T, r *results.Results, most int) sarifLog {
	t.Helper()
	var out bytes.Buffer
	begun, err := sarifFormat{}.Begin(&out, r.Begun(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := begun.(*sarifReport)
	d.most = most
	for i := range r.Platforms {
		if err := d.Platform(&r.Platforms[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.End(r); err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(out.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	return log
}
