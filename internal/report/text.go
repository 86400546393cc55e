package report

import (
	"io"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
)

// usualWidth is how wide a line may be where no terminal tells.
const usualWidth = 100

// textFormat is what a platform's owner reads in a terminal or a CI log:
// findings first, then a card per platform, the summary last, where the eye
// rests when the run is over.
type textFormat struct{}

func (textFormat) Name() string { return "text" }

func (textFormat) Write(w io.Writer, r *results.Results, o Options) error {
	p := &page{painter: painter{on: o.Color}, lang: o.Language, width: max(o.Width, 40)}
	if o.Width <= 0 {
		p.width = usualWidth
	}
	if r.Gate != nil {
		p.gate(r)
	} else {
		p.check(r, o.Quiet)
	}
	_, err := io.WriteString(w, p.text.String())
	return err
}

// check writes what stands: findings, cards, summary.
func (p *page) check(r *results.Results, quiet bool) {
	for i := range r.Platforms {
		for j := range r.Platforms[i].Findings {
			p.finding(&r.Platforms[i].Findings[j])
		}
	}
	if !quiet {
		for i := range r.Platforms {
			p.card(&r.Platforms[i])
		}
	}
	p.summary(r)
}

// page is a text report on its way to the terminal.
type page struct {
	painter
	lang  lang.Language
	width int
	text  strings.Builder
}

// line ends a line; blanks at its end would only disturb who copies it.
func (p *page) line(parts ...string) {
	p.text.WriteString(strings.TrimRight(strings.Join(parts, ""), " "))
	p.text.WriteByte('\n')
}

// say is one of the report's own texts in the reader's language.
func (p *page) say(zh, en string, args ...any) string {
	return lang.Say(zh, en, args...).In(p.lang)
}

// prose is a text from the model in the reader's language.
func (p *page) prose(t lang.Text) string { return prose(t, p.lang) }

// list joins names the way the reader's language does, at most limit of them.
func (p *page) list(names []string, limit int) string {
	shown := make([]string, 0, min(len(names), limit))
	for _, name := range names[:min(len(names), limit)] {
		shown = append(shown, inert(name))
	}
	text := strings.Join(shown, p.say("、", ", "))
	if rest := len(names) - limit; rest > 0 {
		text += p.say(" 等 %[2]d 项", " and %[1]d more", rest, len(names))
	}
	return text
}

// count is a number of things; one and many are the English noun.
func (p *page) count(n int, zh, one, many string) string {
	noun := many
	if n == 1 {
		noun = one
	}
	return p.say("%[1]d "+zh, "%[1]d %[3]s", n, zh, noun)
}

// counts says how many findings there are of each severity.
func (p *page) counts(c results.Counts) string {
	number := map[finding.Severity]int{
		finding.Blocker: c.Blocker, finding.Major: c.Major, finding.Minor: c.Minor, finding.Advisory: c.Advisory,
	}
	var parts []string
	for _, s := range finding.Severities() {
		n, r := number[s], plain
		if n > 0 {
			r = severityRole(s)
		}
		parts = append(parts, p.paint(r, p.say("%[2]s %[1]d", "%[1]d %[2]s", n, s.Text())))
	}
	return strings.Join(parts, p.say("、", ", "))
}
