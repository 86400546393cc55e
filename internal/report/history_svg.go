package report

import (
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"
	"time"

	"hegui/internal/picture"
	"hegui/internal/results"
	"hegui/internal/typeset"
)

// historySVG draws the score of each platform over time. It loads nothing and runs
// nothing.
type historySVG struct{}

func (historySVG) Name() string { return "svg" }

func (historySVG) Begin(w io.Writer, _ *results.Results, o Options) (Report, error) {
	return &chart{voice: newVoice(o), w: w}, nil
}

// Sizes of a chart in pixels: one platform's is a band with the scale at its left and
// the title above.
const (
	chartWidth, bandHeight = 720, 132
	plotLeft, plotTop      = 44, 26
	plotWidth, plotHeight  = chartWidth - plotLeft - 14, 84
)

type chart struct {
	nothing
	voice
	w   io.Writer
	out strings.Builder
}

func (d *chart) Platform(*results.Platform) error { return nil }

func (d *chart) End(run *results.Results) error {
	h := run.History
	title := d.Say("得分走势（自评）", "scores over time (self-declared)")
	height := bandHeight*len(h.Lines) + 24
	fmt.Fprintf(&d.out, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]d" height="%[2]d" viewBox="0 0 %[1]d %[2]d" role="img" aria-label="%[3]s">
<title>%[3]s</title>
<rect width="%[1]d" height="%[2]d" fill="#fff"/>
<g font-size="11" font-family="Verdana,'DejaVu Sans','Noto Sans CJK SC','Microsoft YaHei',sans-serif" fill="%[4]s">
`, chartWidth, height, html.EscapeString(title), badgeLabel)
	for i := range h.Lines {
		d.band(h, &h.Lines[i], i*bandHeight, run.Rulebook.Minimum)
	}
	fmt.Fprintf(&d.out, "<text x=\"%d\" y=\"%d\">%s</text>\n</g>\n</svg>\n", plotLeft, height-8,
		html.EscapeString(d.Say("虚线：规则库有改动；空心点：有一票否决；断开处未评", "dashed: the rulebook changed; hollow: blockers are open; broken where nothing was judged")))
	_, err := io.WriteString(d.w, d.out.String())
	return err
}

// band draws one platform.
func (d *chart) band(h *results.History, l *results.HistoryLine, top int, minimum results.Number) {
	name := typeset.Truncate(d.title(&results.Platform{ID: l.ID, Name: l.Name}), 80)
	fmt.Fprintf(&d.out, "<g transform=\"translate(0,%d)\">\n<text x=\"%d\" y=\"16\" font-weight=\"bold\">%s</text>\n", top, plotLeft, html.EscapeString(name))
	for _, n := range []results.Number{"0", minimum, "100"} {
		fmt.Fprintf(&d.out, "<path d=\"M%d %sh%d\" stroke=\"#d0d7de\"/><text x=\"%d\" y=\"%s\" text-anchor=\"end\" dominant-baseline=\"middle\">%s</text>\n",
			plotLeft, height(n), plotWidth, plotLeft-6, height(n), html.EscapeString(strings.TrimSuffix(string(n), ".0")))
	}
	for i, c := range h.Commits {
		if c.Changed {
			fmt.Fprintf(&d.out, "<path d=\"M%s %dv%d\" stroke=\"%s\" stroke-dasharray=\"3 3\"><title>%s</title></path>\n", d.across(h, i), plotTop, plotHeight, badgeUnknown,
				html.EscapeString(d.Say("%s 规则库有改动", "%s: the rulebook changed", c.On)))
		}
	}
	d.steps(h, l)
	fmt.Fprintf(&d.out, "<text x=\"%d\" y=\"%d\">%s</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n</g>\n", plotLeft, plotTop+plotHeight+14, h.Commits[0].On,
		plotLeft+plotWidth, plotTop+plotHeight+14, h.Commits[len(h.Commits)-1].On)
}

// steps draws the score, which stays from one point to the next.
func (d *chart) steps(h *results.History, l *results.HistoryLine) {
	var line picture.Steps
	var dots strings.Builder
	for i := range l.Points {
		p := &l.Points[i]
		x := d.across(h, p.At)
		if !p.Known() || p.Score == "" {
			line.Break(x)
			continue
		}
		y := height(p.Score)
		line.To(x, y)
		fill, color := badgeGood, badgeGood
		if !p.Compliant {
			fill, color = badgeBad, badgeBad
		}
		if p.Grade.Open > 0 {
			fill = "#fff"
		}
		_, grade, verdict := d.standsAt(&p.Outlook)
		fmt.Fprintf(&dots, "<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"%s\" stroke=\"%s\"><title>%s</title></circle>\n", x, y, fill, color,
			html.EscapeString(d.Say("%s：%s 分；%s；%s；%s", "%s: %s points; %s; %s; %s", p.On, number(p.Score), grade, verdict, d.why(p))))
	}
	line.Break(strconv.Itoa(plotLeft + plotWidth))
	if line.Path() != "" {
		fmt.Fprintf(&d.out, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>\n%s", line.Path(), badgeLabel, dots.String())
	}
}

// across is where a commit is from left to right, by its day.
func (d *chart) across(h *results.History, at int) string {
	first, last := day(h.Commits[0].On), day(h.Commits[len(h.Commits)-1].On)
	share := 0.0
	if last > first {
		share = min(max((day(h.Commits[at].On)-first)/(last-first), 0), 1)
	}
	return strconv.FormatFloat(plotLeft+share*plotWidth, 'f', 1, 64)
}

func day(on string) float64 {
	at, _ := time.Parse(time.DateOnly, on) // a date of the model
	return float64(at.Unix())
}

// height is where a score is from top to bottom.
func height(n results.Number) string {
	value, _ := strconv.ParseFloat(string(n), 64) // a number of the model
	return strconv.FormatFloat(plotTop+(100-min(max(value, 0), 100))/100*plotHeight, 'f', 1, 64)
}
