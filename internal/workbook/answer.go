package workbook

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/term"
)

// The longest texts that the verdicts' schema takes.
const (
	maxNote   = 8000
	maxNumber = 200
)

// rowReader is one row that may hold an answer.
type rowReader struct {
	*reader
	sheet   string
	number  int
	cells   []string
	columns map[string]int
}

func (r *rowReader) column(id string) int {
	if i, ok := r.columns[id]; ok {
		return i
	}
	return math.MaxInt // a column that was deleted says nothing
}

func (r *rowReader) cell(id string) *cellReader {
	column := r.column(id)
	if column == math.MaxInt {
		return &cellReader{reader: r.reader, sheet: r.sheet}
	}
	return &cellReader{reader: r.reader, sheet: r.sheet, ref: cellName(column+1, r.number), value: strings.TrimSpace(at(r.cells, column))}
}

// answerIDs are the ids of the assessor's columns.
func answerIDs() []string {
	var ids []string
	for _, c := range (&book{styles: &styles{}}).own() {
		ids = append(ids, c.id)
	}
	return ids
}

// isHeader reports whether the row is the header that people read, wherever it
// has been sorted to.
func (r *rowReader) isHeader() bool {
	for _, c := range (&book{styles: &styles{}}).own() {
		if c.id == "verdict" {
			cell := at(r.cells, r.column(c.id))
			return cell == c.title.ZH || cell == c.title.EN
		}
	}
	return false
}

// filled reports whether the assessor has written anything into the row. A
// formula that shows nothing is something.
func (r *rowReader) filled() bool {
	for _, id := range answerIDs() {
		if c := r.cell(id); c.value != "" || c.formula() != "" {
			return true
		}
	}
	return false
}

func (r *rowReader) answer(a *Answer) {
	a.Verdict = r.cell("verdict").word(term.AssessorVerdicts())
	a.Record.Method = r.cell("method").word(term.Methods())
	a.Record.Population, a.Record.Sample = r.cell("population").number(), r.cell("sample").number()
	a.Record.Note = r.cell("note").text(maxNote)
	a.Record.EvidenceNumber = r.cell("evidence_number").text(maxNumber)
	a.Record.Risk = r.cell("risk").word(term.Risks())
	a.Record.ResponsiblePost = r.cell("responsible_post").post()
	a.Record.Deadline = r.cell("deadline").day()
	a.Record.Recheck, a.Record.Statement = r.cell("recheck").text(maxNote), r.cell("statement").text(maxNote)
	if c := r.cell("verdict"); c.value == "" && c.formula() == "" {
		c.fail("没有写评估结论", "the verdict is missing")
	}
	if a.Verdict == "not_met" && a.Record.Note == "" {
		r.cell("note").fail("结论是不符合，要写明看到了什么", "the verdict is not met: state what was seen")
	}
	if p, s := a.Record.Population, a.Record.Sample; p != nil && s != nil && *s > *p {
		r.cell("sample").fail("抽样数大于总体数", "the sample is larger than the population")
	}
}

// cellReader is one cell with what it holds.
type cellReader struct {
	*reader
	sheet, ref, value string
}

func (c *cellReader) place() string { return c.sheet + "!" + c.ref }

func (c *cellReader) fail(zh, en string, args ...any) {
	c.reader.fail(c.place(), lang.Say(zh, en, args...))
}

// formula is the cell's formula, empty for none.
func (c *cellReader) formula() string {
	if c.ref == "" {
		return ""
	}
	formula, err := c.file.GetCellFormula(c.sheet, c.ref)
	if err != nil {
		return "?" // what cannot be read might be one
	}
	return formula
}

// stated is the cell's text. What a formula shows is not what anybody wrote.
func (c *cellReader) stated() string {
	if c.formula() != "" {
		c.fail("这里是公式，请改成值", "this is a formula: enter the value instead")
		return ""
	}
	return c.value
}

// word is the id of one of the words, in either language.
func (c *cellReader) word(values term.Enumeration) string {
	text := c.stated()
	if text == "" {
		return ""
	}
	var known []string
	for _, w := range values.Words {
		for _, name := range []string{w.Text.ZH, w.Text.EN, w.ID} {
			if strings.EqualFold(name, text) {
				return w.ID
			}
			known = append(known, name)
		}
	}
	if meant := near.Word(strings.ToLower(text), known); meant != "" {
		c.fail("不认识 %s，是不是 %s？", "%s is not understood, did you mean %s?", document.Quote(text), meant)
		return ""
	}
	c.fail("不认识 %s：可用的有 %s", "%s is not understood: want one of %s", document.Quote(text),
		lang.Text{ZH: strings.Join(values.All(lang.Chinese), "、"), EN: strings.Join(values.All(lang.English), ", ")})
	return ""
}

func (c *cellReader) number() *int64 {
	text := c.stated()
	if text == "" {
		return nil
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n < 0 || n > 999999999 || n != math.Trunc(n) {
		c.fail("%s 不是整数", "%s is not a whole number", document.Quote(text))
		return nil
	}
	whole := int64(n)
	return &whole
}

func (c *cellReader) text(longest int) string {
	text := strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n", "_x000D_\n", "\n").Replace(c.stated()))
	if n := utf8.RuneCountInString(text); n > longest {
		c.fail("有 %d 个字符，最多 %d 个", "it has %d characters, %d are allowed", n, longest)
		return ""
	}
	for i, r := range text {
		if r != '\n' && r != '\t' && (hidden(r) || r == '\u200d') || r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD") {
			c.fail("含有看不见的字符 %s", "it holds a character that nobody sees: %s", spelt(r))
			return ""
		}
	}
	return text
}

func (c *cellReader) post() string {
	text := c.text(maxNumber)
	if text != "" && (utf8.RuneCountInString(text) < 2 || strings.Contains(text, "\n")) {
		c.fail("%s 不是岗位名称", "%s is not a post", document.Quote(text))
		return ""
	}
	return text
}

// day is a date: a number of days as spreadsheets count them, or text.
func (c *cellReader) day() string {
	text := c.stated()
	if text == "" {
		return ""
	}
	var d time.Time
	if n, err := strconv.ParseFloat(text, 64); err == nil && n >= 0 && n < 1e6 {
		epoch := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
		if c.date1904 {
			epoch = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
		}
		d = epoch.AddDate(0, 0, int(n))
	}
	for _, form := range []string{time.DateOnly, "2006/1/2", "2006-1-2", "2006.1.2"} {
		if parsed, err := time.Parse(form, text); err == nil {
			d = parsed
		}
	}
	if d.Year() < 2000 || d.Year() > 2199 {
		c.fail("%s 不是日期，要写成 2026-12-31", "%s is not a date: want 2026-12-31", document.Quote(text))
		return ""
	}
	return d.Format(time.DateOnly)
}
