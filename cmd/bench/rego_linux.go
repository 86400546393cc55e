package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// policy writes checks as rules of Rego, for Conftest to find what hegui finds. A check
// that Rego has no short words for is left out: those that compare durations, or go by
// when something happened.
type policy struct {
	book *rulebook.Rulebook
	asOf calendar.Date
	text strings.Builder
	// rules are the checks that are written, by what their rules are called; checks is
	// how many different ones these are.
	rules  map[string]string
	checks int
	// findings are how many both programs have agreed on.
	findings int
}

// errUntranslated is a check that has no translation.
var errUntranslated = errors.New("no short words for it in Rego")

// policyHead is what all rules rest on: the files of each platform together, the
// levels that its checks go by, and the day.
const policyHead = `package main

import rego.v1

as_of := %q

platforms[id][topic] := file.contents if {
	some file in input
	[_, id, topic] := regex.find_all_string_submatch_n(` + "`^platforms/(.+)/([^/]+)\\.yaml$`" + `, file.path, 1)[0]
}

found(check, id, item) := {"msg": check, "check": check, "platform": id, "item": item}

past(day) if day <= as_of

recent(day, since) if {
	day <= as_of
	day >= since
}

stale(day, since) if day < since

stale(day, _) if day > as_of

level(platform, which) := object.get(platform, which, platform.mlps_level)
`

// newPolicy translates as many checks as there are, at most so many, in the order of
// their topics; then the same again under other names until there are rules in all.
func newPolicy(book *rulebook.Rulebook, asOf calendar.Date, most, rules int) (*policy, error) {
	p := &policy{book: book.On(asOf), asOf: asOf, rules: map[string]string{}}
	fmt.Fprintf(&p.text, policyHead, asOf)
	var translated []*rulebook.Check
	for _, check := range p.book.Checks {
		switch err := p.add(check, 0); {
		case errors.Is(err, errUntranslated):
			continue
		case err != nil:
			return nil, err
		}
		if translated = append(translated, check); len(translated) == most {
			break
		}
	}
	if len(translated) == 0 {
		return nil, errUntranslated
	}
	p.checks = len(translated)
	for n := p.checks; n < rules; n++ {
		if err := p.add(translated[n%p.checks], n/p.checks); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// add writes a check as a rule, for the nth time.
func (p *policy) add(check *rulebook.Check, nth int) error {
	r := &rule{policy: p, check: check, scope: map[string]bound{}, id: check.ID, prefix: fmt.Sprintf("c%d", len(p.rules))}
	if nth > 0 {
		r.id = fmt.Sprintf("%s#%d", check.ID, nth)
	}
	text, err := r.write()
	if err == nil {
		p.text.WriteString(text)
		p.rules[r.id] = check.ID
	}
	return err
}

// rule is one check while it is written.
type rule struct {
	*policy
	check      *rulebook.Check
	id, prefix string
	scope      map[string]bound
	names      int
	// helpers are the functions that stand for alternatives.
	helpers strings.Builder
}

// bound is what a name of the check stands for in Rego.
type bound struct {
	name string
	kind *schema.Type // nil for a constant's items
}

func (r *rule) write() (string, error) {
	if r.check.Effective != nil || len(r.check.Coming) > 0 {
		return "", errUntranslated
	}
	body := []string{"some id, topics in platforms"}
	limits, err := r.limits()
	if err != nil {
		return "", err
	}
	if limits != "" {
		which := r.check.Level
		if which == "" {
			which = "mlps_level"
		}
		body = append(body, fmt.Sprintf("lim := %s[format_int(level(topics.platform, %q), 10)]", limits, which))
	}
	if r.check.When != "" {
		when, err := r.parsed(r.check.When, true)
		if err != nil {
			return "", err
		}
		body = append(body, when...)
	}
	var keys []string
	for _, each := range r.check.Each {
		if each.Dated != "" {
			return "", errUntranslated
		}
		lines, key, err := r.each(each)
		if err != nil {
			return "", err
		}
		body, keys = append(body, lines...), append(keys, key)
	}
	fails, err := r.parsed(r.check.Assert, false)
	if err != nil {
		return "", err
	}
	item := `""`
	if len(keys) > 0 {
		item = fmt.Sprintf(`concat("/", [%s])`, strings.Join(keys, ", "))
	}
	return fmt.Sprintf("%s\ndeny contains found(%q, id, %s) if %s\n", r.helpers.String(), r.id, item, block(append(body, fails...))), nil
}

// limits writes the limits of each level, those of age as the first day that is young
// enough, and returns their name.
func (r *rule) limits() (string, error) {
	if len(r.check.Limits) == 0 {
		return "", nil
	}
	levels := map[int]map[string]any{}
	for level := 1; level <= rulebook.MaxLevel; level++ {
		levels[level] = map[string]any{}
		for _, limit := range r.check.Limits {
			value := limit.At(level).Value
			if since, ok := r.since(value); ok {
				levels[level][limit.Name] = since
			} else if value != "" {
				levels[level][limit.Name] = json.Number(value)
			}
		}
	}
	data, err := json.Marshal(levels)
	if err != nil {
		return "", errUntranslated // a limit that is no number
	}
	name := r.prefix + "_limits"
	fmt.Fprintf(&r.helpers, "\n%s := %s\n", name, data)
	return name, nil
}

// since is the first day on which something is not older than a duration.
func (p *policy) since(duration string) (string, bool) {
	period, err := calendar.ParsePeriod(duration)
	if err != nil {
		return "", false
	}
	day := p.asOf
	for !day.PreviousDay().Add(period).Before(p.asOf) {
		day = day.PreviousDay()
	}
	return day.String(), true
}

// name is a new name in Rego for one of the check's.
func (r *rule) name(of string) string {
	r.names++
	return fmt.Sprintf("%s_%d", of, r.names)
}

// either is one line that holds where one of several conditions does: a function of
// what they read.
func (r *rule) either(alternatives ...[]string) string {
	r.names++
	name := fmt.Sprintf("%s_%d", r.prefix, r.names)
	var args []string
	text := fmt.Sprint(alternatives)
	outer := []string{"topics", "lim"}
	for _, b := range r.scope {
		outer = append(outer, b.name)
	}
	slices.Sort(outer)
	for _, arg := range outer {
		if regexp.MustCompile(`\b` + arg + `\b`).MatchString(text) {
			args = append(args, arg)
		}
	}
	call := fmt.Sprintf("%s(%s)", name, strings.Join(args, ", "))
	for _, lines := range alternatives {
		fmt.Fprintf(&r.helpers, "\n%s if %s\n", call, block(lines))
	}
	return call
}

// block is the body of a rule.
func block(lines []string) string {
	return "{\n\t" + strings.ReplaceAll(strings.Join(lines, "\n"), "\n", "\n\t") + "\n}"
}
