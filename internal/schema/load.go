package schema

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"regexp"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"golang.org/x/sync/errgroup"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/pack"
	"hegui/internal/source"
)

const (
	suffix   = ".schema.json"
	maxBytes = 1 << 20
	// scheme separates the validator's locations from files and the network:
	// only the rulebook's own schemas can be loaded.
	scheme = "hegui:///"
)

// Schema is one schema file, compiled.
type Schema struct {
	Name string // backups
	Path string // schemas/backups.schema.json
	// Topic reports whether the schema describes a topic, Order its position.
	Topic bool
	Order int
	Root  *Type

	// describe makes Root, where that came from the cache.
	describe func()
	// doc reads the file when it is first asked for.
	doc func() *document.Document
	set *Set
	// recalled: the file came from the cache; uses are the schemas it refers to.
	recalled bool
	uses     []*Schema

	// rules makes the rule, once.
	rules   func() *rule
	prepare sync.Once
	rule    *rule // nil: the library alone judges
	// library is the validator, made when it is first needed.
	library func() (*jsonschema.Schema, error)
}

// Document is the schema's file.
func (s *Schema) Document() *document.Document { return s.doc() }

// Set is all schemas of a rulebook.
type Set struct {
	byName map[string]*Schema
	topics []*Schema
	known  bool
}

// Known reports whether all schemas came from the cache.
func (s *Set) Known() bool { return s.known }

// All are the schemas in the order of their paths.
func (s *Set) All() []*Schema {
	all := s.sorted()
	for _, one := range all {
		one.describe()
	}
	return all
}

func (s *Set) sorted() []*Schema {
	all := make([]*Schema, 0, len(s.byName))
	for _, one := range s.byName {
		all = append(all, one)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Path < all[j].Path })
	return all
}

// Known are cached schemas, which have no defects. The zero value has none.
type Known struct {
	// Document returns the parsed file at a path, nil when it is not cached.
	Document func(path string) *document.Document
	// Holds reports whether the file at a path is cached.
	Holds func(path string) bool
	// Schemas is their number, Packed what was made of all of them together.
	Schemas int
	Packed  *pack.Reader
}

// Topics are the schemas that describe topics, in their order.
func (s *Set) Topics() []*Schema { return s.topics }

// Shape are the paths of the files that describe topics, sorted.
func (s *Set) Shape() []string {
	seen := map[string]bool{}
	var add func(*Schema)
	add = func(one *Schema) {
		if !seen[one.Path] {
			seen[one.Path] = true
			for _, used := range one.uses {
				add(used)
			}
		}
	}
	for _, topic := range s.topics {
		add(topic)
	}
	return slices.Sorted(maps.Keys(seen))
}

// Find returns a schema by its name, nil if there is none.
func (s *Set) Find(name string) *Schema {
	one := s.byName[name]
	if one != nil {
		one.describe()
	}
	return one
}

// Load reads and compiles all schemas in dir. Its defects give the exact
// location of everything that would leave a part of a description unchecked.
func Load(tree source.Tree, dir string) (*Set, finding.Defects) { return Known{}.Load(tree, dir) }

// Load is the package's Load, but looks for defects only if a schema is not in
// the cache.
func (k Known) Load(tree source.Tree, dir string) (*Set, finding.Defects) {
	l := &loader{known: k, tree: tree, set: &Set{byName: map[string]*Schema{}}, key: regexp.MustCompile(keyPattern), keywords: words(keywords), reserved: words(reserved)}
	if l.read(dir); l.set.known && len(l.defects) == 0 {
		l.set.unpack(k.Packed)
		return l.set, nil
	}
	// The validator would report a wrong reference without its location.
	for _, step := range []func(){l.references, l.compile} {
		if len(l.defects) == 0 {
			step()
		}
	}
	if len(l.defects) == 0 {
		for _, s := range l.set.All() {
			l.describe(s)
		}
		for _, s := range l.set.All() {
			l.lists(s)
			l.exemplary(s)
		}
	}
	return l.set, l.defects.Sort()
}

type loader struct {
	known    Known
	tree     source.Tree
	set      *Set
	defects  finding.Defects
	nodes    int
	key      *regexp.Regexp
	keywords map[string]bool
	reserved map[string]bool
}

func (l *loader) fail(at string, pos document.Pos, message lang.Text) {
	l.defects = append(l.defects, finding.Defect{Path: at, Line: max(pos.Line, 1), Column: max(pos.Column, 1), Message: message})
}

func (l *loader) read(dir string) {
	entries, err := l.tree.List(dir)
	if err != nil {
		l.fail(dir, document.Pos{}, lang.Say("读不了模式目录：%v", "cannot read the schemas: %v", err))
		return
	}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name, suffix) {
			continue
		}
		name := strings.TrimSuffix(entry.Name, suffix)
		s := &Schema{Name: name, Path: path.Join(dir, entry.Name), set: l.set, describe: func() {}}
		s.rules = s.accepting
		s.library = sync.OnceValues(func() (*jsonschema.Schema, error) { return l.validator(s) })
		l.set.byName[name] = s
	}
	if l.recall(); l.set.known {
		return
	}
	l.together(func(s *Schema) finding.Defects {
		if s.recalled {
			s.doc()
			return nil
		}
		data, err := l.tree.Read(s.Path, maxBytes)
		if err != nil {
			return finding.Defects{{Path: s.Path, Line: 1, Column: 1, Message: lang.Say("读不了：%v", "cannot be read: %v", err)}}
		}
		doc := document.Parse(s.Path, data, document.DefaultLimits())
		s.doc = func() *document.Document { return doc }
		var found finding.Defects
		for _, p := range doc.Problems {
			found = append(found, finding.Defect{Path: s.Path, Line: p.Start.Line, Column: p.Start.Column, Message: p.Text()})
		}
		return found
	})
	if len(l.set.byName) == 0 {
		l.fail(dir, document.Pos{}, lang.Say("目录里没有 *%s", "holds no *%s", suffix))
	}
}

// recall finds the schemas that are in the cache. Nothing of them is unpacked.
func (l *loader) recall() {
	if l.known.Holds == nil {
		return
	}
	l.set.known = len(l.set.byName) == l.known.Schemas && l.known.Schemas > 0
	for _, s := range l.set.byName {
		if s.recalled = l.known.Holds(s.Path); s.recalled {
			s.doc = sync.OnceValue(func() *document.Document { return l.known.Document(s.Path) })
		}
		l.set.known = l.set.known && s.recalled
	}
}

// together runs do for every schema, on all processors: reading the schemas is
// half of the start-up time.
func (l *loader) together(do func(*Schema) finding.Defects) {
	all := l.set.sorted()
	found := make([]finding.Defects, len(all))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, s := range all {
		group.Go(func() error {
			found[i] = do(s)
			return nil
		})
	}
	_ = group.Wait() // defects are not errors
	l.defects = append(l.defects, slices.Concat(found...)...)
}

// compile builds the validators to find those that cannot be built. Cached
// schemas that refer only to cached ones have been built before.
func (l *loader) compile() {
	l.together(func(s *Schema) finding.Defects {
		if s.proven(map[*Schema]bool{}) {
			return nil
		}
		_, err := s.library()
		switch fault := l.notJSON(s); {
		case err == nil:
			return nil
		case fault != nil:
			return fault
		case s.leans():
			return nil // what is wrong is another's, and told of there
		}
		return notCompiled(s, err)
	})
}

// leans reports whether a schema refers to one that cannot be compiled either.
func (s *Schema) leans() bool {
	return slices.ContainsFunc(s.uses, func(used *Schema) bool {
		_, err := used.library()
		return used != s && err != nil && !slices.Contains(used.uses, s)
	})
}

func (s *Schema) proven(seen map[*Schema]bool) bool {
	if seen[s] {
		return true
	}
	seen[s] = true
	return s.recalled && !slices.ContainsFunc(s.uses, func(used *Schema) bool { return !used.proven(seen) })
}

// validator builds the library's validator of a schema, which can load other
// schemas of the set and nothing else.
func (l *loader) validator(s *Schema) (*jsonschema.Schema, error) {
	return l.validatorAt(s.Name + suffix)
}

// validatorAt is that of a subschema, by file and pointer.
func (l *loader) validatorAt(at string) (*jsonschema.Schema, error) {
	compiler := jsonschema.NewCompiler()
	compiler.Draft = jsonschema.Draft2020
	compiler.AssertFormat = true
	compiler.Formats = libraryFormats()
	compiler.LoadURL = func(url string) (io.ReadCloser, error) {
		in := l.set.Find(strings.TrimSuffix(strings.TrimPrefix(url, scheme), suffix))
		if in == nil {
			return nil, fmt.Errorf("%s is not a schema of this rulebook", strings.TrimPrefix(url, scheme))
		}
		data, err := l.tree.Read(in.Path, maxBytes)
		if err != nil {
			return nil, err
		}
		return io.NopCloser(bytes.NewReader(data)), nil
	}
	return compiler.Compile(scheme + at)
}

// notCompiled locates the fault in the schema where the library allows it.
func notCompiled(s *Schema, err error) finding.Defects {
	defect := func(at *document.Value, message lang.Text) finding.Defect {
		return finding.Defect{Path: s.Path, Line: at.Start().Line, Column: at.Start().Column, Message: message}
	}
	var invalid *jsonschema.ValidationError
	if errors.As(err, &invalid) {
		var found finding.Defects
		for _, leaf := range leaves(invalid) {
			at := find(s.Document().Root, leaf.InstanceLocation)
			found = append(found, defect(at, lang.Say("不是有效的 JSON Schema：%s", "is not a valid JSON Schema: %s", misformed(at, path.Base(leaf.KeywordLocation), leaf.Message))))
		}
		return found
	}
	var wrapped *jsonschema.SchemaError
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return finding.Defects{defect(s.Document().Root, lang.Say("编译不了：%v", "does not compile: %v", err))}
}

// misformed says what JSON Schema has against a keyword's value: in our words where we
// have them, and in those of the library where not.
func misformed(at *document.Value, keyword, said string) lang.Text {
	switch keyword {
	case "type":
		wanted, _, _ := strings.Cut(strings.TrimPrefix(said, "expected "), ", but got")
		var kinds lang.Text
		for i, kind := range strings.Split(wanted, " or ") {
			if i > 0 {
				kinds = lang.Say("%s或", "%s or ", kinds)
			}
			kinds = lang.Say("%s%s", "%s%s", kinds, typeText(kind))
		}
		return lang.Say("应为%s，却是 %s", "want %s, found %s", kinds, foundText(at))
	case "format":
		if _, err := regexp.Compile(at.Text); err != nil {
			return lang.Say("不是有效的正则表达式：%s", "is not a valid regular expression: %s", RegexpFault(err))
		}
	case "enum":
		if allowed, ok := strings.CutPrefix(said, "value must be one of "); ok {
			return lang.Say("%s 不在允许的值之内：%s", "%s is none of the allowed values: %s", foundText(at), strings.ReplaceAll(allowed, `"`, ""))
		}
	case "minimum", "exclusiveMinimum", "minLength", "minItems":
		return lang.Say("%s 太小", "%s is too small", foundText(at))
	case "uniqueItems":
		return lang.Say("列表里有重复的项", "the list repeats an item")
	}
	return lang.Say("这里不能这样写（%s）", "it cannot be written so (%s)", said)
}

// keywords are all that a schema may use: the validator ignores unknown ones,
// so a misspelt keyword would have no effect.
const keywords = `$schema $ref $defs title description x-title-en x-description-en x-unit x-labels x-pattern x-topic x-key x-adverse
x-may-be-empty x-sensitive x-outcome x-happened x-open x-progress x-switch x-own x-declared x-absent x-otherwise x-ref type properties required additionalProperties items minItems maxItems uniqueItems minLength
maxLength pattern enum const format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf examples if then else
allOf anyOf oneOf not minProperties maxProperties dependentRequired propertyNames contains minContains`

// Marks are the keywords that JSON Schema does not have, sorted.
func Marks() []string {
	marks := slices.DeleteFunc(strings.Fields(keywords), func(word string) bool { return !strings.HasPrefix(word, "x-") })
	slices.Sort(marks)
	return marks
}

// dialect is the only supported one.
const dialect = "https://json-schema.org/draft/2020-12/schema"

// keyPattern restricts property names to what expressions can write.
const keyPattern = `^[a-z][a-z0-9_]*$`

// reserved words of the expression language cannot name a property.
const reserved = `limits true false null in as break const continue else for function if import let loop package namespace return var void while`

// maxNodes bounds the types of one rulebook: nested references could otherwise
// exhaust memory.
const maxNodes = 50_000

func (l *loader) describe(s *Schema) {
	root := s.Document().Root
	before := len(l.defects)
	l.lint(s, root)
	linted := len(l.defects)
	if topic := root.Get("x-topic"); topic != nil {
		s.Topic = true
		order := topic.Get("order")
		if order == nil || order.Kind != document.Int {
			l.fail(s.Path, topic.Start(), lang.Say("x-topic 要写 {order: 序号}", "x-topic wants {order: N}"))
		} else {
			s.Order = int(order.Int())
		}
		if !l.names(s.Name) {
			l.fail(s.Path, topic.Start(), lang.Say("专题名 %q 不合 %s 或是保留字", "topic name %q does not match %s or is a reserved word", s.Name, keyPattern))
		}
		l.set.topics = append(l.set.topics, s)
		l.set.order()
	}
	b := builder{loader: l, schema: s}
	s.Root = b.build(s.Name, s, root, nil)
	if linted > before { // what a keyword that nobody reads would say is missed elsewhere
		l.defects = l.defects[:linted]
	}
	s.Root.inherit()
}

// order sorts the topics.
func (s *Set) order() {
	sort.Slice(s.topics, func(i, j int) bool {
		a, b := s.topics[i], s.topics[j]
		return a.Order < b.Order || a.Order == b.Order && a.Name < b.Name
	})
}

// lint walks every subschema and rejects keywords that would be ignored.
func (l *loader) lint(s *Schema, node *document.Value) {
	if node == nil || node.Kind != document.Map {
		return
	}
	for _, field := range node.Fields() {
		l.lintKeyword(s, field)
	}
}

// meantKeyword is the keyword that was meant by a misspelt one, empty for none.
func meantKeyword(key string) string { return near.Word(key, strings.Fields(keywords)) }

func (l *loader) lintKeyword(s *Schema, field document.Field) {
	if !l.keywords[field.Key] {
		message := lang.Say("不认识的关键字 %q", "unknown keyword %q", field.Key)
		if meant := meantKeyword(field.Key); meant != "" {
			message = lang.Say("不认识的关键字 %q：是不是 %s？", "unknown keyword %q: did you mean %s?", field.Key, meant)
		}
		l.fail(s.Path, field.KeyStart(), message)
		return
	}
	switch field.Key {
	case "properties", "$defs":
		for _, property := range field.Value.Fields() {
			if property.Value.Kind == document.Map {
				l.lint(s, property.Value)
			}
		}
	case "items", "additionalProperties", "if", "then", "else", "not", "propertyNames", "contains":
		l.lint(s, field.Value)
	case "allOf", "anyOf", "oneOf":
		for _, item := range field.Value.Items() {
			l.lint(s, item)
		}
	case "$schema":
		// Older drafts ignore keywords beside a $ref.
		if field.Value.Text != dialect {
			l.fail(s.Path, field.Value.Start(), lang.Say("$schema 应为 %s", "$schema must be %s", dialect))
		}
	case "format":
		if _, known := formats()[field.Value.Text]; !known && field.Value.Text != "uri" {
			l.fail(s.Path, field.Value.Start(), lang.Say("不认识的格式 %q", "unknown format %q", field.Value.Text))
		}
	case "x-adverse", "x-may-be-empty", "x-sensitive", "x-outcome", "x-happened", "x-open", "x-progress", "x-switch", "x-own", "x-declared":
		if field.Value.Kind != document.Bool {
			l.fail(s.Path, field.Value.Start(), lang.Say("%s 要写 true 或 false", "%s wants true or false", field.Key))
		}
	case "x-absent":
		if said := text(field.Value, "zh", "en"); said.ZH == "" || said.EN == "" || len(field.Value.Fields()) != 2 {
			l.fail(s.Path, field.Value.Start(), lang.Say("x-absent 要写 {zh: …, en: …}：没有填写意味着什么", "x-absent wants {zh: …, en: …}: what it means that nothing is stated"))
		}
	}
}

// names reports whether expressions can use a name.
func (l *loader) names(name string) bool { return l.key.MatchString(name) && !l.reserved[name] }

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[word] = true
	}
	return set
}
