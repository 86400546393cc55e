package audit

import (
	"cmp"
	"errors"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/slab"
	"hegui/internal/source"
	"hegui/internal/stopwatch"
)

// reading is the state of one platform while it is read and judged.
type reading struct {
	*Auditor
	*Platform
	// Rulebook is the auditor's as it stands on the day of judging.
	Rulebook *rulebook.Rulebook
	// AsOf is the day of judging.
	AsOf   calendar.Date
	folder Folder
	// docs are the files that were read, by name without extension; unusable
	// are the topics whose files are of no use, with what is wrong with each.
	docs     map[string]*document.Document
	unusable map[string][]string
	// frame is what checks see, level what they are judged at.
	frame *rulebook.Frame
	level int
	// holes are the places that count as not stated. causes are the fingerprints of
	// what is wrong, by its name; facts are those of missing facts, gaps the same by
	// place.
	holes  map[schema.Hole]bool
	causes map[string]string
	facts  map[string]string
	gaps   map[gap]string
	// awaits holds the lists of what items wait for, which outlive the reading.
	awaits slab.Slab[string]
	// files is everything in the platform's folder, links whether some of it are
	// symbolic links; room holds the bytes of small ones, of which pieces is all, kept
	// how many in all.
	files  files
	links  bool
	room   []byte
	pieces []*piece
	// near reads files while one after the other is looked at, nil at other times.
	near     *source.Near
	kept     int64
	unlisted []unlisted
	excerpts *Excerpts
	// shelf is what evidence may have meant, nil until something is missing.
	shelf *shelf
	// outOfReach says why something could not be read through no fault of the
	// platform.
	outOfReach error
	// pins: digest the facts behind each outcome. digests are kept because many
	// checks read the same.
	// former: verdicts are pinned in the form before, so that it is digested too.
	pins, former bool
	digests      map[*document.Value]string
	surroundings map[*document.Value]string
	// summed is the memory in which texts are put together to be summed.
	summed []byte
	marks  map[*document.Document]map[*document.Value]mark
	// entries are the places at which evidence is cited, inside what is cited within
	// a value, both by position among the platform's evidence; shown are the values
	// that were put into words.
	entries map[*document.Value]int
	inside  map[*document.Value][]int
	shown   map[showing]*Declared
	// hashed is how many bytes of large evidence were hashed.
	hashed int64
	// load is what there is to read, hashes whether large files are read too, nodes how
	// many more values the descriptions may hold, told how much has been said of them,
	// findings what was found.
	load     load
	hashes   bool
	heavy    chan struct{}
	nodes    int
	told     int
	findings []*finding.Finding
	// nowhere are folders that lines about schemas lead into and that are not there.
	nowhere map[string]bool
	// lacking are the types of missing facts, by topic.
	lacking map[string][]*schema.Type
	// ahead are the findings about dates of records after the day of judging.
	ahead map[*document.Value]*finding.Finding
	// answers are those of the checks so far, nil where they are not kept.
	answers map[*rulebook.Check]*answer
	// last is the answer of the last check where they are not kept, judged the items
	// of one before.
	last   answer
	judged []rulebook.Judged
	// lent is the room that it is judged in where it will be let go, else nil.
	lent *room
}

// begin looks at what there is to read of a platform.
func (a *Auditor) begin(f Folder) *reading {
	r := &reading{Auditor: a, Rulebook: a.Rulebook.On(a.AsOf), AsOf: a.AsOf, folder: f, docs: map[string]*document.Document{}, unusable: map[string][]string{},
		holes: map[schema.Hole]bool{}, nowhere: map[string]bool{}, lacking: map[string][]*schema.Type{}, causes: map[string]string{}, facts: map[string]string{}, gaps: map[gap]string{}, ahead: map[*document.Value]*finding.Finding{},
		excerpts: NewExcerpts(a.Rulebook.Schemas), digests: map[*document.Value]string{}, surroundings: map[*document.Value]string{}, marks: map[*document.Document]map[*document.Value]mark{},
		inside: map[*document.Value][]int{}, shown: map[showing]*Declared{},
		Platform: &Platform{Described: Described{ID: f.ID, Path: source.Spelt(f.Path)}}}
	r.reach(f.err)
	if f.broken.IsZero() {
		stop := r.Watch.Time(stopwatch.Read)
		r.survey()
		stop()
	}
	return r
}

// finish judges a platform that may be read. others is what it has in common with
// others.
func (r *reading) finish(others others) (*Platform, error) {
	r.among = others
	r.readDescription(others)
	r.layOut()
	return r.conclude(others)
}

// readDescription reads what is described.
func (r *reading) readDescription(others others) {
	r.readHeader(others)
	stop := r.Watch.Time(stopwatch.Evidence)
	r.inspect()
	stop()
	r.readTopics()
	r.strays()
	r.schemaLines()
}

// layOut lays out what checks see on the day, and what is said of it.
func (r *reading) layOut() {
	stop := r.Watch.Time(stopwatch.Validate)
	r.view()
	stop()
	r.Statements = Statements{Waivers: r.readStatements(WaiversFile), Verdicts: r.readStatements(VerdictsFile)}
	verdicts := r.Statements.Verdicts.ListAt(VerdictsFile)
	r.pins = r.Pin && !r.later() || len(verdicts) > 0
	r.former = slices.ContainsFunc(verdicts, func(v *document.Value) bool { return FormerFact(v.TextAt("fact")) })
	stop = r.Watch.Time(stopwatch.Evidence)
	r.evidence()
	stop()
}

// conclude judges what is shown.
func (r *reading) conclude(others others) (*Platform, error) {
	stop := r.Watch.Time(stopwatch.Judge)
	err := r.judge()
	if stop(); err != nil {
		return nil, err
	}
	if r.told > maxTold {
		f := r.folder
		f.broken, f.tooLarge = lang.Say("描述中的问题和要判断的对象太多，报告装不下", "there are more problems and items to judge than a report can hold"), true
		whole := r.begin(f)
		whole.AsOf, whole.Rulebook = r.AsOf, r.Rulebook
		return whole.finish(others)
	}
	for _, s := range r.Rulebook.Schemas.Topics() {
		if len(r.unusable[s.Name]) > 0 {
			r.Broken = append(r.Broken, s.Name)
		}
	}
	r.compute()
	r.Documents = r.docs
	if !r.later() {
		r.Progress = r.progress()
	}
	r.sort()
	return r.Platform, r.outOfReach
}

// report adds a finding, up to as many as anybody will look at.
func (r *reading) report(f finding.Finding) {
	if r.told += findingWeight; r.told <= maxTold {
		r.findings = append(r.findings, r.keep(&f))
	}
}

// The files in which others than the platform's owner speak, without their
// extension, which is also what their schemas and the lists in them are called.
const (
	WaiversFile  = "waivers"
	VerdictsFile = "verdicts"
)

// readStatements is the root of such a file without the entries that cannot be
// read, nil where there is nothing to go by. What an assessor says and nobody can
// read may reject any claim, a veto's too.
func (r *reading) readStatements(name string) *document.Value {
	s := r.Rulebook.Schemas.Find(name)
	doc := r.open(name)
	if s == nil || doc == nil {
		return nil
	}
	before := len(r.findings)
	root := r.statements(s, doc)
	if name == VerdictsFile {
		for _, f := range r.findings[before:] {
			f.Severity = finding.Blocker
		}
	}
	return root
}

func (r *reading) statements(s *schema.Schema, doc *document.Document) *document.Value {
	if !r.readable(s, doc) {
		return nil
	}
	broken := map[*document.Value]bool{}
	for _, v := range s.Validate(doc.Root) {
		r.defect(rulebook.Defect{Violation: v, Topic: s.Name})
		// A key that nobody knows hides nothing else.
		if entry := entryOf(v.At); entry != nil || v.Keyword != "additionalProperties" {
			broken[entry] = true
		}
	}
	if broken[nil] {
		return nil
	}
	root := *doc.Root
	root.SetFields(slices.Clone(root.Fields()))
	for i := range root.Fields() {
		list := *root.Fields()[i].Value
		list.SetItems(slices.DeleteFunc(slices.Clone(list.Items()), func(entry *document.Value) bool { return broken[entry] }))
		root.Fields()[i].Value = &list
	}
	return &root
}

// entryOf is the entry of a file of statements that a value belongs to, nil for
// none.
func entryOf(v *document.Value) *document.Value {
	for ; v != nil && v.Parent != nil; v = v.Parent {
		if v.Parent.Kind == document.List && v.Parent.Parent != nil && v.Parent.Parent.Parent == nil {
			return v
		}
	}
	return nil
}

// readHeader reads the platform's own file first: its code stands in every
// fingerprint.
func (r *reading) readHeader(others others) {
	if !r.folder.broken.IsZero() {
		r.breakAll()
		return
	}
	s := r.Rulebook.Schemas.Find(rulebook.HeaderTopic)
	doc := r.open(s.Name)
	if doc == nil {
		r.unread(s.Name, r.documentFinding("missing", finding.WholeFile(path.Join(r.Path, headerFile)), lang.Say("缺少 %s", "%s is missing", headerFile),
			r.anew(s, lang.Say("写出 %s：%s", "write %s: %s", headerFile, strings.Join(s.Root.Required(), ", "))), s.Name))
		return
	}
	r.takeHeader(doc)
	for _, twin := range others.codes {
		r.sameCode(doc, twin)
	}
	r.borrowed(s, doc, others)
	r.readable(s, doc)
}

// takeHeader takes what can be read of the header, even of a broken file: a
// name and a code help the reader.
func (r *reading) takeHeader(doc *document.Document) {
	root := doc.Root
	if root == nil {
		return
	}
	r.Name.ZH = stringOf(root.Get("name").Get("zh"))
	r.Name.EN = cmp.Or(stringOf(root.Get("name").Get("en")), r.Name.ZH)
	r.Code, r.Kind, r.Stage, r.Sensitivity = stringOf(root.Get("code")), stringOf(root.Get("kind")), stringOf(root.Get("stage")), stringOf(root.Get("sensitivity"))
	header := r.Rulebook.Schemas.Find(rulebook.HeaderTopic).Root
	r.KindTitle, r.StageTitle = header.Field("kind").Type.Labels[r.Kind], header.Field("stage").Type.Labels[r.Stage]
	if level := root.Get("mlps_level"); level != nil && level.Kind == document.Int {
		r.MLPSLevel = int(min(max(level.Int(), 0), rulebook.MaxLevel))
	}
}

func stringOf(v *document.Value) string {
	if v == nil || v.Kind != document.String {
		return ""
	}
	return v.Text
}

// sameCode reports another platform with the short name that should outlive
// both folders.
func (r *reading) sameCode(doc *document.Document, twin string) {
	code := doc.Root.Get("code")
	f := r.documentFinding("duplicate_code", finding.Near(code, code.Start(), code.End()), lang.Say("代号 %q 与平台 %s 相同", "code %q is also that of platform %s", r.Code, twin),
		lang.Say("给其中一个平台换一个全库唯一的代号", "give one of the two a code that is unique in the repository"))
	r.excerpts.Quote(&f, doc)
	r.report(f)
}

// breakAll marks every topic of a folder that cannot be read at all.
func (r *reading) breakAll() {
	code, remedy := "unreadable", lang.Say("换成普通目录，里面放 %s", "make it a plain folder that holds %s", headerFile)
	switch {
	case !utf8.ValidString(r.folder.Path):
		remedy = lang.Say("用 UTF-8 给目录改名，最好只用小写字母、数字和连字符", "rename the folder in UTF-8, best in lower-case letters, digits and hyphens")
	case r.folder.tooLarge:
		code, remedy = "too_large", lang.Say("把大量明细移出平台目录，写 {ref, held_by} 指明存放处；同时改动多个大平台的，分次提交", "move bulky records out of the platform's folder and state {ref, held_by}; divide a change of several large platforms")
	}
	f := r.documentFinding(code, finding.WholeFile(r.Path), r.folder.broken, remedy)
	r.report(f)
	for _, s := range r.Rulebook.Schemas.Topics() {
		r.hide(s.Name, f)
	}
}

func (r *reading) readTopics() {
	if !r.folder.broken.IsZero() {
		return
	}
	for _, s := range r.Rulebook.Schemas.Topics() {
		if s.Name == rulebook.HeaderTopic {
			continue
		}
		// Whether a missing topic is missed depends on the checks.
		if doc := r.open(s.Name); doc != nil {
			r.readable(s, doc)
		}
	}
}

// open reads and parses <name>.yaml; nil when there is no such file.
func (r *reading) open(name string) *document.Document {
	f := r.files.find(name + ".yaml")
	if f == nil {
		return nil
	}
	doc := r.parse(f)
	r.docs[name] = doc
	return doc
}

// parse reads a description, which may hold no more than the platform's other
// ones have left of what all of them may.
func (r *reading) parse(f *file) *document.Document {
	limits := document.DefaultLimits()
	limits.Nodes = min(limits.Nodes, r.nodes)
	if f.Kind != source.File {
		return document.Unreadable(f.Path, lang.Say("不是普通文件；hegui 不跟随符号链接", "is no regular file; hegui follows no symbolic links"))
	}
	stop := r.Watch.Time(stopwatch.Read)
	data, err := r.read(f, int64(limits.Bytes))
	stop()
	switch {
	case errors.Is(err, source.ErrTooLarge):
		return document.TooLarge(f.Path, int64(limits.Bytes))
	case err != nil:
		return document.Unreadable(f.Path, TextOf(cause(err))) // its place is named already
	}
	stop = r.Watch.Time(stopwatch.Parse)
	doc := r.memory().Parse(f.Path, data, limits)
	stop()
	for i := range doc.Problems {
		if p := &doc.Problems[i]; p.Code == document.CodeTooManyNodes && limits.Nodes == r.nodes {
			p.Message = lang.Say("到这里，平台各文件的键和值超过 %d 个", "here the keys and values of the platform's files are more than %d", r.load.nodes())
		}
	}
	r.nodes = max(r.nodes-doc.Nodes, 1)
	return doc
}

// readable reports a file's problems, which make its topic absent, and whether
// there are none.
func (r *reading) readable(s *schema.Schema, doc *document.Document) bool {
	if p := r.strayed(s, doc); p != nil {
		doc.Problems = append(doc.Problems, *p)
	}
	for _, p := range doc.Problems {
		if p.Code == document.CodeEmpty {
			p.Remedy = lang.Say("写出 %s；没有检查项要用它时才可删除", "write %s; delete the file only where no check asks for it", strings.Join(s.Root.Names(), ", "))
		}
		f := r.documentFinding(p.Code, finding.Between(doc.Path, p.Start, p.End), p.Message, p.Remedy, s.Name)
		if p.Edit != nil {
			f.Edit = finding.Write(p.Edit.Start, p.Edit.End, p.Edit.Text)
		}
		r.excerpts.Quote(&f, doc)
		if s.HasSensitive() && quotesValue(p.Code) {
			f.Hide().Message = lang.Say("这里的值写法不对〔已隐去〕", "the value here is not written well [redacted]")
			f.Hide().Remedy = lang.Say("需要文字时加引号", "quote it where text is meant")
		}
		r.unread(s.Name, f)
	}
	return doc.Sound()
}

// quotesValue reports whether the message of a problem quotes a value, which may
// be sensitive: in a broken file nothing shows which values are.
func quotesValue(code string) bool {
	switch code {
	case document.CodeBadNumber, document.CodeBadTag, document.CodeUnknownAlias:
		return true
	}
	return false
}

// strays reports files that look like descriptions but are never read.
func (r *reading) strays() {
	known := []string{}
	for _, s := range r.Rulebook.Schemas.Topics() {
		known = append(known, s.Name+".yaml")
	}
	beside := []string{WaiversFile + ".yaml"}
	if r.Rulebook.Schemas.Find(VerdictsFile) != nil {
		beside = append(beside, VerdictsFile+".yaml")
	}
	read := slices.Concat(known, beside)
	for i := range r.files {
		stray := &r.files[i]
		if stray.Kind == source.Dir || slices.Contains(read, stray.inside) {
			continue
		}
		misplaced := misfiled(stray.inside, beside)
		if misplaced == "" && (!stray.beside() || !isYAML(stray.Name) && misfiled(stray.inside, read) == "") {
			continue
		}
		remedy := lang.Say("改名或移走；可有的文件：%s", "rename or remove it; the files that are read: %s", strings.Join(read, ", "))
		meant := cmp.Or(misplaced, near.File(stray.Name, read), r.titled(stray.Name))
		if meant != "" {
			remedy = lang.Say("是否应命名为 %s？", "did you mean %s?", meant)
		}
		f := r.documentFinding("unknown_file", finding.WholeFile(stray.Path),
			lang.Say("没有哪个专题叫 %s，这个文件不会被检查", "no topic reads %s: it would never be checked", document.Quote(stray.inside)), remedy, stray.inside)
		r.report(f)
		if topic, _ := strings.CutSuffix(meant, ".yaml"); slices.Contains(known, meant) && r.docs[topic] == nil {
			r.hide(topic, f) // one slip is one finding
		}
	}
}
