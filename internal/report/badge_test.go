package report

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// TestBadgeStaysAPicture: whatever the grades are called, the badge has our
// elements, no address but SVG's name, and room for its text.
func TestBadgeStaysAPicture(t *testing.T) {
	for name, payload := range hostileTexts() {
		t.Run(name, func(t *testing.T) {
			r := spoiled(cityResults(), payload)
			r.Platforms, r.Errors = r.Platforms[:1], nil
			got := render(t, "badge", r, Options{})
			calm := cityResults()
			calm.Platforms = calm.Platforms[:1]
			if !slices.Equal(skeleton(t, got), skeleton(t, render(t, "badge", calm, Options{}))) {
				t.Errorf("other elements:\n%s", got)
			}
			// Only attributes load anything; texts are texts.
			for _, attribute := range regexp.MustCompile(`\s[\w:-]+="[^"]*"`).FindAllString(got, -1) {
				if !strings.HasPrefix(attribute, " aria-label=") && strings.ContainsAny(attribute, "(#:") && !regexp.MustCompile(`="(#[0-9a-f]{3,6}|http://www.w3.org/2000/svg)"$`).MatchString(attribute) {
					t.Errorf("what is %s for?", attribute)
				}
			}
			checkFits(t, got)
		})
	}
}

// checkFits holds texts to lie within the picture and beside each other.
func checkFits(t *testing.T, svg string) {
	t.Helper()
	var picture struct {
		Width int    `xml:"width,attr"`
		Title string `xml:"title"`
		Texts []struct {
			X      int    `xml:"x,attr"`
			Length int    `xml:"textLength,attr"`
			Text   string `xml:",chardata"`
		} `xml:"g>text"`
	}
	if err := xml.Unmarshal([]byte(svg), &picture); err != nil {
		t.Fatal(err)
	}
	end := 0
	for _, text := range picture.Texts {
		if text.X-text.Length/2 <= end || text.X+text.Length/2 >= picture.Width {
			t.Errorf("%q does not fit: %+v in %d", text.Text, text, picture.Width)
		}
		if !strings.Contains(picture.Title, text.Text) {
			t.Errorf("the title %q does not say %q", picture.Title, text.Text)
		}
		end = text.X + text.Length/2
	}
	if picture.Width > 600 || len(picture.Texts) != 2 {
		t.Errorf("%d pixels, %d texts", picture.Width, len(picture.Texts))
	}
}

// TestBadgeColorFollowsThePlace: what the grades are called has no part in it.
func TestBadgeColorFollowsThePlace(t *testing.T) {
	colors := func(grades int, compliant bool) []string {
		var all []string
		for place := range grades {
			r := cityResults()
			r.Rulebook.Grades = nil
			for i := range grades {
				r.Rulebook.Grades = append(r.Rulebook.Grades, results.GradeRange{ID: "grade" + strconv.Itoa(i)})
			}
			r.Platforms = r.Platforms[:1]
			r.Platforms[0].Compliant, r.Platforms[0].Grade.ID = compliant, "grade"+strconv.Itoa(place)
			all = append(all, badgeColor(t, r))
		}
		return all
	}
	for grades, want := range map[int][]string{
		1: {badgeGood}, 2: {badgeGood, badgeBad}, 3: {badgeGood, badgeFair, badgeBad}, 4: {badgeGood, badgeFair, badgeWeak, badgeBad},
	} {
		if got := colors(grades, true); !slices.Equal(got, want) {
			t.Errorf("of %d grades: %v, want %v", grades, got, want)
		}
	}
	for _, got := range colors(4, false) {
		if got != badgeBad {
			t.Errorf("not compliant and %s", got)
		}
	}
	several := cityResults()
	for compliant, want := range []string{badgeBad, badgeWeak, badgeGood} {
		several.Summary.Compliant = compliant
		if got := badgeColor(t, several); got != want {
			t.Errorf("%d of 2 compliant: %s, want %s", compliant, got, want)
		}
	}
	if got := badgeColor(t, noPlatforms()); got != badgeUnknown {
		t.Errorf("nothing judged: %s", got)
	}
}

func badgeColor(t *testing.T, r *results.Results) string {
	t.Helper()
	svg := render(t, "badge", r, Options{Language: lang.Chinese})
	m := regexp.MustCompile(`<path [^>]*fill="(#\w+)"`).FindStringSubmatch(svg)
	if m == nil {
		t.Fatal(fmt.Errorf("no colour in %s", svg))
	}
	return m[1]
}
