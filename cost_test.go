package hegui_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
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

// Ten years of daily records in every list that has dates cost no check its
// limit, and what asks for the newest is judged as before: the newest is as good
// as it was.
func TestTenYearsOfDaysAreNotTooCostly(t *testing.T) {
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	asOf, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	described, asked := topicsOf(t, book, "platforms/government-services"), 0
	grown := 0
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
			frame := sound(t, book, topics, asOf) // one costly check must not empty the others' purse
			level := book.Level(frame, topics[rulebook.HeaderTopic])
			judgement, err := check.Judge(frame, level)
			if err != nil {
				t.Fatal(err)
			}
			if judgement.TooCostly {
				t.Errorf("%s is too costly", check.ID)
			}
			if !strings.Contains(check.Assert, ".newest(") {
				continue
			}
			asked++
			before, err := check.Judge(sound(t, book, described, asOf), level)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := outcomes(judgement), outcomes(before); got != want {
				t.Errorf("%s: with ten years of %s %.99s, without %.99s", check.ID, long.Name, got, want)
			}
		}
	}
	if grown < 100 {
		t.Errorf("only %d lists of records", grown)
	}
	if asked < 80 {
		t.Errorf("only %d judgements ask for the newest", asked)
	}
}

// sound shows checks a description that needs no holding to its schemas.
func sound(t *testing.T, book *rulebook.Rulebook, topics rulebook.Topics, asOf calendar.Date) *rulebook.Frame {
	t.Helper()
	frame := book.Env.NewFrame(asOf)
	for _, s := range book.Schemas.Topics() {
		if err := frame.Bind(s.Name, s.Root, topics[s.Name]); err != nil {
			t.Fatal(err)
		}
	}
	return frame
}

// outcomes are the items of a judgement with what came out.
func outcomes(j rulebook.Judgement) string {
	var out []string
	for _, item := range j.Items {
		out = append(out, item.Name()+" "+string(item.Outcome))
	}
	return strings.Join(out, ", ")
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

// fill gives each list of records that a value holds a record a day for ten
// years before its newest, which it repeats, and returns how many it has filled.
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
	dated := slices.IndexFunc(t.Item.Fields, func(f schema.Field) bool { return f.Required && f.Type.Kind == schema.Date })
	if t.Key != "id" || dated < 0 {
		for _, item := range v.Items {
			lists += fill(t.Item, item, asOf)
		}
		return lists
	}
	newest, last, date := v.Items[0], calendar.Date{}, t.Item.Fields[dated].Name
	for _, item := range v.Items {
		if d, err := calendar.ParseDate(item.Get(date).Text); err == nil && !d.After(asOf) && !d.Before(last) {
			newest, last = item, d
		}
	}
	for i := 1; i <= tenYears; i++ {
		v.Items = append(v.Items, copied(newest, v, len(v.Items), map[string]string{
			t.Key: "r" + strconv.Itoa(i),
			date:  last.Add(calendar.Period{Days: -i}).String(),
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
