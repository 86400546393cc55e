package draft_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"hegui"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/draft"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/source"
)

var update = flag.Bool("update", false, "rewrite goldens to what is drafted")

// own is this repository's rulebook.
var own = sync.OnceValues(func() (*rulebook.Rulebook, error) { return rulebook.Load(source.FromFS(hegui.Rulebook)) })

var day = calendar.On(time.Date(2026, time.December, 1, 0, 0, 0, 0, time.UTC))

// plan is what a platform is asked for, and the rulings behind it.
func plan(t *testing.T, book *rulebook.Rulebook, header draft.Header, language lang.Language) (*draft.Draft, []audit.Ruling) {
	t.Helper()
	rulings, err := (&audit.Auditor{Rulebook: book, AsOf: day}).Rulings(header.Root())
	if err != nil {
		t.Fatal(err)
	}
	return &draft.Draft{Asked: audit.AskedBy(rulings), Schemas: book.Schemas, Language: language}, rulings
}

func header(t *testing.T, book *rulebook.Rulebook, facts ...string) draft.Header {
	t.Helper()
	h := draft.Header{}
	for _, fact := range facts {
		key, value, _ := strings.Cut(fact, "=")
		if err := h.State(book.Schemas.Find(rulebook.HeaderTopic), key, value); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// judgedBy is the rulebook with a policy that judges everything by one profile.
func judgedBy(t *testing.T, profile rulebook.Profile) *rulebook.Rulebook {
	t.Helper()
	book, err := own()
	if err != nil {
		t.Fatal(err)
	}
	other := *book
	other.Policy.Profiles = rulebook.ProfilePolicy{Default: profile}
	return &other
}

// Whatever a platform is, its draft is sound but for what is not filled in, and asks
// for nothing that would not be judged.
func TestEveryDraft(t *testing.T) {
	for _, profile := range []rulebook.Profile{rulebook.Essential, rulebook.Full} {
		book := judgedBy(t, profile)
		root := book.Schemas.Find(rulebook.HeaderTopic).Root
		for _, kind := range root.Field("kind").Type.Enum {
			for _, stage := range root.Field("stage").Type.Enum {
				for level := 1; level <= rulebook.MaxLevel; level++ {
					h := header(t, book, "code=x", "kind="+kind, "stage="+stage, fmt.Sprintf("mlps_level=%d", level))
					sound(t, fmt.Sprintf("%s %s %d %s", kind, stage, level, profile), book, h)
				}
			}
		}
	}
}

// shown is the mark of lines that show an item which may not be there.
var shown = regexp.MustCompile(`(?m)^#(  +)`)

func sound(t *testing.T, what string, book *rulebook.Rulebook, h draft.Header) {
	t.Helper()
	p, rulings := plan(t, book, h, lang.English)
	read := map[string]bool{}
	for i := range rulings {
		if rulings[i].Applies && rulings[i].Unjudged.IsZero() {
			for _, place := range rulings[i].Rule.Fields() {
				read[place] = true
			}
		}
	}
	for _, s := range p.Topics() {
		known := draft.Header{}
		if s.Name == rulebook.HeaderTopic {
			known = h
		}
		text := p.Topic("bureau/x", s, known)
		for _, file := range [][]byte{text, shown.ReplaceAll(text, []byte("$1"))} {
			doc := document.Parse(s.Name+".yaml", file, document.DefaultLimits())
			if !doc.Sound() {
				t.Fatalf("%s: %s is not sound: %+v", what, s.Name, doc.Problems)
			}
			for _, v := range s.Validate(doc.Root) {
				if v.Lacks == nil {
					t.Errorf("%s: %s:%d: %s", what, s.Name, v.Start.Line, v.Message.EN)
				}
			}
			s.Walk(doc.Root, func(at *schema.Type, v *document.Value) {
				if v.Parent != nil && v.Parent.Kind == document.Map && !read[at.Name] && !required(s.Root, at.Name) && !within(read, at.Name) {
					t.Errorf("%s: nothing reads %s", what, at.Name)
				}
			})
		}
	}
}

// required reports whether the object that a place lies in demands it.
func required(t *schema.Type, place string) bool {
	names := strings.Split(place, ".")[1:]
	for i, name := range names {
		if t.Kind == schema.List {
			t = t.Item
		}
		field := t.Field(name)
		if field == nil {
			return false
		}
		if t = field.Type; i == len(names)-1 {
			return field.Required
		}
	}
	return false
}

// within reports whether something inside of a place is read.
func within(read map[string]bool, place string) bool {
	for other := range read {
		if strings.HasPrefix(other, place+".") {
			return true
		}
	}
	return false
}

// A draft of which nothing is filled in passes no check, and holds the place of
// everything that a check waits for.
func TestNoDraftPasses(t *testing.T) {
	for _, facts := range [][]string{
		{"kind=other", "stage=operating", "mlps_level=2"}, {"kind=other", "stage=operating", "mlps_level=2", "internet_facing=false", "government_portal=false"}, {"kind=government_service", "stage=operating", "mlps_level=3"}, {"kind=gov_website", "stage=planning", "mlps_level=1"},
	} {
		book := judgedBy(t, rulebook.Full)
		h := header(t, book, append(facts, "code=x")...)
		p, _ := plan(t, book, h, lang.Chinese)
		topics := rulebook.Topics{}
		for _, s := range p.Topics() {
			known := draft.Header{}
			if s.Name == rulebook.HeaderTopic {
				known = h
			}
			topics[s.Name] = document.Parse(s.Name+".yaml", p.Topic("x", s, known), document.DefaultLimits()).Root
		}
		frame, _ := book.View(topics, nil, day)
		for _, rule := range book.Checks {
			judgement, err := rule.Judge(frame, book.Level(frame, topics[rulebook.HeaderTopic]))
			if err != nil {
				t.Fatal(err)
			}
			outcome := finding.NotApplicable
			for _, item := range judgement.Items {
				outcome = outcome.Join(item.Outcome)
				for _, absent := range item.Absent {
					if len(absent.Defects) == 0 && absent.In.Field(absent.Key) == nil {
						t.Errorf("%v: %s waits for %s, for which the draft has no place", facts, rule.ID, absent.Path())
					}
				}
			}
			if outcome == finding.Pass {
				t.Errorf("%v: %s passes on an empty draft", facts, rule.ID)
			}
		}
	}
}

func TestGolden(t *testing.T) {
	book := judgedBy(t, rulebook.Essential)
	h := header(t, book, "code=medical", "name.zh=云州市医疗保障平台", "kind=其他平台", "stage=运行中", "mlps_level=2")
	for _, language := range []lang.Language{lang.Chinese, lang.English} {
		p, _ := plan(t, book, h, language)
		golden(t, "backups."+string(language)+".yaml", p.Topic("medical", book.Schemas.Find("backups"), nil))
		golden(t, "platform."+string(language)+".yaml", p.Topic("health/medical", book.Schemas.Find("platform"), h))
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s is now\n%s", name, got)
	}
}

// Every enumeration says what may be written, in both languages.
func TestValuesAreNamed(t *testing.T) {
	book := judgedBy(t, rulebook.Full)
	h := header(t, book, "code=x", "kind=public_resource_trading", "stage=operating", "mlps_level=3")
	for _, language := range []lang.Language{lang.Chinese, lang.English} {
		drafted, _ := plan(t, book, h, language)
		named := 0
		for _, s := range drafted.Topics() {
			text := string(drafted.Topic("x", s, nil))
			for _, f := range drafted.Asked.Fields(s.Root) {
				for _, value := range f.Type.Enum {
					if named++; !strings.Contains(text, value) {
						t.Errorf("%s: %s may be %s, which is not said", language, f.Type.Name, value)
					}
				}
			}
		}
		if named < 5 {
			t.Errorf("%s: %d values", language, named)
		}
		if text := string(drafted.Topic("x", book.Schemas.Find("construction"), nil)); language == lang.English && !strings.Contains(text, "below the threshold counts as failed; one of passed, failed") {
			t.Errorf("values that are words of the language are not named:\n%s", text)
		}
	}
}
