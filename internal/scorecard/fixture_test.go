package scorecard_test

import (
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"io"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"hegui"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/picture"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/scorecard"
	"hegui/internal/source"
)

// city judges this repository's platforms by its own rulebook, compared with
// what the same files were worth in September.
func city(t testing.TB) *results.Results {
	t.Helper()
	now := examined(t, "2026-12-01")
	before := examined(t, "2026-09-01")
	earlier := results.NewEarlier(before, nil)
	for i := range before.Platforms {
		earlier.Add(&before.Platforms[i])
	}
	for i := range now.Platforms {
		earlier.Compare(&now.Platforms[i])
	}
	return now
}

// auditorOn judges this repository's platforms as of a day.
func auditorOn(t testing.TB, day string) *audit.Auditor {
	t.Helper()
	asOf, err := calendar.ParseDate(day)
	check(t, err)
	tree, err := source.OpenDir(filepath.Join("..", ".."))
	check(t, err)
	book, err := loadBook()
	check(t, err)
	return &audit.Auditor{Tree: tree, Rulebook: book, AsOf: asOf, Jobs: 2}
}

// foresee adds to each platform what lapses of it up to a day.
func foresee(t testing.TB, r *results.Results, until string) {
	t.Helper()
	last, err := calendar.ParseDate(until)
	check(t, err)
	auditor := auditorOn(t, r.AsOf)
	forecasts := map[string]*results.Forecast{}
	failures := results.Foresee(context.Background(), auditor, audit.Discover(auditor.Tree, nil), last, results.Everything, func(p results.Platform) { forecasts[p.ID] = p.Forecast.For(results.Internal) })
	if len(failures) > 0 {
		t.Fatal(failures)
	}
	for i := range r.Platforms {
		r.Platforms[i].Forecast = forecasts[r.Platforms[i].ID]
	}
}

func examined(t testing.TB, day string) *results.Results {
	t.Helper()
	auditor := auditorOn(t, day)
	r := results.Collect(context.Background(), results.Run{Rulebook: auditor.Rulebook, AsOf: day, Version: "test"}, auditor, audit.Discover(auditor.Tree, nil)).For(results.Internal)
	if len(r.Errors) > 0 || len(r.Platforms) != 3 {
		t.Fatalf("%d platforms, errors %v", len(r.Platforms), r.Errors)
	}
	return r
}

var loadBook = sync.OnceValues(func() (*rulebook.Rulebook, error) { return rulebook.Load(source.FromFS(hegui.Rulebook)) })

// tiny are results of one platform with a value in every place that a page
// shows.
func tiny() *results.Results {
	here := finding.Location{Path: "platforms/one/a.yaml", Line: 3, Column: 4, EndLine: 3, EndColumn: 7, Pointer: "/a"}
	basis := rulebook.Basis{Kind: "standard", Source: lang.Same("GB/T 1"), Confidence: "read"}
	limits := []rulebook.Limit{{Name: "max_age", Value: "P1Y", Basis: basis, Overlay: "city"}}
	title := lang.Say("标题", "title")
	return &results.Results{
		SchemaVersion: results.SchemaVersion, Tool: results.Tool{Name: "hegui", Version: "1"},
		Rulebook: results.Rulebook{Digest: "sha256:0", Regulation: "rule", Title: title, Note: title, Overlays: []string{"city"}, Minimum: "60.0",
			Sections: []results.Section{{ID: "1.1", Title: title}}, Grades: []results.GradeRange{{ID: "good", Min: "80.0", Title: title}}},
		AsOf: "2026-12-01", Audience: "assessor", Revision: &results.Revision{Commit: "abc"}, Errors: []lang.Text{title},
		Summary: results.Summary{Platforms: 1},
		Platforms: []results.Platform{{
			ID: "one", Path: "platforms/one", Code: "one", Name: title, Kind: "k", KindTitle: title, Stage: "s", StageTitle: title, MLPSLevel: 3, Sensitivity: "internal", Profile: rulebook.Essential,
			Reasons: []lang.Text{title}, Grade: results.Grade{ID: "good", Title: title, Vetoes: []string{"a.b", "document.x"}, Open: 2},
			Score:    results.Score{Raw: "50.0", Adjusted: "50.0", PointsApplicable: "10.0", Gained: "5.0000"},
			Chapters: []results.Chapter{{ID: "1", Title: title, Points: "10.0", Score: "50.0", Gained: "5.0000"}},
			Clauses: []results.Clause{
				{ID: "1.1.1", Title: title, Points: "10.0", Score: "50.0", Verdict: "partly_met", Waived: true, Checks: []string{"a.b"}, Chapter: "1", Section: "1.1",
					Home: []string{"a.b"}, Weight: "10.0", Attained: "5.0", Gained: "5.0000"},
				{ID: "1.1.2", Title: title, Verdict: "not_applicable", Reason: title, Chapter: "1", Section: "1.1"},
			},
			Checks: []results.Check{{Demand: &results.Demand{ID: "a.b", Title: title, Clauses: []string{"1.1.1"}, Effort: "small", Severity: finding.Blocker, Weight: 10, Limits: limits, Basis: basis}, Outcome: finding.Fail, Attainment: "0.5", Attained: "5.0",
				Items: []results.Item{{Item: "x", Outcome: finding.Pass}, {Item: "y", Outcome: finding.Waived}}, CausedBy: []string{"g"}, Reason: title}},
			Findings: []finding.Finding{
				{Check: "a.b", Clauses: []string{"1.1.1"}, Severity: finding.Blocker, Item: "x", Message: title, Remedy: title, Source: title, Fingerprint: "f", Location: here, Excerpt: "ab：cdefgh",
					Because: []finding.Reason{{Message: title, Fields: []string{"a.b"}, Location: finding.Location{Path: "platforms/one/b.yaml", Line: 5}}}},
				{Check: "schema.x", Severity: finding.Minor, Waived: true, Message: title, Source: title, Fingerprint: "g", Location: here, Excerpt: "a"},
			},
			Evidence:  []audit.Evidence{{Path: "platforms/one/e.md", SHA256: "0", Location: here}, {URL: "https://example.gov.cn/", Location: here}, {Ref: "r", HeldBy: "post", Location: here}},
			Decisions: []results.Decision{{Check: "a.b", Title: title, Effect: "replace", Subject: title, Limit: "max_x", Before: title, After: lang.Same("y"), Overlay: "o", By: "p", On: "2026-01-01", Reason: title, Source: title}},
			Waivers: []examine.Waiver{{Check: "a.b", Item: "y", Reason: "why", RequestedBy: "p", ApprovedBy: "q", ApprovedOn: "2026-01-01", Expires: "2026-12-31",
				State: "active", Location: here}},
			Previous: &results.Previous{AsOf: "2026-01-01", Score: results.Score{Raw: "40.0"}, Grade: results.Grade{Title: title},
				Verdicts: []results.VerdictChange{{Clause: "1.1.1", Before: "met", After: "partly_met"}}, Repeated: []string{"f"}},
			Past:         past("one", title),
			Verification: &results.Verification{Claims: 3, Verified: 1},
			Picture: &picture.Picture{Unread: []string{"a"}, Columns: []picture.Part{{ID: "0-1", List: "a.sites", Kind: title, Name: "east", Key: "east", State: picture.Failing, Findings: []string{"f"}}},
				Parts: []picture.Part{
					{ID: "1-1", List: "a.parts", Kind: title, Name: "front", Key: "a", Says: []lang.Text{title}, Columns: []string{"0-1"}, Guards: []picture.Guard{{Kind: title, Name: "g", Says: title}}, State: picture.Met},
					{ID: "2-1", List: "a.peers", Kind: title, Name: "peer", Key: "b", Of: []string{"1-1"}, Outside: true, Shape: "peer", Guards: []picture.Guard{{Kind: title, Name: "g", Says: title, Open: true}}, State: picture.Waiting},
				}},
		}},
	}
}

// past is a platform before: judged, not judged, gone, and judged by another rulebook,
// with a record that came late and was rewritten.
func past(id string, text lang.Text) *results.HistoryLine {
	point := func(at int, on string, score results.Number, causes ...string) results.HistoryPoint {
		return results.HistoryPoint{At: at, Commit: "0123456789abcdef", ID: id, Causes: causes,
			Outlook: results.Outlook{On: on, Score: score, Grade: results.Grade{ID: "good", Title: text}, Compliant: score > "60"}}
	}
	gap, gone := point(1, "2026-03-01", ""), point(2, "2026-04-01", "")
	gap.Gap, gone.Gone = text, true
	from := results.Origin{Commit: "0123456789abcdef", On: "2026-01-01", Unit: text, Signed: true}
	return &results.HistoryLine{ID: id, Points: []results.HistoryPoint{point(0, "2026-01-01", "90.0", "first"), gap, gone, point(3, "2026-06-01", "50.0", "description", "rulebook")},
		Claims: []results.HistoryClaim{{List: "a/records", On: "2025-12-01", Path: "platforms/" + id + "/a.yaml", Line: 3, Appeared: from, Changed: &from, Remarks: []string{"late", "rewritten"}}}}
}

// poisoned replaces every string but numbers.
func poisoned(payload string) *results.Results {
	r := tiny()
	poison(reflect.ValueOf(r).Elem(), payload)
	// One folder, so that the table of bureaus keeps its shape.
	r.Platforms[0].ID = strings.ReplaceAll(payload, "/", "∕")
	return r
}

func poison(v reflect.Value, payload string) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() != reflect.TypeFor[results.Number]() && v.CanSet() {
			v.SetString(payload)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			poison(v.Elem(), payload)
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i), payload)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			poison(v.Field(i), payload)
		}
	}
}

// hostile are strings that a pull request may put wherever a string stands.
func hostile() map[string]string {
	return map[string]string{
		"markup":    `<script>alert(1)</script>`,
		"attribute": `"><img src=x onerror=alert(1)>`,
		"single":    `' onmouseover='alert(1)' x='`,
		"closing":   `</style></script></title></textarea><!--<svg onload=alert(1)>`,
		"cdata":     `]]>`,
		"scheme":    `javascript:alert(1)`,
		"address":   `https://evil.example/"><script>alert(1)</script>`,
		"template":  `{{.}}${alert(1)}`,
		"formula":   `=HYPERLINK("https://evil.example","x")`,
		"command":   "::error::x\n| `a` |",
		"ansi":      "\x1b[31mred\x00\xff",
		"bidi":      "a\u202egnp.\u2066exe \u200fאבג",
		"emoji":     strings.Repeat("👩‍👩‍👧‍👦", 40),
		"marks":     "z" + strings.Repeat("\u0335", 500),
		"long":      strings.Repeat("x", 100_000),
		"climb":     "../../../etc/passwd",
		"empty":     "",
	}
}

var packed = regexp.MustCompile(`<script type="text/plain" class="packed" data-size="(\d+)">([^<]*)</script>`)

// unpacked is a page as its script makes it: with what is packed in its place, instead
// of what is said where scripts do not run.
func unpacked(t testing.TB, page string) string {
	t.Helper()
	page = packed.ReplaceAllStringFunc(page, func(script string) string {
		found := packed.FindStringSubmatch(script)
		var data []byte
		held, holds := 0, 0
		for text := strings.ReplaceAll(found[2], "!", "<"); len(text) > 1; text = text[2:] {
			held |= (int(text[0]-'#')*91 + int(text[1]-'#')) << holds
			for holds += 13; holds > 7; holds -= 8 {
				data, held = append(data, byte(held)), held>>8
			}
		}
		content, err := io.ReadAll(flate.NewReader(bytes.NewReader(data)))
		check(t, err)
		if found[1] != strconv.Itoa(len(content)) {
			t.Errorf("%d bytes are packed, not %s as the page says", len(content), found[1])
		}
		return string(content)
	})
	return plain.ReplaceAllString(page, "")
}

func lay(t testing.TB, dir string, r *results.Results, o report.Options, jobs int) {
	t.Helper()
	check(t, write(context.Background(), dir, r, o, jobs))
}

// write lays the package of a run whose platforms are known.
func write(ctx context.Context, dir string, r *results.Results, o report.Options, jobs int) error {
	p, err := scorecard.Begin(ctx, dir, r.Begun(), o, jobs)
	if err != nil {
		return err
	}
	for i := range r.Platforms {
		if err := p.Platform(&r.Platforms[i]); err != nil {
			return errors.Join(err, p.Close())
		}
	}
	return errors.Join(p.End(r), p.Close())
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
