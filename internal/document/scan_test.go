package document

import (
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// odd are files as nobody writes them, for every branch of the scanner. The
// parser takes them all.
func odd() (texts []string) {
	long := func(n int) string { return strings.Repeat("k", n) }
	for _, some := range [][]string{
		{ // Colons, in flow and out of it.
			"{a:1, b}", "{a: 1, b:, c}", "{a :1}", "{a : 1}", `{"a":1}`, `{"a" :1}`, `{'a':"b"}`, "[a:b, c]", "[a: b, c : d]", "{[a]: b}", "{{a: b}: c}", "[[a]:b]", "[{a: b}:c]",
			"{a:\n b}", "{? a : b}", "{? a}", "[? a : b, c]", "[? a]", "{a, b: c, ? d}", "{a: b}: c", "{a: b}: c\nd: e", "[a, b]: c\nd: e", "a:b: c", "a::b: c", "a: b:c", ":a: b", "::b: c", "a : b", "a  :  b", `"a": b`, "'a' : b", "http://a: b",
			"-a: b", "?a: b", "a-: b", "a: -b", "a: ?b", "a: :b", "a: b?\nc: d-\ne: f:g",
		},
		{ // What is no key any more: beyond its line, or beyond 1,024 characters.
			"[\"a\nb\", c]", "[a\n b, c]", "- \"a\n  b\"\n- c", "- a\n  b\n- c", "- 'a\n\n  b'\n- c: d", "[[a\n], b]", long(1024) + ": b", `"` + long(1022) + `": b`, "- " + long(2000) + "\n- a: b",
			"? " + long(1030) + "\n: b", "[" + long(1023) + ": b, c]",
		},
		{ // Long keys and their values.
			"? a\n: b", "? a\n? b\n: c", "? a", "? - a\n  - b\n: - c", "? [a]\n: {b: c}", "? |\n  a\n: |\n  b", "? a\n:\n  b: c", "? a: b\n: c: d", "? ? a\n  : b\n: c", "a: 1\n? b\n: c\nd: e", "? a\n: - b\n  - c\n? d", "a:\n  ? b\n  : c\nd: e", "- ? a\n  : b\n- c",
		},
		{ // Lists and maps inside each other, with little room.
			"a:\n- b\n- c\nd: e", "a:\n- b: c\n  d: e\n- f", "- - a\n  - b\n-\n  - c", "-\n- a\n-\n- b", "- a: b\n  c:\n  - d\n  - e\n- f", "a:\n  b:\n    c:\nd: e", "- - - a\n    - b\n- c", "a: \n\n\n  b", "a:\n\n  - b\n\n\n  - c",
			"a: [b,\nc]", "a: {b: c,\n  d: e}\nf: g", "a: [\n]\nb: {\n}", "[a, [b, {c: [d]}], e]", "[a,]", "{a,}", "[[], {}]", "[]", "{}", "- []\n- {}", "a: [b]\nc: [d, e]\nf: g", "a: {b: [c]}\nd: e", "[\n  # x\n  a, # y\n  b\n  # z\n]", "[? ]]",
		},
		{ // Plain texts over lines.
			"a: b\n  c\n  d\ne: f", "a\nb\n c", "a: b\n\n\n  c\nd: e", "- a\n  b # x\n- c", "a: b # c\nd: e#f", "a: b#c d", "a: b\n  # c\nd: e", "a: 字 字\n名称: 值", "a: 'b'\n# c\nd: e", "a: b \t\nc: d", "a:\tb", "a: b\t# c\nd: e", "a: [b c, d\n  e]", "a: b, c\nd: e] f", "a: b{c}\nd: e", "a: b@c", "- a - b\n- c",
			"a: b\nc:\n  d\n  e\nf: g", "a: -b\nc: --- d", "- a\n b\n- c", "a:\n b\n c\nd: e",
		},
		{ // Quotes.
			`a: "b \" c"`, `a: "b\\"`, "a: 'it''s'\nb: ''''", `a: ""`, "a: ''\nb: \"\"\nc: d", "a: \"b\n  c\n\n  d\"\ne: f", "a: \"b \\\n  c\"\nd: e", "a: 'b\n  c'\nd: e", "- \"a: b\"\n- 'c # d'", `a: "b" # c`, "a: \"\\u5b57\\x41\"\nb: c", `"a\tb": c`, `a: "b: c, [d"`,
		},
		{ // Blocks.
			"a: |\n  b\n  c\nd: e", "a: |-\n  b\n\nc: d", "a: |+\n  b\n\nc: d", "a: >\n  b\n  c\n\n  d\ne: f", "a: >-\n  b\nc: d", "a: |1\n  b\nc: d", "a: |2\n    b\n   c\nd: e", "a: |2-\n   b\nc: d", "a: |-2\n   b\nc: d", "a: >+1\n  b\n\nc: d",
			"- |1\n  a\n- b", "- |2\n    a\n- b", "- - |1\n    a\n  - b", "a:\n  b: |1\n     c\n    d\n  e: f", "a:\n  b: |3\n       c\n      d\n  e: f", "a:\n- |1\n  b\n- c", "|1\n b", "|2\n  b\n  c", "--- |1\n b\n", "- |9\n            a\n          b\n- c", "|1\n b\n# c", "a: |\n     \n   # c\nd: e", "a:\n  b: |\n  c: d", "a: |1\n b\n  # c\nd: e", "a: |1\n b\n# c\nd: e",
			"a: |\n\n\n  b\nc: d", "a: |\n \n  b\nc: d", "a: |\nb: c", "a: |\n\nb: c", "a: |\n  # b\n  c\nd: e", "a: | # b\n  c\nd: e", "a: |\n  b\n # c\nd: e", "- |\n a\n- b", "- >\n a\n\n b\n- c", "|\n a\n b", "a: |\n  b\n    c\n  d\ne: f", "a: |\n  字\n  b\nc: d",
			"a:\n  - |\n   b\n  - c", "? |\n a\n: b", "a: |\n  - b\n  - c: d\ne: f", "--- |\n# c", "a: |\n  b: c\n? d", "- a: |\n   b\n  c: d", "- a: |1\n    b\n   c\n  d: e",
		},
		{ // Anchors, aliases, tags.
			"a: &x b\nc: *x", "- &a b\n- *a\n- c", "&a b: c\nd: *a", "- &a a\n- *a : b", "a: &x\n  b: c\nd: *x", "a: &x [b]\nc: [*x, *x]", "{a: &x b, c: *x}", "[&x a, *x]", "!!str a: b", "a: !!str 1\nb: !!int \"2\"", "a: !!seq [b]\nc: !!map {d: e}", "a: &x !!str b\nc: !!str &y d\ne: *y",
			"a: &x\nb: c", "- &x\n- a", "- !!str\n- a", "a: !!map\n  b: c\nd: e", "- &a\n  - b\n- c", "--- &a b", "--- !!map\na: b", "&a\nb: c", "&a\n- b\n- c", "a: !<tag:yaml.org,2002:str> b\nc: d", "[&x-y_1 a, *x-y_1 ]", "{&a b: c, *a : d}",
		},
		{ // Documents and directives.
			"---\na: b", "--- a", "--- [a]", "---\n- a\n...", "%YAML 1.1\n---\na: b", "%TAG !e! tag:e.org,2000:\n---\na: b", "# c\n---\na: b\n...\n# d", "---\n# c\na: b", "a: ---b\nc: ...d", "a: b\n...", "--- # c\na: b", "---\n\"---\"", "a: \"b\n ---\"", "a:\n  b: c\n...",
		},
		{ // Comments and blank lines.
			"# a\n\n# b\nc: d", "#\n\t\n\t# a\n\nb: c", "# a\n \t\n# b\nc: d", "a: b\n#c\n\t#d\ne: f", "a: # b\n  c", "a: # b\n  - c # d\n  # e\n  - f\n# g", "- # a\n  b: c\n- # d\n  # e\n  - f", "[a, # b\n c]", "{a: b # c\n}", "\n\n a: b\n c: d\n\n", "  a: b\n  c: d", " - a\n - b\n",
			"#\n\t" + strings.Repeat("\n", 200) + "#\n\na: b", "#" + strings.Repeat("\n", 600) + "#\n\na: b", "#" + strings.Repeat(" \n", 300) + "a: b",
		},
	} {
		texts = append(texts, some...)
	}
	return texts
}

// The scanner sees each token where the parser has it, counts nothing that the
// parser does not build, and reads on for as long as the parser does.
func TestScannerAgreesWithParser(t *testing.T) {
	for _, text := range odd() {
		for _, text := range []string{text, text + "\n", strings.ReplaceAll(text, "\n", "\r\n") + "\r\n"} {
			var root yaml.Node
			if err := yaml.Unmarshal([]byte(text), &root); err != nil {
				t.Errorf("%.80q: the parser refuses it: %v", text, err)
				continue
			}
			s := newScanner(text, DefaultLimits(), &room{})
			if !s.scan(&problems{}) || s.i < len(text) {
				t.Errorf("%.80q: the scanner stops at %v", text, s.pos)
				continue
			}
			agree(t, s, root.Content[0])
			if d := parse(text); len(d.Problems) == 0 {
				checkTree(t, d, d.Root)
			}
		}
	}
}

// agree holds the tokens that are a node's own text to the nodes that have one.
func agree(t *testing.T, s *scanner, root *yaml.Node) {
	t.Helper()
	tokens := slices.DeleteFunc(slices.Clone(s.tokens), func(token token) bool { return token.kind == propertyToken || token.kind == entryToken })
	var nodes []*yaml.Node
	built := 0
	walk(root, func(n, parent *yaml.Node) {
		if isEmpty(n) || parent != nil && parent.Kind == yaml.SequenceNode && s.isPair(n) {
			return
		}
		built++
		if n.Style&yaml.FlowStyle != 0 || n.Kind == yaml.ScalarNode || n.Kind == yaml.AliasNode {
			nodes = append(nodes, n)
		}
	})
	if s.nodes > built {
		t.Errorf("%.80q: the scanner counts %d nodes, the parser builds %d", s.text, s.nodes, built)
	}
	if len(tokens) != len(nodes) {
		t.Errorf("%.80q: %d tokens for %d nodes", s.text, len(tokens), len(nodes))
		return
	}
	for i := range tokens {
		token := &tokens[i]
		n, text := nodes[i], s.text[token.from:token.to]
		// With an anchor or a tag the parser lets its node start there.
		if at := (Pos{n.Line, n.Column}); token.start.pos() != at && n.Anchor == "" && n.Style&yaml.TaggedStyle == 0 {
			t.Errorf("%.80q: %q is at %v, for the parser at %v", s.text, text, token.start.pos(), at)
		}
		if !isTextOf(n, text) {
			t.Errorf("%.80q: %q is the text of %q", s.text, text, n.Value)
		}
	}
}

func walk(n *yaml.Node, visit func(n, parent *yaml.Node)) {
	visit(n, nil)
	var below func(parent *yaml.Node)
	below = func(parent *yaml.Node) {
		for _, child := range parent.Content {
			visit(child, parent)
			below(child)
		}
	}
	below(n)
}

// isPair reports a map in a flow list that has no brackets: it starts with its
// key, or with a "?".
func (s *scanner) isPair(n *yaml.Node) bool {
	if n.Kind != yaml.MappingNode || n.Style&yaml.FlowStyle == 0 || len(n.Content) == 0 {
		return false
	}
	key := n.Content[0]
	line := []rune(strings.Split(s.text, "\n")[n.Line-1])
	return key.Line == n.Line && key.Column == n.Column || line[n.Column-1] == '?'
}

// isTextOf compares what can be compared without reading YAML: how it begins and
// ends.
func isTextOf(n *yaml.Node, text string) bool {
	first := text[0]
	switch {
	case n.Kind == yaml.AliasNode:
		return text == "*"+n.Value
	case n.Kind != yaml.ScalarNode:
		return first == '[' || first == '{'
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		return (first == '"' || first == '\'') && len(text) > 1 && text[len(text)-1] == first
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return (first == '|' || first == '>') && lastWord(text[1:]) == lastWord(n.Value)
	}
	return strings.Join(strings.Fields(text), " ") == strings.Join(strings.Fields(n.Value), " ")
}

// lastWord is empty for a block without a line of text, whose indicators are one
// word.
func lastWord(text string) string {
	words := strings.Fields(text)
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}
