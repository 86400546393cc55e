package audit_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"hegui/internal/audit"
	"hegui/internal/source"
)

// declaredOf are what an item of a check rests on, with its evidence.
func declaredOf(t *testing.T, files map[string]string, check, item string) (declared []string, evidence []string) {
	t.Helper()
	tree := fstest.MapFS{}
	place(tree, "platforms/one", "one", files)
	a := auditor(t, source.FromFS(tree))
	a.Pin = true
	platforms, failures := a.Run(context.Background(), nil)
	if len(failures) > 0 {
		t.Fatal(failures)
	}
	p := platforms[0]
	for _, c := range p.Checks {
		for _, i := range c.Items {
			if c.Rule.ID != check || i.Name != item {
				continue
			}
			for _, d := range i.Pin().Declared {
				declared = append(declared, d.Field+" "+d.Title.EN+"="+d.Value.EN+" "+strings.TrimPrefix(d.Location.Path, p.Path+"/")+d.Location.Pointer)
				if n := utf8.RuneCountInString(d.Value.ZH); n > 200 {
					t.Errorf("%d runes: %s", n, d.Value.ZH)
				}
			}
			for _, at := range i.Pin().Cites {
				evidence = append(evidence, strings.TrimPrefix(p.Evidence[at].Name(), p.Path+"/"))
			}
			return declared, evidence
		}
	}
	t.Fatalf("%s has no item %q", check, item)
	return nil, nil
}

// What an outcome rests on is shown as it is written, on one line, with its place
// and the evidence beside it.
func TestDeclared(t *testing.T) {
	long := "sets:\n  - name: files\n    keep: 90\n    copies: [{ site: east }, { site: " + strings.Repeat("西", 300) + " }]\n    records: [{ date: 2026-11-01, evidence: [evidence/run.md, { ref: 云档 1, held_by: 档案岗 }] }]\n"
	for _, c := range []struct {
		name, stores, check string
		declared, evidence  []string
	}{
		{"a number", stores("evidence/run.md"), "stores.kept", []string{"stores.sets.keep Days kept=90 stores.yaml/sets/0/keep"}, nil},
		{"not stated", strings.Replace(stores("evidence/run.md"), "    keep: 90\n", "", 1), "stores.kept", []string{"stores.sets.keep Days kept=not stated stores.yaml/sets/0"}, nil},
		{"records", stores("evidence/run.md", "evidence/run.md"), "stores.fresh",
			[]string{"stores.sets.records Records=2 entries: [{date: 2026-11-01, evidence: evidence/run.md}, {date: 2026-11-02, evidence: evidence/run.md}] stores.yaml/sets/0/records"},
			[]string{"evidence/run.md", "evidence/run.md"}},
		{"several pieces", long, "stores.fresh",
			[]string{"stores.sets.records Records=1 entry: [{date: 2026-11-01, evidence: [evidence/run.md, {ref: 云档 1, held_by: 档案岗}]}] stores.yaml/sets/0/records"},
			[]string{"evidence/run.md", "云档 1"}},
		{"a long one", long, "stores.second-copy", []string{"platform.site Main site=east platform.yaml/site",
			"stores.sets.copies Copies=2 entries: east, " + strings.Repeat("西", 182) + "… stores.yaml/sets/0/copies"}, nil},
	} {
		declared, evidence := declaredOf(t, map[string]string{"stores.yaml": c.stores}, c.check, "files")
		if !slices.Equal(declared, c.declared) || !slices.Equal(evidence, c.evidence) {
			t.Errorf("%s: %q, evidence %q, want %q, %q", c.name, declared, evidence, c.declared, c.evidence)
		}
	}
	if p := only(t, nil, nil); slices.ContainsFunc(p.Checks, func(c audit.Check) bool { return len(c.Items) > 0 && c.Items[0].Pin().Declared != nil }) {
		t.Error("what nobody asked for is shown")
	}
}

// The digest of the bytes is noted where none is stated, and where it was asked for.
func TestComputedDigest(t *testing.T) {
	computed := func(evidence string, pin bool) string {
		tree := fstest.MapFS{}
		place(tree, "platforms/one", "one", map[string]string{"stores.yaml": stores(evidence)})
		a := auditor(t, source.FromFS(tree))
		a.Pin = pin
		platforms, failures := a.Run(context.Background(), nil)
		if len(failures) > 0 || len(platforms[0].Evidence) == 0 {
			t.Fatal(failures)
		}
		return platforms[0].Evidence[0].Computed
	}
	if got := computed("evidence/run.md", true); len(got) != 64 {
		t.Errorf("computed %q", got)
	}
	for name, got := range map[string]string{"not asked for": computed("evidence/run.md", false), "missing": computed("evidence/gone.md", true), "outside": computed("https://example.gov.cn/x", true)} {
		if got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}
