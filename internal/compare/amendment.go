package compare

import (
	"slices"

	"hegui/internal/rulebook"
)

// Amendment is an article that another rulebook adds, changes or removes.
type Amendment struct {
	Article *rulebook.Article // as it is afterwards; as it was, where it is gone
	Change  string            // added, changed or removed
	// Rests are the demands that name it, before or afterwards.
	Rests []rulebook.Rest
}

// Amended are the articles that differ between two rulebooks, those that are
// gone last. An article changes with its instrument.
func Amended(before, after *rulebook.Rulebook) []Amendment {
	was, is := before.Resting(), after.Resting()
	var out []Amendment
	add := func(article *rulebook.Article, change string) {
		out = append(out, Amendment{article, change, both(is[article.ID], was[article.ID])})
	}
	for _, id := range after.SourceIDs() {
		article, old := after.Article(id), before.Article(id)
		switch {
		case article == nil: // an instrument
		case old == nil:
			add(article, "added")
		case !article.Same(old):
			add(article, "changed")
		}
	}
	for _, id := range before.SourceIDs() {
		if article := before.Article(id); article != nil && after.Article(id) == nil {
			add(article, "removed")
		}
	}
	return out
}

// both are the demands of either list, each once.
func both(is, was []rulebook.Rest) []rulebook.Rest {
	all := slices.Clone(is)
	for _, r := range was {
		if !slices.ContainsFunc(all, func(o rulebook.Rest) bool { return o.Check.ID == r.Check.ID && o.Limit == r.Limit }) {
			all = append(all, r)
		}
	}
	return all
}
