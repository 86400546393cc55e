package compare

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"hegui/internal/audit"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/fix"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// rename is a list item that the change calls by another name. Everything said of it is
// compared under the new name: a rename is no change of its content and hides nothing.
type rename struct {
	list    *schema.Type
	topic   *schema.Schema
	was, is string
	// old and new are its items, places where the baseline names it.
	old, new *document.Value
	places   int
}

// renames are those of one platform. The zero value has none.
type renames struct {
	book *rulebook.Rulebook
	all  []*rename
	// foreign are the checks and items of what base says by a new name already: it was
	// said of something else.
	foreign map[[2]string]bool
	// named are the places that name something, on either side, by its list and name.
	named [2]func() map[[2]string][]string
}

// renames finds the things that head calls otherwise: an item that is gone from a list
// and one that is new there, which most of what named the old one names now, or of which
// more than half is the same, of a record all.
func (j *Judge) renames(before, after *audit.Platform) *renames {
	r := &renames{book: j.Rulebook, foreign: map[[2]string]bool{}}
	if before == nil || after == nil {
		return r
	}
	for i, side := range []*audit.Platform{before, after} {
		r.named[i] = sync.OnceValue(func() map[[2]string][]string { return r.references(side) })
	}
	for _, topic := range j.Rulebook.Schemas.Topics() {
		if was, is := before.Documents[topic.Name], after.Documents[topic.Name]; was.Sound() && is.Sound() && !was.Same(is) {
			r.within(topic, topic.Root, was.Root, is.Root)
		}
	}
	if len(r.all) > 0 {
		r.unambiguous(before, after)
	}
	return r
}

func (r *renames) within(topic *schema.Schema, t *schema.Type, was, is *document.Value) {
	if t == nil || was == nil || is == nil || was.Kind != is.Kind {
		return
	}
	for _, f := range t.Fields {
		r.within(topic, f.Type, was.Get(f.Name), is.Get(f.Name))
	}
	if was.Kind != document.List || t.Item == nil || t.Key == "" {
		return
	}
	called := map[string]string{}
	if named := t.Item.Field(t.Key); named != nil && named.Type.Refs == nil && named.Type.Enum == nil {
		called = r.pair(topic, t, was, is)
	}
	here := byName(t, is)
	for _, item := range was.Items() {
		name := t.ItemKey(item)
		r.within(topic, t.Item, item, here[cmp.Or(called[name], name)])
	}
}

// of is the rename of the thing that had this name in one of some lists, nil for none.
func (r *renames) of(lists []string, name string) *rename {
	spaces := r.spaces(lists, 0)
	i := slices.IndexFunc(r.all, func(o *rename) bool { return o.was == name && slices.Contains(spaces, o.list.Name) })
	if i < 0 {
		return nil
	}
	return r.all[i]
}

// becomes reports whether something in a list gets this name.
func (r *renames) becomes(list, name string) bool {
	spaces := r.spaces([]string{list}, 0)
	return slices.ContainsFunc(r.all, func(o *rename) bool { return o.is == name && slices.Contains(spaces, o.list.Name) })
}

// maxChain is how many lists may take their names from one another.
const maxChain = 8

// spaces are the lists in which the items of some lists have their names: those of
// encryption.stores are named in architecture.data_stores.
func (r *renames) spaces(lists []string, deep int) (all []string) {
	for _, path := range lists {
		list := r.book.Schemas.List(path)
		if list == nil || deep > maxChain {
			continue
		}
		if key := list.Item.Field(list.Key); key != nil && key.Type.Refs != nil {
			all = append(all, r.spaces(key.Type.Refs, deep+1)...)
		} else {
			all = append(all, path)
		}
	}
	return all
}

// refers are the lists of which a value is a name: those that it refers to, or the one
// that it names an item of.
func (r *renames) refers(t *schema.Type, v *document.Value) []string {
	switch {
	case t.Refs != nil:
		return t.Refs
	case t.Of != nil:
		return t.Of.Refs
	}
	path := t.Name[:max(strings.LastIndexByte(t.Name, '.'), 0)]
	if list := r.book.Schemas.List(path); list != nil && v.Key() == list.Key {
		return []string{path}
	}
	return nil
}

// baseline is the tree of the baseline in which everything has the name that head gives
// it, and the platform as it is judged then.
func (r *renames) baseline(auditor *audit.Auditor, p *audit.Platform, tree source.Hashed) (*audit.Platform, source.Hashed, error) {
	files := map[string]string{}
	for _, name := range slices.Concat(r.topics(), []string{audit.WaiversFile, audit.VerdictsFile}) {
		doc := p.Documents[name]
		if !doc.Sound() {
			continue
		}
		edits := r.edits(name, doc)
		data, err := tree.Read(doc.Path, int64(document.DefaultLimits().Bytes))
		if err != nil {
			return nil, nil, err
		}
		if len(edits) > 0 {
			files[doc.Path] = string(fix.Apply(data, edits))
		}
	}
	then := renamedTree{tree, files}
	again, err := auditor.Again(p, then)
	return again, then, err
}

// worsens reports whether more is found at the baseline under the new names than under its
// own. A name that its schema refuses, or that a check looks at, would make the baseline as
// bad as head, and nothing new of what the change has brought.
func worsens(before, then *audit.Platform) bool {
	was, is := faults(before), faults(then)
	for what, n := range is {
		if n > was[what] {
			return true
		}
	}
	return false
}

// faults counts what is found of a platform: findings about its files and failing items,
// by their check.
func faults(p *audit.Platform) map[string]int {
	n := map[string]int{}
	for i := range p.Findings {
		n[p.Findings[i].Check]++
	}
	for i := range p.Checks {
		for _, item := range p.Checks[i].Items {
			if item.Outcome == finding.Fail {
				n[p.Checks[i].Rule.ID]++
			}
		}
	}
	return n
}

func (r *renames) topics() (all []string) {
	for _, topic := range r.book.Schemas.Topics() {
		all = append(all, topic.Name)
	}
	return all
}

// edits write the new names into a file.
func (r *renames) edits(name string, doc *document.Document) (all []finding.Edit) {
	write := func(v *document.Value, text string) {
		if v.Start().Line == v.End().Line {
			all = append(all, *finding.Write(v.Start(), v.End(), strconv.Quote(text)))
		}
	}
	topic := r.book.Schemas.Find(name)
	if topic == nil || !topic.Topic {
		for _, entry := range doc.Root.ListAt(name) {
			if v := entry.Get("item"); v != nil && r.item(entry) != v.Text {
				write(v, r.item(entry))
			}
		}
		return inOrder(all)
	}
	topic.Walk(doc.Root, func(t *schema.Type, v *document.Value) {
		if o := r.of(r.refers(t, v), v.Text); v.Kind == document.String && o != nil {
			o.places++
			write(v, o.is)
		}
	})
	return inOrder(all)
}

// inOrder sorts edits by place; what an alias repeats is written once.
func inOrder(all []finding.Edit) []finding.Edit {
	slices.SortFunc(all, func(a, b finding.Edit) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) })
	return slices.Compact(all)
}

// item is what a waiver or verdict is about, by the new names.
func (r *renames) item(entry *document.Value) string {
	said := entry.TextAt("item")
	rule := r.book.Check(r.book.Current(entry.TextAt("check")))
	if rule == nil || said == "" {
		return said
	}
	keys := strings.Split(said, "/")
	for i := range keys[:min(len(keys), len(rule.Each))] {
		if o := r.of([]string{listOf(rule.Each, i)}, keys[i]); o != nil {
			keys[i] = o.is
		} else if r.becomes(listOf(rule.Each, i), keys[i]) {
			r.foreign[[2]string{rule.ID, said}] = true
		}
	}
	return strings.Join(keys, "/")
}

var pathOf = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*\b\(?`)

// listOf is the path of the list that a step of a check ranges over, whatever it
// chooses of it.
func listOf(each []rulebook.Range, step int) string {
	path := pathOf.FindString(each[step].List)
	if strings.HasSuffix(path, "(") { // a macro
		path = path[:max(strings.LastIndexByte(path, '.'), 0)]
	}
	first, rest, _ := strings.Cut(path, ".")
	for i := range step {
		if each[i].Name == first {
			return listOf(each, i) + "." + rest
		}
	}
	return path
}

// statements are what base says of the platform, by the new names.
func (r *renames) statements(s *audit.Statements) *audit.Statements {
	if len(r.all) == 0 {
		return s
	}
	return &audit.Statements{Waivers: r.entries(s.Waivers, audit.WaiversFile), Verdicts: r.entries(s.Verdicts, audit.VerdictsFile)}
}

func (r *renames) entries(root *document.Value, name string) *document.Value {
	if root == nil {
		return nil
	}
	list := root.ListAt(name)
	said := make([]*document.Value, len(list))
	for i, entry := range list {
		said[i] = entry
		at := slices.IndexFunc(entry.Fields(), func(f document.Field) bool { return f.Key == "item" })
		if at < 0 || r.item(entry) == entry.Fields()[at].Value.Text {
			continue
		}
		copied, item := *entry, *entry.Fields()[at].Value
		item.Text = r.item(entry)
		copied.SetFields(slices.Clone(entry.Fields()))
		copied.Fields()[at].Value = &item
		said[i] = &copied
	}
	renamed := *root
	renamed.SetFields(slices.Clone(root.Fields()))
	for i, f := range renamed.Fields() {
		if f.Key == name && f.Value.Kind == document.List {
			all := *f.Value
			all.SetItems(said)
			renamed.Fields()[i].Value = &all
		}
	}
	return &renamed
}

// renamedTree is the baseline with other texts in place of some files.
type renamedTree struct {
	source.Hashed
	files map[string]string
}

func (t renamedTree) Read(at string, limit int64) ([]byte, error) {
	return replaced{t.Hashed, t.files}.Read(at, limit)
}

// Hash knows nothing of what is replaced.
func (t renamedTree) Hash(at string) (string, error) {
	for file := range t.files {
		if file == at || strings.HasPrefix(file, at+"/") {
			return "", nil
		}
	}
	return t.Hashed.Hash(at)
}

// renamedThings reports what head calls otherwise, one entry a thing.
func (s *scoping) renamedThings() {
	for _, o := range s.p.names.all {
		path, hidden := o.topic.Name+o.topic.Root.KeyedPath(o.old), o.topic.Name+o.topic.Root.RedactedPath(o.old)
		now := o.is
		if path != hidden {
			now = schema.RedactedKey
		}
		said := func(path, now string) lang.Text {
			return lang.Say("%s 改名为 %s（%d 处）", "%s is now called %s (places: %d)", path, now, o.places)
		}
		s.add(ScopeChange{Kind: itemGone, Subject: path, Redacted: hidden, Location: finding.At(o.new), Message: lang.Marked{Full: said(path, document.Quote(o.is)), Redacted: said(hidden, now)},
			Remedy: lang.Say("确认是同一个事物；其余改动按新名与原来的相比", "make sure that it is the same thing; all else that is said of it is compared under its new name")})
	}
}
