package editor_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/document"
	"hegui/internal/editor"
	"hegui/internal/lang"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// What lies in schemas/editor is what hegui makes of schemas/, nothing more.
func TestExportedSchemasAreCurrent(t *testing.T) {
	set := schemas(t)
	want := map[string]bool{}
	for _, s := range editor.Bundled(set) {
		file := filepath.Join(root, editor.Path(s.Name))
		want[filepath.Base(file)] = true
		found, err := os.ReadFile(file)
		if err != nil || string(found) != string(editor.Bundle(set, s, lang.Chinese)) {
			t.Errorf("%s is not current: run make docs (%v)", file, err)
		}
	}
	there, err := filepath.Glob(filepath.Join(root, editor.Dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range there {
		if !want[filepath.Base(file)] {
			t.Errorf("%s is none of the schemas: run make docs", file)
		}
	}
	if len(want) < 20 {
		t.Errorf("only %d schemas", len(want))
	}
}

// A bundle stands alone: nothing in it leads to another file.
func TestBundlesReferToNothingOutside(t *testing.T) {
	set := schemas(t)
	refs := regexp.MustCompile(`"\$ref":"([^"]*)"`)
	for _, s := range editor.Bundled(set) {
		for _, l := range []lang.Language{lang.Chinese, lang.English} {
			data := editor.Bundle(set, s, l)
			var read struct {
				Definitions map[string]any
			}
			if err := json.Unmarshal(data, &read); err != nil {
				t.Fatalf("%s: %v", s.Name, err)
			}
			if !editor.Generated(data) {
				t.Errorf("%s does not begin as what is generated", s.Name)
			}
			for _, ref := range refs.FindAllSubmatch(data, -1) {
				name, inside := strings.CutPrefix(string(ref[1]), "#/definitions/")
				if !inside || read.Definitions[name] == nil {
					t.Errorf("%s leads to %s", s.Name, ref[1])
				}
			}
		}
	}
}

// The patterns that stand in for formats refuse nothing that the formats allow.
func TestPatternsAllowWhatFormatsAllow(t *testing.T) {
	for format, texts := range map[string][]string{
		"date":      {"2026-02-28", "2024-02-29", "1949-10-01", "2100-12-31", "2026-11-30", "!2026-2-3", "!2026/02/03", "!20260203", "!2026-02-30", "!2026-13-01"},
		"date-time": {"2026-06-30T14:05:00+08:00", "2026-06-30T14:05:00Z", "2026-06-30T14:05:00.5+08:00", "!2026-06-30 14:05", "!2026-06-30"},
		"duration":  {"P90D", "PT4H", "P1Y6M", "P2W", "P1DT12H30M", "PT23H", "P0D", "!90天", "!P1D5", "!90D", "!PT4h", "!P4H"},
		"text":      {"文字", "a", "7", "%", "±", "（甲）", "!——", "!…"},
		"name":      {"平台运维主管岗", "IT 科", "12345", "!—", "!。"},
		"reference": {"云数局密档〔2026〕12号", "A1", "A-1", "!—", "!1"},
	} {
		set, defects := schema.Load(source.FromFS(fstest.MapFS{"schemas/x.schema.json": {Data: []byte(`{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": false, "properties": {"a": {"type": "string", "format": "` + format + `"}}}`)}}), "schemas")
		if len(defects) > 0 {
			t.Fatal(defects)
		}
		var bundle struct {
			Properties struct{ A struct{ Pattern string } }
		}
		if err := json.Unmarshal(editor.Bundle(set, set.Find("x"), lang.English), &bundle); err != nil {
			t.Fatal(err)
		}
		pattern := regexp.MustCompile(bundle.Properties.A.Pattern)
		for _, text := range texts {
			text, bad := strings.CutPrefix(text, "!")
			if pattern.MatchString(text) == bad {
				t.Errorf("%s: the pattern says %t of %q", format, !bad, text)
			}
			doc := document.Parse("x.yaml", []byte("a: "+`"`+text+`"`+"\n"), document.DefaultLimits())
			if allowed := len(set.Find("x").Validate(doc.Root)) == 0; allowed == bad {
				t.Errorf("%s: the format says %t of %q", format, allowed, text)
			}
		}
	}
}
