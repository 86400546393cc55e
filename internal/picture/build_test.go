package picture_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"hegui"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/picture"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// files is the rulebook of this repository with a picture that shows ciphers, which
// are sensitive.
var files = sync.OnceValues(func() (fstest.MapFS, error) {
	files := fstest.MapFS{}
	err := fs.WalkDir(hegui.Rulebook, ".", func(at string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := hegui.Rulebook.ReadFile(at)
		files[at] = &fstest.MapFile{Data: data}
		return err
	})
	own := files[rulebook.PictureFile]
	files[rulebook.PictureFile] = &fstest.MapFile{Data: []byte(strings.Replace(string(own.Data), "shows: [medium, protection]", "shows: [medium, cipher]", 1))}
	return files, err
})

var book = sync.OnceValues(func() (*rulebook.Rulebook, error) {
	all, err := files()
	if err != nil {
		return nil, err
	}
	return rulebook.Load(source.FromFS(all))
})

// drawn is the picture of a platform with these files.
func drawn(t *testing.T, redacted bool, topics map[string]string) *picture.Picture {
	t.Helper()
	day, err := calendar.ParseDate("2026-12-01")
	check(t, err)
	book, err := book()
	check(t, err)
	tree := fstest.MapFS{"platforms/one/platform.yaml": &fstest.MapFile{Data: []byte("name: { zh: 平台, en: Platform }\ncode: one\nkind: government_service\nstage: operating\nmlps_level: 3\nsensitivity: internal\n")}}
	for topic, text := range topics {
		tree["platforms/one/"+topic+".yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	auditor := &audit.Auditor{Tree: source.FromFS(tree), Rulebook: book, AsOf: day}
	judged, failures := auditor.Run(context.Background(), nil)
	if len(failures) > 0 || len(judged) != 1 {
		t.Fatalf("%v", failures)
	}
	return picture.Of(book, examine.Apply(book, judged[0], nil, day), redacted)
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// small is a platform of which every kind of part has one or two.
func small() map[string]string {
	return map[string]string{
		"architecture": `
sites: [{ name: east }, { name: west, role: off_site }]
components: [{ name: front, title: 门户, sites: [east, west], exposure: internet, critical: true }, { name: lost, critical: false }]
interfaces: [{ name: web, component: front, external: true, peer: 公众 }, { name: bus, component: front, external: false }, { name: feed, component: front, external: true }]
data_stores: [{ name: db, component: front, site: east, kind: relational, important: true, personal_info: true }, { name: logs, component: front, site: west, kind: log, important: false, personal_info: false }]
`,
		"encryption": `
stores: [{ store: db, method: none }]
channels: [{ name: web, interfaces: [web], important: true, protocol: plain }, { name: bridge, interfaces: [], important: true, protocol: ipsec }]
`,
		"backups": `
sets: [{ name: all, stores: [db], interval: P1D, copies: [{ name: far, site: west, medium: tape, cipher: sm4 }, { name: nowhere, cipher: sm4 }] }]
`,
	}
}

func named(t *testing.T, p *picture.Picture, name string) *picture.Part {
	t.Helper()
	for _, all := range [][]picture.Part{p.Columns, p.Parts} {
		for i := range all {
			if all[i].Name == name {
				return &all[i]
			}
		}
	}
	t.Fatalf("%s is not drawn", name)
	return nil
}

func TestWhatIsDrawn(t *testing.T) {
	p := drawn(t, false, small())
	if got := fmt.Sprint(len(p.Columns), len(p.Parts), p.Unread); got != "2 9 []" {
		t.Fatalf("columns, parts and what is unread: %s", got)
	}
	for name, want := range map[string]string{
		"门户":     "1-1 front columns [0-1 0-2] of [] outside false",
		"lost":   "1-2 lost columns [] of [] outside false",
		"公众":     "2-1 web columns [] of [1-1] outside true",
		"feed":   "2-3 feed columns [] of [1-1] outside true",
		"bridge": "3-2 bridge columns [] of [] outside true",
		"db":     "4-1 db columns [0-1] of [1-1] outside false",
		"far":    "6-1 far columns [0-2] of [4-1] outside false",
	} {
		part := named(t, p, name)
		if got := fmt.Sprintf("%s %s columns %v of %v outside %v", part.ID, part.Key, part.Columns, part.Of, part.Outside); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	if slices.ContainsFunc(p.Parts, func(part picture.Part) bool { return part.Key == "bus" }) {
		t.Error("an interface that is not external is drawn")
	}
	for name, want := range map[string]string{"公众": "web plain text true", "feed": " no channel stated true", "db": "db none true", "logs": " no encryption stated true"} {
		guards := named(t, p, name).Guards
		if len(guards) != 1 || fmt.Sprint(guards[0].Name, " ", guards[0].Says.EN, " ", guards[0].Open) != want {
			t.Errorf("%s is protected by %+v, want %s", name, guards, want)
		}
	}
	if says := named(t, p, "门户").Says; len(says) != 2 || says[0].EN != "internet" || says[1].EN != "critical" {
		t.Errorf("the front says %v", says)
	}
}

// A part is in the state that the checks about it, and about what protects it, put
// it into; what no check says anything of is not called good.
func TestStates(t *testing.T) {
	p := drawn(t, false, small())
	for name, want := range map[string]picture.State{"db": picture.Failing, "公众": picture.Failing, "west": picture.Waiting} {
		part := named(t, p, name)
		if part.State != want || len(part.Findings) == 0 {
			t.Errorf("%s is %s with %d findings, want %s", name, part.State, len(part.Findings), want)
		}
	}
	if bare := drawn(t, false, map[string]string{"architecture": "sites: [{ name: east, role: primary, in_mainland: true, entrance: guarded, distance_km: 0, cloud_level: 0 }]\n"}); named(t, bare, "east").State != picture.Met {
		t.Errorf("a site that meets all is %s", named(t, bare, "east").State)
	}
	empty := drawn(t, false, nil)
	if !empty.Empty() || empty.TooLarge {
		t.Errorf("without architecture there is %+v", empty)
	}
	if broken := drawn(t, false, map[string]string{"architecture": "sites: [\n"}); !slices.Equal(broken.Unread, []string{"architecture"}) || !broken.Empty() {
		t.Errorf("of a broken file there is %+v", broken)
	}
}

// What is sensitive is in the picture of those alone who may see it.
func TestPicturesAreRedacted(t *testing.T) {
	for redacted, want := range map[bool]bool{false: true, true: false} {
		p := drawn(t, redacted, small())
		text, err := json.Marshal(p)
		check(t, err)
		if says := strings.Contains(strings.ToLower(string(text)), "sm4"); says != want {
			t.Errorf("redacted %v: the cipher is shown: %v", redacted, says)
		}
		if far := named(t, p, "far"); len(far.Says) == 0 || far.Says[0].EN != "tape" {
			t.Errorf("the medium is gone: %v", far.Says)
		}
	}
}

// A description that ties everything to everything draws nothing, and says so.
func TestTooMuchIsNotDrawn(t *testing.T) {
	var stores, names []string
	for i := range 120 {
		stores = append(stores, fmt.Sprintf("{ name: s%d }", i))
		names = append(names, fmt.Sprintf("s%d", i))
	}
	var copies []string
	for i := range 120 {
		copies = append(copies, fmt.Sprintf("{ name: c%d }", i))
	}
	p := drawn(t, false, map[string]string{"architecture": "data_stores: [" + strings.Join(stores, ", ") + "]\n",
		"backups": "sets: [{ name: all, stores: [" + strings.Join(names, ", ") + "], copies: [" + strings.Join(copies, ", ") + "] }]\n"})
	if !p.TooLarge || len(p.Parts) > 0 {
		t.Errorf("%d parts, too large: %v", len(p.Parts), p.TooLarge)
	}
}
