package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// What a page runs and how it looks is named by hash; all else is forbidden,
// and nothing in it would need to be allowed.
func TestPageAllowsOnlyItsOwn(t *testing.T) {
	page := render(t, "html", cityResults(), Options{})
	for _, tag := range []string{"style", "script"} {
		blocks := regexp.MustCompile(`(?s)<`+tag+`[^>]*>(.*?)</`+tag+`>`).FindAllStringSubmatch(page, -1)
		if len(blocks) != 1 || len(blocks[0][1]) < 1000 {
			t.Fatalf("%d blocks of %s", len(blocks), tag)
		}
		sum := sha256.Sum256([]byte(blocks[0][1]))
		// The escaper writes + as an entity, which a browser reads as +.
		head, _, _ := strings.Cut(page, "<style>")
		policy := strings.ReplaceAll(head, "&#43;", "+")
		if want := fmt.Sprintf("%s-src 'sha256-%s'", tag, base64.StdEncoding.EncodeToString(sum[:])); !strings.Contains(strings.ReplaceAll(policy, "&#39;", "'"), want) {
			t.Errorf("the policy does not name %s: %s", want, policy)
		}
	}
	for _, wrong := range []string{` style="`, ` onclick=`, "url(", "@import", "http://", "<link rel=\"stylesheet"} {
		if strings.Contains(page, wrong) {
			t.Errorf("the page holds %q", wrong)
		}
	}
}

// One platform is its scorecard, several are the fleet and all cards, whose ids
// are told apart.
func TestOnePageOrAll(t *testing.T) {
	all := render(t, "html", cityResults(), Options{})
	if strings.Count(all, `<article class="card`) != 2 || !strings.Contains(all, `id="fleet"`) || !strings.Contains(all, `href="#p2-top"`) {
		t.Error("several platforms are not the fleet with all cards")
	}
	r := cityResults()
	r.Platforms = r.Platforms[:1]
	one := render(t, "html", r, Options{Language: lang.Chinese})
	if strings.Contains(one, `id="fleet"`) || !strings.Contains(one, `<html lang="zh">`) {
		t.Error("one platform is not just its card")
	}
	for name, page := range map[string]string{"all": all, "one": one} {
		seen := map[string]bool{}
		for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
			if seen[m[1]] {
				t.Errorf("%s: the id %s stands twice", name, m[1])
			}
			seen[m[1]] = true
		}
		for _, m := range regexp.MustCompile(` (?:href="#|aria-labelledby=")([^"]*)"`).FindAllStringSubmatch(page, -1) {
			for _, id := range strings.Fields(m[1]) {
				if !seen[id] {
					t.Errorf("%s: nothing has the id %s", name, id)
				}
			}
		}
	}
	none := render(t, "html", noPlatforms(), Options{})
	if !strings.Contains(none, "no platform.yaml below platforms") {
		t.Error("a failed run does not say so")
	}
}

// What a reader may not see leaves a word in its place, not a hole or a "none".
func TestWithheldIsSaid(t *testing.T) {
	r := cityResults()
	r.Audience = "public"
	p := &r.Platforms[0]
	p.Checks, p.Findings, p.Evidence, p.Waivers, p.Reasons = nil, nil, nil, nil, nil
	r.Platforms = r.Platforms[:1]
	page := render(t, "html", r, Options{})
	if strings.Count(page, "Left out for this audience.") != 4 || strings.Contains(page, "No blocker is open") || strings.Contains(page, "There are none.") {
		t.Error("what is withheld reads as if there were nothing")
	}
	if !bytes.Contains([]byte(page), []byte("not an MLPS assessment")) {
		t.Error("the page does not say what it is not")
	}
}

// What is announced and fails already has a place on a card, and only there.
func TestCardShowsWhatIsAnnounced(t *testing.T) {
	const heading = "What fails today of demands that come into force later"
	r := cityResults()
	r.Platforms = r.Platforms[:1]
	p := &r.Platforms[0]
	p.Forecast = &results.Forecast{Until: "2027-12-01", Now: results.Outlook{On: "2026-12-01"}}
	if strings.Contains(render(t, "html", r, Options{}), heading) {
		t.Error("nothing is announced, and the card says so")
	}
	p.Upcoming = []results.Upcoming{{On: "2027-03-01", Lapse: results.Lapse{Check: "backups.offsite-copy", Title: lang.Same("A copy elsewhere")}}}
	if page := render(t, "html", r, Options{}); !strings.Contains(page, heading) || strings.Count(page, "A copy elsewhere") == 0 {
		t.Error("the card does not show what is announced")
	}
}
