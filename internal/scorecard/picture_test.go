package scorecard_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/page"
	"hegui/internal/picture"
)

var svg = regexp.MustCompile(`(?s)<div class="drawing" role="img" aria-labelledby="picture-h picture-c">(<svg .*?</svg>)</div>`)

// The pictures of this repository's platforms are as they were read; -update
// writes them again, to be looked at in a browser.
func TestPictures(t *testing.T) {
	r := examined(t, "2026-12-01")
	pages, err := page.NewPackage(r, page.Options{Language: lang.Chinese})
	check(t, err)
	for i := range r.Platforms {
		var content bytes.Buffer
		card, err := pages.Card(&r.Platforms[i], page.Place{})
		check(t, err)
		check(t, card.Write(&content, page.First))
		found := svg.FindSubmatch(content.Bytes())
		if found == nil {
			t.Fatalf("%s: the card has no picture", r.Platforms[i].ID)
		}
		golden := filepath.Join("testdata", r.Platforms[i].ID+".svg")
		if *update {
			check(t, os.WriteFile(golden, found[1], 0o644))
		}
		want, err := os.ReadFile(golden)
		check(t, err)
		if !bytes.Equal(found[1], want) {
			t.Errorf("the picture of %s is not %s: look at it, then go test ./internal/scorecard -run Pictures -update", r.Platforms[i].ID, golden)
		}
		if content.Len() > 250_000 {
			t.Errorf("the first page of %s has %d bytes", r.Platforms[i].ID, content.Len())
		}
	}
}

// A picture of many parts does not make the first page heavy: it stands beside its
// words.
func TestLargePicturesHaveAnotherPage(t *testing.T) {
	r := tiny()
	p := &r.Platforms[0]
	for i := range 150 {
		p.Picture.Parts = append(p.Picture.Parts, picture.Part{ID: fmt.Sprint(i), Name: "part", Key: "part", State: picture.Met})
	}
	pages, err := page.NewPackage(r, page.Options{})
	check(t, err)
	card, err := pages.Card(p, page.Place{})
	check(t, err)
	for leaf, want := range map[page.Leaf][2]bool{page.First: {false, true}, page.Claims: {true, false}} {
		var content bytes.Buffer
		check(t, card.Write(&content, leaf))
		shown := unpacked(t, content.String())
		drawn, led := svg.MatchString(shown), strings.Contains(shown, `href="claims.html#picture-words"`)
		if drawn != want[0] || led != want[1] {
			t.Errorf("%s: drawn %v, led to the other page %v", leaf, drawn, led)
		}
	}
}
