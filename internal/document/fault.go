package document

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"hegui/internal/lang"
)

// fault is one syntax error in our words.
type fault struct {
	code            string
	at              Pos
	width           int
	message, remedy lang.Text
}

// wording is what we say for a problem that the parser names.
type wording struct {
	problem         string
	message, remedy lang.Text
	// opening points at where the thing began instead of where it broke off.
	opening bool
}

// wordings are looked through in order; the first whose problem is contained in
// the parser's applies.
func wordings() []wording {
	quoteIt := lang.Say("给含有“: ”的文字加引号；检查缩进", `quote text that contains ": "; check the indentation`)
	align := lang.Say("让同一层的键左对齐，下层用空格缩进", "align the keys of one level, indent the level below with spaces")
	badTag := lang.Say("以 ! 开头，被读作标签，但不是有效的标签", "text that starts with ! is read as a tag, and this is not a valid one")
	quoteBang := lang.Say("给以 ! 开头的文字加引号", "quote text that starts with !")
	escape := lang.Say("双引号内的反斜杠写成 \\\\，或改用单引号", "write \\\\ for a backslash in double quotes, or use single quotes")
	return []wording{
		{"mapping values are not allowed", lang.Say("此处不能出现冒号", "a colon is not allowed here"), quoteIt, false},
		{"could not find expected ':'", lang.Say("这一行缺少“: ”", `this line lacks its ": "`),
			lineRemedy(), true},
		{"did not find expected key", lang.Say("此处应是一个键，缩进或引号不对", "expected a key: the indentation or a quote is wrong"), align, false},
		{"did not find expected '-' indicator", lang.Say("此处应是列表项“- ”，缩进不一致", `expected a list item "- ": the indentation differs`),
			lang.Say("让列表各项的短横线左对齐", "align the dashes of the list"), false},
		{"block sequence entries are not allowed", lang.Say("此处不能开始列表项", "a list item cannot start here"),
			lang.Say("把“- ”移到下一行并缩进；若是文字，请加引号", `move the "- " to a line of its own, indented; quote it if it is text`), false},
		{"mapping keys are not allowed", lang.Say("此处不能出现“? ”", `"? " is not allowed here`),
			lang.Say("给以 ? 开头的文字加引号", "quote text that starts with ?"), false},
		{"did not find expected ',' or ']'", lang.Say("方括号列表中缺少“,”或“]”", `the list in brackets lacks a "," or its "]"`),
			lang.Say("补上逗号或右方括号；含特殊字符的文字加引号", "add the comma or the closing bracket; quote text with special characters"), false},
		{"did not find expected ',' or '}'", lang.Say("花括号映射中缺少“,”或“}”", `the map in braces lacks a "," or its "}"`),
			lang.Say("补上逗号或右花括号；含特殊字符的文字加引号", "add the comma or the closing brace; quote text with special characters"), false},
		{"found unexpected end of stream", lang.Say("引号没有闭合", "the quote is never closed"),
			lang.Say("补上右引号", "add the closing quote"), true},
		{"found unexpected document indicator", lang.Say("引号没有闭合就遇到文档分隔线", "the document ends inside a quote"),
			lang.Say("补上右引号", "add the closing quote"), true},
		{"found unknown escape character", lang.Say("双引号内有未知的转义", "an unknown escape in double quotes"), escape, false},
		{"did not find expected hexdecimal number", lang.Say("转义后应是十六进制数字", "the escape needs hexadecimal digits"), escape, false},
		{"found invalid Unicode character escape code", lang.Say("转义不是有效的字符", "the escape is not a character"),
			lang.Say("直接写出该字符", "write the character itself"), false},
		{"found a tab character", lang.Say("用制表符缩进", "a tab in the indentation"), lang.Text{}, false},
		{"cannot start any token", lang.Text{}, lang.Text{}, false},
		{"did not find expected alphabetic or numeric character", lang.Say("& 或 * 后面的名字无效", "the name after & or * is invalid"),
			lang.Say("给以 & 或 * 开头的文字加引号", "quote text that starts with & or *"), true},
		{"undefined tag handle", badTag, quoteBang, false},
		{"did not find expected whitespace or line break", badTag, quoteBang, true},
		{"did not find expected tag URI", badTag, quoteBang, true},
		{"did not find URI escaped octet", badTag, quoteBang, true},
		{"did not find the expected '>'", badTag, quoteBang, true},
		{"UTF-8 octet", badTag, quoteBang, true},
		{"did not find expected node content", lang.Say("此处缺少一个值", "a value is missing here"),
			lang.Say("补上值，或删去多余的逗号、括号", "add the value, or delete a surplus comma or bracket"), false},
		{"did not find expected <document start>", lang.Say("内容已经结束，此处是多余的文字", "unexpected text after the end of the document"),
			lang.Say("删去多余的文字，检查括号、引号和缩进", "delete it; check brackets, quotes and indentation"), false},
		{"did not find expected comment or line break", lang.Say("“|”或“>”后面有多余的文字", `unexpected text after "|" or ">"`),
			lang.Say("文字从下一行开始写；以 | 或 > 开头的文字加引号", "start the text on the next line; quote text that starts with | or >"), true},
		{"indentation indicator equal to 0", lang.Say("“|”或“>”后面的缩进数不能是 0", `the indentation after "|" or ">" cannot be 0`),
			lang.Say("删去数字 0", "delete the 0"), true},
	}
}

// fault finds words, place and code for what the parser met; open is where an
// unclosed bracket is, if any.
func (d *Document) fault(m marks, open Pos) fault {
	f := fault{code: CodeSyntax, at: m.at, width: 1,
		message: lang.Say("此处不是有效的 YAML", "this is not valid YAML"),
		remedy:  lang.Say("检查此处及上一行的缩进、冒号、引号和括号", "check the indentation, colons, quotes and brackets here and on the line before")}
	for _, w := range wordings() {
		if strings.Contains(m.problem, w.problem) {
			f.message, f.remedy = w.message, w.remedy
			if w.opening && m.inContext {
				f.at = m.context
			}
			break
		}
	}
	switch {
	case strings.Contains(m.problem, "found a tab character"):
		d.tabFault(&f)
	case strings.Contains(m.problem, "cannot start any token"):
		d.startFault(&f)
	case open != (Pos{}) && (strings.Contains(m.problem, "expected ','") || strings.Contains(m.problem, "node content")):
		d.bracketFault(&f, m, open)
	case strings.Contains(m.problem, "mapping values are not allowed"):
		d.deeperFault(&f)
	case strings.Contains(m.problem, "did not find expected key") && d.runeAt(f.at) == ',':
		f.message = lang.Say("这一行的值后面有逗号", "a comma stands behind the value of this line")
		f.remedy = lang.Say("删去逗号：YAML 每行一个键，行尾不加逗号", "delete the comma: YAML has one key to a line, and nothing at its end")
	case strings.Contains(m.problem, "did not find expected key"), strings.Contains(m.problem, "expected '-' indicator"):
		d.alignFault(&f)
	case strings.Contains(m.problem, "<document start>"):
		d.endFault(&f)
	}
	return f
}

func (d *Document) tabFault(f *fault) {
	f.code = CodeTab
	f.message = lang.Say("用制表符缩进", "a tab in the indentation")
	f.remedy = lang.Say("YAML 只能用空格缩进：把制表符换成空格", "YAML is indented with spaces only: replace the tab by spaces")
}

// startFault names the character that no value may start with.
func (d *Document) startFault(f *fault) {
	r := d.runeAt(f.at)
	if r == '\t' {
		d.tabFault(f)
		return
	}
	f.message = lang.Say("值不能以 %s 开头", "no value can start with %s", Quote(string(r)))
	f.remedy = lang.Say("给这段文字加引号", "quote the text")
}

// bracketFault names the bracket that is open where the parser gave up, and
// points at it when the file just ends.
func (d *Document) bracketFault(f *fault, m marks, open Pos) {
	if end := d.clamp(m.at); end != m.at || end.Line == d.Lines() && d.Line(end.Line) == "" {
		f.at = open
		f.message = lang.Say("括号没有闭合", "the bracket is never closed")
		f.remedy = lang.Say("补上右括号", "add the closing bracket")
		return
	}
	f.message = lang.Say("%s（括号始于第 %d 行第 %d 列）", "%s (the bracket opens at %d:%d)", f.message, open.Line, open.Column)
}

// deeperFault knows the line that the parser took for more of the text above it:
// it is indented further, or the line above lacks its colon.
func (d *Document) deeperFault(f *fault) {
	above := d.above(f.at.Line)
	if above == 0 || strings.Contains(head(d.Line(f.at.Line), f.at.Column), ": ") {
		return
	}
	here, _ := contentOf(d.Line(f.at.Line))
	before, item := contentOf(d.Line(above))
	switch {
	case !strings.Contains(d.Line(above), ":"):
		f.at, f.width = Pos{above, before + 1}, utf8.RuneCountInString(d.Line(above))-before
		f.message, f.remedy = lang.Say("这一行缺少“: ”", `this line lacks its ": "`), lineRemedy()
	case here > before && item:
		d.dashFault(f, above, here-before)
	case here > before:
		f.message = lang.Say("这一行缩进 %d 格，比第 %d 行的 %d 格多，被读作它的续行", "this line is indented by %d, line %d by %d: it reads as more of that line's text", here, above, before)
		f.remedy = lang.Say("缩进改成 %d 格；若写的是第 %d 行下一层的内容，删去那一行冒号后面的值", "indent it by %d; if it belongs below line %d, delete the value behind that line's colon", before, above)
	}
}

// dashFault knows that a line begins deeper than the key behind the dash above it: the
// dash is out of line where what follows is as deep as the line, else the line is.
func (d *Document) dashFault(f *fault, above, deeper int) {
	dash := indentOf(d.Line(above))
	key, _ := contentOf(d.Line(above))
	below := f.at.Line + 1
	for below < d.Lines() && strings.TrimSpace(d.Line(below)) == "" {
		below++
	}
	next, _ := contentOf(d.Line(below))
	if next == key+deeper {
		f.at, f.width = Pos{above, dash + 1}, 1
		f.message = lang.Say("“- ”缩进 %d 格，它后面的键比第 %d 行的少 %d 格，不在一层", "the dash is indented by %d, so that the key behind it stands %[3]d left of line %[2]d: they are not of one level", dash, above+1, deeper)
		f.remedy = lang.Say("“- ”缩进改成 %d 格", "indent the dash by %d", dash+deeper)
		return
	}
	f.at, f.width = Pos{f.at.Line, key + deeper + 1}, 1
	f.message = lang.Say("这一行缩进 %d 格，第 %d 行“- ”后面的键在第 %d 格，不在一层", "this line is indented by %d, the key behind line %d's dash by %d: they are not of one level", key+deeper, above, key)
	f.remedy = lang.Say("缩进改成 %d 格", "indent it by %d", key)
}

func lineRemedy() lang.Text {
	return lang.Say("写成“键: 值”（半角冒号加空格）；说明文字前加“# ”；若是上一行文字的续行，请多缩进",
		`write "key: value"; put "# " before a remark; if the line goes on with the text above, indent it further`)
}

// head is the beginning of a line, up to a column.
func head(line string, column int) string {
	l := []rune(line)
	return string(l[:min(column-1, len(l))])
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// alignFault names the indentations that a line which fits none may have.
func (d *Document) alignFault(f *fault) {
	here := indentOf(d.Line(f.at.Line))
	if here+1 != f.at.Column {
		return
	}
	item := d.runeAt(f.at) == '-'
	open := d.levels(f.at.Line, item)
	if first := d.dashless(f.at.Line); item && first > 0 {
		f.message = lang.Say("这一项没有“- ”，第 %d 行的下一项有", "this item has no dash, and the next one on line %d has", f.at.Line)
		f.at, f.width = Pos{first, indentOf(d.Line(first)) + 1}, 1
		f.remedy = lang.Say("在第 %d 列写“- ”，与下一项对齐", "put a \"- \" at column %d, as the next item has it", here+1)
		return
	}
	switch {
	case item && (len(open) == 0 || slices.Contains(open, here)):
		f.message = lang.Say("这一层写的是键，此处却是列表项", "keys stand at this level, and here is a list item")
		f.remedy = lang.Say("列表写在它的键下面：键后面只写冒号，各项另起一行", "write a list below its key: nothing but a colon behind the key, each item on a line of its own")
		return
	case len(open) == 0 || slices.Contains(open, here):
		return
	}
	either := lang.Same(strconv.Itoa(open[0]))
	for _, level := range open[1:] {
		either = lang.Say("%s 或 %d", "%s or %d", either, level)
	}
	f.message = lang.Say("这一行缩进 %d 格，上面没有哪一层与它对齐", "this line is indented by %d, and no level above begins there", here)
	f.remedy = lang.Say("缩进改成 %s 格，与它所属的那一层对齐", "indent it by %s, as the level is that it belongs to", either)
}

// dashless is the line on which the item before the one on a line begins without a dash: it
// is the first below a key, and what it says is as deep as what that one says. 0 for none.
func (d *Document) dashless(item int) int {
	level, isItem := contentOf(d.Line(item))
	for line := d.above(item); isItem && line > 0 && item-line < maxAbove; line = d.above(line) {
		switch indent := indentOf(d.Line(line)); {
		case indent < level:
			return 0
		case indent == level && indentOf(d.Line(d.above(line))) < level:
			if above := d.above(line); indentOf(d.Line(above)) <= indentOf(d.Line(item)) && strings.HasSuffix(strings.TrimSpace(d.Line(above)), ":") {
				return line
			}
			return 0
		}
	}
	return 0
}

// levels are the indentations that are open above a line, the deepest first: of
// dashes for an item, and of keys, be it behind a dash, for any other line.
func (d *Document) levels(below int, item bool) (open []int) {
	least := math.MaxInt
	for line := d.above(below); line > 0 && least > 0 && below-line < maxAbove; line = d.above(line) {
		indent := indentOf(d.Line(line))
		level, isItem := contentOf(d.Line(line))
		if item {
			level = indent
		}
		if level < least && (isItem || !item) {
			open = append(open, level)
		}
		least = min(least, indent)
	}
	return open
}

// contentOf is the indentation of what a line says, behind the dash of an item.
func contentOf(line string) (indent int, isItem bool) {
	rest := strings.TrimLeft(strings.TrimLeft(line, " "), "-")
	content := strings.TrimLeft(rest, " ")
	isItem = strings.HasPrefix(strings.TrimLeft(line, " "), "-") && content != rest
	if !isItem {
		return indentOf(line), false
	}
	return len(line) - len(content), true
}

// endFault tells why the text ended before its end: by three dots, or because
// it is indented as a whole and this line is not.
func (d *Document) endFault(f *fault) {
	above := d.above(f.at.Line)
	switch indent := indentOf(d.Line(above)); {
	case above == 0:
	case strings.HasPrefix(d.Line(above), "..."):
		f.at, f.width = Pos{above, 1}, 3
		f.message = lang.Say("“...”表示文档到此结束，后面却还有内容", `"..." ends the document, and more follows it`)
		f.remedy = lang.Say("删去这一行", "delete the line")
	case indent > 0 && f.at.Column <= indent:
		f.message = lang.Say("最外层的键缩进不一致：第 %d 行缩进 %d 格，这一行 %d 格", "the outermost keys are not aligned: line %d is indented by %d, this one by %d", above, indent, f.at.Column-1)
		f.remedy = lang.Say("最外层的键都从行首写起", "begin all outermost keys at the start of the line")
	}
}

// maxAbove is how far up a fault looks for the levels that are open.
const maxAbove = 1000

// slipOf is the slip that made the parser stumble: on the line where it gave up,
// or on one above that it read on from.
func (d *Document) slipOf(f *fault, m marks, s *scanner) *Problem {
	if f.code != CodeSyntax {
		return nil
	}
	top, bottom := d.readFrom(f, m, s), max(f.at.Line, min(m.at.Line, d.Lines()))
	for line := bottom; line >= top; line-- {
		one, found := slipIn(d.Line(line))
		if !found || one.value && (line != f.at.Line || f.at.Column <= one.from) {
			continue
		}
		p := d.spread(one, line, top, bottom, d.Lines())
		return &p
	}
	return nil
}

// readFrom is the first line that may have led the parser to where it gave up:
// that of the text it was reading, or the one above. What stands in quotes or in
// a block is text, whatever it looks like.
func (d *Document) readFrom(f *fault, m marks, s *scanner) int {
	top := max(1, d.above(f.at.Line))
	if m.inContext && m.context.Line >= 1 {
		top = min(top, m.context.Line)
	}
	for i := len(s.tokens) - 1; i >= 0 && int(s.tokens[i].end.line) >= top; i-- {
		t := &s.tokens[i]
		switch quoted := t.kind == scalarToken && int(t.from) < len(s.text) && strings.IndexByte(`"'|>`, s.text[t.from]) >= 0; {
		case quoted && t.start.line < t.end.line:
			return max(top, min(int(t.end.line)+1, f.at.Line))
		case i == len(s.tokens)-1 && t.kind == scalarToken:
			top = min(top, int(t.start.line))
		}
	}
	return top
}

// above is the nearest line above with something on it, 0 for none.
func (d *Document) above(line int) int {
	for line--; line > 0; line-- {
		if text := strings.TrimLeft(d.Line(line), " \t"); text != "" && text[0] != '#' {
			return line
		}
	}
	return 0
}

func (d *Document) runeAt(at Pos) rune {
	column := 1
	for _, r := range d.Line(at.Line) {
		if column == at.Column {
			return r
		}
		column++
	}
	return utf8.RuneError
}
