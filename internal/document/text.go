package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hegui/internal/lang"
)

const byteOrderMark = "\uFEFF"

// read takes the bytes in as text: UTF-8 without characters that a reader does
// not see. It reports whether the text is worth parsing.
func (d *Document) read(data []byte, found *problems) bool {
	// Editors do not count a byte order mark as a column.
	d.text = strings.TrimPrefix(string(data), byteOrderMark)
	if isClean(d.text) {
		return true
	}
	kind := foreignTo(data)
	if !utf8.ValidString(d.text) || !kind.name.IsZero() {
		d.refuseEncoding(kind, found)
		return false
	}
	d.refuseCharacters(found)
	return len(found.list) == 0
}

// isClean reports a text as nearly all are: without any character to refuse, and no
// other program's file. It decides nothing else; who refuses says why.
func isClean(text string) bool {
	for i := 0; i < len(text); i++ {
		c := text[i]
		for c >= 0x20 && c < 0x7F {
			if i++; i == len(text) {
				return !strings.HasPrefix(text, pdf)
			}
			c = text[i]
		}
		switch {
		case c == '\n', c == '\t':
		case c >= 0xE4 && c <= 0xE9 && i+2 < len(text) && text[i+1]&0xC0 == 0x80 && text[i+2]&0xC0 == 0x80:
			i += 2 // Chinese, U+4000 to U+9FFF
		case c == '\r' && i+1 < len(text) && text[i+1] == '\n':
		case c < utf8.RuneSelf:
			return false
		default:
			r, size := utf8.DecodeRuneInString(text[i:])
			if r == utf8.RuneError && size <= 1 || refusedCharacter(r) != "" {
				return false
			}
			i += size - 1
		}
	}
	return !strings.HasPrefix(text, pdf)
}

func lineStarts(text string) []int32 {
	starts := make([]int32, 1, strings.Count(text, "\n")+1)
	for i := 0; i < len(text); i++ {
		next := strings.IndexByte(text[i:], '\n')
		if next < 0 {
			break
		}
		i += next
		starts = append(starts, int32(i+1))
	}
	return starts
}

// refuseEncoding points at the first bad byte only, at the first of all where there
// is none: what follows it is noise.
func (d *Document) refuseEncoding(kind foreign, found *problems) {
	at, bad := d.badByte()
	message := lang.Say("文件不是 UTF-8 编码：此处是字节 0x%02X", "the file is not UTF-8: byte 0x%02X here", bad)
	if kind.name.IsZero() {
		kind.remedy = lang.Say("删去或重新键入这里的字，用 UTF-8 编码保存", "delete or type anew what is here, and save the file as UTF-8")
	} else {
		message = lang.Say("文件不是 UTF-8 文本：看来是 %s", "the file is not text in UTF-8: it looks like %s", kind.name)
	}
	found.add(CodeNotUTF8, at, d.clamp(at.right(1)), message, kind.remedy)
}

// badByte is the first byte that is not UTF-8, with its place.
func (d *Document) badByte() (at Pos, bad byte) {
	at = Pos{1, 1}
	for rest := d.text; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		if r == utf8.RuneError && size <= 1 {
			return at, rest[0]
		}
		rest = rest[size:]
		if at.Column++; r == '\n' {
			at = Pos{at.Line + 1, 1}
		}
	}
	return Pos{1, 1}, 0
}

func (d *Document) refuseCharacters(found *problems) {
	text, at, returned := d.text, Pos{1, 0}, false
	for i := 0; i < len(text); i++ {
		at.Column++
		c := text[i]
		switch {
		case c >= 0x20 && c < 0x7F || c == '\t':
			continue
		case c == '\n':
			at = Pos{at.Line + 1, 0}
			continue
		case c >= 0xE4 && c <= 0xE9:
			i += 2 // Chinese, U+4000 to U+9FFF
			continue
		case c == '\r' && (returned || i+1 < len(text) && text[i+1] == '\n'):
			continue
		}
		returned = returned || c == '\r' // an editor writes all line ends alike: one slip
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size - 1
		code := refusedCharacter(r)
		switch {
		case code == "":
		case found.full():
			found.skip(at)
		default:
			found.add(code, at, at.right(1), characterMessage(code, r), characterRemedy(code))
		}
	}
}

// refusedCharacter is the code of the problem with a character that is not a
// line ending; empty when it is acceptable.
func refusedCharacter(r rune) string {
	switch {
	case r == '\t', r > '\u3000' && r < '\u3040', r > '\uFF00' && r < '\uFF5F': // the last two are the signs of Chinese writing
		return ""
	// The line separators are here because yaml.v3 counts them as line endings
	// and no editor does.
	case unicode.IsControl(r), r == '\u2028', r == '\u2029', r == '\uFFFE', r == '\uFFFF':
		return CodeControlCharacter
	case unicode.Is(unicode.Bidi_Control, r):
		return CodeBidiCharacter
	// A zero-width space inside a word hides it from every check that looks
	// for the word.
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
		return CodeInvisibleCharacter
	}
	return ""
}

func characterMessage(code string, r rune) lang.Text {
	switch code {
	case CodeBidiCharacter:
		return lang.Say("改变文字方向的字符 U+%04X", "the character U+%04X changes the direction of text", r)
	case CodeInvisibleCharacter:
		return lang.Say("不可见字符 U+%04X", "the invisible character U+%04X", r)
	}
	if r == '\r' {
		return lang.Say("单独的回车符（U+000D），后面没有换行符；文件里可能不止这一处", "a carriage return (U+000D) without a line feed, perhaps not the only one")
	}
	return lang.Say("控制字符 U+%04X", "the control character U+%04X", r)
}

func characterRemedy(code string) lang.Text {
	if code == CodeControlCharacter {
		return lang.Say("删除该字符；换行请用 LF 或 CRLF", "delete the character; end lines with LF or CRLF")
	}
	return lang.Say("删除该字符（常由复制粘贴带入），或重新键入这一行",
		"delete the character (it often comes with copied text), or type the line anew")
}

// right is the place n columns further on the same line.
func (p Pos) right(n int) Pos { return Pos{p.Line, p.Column + n} }
