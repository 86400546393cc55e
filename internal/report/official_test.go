package report

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/trial"
	"hegui/internal/webtest"
)

func writeFile(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestOSCALFollowsItsSchema holds every report to NIST's own schema. Its
// patterns are not Go's, so another program reads it.
func TestOSCALFollowsItsSchema(t *testing.T) {
	trial.NeedsPrograms(t)
	schema := filepath.Join("testdata", "official", "oscal_assessment-results_schema.json")
	webtest.Node(t, "schema.mjs", append([]string{schema}, written(t, "oscal", ".json")...)...)
	good := render(t, "oscal", cityResults(), Options{Pretty: true})
	refuses(t, "schema.mjs", schema, ".json", good, map[string][2]string{
		"a version-1 UUID": {`"uuid": "`, `"uuid": "x`},
		"no time zone":     {`T00:00:00+08:00`, `T00:00:00`},
		"an unknown key":   {`"import-ap"`, `"import"`},
		"an empty text":    {`"title": "Self-assessment`, "\"title\": \"\", \"x\": \"Self-assessment"},
	})
}

// TestJUnitFollowsItsSchema holds every report to the schema of the readers.
func TestJUnitFollowsItsSchema(t *testing.T) {
	trial.NeedsPrograms(t)
	schema := filepath.Join("testdata", "official", "junit.xsd")
	webtest.Node(t, "xsd.mjs", append([]string{schema}, written(t, "junit", ".xml")...)...)
	good := render(t, "junit", cityResults(), Options{Pretty: true})
	refuses(t, "xsd.mjs", schema, ".xml", good, map[string][2]string{
		"an unknown attribute": {`classname=`, `class=`},
		"a missing name":       {`<testcase name=`, `<testcase id=`},
		"an empty list":        {`<testcase`, `<properties></properties><testcase`},
	})
}

// refuses: a schema that lets everything pass proves nothing.
func refuses(t *testing.T, script, schema, extension, good string, changes map[string][2]string) {
	t.Helper()
	for name, change := range changes {
		bad := strings.Replace(good, change[0], change[1], 1)
		if bad == good {
			t.Errorf("%s: %q is not in the report", name, change[0])
		}
		file := filepath.Join(t.TempDir(), "bad"+extension)
		writeFile(t, file, bad)
		if webtest.Passes(t, script, schema, file) {
			t.Errorf("%s passes", name)
		}
	}
}

// TestSARIFIsValid asks the schema and Microsoft's own validator, which also
// knows what the schema cannot say.
func TestSARIFIsValid(t *testing.T) {
	trial.NeedsPrograms(t)
	files := written(t, "sarif", ".sarif")
	schemas, err := filepath.Glob(filepath.Join(webtest.Dir(t), "node_modules", "@microsoft", "sarif-multitool-*", "sarif-2.1.0.json"))
	if err != nil || len(schemas) == 0 {
		t.Fatalf("the package has no schema: %v", err)
	}
	webtest.Node(t, "schema.mjs", append([]string{schemas[0]}, files...)...)

	said := filepath.Join(t.TempDir(), "said.sarif")
	args := append([]string{"validate"}, files...)
	webtest.Run(t, filepath.Join(webtest.Dir(t), "node_modules", ".bin", "sarif-multitool"), append(args, "--output", said)...)
	data, err := os.ReadFile(said)
	if err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(data, &log); err != nil || len(log.Runs) == 0 {
		t.Fatalf("%v, %d runs", err, len(log.Runs))
	}
	// There is no address to send readers to, and a finding about a whole file
	// has no region: neither is made up.
	accepted := []string{"SARIF2005", "SARIF2017"}
	for _, result := range log.Runs[0].Results {
		if !slices.Contains(accepted, result.RuleID) && result.Level != "note" {
			t.Errorf("%s %s: %s %.300s", result.Level, result.RuleID, result.Locations[0].Physical.Artifact.URI, result.Message.Text)
		}
	}
}

// TestDeterminism: the same results give the same bytes, and no format changes
// the model that all share.
func TestDeterminism(t *testing.T) {
	for name, make := range cases() {
		for _, format := range Formats() {
			r := stated(make())
			before, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			for _, language := range []lang.Language{lang.Chinese, lang.English} {
				first := render(t, format.Name(), r, Options{Language: language})
				if second := render(t, format.Name(), make(), Options{Language: language}); first != second {
					t.Errorf("%s of %s differs between two runs", format.Name(), name)
				}
			}
			if after, err := json.Marshal(r); err != nil || string(after) != string(before) {
				t.Errorf("%s changes the results of %s: %v", format.Name(), name, err)
			}
		}
	}
}
