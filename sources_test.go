package hegui_test

import (
	"slices"
	"testing"

	"hegui"
	"hegui/internal/calendar"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// On the day of which the platforms here are described, no check or limit rests
// on an article that is over, has not begun, or stands in an instrument that
// another has replaced; a default of ours is the only demand without an article.
func TestNoArticleOutOfForceCarriesACheck(t *testing.T) {
	tree := source.FromFS(hegui.Rulebook)
	book, err := rulebook.Load(tree, rulebook.Overlays(tree)...)
	if err != nil {
		t.Fatal(err)
	}
	today, err := calendar.ParseDate(asOf)
	if err != nil {
		t.Fatal(err)
	}
	outOfForce := func(a *rulebook.Article) bool {
		in := a.Instrument.InForce
		return today.Before(a.InForce.From) || today.Before(in.From) || a.InForce.To != nil && a.InForce.To.Before(today) || in.To != nil && in.To.Before(today)
	}
	past, resting := 0, book.Resting()
	for _, id := range book.SourceIDs() {
		article := book.Article(id)
		if article == nil || !outOfForce(article) {
			continue
		}
		past++
		for _, rest := range resting[id] {
			t.Errorf("%s %s rests on %s, which is not in force on %s", rest.Check.ID, rest.Limit, id, asOf)
		}
	}
	if past == 0 || len(resting) < 100 {
		t.Errorf("%d articles are out of force and %d carry a demand: nothing was held to anything", past, len(resting))
	}
	for _, check := range book.Checks {
		for _, basis := range check.Basis.Values {
			if len(basis.Articles) == 0 && slices.Contains([]string{"law", "normative", "standard"}, basis.Kind) {
				t.Errorf("%s rests on %s, which is no article of the register", check.ID, basis.Source.EN)
			}
		}
	}
}
