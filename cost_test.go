package hegui_test

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"hegui"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/corpus"
	"hegui/internal/document"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// A platform on which the checks have used up what all of them may cost is the
// description's fault: the next check says so, applies, and does not break.
func TestSpentPurseIsNoDefect(t *testing.T) {
	book := loadRulebook(t)
	check := book.Checks[0]
	for _, candidate := range book.Checks {
		if candidate.When != "" && len(candidate.Each) > 0 {
			check = candidate
			break
		}
	}
	frame, level := book.Frame(book.Baseline(), check.AsOf())
	spent := 0
	for range 50_000_000 {
		judgement, err := check.Judge(frame, level)
		if err != nil {
			t.Fatalf("a spent purse is told as a defect of the check: %v", err)
		}
		if !judgement.TooCostly {
			continue
		}
		if !judgement.Applies {
			t.Error("a check that is too costly no longer applies")
		}
		// The first runs dry half-way, the next already at its condition.
		if spent++; spent == 2 {
			return
		}
	}
	t.Error("the purse is never spent")
}

// tenYears is how many records ten years of days make.
const tenYears = 3_650

// model is the described platform that has most lists.
const model = "government-services"

// daily writes a platform with a record a day in every list of dated records of
// its busy topics into a repository of its own, and returns where and how many
// lists these are.
func daily(t *testing.T, book *rulebook.Rulebook, days int, busy func(topic string) bool) (dir string, lists int) {
	t.Helper()
	dir = t.TempDir()
	at := filepath.Join(dir, audit.PlatformsDir, model)
	described := filepath.Join(audit.PlatformsDir, model)
	if err := os.CopyFS(filepath.Join(at, "evidence"), os.DirFS(filepath.Join(described, "evidence"))); err != nil {
		t.Fatal(err)
	}
	d := &corpus.Daily{Topics: topicsOf(t, book, described), Busy: busy, Days: days, AsOf: theDay(t)}
	lists, err := d.Write(at, book.Schemas.Topics())
	if err != nil {
		t.Fatal(err)
	}
	return dir, lists
}

// Ten years of daily records in every list that has dates, with their evidence,
// one topic after the other, are read and judged like any other platform: no file
// is too large, no check too costly, and the platform is as compliant as before.
func TestTenYearsOfDaysAreJudged(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(512 << 20)) // beside other packages' tests
	book := loadRulebook(t)
	var lists atomic.Int64
	t.Run("topics", func(t *testing.T) {
		for _, s := range book.Schemas.Topics() {
			t.Run(s.Name, func(t *testing.T) {
				t.Parallel()
				lists.Add(int64(judgeTenYears(t, book, s.Name)))
			})
		}
	})
	if lists.Load() < 150 {
		t.Errorf("only %d lists of records", lists.Load())
	}
}

// judgeTenYears judges a platform whose lists in one topic go back ten years, and
// returns how many these are.
func judgeTenYears(t *testing.T, book *rulebook.Rulebook, topic string) (lists int) {
	days := tenYears
	if testing.Short() {
		days = 100
	}
	dir, lists := daily(t, book, days, func(other string) bool { return other == topic })
	tree, err := source.OpenDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	auditor := &audit.Auditor{Tree: tree, Rulebook: book, AsOf: theDay(t)}
	r := results.Collect(t.Context(), results.Run{Rulebook: book, AsOf: asOf}, auditor, audit.Discover(tree, nil)).For(results.Internal)
	if len(r.Errors) > 0 || len(r.Platforms) != 1 {
		t.Fatalf("%d platforms, errors %v", len(r.Platforms), r.Errors)
	}
	if !r.Platforms[0].Compliant {
		t.Error("the platform is not compliant")
	}
	for _, f := range r.Platforms[0].Findings {
		if family, _, _ := strings.Cut(f.Check, "."); slices.Contains([]string{"document", "schema", "fact", "evidence"}, family) {
			t.Fatalf("%s: %s", f.Check, f.Message.EN)
		}
	}
	return lists
}

// Records that are only older change no answer to what is asked of the newest.
func TestOlderDaysHideNothing(t *testing.T) {
	book := loadRulebook(t)
	before := topicsOf(t, book, filepath.Join(audit.PlatformsDir, model))
	dir, _ := daily(t, book, 40, func(string) bool { return true })
	after := topicsOf(t, book, filepath.Join(dir, audit.PlatformsDir, model))
	asked := 0
	for _, check := range book.Checks {
		if !strings.Contains(check.Assert, ".newest(") {
			continue
		}
		asked++
		got, want := outcomes(t, book, check, after), outcomes(t, book, check, before)
		for item, outcome := range want {
			if got[item] != outcome {
				t.Errorf("%s: %s is %s with 40 days before, %s without", check.ID, item, got[item], outcome)
			}
		}
	}
	if asked < 80 {
		t.Errorf("only %d checks ask for the newest", asked)
	}
}

// outcomes are what came of the items of a check, by their names.
func outcomes(t *testing.T, book *rulebook.Rulebook, check *rulebook.Check, topics rulebook.Topics) map[string]string {
	t.Helper()
	frame := book.Env.NewFrame(theDay(t))
	for _, s := range book.Schemas.Topics() {
		if err := frame.Bind(s.Name, s.Root, topics[s.Name]); err != nil {
			t.Fatal(err)
		}
	}
	judgement, err := check.Judge(frame, book.Level(frame, topics[rulebook.HeaderTopic]))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, item := range judgement.Items {
		out[item.Name()] = string(item.Outcome)
	}
	return out
}

// topicsOf are the topics of a described platform.
func topicsOf(t *testing.T, book *rulebook.Rulebook, dir string) map[string]*document.Value {
	t.Helper()
	topics := map[string]*document.Value{}
	for _, topic := range book.Schemas.Topics() {
		data, err := os.ReadFile(filepath.Join(dir, topic.Name+".yaml"))
		if err != nil {
			continue
		}
		topics[topic.Name] = document.Parse(topic.Name, data, document.DefaultLimits()).Root
	}
	return topics
}

func theDay(t *testing.T) calendar.Date {
	t.Helper()
	day, err := calendar.ParseDate(asOf)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

func loadRulebook(t *testing.T) *rulebook.Rulebook {
	t.Helper()
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	return book
}
