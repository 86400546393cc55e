// Package assess turns what an assessor has written into a workbook into the
// platforms' verdict files.
package assess

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"

	"hegui/internal/audit"
	"hegui/internal/document"
	"hegui/internal/editor"
	"hegui/internal/examine"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/rulebook"
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
		if a.Verdict != string(examine.NotMet) {
			p.compare(platform, a, name)
		}
		return
	}
	if !p.reasoned(platform, a) || !p.accept(f, a, schemaName, name, pairs) {
		return
	}
	p.compare(platform, a, name)
	f.editor.Put(schemaName, "id", id, pairs)
	f.change(stated, lang.Same(name), a)
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
