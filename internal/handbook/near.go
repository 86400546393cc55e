package handbook

import (
	"hegui/internal/near"
	"hegui/internal/reference"
	"hegui/internal/rulebook"
	"hegui/internal/term"
)

// maxNear is how many ids an error offers: a choice, not a catalogue.
const maxNear = 6

// meant are the ids that were probably meant.
func meant(book *rulebook.Rulebook, typed string) []string {
	if field := nearField(book, typed); field != "" {
		return []string{field}
	}
	var ids []string
	for i := range book.Regulation.Clauses {
		ids = append(ids, book.Regulation.Clauses[i].ID)
	}
	for _, check := range book.Checks {
		ids = append(ids, check.ID)
	}
	ids = append(ids, book.SourceIDs()...)
	ids = append(ids, term.OwnIDs()...)
	return near.Names(typed, append(ids, reference.Names()...), maxNear)
}
