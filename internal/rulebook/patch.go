package rulebook

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
)

// misplaced is the error of an example that changes what is not there.
type misplaced struct{ message lang.Text }

func (m misplaced) Error() string   { return m.message.EN }
func (m misplaced) Text() lang.Text { return m.message }

func nowhere(pointer string) error {
	return misplaced{lang.Say("基线里没有 %s", "the baseline has no %s", pointer)}
}

// Patched returns the topics of a platform with the example's changes. Topics
// that it does not change are shared.
func (e Example) Patched(platform Topics) (Topics, error) {
	var fields []document.Field
	for _, name := range e.topics() {
		if platform[name] == nil {
			return nil, nowhere("/" + name)
		}
		fields = append(fields, document.Field{Key: name, Value: platform[name]})
	}
	top := document.NewMap(fields...).Copy()
	for _, pointer := range e.Remove {
		if err := remove(top, pointer); err != nil {
			return nil, err
		}
	}
	for _, set := range e.Set {
		if err := assign(top, set.Pointer, set.Value); err != nil {
			return nil, err
		}
	}
	topics := maps.Clone(platform)
	for _, name := range e.topics() {
		delete(topics, name)
	}
	for _, field := range top.Fields() {
		topics[field.Key] = field.Value.Copy()
	}
	return topics, nil
}

// topics are the topics that the example changes, sorted.
func (e Example) topics() []string {
	names := map[string]bool{}
	add := func(pointer string) {
		name, _, _ := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
		names[name] = true
	}
	for _, pointer := range e.Remove {
		add(pointer)
	}
	for _, set := range e.Set {
		add(set.Pointer)
	}
	return slices.Sorted(maps.Keys(names))
}

func remove(top *document.Value, pointer string) error {
	v := top.Find(pointer)
	if v == nil || v.Parent == nil {
		return nowhere(pointer)
	}
	if parent := v.Parent; parent.Kind == document.List {
		parent.SetItems(slices.Delete(parent.Items(), v.Index(), v.Index()+1))
	} else {
		parent.SetFields(slices.DeleteFunc(slices.Clone(parent.Fields()), func(f document.Field) bool { return f.Key == v.Key() }))
	}
	return nil
}

func assign(top *document.Value, pointer string, value *document.Value) error {
	slash := strings.LastIndexByte(pointer, '/')
	if slash < 0 {
		return misplaced{lang.Say("%s 不是 JSON 指针，要以 / 开头", "%s is not a JSON pointer, which begins with /", document.Quote(pointer))}
	}
	parent, last := top.Find(pointer[:slash]), pointer[slash+1:]
	if parent == nil {
		return nowhere(pointer[:slash])
	}
	copied := value.Copy()
	copied.Parent = parent
	items, fields := parent.Items(), parent.Fields()
	switch existing := top.Find(pointer); {
	case existing != nil && parent.Kind == document.List:
		items[existing.Index()] = copied
	case existing != nil:
		parent.Field(existing.Key()).Value = copied
	case parent.Kind == document.Map:
		fields = append(fields, document.Field{Key: last, Value: copied})
	case parent.Kind == document.List && (last == "-" || last == fmt.Sprint(len(items))):
		items = append(items, copied)
	default:
		return nowhere(pointer)
	}
	if parent.Kind == document.List {
		parent.SetItems(items)
	} else {
		parent.SetFields(fields)
	}
	return nil
}
