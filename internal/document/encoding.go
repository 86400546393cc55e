package document

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"hegui/internal/lang"
)

// foreign is what a file is that is not text as UTF-8: its name, and how it
// becomes a description.
type foreign struct{ name, remedy lang.Text }

// pdf is how the one such file begins that may be text throughout.
const pdf = "%PDF-"

// foreignTo names what the bytes are: another program's file, or text in another
// encoding; zero for what nobody can know.
func foreignTo(data []byte) foreign {
	for _, kind := range []struct {
		begins string
		name   lang.Text
	}{
		{"PK\x03\x04", lang.Say("Word、Excel 或 zip 文件", "a Word, Excel or zip file")},
		{"\xD0\xCF\x11\xE0", lang.Say("旧版 Word 或 Excel 文件", "a file of an older Word or Excel")},
		{pdf, lang.Say("PDF 文件", "a PDF file")},
	} {
		if bytes.HasPrefix(data, []byte(kind.begins)) {
			return foreign{kind.name, lang.Say("把内容写成 YAML 文本；这份文件可作为证据放进 evidence/", "write what it says as a YAML text; the file itself may be evidence, in evidence/")}
		}
	}
	if encoding := encodingOf(data); encoding != "" {
		return foreign{lang.Say("%s 编码", "%s text", strings.ReplaceAll(encoding, "GB18030", "GBK")),
			lang.Say("在编辑器里用 UTF-8 编码另存，或运行 iconv -f %s -t UTF-8 原文件 > 新文件", "save it with the encoding UTF-8 in an editor, or run iconv -f %s -t UTF-8 OLD > NEW", encoding)}
	}
	return foreign{}
}

// encodingOf is the encoding of a text that is not UTF-8, as iconv calls it, empty
// for none that shows.
func encodingOf(data []byte) string {
	switch zeros := bytes.Count(data, []byte{0}); {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return "UTF-16"
	case zeros*8 > len(data) && len(data) > 1 && data[1] == 0: // the blanks and signs of YAML are ASCII
		return "UTF-16LE"
	case zeros*8 > len(data) && data[0] == 0:
		return "UTF-16BE"
	case zeros == 0 && !utf8.Valid(data) && isGBK(data):
		return "GB18030"
	}
	return ""
}

// isGBK reports whether all that is not ASCII are pairs of bytes as GBK has them.
func isGBK(data []byte) bool {
	for i := 0; i < len(data); i++ {
		if data[i] < 0x80 {
			continue
		}
		i++
		if data[i-1] < 0x81 || data[i-1] > 0xFE || i == len(data) || data[i] < 0x40 || data[i] == 0x7F || data[i] == 0xFF {
			return false
		}
	}
	return true
}
