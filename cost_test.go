package hegui_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"hegui"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// A platform on which the checks have used up what all of them may cost is the
// description's fault: the next check says so, applies, and does not break.
func TestSpentPurseIsNoDefect(t *testing.T) {
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	check := book.Checks[0]
	for _, candidate := range book.Checks {
		if candidate.When != "" && len(candidate.Each) > 0 {
			check = candidate
			break
		}
	}
	frame, level, err := book.Frame(book.Baseline(), check.AsOf())
	if err != nil {
		t.Fatal(err)
	}
	spent := 0
	for range 1_000_000 {
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

// Ten years of daily records in every list that has dates cost no check its
// limit. Those that still compare each record with each of the others are
// named; who mends one takes it off the list.
func TestTenYearsOfDaysAreNotTooCostly(t *testing.T) {
	quadratic := []string{"assessment.score-adds-up", "contingency.drill-coverage", "contingency.drill-interval", "contingency.plan-training", "hardening.scans-unbroken", "operations.inspections-unbroken"}
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	asOf, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	grown, costly := 0, []string{}
	for _, long := range book.Schemas.Topics() {
		topics := topicsOf(t, book, "platforms/government-services")
		if topics[long.Name] == nil {
			continue
		}
		grown += fill(long.Root, topics[long.Name], asOf)
		for _, check := range book.Checks {
			if !slices.Contains(check.Topics(), long.Name) {
				continue
			}
			frame, level, err := book.Frame(topics, asOf) // one costly check must not empty the others' purse
			if err != nil {
				t.Fatal(err)
			}
			judgement, err := check.Judge(frame, level)
			if err != nil {
				t.Fatal(err)
			}
			if judgement.TooCostly && !slices.Contains(costly, check.ID) {
				costly = append(costly, check.ID)
			}
		}
	}
	if grown < 100 {
		t.Errorf("only %d lists of records", grown)
	}
	if slices.Sort(costly); !slices.Equal(costly, quadratic) {
		t.Errorf("too costly are %q, want %q", costly, quadratic)
	}
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

// fill gives each list of records that a value holds a record a day, lists
// within records apart, and returns how many it has filled.
func fill(t *schema.Type, v *document.Value, asOf calendar.Date) int {
	lists := 0
	for _, field := range v.Fields {
		if known := t.Field(field.Key); known != nil {
			lists += fill(known.Type, field.Value, asOf)
		}
	}
	if t.Kind != schema.List || len(v.Items) == 0 {
		return lists
	}
	required := func(kind schema.Kind) int {
		return slices.IndexFunc(t.Item.Fields, func(f schema.Field) bool { return f.Required && f.Type.Kind == kind })
	}
	dated := required(schema.Date)
	if dated < 0 || required(schema.Evidence) < 0 {
		for _, item := range v.Items {
			lists += fill(t.Item, item, asOf)
		}
		return lists
	}
	for i := len(v.Items); i < tenYears; i++ {
		v.Items = append(v.Items, copied(v.Items[0], v, i, map[string]string{
			t.Key:                     "r" + strconv.Itoa(i),
			t.Item.Fields[dated].Name: asOf.Add(calendar.Period{Days: -i}).String(),
		}))
	}
	return 1
}

// copied is an item of a list once more, with some of its texts replaced.
func copied(item, list *document.Value, index int, texts map[string]string) *document.Value {
	out := *item
	out.Parent, out.Index, out.Fields = list, index, slices.Clone(item.Fields)
	for i, field := range out.Fields {
		if text, ok := texts[field.Key]; ok {
			value := *field.Value
			value.Parent, value.Text = &out, text
			out.Fields[i].Value = &value
		}
	}
	return &out
}
