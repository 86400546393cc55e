package audit_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/audit"
	"hegui/internal/lang"
)

// A platform is called what its file says, and its kind and stage what the
// schema calls them.
func TestHeader(t *testing.T) {
	p := only(t, nil, nil)
	if p.Code != "one" || p.Kind != "office" || p.Stage != "operating" || p.MLPSLevel != 3 || p.Sensitivity != "internal" || p.Name != (lang.Text{ZH: "样例平台", EN: "Sample"}) {
		t.Errorf("%+v", p.Header)
	}
	if p.KindTitle.IsZero() || p.StageTitle.IsZero() || p.KindTitle == p.StageTitle {
		t.Errorf("kind %+v, stage %+v", p.KindTitle, p.StageTitle)
	}
	// Of a file with a problem what can be read helps the reader all the same.
	p = only(t, map[string]string{"platform.yaml": "name: { zh: 甲, en: A }\ncode: one\nkind: [office]\nmlps_level: 9\nmlps_level: 9\n"}, nil)
	if p.Code != "one" || p.Name.EN != "A" || p.Kind != "" || !p.KindTitle.IsZero() || p.MLPSLevel != 5 {
		t.Errorf("%+v", p.Header)
	}
}

// Each of the platforms that share a code is told of the others, wherever they
// stand in the order.
func TestSharedCodes(t *testing.T) {
	files := fstest.MapFS{}
	for at, code := range map[string]string{"a": "x", "b": "y", "c": "x", "d/e": "x", "f": "y", "g": "z"} {
		place(files, "platforms/"+at, code, nil)
	}
	place(files, "platforms/h", "", map[string]string{"platform.yaml": "kind: office\n"})
	place(files, "platforms/i", "", map[string]string{"platform.yaml": "kind: office\n"})
	platforms, failures := judged(t, files)
	if len(failures) > 0 {
		t.Fatal(failures)
	}
	got := map[string][]string{}
	for _, p := range platforms {
		for _, f := range p.Findings {
			if f.Check == "document.duplicate_code" {
				got[p.ID] = append(got[p.ID], f.Message.EN[strings.LastIndex(f.Message.EN, " ")+1:])
				if short(p, f) != "document.duplicate_code platform.yaml:2:7" || f.Excerpt != "code: "+p.Code || f.Location.Pointer != "/code" {
					t.Errorf("%s: %s %q", p.ID, short(p, f), f.Excerpt)
				}
			}
		}
	}
	want := "map[a:[c d/e] b:[f] c:[a] d/e:[a] f:[b]]"
	if fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
}

// A file that looks like a description and is read by nobody is reported; what
// lies elsewhere, or is none, is not.
func TestStrays(t *testing.T) {
	more := fstest.MapFS{}
	for _, name := range []string{"store.yaml", "zzzzzzzzzz.yml", "evidence/log.yaml", "README.md", "folder.yaml/inside.txt"} {
		more["platforms/one/"+name] = &fstest.MapFile{Data: []byte("x\n")}
	}
	p := only(t, map[string]string{"waivers.yaml": "waivers: []\n", "verdicts.yaml": "verdicts: []\n"}, more)
	want := []string{"document.unknown_file store.yaml:1:1 store.yaml", "document.unknown_file zzzzzzzzzz.yml:1:1 zzzzzzzzzz.yml"}
	got := slices.DeleteFunc(told(p), func(s string) bool { return !strings.HasPrefix(s, "document.unknown_file") })
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", told(p), want)
	}
	for _, f := range p.Findings {
		if f.Item == "store.yaml" && f.Remedy.EN != "did you mean stores.yaml?" {
			t.Errorf("%q", f.Remedy.EN)
		}
		if f.Item == "zzzzzzzzzz.yml" && !strings.Contains(f.Remedy.EN, "waivers.yaml, verdicts.yaml") {
			t.Errorf("%q", f.Remedy.EN)
		}
	}
}

// Waivers and verdicts are read in one place only: elsewhere, or under another ending,
// they are told as what they were meant to be.
func TestMisfiledStatements(t *testing.T) {
	more, want := fstest.MapFS{}, []string{}
	for _, name := range []string{"Waivers.yaml.txt", "evidence/waivers.yaml", "stores.json", "verdicts.json", "verdicts/one.yml", "waivers.md", "verdicts/page.md", "evidence/stores.yaml"} {
		more["platforms/one/"+name] = &fstest.MapFile{Data: []byte("x\n")}
		if !strings.HasSuffix(name, ".md") && name != "evidence/stores.yaml" {
			want = append(want, fmt.Sprintf("%s: did you mean %s.yaml?", name, map[byte]string{'W': "waivers", 'e': "waivers", 's': "stores", 'v': "verdicts"}[name[0]]))
		}
	}
	var got []string
	for _, f := range only(t, nil, more).Findings {
		if f.Check == "document.unknown_file" {
			got = append(got, f.Item+": "+f.Remedy.EN)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A topic that applicable checks need is missed once; its checks wait for it.
func TestMissingTopic(t *testing.T) {
	p := only(t, map[string]string{"stores.yaml": ""}, nil)
	if got := told(p); !slices.Equal(got, []string{"fact.missing platform.yaml:1:1 stores"}) {
		t.Fatalf("findings %q", got)
	}
	for _, c := range p.Checks {
		waits := slices.ContainsFunc(c.Items, func(i audit.Item) bool { return slices.Equal(i.CausedBy, []string{p.Findings[0].Fingerprint}) })
		if waits != slices.Contains(c.Rule.Topics(), "stores") || waits && (c.Outcome != "fail" || len(c.Items) != 1) {
			t.Errorf("%s: %+v, %s", c.Rule.ID, c.Items, c.Outcome)
		}
	}
	if len(p.Broken) > 0 {
		t.Errorf("broken %q", p.Broken)
	}
}

// A file with what belongs into another is one finding, not one for each key; a
// file with a key of its own is judged by it, and so is one that may be two's.
func TestStrayedContent(t *testing.T) {
	p := only(t, map[string]string{"faults.yaml": stores("evidence/run.md")}, nil)
	var got []string
	for _, f := range p.Findings {
		if f.Location.Path == "platforms/one/faults.yaml" {
			got = append(got, short(p, f)+" "+f.Message.EN+"; "+f.Remedy.EN)
		}
	}
	if want := []string{"document.other_topic faults.yaml:1:1 this is what stores.yaml holds: sets; move it into stores.yaml; faults.yaml holds open, drills"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if !slices.Equal(p.Broken, []string{"faults"}) {
		t.Errorf("broken: %q", p.Broken)
	}
	for _, text := range []string{"open: []\n" + stores("evidence/run.md"), "sets: []\nopenly: []\n", "zzz: 1\n"} {
		for _, f := range only(t, map[string]string{"faults.yaml": text}, nil).Findings {
			if f.Check == "document.other_topic" {
				t.Errorf("%q: %s", text, f.Message.EN)
			}
		}
	}
}

func TestEmptyFileSaysWhatToWrite(t *testing.T) {
	p := only(t, map[string]string{"stores.yaml": "# later\n"}, nil)
	for _, f := range p.Findings {
		if f.Check == "document.empty" {
			if want := "write sets; delete the file only where no check asks for it"; f.Remedy.EN != want {
				t.Errorf("%q, want %q", f.Remedy.EN, want)
			}
			return
		}
	}
	t.Errorf("%q", told(p))
}
