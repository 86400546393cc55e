package document

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"

	"gopkg.in/yaml.v3"
)

// Editor changes the items of a file's lists and leaves everything else as
// somebody wrote it: comments, the order of keys, the other items.
type Editor struct {
	data    []byte
	root    *yaml.Node
	changed bool
}

// Pair is a key with its value: text, a whole number, or a list of words.
type Pair struct {
	Key   string
	Value any
}

// NewEditor opens a file that Parse has found no problem in. What holds nothing
// but comments becomes a new file that begins with them.
func NewEditor(data []byte) (*Editor, error) {
	e := &Editor{data: data, root: &yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{{Kind: yaml.MappingNode, Tag: "!!map"}}}}
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return nil, fmt.Errorf("edit: %w", err)
	}
	if root.Kind == 0 {
		e.root.Content[0].HeadComment = string(bytes.TrimSpace(data))
		return e, nil
	}
	if root.Kind != yaml.DocumentNode || len(root.Content) != 1 || root.Content[0].Kind != yaml.MappingNode {
		return nil, fmt.Errorf("edit: the file is not a map")
	}
	e.root = &root
	return e, nil
}

// Put sets an item of a list: the one whose key field has this value, or a
// new one at the end. Fields of it that pairs do not name are removed.
func (e *Editor) Put(list, key, value string, pairs []Pair) {
	e.changed = true
	items := e.list(list)
	for _, item := range items.Content {
		if stated := get(item, key); stated != nil && stated.Value == value {
			replace(item, pairs)
			return
		}
	}
	item := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	replace(item, pairs)
	items.Content = append(items.Content, item)
}

// list is the list under a key, made where there is none.
func (e *Editor) list(key string) *yaml.Node {
	root := e.root.Content[0]
	if v := get(root, key); v != nil && v.Kind == yaml.SequenceNode {
		return v
	}
	list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	root.Content = append(root.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key}, list)
	return list
}

func get(m *yaml.Node, key string) *yaml.Node {
	if i := index(m, key); m.Kind == yaml.MappingNode && i >= 0 {
		return m.Content[i+1]
	}
	return nil
}

// index is the place of a key in a map, -1 if it has none.
func index(m *yaml.Node, key string) int {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return i
		}
	}
	return -1
}

// replace gives a map the pairs, each in its old place where it has one.
func replace(m *yaml.Node, pairs []Pair) {
	var content []*yaml.Node
	for i := 0; i+1 < len(m.Content); i += 2 {
		if slices.ContainsFunc(pairs, func(p Pair) bool { return p.Key == m.Content[i].Value }) {
			content = append(content, m.Content[i], m.Content[i+1])
		}
	}
	m.Content = content
	next := 0 // a new key goes after the one before it
	for _, p := range pairs {
		at := index(m, p.Key)
		if at < 0 {
			at = next
			m.Content = slices.Insert(m.Content, at, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: p.Key}, &yaml.Node{})
		}
		set(m.Content[at+1], p.Value)
		next = at + 2
	}
}

var dateText = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)

// set gives a node a value; one that has it already stays as it is written.
func set(n *yaml.Node, value any) {
	if words, isList := value.([]string); isList {
		setList(n, words)
		return
	}
	text := fmt.Sprint(value)
	if n.Kind == yaml.ScalarNode && n.Value == text {
		return
	}
	n.Kind, n.Tag, n.Value, n.Style, n.Alias, n.Content = yaml.ScalarNode, "!!str", text, 0, nil, nil
	switch _, isInt := value.(int64); {
	case isInt:
		n.Tag = "!!int"
	case dateText.MatchString(text):
		n.Tag = "!!timestamp" // else it would be quoted
	case bytes.ContainsRune([]byte(text), '\n'):
		n.Style = yaml.LiteralStyle
	}
}

// setList gives a node a list of words on one line.
func setList(n *yaml.Node, words []string) {
	if n.Kind == yaml.SequenceNode && slices.EqualFunc(n.Content, words, func(item *yaml.Node, word string) bool { return item.Kind == yaml.ScalarNode && item.Value == word }) {
		return
	}
	n.Kind, n.Tag, n.Value, n.Style, n.Alias, n.Content = yaml.SequenceNode, "!!seq", "", yaml.FlowStyle, nil, nil
	for _, word := range words {
		n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: word})
	}
}

// Bytes is the edited file; the given bytes, unchanged, where nothing was put.
func (e *Editor) Bytes() ([]byte, error) {
	if !e.changed {
		return e.data, nil
	}
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(e.root); err != nil {
		return nil, fmt.Errorf("edit: %w", err)
	}
	if err := encoder.Close(); err != nil {
		return nil, fmt.Errorf("edit: %w", err)
	}
	return out.Bytes(), nil
}
