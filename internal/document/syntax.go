package document

import (
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"hegui/internal/lang"
)

// decode runs the parser over the text: exactly one document, whose root node
// it returns.
func (d *Document) decode(s *scanner, found *problems) (root *yaml.Node, ok bool) {
	decoder := yaml.NewDecoder(strings.NewReader(d.text))
	var first, second yaml.Node
	switch err := decodeOne(decoder, &first); {
	case errors.Is(err, io.EOF):
		d.refuseEmpty(found)
		return nil, false
	case err != nil:
		d.refuseSyntax(decoder, err, s, found)
		return nil, false
	}
	err := decodeOne(decoder, &second)
	switch {
	case errors.Is(err, io.EOF):
	case err == nil:
		d.refuseSecond(Pos{second.Line, second.Column}, found)
		return nil, false
	case s.second != (Pos{}):
		d.refuseSecond(s.second, found)
		return nil, false
	default:
		d.refuseSyntax(decoder, err, s, found)
		return nil, false
	}
	if len(first.Content) != 1 {
		d.refuseEmpty(found)
		return nil, false
	}
	root = first.Content[0]
	if root.Kind == yaml.ScalarNode && root.Value == "" && root.Style == 0 && root.Anchor == "" {
		d.refuseEmpty(found)
		return nil, false
	}
	return root, true
}

// decodeOne decodes one document. The library has panicked on files before;
// here a file it panics on is a file it cannot read.
func decodeOne(decoder *yaml.Decoder, into *yaml.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: %v", r)
		}
	}()
	return decoder.Decode(into)
}

func (d *Document) refuseEmpty(found *problems) {
	found.add(CodeEmpty, Pos{1, 1}, Pos{1, 1},
		lang.Say("文件没有内容", "the file has no content"),
		lang.Say("写入内容；没有检查项要用它时才可删除", "write its content; delete the file only where no check asks for it"))
}

func (d *Document) refuseSecond(at Pos, found *problems) {
	at = d.clamp(at)
	found.add(CodeMultipleDocuments, at, d.clamp(at.right(3)),
		lang.Say("文件中有第二个 YAML 文档", "a second YAML document starts here"),
		lang.Say("一个文件只写一个文档：删去 ---，或拆成两个文件", "keep one document per file: delete the ---, or split the file"))
}

// marks are where the parser stopped and where the thing began that it was
// reading then.
type marks struct {
	problem          string
	at, context      Pos
	known, inContext bool
}

// parserMarks reads them out of the decoder. The error's text has a line at
// best, often that of the wrong mark and off by one; the library is archived,
// so its fields stay where they are, and should they not, the text's line is
// what remains.
func parserMarks(decoder *yaml.Decoder) (m marks) {
	defer func() {
		if recover() != nil {
			m = marks{}
		}
	}()
	parser := reflect.ValueOf(decoder).Elem().FieldByName("parser").Elem().FieldByName("parser")
	mark := func(name string) Pos {
		v := parser.FieldByName(name)
		return Pos{int(v.FieldByName("line").Int()) + 1, int(v.FieldByName("column").Int()) + 1}
	}
	m.problem = parser.FieldByName("problem").String()
	m.at, m.context = mark("problem_mark"), mark("context_mark")
	m.inContext = parser.FieldByName("context").String() != ""
	if m.problem == "" {
		m.at = mark("mark")
	}
	m.known = true
	return m
}

// refuseSyntax says in our own words what the parser could not read.
func (d *Document) refuseSyntax(decoder *yaml.Decoder, err error, s *scanner, found *problems) {
	if name, ok := unknownAnchor(err); ok {
		d.refuseAlias(name, s, found)
		return
	}
	m := parserMarks(decoder)
	if !m.known {
		m.problem = err.Error()
		m.at = d.firstOfLine(errorLine(err))
	}
	f := d.fault(m, s.unclosed())
	if p := d.slipOf(&f, m, s); p != nil {
		p.Start, p.End = d.clamp(p.Start), d.clamp(p.End)
		found.put(*p)
		return
	}
	start := d.clamp(f.at)
	found.add(f.code, start, d.clamp(start.right(f.width)), f.message, f.remedy)
}

// firstOfLine is the place of the first rune of a line that is not a blank.
func (d *Document) firstOfLine(line int) Pos {
	text := d.Line(line)
	return Pos{line, 1 + len(text) - len(strings.TrimLeft(text, " \t"))}
}

// errorLine reads the line out of "yaml: line 5: …"; 1 when there is none.
func errorLine(err error) int {
	_, rest, _ := strings.Cut(err.Error(), "line ")
	number, _, _ := strings.Cut(rest, ":")
	line, convErr := strconv.Atoi(number)
	if convErr != nil {
		return 1
	}
	return line
}

// unknownAnchor recognises the one error that has no place at all.
func unknownAnchor(err error) (name string, ok bool) {
	rest, ok := strings.CutPrefix(err.Error(), "yaml: unknown anchor '")
	if !ok {
		return "", false
	}
	return strings.CutSuffix(rest, "' referenced")
}

func (d *Document) refuseAlias(name string, s *scanner, found *problems) {
	at, end := Pos{1, 1}, Pos{1, 1}
	for i := range s.tokens {
		t := &s.tokens[i]
		word := s.text[t.from:t.to]
		if t.kind == propertyToken && word == "&"+name {
			break
		}
		if t.kind == aliasToken && word == "*"+name {
			at, end = t.start.pos(), t.end.pos()
			break
		}
	}
	found.add(CodeUnknownAlias, at, end,
		lang.Say("别名 %s 之前没有对应的锚点", "no anchor precedes the alias %s", Quote("*"+name)),
		lang.Say("文字以 * 开头时加引号；否则先写锚点 %s", "quote text that starts with *; else write the anchor %s first", Quote("&"+name)))
}

// clamp keeps a place inside the file.
func (d *Document) clamp(at Pos) Pos {
	if at.Line > d.Lines() {
		at = Pos{d.Lines(), math.MaxInt}
	}
	at.Line = max(1, at.Line)
	at.Column = max(1, min(at.Column, utf8.RuneCountInString(d.Line(at.Line))+1))
	return at
}
