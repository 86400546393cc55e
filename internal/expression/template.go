package expression

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/schema"
	"hegui/internal/term"
)

// Template is a sentence with expressions in braces.
type Template struct{ parts []part }

// part is literal text, or one of path and program.
type part struct {
	literal string
	path    *Path
	program *Program
	// of is the schema's type of what the path leads to, nil for none.
	of *schema.Type
}

// Template compiles a sentence: {expr} is replaced by its value, {{ and }} are
// braces.
func (s Scope) Template(text string) (*Template, []Problem) {
	t := &Template{}
	var problems []Problem
	runes := []rune(text)
	var literal []rune
	flush := func() {
		if len(literal) > 0 {
			t.parts = append(t.parts, part{literal: string(literal)})
			literal = nil
		}
	}
	for i := 0; i < len(runes); i++ {
		c := runes[i]
		switch {
		case (c == '{' || c == '}') && i+1 < len(runes) && runes[i+1] == c:
			literal = append(literal, c)
			i++
		case c == '｛' || c == '｝' && !strings.ContainsRune(text, '｛'):
			problems = append(problems, Problem{i, lang.Say("%s 是全角括号，里面的不会换成值：写半角的 { }", "%s is a full-width bracket, and what is between such is not replaced by a value: write { }", document.Quote(string(c)))})
		case c == '}':
			problems = append(problems, Problem{i, lang.Say("多出来的 }", "unexpected }")})
		case c == '{':
			end := closing(runes, i)
			if end < 0 {
				return t, append(problems, Problem{i, lang.Say("{ 没有合上", "{ is never closed")})
			}
			flush()
			compiled, found := s.part(string(runes[i+1 : end]))
			for _, p := range found {
				problems = append(problems, Problem{i + 1 + p.Offset, p.Message})
			}
			t.parts = append(t.parts, compiled)
			i = end
		default:
			literal = append(literal, c)
		}
	}
	flush()
	return t, problems
}

// closing finds the brace that ends the expression begun at open, skipping
// quoted text.
func closing(runes []rune, open int) int {
	quote := rune(0)
	for i := open + 1; i < len(runes); i++ {
		switch c := runes[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '}':
			return i
		}
	}
	return -1
}

// isPath reports whether text is names joined by dots and nothing else.
func isPath(text string) bool {
	for _, name := range strings.Split(text, ".") {
		if name == "" || name[0] >= '0' && name[0] <= '9' || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			return false
		}
	}
	return true
}

func (s Scope) part(text string) (part, []Problem) {
	if isPath(text) {
		path, problems := s.Path(text)
		if path != nil {
			if p, ok := s.speaks(path); !ok {
				problems = append(problems, p)
			}
			return part{path: path, of: s.leadsTo(path)}, problems
		}
		return part{}, problems
	}
	program, problems := s.Compile(text, Phrase)
	return part{program: program}, problems
}

// leadsTo is the schema's type of what stands at a path, nil where none is known.
func (s Scope) leadsTo(path *Path) *schema.Type {
	if last := path.Last(); last != nil {
		return last.Type
	}
	return s.wordsOf(path.root).of
}

// speaks reports whether a path leads to something that a sentence can hold: a
// value, or an item that its list names.
func (s Scope) speaks(path *Path) (Problem, bool) {
	if last := path.Last(); last != nil {
		return unwanted(celType(last.Type), Phrase)
	}
	if t, _ := s.typeOf(path.root); t != nil && t.Of == nil {
		return unwanted(celType(t), Phrase)
	}
	return Problem{}, true
}

// fills reports whether the sentence states what stands at a path.
func (t *Template) fills(path string) bool {
	return slices.ContainsFunc(t.parts, func(p part) bool {
		return p.path != nil && p.path.text == path || p.program != nil && (slices.Contains(p.program.reads, path) || slices.Contains(p.program.names, path))
	})
}

// Fill writes a sentence in both languages, each by its own template. What is not
// stated is said to be so; any other error is the check's own.
func Fill(f *Frame, both [2]*Template) (lang.Marked, error) {
	var out lang.Marked
	var err error
	if out.Full.ZH, out.Redacted.ZH, err = both[0].fill(f, lang.Chinese); err != nil {
		return lang.Marked{}, err
	}
	if out.Full.EN, out.Redacted.EN, err = both[1].fill(f, lang.English); err != nil {
		return lang.Marked{}, err
	}
	return out, nil
}

func (t *Template) fill(f *Frame, l lang.Language) (full, redacted string, err error) {
	var room, hidden [512]byte
	all, seen := room[:0], hidden[:0]
	hides := slices.ContainsFunc(t.parts, part.sensitive)
	for _, p := range t.parts {
		text, err := p.fill(f)
		if err != nil {
			return "", "", err
		}
		if all = append(all, text.In(l)...); !hides {
			continue
		}
		if p.sensitive() {
			text = lang.Redacted()
		}
		seen = append(seen, text.In(l)...)
	}
	if full = string(all); !hides {
		return full, full, nil
	}
	return full, string(seen), nil
}

func (p part) fill(f *Frame) (lang.Text, error) {
	if p.literal != "" {
		return lang.Same(p.literal), nil
	}
	v, err := p.eval(f)
	if err == nil {
		return p.phrase(v), nil
	}
	switch absent, lacks := errors.AsType[*Absent](err); {
	case !lacks:
		return lang.Text{}, err
	case absent.Tells():
		return absent.Of.Absent, nil
	case len(absent.Defects) > 0:
		return absent.asWritten(), nil
	}
	return lang.Say("未填写", "not stated"), nil
}

// asWritten is what stands where something else belongs, which is not what it should be.
func (a *Absent) asWritten() lang.Text {
	if a.In != nil && a.In.Kind == document.Map {
		if v := a.In.Get(a.Key); v != nil && v.Kind != document.List && v.Kind != document.Map {
			return lang.Same(document.Quote(v.Text))
		}
	}
	return lang.Say("写法有误", "written wrongly")
}

// phrase writes what a part comes to. A value of an enumeration is said with what
// people call it: the reader may not know the word that is to be written.
func (p part) phrase(v ref.Val) lang.Text {
	value, one := v.(types.String)
	switch of := p.of; {
	case of == nil:
		return phrase(v)
	case one && of.Enum != nil:
		return of.Called(clip(string(value)))
	}
	return labelled(p.of, v)
}

func (p part) sensitive() bool {
	return p.path != nil && p.path.sensitive || p.program != nil && p.program.sensitive
}

func (p part) eval(f *Frame) (ref.Val, error) {
	if p.path != nil {
		return p.path.value(f)
	}
	return p.program.eval(f)
}

// maxPhrase keeps a hostile description from flooding a message.
const maxPhrase = 80

// phrase writes a value for people.
func phrase(v ref.Val) lang.Text {
	switch v := v.(type) {
	case types.Bool:
		return term.YesNo(bool(v))
	case types.Int:
		return lang.Same(strconv.FormatInt(int64(v), 10))
	case types.Double:
		return lang.Same(strconv.FormatFloat(float64(v), 'f', -1, 64))
	case types.String:
		return lang.Same(clip(string(v)))
	case *date:
		return lang.Same(v.String())
	case *period:
		return v.Text()
	case *object:
		return lang.Same(clip(keyOf(v)))
	case traits.Lister:
		return phraseList(v)
	}
	return lang.Say("（%s）", "(%s)", v.Type().TypeName())
}

func phraseList(l traits.Lister) lang.Text {
	var zh, en []string
	items, _ := through(l)
	for _, item := range items {
		text := phrase(item)
		zh, en = append(zh, text.ZH), append(en, text.EN)
	}
	if len(zh) == 0 {
		return lang.Say("无", "none")
	}
	return lang.Text{ZH: clip(strings.Join(zh, "、")), EN: clip(strings.Join(en, ", "))}
}

func clip(text string) string {
	runes := []rune(text)
	if len(runes) <= maxPhrase {
		return text
	}
	return string(runes[:maxPhrase]) + "…"
}

func unknownSource(err error) lang.Text {
	return lang.Say("看不出列表从哪里来：%v", "cannot tell which list is meant: %v", err)
}
