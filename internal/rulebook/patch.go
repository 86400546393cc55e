package rulebook

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"hegui/internal/document"
)

// Patched returns the topics of a platform with the example's changes. Topics
// that it does not change are shared.
func (e Example) Patched(platform Topics) (Topics, error) {
	top := &document.Value{Kind: document.Map}
	for _, name := range e.topics() {
		if platform[name] == nil {
			return nil, fmt.Errorf("/%s leads nowhere", name)
		}
		top.Fields = append(top.Fields, document.Field{Key: name, Value: platform[name]})
	}
	top = detach(top)
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
	for _, field := range top.Fields {
		topics[field.Key] = detach(field.Value)
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
		return fmt.Errorf("%s leads nowhere", pointer)
	}
	parent := v.Parent
	if parent.Kind == document.List {
		parent.Items = append(parent.Items[:v.Index], parent.Items[v.Index+1:]...)
		for i, item := range parent.Items {
			item.Index = i
		}
		return nil
	}
	for i := range parent.Fields {
		if parent.Fields[i].Key == v.Key {
			parent.Fields = append(parent.Fields[:i], parent.Fields[i+1:]...)
			return nil
		}
	}
	return fmt.Errorf("%s leads nowhere", pointer)
}

func assign(top *document.Value, pointer string, value *document.Value) error {
	slash := strings.LastIndexByte(pointer, '/')
	if slash < 0 {
		return fmt.Errorf("%q is not a JSON pointer", pointer)
	}
	parent, last := top.Find(pointer[:slash]), pointer[slash+1:]
	if parent == nil {
		return fmt.Errorf("%s leads nowhere", pointer[:slash])
	}
	copied := detach(value)
	copied.Parent = parent
	if existing := top.Find(pointer); existing != nil {
		copied.Key, copied.Index = existing.Key, existing.Index
		if parent.Kind == document.List {
			parent.Items[existing.Index] = copied
			return nil
		}
		parent.Field(existing.Key).Value = copied
		return nil
	}
	switch {
	case parent.Kind == document.Map:
		copied.Key = last
		parent.Fields = append(parent.Fields, document.Field{Key: last, Value: copied})
	case parent.Kind == document.List && (last == "-" || last == fmt.Sprint(len(parent.Items))):
		copied.Index = len(parent.Items)
		parent.Items = append(parent.Items, copied)
	default:
		return fmt.Errorf("%s leads nowhere", pointer)
	}
	return nil
}

// detach copies a value with all below it; the copy is a root.
func detach(v *document.Value) *document.Value {
	copied := *v
	copied.Parent, copied.Key, copied.Index = nil, "", 0
	copied.Items = make([]*document.Value, len(v.Items))
	for i, item := range v.Items {
		child := detach(item)
		child.Parent, child.Index = &copied, i
		copied.Items[i] = child
	}
	copied.Fields = make([]document.Field, len(v.Fields))
	for i, field := range v.Fields {
		child := detach(field.Value)
		child.Parent, child.Key = &copied, field.Key
		field.Value = child
		copied.Fields[i] = field
	}
	return &copied
}
