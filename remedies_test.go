package hegui_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// A finding that stands in another file than its check says in which file and
// under which field the remedy is written; no remedy names a field of another file
// without the file.
func TestRemediesNameTheFile(t *testing.T) {
	book := loadRulebook(t)
	elsewhere := 0
	for _, check := range book.Checks {
		stands := standsElsewhere(check)
		if stands {
			elsewhere++
		}
		for _, l := range []lang.Language{lang.Chinese, lang.English} {
			remedy := check.Remedy.In(l)
			if stands && !namesFile(book, remedy) {
				t.Errorf("%s: no file with a field of it in %q", check.ID, remedy)
			}
			for _, path := range foreign(book, check.Topic, remedy) {
				t.Errorf("%s: %s is named without its file in %q", check.ID, path, remedy)
			}
		}
	}
	if elsewhere < 26 {
		t.Errorf("only %d checks point at another file", elsewhere)
	}
}

// standsElsewhere reports whether the findings of a check stand in another topic's
// file.
func standsElsewhere(check *rulebook.Check) bool {
	return slices.ContainsFunc(check.Examples(), func(e rulebook.Example) bool {
		topic, _, _ := strings.Cut(strings.TrimPrefix(e.At, "/"), "/")
		return !e.Good && topic != check.Topic
	})
}

// namesFile reports whether a remedy names a file, and fields in it alone.
func namesFile(book *rulebook.Rulebook, remedy string) bool {
	for _, found := range regexp.MustCompile(`([a-z]+)\.yaml`).FindAllStringSubmatch(remedy, -1) {
		s := book.Schemas.Find(found[1])
		if s == nil {
			return false
		}
		rest := strings.ReplaceAll(remedy, found[0], "")
		for _, path := range regexp.MustCompile(`[a-z_]+((\[\])?\.[a-z_]+)*`).FindAllString(rest, -1) {
			if leads(book, found[1]+"."+path) {
				return true
			}
		}
	}
	return false
}

// foreign are the paths of a text that begin with another topic.
func foreign(book *rulebook.Rulebook, topic, text string) (paths []string) {
	for _, path := range regexp.MustCompile(`[a-z_]+(\.[a-z_]+)+`).FindAllString(text, -1) {
		if first, _, _ := strings.Cut(path, "."); first != topic && leads(book, path) && !leads(book, fmt.Sprint(topic, ".", path)) {
			paths = append(paths, path)
		}
	}
	return paths
}

// leads reports whether a path from a topic leads to a field.
func leads(book *rulebook.Rulebook, path string) bool {
	names := strings.Split(strings.ReplaceAll(path, "[]", ""), ".")
	s := book.Schemas.Find(names[0])
	if s == nil {
		return false
	}
	at := s.Root
	for _, name := range names[1:] {
		if at.Item != nil {
			at = at.Item
		}
		field := at.Field(name)
		if field == nil {
			return false
		}
		at = field.Type
	}
	return true
}
