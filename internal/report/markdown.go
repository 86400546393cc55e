package report

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf16"

	"hegui/internal/finding"
	"hegui/internal/results"
)

// maxComment is what GitHub takes as a comment, in UTF-16 units to be safe; a
// step's summary may be longer.
const maxComment = 65_536

// markdownFormat writes what fits a pull request's comment and a step's
// summary. Its first line is a marker by which a later report finds the one to
// replace. It holds no link and no image.
type markdownFormat struct{}

func (markdownFormat) Name() string { return "markdown" }

func (markdownFormat) Write(w io.Writer, r *results.Results, o Options) error {
	d := &comment{page: page{lang: o.Language}, left: maxComment}
	d.foot = d.provenance(r)
	// What comes last, and the line that says what is left out, have their place.
	d.left -= units(d.foot) + units(d.omission(1<<40))
	d.add("<!-- hegui:" + command(r) + " -->\n")
	if r.Gate != nil {
		d.gate(r)
	} else {
		d.check(r)
	}
	if d.omitted > 0 {
		d.text.WriteString(d.omission(d.omitted))
	}
	d.text.WriteString(d.foot)
	_, err := io.WriteString(w, d.text.String())
	return err
}

// comment is a Markdown document of bounded length.
type comment struct {
	page
	left, omitted int
	foot          string
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
	return "\n" + d.say("**还有 %d 行没有显示**：评论的长度有限。用 hegui 的文本、JSON 或 HTML 报告查看全部。",
		"**%d more rows are left out**: a comment's length is limited. hegui's text, JSON or HTML report has them all.", rows) + "\n"
}

// cells is one row of a table.
func cells(texts ...string) string { return "| " + strings.Join(texts, " | ") + " |\n" }

// table is a table's head; columns to the right hold numbers.
func table(left int, titles ...string) string {
	rules := make([]string, len(titles))
	for i := range titles {
		rules[i] = "---"
		if i >= left {
			rules[i] = "--:"
		}
	}
	return "\n" + cells(titles...) + cells(rules...)
}

// folded opens an element that its reader unfolds.
func folded(summary string) (open, end string) {
	return "\n<details>\n<summary>" + summary + "</summary>\n", "\n</details>\n"
}

// said is a text of the model as Markdown.
func said(text string) string {
	if strings.TrimSpace(text) == "" {
		return "–"
	}
	return markdown(text)
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
	d.heading(good, markdown(d.totals(r)))
	d.failures(r)
	var rows []string
	for i := range r.Platforms {
		p := &r.Platforms[i]
		rows = append(rows, cells(said(d.prose(p.Name)), said(inert(p.ID)), said(d.gradeOf(p)), d.compliance(p.Compliant), number(p.Score.Raw)))
	}
	d.section(table(4, d.say("平台", "platform"), d.say("标识", "id"), d.say("等次", "grade"), d.say("判定", "verdict"), d.say("得分", "score")), rows, "")
	for i := range r.Platforms {
		p := &r.Platforms[i]
		var listed []results.Listed
		for j := range p.Findings {
			listed = append(listed, results.Listed{Platform: p, Finding: &p.Findings[j]})
		}
		open, end := folded(markup(d.title(p)) + " · " + d.count(len(listed), "项发现", "finding", "findings"))
		d.findings(open, listed, end)
	}
}

// gradeOf is a platform's grade with the veto that forced it.
func (d *comment) gradeOf(p *results.Platform) string {
	grade := d.prose(p.Grade.Title)
	if len(p.Grade.Vetoes) > 0 {
		grade += d.say("（一票否决）", " (veto)")
	}
	return grade
}

func (d *comment) compliance(is bool) string {
	if is {
		return d.say("合规", "compliant")
	}
	return d.say("不合规", "not compliant")
}

// failures are those of the run itself.
func (d *comment) failures(r *results.Results) {
	var rows []string
	for _, err := range r.Errors {
		rows = append(rows, "- ❌ "+d.say("运行出错：", "run failed: ")+said(d.prose(err))+"\n")
	}
	d.section("\n", rows, "")
}

// findings is the table of findings, the heaviest first.
func (d *comment) findings(open string, listed []results.Listed, end string) {
	var rows []string
	for _, severity := range finding.Severities() {
		for _, l := range listed {
			if l.Finding.Severity == severity {
				rows = append(rows, d.findingRow(l))
			}
		}
	}
	d.section(open+table(5, d.say("严重程度", "severity"), d.say("位置", "place"), d.say("问题", "finding"), d.say("整改", "fix"),
		d.say("检查与条款", "check and clauses")), rows, end)
}

func (d *comment) findingRow(l results.Listed) string {
	f := l.Finding
	severity := f.Severity.Text().In(d.lang)
	if l.Blocking {
		severity = "**" + severity + "** ⛔"
	}
	if f.Waived {
		severity += d.say("（豁免）", " (waived)")
	}
	if l.Revealed {
		severity += d.say("（原被损坏的文件遮住，不拦截）", " (hidden by a broken file before, does not block)")
	}
	rests := said(inert(f.Check))
	if len(f.Clauses) > 0 {
		rests += " · " + said(d.list(f.Clauses, maxNamed))
	}
	return cells(severity, said(place(f.Location)), said(d.prose(f.Message)), said(d.prose(f.Remedy)), rests)
}

// provenance is the last paragraph: what was judged by what, and what it is not.
func (d *comment) provenance(r *results.Results) string {
	basis := d.say("依据：", "Judged by: ") + markdown(d.basis(r))
	if g := r.Gate; g != nil {
		basis += " · " + d.say("主干 %s", "base %s", markdown(inert(short(g.Base))))
		if g.Head != nil {
			basis += " · " + d.say("待合并 %s", "head %s", markdown(inert(short(*g.Head))))
		}
	}
	return "\n---\n" + basis + "<br/>\n" + d.disclaimer() + "\n"
}

// counted are counts as cells.
func counted(c results.Counts) []string {
	return []string{strconv.Itoa(c.Blocker), strconv.Itoa(c.Major), strconv.Itoa(c.Minor), strconv.Itoa(c.Advisory)}
}
