package report

import (
	"fmt"
	"html"
	"io"
	"slices"

	"hegui/internal/results"
	"hegui/internal/typeset"
)

// badgeFormat draws an SVG for a README or an intranet page: score and grade of
// one platform, for several how many are compliant. It loads nothing and runs
// nothing.
type badgeFormat struct{}

func (badgeFormat) Name() string { return "badge" }

// maxBadge is how many columns a badge's text may have.
const maxBadge = 56

// White text has enough contrast on these colours. They run from the best grade
// to the worst.
const (
	badgeGood    = "#1a7f37"
	badgeFair    = "#5a6b00"
	badgeWeak    = "#9a5b00"
	badgeBad     = "#b42318"
	badgeUnknown = "#59636e"
	badgeLabel   = "#3d444d"
)

func (badgeFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	return &badgeReport{voice: newVoice(o), w: w, run: run}, nil
}

type badgeReport struct {
	nothing
	voice
	w   io.Writer
	run *results.Results
	// platforms counts the platforms, unmet the statutory duties that they do not meet;
	// value and color are what the badge says of the first if it is the only one.
	platforms    int
	unmet        int
	value, color string
}

func (d *badgeReport) Platform(p *results.Platform) error {
	d.unmet += p.Unmet()
	if d.platforms++; d.platforms == 1 {
		d.value, d.color = d.badgeOf(p, d.run.Rulebook.Grades)
	}
	return nil
}

func (d *badgeReport) End(run *results.Results) error {
	value, color := d.badge(run)
	label := d.Say("合规自评", "compliance (self-declared)")
	value = typeset.Truncate(value, maxBadge)
	left, right := badgeWidth(label), badgeWidth(value)
	title := html.EscapeString(label + d.Say("：", ": ") + value)
	_, err := fmt.Fprintf(d.w, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]d" height="20" viewBox="0 0 %[1]d 20" role="img" aria-label="%[2]s">
<title>%[2]s</title>
<rect width="%[1]d" height="20" rx="3" fill="%[3]s"/>
<path d="M%[4]d 0h%[5]da3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-%[5]dz" fill="%[6]s"/>
<g fill="#fff" text-anchor="middle" font-size="11" font-family="Verdana,'DejaVu Sans','Noto Sans CJK SC','Microsoft YaHei',sans-serif">
<text x="%[7]d" y="14" textLength="%[8]d" lengthAdjust="spacingAndGlyphs">%[9]s</text>
<text x="%[10]d" y="14" textLength="%[11]d" lengthAdjust="spacingAndGlyphs">%[12]s</text>
</g>
</svg>
`, left+right, title, badgeLabel, left, right-3, color,
		left/2, left-badgePad, html.EscapeString(label), left+right/2, right-badgePad, html.EscapeString(value))
	return err
}

// badgePad is the room beside a text, in pixels.
const badgePad = 12

// badgeWidth is how much room a text needs: a wide character as much as the
// font's size, a narrow one somewhat more than half of it. The text is fitted
// into it, whatever font the reader has.
func badgeWidth(s string) int {
	return badgePad + (typeset.Width(s)*62+9)/10
}

// owed is what a badge says of statutory duties that are not met.
func (v voice) owed(unmet int) string {
	if unmet == 0 {
		return ""
	}
	return v.Say(" · 法定义务未履行 %[1]d 项", " · %[2]s unmet", unmet, v.Count(unmet, "", "duty", "duties"))
}

// badge is what the badge says, and its colour.
func (d *badgeReport) badge(run *results.Results) (value, color string) {
	s := run.Summary
	switch {
	case len(run.Errors) > 0:
		return d.Say("运行出错", "run failed"), badgeUnknown
	case d.platforms == 0:
		return d.Say("没有平台", "no platforms"), badgeUnknown
	case d.platforms == 1:
		return d.value, d.color
	}
	value = d.Say("%[2]d 个平台中 %[1]d 个合规", "%[1]d of %[2]d compliant", s.Compliant, s.Platforms) + d.owed(d.unmet)
	switch s.Compliant {
	case s.Platforms:
		return value, badgeGood
	case 0:
		return value, badgeBad
	}
	return value, badgeWeak
}

// badgeOf is one platform's: its colour is that of the grade's place among the
// policy's grades, and always the worst when the platform is not compliant.
func (v voice) badgeOf(platform *results.Platform, grades []results.GradeRange) (value, color string) {
	value = v.Prose(platform.Grade.Title) + platform.ByProfile().In(v.Language)
	if platform.Score.Raw != "" {
		value = number(platform.Score.Raw) + " " + value
	}
	value += v.vetoed(platform) + v.owed(platform.Unmet())
	place := slices.IndexFunc(grades, func(g results.GradeRange) bool { return g.ID == platform.Grade.ID })
	switch colors := []string{badgeGood, badgeFair, badgeWeak, badgeBad}; {
	case !platform.Compliant:
		return value, badgeBad
	case place < 0:
		return value, badgeUnknown
	case len(grades) == 1:
		return value, badgeGood
	default:
		return value, colors[place*(len(colors)-1)/(len(grades)-1)]
	}
}
