package term_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"hegui/internal/lang"
	"hegui/internal/term"
)

// sound holds a word to its two languages.
func sound(t *testing.T, at string, text lang.Text) {
	t.Helper()
	if text.ZH == "" || text.EN == "" || !strings.ContainsFunc(text.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }) ||
		strings.ContainsFunc(text.EN, func(r rune) bool { return unicode.Is(unicode.Han, r) }) || strings.TrimSpace(text.ZH+text.EN) != text.ZH+text.EN {
		t.Errorf("%s is called %q and %q", at, text.ZH, text.EN)
	}
}

// No word stands for two values, and no value has two words: where an id
// occurs again in another enumeration under the same word it is the same thing.
func TestOneWordForOneThing(t *testing.T) {
	type use struct{ of, id string }
	used := map[string]use{}
	for _, e := range term.Enumerations() {
		within := map[string]bool{}
		for _, w := range e.Words {
			at := e.Title.EN + " " + w.ID
			sound(t, at, w.Text)
			sound(t, at, e.Long(w.ID))
			for _, short := range []string{w.Text.ZH, w.Text.EN} {
				if within[short] {
					t.Errorf("%s: %q stands twice in one enumeration", at, short)
				}
				within[short] = true
			}
			for _, long := range []string{e.Long(w.ID).ZH, e.Long(w.ID).EN} {
				if before, taken := used[long]; taken && before.id != w.ID {
					t.Errorf("%q is both %s %s and %s", long, before.of, before.id, at)
				}
				used[long] = use{e.Title.EN, w.ID}
			}
		}
	}
}

func TestWordOfWhatHasNone(t *testing.T) {
	for _, text := range []lang.Text{term.Outcomes().Text("odd"), term.Outcomes().Long("odd")} {
		if text != lang.Same("odd") {
			t.Errorf("a value without a word is called %+v", text)
		}
	}
	if got := term.Efforts().Long("small"); got != lang.Say("工作量小", "small effort") {
		t.Errorf("small effort is called %+v", got)
	}
}

// Each family says all that is asked of it, and each id leads back to it.
func TestFamilies(t *testing.T) {
	name := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	seen := map[string]bool{}
	for _, f := range term.Families() {
		for _, text := range []lang.Text{f.Title, f.About, f.Remedy, f.Release.Text()} {
			sound(t, f.ID, text)
		}
		if len(f.Kinds) == 0 || term.FamilyOf(f.ID+".whatever").ID != f.ID {
			t.Errorf("%s leads nowhere", f.ID)
		}
		for _, k := range f.Kinds {
			id := f.ID + "." + k.ID
			sound(t, id, k.Title)
			if !name.MatchString(k.ID) || seen[id] {
				t.Errorf("%q is no id, or stands twice", id)
			}
			seen[id] = true
			if decided := f.Release == term.Releasable; (k.Severity == "") != decided || !decided && term.Severities().Text(k.Severity) == lang.Same(k.Severity) {
				t.Errorf("%s has the severity %q", id, k.Severity)
			}
			if family, found, ok := term.Find(id); !ok || family.ID != f.ID || found != k {
				t.Errorf("%s is found as %s %+v", id, family.ID, found)
			}
		}
	}
	for _, id := range []string{"", "document", "schema", "document.", "document.no_such_kind", "backups.missing", "missing"} {
		if _, k, ok := term.Find(id); ok {
			t.Errorf("%q is found as %+v", id, k)
		}
	}
}
