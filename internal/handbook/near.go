package handbook

import (
	"slices"
	"strings"

	"hegui/internal/reference"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/term"
)

// maxNear is how many ids an error offers: a choice, not a catalogue.
const maxNear = 6

// near are the ids that were probably meant: those which hold what was typed,
// as a section's number or half of a check's name do, else the one that is
// spelt most alike.
func near(book *rulebook.Rulebook, typed string) []string {
	typed = strings.ToLower(strings.Trim(typed, " ."))
	var ids, within []string
	for i := range book.Regulation.Clauses {
		ids = append(ids, book.Regulation.Clauses[i].ID)
	}
	for _, check := range book.Checks {
		ids = append(ids, check.ID)
	}
	ids = append(ids, book.SourceIDs()...)
	ids = append(ids, term.OwnIDs()...)
	ids = append(ids, reference.Names()...)
	if len(typed) > 2 {
		for _, id := range ids {
			if holds(id, typed) {
				within = append(within, id)
			}
		}
	}
	if len(within) > 0 {
		return within[:min(len(within), maxNear)]
	}
	if nearest := schema.Nearest(typed, ids); nearest != "" {
		return []string{nearest}
	}
	return nil
}

// holds reports whether an id is what was typed with more before or behind it,
// split where ids are.
func holds(id, typed string) bool {
	at := strings.Index(id, typed)
	if at < 0 {
		return false
	}
	joint := func(s string) bool { return s == "" || slices.Contains([]byte(".-_/"), s[0]) }
	before, after := id[:at], id[at+len(typed):]
	if before != "" {
		before = before[len(before)-1:]
	}
	// A clause is not asked for by its last numbers.
	if id[0] >= '0' && id[0] <= '9' && before != "" {
		return false
	}
	return joint(before) && joint(after)
}
