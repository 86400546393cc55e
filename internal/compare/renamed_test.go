package compare_test

import (
	"strings"
	"testing"
)

// A list item whose old name another one still has is no rename: told by the name alone,
// the other one, which nobody touched, would be renamed as well, and reported as gone.
func TestRenamesTouchNoNamesake(t *testing.T) {
	const site = "\"x-description-en\": \"Where the copy lies.\"\n                }"
	field := func(name string) string {
		return `, "` + name + `": {"type": "string", "title": "` + name + `", "x-title-en": "` + name + `", "description": "` + name + `", "x-description-en": "` + name + `"}`
	}
	j := judge(t, site, site+field("medium")+field("room"))
	b := base(t)
	before := b.with(files{stores: strings.ReplaceAll(b[stores], "- site: east", "- site: east\n        medium: disk\n        room: cellar")})
	after := before.with(files{stores: strings.Replace(before[stores], "- site: east", "- site: north", 1)})
	want(t, change(t, j, before, after), "scope item stores/sets[files]/copies[east]")
}

// Two things of one name that are called otherwise each in its own way are no renames: what
// is said by the old name could be about either.
func TestNamesakesThatPartAreNoRenames(t *testing.T) {
	const site = "\"x-description-en\": \"Where the copy lies.\"\n                }"
	field := func(name string) string {
		return `, "` + name + `": {"type": "string", "title": "` + name + `", "x-title-en": "` + name + `", "description": "` + name + `", "x-description-en": "` + name + `"}`
	}
	j := judge(t, site, site+field("medium")+field("room"))
	b := base(t)
	text := strings.ReplaceAll(b[stores], "- site: east", "- site: east\n        medium: disk\n        room: cellar")
	if strings.Count(text, "- site: east") < 2 {
		t.Fatal(text)
	}
	before := b.with(files{stores: text})
	parted := strings.Replace(text, "- site: east", "- site: north", 1)
	after := b.with(files{stores: strings.ReplaceAll(parted, "- site: east", "- site: south")})
	want(t, change(t, j, before, after), "scope item stores/sets[files]/copies[east]", "scope item stores/sets[bids]/copies[east]")
}
