package report

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"hegui/internal/finding"
	"hegui/internal/picture"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// maxComment is how long a comment may be in UTF-16 units: GitHub takes 65,536,
// and whoever posts it may add a line.
const maxComment = 60_000

// markdownFormat writes what fits a pull request's comment and a step's
// summary. Its first line is a marker by which a later report finds the one to
// replace. It holds no link and no image.
type markdownFormat struct{}

func (markdownFormat) Name() string { return "markdown" }

func (markdownFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	d := &comment{voice: newVoice(o), w: w, run: run, left: maxComment}
	d.foot = d.provenance(run)
	// Room is reserved for the end, and for the line that counts what is left out.
	d.left -= units(d.foot) + units(d.omission(1<<40))
	return d, nil
}

// comment is a Markdown document of bounded length. Its verdict comes first, so it
// keeps of each platform only what may still fit.
type comment struct {
	nothing
	voice
	w             io.Writer
	run           *results.Results
	text          strings.Builder
	left, omitted int
	foot          string

	overview  []string
	platforms []platformSection
	problems  []platformSection // as the first page of a card has them
	changes   []platformSection // since the previous examination
	due       []string          // rows of what lapses
	ahead     []string          // rows of what is announced
	outside   []string          // rows of checks that are not in force
	decided   []string          // rows of the city's decisions
	kept      int               // units of rows
	waived    int
	pictures  []string
	drawn     int // units of pictures
}

// platformSection are the findings of one platform, of whose rows it keeps the first.
type platformSection struct {
	title         string
	findings, all int
	rows          []string
	// lead is said before the rows.
	lead string
}

// maxKept is how many units of rows are kept: more than can ever be shown.
const maxKept = 4 * maxComment

func (d *comment) Platform(p *results.Platform) error { return d.Lay(p)() }

// Lay implements Early for what every platform keeps: how many of its rows fit is known
// only in its turn.
func (d *comment) Lay(p *results.Platform) (write func() error) {
	if d.run.Gate != nil {
		return func() error { return nil }
	}
	overview := typeset.Cells(said(d.Prose(p.Name)), said(typeset.Inert(p.ID)), said(d.gradeOf(p)), d.Prose(p.Conclusion()), number(p.Score.Raw))
	section := platformSection{title: typeset.Markup(d.title(p)), all: len(p.Problems), lead: d.lead(p)}
	return func() error {
		d.overview = append(d.overview, overview)
		d.note(p)
		d.noteProblems(p, section)
		return nil
	}
}

// note keeps a platform's findings, and what only some platforms have.
func (d *comment) note(p *results.Platform) {
	d.waived += waived(p)
	for _, line := range d.outOfForce(p) {
		if row := "- " + said(line) + "\n"; !slices.Contains(d.outside, row) {
			d.outside = append(d.outside, row)
		}
	}
	for _, line := range d.upcoming(p) {
		d.ahead = append(d.ahead, "- "+said(d.title(p)+d.Say("：", ": ")+line)+"\n")
	}
	d.noteDecisions(p)
	d.noteChanges(p)
	d.noteDue(p)
	d.noteFindings(p)
	d.draw(p)
}

// noteFindings keeps the rows of a platform's findings, as long as any may be shown.
func (d *comment) noteFindings(p *results.Platform) {
	listed := d.run.Listed(p)
	section := platformSection{title: typeset.Markup(d.title(p)), findings: len(listed)}
	if d.kept > maxKept {
		section.all = len(together(listed))
		d.platforms = append(d.platforms, section)
		return
	}
	rows := d.findingRows(listed)
	section.all = len(rows)
	for _, row := range rows {
		if d.kept += units(row); d.kept > maxKept {
			break
		}
		section.rows = append(section.rows, row)
	}
	d.platforms = append(d.platforms, section)
}

func (d *comment) End(run *results.Results) error {
	d.add("<!-- hegui:" + command(run) + " -->\n")
	if run.Gate != nil {
		d.gate(run)
	} else {
		d.check(run)
	}
	if d.omitted > 0 {
		d.text.WriteString(d.omission(d.omitted))
	}
	d.text.WriteString(d.foot)
	_, err := io.WriteString(d.w, d.text.String())
	return err
}

// add writes a short text that every report has.
func (d *comment) add(text string) {
	d.text.WriteString(text)
	d.left -= units(text)
}

func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// section writes rows between an opening and a closing text. It takes at most
// half of what is left, so that the sections behind it are seen as well; the
// rows that find no place are counted.
func (d *comment) section(open string, rows []string, end string) {
	if len(rows) == 0 {
		return
	}
	share := d.left/2 - units(open) - units(end)
	fit := 0
	for fit < len(rows) && units(rows[fit]) <= share {
		share -= units(rows[fit])
		fit++
	}
	d.omitted += len(rows) - fit
	if fit > 0 {
		d.add(open + strings.Join(rows[:fit], "") + end)
	}
}

func (d *comment) omission(rows int) string {
	return "\n" + d.Say("**还有 %d 行没有显示**：评论的长度有限。用 hegui 的文本、JSON 或 HTML 报告查看全部。",
		"**%d more rows are left out**: a comment's length is limited. hegui's text, JSON or HTML report has them all.", rows) + "\n"
}

// table is a table's head below the text before it; the columns behind the
// first left ones hold numbers.
func table(left int, titles ...string) string { return "\n" + typeset.Head(left, titles...) }

// folded opens an element that its reader unfolds.
func folded(summary string) (open, end string) {
	return "\n<details>\n<summary>" + summary + "</summary>\n", "\n</details>\n"
}

// said is a text of the model as Markdown.
func said(text string) string {
	if strings.TrimSpace(text) == "" {
		return "–"
	}
	return typeset.Markdown(text)
}

func (d *comment) heading(good bool, text string) {
	mark := "❌"
	if good {
		mark = "✅"
	}
	d.add("## " + mark + " " + text + "\n")
}

// check is the report of `hegui check`.
func (d *comment) check(r *results.Results) {
	good := len(r.Errors) == 0 && r.Summary.Platforms > 0 && r.Summary.Compliant == r.Summary.Platforms
	d.heading(good, typeset.Markdown(d.totals(r.Summary, d.waived, typeset.Painter{})))
	d.failures(r)
	d.section(table(4, d.Say("平台", "platform"), d.Say("标识", "id"), d.Say("等次", "grade"), d.Say("结论", "verdict"), d.Say("得分", "score")), d.overview, "")
	d.compared()
	d.lapses()
	for _, p := range d.platforms {
		open, end := folded(p.title + " · " + d.Count(p.findings, "个问题", "finding", "findings"))
		d.section(open+d.findingsHead(), p.rows, end)
		d.omitted += p.all - len(p.rows)
	}
	open, end := folded(d.Count(len(d.outside), "个检查项不在效力期，不作要求", "check not in force that nobody is held to", "checks not in force that nobody is held to"))
	d.section(open+"\n", d.outside, end)
	open, end = folded(d.Count(len(d.ahead), "处将不符合（要求已预告，现在不计分）", "item will fail what is announced (not scored yet)", "items will fail what is announced (not scored yet)"))
	d.section(open+"\n", d.ahead, end)
	d.cityDecisions()
	d.section("", d.pictures, "")
	d.summaries()
}

// draw keeps the picture of a platform, as a flowchart that code hosts draw. What
// can no longer be shown is counted.
func (d *comment) draw(p *results.Platform) {
	if p.Picture == nil || p.Picture.Empty() {
		return
	}
	if d.drawn > maxComment {
		d.omitted++
		return
	}
	var signs []string
	for _, s := range picture.States() {
		if n := p.Picture.Count(s); n > 0 {
			signs = append(signs, s.Mark()+" "+said(d.Prose(term.PartStates().Text(string(s))))+" "+strconv.Itoa(n))
		}
	}
	open, end := folded(typeset.Markup(d.title(p)) + " · " + d.Say("平台图", "picture"))
	text := open + "\n```mermaid\n" + picture.Lay(p.Picture).Mermaid(d.Language) + "```\n\n" + strings.Join(signs, "<br/>\n") + "\n" + end
	d.drawn += units(text)
	d.pictures = append(d.pictures, text)
}

// gradeOf is a platform's grade with the veto that forced it.
func (d *comment) gradeOf(p *results.Platform) string {
	return d.Prose(p.Grade.Title) + d.vetoed(p)
}

func (d *comment) compliance(is bool) string { return d.Prose(term.Compliance(is)) }

// failures are those of the run itself.
func (d *comment) failures(r *results.Results) {
	var rows []string
	for _, err := range r.Errors {
		rows = append(rows, "- ❌ "+d.Say("运行出错：", "run failed: ")+said(d.Prose(err))+"\n")
	}
	d.section("\n", rows, "")
}

// findings is the table of findings.
func (d *comment) findings(open string, listed []results.Listed, end string) {
	d.section(open+d.findingsHead(), d.findingRows(listed), end)
}

func (d *comment) findingsHead() string {
	return table(5, d.Say("严重程度", "severity"), d.Say("位置", "place"), d.Say("问题", "finding"), d.Say("整改", "fix"), d.Say("检查项与条款", "check and clauses"))
}

// findingRows are a row for each finding and its equals, first what a change puts on
// record itself, then the heaviest.
func (d *comment) findingRows(listed []results.Listed) []string {
	var rows []string
	all := together(listed)
	add := func(fits func(l results.Listed) bool) {
		for _, equals := range all {
			if fits(equals[0]) {
				rows = append(rows, d.findingRow(equals))
			}
		}
	}
	add(func(l results.Listed) bool { return l.Reported })
	for _, severity := range finding.Severities() {
		add(func(l results.Listed) bool { return l.Finding.Severity == severity && !l.Reported })
	}
	return rows
}

func (d *comment) findingRow(equals []results.Listed) string {
	l, f := equals[0], equals[0].Finding
	severity := f.Severity.Text().In(d.Language)
	if l.Blocking {
		severity = "**" + severity + "** ⛔"
	}
	if f.Waived {
		severity += d.Say("（已豁免）", " (waived)")
	}
	severity += d.mark(l)
	rests := said(typeset.Inert(f.Check))
	if len(f.Clauses) > 0 {
		rests += " · " + said(d.List(f.Clauses, maxNamed))
	}
	told := said(d.told(f))
	if others := d.equals(blockOf(equals)); others != "" {
		told += "<br/>" + said(others)
	}
	return typeset.Cells(severity, said(place(f.Location)), told, said(d.Prose(f.Remedy)), rests)
}

// provenance is the last paragraph: what was judged by what, and what it is not.
func (d *comment) provenance(r *results.Results) string {
	basis := d.Say("依据：", "Judged by: ") + typeset.Markdown(d.basis(r))
	if g := r.Gate; g != nil {
		basis += " · " + d.Say("主干 %s", "base %s", typeset.Markdown(typeset.Inert(short(g.Base))))
		if g.Head != nil {
			basis += " · " + d.Say("待合并 %s", "head %s", typeset.Markdown(typeset.Inert(short(*g.Head))))
		}
	}
	return "\n---\n" + basis + "<br/>\n" + d.disclaimer() + "\n"
}

// counted are counts as cells.
func counted(c results.Counts) []string {
	return []string{strconv.Itoa(c.Blocker), strconv.Itoa(c.Major), strconv.Itoa(c.Minor), strconv.Itoa(c.Advisory)}
}
