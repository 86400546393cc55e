package rulebook_test

import (
	"strings"
	"testing"

	"hegui/internal/rulebook"
)

// essential is a rulebook whose policy has platforms judged by the essential
// profile.
func essential(t *testing.T, profiles string) files {
	t.Helper()
	return tiny(t).edit(t, "checks/policy.yaml", "required_clauses: []", "required_clauses: []\nprofiles: "+profiles)
}

// marked marks a check essential.
func (f files) marked(t *testing.T, topic, id string) files {
	t.Helper()
	return f.edit(t, "checks/"+topic+".yaml", "  - id: "+id+"\n", "  - id: "+id+"\n    profile: essential\n")
}

// A veto and a duty of law at any level are essential by nature, what an overlay
// demands always counts, and the rest is as it is marked.
func TestEssentialChecks(t *testing.T) {
	f := tiny(t).marked(t, "stores", "stores.mended").
		edit(t, "checks/platform.yaml", "basis: { default: { kind: default, source: { zh: 默认, en: default }, confidence: unverified } }",
			"basis: { default: { kind: default, source: { zh: 默认, en: default }, confidence: unverified }, level3: { source: act/1 } }").
		with("checks/overlays/city.yaml", addedCheck("stores.labelled", "limits:\n  - check: stores.kept\n    limit: min_days\n    levels: { default: { value: 90, "+localBasis+" } }\n"))
	want := map[string]string{"platform.hosted": "a statutory duty", "stores.second-copy": "a blocker", "stores.mended": "marked so in the rulebook",
		"stores.labelled": "demanded by overlay city", "stores.kept": "demanded by overlay city"}
	book := f.load(t, "city")
	only := book.Only(rulebook.Essential)
	for _, check := range book.Checks {
		if got := check.WhyEssential().EN; got != want[check.ID] {
			t.Errorf("%s: %q, want %q", check.ID, got, want[check.ID])
		}
		if in := want[check.ID] != ""; rulebook.Essential.Has(check) != in || !rulebook.Full.Has(check) || (only.Check(check.ID) != nil) != in {
			t.Errorf("%s is in the wrong profiles", check.ID)
		}
	}
	if len(only.Checks) != len(want) || len(book.Only(rulebook.Full).Checks) != len(book.Checks) {
		t.Errorf("%d of %d checks", len(only.Checks), len(book.Checks))
	}
	// A law that nobody has read imposes no duty that is known.
	unread := f.edit(t, rulebook.SourcesFile, "en: Back up }, confidence: secondary", "en: Back up }, confidence: unverified").load(t)
	if rulebook.Essential.Has(unread.Check("platform.hosted")) || rulebook.Essential.Has(unread.Check("stores.kept")) {
		t.Error("what rests on an unread law, or only overlays not in force ask for, is essential")
	}
}

func TestProfileOfPlatform(t *testing.T) {
	f := essential(t, `{ default: full, levels: { "2": essential, "4": full }, platforms: { gov: full, map: essential } }`).
		marked(t, "stores", "stores.mended").marked(t, "platform", "platform.hosted")
	policy := f.load(t).Policy.Profiles
	for _, c := range []struct {
		code  string
		level int
		want  rulebook.Profile
	}{
		{"other", 1, rulebook.Full}, {"other", 2, rulebook.Essential}, {"other", 3, rulebook.Full}, // a level is that level alone
		{"gov", 2, rulebook.Full}, {"map", 3, rulebook.Essential}, {"map", 4, rulebook.Essential},
		{"", 2, rulebook.Full}, {"other", rulebook.NoLevel, rulebook.Full}, {"map", rulebook.NoLevel, rulebook.Essential},
	} {
		if got := policy.Of(c.code, c.level); got != c.want {
			t.Errorf("%q at level %d: %s, want %s", c.code, c.level, got, c.want)
		}
	}
	if got := tiny(t).load(t).Policy.Profiles.Of("map", 2); got != rulebook.Full {
		t.Errorf("a policy that says nothing of profiles: %s", got)
	}
}

// A profile in use keeps a check that counts for each clause with points.
func TestProfileLosesClause(t *testing.T) {
	for _, profiles := range []string{"{ default: essential }", `{ default: full, levels: { "3": essential } }`, "{ default: full, platforms: { map: essential } }"} {
		f := essential(t, profiles)
		defects := f.defects(t)
		if len(defects) != 2 || defects[0].Path != "checks/policy.yaml" || defects[0].Line != 12 {
			t.Fatalf("%s: %v", profiles, defects)
		}
		for i, clause := range []string{"1.2", "2.2"} {
			if want := "under the profile essential clause " + clause + " has no check that counts at level 1"; !strings.Contains(defects[i].Message.EN, want) {
				t.Errorf("%s, want %s", defects[i].Message.EN, want)
			}
		}
		f.marked(t, "platform", "platform.hosted").marked(t, "stores", "stores.mended").load(t)
		advisory := f.marked(t, "platform", "platform.hosted").marked(t, "stores", "stores.mended").
			edit(t, "checks/stores.yaml", "severity: { default: major }\n    title: { zh: 故障已修复", "severity: { default: advisory, level3: major }\n    title: { zh: 故障已修复")
		if d := advisory.defects(t); len(d) != 1 || !strings.Contains(d[0].Message.EN, "clause 2.2") {
			t.Errorf("an advisory check counts: %v", d)
		}
	}
	essential(t, "{ default: full }").load(t) // in no use, nothing is asked
	for _, wrong := range []string{"{ default: some }", `{ default: full, levels: { "6": full } }`, "{}", "{ default: full, platforms: {} }"} {
		if d := essential(t, wrong).defects(t); len(d) == 0 || d[0].Path != "checks/policy.yaml" {
			t.Errorf("%s: %v", wrong, d)
		}
	}
}

// What the start-up cache holds is marked as in the file.
func TestProfileIsRemembered(t *testing.T) {
	f := tiny(t).marked(t, "stores", "stores.mended")
	known, err := rulebook.Known(f.tree())
	if err != nil {
		t.Fatal(err)
	}
	if book := f.loadKnown(t, string(known)); !book.Check("stores.mended").Essential || book.Check("stores.kept").Essential {
		t.Error("the mark is lost")
	}
}

// A city may start with what is essential of the built-in rulebook, at any level.
func TestEssentialOfTheBuiltInRulebook(t *testing.T) {
	f := builtinFiles(t)
	book := f.edit(t, "checks/policy.yaml", "  default: full\n", "  default: essential\n").load(t)
	if judged, all := len(book.Only(rulebook.Essential).Checks), len(book.Checks); judged == 0 || judged == all {
		t.Errorf("essential judges by %d of %d checks", judged, all)
	}
}

// A code of the policy that no platform has was meant to be that of one near by, or of the
// platform in the folder of that name; while the code of one cannot be read it may be that.
func TestNobody(t *testing.T) {
	book := essential(t, "{ default: full, platforms: { one: full, oter: full, metro: full } }").load(t)
	one, other, lost := rulebook.Named{ID: "one", Code: "one"}, rulebook.Named{ID: "metro", Code: "other"}, rulebook.Named{ID: "lost"}
	for name, c := range map[string]struct {
		all            []rulebook.Named
		defects, notes int
	}{
		"all there":        {[]rulebook.Named{one, {ID: "a", Code: "oter"}, {ID: "b", Code: "metro"}}, 0, 0},
		"misspelt":         {[]rulebook.Named{one, {ID: "a", Code: "other"}, {ID: "b", Code: "metro"}}, 1, 0},
		"the folder's":     {[]rulebook.Named{one, {ID: "a", Code: "oter"}, {ID: "metro", Code: "underground"}}, 1, 0},
		"both":             {[]rulebook.Named{one, other}, 2, 0},
		"still to come":    {[]rulebook.Named{one}, 0, 2},
		"one without code": {[]rulebook.Named{one, other, lost}, 0, 2},
	} {
		defects, notes := book.Nobody(c.all)
		if len(defects) != c.defects || len(notes) != c.notes {
			t.Errorf("%s: %v; %v", name, defects, notes)
		}
	}
}
