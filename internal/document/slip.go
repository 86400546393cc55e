package document

import (
	"slices"
	"strings"
	"unicode"

	"hegui/internal/lang"
)

// Edit is the text that belongs into a file between two places.
type Edit struct {
	Start, End Pos
	Text       string
}

// slip is what somebody's hand did to a line: the likely cause of a fault that
// shows there or further down. from and to are runes of the line.
type slip struct {
	code            string
	message, remedy lang.Text
	from, to        int
	// write belongs between from and to, where there is only one way to put it
	// right.
	write string
	sure  bool
	// value is set for what is wrong with a value: the line's key is as it should
	// be.
	value bool
}

// maxSlip is how many bytes of a line are looked at: nobody writes longer ones
// by hand.
const maxSlip = 4096

// slipIn finds the first thing in a line that looks like YAML and is not. It is
// for lines that could not be read as they were meant: in a line of text most of
// these signs are right.
func slipIn(line string) (s slip, found bool) {
	if len(line) > maxSlip {
		return s, false
	}
	l := []rune(line)
	at := skipBlanks(l, 0)
	if s, found := blankSlip(l, 0, at); found {
		return s, true
	}
	for at < len(l) && l[at] == '-' && at+1 < len(l) && isBlankRune(l[at+1]) {
		next := skipBlanks(l, at+1)
		if s, found := blankSlip(l, at+1, next); found {
			s.write = " "
			return s, true
		}
		at = next
	}
	for _, look := range []func([]rune, int) (slip, bool){dashSlip, remarkSlip, keySlip} {
		if s, found := look(l, at); found {
			return s, true
		}
	}
	return s, false
}

// isBlankRune reports a blank, be it one that YAML knows or not.
func isBlankRune(r rune) bool { return r == ' ' || r == '\t' || isLookAlike(r) }

// isLookAlike reports a blank that only looks like one.
func isLookAlike(r rune) bool { return r > unicode.MaxASCII && unicode.Is(unicode.Zs, r) }

func skipBlanks(l []rune, at int) int {
	for at < len(l) && isBlankRune(l[at]) {
		at++
	}
	return at
}

// blankSlip finds blanks that are none to YAML in a stretch of blanks.
func blankSlip(l []rune, from, to int) (slip, bool) {
	first := slices.IndexFunc(l[from:to], isLookAlike)
	if first < 0 {
		return slip{}, false
	}
	write := strings.NewReplacer("\u3000", "  ").Replace(string(l[from:to]))
	name := blankName(l[from+first])
	return slip{code: CodeLookAlike, from: from, to: to, sure: true,
		write: strings.Map(func(r rune) rune {
			if isLookAlike(r) {
				return ' '
			}
			return r
		}, write),
		message: lang.Say("这里的空格是%s，YAML 不把它当作空格", "the blank here is %s, which is no blank to YAML", name),
		remedy:  lang.Say("换成普通的半角空格", "write an ordinary space"),
	}, true
}

func blankName(r rune) lang.Text {
	switch r {
	case '\u3000':
		return lang.Say("全角空格 U+3000", "the full-width U+3000")
	case '\u00a0':
		return lang.Say("不间断空格 U+00A0", "the no-break U+00A0")
	}
	return lang.Say("特殊空格 U+%04X", "the typographic U+%04X", r)
}

// bullets are what word processors put before the items of a list.
const bullets = "–—―−‐‑‒－·•‣●○◦▪■◆➢➤※"

// dashSlip finds a list item without YAML's dash and its blank.
func dashSlip(l []rune, at int) (slip, bool) {
	if at+1 >= len(l) {
		return slip{}, false
	}
	next := skipBlanks(l, at+1)
	s := slip{code: CodeLookAlike, from: at, to: next, write: "- ", sure: true,
		remedy: lang.Say("列表的每一项写成“- ”（半角短横线加空格）开头", `begin each item of a list with "- ", a hyphen and a space`)}
	switch number := numberEnd(l, at); {
	case number > 0:
		s.code, s.sure, s.to = CodeSyntax, false, skipBlanks(l, number)
		s.message = lang.Say("列表项前面是序号 %s，YAML 的列表不编号", "the list item begins with the number %s, and YAML does not number lists", Quote(string(l[at:number])))
		return s, true
	case strings.ContainsRune(bullets, l[at]), l[at] == '*' && next > at+1:
		s.message = lang.Say("列表项前面是 %s（U+%04X），不是 YAML 的短横线", "the list item begins with %s (U+%04X), which is not YAML's dash", Quote(string(l[at])), l[at])
		return s, true
	case l[at] == '-' && next == at+1 && (unicode.IsLetter(l[next]) || strings.ContainsRune(`"'{[`, l[next])):
		s.code, s.message = CodeSyntax, lang.Say("列表项的短横线后面没有空格", "the dash of the list item lacks its space")
		return s, true
	}
	return slip{}, false
}

// numberEnd is where the number of a list item ends, as in "1. " and "（2）", 0 for none.
func numberEnd(l []rune, at int) int {
	end := at
	if strings.ContainsRune("（(", l[end]) {
		end++
	}
	digits := end
	for end < len(l) && unicode.IsDigit(l[end]) {
		end++
	}
	switch {
	case end == digits || end+1 >= len(l):
		return 0
	case strings.ContainsRune("、．）", l[end]), strings.ContainsRune(".)", l[end]) && isBlankRune(l[end+1]):
		return end + 1
	}
	return 0
}

// remarkSlip finds a remark or a frame in the manner of another language.
func remarkSlip(l []rune, at int) (slip, bool) {
	rest := string(l[at:])
	s := slip{code: CodeSyntax, from: at, to: len(l)}
	for _, mark := range []string{"//", "/*", "-- ", "--\t", "*/", "＃"} {
		if strings.HasPrefix(rest, mark) {
			s.message = lang.Say("%s 不是 YAML 的注释", "%s is not how YAML writes a comment", Quote(strings.TrimSpace(mark)))
			s.remedy = lang.Say("注释以“# ”开头", `begin a comment with "# "`)
			return s, true
		}
	}
	if strings.HasPrefix(rest, "```") {
		s.message = lang.Say("这是 Markdown 的代码框线", "this is a fence of Markdown")
		s.remedy = lang.Say("删去这一行，文件里只留 YAML", "delete the line: the file holds YAML only")
		return s, true
	}
	return s, false
}

// keySlip finds a key whose colon, or whose value, is not as YAML has it.
func keySlip(l []rune, at int) (slip, bool) {
	end := at
	quoted := at < len(l) && strings.ContainsRune(openingQuotes, l[at])
	for end < len(l) && (isKeyRune(l[end]) || quoted && strings.ContainsRune(anyQuote, l[end])) {
		end++
	}
	colon := skipBlanks(l, end)
	if end == at || colon >= len(l) {
		return slip{}, false
	}
	if quoted && (l[colon] == ':' || isWideColon(l[colon])) {
		key := strings.Trim(string(l[at:end]), anyQuote)
		return slip{code: CodeLookAlike, from: at, to: end, write: key, sure: true,
			message: lang.Say("%s 不是 YAML 的引号", "%s is not a quote to YAML", Quote(string(l[at]))),
			remedy:  lang.Say("键不用加引号，写 %s", "a key needs no quotes: write %s", Quote(key))}, true
	}
	key, behind := string(l[at:end]), skipBlanks(l, colon+1)
	rest := string(l[behind:])
	s := slip{code: CodeUnspacedColon, from: at, to: wordEnd(l, behind), sure: isName(key),
		message: lang.Say("这一行没有被读作“键: 值”", `this line does not read as "key: value"`)}
	s.write = strings.TrimRight(key+": "+string(l[behind:s.to]), " ")
	switch {
	case isWideColon(l[colon]) && !strings.HasPrefix(rest, "//") && (s.sure || !isPair(rest)):
		s.remedy = lang.Say("键 %s 后面应是半角冒号加空格（“: ”），此处是全角冒号 %q",
			`after the key %s write ": " (a colon and a space); this is the full-width colon %q`, Quote(key), string(l[colon]))
		return s, true
	case l[colon] == '=':
		s.code, s.sure = CodeSyntax, false
		s.remedy = lang.Say("键 %s 后面应是半角冒号加空格（“: ”），此处是等号", `after the key %s write ": " (a colon and a space); this is an equals sign`, Quote(key))
		return s, true
	case l[colon] != ':':
		return s, false
	case behind > colon+1:
		if s, found := blankSlip(l, colon+1, behind); found {
			s.write = " "
			return s, true
		}
		return valueSlip(l, behind, key)
	case rest != "" && end == colon && !strings.HasPrefix(rest, "//") && !isClock(key, rest):
		s.remedy = lang.Say("键 %s 的冒号后面要加一个空格", "put a space after the colon of the key %s", Quote(key))
		if isWideColon(l[behind]) {
			s.remedy = lang.Say("键 %s 后面只写一个半角冒号加空格（“: ”）", `write one ": " (a colon and a space) after the key %s`, Quote(key))
			behind = skipBlanks(l, behind+1)
			s.to = wordEnd(l, behind)
			s.write = strings.TrimRight(key+": "+string(l[behind:s.to]), " ")
		}
		return s, true
	}
	return s, false
}

func isKeyRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-'
}

// isName reports a word like the keys of schemas. Another may be the first word of
// a text that goes on after its colon.
func isName(key string) bool {
	return key[0] >= 'a' && key[0] <= 'z' && !strings.ContainsFunc(key, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_'
	})
}

// isPair reports a key's colon later in the line: a wide one before it is part of
// the key.
func isPair(rest string) bool {
	rest = strings.TrimRight(rest, " \t")
	return strings.HasSuffix(rest, ":") || strings.Contains(rest, ": ")
}

func isWideColon(r rune) bool { return strings.ContainsRune("：﹕∶︰꞉", r) }

// isClock tells 10:30 and sha256:0f… from key:value.
func isClock(key, rest string) bool {
	return unicode.IsDigit(rune(key[len(key)-1])) && unicode.IsDigit(rune(rest[0]))
}

// wordEnd is where the word that stands at a place ends.
func wordEnd(l []rune, at int) int {
	for at < len(l) && !isBlankRune(l[at]) {
		at++
	}
	return at
}

// Signs that stand where YAML wants straight quotes or half-width brackets.
const (
	openingQuotes = "“”„‟‘’＂「『"
	closingQuotes = "”“‟’‘＂」』"
	anyQuote      = "“”„‟‘’＂「『」』"
	openBrackets  = "［｛【〔"
)

// valueSlip finds quotes, brackets and commas in a value that YAML does not
// know.
func valueSlip(l []rune, at int, key string) (slip, bool) {
	if at == len(l) {
		return slip{}, false
	}
	value := strings.TrimRight(string(l[at:]), " \t")
	if trimmed := strings.TrimRightFunc(value, isBlankRune); trimmed != value {
		from, to := at+len([]rune(trimmed)), at+len([]rune(value))
		s, found := blankSlip(l, from, to)
		s.write, s.value = "", true
		s.remedy = lang.Say("删去值后面的空格", "delete the blank behind the value")
		return s, found
	}
	s := slip{code: CodeLookAlike, from: at, to: at + len([]rune(value)), value: true}
	switch first := l[at]; {
	case strings.ContainsRune(openingQuotes, first):
		s.message = lang.Say("%s 不是 YAML 的引号", "%s is not a quote to YAML", Quote(string(first)))
		s.remedy = lang.Say("两边都写半角引号：%s", "write straight quotes on both sides: %s", example(key, `"…"`))
		s.write, s.sure = straight(value)
		return s, true
	case first == '"' && !strings.Contains(value[1:], `"`) && strings.ContainsAny(value, closingQuotes):
		s.message = lang.Say("引号一边是半角、一边是全角，没有闭合", "the quote opens straight and closes full-width, so that it is never closed")
		s.remedy = lang.Say("两边都写半角引号：%s", "write straight quotes on both sides: %s", example(key, `"…"`))
		s.write, s.sure = straight(value)
		return s, true
	case strings.ContainsRune(openBrackets, first):
		s.message = lang.Say("%s 不是 YAML 的括号", "%s is not a bracket to YAML", Quote(string(first)))
		s.remedy = lang.Say("列表写半角方括号 [甲, 乙]，映射写半角花括号 {键: 值}；若是文字，加半角引号", `write [a, b] for a list and {key: value} for a map, with half-width brackets; quote it if it is text`)
		return s, true
	case first == '[' && strings.Contains(value, "]("):
		s.code, s.message = CodeSyntax, lang.Say("这是 Markdown 的链接", "this is a link of Markdown")
		s.remedy = lang.Say("只写括号里的路径或网址", "write the path or address in its round brackets alone")
		return s, true
	case first == '[' || first == '{':
		if s, found := behindBracket(l, at, key); found {
			return s, true
		}
		return flowSlip(l, at)
	case first == '"' || first == '\'':
		return behindQuote(l, at, key)
	}
	if i := strings.Index(value, ": "); i >= 0 {
		s.code, s.from = CodeSyntax, at+len([]rune(value[:i]))
		s.to = s.from + 1
		s.message = lang.Say("值里含有“: ”，被读作又一个键", `the value holds ": ", which reads as another key`)
		s.remedy = lang.Say("给值加引号：%s；是另一个键的，另起一行", "quote the value: %s; or give the other key a line of its own", example(key, `"…"`))
		return s, true
	}
	return s, false
}

// straight puts text that stands between one pair of quotes into straight ones;
// it is not sure where there are more.
func straight(value string) (string, bool) {
	v := []rune(value)
	if len(v) < 2 || v[0] != '"' && !strings.ContainsRune(openingQuotes, v[0]) || v[len(v)-1] != '"' && !strings.ContainsRune(closingQuotes, v[len(v)-1]) {
		return "", false
	}
	inner := string(v[1 : len(v)-1])
	return `"` + inner + `"`, !strings.ContainsAny(inner, `"\`+anyQuote)
}

// flowSlip finds full-width signs in a list or map that is written in brackets.
func flowSlip(l []rune, at int) (slip, bool) {
	half := map[rune]string{'，': ", ", '：': ": ", '］': "]", '｝': "}", '】': "]"}
	first := slices.IndexFunc(l[at:], func(r rune) bool { return half[r] != "" })
	if first < 0 || strings.ContainsAny(string(l[at:]), `"'`) {
		return slip{}, false
	}
	first += at
	last := first
	var write strings.Builder
	for i := first; i < len(l); i++ {
		if half[l[i]] != "" {
			last = i
		}
	}
	for i := first; i <= last; i++ {
		if h := half[l[i]]; h == "" {
			write.WriteRune(l[i])
		} else if i+1 == len(l) || isBlankRune(l[i+1]) {
			write.WriteString(strings.TrimRight(h, " "))
		} else {
			write.WriteString(h)
		}
	}
	return slip{code: CodeLookAlike, value: true, from: first, to: last + 1, write: write.String(), sure: true,
		message: lang.Say("括号里的 %s 是全角符号，YAML 不认", "%s is a full-width sign, which YAML does not know between brackets", Quote(string(l[first]))),
		remedy:  lang.Say("写半角的 %s", "write the half-width %s", Quote(strings.TrimRight(half[l[first]], " ")))}, true
}

// example is a key with a value, without the key where it is not one of a schema.
func example(key, value string) string {
	if len(key) > maxQuoted || strings.ContainsFunc(key, func(r rune) bool { return r > unicode.MaxASCII }) {
		return value
	}
	return key + ": " + value
}

// behindBracket finds text behind a bracket that closes again: what begins with one is
// read as a list or a map.
func behindBracket(l []rune, at int, key string) (slip, bool) {
	shut := map[rune]rune{'[': ']', '{': '}'}[l[at]]
	end := slices.Index(l[at:], shut)
	if end < 0 || slices.Contains(l[at+1:at+end], l[at]) {
		return slip{}, false
	}
	behind := skipBlanks(l, at+end+1)
	if behind == len(l) || strings.ContainsRune("#,:]}", l[behind]) {
		return slip{}, false
	}
	return slip{code: CodeSyntax, value: true, from: at, to: len(l),
		message: lang.Say("以 %s 开头的值被读作括号里的内容，括号后面还有文字", "a value that begins with %s reads as what the brackets hold, and there is text behind them", Quote(string(l[at]))),
		remedy:  lang.Say("若是文字，加引号：%s", "quote it if it is text: %s", example(key, `"…"`))}, true
}

// behindQuote finds text behind the quote that should hold all of a value.
func behindQuote(l []rune, at int, key string) (slip, bool) {
	end := at + 1
	for end < len(l) && (l[end] != l[at] || l[at] == '\'' && end+1 < len(l) && l[end+1] == '\'') {
		if l[end] == l[at] || l[end] == '\\' && l[at] == '"' {
			end++
		}
		end++
	}
	if end >= len(l) {
		return slip{}, false
	}
	behind := skipBlanks(l, end+1)
	if behind == len(l) || l[behind] == '#' || strings.ContainsRune(",]}", l[behind]) {
		return slip{}, false
	}
	return slip{code: CodeSyntax, value: true, from: behind, to: len(l),
		message: lang.Say("引号后面还有文字", "there is text behind the closing quote"),
		remedy:  lang.Say("把整个值放进一对引号：%s", "put the whole value into one pair of quotes: %s", example(key, `'…'`))}, true
}

// isOdd reports a sign that people write for one of YAML's.
func isOdd(r rune) bool {
	return r > unicode.MaxASCII && (isLookAlike(r) || isWideColon(r) || strings.ContainsRune(bullets+anyQuote+openBrackets+"，", r))
}
