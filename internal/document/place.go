package document

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// place finds where a node's own text starts and ends, behind its anchor and
// tag, and where its tag is; for a node without a tag that is its own place.
// A node whose token is not found (there is none for an empty value) starts
// and ends where the parser says.
func (b *builder) place(n *yaml.Node) (at, tag span) {
	b.word = ""
	if b.span != nil {
		return *b.span, *b.span
	}
	at.start = Pos{n.Line, n.Column}
	if b.end.before(at.start) {
		// The parser ends the last line for itself.
		at.start = b.end
	}
	at.end = at.start
	t := b.seek(at.start)
	if t == nil {
		if last := len(b.tokens) - 1; isEmpty(n) && b.peek() == nil && last >= 0 && int(b.tokens[last].end.line) < at.start.Line {
			// A "? key" without a value: the parser puts it at the end of the file, or
			// inside a comment before that.
			at = span{b.tokens[last].end.pos(), b.tokens[last].end.pos()}
		}
		return at, at
	}
	t, at, tag = b.properties(n, t, at)
	switch {
	case t == nil || isEmpty(n):
	case b.matches(n, t):
		at, b.word = t.span(), b.text[t.from:t.to]
		b.cursor++
	case t.kind != propertyToken:
		// A block list or map starts where its first item or key does.
		at = span{t.start.pos(), t.start.pos()}
	}
	if tag == (span{}) {
		tag = at
	}
	return at, tag
}

// properties steps over the node's anchor and tag, in either order.
func (b *builder) properties(n *yaml.Node, t *token, at span) (next *token, behind, tag span) {
	anchored, tagged := n.Anchor != "", n.Style&yaml.TaggedStyle != 0
	// yaml.v3 forgets a lone "!". Before a block map it may be the first key's.
	banged := !tagged && (n.Kind != yaml.MappingNode || n.Style&yaml.FlowStyle != 0)
	for ; t != nil && t.kind == propertyToken; t = b.peek() {
		switch word := b.text[t.from:t.to]; {
		case anchored && word[0] == '&':
			anchored = false
		case tagged && word[0] == '!', banged && word == "!":
			tagged, banged = false, false
			tag = t.span()
		default:
			return t, at, tag
		}
		at = span{t.end.pos(), t.end.pos()}
		b.cursor++
	}
	return t, at, tag
}

func isEmpty(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style&^yaml.TaggedStyle == 0
}

// matches reports that the token is the node's whole text. A pair in a flow
// list, [a: 1], is a map in flow style without a bracket.
func (b *builder) matches(n *yaml.Node, t *token) bool {
	switch n.Kind {
	case yaml.ScalarNode:
		return t.kind == scalarToken
	case yaml.AliasNode:
		return t.kind == aliasToken
	case yaml.SequenceNode:
		return t.kind == flowToken && b.text[t.from] == '['
	default:
		return t.kind == flowToken && b.text[t.from] == '{' && n.Style&yaml.FlowStyle != 0
	}
}

func (b *builder) peek() *token {
	if b.cursor < len(b.tokens) {
		return &b.tokens[b.cursor]
	}
	return nil
}

// seek moves on to the token that starts at a place; nil when none does.
func (b *builder) seek(at Pos) *token {
	for b.cursor < len(b.tokens) && b.tokens[b.cursor].start.pos().before(at) {
		b.cursor++
	}
	if t := b.peek(); t != nil && t.start.pos() == at {
		return t
	}
	return nil
}

// Remark is the comment that stands behind a key in place of its value and that
// looks like one, as in "room: #1"; empty for what is stated, and for a comment
// as those are written, with a blank behind its sign.
func (f *Field) Remark() string {
	if f == nil || f.Value.Kind != Null || f.Value.Text != "" || f.Value.Document() == nil {
		return ""
	}
	line := []rune(f.Value.Document().Line(f.KeyEnd().Line))
	if f.KeyEnd().Column > len(line) {
		return ""
	}
	rest, _ := strings.CutPrefix(strings.TrimSpace(string(line[f.KeyEnd().Column-1:])), ":")
	rest = strings.TrimSpace(rest)
	if len(rest) < 2 || len(rest) > maxWritten || rest[0] != '#' || strings.ContainsAny(rest[1:2], " \t#!") {
		return ""
	}
	return rest
}
