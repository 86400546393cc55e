package hegui_test

import (
	"regexp"
	"strings"

	"hegui/internal/rulebook"
)

// usage is what checks do with properties, by topic and name.
type usage struct {
	// otherwise are dates that another function than recent() reads, newest those
	// by which records are picked, happened those that must have come, until those
	// that must not.
	otherwise, newest, happened, until map[string]bool
	// labels are what filters choose items by.
	labels map[string]bool
	// figures must only reach a limit (-1: lower is worse) or stay below one (1).
	figures map[string]int
}

func usageOf(book *rulebook.Rulebook) usage {
	u := usage{otherwise: map[string]bool{}, newest: map[string]bool{}, happened: map[string]bool{}, until: map[string]bool{}, labels: map[string]bool{}, figures: map[string]int{}}
	property := regexp.MustCompile(`\.([a-z][a-z0-9_]*)\b`)
	called := func(text, call string) (names []string) {
		for _, found := range regexp.MustCompile(call).FindAllStringSubmatch(text, -1) {
			for _, name := range property.FindAllStringSubmatch(strings.Join(found[1:], " "), -1) {
				names = append(names, name[1])
			}
		}
		return names
	}
	unclear := map[string]bool{}
	for _, check := range book.Checks {
		text, ranges := check.Assert, ""
		for _, step := range check.Each {
			ranges += "\n" + step.List
			text += "\n" + step.List + "\nwithin(" + step.Dated + ")"
		}
		for _, topic := range check.Topics() {
			mark := func(set map[string]bool, names []string) {
				for _, name := range names {
					set[topic+"."+name] = true
				}
			}
			mark(u.otherwise, called(text, `\b(?:past|unexpired|before|not_after|within|unbroken)\(([^()]*)\)`))
			mark(u.newest, called(text, `\bnewest\(\w+, ([\w.]+)`))
			mark(u.happened, called(text, `\b(?:recent|past)\(([^()]*)\)`))
			mark(u.happened, called(text, `\bnewest\(\w+, ([\w.]+)`))
			mark(u.until, called(text, `\bunexpired\(([^()]*)\)`))
			mark(u.labels, called(ranges, `\bfilter\(([^()]*)`))
			for _, use := range regexp.MustCompile(`\.([a-z][a-z0-9_]*)\b( >= limits\.min_| <= limits\.max_)?`).FindAllStringSubmatch(text, -1) {
				name, want := topic+"."+use[1], map[string]int{" >= limits.min_": -1, " <= limits.max_": 1}[use[2]]
				if want == 0 || u.figures[name] == -want {
					unclear[name] = true
				}
				u.figures[name] = want
			}
		}
	}
	for name := range unclear {
		delete(u.figures, name)
	}
	return u
}
