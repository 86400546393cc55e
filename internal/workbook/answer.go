package workbook

import (
	"cmp"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hegui/internal/document"
	"hegui/internal/form"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/schema"
	"hegui/internal/term"
)

// The longest texts that the verdicts' schema takes.
const (
	maxNote   = 8000
	maxNumber = 200
)

func (r *rowReader) answer(a *Answer) {
	at := func(id string) *cellReader {
		c := r.cell(id)
		a.Cells[id] = c.place
		return c
	}
	a.Verdict = at("verdict").word(term.AssessorVerdicts())
	a.Record.Methods = at("method").words(term.Methods())
	a.Record.Population, a.Record.Sample = at("population").number(), at("sample").number()
	a.Record.Note = at("note").prose(maxNote)
	a.Record.EvidenceNumber = at("evidence_number").prose(maxNumber)
	a.Record.Risk = at("risk").word(term.Risks())
	a.Record.ResponsiblePost = at("responsible_post").post()
	a.Record.Deadline = at("deadline").day()
	a.Record.Recheck, a.Record.Statement = at("recheck").prose(maxNote), at("statement").prose(maxNote)
	if c := r.cell("verdict"); c.value == "" && !c.formula {
		c.fail("没有写评估结论", "the verdict is missing")
	}
	if a.Verdict == "not_met" && schema.Nothing(a.Record.Note) && schema.Nothing(r.cell("note").value) {
		r.cell("note").fail("结论是不符合，要写明看到了什么", "the verdict is not met: state what was seen")
	}
	switch p, s := a.Record.Population, a.Record.Sample; {
	case s != nil && *s == 0:
		r.cell("sample").fail("抽样数是 0，等于没有看：写看了几个，没有抽样就空着", "a sample of 0 is nothing looked at: state how many were, or leave it empty")
	case p != nil && s != nil && *s > *p:
		r.cell("sample").fail("抽样数大于总体数", "the sample is larger than the population")
	}
}

// cellReader is one cell with what it holds.
type cellReader struct {
	found
	// place is where it is: 检查项!L12; value its text without blanks around it.
	place, value string
	date1904     bool
	problems     *[]Problem
}

func (c *cellReader) fail(zh, en string, args ...any) {
	*c.problems = append(*c.problems, Problem{c.place, lang.Say(zh, en, args...)})
}

// stated is the cell's text. What a formula shows is not what anybody wrote.
func (c *cellReader) stated() string {
	switch {
	case c.formula:
		c.fail("这里是公式，请改成值", "this is a formula: enter the value instead")
		return ""
	case c.failed:
		c.fail("这里是错误值 %s，请改成值", "this is the error %s: enter the value instead", document.Quote(c.value))
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
	id, known := idOf(values, text)
	if id != "" {
		return id
	}
	if meant := near.Word(strings.ToLower(text), known); meant != "" && !turnedRound(strings.ToLower(text), meant) {
		c.fail("不认识 %s，是不是 %s？", "%s is not understood, did you mean %s?", document.Quote(text), meant)
		return ""
	}
	c.fail("不认识 %s：可用的有 %s", "%s is not understood: want one of %s", document.Quote(text),
		lang.Text{ZH: strings.Join(values.All(lang.Chinese), "、"), EN: strings.Join(values.All(lang.English), ", ")})
	return ""
}

// turnedRound reports whether what was written around a word may make another of it:
// unmet, 基本符合.
func turnedRound(text, word string) bool {
	before, after, contains := strings.Cut(text, word)
	return contains && (before != "" || utf8.RuneCountInString(after) > 1)
}

// idOf is the id of a word, with all names that there are.
func idOf(values term.Enumeration, text string) (id string, known []string) {
	for _, w := range values.Words {
		for _, name := range []string{w.Text.ZH, w.Text.EN, w.ID} {
			if strings.EqualFold(name, text) {
				return w.ID, nil
			}
			known = append(known, name)
		}
	}
	return "", known
}

// words are the ids of several words, in the order of the enumeration: 访谈、核查.
func (c *cellReader) words(values term.Enumeration) []string {
	text := c.stated()
	said := map[string]bool{}
	between := lang.Say("、，；／＋＆和及与", ",;/+&|")
	for _, one := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(between.ZH+between.EN, r) }) {
		part := *c
		part.value = one
		if strings.EqualFold(one, "and") {
			continue
		}
		said[part.word(values)] = true
	}
	var out []string
	for _, w := range values.Words {
		if said[w.ID] {
			out = append(out, w.ID)
		}
	}
	return out
}

// number is a whole number as people write it: 1,200, １０, 十二.
func (c *cellReader) number() *int64 {
	text := c.stated()
	if text == "" {
		return nil
	}
	if day := c.shownDay(text); day != "" {
		c.fail("这是日期 %s：写成 12，单元格格式选“常规”", "this is a date, %s: write 12, in a cell of the general format", day)
		return nil
	}
	n, err := strconv.ParseFloat(text, 64)
	if right, ok := form.Number(text, lang.Say("个", "items")); err != nil && ok {
		n, err = strconv.ParseFloat(right, 64)
	}
	if err != nil || n < 0 || n > 999999999 || n != math.Trunc(n) {
		c.fail("%s 不是整数：写成 12", "%s is not a whole number: write 12", document.Quote(text))
		return nil
	}
	whole := int64(n)
	return &whole
}

// prose is what was written, up to so many runes.
func (c *cellReader) prose(longest int) string {
	text := strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(c.stated()))
	text = cmp.Or(c.shownDay(text), text)
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

// PostFault says why a text is no post, zero for one that may be.
func PostFault(text string) lang.Text {
	var problems []Problem
	c := cellReader{value: strings.TrimSpace(text), problems: &problems}
	if c.post(); len(problems) > 0 {
		return problems[0].Message
	}
	return lang.Text{}
}

func (c *cellReader) post() string {
	text := c.prose(maxNumber)
	if text != "" && (utf8.RuneCountInString(text) < 2 || strings.Contains(text, "\n")) {
		c.fail("%s 不是岗位名称：写成“监督检查岗”", `%s is not a post: write "supervision post"`, document.Quote(text))
		return ""
	}
	return text
}

// lastSerial is the number by which a spreadsheet knows the last day of 9999. What is
// larger is a day that was typed without its signs.
const lastSerial = 2_958_465

// day is a date: a number of days as spreadsheets count them, or a day as people
// write it.
func (c *cellReader) day() string {
	text := c.stated()
	if text == "" {
		return ""
	}
	right, ok := "", false
	if n, err := strconv.ParseFloat(text, 64); err == nil && n >= 0 && n <= lastSerial {
		right, ok = dayOf(n, c.date1904), true
	} else {
		right, ok = form.Date(text)
	}
	if !ok || !strings.HasPrefix(right, "20") {
		c.noDay(text)
		return ""
	}
	return right
}

// shownDay is the day that a number is shown as, "" for any other cell.
func (c *cellReader) shownDay(text string) string {
	n, err := strconv.ParseFloat(text, 64)
	if !c.dated || err != nil || n < 0 || n > lastSerial {
		return ""
	}
	return dayOf(n, c.date1904)
}

func (c *cellReader) noDay(text string) {
	if fault := form.DateFault(text); !fault.IsZero() {
		c.fail("%s 不是日期：%s", "%s is not a date: %s", document.Quote(text), fault)
		return
	}
	c.fail("%s 不是日期，要写成 2026-12-31", "%s is not a date: want 2026-12-31", document.Quote(text))
}
