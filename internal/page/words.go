package page

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// words are the template functions. What returns template.HTML has
// escaped what it was given.
func (p *Pages) words() template.FuncMap {
	return template.FuncMap{
		"say":  func(zh, en string, args ...any) template.HTML { return spoken(lang.Say(zh, en, args...)) },
		"pair": func(zh, en string) lang.Text { return lang.Say(zh, en) },
		"in":   func(t lang.Text) string { return typeset.Prose(t, p.language) },
		"in1":  typeset.Prose,
		"show": typeset.OrDash, "name": isolated, "term": termOf, "number": number, "place": placed, "link": link,
		"date": func(s string) template.HTML { return dated(s, dateText(s)) },
		"day":  func(s string) template.HTML { return dated(s, lang.Same(s)) },
		"bar":  percentBar, "share": shareBar, "verdict": verdictMark,
		"signed": signedNumber, "titled": platformTitle, "step": func(n results.Number) int { return step(n, p.run.Rulebook.Grades) },
		"compliance": func(compliant bool) template.HTML { return both(term.Compliance(compliant)) },
		"inert":      typeset.Inert,
		"waiver":     func(state examine.WaiverState) template.HTML { return both(term.WaiverStates().Text(string(state))) },
		"decision":   func(effect string) template.HTML { return both(term.Decisions().Text(effect)) },
		"effortWord": func(effort string) template.HTML { return both(term.Efforts().Text(effort)) },
		"audience":   func(audience string) template.HTML { return both(term.Audiences().Text(audience)) },
	}
}

// placed is a location, in the form that editors open.
func placed(at finding.Location) string { return typeset.Place(at.Path, at.Line, at.Column) }

// both is a text of the model in both languages, of which the page shows one.
func both(t lang.Text) template.HTML {
	if t.IsZero() {
		return "–"
	}
	return spoken(lang.Text{ZH: typeset.Prose(t, lang.Chinese), EN: typeset.Prose(t, lang.English)})
}

// self is what is known by an id, as the link that leads to itself.
func self(anchor, id string) template.HTML {
	return template.HTML(`<a class="self" href="#` + template.HTMLEscapeString(anchor) + `">` + template.HTMLEscapeString(typeset.OrDash(id)) + `</a>`)
}

// signedNumber is a change, whose sign is always shown.
func signedNumber(n results.Number) string {
	switch text := string(n); {
	case text == "":
		return "–"
	case text == "0.0":
		return "0"
	case strings.HasPrefix(text, "-"):
		return "−" + text[1:]
	default:
		return "+" + text
	}
}

// number is a number of the model, or a dash where there is none.
func number(n results.Number) string { return typeset.OrDash(string(n)) }

// spoken is one of our own texts, whose blanks at the edges count.
func spoken(t lang.Text) template.HTML {
	if t.ZH == t.EN {
		return template.HTML(template.HTMLEscapeString(t.ZH)) // escaped here
	}
	return template.HTML(`<span lang="zh">` + template.HTMLEscapeString(t.ZH) + `</span><span lang="en">` + template.HTMLEscapeString(t.EN) + `</span>`)
}

// isolated is a name whose direction of writing stays with it.
func isolated(s string) template.HTML {
	return template.HTML("<bdi>" + template.HTMLEscapeString(typeset.OrDash(s)) + "</bdi>")
}

func termOf(title lang.Text, value string) template.HTML {
	switch {
	case !title.IsZero():
		return both(title)
	case value == "":
		return "–"
	}
	return isolated(value)
}

// link is an address that a reader may follow; the page itself never does. An
// address that is not https is shown without a link.
func link(url string) template.HTML {
	shown := template.HTMLEscapeString(typeset.Inert(url))
	if !strings.HasPrefix(url, "https://") || typeset.Inert(url) != url {
		return template.HTML("<bdi>" + shown + "</bdi>")
	}
	return template.HTML(`<a rel="noreferrer noopener" href="` + shown + `">` + shown + `</a>`)
}

// dated is a date in words, which no line breaks.
func dated(s string, words lang.Text) template.HTML {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return both(words)
	}
	return `<time datetime="` + template.HTML(s) + `">` + both(words) + `</time>` // a date is no markup
}

func dateText(s string) lang.Text {
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return lang.Same(s)
	}
	return lang.Say("%[1]d年%[2]d月%[3]d日", "%[3]d %[4]s %[1]d", day.Year(), int(day.Month()), day.Day(), day.Month().String())
}

// percentBar draws a percentage; the number is shown beside it.
func percentBar(n results.Number) template.HTML {
	if n == "" {
		return ""
	}
	return drawn(percentOf(n))
}

func shareBar(part, of int) template.HTML {
	if of == 0 {
		return ""
	}
	return drawn(100 * float64(part) / float64(of))
}

func drawn(percent float64) template.HTML {
	return template.HTML(fmt.Sprintf(`<svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">`+
		`<rect class="track" width="100" height="8"/><rect class="fill" width="%s" height="8"/></svg>`, decimal(percent)))
}

// percentOf is a number of the model for a drawing: between 0 and 100.
func percentOf(n results.Number) float64 {
	f, err := strconv.ParseFloat(string(n), 64)
	if err != nil || f != f {
		return 0
	}
	return max(0, min(f, 100))
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }

// sign is a word with the mark and the tint that it carries on paper and on
// the screen; neither is shown without the word.
type sign struct {
	Text        lang.Text
	Mark, Class string
}

// signed puts a word's mark and tint beside it.
func signed(values term.Enumeration, id string) sign {
	s := sign{Mark: "–", Class: "none"}
	switch id {
	case "met", "pass":
		s = sign{Mark: "●", Class: "good"}
	case "partly_met":
		s = sign{Mark: "◐", Class: "half"}
	case "waived", "rectified":
		s = sign{Mark: "◇", Class: "half"}
	case "not_met", "fail":
		s = sign{Mark: "○", Class: "bad"}
	}
	s.Text = values.Text(id)
	return s
}

func verdictMark(id string) sign { return signed(term.ClauseVerdicts(), id) }

// basisText is what a demand rests on: the source, what kind of source that is
// and whether its text is known.
func basisText(b rulebook.Basis) lang.Text {
	return lang.Say("%s（%s，%s）", "%s (%s, %s)", b.Cited(), term.BasisKinds().Long(b.Kind), term.Confidences().Text(b.Confidence))
}

// groundsText is the source of a demand, with what is said of it only where its text
// was not read; a default says itself that it is one.
func groundsText(b rulebook.Basis) lang.Text {
	if b.Confidence == "read" || b.Kind == "default" {
		return b.Cited()
	}
	return lang.Say("%s（%s）", "%s (%s)", b.Cited(), term.Confidences().Text(b.Confidence))
}

var plainWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9_./:=@+-]+$`) })

// command is what reproduces a page of these platforms, all for none, ready to
// be pasted into a shell.
func (p *Pages) command(platforms []string, words ...string) string {
	words = slices.Concat([]string{"hegui"}, words, platforms)
	for _, when := range p.options.Previous {
		words = append(words, "--previous", when)
	}
	if rev := p.run.Revision; rev != nil && !rev.Dirty {
		words = append(words, "--rev", rev.Commit)
	}
	words = append(words, "--as-of", p.run.AsOf, "--audience", p.run.Audience, "--lang", string(p.language))
	for _, overlay := range p.run.Rulebook.Overlays {
		words = append(words, "--overlay", overlay)
	}
	for i, word := range words {
		if !plainWord().MatchString(word) {
			words[i] = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
		}
	}
	return typeset.Inert(strings.Join(words, " "))
}
