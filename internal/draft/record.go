package draft

import (
	"path"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// Record is a record that is begun: the file that holds it now, and the file of
// evidence that it names, empty where it names none.
type Record struct {
	File     []byte
	Evidence string
}

// Record adds an item to a list of a standing file, as restore_tests of
// sets[service]: dated, its evidence named, its other values empty. Everything else
// stays as it is written. taken reports whether a file of evidence exists.
func (d *Draft) Record(s *schema.Schema, doc *document.Document, data []byte, list, date string, taken func(string) bool) (Record, error) {
	at, err := locate(s, doc.Root, list)
	if err != nil {
		return Record{}, err
	}
	known := Header{}
	var out Record
	for _, f := range at.list.Item.Fields {
		switch {
		case !f.Required:
		case f.Type.Kind == schema.Date && f.Type.Happened:
			known[f.Name] = date
		case f.Type.Kind == schema.Evidence:
			out.Evidence = vacant("evidence/"+s.Name+"-"+strings.ReplaceAll(at.name, "_", "-")+"-"+strings.ReplaceAll(date, "-", ""), taken)
			known[f.Name] = out.Evidence
		}
	}
	w := &writer{Draft: d, topic: s.Name, known: known, dash: "- "}
	w.fields(at.list.Item, 1, "")
	out.File, err = at.insert(doc, data, w.lines)
	return out, err
}

// vacant is the name of a file that does not exist yet.
func vacant(name string, taken func(string) bool) string {
	const extension = ".md"
	for next := name; ; next += "-a" {
		if !taken(next + extension) {
			return next + extension
		}
	}
}

// spot is a list of a standing file: the map that holds it, and its key there.
type spot struct {
	holder *document.Value
	name   string
	list   *schema.Type
}

// locate follows a path of keys, of which those of lists may choose an item.
func locate(s *schema.Schema, root *document.Value, path string) (spot, error) {
	at, t := root, s.Root
	names := strings.Split(path, ".")
	for i, part := range names {
		name, key, _ := strings.Cut(strings.TrimSuffix(part, "]"), "[")
		field := t.Field(name)
		if field == nil {
			return spot{}, &Error{lang.Say("%s 里没有 %s：可写 %s", "%s has no %s: want one of %s", t.Name, document.Quote(name), strings.Join(inner(t), ", "))}
		}
		isList := field.Type.Kind == schema.List && field.Type.Item.Kind == schema.Object
		switch {
		case i == len(names)-1 && isList:
			return spot{at, name, field.Type}, nil
		case i == len(names)-1 || !isList && field.Type.Kind != schema.Object:
			return spot{}, &Error{lang.Say("%s 不是记录的列表：可写 %s", "%s is not a list of records: want one of %s", field.Type.Name, strings.Join(inner(t), ", "))}
		case at.Get(name) == nil:
			return spot{}, &Error{lang.Say("%s 还没有填写：先填写它", "%s is not stated yet: state it first", field.Type.Name)}
		}
		if at, t = at.Get(name), field.Type; !isList {
			continue
		}
		item, err := choose(t, at, key)
		if err != nil {
			return spot{}, err
		}
		at, t = item, t.Item
	}
	return spot{}, &Error{lang.Say("写明是哪个列表", "name the list")}
}

// inner are the fields in which lists of records may lie.
func inner(t *schema.Type) []string {
	var names []string
	for _, f := range t.Fields {
		if f.Type.Kind == schema.Object || f.Type.Kind == schema.List && f.Type.Item.Kind == schema.Object {
			names = append(names, f.Name)
		}
	}
	return names
}

// choose is the item with a key, the only one where no key is given.
func choose(t *schema.Type, list *document.Value, key string) (*document.Value, error) {
	var keys []string
	for _, item := range list.Items() {
		stated := t.ItemKey(item)
		if stated == key && key != "" || key == "" && len(list.Items()) == 1 {
			return item, nil
		}
		keys = append(keys, t.Name+"["+stated+"]")
	}
	return nil, &Error{lang.Say("写明是 %s 的哪一项：%s", "say which item of %s is meant: %s", t.Name, strings.Join(keys, ", "))}
}

// insert puts the lines of an item into the list, after its last item or in place of
// one that has no values.
func (at spot) insert(doc *document.Document, data []byte, item []string) ([]byte, error) {
	lines := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	var list *document.Value
	before := 0
	field := at.holder.Field(at.name)
	if field != nil {
		list = field.Value
	}
	switch {
	case field == nil:
		if len(at.holder.Fields()) == 0 || !begins(lines, at.holder.Fields()[0].KeyStart(), "") {
			return nil, at.inOneLine()
		}
		indent := strings.Repeat(" ", at.holder.Fields()[0].KeyStart().Column-1)
		lines = slices.Insert(lines, at.holder.End().Line, append([]string{indent + at.name + ":"}, indented(item, indent+"  ")...)...)
	case len(list.Items()) == 0:
		if !begins(lines, field.KeyStart(), "") {
			return nil, at.inOneLine()
		}
		line := &lines[field.KeyStart().Line-1]
		if list.Kind == document.List {
			*line = strings.Replace(*line, "[]", "", 1)
		}
		lines = slices.Insert(lines, field.KeyStart().Line, indented(item, strings.Repeat(" ", field.KeyStart().Column+1))...)
	default:
		first, last := list.Items()[0], list.Items()[len(list.Items())-1]
		if first.Kind != document.Map || last.Kind != document.Map || len(last.Fields()) == 0 || !begins(lines, first.Start(), "-") || !begins(lines, last.Start(), "-") {
			return nil, at.inOneLine()
		}
		line := lines[last.Start().Line-1]
		indent, _, _ := strings.Cut(line, "-")
		before = len(list.Items())
		if schema.Blank(last) {
			lines = slices.Delete(lines, last.Start().Line-1, last.End().Line)
			lines, before = slices.Insert(lines, last.Start().Line-1, indented(item, indent)...), before-1
			break
		}
		lines = slices.Insert(lines, last.End().Line, indented(item, indent)...)
	}
	eol := "\n"
	if strings.Contains(string(data), "\r\n") {
		eol = "\r\n"
	}
	out := []byte(strings.Join(lines, eol))
	if !at.kept(doc, out, before) {
		return nil, at.inOneLine()
	}
	return out, nil
}

// begins reports whether a line has nothing before a place but blanks and a mark.
func begins(lines []string, at document.Pos, mark string) bool {
	line := []rune(lines[at.Line-1])
	before := strings.TrimSpace(string(line[:min(at.Column-1, len(line))]))
	return before == mark || mark == "" && before == "-"
}

func indented(lines []string, indent string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = indent + line
	}
	return out
}

// kept reports whether the file is sound and has the items that it had, and one more.
func (at spot) kept(doc *document.Document, data []byte, before int) bool {
	now := document.Parse(doc.Path, data, document.DefaultLimits())
	if !now.Sound() {
		return false
	}
	items := now.Root.Find(at.holder.Pointer()).ListAt(at.name)
	if len(items) != before+1 {
		return false
	}
	for i, item := range at.holder.ListAt(at.name)[:before] {
		if item.Canonical() != items[i].Canonical() {
			return false
		}
	}
	return true
}

func (at spot) inOneLine() error {
	return &Error{lang.Say("%s 写在一行里，添不进去：改成每项一行“- ”的写法再试", "nothing can be added to %s as it is written: write it with a line “- ” for each item, then try again", path.Base(strings.ReplaceAll(at.list.Name, ".", "/")))}
}
