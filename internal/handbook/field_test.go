package handbook

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// Every field of every topic can be looked up in both languages, and says which
// checks read it.
func TestEveryFieldIsExplained(t *testing.T) {
	book := own(t)
	index, n, read := readers(book), 0, 0
	for _, s := range book.Schemas.Topics() {
		eachField(s.Root, func(f schema.Field) {
			n++
			for _, l := range []lang.Language{lang.Chinese, lang.English} {
				said := strings.Join(strings.Fields(pageOf(book, index, &f, l)), " ")
				if !strings.HasPrefix(said, strings.Join(strings.Fields(f.Type.Title.In(l)), " ")) || strings.Contains(said, "%!") {
					t.Errorf("%s is explained as %q", f.Type.Name, said)
				}
				for _, c := range index[f.Type.Name] {
					if read++; !strings.Contains(said, " "+c.ID+" ") {
						t.Errorf("%s does not name its reader %s: %q", f.Type.Name, c.ID, said)
					}
				}
			}
		})
	}
	if n < 1000 || read < 2000 {
		t.Errorf("only %d fields, read %d times", n, read)
	}
}

// pageOf is the page of a field, from what is known of all.
func pageOf(book *rulebook.Rulebook, index map[string][]*rulebook.Check, f *schema.Field, l lang.Language) string {
	p := newPage(Options{Language: l})
	p.explainField(book, index, f)
	return p.String()
}

func TestFieldFacts(t *testing.T) {
	book := own(t)
	for path, wants := range map[string][]string{
		"backups.sets.retention":            {"period", "P180D", "backups.yaml", "backups.retention", "all levels", "to be stated where a check reads it"},
		"backups.sets.copies.medium":        {"disk", "object_storage", "tape", "level 2 and up"},
		"backups.sets.copies.cipher":        {"sensitive"},
		"backups.sets.copies.site":          {"architecture.sites"},
		"backups.sets.records.success_rate": {"unit", "%", "99.6"},
		"backups.sets.name":                 {"required"},
		"backups.sets.records.evidence":     {"hegui verifies that it exists"},
		"contingency.incidents":             {"[] for none"},
	} {
		said := explain(t, book, path, Options{Language: lang.English})
		for _, want := range wants {
			if !strings.Contains(said, want) {
				t.Errorf("%s does not say %q:\n%s", path, want, said)
			}
		}
	}
}

// A list that names are taken from is named once, whether its items or the list say so.
func TestListsOfNamesAreNamedOnce(t *testing.T) {
	book := own(t)
	for _, path := range []string{"platform.primary_site", "backups.sets.stores"} {
		if said := explain(t, book, path, Options{Language: lang.English}); strings.Count(said, "names of") != 1 || strings.Contains(said, ", architecture.") {
			t.Errorf("%s:\n%s", path, said)
		}
	}
	for _, s := range book.Schemas.Topics() {
		eachField(s.Root, func(f schema.Field) {
			if lists := namedIn(f.Type); len(slices.Compact(slices.Sorted(slices.Values(lists)))) != len(lists) {
				t.Errorf("%s: %v", f.Type.Name, lists)
			}
		})
	}
}

// What people type finds what they look for, the nearest first.
func TestSearch(t *testing.T) {
	book := own(t)
	for words, want := range map[string]string{
		"备份": "backups", "恢复测试": "backups.sets.restore_tests", "保留期": "backups.sets.retention", "Retention": "backups.sets.retention",
		"retention period": "data.retention.period", "restore test": "backups.restore-test", "medium": "backups.sets.copies.medium", "等级测评": "platform.systems.assessments",
		"off-site": "backups.offsite-copy",
	} {
		hits := search(book, words)
		i := slices.IndexFunc(hits, func(e entry) bool { return e.id == want })
		if i < 0 || i >= maxHits {
			t.Errorf("%q finds %s at place %d of %d", words, want, i, len(hits))
		}
	}
	for _, words := range []string{"备份 海豚", "zebra", "", "  ", "\x1b[31m"} {
		if hits := search(book, words); len(hits) > 0 {
			t.Errorf("%q finds %s", words, hits[0].id)
		}
	}
	var b bytes.Buffer
	if err := Explain(&b, book, "备份 \x1b[31m", Options{}); err == nil || b.Len() > 0 {
		t.Errorf("what is nowhere is shown: %q", b.String())
	}
}
