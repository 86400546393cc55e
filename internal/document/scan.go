package document

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hegui/internal/lang"
)

// scanner walks the text as yaml.v3's own scanner does, without building
// anything. It comes before the parser, whose memory and recursion nothing
// bounds, to refuse what is too deep or too much. Its tokens then take the
// parser's place where the text is within the subset, and elsewhere follow the
// parser's nodes, which know where they start but not where they end.
//
// Where the text is not YAML the scan stops: the parser stops at the same place
// and says why. It counts no node and no level that the parser would
// not build, so a file under the limits is never refused.
type scanner struct {
	text   string
	limits Limits
	subset

	i   int
	pos Pos

	flow    int
	indent  int
	indents []int
	// allowed says whether a key without "?" may start here; in a flow list or
	// map it says nothing, because keys open nothing there.
	allowed bool
	// key is where such a key may last have started.
	key Pos

	tokens []token
	open   []int // tokens that open a flow list or map not yet closed
	nodes  int
	// second is the place of a "---" after content, zero when there is none.
	second Pos
	// directive is the place of the first line that starts with "%".
	directive Pos
	over      Problem
}

type tokenKind uint8

const (
	scalarToken tokenKind = iota
	aliasToken
	propertyToken // an anchor or a tag
	entryToken    // "-" or "?"
	flowToken     // "[" or "{"; it ends after its closing bracket
)

// token is kept small: a file has about as many as values and keys.
type token struct {
	kind tokenKind
	// key is set for a scalar with its colon behind it, within the subset.
	key        bool
	start, end spot
	// from and to are the token's bytes.
	from, to int32
}

func (t *token) span() span { return span{t.start.pos(), t.end.pos()} }

// endAt moves the token's end.
func (t *token) endAt(end Pos, to int) {
	t.end, t.to = end.spot(), int32(to)
}

func newScanner(text string, limits Limits, room *room) *scanner {
	return &scanner{
		text: text, limits: limits, pos: Pos{1, 1}, allowed: true,
		subset: subset{left: strings.Contains(text, "\t")},
		// Measured over descriptions: nearly always enough, and seldom twice as much.
		tokens: slices.Grow(room.tokens[:0], min(len(text)/11+8, limits.Nodes)),
	}
}

// scan reports whether the text keeps within the limits.
func (s *scanner) scan(found *problems) bool {
	for s.over.Code == "" && s.next() {
	}
	if s.over.Code == "" {
		return true
	}
	found.add(s.over.Code, s.over.Start, s.over.End, s.over.Message, s.over.Remedy)
	return false
}

// next reads one token; false at the end, at an error, beyond a limit.
//
// Columns are counted from 1 here and from 0 in yaml.v3, hence an indent of 0
// where there is none.
func (s *scanner) next() bool {
	s.blanks()
	s.unroll(s.pos.Column)
	if s.i >= len(s.text) {
		s.whole = s.flow == 0
		return false
	}
	c := s.text[s.i]
	if s.pos.Column == 1 {
		if c == '%' {
			s.left = true
			if s.directive == (Pos{}) {
				s.directive = s.pos
			}
			s.toLineEnd()
			s.unroll(0)
			s.allowed = false
			return true
		}
		if s.documentMark() {
			return s.scanDocumentMark()
		}
	}
	switch {
	case c >= 'a' && c <= 'z', c >= utf8.RuneSelf: // most begin so
		return s.scanPlain()
	case c == '[' || c == '{':
		return s.scanOpen()
	case c == ']' || c == '}':
		return s.scanClose()
	case c == ',':
		s.commas()
		s.i++
		s.pos.Column++
		return true
	case c == '-' && s.blankAt(s.i+1):
		return s.scanEntry()
	case c == '?' && (s.flow > 0 || s.blankAt(s.i+1)):
		return s.scanEntry()
	case c == ':' && (s.flow > 0 || s.blankAt(s.i+1)):
		return s.scanValue()
	case c == '*' || c == '&' || c == '!':
		return s.scanProperty(c)
	case (c == '|' || c == '>') && s.flow == 0:
		return s.scanBlock()
	case c == '"' || c == '\'':
		return s.scanQuoted(c)
	case strings.IndexByte("|>%@` \t", c) < 0:
		return s.scanPlain()
	}
	return false
}

// blanks skips white space and comments between tokens.
func (s *scanner) blanks() {
	for s.i < len(s.text) {
		switch c := s.text[s.i]; {
		case c == ' ', c == '\t' && (s.flow > 0 || !s.allowed || s.comesComment()):
			s.i++
			s.pos.Column++
		case c == '#':
			s.left = s.left || s.i > 0 && s.text[s.i-1] != ' ' && s.text[s.i-1] != '\n'
			s.toLineEnd()
			s.toNextComment()
		case c == '\n' || c == '\r':
			s.newline()
			if s.flow == 0 {
				s.allowed = true
			}
		default:
			return
		}
	}
}

// comesComment reports that only blanks come before a comment. The parser
// accepts tabs there in some places and not in others; scanning on where it
// stops does no harm.
func (s *scanner) comesComment() bool {
	rest := strings.TrimLeft(s.text[s.i:], " \t")
	if !strings.HasPrefix(rest, "#") {
		return false
	}
	for len(s.text)-s.i > len(rest)+1 {
		s.advance()
	}
	return true
}

// toNextComment steps over blank lines to a comment that follows within 512
// bytes: the parser reads both as one comment and ignores tabs between them.
func (s *scanner) toNextComment() {
	between := s.text[s.i:min(s.i+512, len(s.text))]
	rest := strings.TrimLeft(between, " \t\r\n")
	if !strings.HasPrefix(rest, "#") {
		return
	}
	for end := s.i + len(between) - len(rest); s.i < end; {
		if s.isBreak(s.i) {
			s.newline()
		} else {
			s.advance()
		}
	}
}

func (s *scanner) advance() {
	s.pos.Column++
	// The text is valid UTF-8: what goes on with a rune has bytes of its own kind.
	for s.i++; s.i < len(s.text) && !utf8.RuneStart(s.text[s.i]); s.i++ {
	}
}

func (s *scanner) newline() {
	if s.text[s.i] == '\r' {
		s.i++
	}
	s.i++
	s.pos = Pos{s.pos.Line + 1, 1}
}

func (s *scanner) toLineEnd() {
	line := s.text[s.i:]
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		line = strings.TrimSuffix(line[:end], "\r")
	}
	s.i += len(line)
	s.pos.Column += utf8.RuneCountInString(line)
}

func (s *scanner) isBreak(i int) bool { return s.text[i] == '\n' || s.text[i] == '\r' }

func (s *scanner) isBlank(i int) bool {
	return i < len(s.text) && (s.text[i] == ' ' || s.text[i] == '\t')
}

// blankAt reports a blank, a line ending or the end of the text.
func (s *scanner) blankAt(i int) bool {
	return i >= len(s.text) || s.isBlank(i) || s.isBreak(i)
}

func (s *scanner) documentMark() bool {
	rest := s.text[s.i:]
	return (strings.HasPrefix(rest, "---") || strings.HasPrefix(rest, "...")) && s.blankAt(s.i+3)
}

func (s *scanner) scanDocumentMark() bool {
	s.left = true
	if s.text[s.i] == '-' && len(s.tokens) > 0 && s.second == (Pos{}) {
		s.second = s.pos
	}
	s.unroll(0)
	s.allowed = false
	s.i += 3
	s.pos.Column += 3
	return true
}

// roll opens a block list or map when the column lies deeper than the last.
func (s *scanner) roll(column int, at Pos) bool {
	if s.flow > 0 || s.indent >= column {
		return true
	}
	s.inners++
	s.indents = append(s.indents, s.indent)
	s.indent = column
	return s.count(at) && s.deep(at)
}

func (s *scanner) unroll(column int) {
	if s.flow > 0 {
		return
	}
	for s.indent > column {
		s.indent = s.indents[len(s.indents)-1]
		s.indents = s.indents[:len(s.indents)-1]
	}
}

func (s *scanner) count(at Pos) bool {
	if s.nodes++; s.nodes <= s.limits.Nodes {
		return true
	}
	s.over = tooManyNodes(s.limits.Nodes, at)
	return false
}

func (s *scanner) deep(at Pos) bool {
	if len(s.indents)+s.flow <= s.limits.Depth {
		return true
	}
	s.over = tooDeep(s.limits.Depth, at)
	return false
}

// maxKey is how many characters long a key may be without "?".
const maxKey = 1024

// keyIsStale reports that what started here cannot be a key any more: keys
// end on their line and are no longer than maxKey.
func (s *scanner) keyIsStale() bool {
	return s.key.Line < s.pos.Line || s.key.Column+maxKey < s.pos.Column
}

func (s *scanner) saveKey() {
	if s.allowed && s.flow == 0 {
		s.key = s.pos
	}
}

func (s *scanner) emit(kind tokenKind, start Pos, from int) {
	s.emitUpTo(kind, start, from, s.pos, s.i)
}

func (s *scanner) emitUpTo(kind tokenKind, start Pos, from int, end Pos, to int) {
	s.tokens = append(s.tokens, token{kind: kind, start: start.spot(), end: end.spot(), from: int32(from), to: int32(to)})
}

func (s *scanner) scanOpen() bool {
	s.saveKey()
	s.opens()
	s.flow++
	if !s.count(s.pos) || !s.deep(s.pos) {
		return false
	}
	start, from := s.pos, s.i
	s.advance()
	s.open = append(s.open, len(s.tokens))
	s.emit(flowToken, start, from)
	return true
}

// scanClose reads a closing bracket. One too many is left to the parser, which
// accepts it in "[? ]]".
func (s *scanner) scanClose() bool {
	s.allowed = false
	s.closes(s.text[s.i])
	s.advance()
	if s.flow == 0 {
		return true
	}
	s.flow--
	last := len(s.open) - 1
	s.tokens[s.open[last]].endAt(s.pos, s.i)
	s.open = s.open[:last]
	return true
}

// scanEntry reads the "-" of a list item or the "?" of a long key.
func (s *scanner) scanEntry() bool {
	if s.flow == 0 && (!s.allowed || !s.roll(s.pos.Column, s.pos)) {
		return false
	}
	s.entry()
	s.allowed = true
	start, from := s.pos, s.i
	s.advance()
	s.emit(entryToken, start, from)
	return true
}

// scanValue reads the ":" after a key.
func (s *scanner) scanValue() bool {
	short := s.key != (Pos{}) && !s.keyIsStale()
	s.colons(short)
	switch {
	case s.flow > 0:
		s.advance()
		return true
	case short && !s.roll(s.key.Column, s.key):
		return false
	case !short && (!s.allowed || !s.roll(s.pos.Column, s.pos)):
		return false
	}
	s.key, s.allowed = Pos{}, !short
	s.advance()
	return true
}

// scanProperty reads an alias, an anchor or a tag.
func (s *scanner) scanProperty(c byte) bool {
	s.saveKey()
	s.left = true
	if c == '*' && !s.count(s.pos) {
		return false
	}
	s.allowed = false
	start, from := s.pos, s.i
	s.advance()
	for s.i < len(s.text) {
		if c == '!' && s.blankAt(s.i) || c != '!' && !isAnchorByte(s.text[s.i]) {
			break
		}
		s.advance()
	}
	kind := propertyToken
	if c == '*' {
		kind = aliasToken
	}
	s.emit(kind, start, from)
	return true
}

func isAnchorByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_' || c == '-'
}

func (s *scanner) scanQuoted(quote byte) bool {
	s.saveKey()
	if !s.count(s.pos) {
		return false
	}
	s.begins()
	s.allowed = false
	start, from := s.pos, s.i
	for s.advance(); s.i < len(s.text); {
		switch c := s.text[s.i]; {
		case s.isBreak(s.i):
			s.newline()
			if s.documentMark() {
				return false
			}
		case c == '\\' && quote == '"' && s.i+1 < len(s.text) && !s.isBreak(s.i+1),
			c == '\'' && quote == '\'' && s.i+1 < len(s.text) && s.text[s.i+1] == '\'':
			s.advance()
			s.advance()
		case c == quote:
			s.advance()
			s.emit(scalarToken, start, from)
			s.ends()
			return true
		default:
			s.advance()
		}
	}
	return false
}

func (s *scanner) scanPlain() bool {
	s.saveKey()
	if !s.count(s.pos) {
		return false
	}
	s.begins()
	s.left = s.left || s.text[s.i] == ':' || s.text[s.i] == '?'
	start, from := s.pos, s.i
	end, to := s.pos, s.i
	var broken bool
	for s.i < len(s.text) && s.text[s.i] != '#' && (s.pos.Column != 1 || !s.documentMark()) {
		if behind, at := s.stretch(); behind > 0 {
			end, to, broken = at, behind, false
		}
		if s.i >= len(s.text) || !s.isBreak(s.i) {
			break
		}
		for s.i < len(s.text) && s.blankAt(s.i) {
			switch {
			case s.isBreak(s.i):
				s.newline()
				broken = true
			case broken && s.pos.Column < s.indent+1 && s.text[s.i] == '\t':
				return false
			default:
				s.i++
				s.pos.Column++
			}
		}
		if s.flow == 0 && s.pos.Column < s.indent+1 {
			break
		}
	}
	s.allowed = broken
	s.emitUpTo(scalarToken, start, from, end, to)
	s.ends()
	return true
}

// stretch steps over the text on one line and the blanks behind it. It tells where
// the text ends, zero for none.
func (s *scanner) stretch() (to int, end Pos) {
	from, i, beyond := s.i, s.i, 0 // beyond are the bytes of characters behind their first
	for i < len(s.text) {
		c := s.text[i]
		if mayEndPlain[c] && s.endsPlain(i) {
			break
		}
		more := sizeOf(c) - 1
		beyond += more
		i += 1 + more
	}
	s.i = i
	for to = i; to > from && s.isBlank(to-1); to-- {
	}
	if to == from {
		s.pos.Column += i - from
		return 0, Pos{}
	}
	end = s.pos.right(to - from - beyond)
	s.pos = end.right(i - to)
	return to, end
}

// mayEndPlain are the bytes at which a plain scalar may end.
var mayEndPlain = [256]bool{'\n': true, '\r': true, ':': true, '#': true, ',': true, '?': true, '[': true, ']': true, '{': true, '}': true}

// sizeOf is how many bytes the character has that begins with this one.
func sizeOf(c byte) int {
	switch {
	case c < utf8.RuneSelf:
		return 1
	case c < 0xE0:
		return 2
	case c < 0xF0:
		return 3
	}
	return 4
}

// endsPlain reports whether a plain scalar cannot go on at a place of its line.
func (s *scanner) endsPlain(i int) bool {
	switch c := s.text[i]; c {
	case '\n', '\r':
		return true
	case ':':
		return s.blankAt(i + 1)
	case '#':
		return s.isBlank(i - 1)
	case ',', '?', '[', ']', '{', '}':
		return s.flow > 0
	}
	return false
}

// scanBlock reads a literal or folded scalar. Its token ends after its last
// line that is not blank.
func (s *scanner) scanBlock() bool {
	if !s.count(s.pos) {
		return false
	}
	s.begins()
	s.allowed = true
	start, from := s.pos, s.i
	s.advance()
	increment := 0
	for s.i < len(s.text) && !s.blankAt(s.i) {
		if c := s.text[s.i]; c >= '1' && c <= '9' {
			increment = int(c - '0')
		}
		s.advance()
	}
	s.emit(scalarToken, start, from)
	written := &s.tokens[len(s.tokens)-1]
	s.toLineEnd()
	indent := 0
	if increment > 0 {
		indent = max(s.indent, 1) + increment
	}
	for s.i < len(s.text) {
		s.newline()
		if indent == 0 {
			indent = s.blockIndent()
		}
		for s.i < len(s.text) && s.pos.Column < indent && s.text[s.i] == ' ' {
			s.advance()
		}
		if s.i >= len(s.text) {
			break
		}
		if s.isBreak(s.i) {
			continue
		}
		if s.pos.Column < indent {
			break
		}
		s.toLineEnd()
		written.endAt(s.pos, s.i)
	}
	s.ends()
	return true
}

// blockIndent is the column of a block scalar's text: that of its first line
// that is not blank, or of the longest blank line before it.
func (s *scanner) blockIndent() int {
	widest, width := 0, 0
	for _, c := range []byte(s.text[s.i:]) {
		if c == '\r' {
			continue
		}
		if c != ' ' && c != '\n' {
			break
		}
		if width++; c == '\n' {
			widest, width = max(widest, width-1), 0
		}
	}
	return max(widest, width, s.indent, 1) + 1
}

// unclosed is the place of the innermost bracket that is never closed, zero when
// there is none.
func (s *scanner) unclosed() Pos {
	if len(s.open) == 0 {
		return Pos{}
	}
	return s.tokens[s.open[len(s.open)-1]].start.pos()
}

func tooManyNodes(limit int, at Pos) Problem {
	return Problem{
		Code: CodeTooManyNodes, Start: at, End: at.right(1),
		Message: lang.Say("文件中的键和值超过 %d 个", "the file holds more than %d keys and values", limit),
		Remedy:  lang.Say("拆分文件，或把大量明细作为证据文件另存", "split the file, or keep long records as an evidence file"),
	}
}

func tooDeep(limit int, at Pos) Problem {
	return Problem{
		Code: CodeTooDeep, Start: at, End: at.right(1),
		Message: lang.Say("嵌套超过 %d 层", "lists and maps are nested deeper than %d levels", limit),
		Remedy:  lang.Say("减少嵌套，检查是否多写了括号或短横线", "nest less; look for surplus brackets or dashes"),
	}
}
