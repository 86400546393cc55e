package hegui_test

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/finding"
)

// A slip costs what it hides: one finding at its place, and the checks that read
// it wait; all else is judged as if it were not there.
func TestSlipsAreToldOnce(t *testing.T) {
	r := openRepo(t)
	d := r.platforms[slices.IndexFunc(r.platforms, func(d described) bool { return strings.HasSuffix(d.path, "government-services") })]
	stated := d.texts(t)
	before := r.judgeFiles(t, stated, asOf)
	for _, c := range []struct {
		name, file, old, text string
		// want is the finding, waiting how many checks wait for it, at least.
		want    string
		waiting int
	}{
		{"a misspelt site", "backups.yaml", "        site: dc-west\n        medium: disk\n", "        site: dc-wst\n        medium: disk\n", "blocker schema.reference backups/sets[service]/copies[remote]/site 19:15", 4},
		{"an unknown key in the header", "platform.yaml", "stage: operating\n", "stage: operating\nzzz: 1\n", "major schema.additional_properties platform/zzz 8:1", 0},
		{"a misspelt key", "backups.yaml", "    retention: P180D\n", "    retension: P180D\n", "major schema.additional_properties backups/sets[identity]/retension 56:5", 1},
		{"a fact left out", "backups.yaml", "    retention: P180D\n", "", "minor fact.missing backups/sets[identity]/retention 51:5", 1},
		{"a topic left out", "backups.yaml", "", "", "blocker fact.missing backups 1:1", 20},
		{"a stage that is none", "platform.yaml", "stage: operating\n", "stage: Operating\n", "blocker schema.enum platform/stage 7:8", 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := fstest.MapFS{}
			for name, file := range stated {
				files[name] = file
			}
			at := path.Join(d.path, c.file)
			if text := string(stated[at].Data); c.old == "" {
				delete(files, at)
			} else if strings.Contains(text, c.old) {
				files[at] = &fstest.MapFile{Data: []byte(strings.Replace(text, c.old, c.text, 1))}
			} else {
				t.Fatalf("%q does not stand in %s", c.old, c.file)
			}
			after := r.judgeFiles(t, files, asOf)
			var own []string
			for _, f := range after.audited.Findings {
				if before.has(f.Fingerprint) {
					continue
				}
				own = append(own, fmt.Sprintf("%s %s %s %d:%d", f.Severity, f.Check, f.Item, f.Location.Line, f.Location.Column))
				if len(f.Waiting) < c.waiting || c.waiting == 0 && len(f.Waiting) > 0 {
					t.Errorf("%d checks wait for it, want %d: %v", len(f.Waiting), c.waiting, f.Waiting)
				}
			}
			if !slices.Equal(own, []string{c.want}) {
				t.Errorf("findings %q, want %q", own, c.want)
			}
			if better := notBetter(before, after); better != "" {
				t.Error(better)
			}
		})
	}
}

// texts are the platform's files as they stand.
func (d described) texts(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for name, file := range d.files {
		files[name] = file
	}
	for name := range d.topics {
		at := path.Join(d.path, name+".yaml")
		data, err := os.ReadFile(at)
		if err != nil {
			t.Fatal(err)
		}
		files[at] = &fstest.MapFile{Data: data}
	}
	return files
}

func (v verdict) has(fingerprint string) bool {
	return slices.ContainsFunc(v.audited.Findings, func(f finding.Finding) bool { return f.Fingerprint == fingerprint })
}

// A platform that is planned or retired describes what exists: it is asked for
// nothing that it cannot have, and nothing of that vetoes it. An English name is
// never asked for.
func TestWhatDoesNotExistIsNotAskedFor(t *testing.T) {
	r := openRepo(t)
	for _, kind := range []string{"government_service", "public_resource_trading", "city_operation", "other"} {
		for _, stage := range []string{"planning", "building", "retired"} {
			header := "name: { zh: 云州市新平台 }\ncode: new\nkind: " + kind + "\nstage: " + stage + "\nmlps_level: 3\nsensitivity: internal\n"
			v := r.judgeFiles(t, fstest.MapFS{"platforms/new/platform.yaml": {Data: []byte(header)}}, asOf)
			if stage != "building" && len(v.blockers) > 0 {
				t.Errorf("%s, %s: vetoes %v", kind, stage, v.blockers)
			}
			for _, f := range v.audited.Findings {
				topic, _, inside := strings.Cut(f.Item, "/")
				built := stage != "retired" && topic == "construction" || stage == "building" && (topic == "architecture" || topic == "supervision")
				if f.Check != "fact.missing" || !built && (topic != "platform" || !inside) {
					t.Errorf("%s, %s: %s %s", kind, stage, f.Check, f.Item)
				}
			}
			if v.audited.Name.EN != "云州市新平台" {
				t.Errorf("it is called %q", v.audited.Name.EN)
			}
		}
	}
}
