package results

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"hegui/internal/jsontext"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/trial"
)

// said is a rulebook with all that is said once.
func said() *Rulebook {
	return &Rulebook{
		Checks: []CheckRule{{"a.one", lang.Say("甲", "one"), "small"}, {"a.two", lang.Say("乙", "two"), "large"}, {"b.three", lang.Say("丙", "three"), ""}},
		Sources: []Instrument{
			{ID: "law", Articles: []Article{{ID: "law/1", Cite: lang.Say("法第1条", "Law art. 1"), Number: lang.Say("第1条", "art. 1")}, {ID: "law/2", Cite: lang.Say("法第2条", "Law art. 2"), Number: lang.Say("第2条", "art. 2")}}},
			{ID: "std", Articles: []Article{{ID: "std/8", Cite: lang.Same("GB/T 1 8"), Number: lang.Same("8")}}},
		},
	}
}

// anyBasis is one by chance, cited as rulebooks do.
func anyBasis(random *rand.Rand) rulebook.Basis {
	switch random.IntN(4) {
	case 0:
		return rulebook.Basis{Kind: "default", Source: lang.Say("默认值", "default"), Confidence: "unverified"}
	case 1:
		return rulebook.Basis{Kind: "law", Articles: []string{"law/1", "law/2", "std/8"}, Source: lang.Say("法第1条、第2条、GB/T 1 8", "Law art. 1; art. 2; GB/T 1 8"), Confidence: "read"}
	case 2:
		return rulebook.Basis{Kind: "law", Articles: []string{"law/2", "std/8", "law/1"}, Source: lang.Say("法第2条、GB/T 1 8、法第1条", "Law art. 2; GB/T 1 8; Law art. 1"), Confidence: "read"}
	}
	return rulebook.Basis{Kind: "standard", Articles: []string{"std/8"}, Source: lang.Same("GB/T 1 8"), Confidence: "secondary", Note: lang.Say("按此理解", "so read")}
}

func anyPlatform(random *rand.Rand, book *Rulebook) *Platform {
	p := &Platform{ID: "p", Clauses: []Clause{{ID: "1", Home: []string{}}, {ID: "2", Home: []string{}}, {ID: "3", Home: []string{}}}}
	for _, rule := range book.Checks {
		if random.IntN(4) == 0 {
			continue
		}
		d := &Demand{ID: rule.ID, Title: rule.Title, Effort: rule.Effort, Basis: anyBasis(random), Limits: []rulebook.Limit{}}
		for range random.IntN(3) {
			d.Limits = append(d.Limits, rulebook.Limit{Name: "max_age", Value: "P1Y", Basis: anyBasis(random), Overlay: []string{"", "city"}[random.IntN(2)]})
		}
		home := random.IntN(3)
		d.Clauses = []string{p.Clauses[home].ID, p.Clauses[random.IntN(3)].ID}
		p.Clauses[home].Home = append(p.Clauses[home].Home, d.ID)
		p.Checks = append(p.Checks, Check{Demand: d, Reason: []lang.Text{{}, lang.Say("没有", "none")}[random.IntN(2)]})
	}
	return p
}

// What is said once of all platforms, or follows from what else is said of one, is as it
// was when the platform is read again.
func TestWhatIsNotWrittenIsReadAgain(t *testing.T) {
	random, book := trial.Random(t), said()
	r := newReader(book)
	for range trial.Tries(t, 200) {
		p := anyPlatform(random, book)
		var w, again jsontext.Writer
		p.WriteJSON(&w)
		text, _ := w.Bytes()
		got, err := r.platform(text)
		if err != nil {
			t.Fatal(err)
		}
		got.WriteJSON(&again)
		if second, _ := again.Bytes(); !bytes.Equal(text, second) {
			t.Errorf("%s\nis written again as\n%s", text, second)
		}
		for i := range p.Clauses {
			if !slices.Equal(got.Clauses[i].Home, p.Clauses[i].Home) {
				t.Errorf("%s: home %v, want %v", text, got.Clauses[i].Home, p.Clauses[i].Home)
			}
		}
		for i := range p.Checks {
			got, want := got.Checks[i], p.Checks[i]
			if got.Title != want.Title || got.Effort != want.Effort || !got.Basis.Equal(want.Basis) || got.Reason != want.Reason ||
				!slices.EqualFunc(got.Limits, want.Limits, func(a, b rulebook.Limit) bool {
					return a.Name == b.Name && a.Value == b.Value && a.Overlay == b.Overlay && a.Basis.Equal(b.Basis)
				}) {
				t.Errorf("%s\nis read as %+v, want %+v", text, got.Demand, want.Demand)
			}
		}
		for _, again := range []string{"甲", "乙", "丙", `"effort"`, `"home"`, "法第", `"reason":{"zh":""`} {
			if strings.Contains(string(text), again) {
				t.Fatalf("%s is written again with every platform: %s", again, text)
			}
		}
	}
}

// A platform of another rulebook is not read as one of this.
func TestWhatCannotBePutBackIsRefused(t *testing.T) {
	r := newReader(said())
	for text, want := range map[string]string{
		`{"id":"p","checks":[{"outcome":"pass"}]}`:                                                                    "has no id",
		`{"id":"p","checks":[{"id":"a.one","items":[{"outcome":"fail","declared":[null]}]}]}`:                         "rests on what is not there",
		`{"id":"p","checks":[{"id":"c.four"}]}`:                                                                       "no such check",
		`{"id":"p","checks":[{"id":"a.one","basis":{"kind":"law","articles":["law/3"]}}]}`:                            `no article "law/3"`,
		`{"id":"p","checks":[{"id":"a.one","basis":{"kind":"law"},"limits":[{"basis":{"articles":["law/1","x"]}}]}]}`: `no article "x"`,
	} {
		if _, err := r.platform([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
