package handbook

import (
	"encoding/json"
	"io"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// The shapes of `hegui rules --sources --format json`.
type (
	sourcesJSON struct {
		Sources []instrumentJSON `json:"sources"`
	}
	instrumentJSON struct {
		ID           string        `json:"id"`
		Kind         string        `json:"kind"`
		Title        lang.Text     `json:"title"`
		Cite         lang.Text     `json:"cite"`
		Number       lang.Text     `json:"number,omitzero"`
		Issuer       lang.Text     `json:"issuer"`
		InForce      spanJSON      `json:"in_force"`
		SupersededBy string        `json:"superseded_by,omitempty"`
		Note         lang.Text     `json:"note,omitzero"`
		Articles     []articleJSON `json:"articles"`
	}
	spanJSON struct {
		From string `json:"from"`
		To   string `json:"to,omitempty"`
	}
	articleJSON struct {
		ID         string     `json:"id"`
		Number     lang.Text  `json:"number"`
		Duty       lang.Text  `json:"duty"`
		Binds      lang.Text  `json:"binds,omitzero"`
		Levels     []int      `json:"levels,omitempty"`
		InForce    spanJSON   `json:"in_force"`
		Confidence string     `json:"confidence"`
		Rests      []restJSON `json:"rests"`
		Unchecked  *lang.Text `json:"unchecked,omitempty"`
	}
	restJSON struct {
		Check   string `json:"check"`
		Limit   string `json:"limit,omitempty"`
		Carried bool   `json:"carried"`
		Risk    bool   `json:"risk,omitempty"`
	}
)

// writeSourcesJSON writes the sources for programs.
func writeSourcesJSON(w io.Writer, book *rulebook.Rulebook, _ Options) error {
	out, resting := sourcesJSON{[]instrumentJSON{}}, registerOf(book).resting
	for _, in := range book.Sources {
		out.Sources = append(out.Sources, instrumentOf(in, resting))
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(out)
}

func instrumentOf(in *rulebook.Instrument, resting map[string][]rulebook.Rest) instrumentJSON {
	out := instrumentJSON{ID: in.ID, Kind: in.Kind, Title: in.Title, Cite: in.Cite, Number: in.Number, Issuer: in.Issuer, InForce: spanOf(in.InForce),
		SupersededBy: in.SupersededBy, Note: in.Note, Articles: []articleJSON{}}
	for _, a := range in.Articles {
		article := articleJSON{ID: a.ID, Number: a.Number, Duty: a.Duty, Binds: a.Binds, Levels: a.Levels, InForce: spanOf(a.InForce), Confidence: a.Confidence, Rests: []restJSON{}}
		for _, r := range resting[a.ID] {
			article.Rests = append(article.Rests, restJSON{r.Check.ID, r.Limit, r.Carried, r.Risk})
		}
		if !a.Unchecked.IsZero() {
			article.Unchecked = &a.Unchecked
		}
		out.Articles = append(out.Articles, article)
	}
	return out
}

func spanOf(s rulebook.Span) spanJSON {
	out := spanJSON{From: s.From.String()}
	if s.To != nil {
		out.To = s.To.String()
	}
	return out
}
