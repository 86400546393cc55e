package report

import (
	"io"
	"strconv"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// HistoryFormats are the formats of histories, in the order in which help lists them.
// They show runs that have a history, or one of claims.
func HistoryFormats(claims bool) []Format {
	if claims {
		return []Format{claimText{}, jsonFormat{}, claimCSV{}}
	}
	return []Format{historyText{}, jsonFormat{}, historyCSV{}, historySVG{}}
}

// maxPoints is how many points of a platform the text lists; what came before is
// counted.
const maxPoints = 12

// historyText is what an assessor reads: of each platform the score as a line, and
// when and why it changed.
type historyText struct{}

func (historyText) Name() string { return "text" }

func (historyText) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	return &historyReport{page: newPage(o), w: w, run: run}, nil
}

type historyReport struct {
	nothing
	*page
	w   io.Writer
	run *results.Results
}

func (d *historyReport) Platform(*results.Platform) error { return nil }

func (d *historyReport) End(run *results.Results) error {
	h := run.History
	for i := range h.Lines {
		d.line(h, &h.Lines[i])
	}
	d.rulebooks(h)
	for _, err := range run.Errors {
		d.Line(d.Paint(typeset.Bad, d.Say("运行出错：", "run failed: ")), d.Prose(err))
	}
	d.Line(d.Paint(typeset.Faint, d.basis(d.run)))
	if n := len(h.Commits); n > 0 {
		last := h.Commits[n-1]
		d.Line(d.Count(n, "个提交", "commit", "commits"), d.Say("，%s 至 %s；最后有 %s，其中 %d 个合规", ", %s to %s; at the end %s, %d of them compliant", h.Commits[0].On, last.On, d.Count(last.Platforms, "个平台", "platform", "platforms"), last.Compliant))
	}
	_, err := io.WriteString(d.w, d.String())
	return err
}

func (d *historyReport) line(h *results.History, l *results.HistoryLine) {
	d.Line(d.Paint(typeset.Strong, "── "+d.title(&results.Platform{ID: l.ID, Name: l.Name})+" ──"))
	rows := [][]typeset.Field{d.trend(d.Say("得分", "score"), h, l, func(p *results.HistoryPoint) results.Number { return p.Score })}
	for _, chapter := range h.Chapters {
		row := d.trend(chapter.ID+" "+d.Prose(chapter.Title), h, l, func(p *results.HistoryPoint) results.Number { return chapterScore(p, chapter.ID) })
		rows = append(rows, row)
	}
	for _, row := range d.Align(rows) {
		d.Line(margin, row)
	}
	d.Line()
	if more := len(l.Points) - maxPoints; more > 0 {
		d.Line(margin, d.Paint(typeset.Faint, d.Say("此前另有 %s：见 --report csv", "%s before: see --report csv", d.Count(more, "次变化", "change", "changes"))))
	}
	for i := max(0, len(l.Points)-maxPoints); i < len(l.Points); i++ {
		d.point(&l.Points[i])
	}
	d.Line()
}

func chapterScore(p *results.HistoryPoint, id string) results.Number {
	for _, c := range p.Chapters {
		if c.ID == id {
			return c.Score
		}
	}
	return ""
}

// trend is a row of a number over all commits, with where it began and is now.
func (d *historyReport) trend(title string, h *results.History, l *results.HistoryLine, of func(*results.HistoryPoint) results.Number) []typeset.Field {
	numbers := make([]results.Number, len(h.Commits))
	for i := range l.Points {
		p := &l.Points[i]
		end := len(h.Commits)
		if i+1 < len(l.Points) {
			end = l.Points[i+1].At
		}
		for at := p.At; at < end && p.Known(); at++ {
			numbers[at] = of(p)
		}
	}
	first, last := results.Number(""), numbers[len(numbers)-1]
	for _, n := range numbers {
		if first = n; n != "" {
			break
		}
	}
	return []typeset.Field{{Text: title, Role: typeset.Faint}, {Text: spark(numbers, sparkWidth)}, {Text: number(first) + " → " + number(last), Right: true}}
}

// sparkWidth is how many characters a trend has at most.
const sparkWidth = 40

// spark draws numbers from 0 to 100, the lowest of each stretch so that no fall is
// hidden; a dot where there is none.
func spark(numbers []results.Number, width int) string {
	width = min(width, len(numbers))
	var out strings.Builder
	for i := range width {
		lowest, known := 101.0, false
		for _, n := range numbers[i*len(numbers)/width : (i+1)*len(numbers)/width] {
			if value, err := strconv.ParseFloat(string(n), 64); err == nil {
				lowest, known = min(lowest, value), true
			}
		}
		if !known {
			out.WriteRune('·')
			continue
		}
		levels := []rune("▁▂▃▄▅▆▇█")
		out.WriteRune(levels[max(0, min(int(lowest*float64(len(levels))/100), len(levels)-1))])
	}
	return out.String()
}

// point is one change of a platform.
func (d *historyReport) point(p *results.HistoryPoint) {
	at := []string{margin, p.On, " ", d.Paint(typeset.Faint, short(p.Commit)), "  "}
	if !p.Known() {
		d.Line(append(at, d.Paint(typeset.Warning, d.unknown(p)))...)
		return
	}
	d.Line(append(at, d.outlook(&p.Outlook), d.Paint(typeset.Faint, " ["+d.why(p)+"]"))...)
	if len(p.Unreadable) > 0 {
		d.Line(margin, margin, d.Paint(typeset.Warning, d.unreadable(p)))
	}
}

// unknown says why nothing is known of a platform.
func (v voice) unknown(p *results.HistoryPoint) string {
	if p.Gone {
		return v.Say("不在了", "gone")
	}
	return v.Say("未评：%s", "not judged: %s", v.Prose(p.Gap))
}

// why says what a point differs by from the one before.
func (v voice) why(p *results.HistoryPoint) string {
	words := term.Causes()
	return v.Join(each(p.Causes, func(id string) string { return v.Prose(words.Text(id)) }))
}

func (v voice) unreadable(p *results.HistoryPoint) string {
	return v.Say("读不出的专题：%s", "topics that cannot be read: %s", v.List(p.Unreadable, maxNamed))
}

// rulebooks lists where the rulebook changed and where it could not be read: a lower
// score from there on need not be a worse platform.
func (d *historyReport) rulebooks(h *results.History) {
	for i, c := range h.Commits {
		switch {
		case !c.Gap.IsZero() && (i == 0 || h.Commits[i-1].Gap != c.Gap):
			d.Line(c.On, " ", d.Paint(typeset.Faint, short(c.Commit)), "  ", d.Paint(typeset.Warning, d.Say("未评：%s", "not judged: %s", d.Prose(c.Gap))))
		case c.Changed:
			d.Line(c.On, " ", d.Paint(typeset.Faint, short(c.Commit)), "  ", d.Say("规则库有改动：%s", "the rulebook changed: %s", typeset.Inert(c.Rulebook[:min(len(c.Rulebook), 19)])))
		}
	}
}

// historyCSV writes one change of a platform a row for spreadsheet programs.
type historyCSV struct{}

func (historyCSV) Name() string { return "csv" }

func (historyCSV) Begin(w io.Writer, _ *results.Results, o Options) (Report, error) {
	return &pointTable{voice: newVoice(o), w: w, options: o}, nil
}

type pointTable struct {
	nothing
	voice
	w       io.Writer
	options Options
}

func (d *pointTable) Platform(*results.Platform) error { return nil }

func (d *pointTable) End(run *results.Results) error {
	titles := []lang.Text{lang.Say("平台标识", "platform id"), lang.Say("平台", "platform"), lang.Say("代号", "code"), lang.Say("日期", "date"), lang.Say("提交", "commit"), lang.Say("得分", "score"), lang.Say("等次", "grade"), lang.Say("结论", "verdict"),
		lang.Say("一票否决", "blockers"), lang.Say("未履行法定义务", "duties unmet"), lang.Say("变化缘由", "why it changed"), lang.Say("说明", "note"), lang.Say("规则库", "rulebook")}
	var rows [][]string
	h := run.History
	for _, chapter := range h.Chapters {
		titles = append(titles, lang.Say("%s %s", "%s %s", chapter.ID, chapter.Title))
	}
	for i := range h.Lines {
		for j := range h.Lines[i].Points {
			rows = append(rows, d.row(h, &h.Lines[i], &h.Lines[i].Points[j]))
		}
	}
	return wholeTable(d.w, d.options, titles, rows)
}

func (d *pointTable) row(h *results.History, l *results.HistoryLine, p *results.HistoryPoint) []string {
	row := []string{typeset.Inert(p.ID), d.Prose(l.Name), typeset.Inert(l.Code), p.On, p.Commit}
	switch {
	case !p.Known():
		row = append(row, "", "", "", "", "", "", d.unknown(p))
	case len(p.Unreadable) > 0:
		row = append(row, d.cells(p)...)
		row = append(row, d.unreadable(p))
	default:
		row = append(append(row, d.cells(p)...), "")
	}
	row = append(row, h.Commits[p.At].Rulebook)
	for _, chapter := range h.Chapters {
		row = append(row, string(chapterScore(p, chapter.ID)))
	}
	return row
}

func (d *pointTable) cells(p *results.HistoryPoint) []string {
	return []string{string(p.Score), d.Prose(p.Grade.Title), d.Prose(term.Compliance(p.Compliant)), strconv.Itoa(p.Grade.Open), strconv.Itoa(p.Unmet), d.why(p)}
}
