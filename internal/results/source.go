package results

import (
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// Instrument is a law, a document or a standard that checks rest on.
type Instrument struct {
	ID     string    `json:"id"`
	Kind   string    `json:"kind"`
	Title  lang.Text `json:"title"`
	Number lang.Text `json:"number,omitzero"`
	// Articles are those that checks name.
	Articles []Article `json:"articles"`
}

// Article is an article that checks name.
type Article struct {
	// ID is what a basis names it by, Cite how findings do, and Number how they do right
	// behind another article of the instrument.
	ID         string    `json:"id"`
	Cite       lang.Text `json:"cite"`
	Number     lang.Text `json:"number"`
	Confidence string    `json:"confidence"`
}

// sources are the instruments with articles that a rulebook's checks name.
func sources(book *rulebook.Rulebook) []Instrument {
	var out []Instrument
	named := book.Named()
	for _, in := range book.Sources {
		one := Instrument{ID: in.ID, Kind: in.Kind, Title: in.Title, Number: in.Number, Articles: make([]Article, 0, len(in.Articles))}
		for _, article := range in.Articles {
			if named[article.ID] {
				one.Articles = append(one.Articles, Article{article.ID, article.Text(), article.Number, article.Confidence})
			}
		}
		if len(one.Articles) > 0 {
			out = append(out, one)
		}
	}
	return out
}

// Articles are the articles that a check and its limits name, those that carry a
// demand first.
func (c *Check) Articles() []string {
	bases := []rulebook.Basis{c.Basis}
	for _, limit := range c.Limits {
		bases = append(bases, limit.Basis)
	}
	var first, others []string
	for _, basis := range bases {
		for i, article := range basis.Articles {
			if i == 0 {
				first = append(first, article)
			} else {
				others = append(others, article)
			}
		}
	}
	return unique(append(first, others...))
}

func unique(all []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range all {
		if !seen[s] {
			seen[s], out = true, append(out, s)
		}
	}
	return out
}
