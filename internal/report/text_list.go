package report

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// list writes blocks of findings, below headings where they are put together.
func (d *textReport) list(p *results.Platform, blocks []block) {
	heading := ""
	for i, b := range blocks {
		if next := d.heading(p, b[0]); next != heading {
			heading = next
			in := 0
			for _, other := range blocks[i:] {
				if d.heading(p, other[0]) != heading {
					break
				}
				in += len(other)
			}
			d.Line(d.Paint(typeset.Strong, heading), d.Say("（%d）", " (%d)", in))
			d.Line()
		}
		d.atMost(2, func() { d.block(b) })
	}
}

// heading is what the group of a finding is called, empty where there are none.
func (d *textReport) heading(p *results.Platform, f *finding.Finding) string {
	switch d.options.View.Group {
	case ByFile:
		return typeset.Inert(f.Location.Path)
	case BySeverity:
		if f.Waived {
			return d.Say("已豁免", "waived")
		}
		return f.Severity.Text().In(d.Language)
	case ByClause:
		id := clauseOf(f)
		if id == "" {
			return d.Say("不属于哪一条款", "of no clause")
		}
		title := ""
		if i := slices.IndexFunc(p.Clauses, func(c results.Clause) bool { return c.ID == id }); i >= 0 {
			title = " " + d.Prose(p.Clauses[i].Title)
		}
		return d.Say("条款 %s%s", "clause %s%s", typeset.Inert(id), title)
	}
	return ""
}

// block writes a finding, and where its equals are.
func (p *page) block(b block) { p.findingWith(b[0], p.equals(b)) }

// fitting is how many blocks are shown, and whether so many are left out that the card
// is brief. A screen shows at least one block, and more as long as the essentials stay
// in sight; where even one pushes them out, the page is tight.
func (d *textReport) fitting(p *results.Platform, blocks []block) (shown int, brief bool) {
	view := d.options.View
	if view.Limit > 0 {
		return min(view.Limit, len(blocks)), false
	}
	if !d.fits() {
		return len(blocks), false
	}
	listed := func(n int) int { return d.rows(func(t *textReport) { t.list(p, blocks[:n]) }) }
	if d.Most = 0; listed(len(blocks)) <= d.room(p, 0, false) {
		return len(blocks), false
	}
	room := d.room(p, len(p.Findings), true)
	if len(blocks) > 0 && listed(1) > room {
		d.Most = 1
		room = d.room(p, len(p.Findings), true)
	}
	for shown = 1; shown < len(blocks); shown++ {
		if listed(shown+1) > room {
			break
		}
	}
	return min(shown, len(blocks)), true
}

// fits reports whether a screen has to hold what is shown.
func (d *textReport) fits() bool { return d.options.View.Fit && d.options.Height > 0 }

// spare are the rows for the prompt, and for counts that are longer in the end.
const spare = 2

// room is how many rows of the screen are left for findings, above the card, the
// summary and the line that says how many are left out.
func (d *textReport) room(p *results.Platform, left int, brief bool) int {
	return d.options.Height - spare - d.rows(func(t *textReport) {
		t.more(p, left, 0)
		if !t.options.Quiet {
			t.card(p, brief)
		}
		t.summary(t.run, append(slices.Clone(d.standings), t.standing(p)), d.platforms+1, 0)
	})
}

// rows is how many rows of the screen something takes.
func (d *textReport) rows(draw func(*textReport)) (n int) {
	o := d.options
	o.Color = false
	scratch := &textReport{page: newPage(o), run: d.run, options: o}
	scratch.Most = d.Most
	draw(scratch)
	for line := range strings.Lines(scratch.String()) {
		n += max(1, (typeset.Width(strings.TrimSuffix(line, "\n"))+d.Width-1)/d.Width)
	}
	return n
}

// tallied is a check in the statistics.
type tallied struct {
	check    string
	title    lang.Text
	severity finding.Severity
	findings int
}

// count counts what is listed for the statistics, whatever the limit.
func (d *textReport) count(blocks []block) {
	if !d.options.View.Statistics {
		return
	}
	for _, b := range blocks {
		t := d.counted[b[0].Check]
		if t == nil {
			t = &tallied{check: b[0].Check, title: cmp.Or(b[0].Title, term.TitleOf(b[0].Check))}
			d.counted[b[0].Check] = t
		}
		t.severity = max(t.severity, b[0].Severity)
		t.findings += len(b)
	}
}

// statistics lists the checks with the most findings first.
func (d *textReport) statistics() {
	if len(d.counted) == 0 {
		return
	}
	all := slices.SortedFunc(maps.Values(d.counted), func(a, b *tallied) int {
		return cmp.Or(cmp.Compare(b.findings, a.findings), cmp.Compare(b.severity, a.severity), cmp.Compare(a.check, b.check))
	})
	var rows [][]typeset.Field
	for _, t := range all {
		rows = append(rows, []typeset.Field{{Text: strconv.Itoa(t.findings), Right: true, Role: typeset.Strong},
			{Text: t.severity.Text().In(d.Language), Role: severityRole(t.severity)}, {Text: typeset.Inert(t.check)}, {Text: d.Prose(t.title)}})
	}
	for _, row := range d.Align(rows) {
		d.Line(row)
	}
	d.Line()
}
