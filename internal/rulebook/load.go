// Package rulebook loads what the regulation demands: clauses, policy and
// checks, compiled against the schemas. Anything in it that could let a fault
// in a description go unnoticed is a defect with a location.
package rulebook

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// The folders and files of a rulebook, relative to its root.
const (
	SchemasDir     = "schemas"
	ChecksDir      = "checks"
	RegulationFile = ChecksDir + "/regulation.yaml"
	PolicyFile     = ChecksDir + "/policy.yaml"
	OverlaysDir    = ChecksDir + "/overlays"
	BaselineDir    = ChecksDir + "/baseline"
	SurvivorsFile  = ChecksDir + "/survivors.yaml"
	RetiredFile    = ChecksDir + "/retired.yaml"
	DutiesFile     = ChecksDir + "/duties.yaml"
	SourcesFile    = ChecksDir + "/sources.yaml"
	PictureFile    = ChecksDir + "/picture.yaml"

	maxBytes = 1 << 20
)

// Rulebook is everything that descriptions are judged by.
type Rulebook struct {
	Regulation Regulation
	Policy     Policy
	// Sources are what demands rest on, in the order of their file.
	Sources []*Instrument
	// Checks stand in the order of their topics, then of their files.
	Checks  []*Check
	Schemas *schema.Set
	Env     *expression.Env
	// Survivors are the reviewed mutants that no check needs to notice.
	Survivors []Survivor
	// Picture is what the picture of a platform is drawn from, nil for none.
	Picture *Picture
	// Overlays are the names of those in force, sorted.
	Overlays []string
	// Digest identifies the rulebook's bytes.
	Digest string

	// stages are what it becomes on days on which limits and decisions come into
	// force, ascending; first is the rulebook that has them, nil for itself.
	stages []stage
	first  *Rulebook
	// judges is what Judges says.
	judges string

	baseline func() Topics
	byID     map[string]*Check
	clauses  map[string]*Clause
	retired  map[string]*Retired
	articles map[string]*Article

	// policy is its file.
	policy *document.Document

	// sums are the digests of the files, known what is remembered of the built-in ones.
	sums  map[string]string
	known *known
}

// Check returns the check with that id, nil if there is none.
func (r *Rulebook) Check(id string) *Check { return r.byID[id] }

// Clause returns the clause with that id, nil if there is none.
func (r *Rulebook) Clause(id string) *Clause { return r.clauses[id] }

// Load reads and compiles a rulebook with the overlays that its policy switches
// on and those named. Its error is finding.Defects: all defects that were
// found, in the order of their places.
func Load(tree source.Tree, overlays ...string) (*Rulebook, error) {
	return load(tree, carriedKnown(), overlays)
}

func load(tree source.Tree, known string, overlays []string) (*Rulebook, error) {
	l := newLoader(tree, known)
	l.load(overlays)
	if len(l.defects) > 0 {
		return nil, l.defects.Sort()
	}
	return l.book, nil
}

type loader struct {
	tree    source.Tree
	known   *known
	sums    map[string]string // of the files, by path
	book    *Rulebook
	defects finding.Defects
	parts   map[string]*part              // by path
	docs    map[string]*document.Document // by path
	// past is the rulebook before in a series, nil for none.
	past *kept
	// from is the day of the amendment that is being applied, nil for none.
	from *calendar.Date
}

func newLoader(tree source.Tree, known string) *loader {
	k := unpack(known)
	sums := k.sum(tree)
	return &loader{tree: tree, known: k, sums: sums, parts: map[string]*part{}, docs: map[string]*document.Document{},
		book: &Rulebook{byID: map[string]*Check{}, clauses: map[string]*Clause{}, sums: sums, known: k}}
}

func (l *loader) load(overlays []string) {
	schemas, defects := l.schemas().Load(l.tree, SchemasDir)
	if l.defects = defects; len(defects) > 0 {
		return
	}
	l.book.Schemas = schemas
	env, err := expression.NewEnv(schemas.Topics())
	if err != nil {
		l.fail(SchemasDir, document.Pos{}, lang.Say("%v", "%v", err))
		return
	}
	l.book.Env = env
	switch {
	case schemas.Known():
		env.Unpack(l.known.programs)
	case l.follows():
		env.Follow(l.past.env)
	}
	l.header()
	// A regulation or sources with defects would make what refers to them fail as
	// well.
	for _, read := range []func(){l.regulation, l.sources, l.policy} {
		if read(); len(l.defects) > 0 {
			return
		}
	}
	l.topics()
	l.baseline()
	l.strays()
	l.survivors()
	l.picture()
	l.readRetired()
	if len(l.defects) == 0 {
		l.coverage() // an unreadable file has been reported and covers nothing
		l.duties()
		l.coveredRisks()
	}
	l.overlays(overlays)
	if len(l.defects) == 0 {
		l.retirements()
		l.everyStage(l.kept)
	}
	if len(l.defects) == 0 {
		digest := l.digest(l.book.Overlays)
		l.everyStage(func() { l.book.Digest = digest })
	}
}

// topics compiles the checks of all topics concurrently and adds them in the
// order of the topics.
func (l *loader) topics() {
	topics := l.book.Schemas.Topics()
	parts := make([]*part, len(topics))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, topic := range topics {
		group.Go(func() error {
			own := &loader{tree: l.tree, known: l.known, sums: l.sums, book: l.book, past: l.past}
			parts[i] = own.checks(topic)
			parts[i].defects = own.defects
			return nil
		})
	}
	_ = group.Wait() // defects are not errors
	for i, p := range parts {
		l.defects = append(l.defects, p.defects...)
		l.parts[checksFile(topics[i].Name)] = p
		for _, check := range p.checks {
			l.add(check)
		}
	}
}

func checksFile(topic string) string { return path.Join(ChecksDir, topic+".yaml") }

// part is what one checks file gives.
type part struct {
	asOf    func() calendar.Date // nil where the file cannot be read
	checks  []*Check
	doc     *document.Document // nil where nobody read the file
	defects finding.Defects
}

func (l *loader) fail(at string, pos document.Pos, message lang.Text) {
	l.defects = append(l.defects, finding.Defect{Path: at, Line: max(pos.Line, 1), Column: max(pos.Column, 1), Message: message})
}

// keep records a file that was read without defects.
func (l *loader) keep(doc *document.Document) {
	if doc != nil && l.docs != nil {
		l.docs[doc.Path] = doc
	}
}

// file reads a YAML file and validates it; nil after a defect.
func (l *loader) file(at, schemaName string) *document.Document {
	if l.book.Schemas.Known() {
		if doc := l.recall(at); doc != nil {
			l.keep(doc)
			return doc // it was valid when it was cached
		}
	}
	doc := l.parse(at, schemaName)
	if doc == nil {
		return nil
	}
	s := l.book.Schemas.Find(schemaName)
	if s == nil {
		l.fail(SchemasDir, document.Pos{}, lang.Say("缺少模式 %s", "the schema %s is missing", schemaName))
		return nil
	}
	violations := s.Validate(doc.Root)
	for _, v := range violations {
		if v.Stray != "" && v.At.Parent.Parent == nil {
			v.Remedy = l.elsewhere(v.Stray, schemaName, v.Remedy)
		}
		l.fail(at, v.Start, lang.Say("%s；%s", "%s; %s", v.Message, v.Remedy))
	}
	if len(violations) > 0 {
		return nil
	}
	l.keep(doc)
	return doc
}

// elsewhere says in which other file of a rulebook a key belongs; else what is said anyway.
func (l *loader) elsewhere(key, schemaName string, said lang.Text) lang.Text {
	for _, file := range []struct{ schema, at string }{
		{"policy", PolicyFile}, {"overlay", path.Join(OverlaysDir, "NAME.yaml")}, {"regulation", RegulationFile}, {"sources", SourcesFile}, {"duties", DutiesFile}, {"retired", RetiredFile},
	} {
		if s := l.book.Schemas.Find(file.schema); s != nil && file.schema != schemaName && s.Root.Field(key) != nil {
			return lang.Say("这个键属于 %s：写到那里", "the key belongs to %s: write it there", file.at)
		}
	}
	return said
}

// parse reads a file that is described by a schema; nil after a defect.
func (l *loader) parse(at, schemaName string) *document.Document {
	if doc := l.earlier(at); doc != nil {
		return doc
	}
	data, err := l.tree.Read(at, maxBytes)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		l.fail(at, document.Pos{}, lang.Say("缺少这个文件：按模式 %s 写出它", "the file is missing: write what the schema %s describes", schemaName))
		return nil
	case err != nil:
		l.fail(at, document.Pos{}, lang.Say("读不了：%v", "cannot be read: %v", err))
		return nil
	}
	doc := document.Parse(at, data, document.DefaultLimits())
	for _, p := range doc.Problems {
		if p.Code == document.CodeEmpty {
			p.Remedy = l.fill(at, schemaName)
		}
		l.fail(at, p.Start, p.Text())
	}
	if doc.Root == nil || len(doc.Problems) > 0 {
		return nil
	}
	return doc
}

// fill says what belongs into an empty file.
func (l *loader) fill(at, schemaName string) lang.Text {
	remedy := lang.Say("写出其中的内容", "write what belongs there")
	if s := l.book.Schemas.Find(schemaName); s != nil && len(s.Root.Required()) > 0 {
		remedy = lang.Say("写出 %s", "write %s", strings.Join(s.Root.Required(), ", "))
	}
	if at == PolicyFile {
		remedy = lang.Say("%s（hegui rules --export 目录 写出一份内置的）；要用内置的政策，删去这个文件", "%s (hegui rules --export DIR writes the built-in one); to go by the built-in policy, delete the file", remedy)
	}
	return remedy
}

// strays refuses check files without a topic, whose checks would never run, and all
// else that nobody would read.
func (l *loader) strays() {
	l.defects = append(l.defects, unreadOf(l.tree)...)
	entries, err := l.tree.List(ChecksDir)
	if err != nil {
		l.fail(ChecksDir, document.Pos{}, lang.Say("读不了检查项目录：%v", "cannot read the checks: %v", err))
		return
	}
	var others []string
	for _, at := range []string{RegulationFile, PolicyFile, SurvivorsFile, SourcesFile, RetiredFile, DutiesFile, PictureFile} {
		others = append(others, path.Base(at))
	}
	for _, entry := range entries {
		name, isYAML := strings.CutSuffix(entry.Name, ".yaml")
		if !isYAML || slices.Contains(others, entry.Name) || entry.Kind != source.File {
			continue
		}
		l.needTopic(path.Join(ChecksDir, entry.Name), name, others...)
	}
}

// digest covers every file that can affect a verdict with these overlays.
func (l *loader) digest(overlays []string) string {
	h := sha256.New()
	for _, at := range slices.Sorted(maps.Keys(l.sums)) {
		if dir, name := path.Split(at); path.Clean(dir) != OverlaysDir || slices.Contains(overlays, strings.TrimSuffix(name, ".yaml")) {
			fmt.Fprintf(h, "%s %x\n", at, l.sums[at])
		}
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}
