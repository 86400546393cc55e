// Package assess turns what an assessor has written into a workbook into the
// platforms' verdict files.
package assess

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/document"
	"hegui/internal/editor"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/source"
	"hegui/internal/term"
	"hegui/internal/workbook"
)

// The schema of the verdict files, and their name.
const (
	schemaName = audit.VerdictsFile
	fileName   = schemaName + ".yaml"
	// clausesList is the list of verdicts on clauses, schemaName that on checks.
	clausesList = "clauses"
)

// Import is what a workbook is taken back into.
type Import struct {
	Tree     source.Tree
	Rulebook *rulebook.Rulebook
	// Platforms are all of the tree, audited with facts.
	Platforms []*audit.Platform
}

// Workbook is one that came back, with who examined when.
type Workbook struct {
	*workbook.Returned
	// Name is the file, to tell it from others; "" for the only one.
	Name string
	// By is the assessor's post, "" where nobody states it; On the day of the
	// examination.
	By, On string
}

// Place is a cell with the file that it is in, where there are several.
func (w *Workbook) Place(cell string) string {
	if w.Name == "" {
		return cell
	}
	return w.Name + " " + cell
}

// Plan is what an import would change.
type Plan struct {
	// Files are those that change, by path.
	Files []File
	// Notes are what the assessor has to know.
	Notes []lang.Text
	// Problems keep all of it from being done.
	Problems []workbook.Problem
	// Unsigned are the workbooks that change something and name no post.
	Unsigned []*Workbook
}

// File is one verdict file as it would be, with what has changed.
type File struct {
	Path      string
	Content   []byte
	Changes   []lang.Text
	Unchanged int
}

// Plan works out what the workbooks change. Nothing is written.
func (im *Import) Plan(books ...*Workbook) (*Plan, error) {
	p := &planning{Import: im, plan: &Plan{}, open: map[string]*file{}, given: map[string]*given{}, idle: map[*audit.Platform][]string{}}
	for _, p.book = range books {
		p.provenance()
		for i := range p.book.Answers {
			if err := p.take(&p.book.Answers[i]); err != nil {
				return nil, err
			}
		}
	}
	if len(p.plan.Problems)+len(p.plan.Unsigned) > 0 {
		return p.plan, nil
	}
	for _, platform := range p.Platforms {
		if idle := p.idle[platform]; len(idle) > 0 {
			p.note("%s：%s不参加评定（按口径不评、本地已不要求，或依据还没有施行），结论没有用上：第一项是 %s", "%s: %s not judged (left out by the profile, dropped by the city, or not in force), and verdicts on that have no effect: the first is %s",
				platform.ID, lang.Count(len(idle), "项", "item is", "items are"), idle[0])
		}
	}
	for _, f := range p.files {
		if err := p.close(f); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(p.plan.Files, func(x, y File) int { return cmp.Compare(x.Path, y.Path) })
	return p.plan, nil
}

type planning struct {
	*Import
	plan  *Plan
	book  *Workbook
	open  map[string]*file
	files []*file
	// given are the changes that were taken over, by what they are about.
	given map[string]*given
	// idle are verdicts on what is not judged, by platform.
	idle map[*audit.Platform][]string
}

// given is a verdict that a workbook has changed.
type given struct {
	pairs []document.Pair
	place string
}

// file is a verdict file that is being changed.
type file struct {
	path      string
	root      *document.Value // nil for a new one
	editor    *document.Editor
	changes   []lang.Text
	unchanged int
}

func (p *planning) note(zh, en string, args ...any) {
	p.plan.Notes = append(p.plan.Notes, lang.Say(zh, en, args...))
}

func (p *planning) refuse(a *workbook.Answer, zh, en string, args ...any) {
	p.refuseAt(a.Row, zh, en, args...)
}

func (p *planning) refuseAt(cell, zh, en string, args ...any) {
	one := workbook.Problem{Cell: p.book.Place(cell), Message: lang.Say(zh, en, args...)}
	if !slices.Contains(p.plan.Problems, one) { // the post of all answers is wrong once
		p.plan.Problems = append(p.plan.Problems, one)
	}
}

// provenance tells what the workbook was made from, where that is not what
// stands here now.
func (p *planning) provenance() {
	if r := p.book; r.Rulebook != p.Rulebook.Digest {
		p.note("工作簿出自另一版规则库 %s，现在是 %s：结论仍以当时的事实为准", "the workbook was written by another rulebook, %s, here is %s: the verdicts stay pinned to the facts of that time",
			short(r.Rulebook), short(p.Rulebook.Digest))
	}
}

func short(digest string) string {
	if runes := []rune(digest); len(runes) > 19 {
		return string(runes[:19])
	}
	return document.Quote(digest)
}

// accept reports whether a change may be made: once, signed, and with nothing in it
// that no verdict file may hold.
func (p *planning) accept(f *file, a *workbook.Answer, list, name string, pairs []document.Pair) bool {
	before := len(p.plan.Problems)
	key := f.path + "\x00" + name
	switch earlier := p.given[key]; {
	case earlier == nil:
		p.given[key] = &given{pairs, p.book.Place(a.Row)}
	case reflect.DeepEqual(unsigned(earlier.pairs), unsigned(pairs)):
		return false // said twice, and the same
	default:
		p.refuse(a, "%s 在 %s 有另一个结论：只留一个", "%s has another verdict at %s: leave one of them", name, earlier.place)
	}
	p.refuseMarked(a)
	p.refuseUnfit(a, list, pairs)
	if d := a.Record.Deadline; d != "" && d < p.book.On {
		p.refuseAt(a.Cell("deadline"), "整改期限 %s 早于评估日期 %s：写评估之后的日期", "the deadline %s is before the day of the examination, %s: state a later day", d, p.book.On)
	}
	if p.book.By == "" && !slices.Contains(p.plan.Unsigned, p.book) {
		p.plan.Unsigned = append(p.plan.Unsigned, p.book)
	}
	return len(p.plan.Problems) == before
}

// unsigned are pairs without who said it and when.
func unsigned(pairs []document.Pair) []document.Pair {
	return slices.DeleteFunc(slices.Clone(pairs), func(pair document.Pair) bool { return signature(pair.Key) })
}

// refuseMarked refuses what carries the marking of a state secret: in the verdict
// file it would be a veto against the platform.
func (p *planning) refuseMarked(a *workbook.Answer) {
	r := a.Record
	for _, cell := range []struct{ id, text string }{{"note", r.Note}, {"evidence_number", r.EvidenceNumber}, {"responsible_post", r.ResponsiblePost}, {"recheck", r.Recheck}, {"statement", r.Statement}, {"assessed_by", p.book.By}} {
		if marking := p.marking([]byte(cell.text)); marking != "" {
			p.refuseAt(p.cellOf(a, cell.id), "带有密级标志 %s：涉密内容不得进库，只写不涉密的文字和底稿编号", "it carries the classification marking %s: classified matter must not lie in the repository; write what is not, and the number in your papers",
				document.Quote(marking))
		}
	}
}

// refuseUnfit refuses what no verdict file takes, at the cell that says it.
func (p *planning) refuseUnfit(a *workbook.Answer, list string, pairs []document.Pair) {
	e, err := document.NewEditor(nil)
	if err != nil || p.book.By == "" {
		return // the file as a whole is held to it as well, and must be signed
	}
	e.Put(list, pairs[0].Key, a.Clause, pairs)
	data, err := e.Bytes()
	s := p.Rulebook.Schemas.Find(schemaName)
	if err != nil || s == nil {
		return
	}
	doc := document.Parse(fileName, data, document.DefaultLimits())
	entries := doc.Root.ListAt(list)
	if len(entries) != 1 {
		return
	}
	for _, v := range s.Validate(doc.Root) {
		at := a.Row
		for _, field := range entries[0].Fields() {
			if field.Value == v.At {
				at = p.cellOf(a, field.Key)
			}
		}
		p.refuseAt(at, "%s", "%s", v.Message)
	}
}

// cellOf is where a workbook says what a verdict file has under a key.
func (p *planning) cellOf(a *workbook.Answer, key string) string {
	by := p.book.Returned.By
	switch {
	case key != "assessed_by":
		return a.Cell(key)
	case by.Value == p.book.By && by.Cell != "":
		return by.Cell
	}
	return "--by"
}

// marking is the marking of a state secret that a text carries, "" for none.
func (p *planning) marking(text []byte) string {
	found := p.Rulebook.Policy.Markings.FindIndex(text)
	if found == nil {
		return ""
	}
	return strings.TrimSpace(string(text[found[0]:found[1]]))
}

// take takes one answer over.
func (p *planning) take(a *workbook.Answer) error {
	platform := p.platform(a)
	if platform == nil {
		p.refuse(a, "没有代号为 %s 的平台", "there is no platform with the code %s", document.Quote(a.Code))
		return nil
	}
	f, err := p.file(platform, a)
	if f == nil || err != nil {
		return err
	}
	if a.Clause != "" {
		p.takeClause(f, a)
		return nil
	}
	p.takeCheck(f, platform, a)
	return nil
}

// platform finds the platform by the code that stays when its folder moves.
func (p *planning) platform(a *workbook.Answer) *audit.Platform {
	for _, platform := range p.Platforms {
		if platform.Code == a.Code && (a.Code != "" || platform.Path == a.Path) {
			return platform
		}
	}
	return nil
}

// file opens a platform's verdict file once.
func (p *planning) file(platform *audit.Platform, a *workbook.Answer) (*file, error) {
	at := path.Join(platform.Path, fileName)
	if f, done := p.open[at]; done {
		return f, nil
	}
	p.open[at] = nil // told once
	data, err := p.Tree.Read(at, int64(document.DefaultLimits().Bytes))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		p.refuse(a, "%s 读不了：%v", "%s cannot be read: %v", at, err)
		return nil, nil
	}
	f := &file{path: at}
	if err == nil {
		doc := document.Parse(at, data, document.DefaultLimits())
		if !p.sound(doc) {
			p.refuse(a, "先改正 %s：hegui check %s", "fix %s first: hegui check %s", at, platform.ID)
			return nil, nil
		}
		f.root = doc.Root
	} else {
		data = p.head(at)
	}
	if f.editor, err = document.NewEditor(data); err != nil {
		return nil, err
	}
	p.open[at] = f
	p.files = append(p.files, f)
	return f, nil
}

// head is the first line of a new file, where editors find the schema.
func (p *planning) head(file string) []byte {
	for _, at := range []string{editor.Path(schemaName), path.Join(rulebook.SchemasDir, schemaName+editor.Suffix)} {
		if _, err := p.Tree.Stat(at); err == nil {
			return []byte(editor.Line(file, at) + "\n")
		}
	}
	return nil
}

func (p *planning) sound(doc *document.Document) bool {
	s := p.Rulebook.Schemas.Find(schemaName)
	return s != nil && doc.Sound() && len(s.Validate(doc.Root)) == 0
}

func (p *planning) takeClause(f *file, a *workbook.Answer) {
	if p.Rulebook.Clause(a.Clause) == nil {
		p.refuse(a, "没有条款 %s", "there is no clause %s", document.Quote(a.Clause))
		return
	}
	stated := entry(f.root, clausesList, func(v *document.Value) bool { return v.TextAt("clause") == a.Clause })
	pairs := append([]document.Pair{{Key: "clause", Value: a.Clause}, {Key: "verdict", Value: a.Verdict}}, p.pairs(a.Record)...)
	if stated != nil && same(stated, pairs) {
		f.unchanged++
		return
	}
	if !p.accept(f, a, clausesList, "clause "+a.Clause, pairs) {
		return
	}
	f.editor.Put(clausesList, "clause", a.Clause, pairs)
	f.change(stated, lang.Say("条款 %s", "clause %s", a.Clause), a)
}

func (p *planning) takeCheck(f *file, platform *audit.Platform, a *workbook.Answer) {
	a.Check = p.Rulebook.Current(a.Check)
	rule := p.Rulebook.Check(a.Check)
	if rule == nil {
		p.refuse(a, "没有检查项 %s%s", "there is no check %s%s", document.Quote(a.Check), p.nearest(a.Check))
		return
	}
	name := a.Check
	if a.Item != "" {
		name += " " + document.Quote(a.Item)
	}
	stated := entry(f.root, schemaName, func(v *document.Value) bool {
		return p.Rulebook.Current(v.TextAt("check")) == a.Check && v.TextAt("item") == a.Item
	})
	id := newID(a.Check, a.Item)
	if stated != nil {
		id = stated.TextAt("id")
	}
	pairs := []document.Pair{{Key: "id", Value: id}, {Key: "check", Value: a.Check}}
	if a.Item != "" {
		pairs = append(pairs, document.Pair{Key: "item", Value: a.Item})
	}
	pairs = append(append(pairs, document.Pair{Key: "verdict", Value: a.Verdict}), p.pairs(a.Record)...)
	if a.Fact != "" {
		pairs = append(pairs, document.Pair{Key: "fact", Value: a.Fact})
	}
	// A rejection stands whatever becomes of the fact; anything else that is
	// entered again is meant again.
	if stated != nil && same(stated, pairs) && (a.Verdict == string(examine.NotMet) || stated.TextAt("fact") == a.Fact) {
		f.unchanged++
		return
	}
	if !p.reasoned(platform, a) || !p.accept(f, a, schemaName, name, pairs) {
		return
	}
	p.compare(platform, a, name)
	f.editor.Put(schemaName, "id", id, pairs)
	f.change(stated, lang.Same(name), a)
}

// reasoned refuses to leave out, without a reason, what the description claims.
func (p *planning) reasoned(platform *audit.Platform, a *workbook.Answer) bool {
	if a.Verdict != string(examine.NotApplicable) || !schema.Nothing(a.Record.Note) {
		return true
	}
	for _, c := range platform.Checks {
		if c.Rule.ID == a.Check && slices.ContainsFunc(c.Items, func(i audit.Item) bool { return i.Name == a.Item && i.Outcome != finding.NotApplicable }) {
			p.refuseAt(a.Cell("note"), "结论是不适用，要写明理由：描述说它适用", "the verdict is not applicable, but by the description it applies: state the reason")
			return false
		}
	}
	return true
}

// compare tells where a verdict is on something that has changed since the
// workbook was written. It is taken over, but will need review.
func (p *planning) compare(platform *audit.Platform, a *workbook.Answer, name string) {
	for _, c := range platform.Checks {
		if c.Rule.ID == a.Check && (!c.Unjudged.IsZero() || !c.OutOfForce.IsZero()) {
			p.idle[platform] = append(p.idle[platform], name)
			return
		}
		for _, item := range c.Items {
			if c.Rule.ID != a.Check || item.Name != a.Item {
				continue
			}
			switch {
			case a.Fact == "":
				p.note("%s：%s 的事实工作簿里没有记下，结论待复核；要记下，请用 --audience assessor 写出工作簿", "%s: the fact of %s is not noted in the workbook: the verdict needs review; a workbook written with --audience assessor notes it", platform.ID, name)
			case item.Pin().Fact != a.Fact:
				p.note("%s：%s 的事实在工作簿写出之后改过，结论待复核", "%s: the fact of %s has changed since the workbook was written: the verdict needs review", platform.ID, name)
			}
			return
		}
	}
	p.note("%s：现在没有 %s 这一项", "%s: there is no %s now", platform.ID, name)
}

func (p *planning) nearest(check string) lang.Text {
	var known []string
	for _, rule := range p.Rulebook.Checks {
		known = append(known, rule.ID)
	}
	if meant := near.ID(check, known); meant != "" {
		return lang.Say("，是不是 %s？", ", did you mean %s?", meant)
	}
	return lang.Text{}
}

// pairs are a record as the file has it, without what is not stated.
func (p *planning) pairs(r examine.Record) []document.Pair {
	var out []document.Pair
	add := func(key, value string) {
		if value != "" {
			out = append(out, document.Pair{Key: key, Value: value})
		}
	}
	number := func(key string, value *int64) {
		if value != nil {
			out = append(out, document.Pair{Key: key, Value: *value})
		}
	}
	if len(r.Methods) > 1 {
		out = append(out, document.Pair{Key: "method", Value: r.Methods})
	} else {
		add("method", strings.Join(r.Methods, ""))
	}
	number("population", r.Population)
	number("sample", r.Sample)
	add("note", r.Note)
	add("evidence_number", r.EvidenceNumber)
	add("risk", r.Risk)
	add("responsible_post", r.ResponsiblePost)
	add("deadline", r.Deadline)
	add("recheck", r.Recheck)
	add("statement", r.Statement)
	add("assessed_by", p.book.By)
	add("assessed_on", p.book.On)
	return out
}

// newID names an entry by what it is about; an item's own name need not be fit
// for that.
func newID(check, item string) string {
	id := strings.NewReplacer(".", "-", "_", "-").Replace(check)
	if item == "" && len(id) <= 64 {
		return id
	}
	h := sha256.Sum256([]byte(check + "\x00" + item))
	return id[:min(len(id), 50)] + "-" + hex.EncodeToString(h[:6])
}

func entry(root *document.Value, key string, is func(*document.Value) bool) *document.Value {
	if list := root.Get(key); list != nil {
		if i := slices.IndexFunc(list.Items(), is); i >= 0 {
			return list.Items()[i]
		}
	}
	return nil
}

// signature reports whether a key says who gave a verdict, when and on what.
func signature(key string) bool { return key == "assessed_by" || key == "assessed_on" || key == "fact" }

// same reports whether an entry says what the pairs say, apart from who said it
// when and on which fact.
func same(v *document.Value, pairs []document.Pair) bool {
	stated := 0
	for _, field := range v.Fields() {
		if !signature(field.Key) {
			stated++
		}
	}
	for _, pair := range pairs {
		if signature(pair.Key) {
			continue
		}
		stated--
		switch value := pair.Value.(type) {
		case int64:
			if n := v.Get(pair.Key); n == nil || n.Kind != document.Int || n.Int() != value {
				return false
			}
		case string:
			if v.Get(pair.Key) == nil || v.TextAt(pair.Key) != value && !slices.Equal(words(v.Get(pair.Key)), []string{value}) {
				return false
			}
		case []string:
			if !slices.Equal(slices.Sorted(slices.Values(words(v.Get(pair.Key)))), slices.Sorted(slices.Values(value))) {
				return false
			}
		}
	}
	return stated == 0
}

// words are those of a list.
func words(v *document.Value) []string {
	var out []string
	if v != nil {
		for _, item := range v.Items() {
			out = append(out, item.Text)
		}
	}
	return out
}

func (f *file) change(stated *document.Value, name lang.Text, a *workbook.Answer) {
	if stated == nil {
		f.changes = append(f.changes, lang.Say("新增 %s：%s", "new: %s: %s", name, term.AssessorVerdicts().Text(a.Verdict)))
		return
	}
	f.changes = append(f.changes, lang.Say("改写 %s：%s → %s", "changed: %s: %s → %s", name, term.AssessorVerdicts().Text(stated.TextAt("verdict")), term.AssessorVerdicts().Text(a.Verdict)))
}

// close writes the file out in memory and holds it to what every reader will
// hold it to.
func (p *planning) close(f *file) error {
	if len(f.changes) == 0 {
		return nil
	}
	data, err := f.editor.Bytes()
	if err != nil {
		return err
	}
	if doc := document.Parse(f.path, data, document.DefaultLimits()); !p.sound(doc) {
		p.plan.Problems = append(p.plan.Problems, workbook.Problem{Cell: f.path, Message: lang.Say("写出来的文件不会被接受：%s", "the file would not be accepted: %s", p.why(doc))})
		return nil
	}
	if marking := p.marking(data); marking != "" {
		p.plan.Problems = append(p.plan.Problems, workbook.Problem{Cell: f.path, Message: lang.Say("写出来的文件会带有密级标志 %s", "the file would carry the classification marking %s", document.Quote(marking))})
		return nil
	}
	p.plan.Files = append(p.plan.Files, File{Path: f.path, Content: bytes.Clone(data), Changes: f.changes, Unchanged: f.unchanged})
	return nil
}

func (p *planning) why(doc *document.Document) lang.Text {
	for _, problem := range doc.Problems {
		return problem.Message
	}
	if s := p.Rulebook.Schemas.Find(schemaName); s != nil && doc.Root != nil {
		for _, v := range s.Validate(doc.Root) {
			return v.Message
		}
	}
	return lang.Say("规则库没有模式 %s", "the rulebook has no schema %s", schemaName)
}
